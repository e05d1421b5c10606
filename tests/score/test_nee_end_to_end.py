"""NEE models of known error against Table 3, from a file to the table of scores."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import yaml

from benchmark.config import load_suite
from benchmark.score import score_suite
from benchmark.shipped import folder

TABLE = folder("references") / "treat2024" / "nee_table3.csv"
G_PER_YEAR = 1e3 * 365.2425 * 86400
#: Medians of the rows that are left for a land model, typed from the brief.
MEDIANS = {
    "alaska": -3.0,
    "canadian_tundra": -10.0,
    "western_canada": -53.0,
    "eastern_canada": -40.0,
    "western_eurasia": -33.0,
    "siberian_tundra": -3.0,
    "eastern_siberia": -47.0,
    "western_siberia": -40.0,
}
REGIONS = list(MEDIANS)
#: The same for models of the three other families, from Table 3 by hand.
LEFT_OUT = {
    "inversion": [-9.5, -7, -38.5, -39, -38.5, -4, -25.5, -27],
    "upscaling": [-8, -9.5, -52.5, -40, -30, -7.5, -40, -54],
    "in_situ": [-9.5, -7, -38.5, -39, -35.5, -7.5, -25.5, -40.5],
    "remote_sensing": [-6, -9, -52, -40, -33, -5, -33, -40.5],
}
Run = Callable[..., pd.DataFrame]


@pytest.fixture
def score(tmp_path: Path, gridded: Callable[..., Any]) -> Run:
    """Score fluxes (g m-2 yr-1) by region; each region is a box of 10 by 20 cells.

    The region set has the names of the shipped one and boxes on the grid, so
    that every mean is exact; the table is the shipped one without the domain.
    """
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not line.startswith("permafrost_domain")]
    (tmp_path / "table.csv").write_text("\n".join(kept) + "\n")
    boxes = [
        {"id": id, "lat": [45, 75], "lon": [-180 + 45 * n, -135 + 45 * n]}
        for n, id in enumerate(REGIONS)
    ]
    about = {"id": "boxes", "name": "Boxes", "source": "made up", "licence": "none"}
    (tmp_path / "boxes.yaml").write_text(yaml.safe_dump({**about, "regions": boxes}))

    def run(
        fluxes: dict[str, float], metrics: list[str], family: str = "process_based"
    ) -> pd.DataFrame:
        by_column = np.repeat([fluxes.get(id, np.nan) for id in REGIONS], 9)
        season = np.tile([1.0, 1, 1, 1, 1, -3, -3, -3, 1, 1, 1, 2], 3)
        days = np.tile([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31.0], 3)
        season -= (season * days).sum() / days.sum()
        values = by_column + 100 * season[:, None]
        cells = np.broadcast_to(values[:, None, :], (36, 10, 72)) / G_PER_YEAR
        gridded(cells, name="nee", start=2002).to_netcdf(tmp_path / "m.nc")
        shipped = yaml.safe_load((TABLE.parent / "treat2024_nee.yaml").read_text())
        shipped["data"] = {**shipped["data"], "files": "table.csv", "sha256": None}
        shipped |= {"regions": "boxes.yaml", "period": [2002, 2004]}
        shipped["scoring"]["metrics"] = metrics
        model = {
            "model": "m",
            "family": family,
            "variables": {"nee": {"files": "m.nc", "sign": "up"}},
        }
        suite = {"suite": "s", "models": [model], "references": [shipped]}
        (tmp_path / "suite.yaml").write_text(yaml.safe_dump(suite))
        return score_suite(load_suite(tmp_path / "suite.yaml")).scores

    return run


def by_region(rows: pd.DataFrame, column: str) -> list[float]:
    """Return a column in the order of the regions."""
    return rows.set_index("region").loc[REGIONS, column].tolist()


def sigma(distances: list[float]) -> np.ndarray:
    """Score distances with u = 10.3 and s = 20.6."""
    return np.exp(-np.clip(np.array(distances) - 10.3, 0, None) / 20.6)


def test_a_perfect_model_scores_1_and_beats_the_null_models(score: Run) -> None:
    """The medians themselves: score 1, and the sentence on skill is not there."""
    rows = score(MEDIANS, ["regional_mean"])
    assert by_region(rows, "reference_value") == pytest.approx([*MEDIANS.values()])
    assert by_region(rows, "score") == pytest.approx([1.0] * 8)
    assert by_region(rows, "score_u0") == pytest.approx([1.0] * 8, abs=1e-6)
    assert set(rows["u_used"]) == {10.3}
    assert set(rows["scale"].round(9)) == {20.6}
    for text in rows["message"]:
        assert "no regional skill" not in text
        assert "no flux 0.51" in text
        assert "a uniform sink of 30 g m-2 yr-1 0.72" in text
        assert "a uniform sink of 36.5 g m-2 yr-1 0.73" in text


def test_a_uniform_sink_has_no_skill(score: Run) -> None:
    """-30 everywhere misses by 27, 20, 23, 10, 3, 27, 17, 10: a mean of 0.722."""
    rows = score(dict.fromkeys(REGIONS, -30.0), ["regional_mean"])
    expected = sigma([27, 20, 23, 10, 3, 27, 17, 10])
    assert by_region(rows, "score") == pytest.approx(expected, abs=1e-6)
    assert expected.mean() == pytest.approx(0.722, abs=5e-4)
    # The best null model is the median of the medians, -36.5, everywhere.
    null = sigma([33.5, 26.5, 16.5, 3.5, 3.5, 33.5, 10.5, 3.5])
    assert by_region(rows, "score_null") == pytest.approx(null, abs=1e-6)
    finding = (
        "no regional skill shown: a uniform sink of 36.5 g m-2 yr-1 scores 0.73, "
        "the model 0.72"
    )
    assert all(finding in text for text in rows["message"])


@pytest.mark.parametrize(
    ("change", "distances"),
    [
        (lambda x: -x, [6, 20, 106, 80, 66, 6, 94, 80]),
        (lambda x: x + 20, [20] * 8),
        (lambda x: 2 * x, [3, 10, 53, 40, 33, 3, 47, 40]),
    ],
    ids=["opposite", "shifted", "scaled"],
)
def test_models_that_are_wrong_in_a_known_way(
    score: Run, change: Callable[[float], float], distances: list[float]
) -> None:
    """A sign turned, +20 everywhere, twice the flux: scores from the distances."""
    rows = score({r: change(x) for r, x in MEDIANS.items()}, ["regional_mean"])
    assert by_region(rows, "score") == pytest.approx(sigma(distances), abs=1e-6)


def test_a_missing_region_is_told_and_the_others_are_scored(score: Run) -> None:
    """Without values in Alaska its row has no score."""
    fluxes = {r: x for r, x in MEDIANS.items() if r != "alaska"}
    rows = score(fluxes, ["regional_mean"]).set_index("region")
    assert rows.loc["alaska", "status"] == "failed"
    assert np.isnan(rows.loc["alaska", "score"])
    assert rows.drop("alaska")["score"].tolist() == pytest.approx([1.0] * 7)


@pytest.mark.parametrize("family", LEFT_OUT)
def test_the_own_family_is_left_out(score: Run, family: str) -> None:
    """Inversions, upscaling and towers are not scored against their own kind."""
    rows = score(MEDIANS, ["regional_mean"], family=family)
    assert by_region(rows, "reference_value") == pytest.approx(LEFT_OUT[family])
    told = rows["message"].str.contains("own family left out").all()
    assert told == (family != "remote_sensing")


def test_a_model_of_no_family_has_the_spread_of_all_rows(score: Run) -> None:
    """s = 17.6 and u = 8.8 where nothing is left out."""
    rows = score({**MEDIANS, "alaska": -30.0}, ["regional_mean"], "remote_sensing")
    assert set(rows["scale"].round(9)) == {17.6}
    assert set(rows["u_used"].round(9)) == {8.8}
    assert by_region(rows, "score")[0] == pytest.approx(np.exp(-(24 - 8.8) / 17.6))


def test_the_score_without_towers_of_few_sites(score: Run) -> None:
    """Eastern Siberia has 3: without, -32 from -17 and -47; Western Siberia none."""
    rows = score(dict.fromkeys(REGIONS, -60.0), ["regional_mean"])
    text = rows.set_index("region")["message"]
    start = "without in-situ means of fewer than 5 sites: reference"
    # 60 - 32 = 28 beyond -32, and exp(-(28 - 10.3) / 20.6) = 0.42.
    assert f"{start} -32, score 0.42" in text["eastern_siberia"]
    # -10 and 13 give 1.5, and exp(-(61.5 - 10.3) / 20.6) = 0.08.
    assert f"{start} 1.5, score 0.08" in text["canadian_tundra"]
    for region in ("alaska", "western_canada", "western_eurasia", "western_siberia"):
        assert start not in text[region]


def test_classes(score: Run) -> None:
    """Where families agree 1, 0.5 or 0; where not, the probability of the class."""
    neutral = score(dict.fromkeys(REGIONS, -9.9), ["sink_source_class"])
    # Canadian tundra: sink, neutral and source once each, so nothing is scored;
    # Western Siberia: a neutral and a sink, and no single class.
    none = np.nan
    expected = [1.0, none, 0.5, 0.5, 0.5, 1.0, 0.5, 1.0]
    np.testing.assert_equal(by_region(neutral, "score"), expected)
    classes = by_region(neutral, "value")
    assert [*classes[:1], *classes[2:]] == [0.0] * 7
    source = score(dict.fromkeys(REGIONS, 10.1), ["sink_source_class"])
    expected = [0.5, none, 0.0, 0.0, 0.0, 0.5, 0.0, 0.0]
    np.testing.assert_equal(by_region(source, "score"), expected)
    text = source.set_index("region")["message"]
    assert source.set_index("region").loc["canadian_tundra", "status"] == "not_assessed"
    assert (
        "no single class of the reference; probability of sink 0.33, neutral 0.33, "
        "source 0.33" in text["canadian_tundra"]
    )
    assert "sink 0.50, neutral 0.50, source 0.00" in text["western_siberia"]
    assert "the reference is neutral" in text["alaska"]
    assert "the reference is a sink" in text["eastern_siberia"]


@pytest.fixture
def band_scores(tmp_path: Path, gridded: Callable[..., Any]) -> Run:
    """Score a uniform net biome exchange against the shipped inversions."""

    def run(flux: float, family: str = "process_based") -> pd.DataFrame:
        season = np.tile([1.0, 1, 1, 1, 1, -3, -3, -3, 1, 1, 1, 2], 3)
        days = np.tile([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31.0], 3)
        season -= (season * days).sum() / days.sum()
        values = (flux + 100 * season)[:, None, None] / G_PER_YEAR
        cells = np.broadcast_to(values, (36, 10, 72))
        gridded(cells, name="nbe", start=2001).to_netcdf(tmp_path / "m.nc")
        model = {
            "model": "m",
            "family": family,
            "variables": {"nbe": {"files": "m.nc", "sign": "up"}},
        }
        names = ["co2_inversions_zonal_nbe", "co2_inversions_zonal_nbe_climatology"]
        suite = {"suite": "s", "models": [model], "references": names}
        (tmp_path / "suite.yaml").write_text(yaml.safe_dump(suite))
        return score_suite(load_suite(tmp_path / "suite.yaml")).scores

    return run


def test_totals_of_a_band_against_inversions(band_scores: Run) -> None:
    """-10 g m-2 yr-1 on the cap of 60-90 N, 34.16 million km2, is -342 Tg C yr-1.

    The medians of the seven in 2001-2003 are -408.12, -459.83 and -439.88.
    """
    rows = band_scores(-10.0)
    rows = rows[rows["reference"] == "co2_inversions_zonal_nbe"]
    row = rows[rows["metric"] == "regional_total"].set_index("region")
    cap = row.loc["band_60_90n"]
    area = 2 * np.pi * 6.371**2 * (1 - np.sqrt(3) / 2)
    assert cap["value"] == pytest.approx(-10 * area, rel=1e-3)
    assert cap["reference_value"] == pytest.approx(-435.94, abs=0.01)
    assert cap["score"] == 1.0
    assert cap["score_u0"] == pytest.approx(np.exp(-94.3 / 315), abs=2e-3)
    assert cap["period"] == "2001-2003"
    # The grid begins at 40 N, so that bands from 30 N are not on it.
    assert row.loc["band_30_90n", "status"] == "not_assessed"


def test_the_cycle_of_a_band_against_inversions(band_scores: Run) -> None:
    """Uptake from June to August is near the median of the inversions."""
    rows = band_scores(-10.0)
    cycle = rows[rows["metric"] == "seasonal_phase"].set_index("region")
    assert abs(cycle.loc["band_60_90n", "value"]) < 20
    assert cycle.loc["band_60_90n", "score"] > 0.97


def test_an_inversion_is_not_scored_against_inversions(band_scores: Run) -> None:
    """Nothing remains of a reference of one family for a model of it."""
    rows = band_scores(-10.0, "inversion")
    assert set(rows["status"]) == {"not_assessed"}
    assert rows["message"].str.contains("own family").all()


def test_the_pattern_and_the_mean_of_the_regions(score: Run) -> None:
    """Shifted by 20: the pattern is whole, and each region scores exp(-9.7 / 20.6)."""
    fluxes = {region: flux + 20 for region, flux in MEDIANS.items()}
    rows = score(fluxes, ["regional_pattern", "nee_regions_mean"]).set_index("metric")
    assert set(rows["region"]) == {"all_regions"}
    assert rows.loc["regional_pattern", "value"] == pytest.approx(1.0)
    assert rows.loc["regional_pattern", "score"] == pytest.approx(1.0)
    mean = rows.loc["nee_regions_mean"]
    # The medians sum to -229, so their mean is -28.625.
    assert mean["value"] == pytest.approx(-8.625, abs=1e-6)
    assert mean["score"] == pytest.approx(np.exp(-9.7 / 20.6), abs=1e-6)
    assert mean["score_null"] == pytest.approx(0.7293, abs=5e-4)
    assert "no regional skill shown" in mean["message"]


def test_regions_are_weighted_by_the_area_of_the_shipped_set(
    tmp_path: Path, gridded: Callable[..., Any]
) -> None:
    """A uniform -30 has the mean -30 by area too, and its score is told beside."""
    values = np.full((36, 10, 72), -30.0)
    season = np.tile([1.0, 1, 1, 1, 1, -3, -3, -3, 1, 1, 1, 2], 3)
    days = np.tile([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31.0], 3)
    season -= (season * days).sum() / days.sum()
    values = (values + 100 * season[:, None, None]) / G_PER_YEAR
    gridded(values, name="nee", start=2002).to_netcdf(tmp_path / "m.nc")
    model = {"model": "m", "variables": {"nee": {"files": "m.nc", "sign": "up"}}}
    chosen = {"name": "treat2024_nee", "metrics": ["nee_regions_mean"]}
    suite = {"suite": "s", "models": [model], "references": [chosen]}
    (tmp_path / "suite.yaml").write_text(yaml.safe_dump(suite))
    (row,) = score_suite(load_suite(tmp_path / "suite.yaml")).scores.to_dict("records")
    each = sigma([27, 20, 23, 10, 3, 27, 17, 10])
    assert row["score"] == pytest.approx(each.mean(), abs=1e-6)
    area = [1.228, 2.484, 2.434, 1.214, 1.227, 2.27, 6.35, 1.129]
    by_area = (each * area).sum() / sum(area)
    told = f"weighted by area: mean -30 g m-2 yr-1, score {by_area:.2f}"
    assert told in row["message"]


def test_the_winter_loss_is_scored_as_seven_months(
    tmp_path: Path, gridded: Callable[..., Any]
) -> None:
    """200 g m-2 yr-1 in 212 cold days of 365, whatever the summer takes up."""
    values = np.full((60, 10, 72), 200.0)
    values[5::12] = values[6::12] = values[7::12] = -400.0
    gridded(values / G_PER_YEAR, name="nee", start=2003).to_netcdf(tmp_path / "m.nc")
    model = {"model": "m", "variables": {"nee": {"files": "m.nc", "sign": "up"}}}
    suite = {"suite": "s", "models": [model], "references": ["natali2019_winter"]}
    (tmp_path / "suite.yaml").write_text(yaml.safe_dump(suite))
    (row,) = score_suite(load_suite(tmp_path / "suite.yaml")).scores.to_dict("records")
    assert row["metric"] == "cold_season_amount"
    assert row["reference_value"] == pytest.approx(1662)
    # 200 g m-2 yr-1 for 212 of 365 days; the area follows from the value.
    area = row["value"] / (200 * 212 / 365)
    assert 18 < area < 30
    expected = np.exp(-abs(np.log(row["value"] / 1662)) / np.log(2))
    assert row["score"] == pytest.approx(expected, rel=1e-6)

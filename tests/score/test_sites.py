"""Models at towers, from files to rows: worlds whose answers are known."""

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import xarray as xr
from worlds import (
    Calendar,
    Cycle,
    Ground,
    Soil,
    Tower,
    World,
    measured,
    mesh,
    regular,
    write_sites,
)

from benchmark.config import load_suite
from benchmark.config.descriptors import Counted
from benchmark.report.site import open_site
from benchmark.score import score_suite
from benchmark.score.result import RunResult
from benchmark.scorecard.benchmarks import benchmark_part, expected_numbers

SEASON = [
    "seasonal_phase",
    "seasonal_amplitude",
    "extremum_shift",
    "month_of_peak",
    "growing_season_length",
    "cycle_rmse",
]
SUMMER = tuple(range(5, 10))
TOWERS = (
    # Two in one cell, of two classes.
    Tower("A1", 62.1, -168.0, "fen"),
    Tower("A2", 62.9, -166.2, "bog"),
    Tower("A3", 66.0, -151.0, "fen"),
    Tower("C1", 52.0, -121.0, "pine_forest"),
    Tower("W1", 61.0, 61.0, "pine_forest", SUMMER),
    # Either side of the dateline, written either way.
    Tower("S1", 72.0, -174.0, "fen"),
    Tower("S2", 76.0, 179.9, "bog"),
    Tower("Far", 56.0, 22.0, "fen"),
)
GPP = Cycle(mean=(300.0, 600.0, 500.0, 200.0), amplitude=200.0, peak=195.0)
TRUTH = World({"gpp": GPP}, calendar=Calendar("standard", years=3))


def run(models: list[Path], references: list[Path], **keys: object) -> RunResult:
    """Score worlds at sites."""
    suite = {
        "suite": "towers",
        "models": [str(path) for path in models],
        "references": [str(path) for path in references],
        **keys,
    }
    return score_suite(load_suite(suite))


@pytest.fixture(scope="module")
def variants(tmp_path_factory: pytest.TempPathFactory) -> RunResult:
    """The worlds every metric is tested with, and two on other grids, at towers."""
    folder = tmp_path_factory.mktemp("towers")
    worlds = {
        **TRUTH.variants("gpp"),
        "mesh": replace(TRUTH, grid=mesh()),
        "north_first": replace(TRUTH, grid=regular(descending=True, west=0.0)),
    }
    models = [world.write(folder, name) for name, world in worlds.items()]
    table = measured(TRUTH, "gpp", TOWERS)
    return run(models, [write_sites(TRUTH, folder, "gpp", table, SEASON)], draws=0)


def rows_of(result: RunResult, model: str, metric: str) -> pd.DataFrame:
    """Return the rows of a model and metric by region."""
    rows = result.scores
    return rows[(rows["model"] == model) & (rows["metric"] == metric)].set_index(
        "region"
    )


@pytest.mark.parametrize("model", ["perfect", "mesh", "north_first"])
def test_a_model_that_is_the_towers(variants: RunResult, model: str) -> None:
    """It scores 1 in every region and class that has months enough, on any grid."""
    rows = variants.scores[variants.scores["model"] == model]
    assert set(rows["status"]) == {"scored", "not_assessed"}
    found = rows[rows["status"] == "scored"]
    np.testing.assert_allclose(found["score"], 1.0, atol=1e-6)
    # Without winters a phase is not assessed; the amplitude of summers is.
    lacking = rows[rows["status"] == "not_assessed"]
    assert set(lacking["region"]) == {"western_siberia"}
    assert "seasonal_amplitude" not in set(lacking["metric"])
    assert lacking["message"].str.contains("months|month is missing|whole").all()


def test_how_many_sites_and_how_much_they_represent(variants: RunResult) -> None:
    """Two towers of one cell are two sites in one cell; the share of land is small."""
    rows = rows_of(variants, "perfect", "seasonal_amplitude")
    assert rows.loc["alaska", ["n", "n_sites", "coverage"]].tolist() == [2, 3, 1]
    assert rows.loc["siberian_tundra", ["n", "n_sites"]].tolist() == [2, 2]
    assert "few sites: 3 in 2 cells" in rows.loc["alaska", "message"]
    assert 0.0 < rows.loc["alaska", "represented"] < 0.3
    # Classes have no land of their own, and outside of the regions no sites.
    fen = rows.loc["site_class_fen"]
    assert fen["n_sites"] == 3
    assert np.isnan(fen["represented"])


def test_shifted_scaled_constant_and_opposite(variants: RunResult) -> None:
    """Each has the value and the score that follow by hand, at every place."""
    shifted = rows_of(variants, "shifted", "seasonal_phase").dropna(subset="score")
    np.testing.assert_allclose(shifted["value"], 30.02, atol=0.1)
    score = 0.5 * (1 + math.cos(2 * math.pi * 30 / 365))
    np.testing.assert_allclose(shifted["score"], score, atol=1e-3)
    scaled = rows_of(variants, "scaled", "seasonal_amplitude")
    np.testing.assert_allclose(scaled["value"], 2.0, rtol=1e-6)
    np.testing.assert_allclose(scaled["score"], math.exp(-1), rtol=1e-6)
    constant = rows_of(variants, "constant", "seasonal_amplitude")
    np.testing.assert_allclose(constant["score"], 0.0, atol=1e-6)
    assert set(rows_of(variants, "constant", "seasonal_phase")["status"]) == {
        "not_assessed"
    }
    opposite = rows_of(variants, "opposite", "seasonal_phase").dropna(subset="score")
    np.testing.assert_allclose(opposite["score"], 0.0, atol=1e-3)


def test_a_region_without_values_names_its_towers(variants: RunResult) -> None:
    """They are not moved to the next cell that has some."""
    rows = rows_of(variants, "missing", "seasonal_amplitude")
    assert rows.loc["alaska", "status"] == "no_overlap"
    assert (
        "A1, A2, A3 in a cell where the model has no values"
        in (rows.loc["alaska", "message"])
    )
    assert rows.loc["siberian_tundra", "score"] == pytest.approx(1.0)
    # Of a class the others are left, and the missing ones are told.
    assert rows.loc["site_class_fen", "n_sites"] == 1
    assert "left out: A1, A3" in rows.loc["site_class_fen", "message"]
    assert rows.loc["site_class_fen", "coverage"] == pytest.approx(1 / 3)


def test_the_null_model_is_the_mean_cycle_of_all_towers(variants: RunResult) -> None:
    """It times the season and misses the size, which differs between regions."""
    phase = rows_of(variants, "perfect", "seasonal_phase").dropna(subset="score")
    np.testing.assert_allclose(phase["score_null"], 1.0, atol=1e-5)
    size = rows_of(variants, "perfect", "seasonal_amplitude")
    places = [("A1", "A2"), ("A3",), ("C1",), ("W1",), ("S1",), ("S2",)]
    table = measured(TRUTH, "gpp", TOWERS)
    cycles = table.pivot_table(index="site", columns="month", values="value")
    each = pd.DataFrame([cycles.loc[list(names)].mean() for names in places])
    mean = each.mean()
    ratio = (mean.max() - mean.min()) / (each.max(axis=1) - each.min(axis=1))
    expected = np.exp(-np.abs(np.log(ratio[:2])) / math.log(2)).mean()
    assert size.loc["alaska", "score_null"] == pytest.approx(expected, rel=1e-6)


def test_evidence_has_each_tower_with_its_cycle(variants: RunResult) -> None:
    """Sites stand with place, class and region, means and cycles in report units."""
    sites = variants.evidence[("scaled", "towers")].sites
    assert sites is not None
    assert sites["site"].to_numpy().tolist() == sorted(t.name for t in TOWERS)
    found = sites.sel(site="S1")
    assert found["region"].item() == "siberian_tundra"
    assert found["site_class"].item() == "fen"
    assert sites["region"].sel(site="Far").item() == ""
    np.testing.assert_allclose(sites["model"], 2 * sites["reference"], rtol=1e-6)
    table = measured(TRUTH, "gpp", TOWERS)
    cycle = table[table["site"] == "S1"].groupby("month")["value"].mean()
    np.testing.assert_allclose(found["reference_cycle"], cycle, rtol=1e-6)
    summers = ~np.isnan(sites["reference_cycle"].sel(site="W1"))
    assert summers["month"].to_numpy()[summers].tolist() == list(SUMMER)
    assert sites.attrs["units"] == "g m-2 yr-1"
    assert list(variants.sites["towers"]["site"]) == sites["site"].to_numpy().tolist()


def test_only_the_months_that_a_tower_has(tmp_path: Path) -> None:
    """A model that is right in July and wrong in other years is not blamed."""
    truth = replace(TRUTH, calendar=Calendar("standard", first=2003, years=2))
    table = measured(truth, "gpp", TOWERS[:1])
    table = table[(table["year"] == 2003) | (table["month"] == 7)]
    longer = World({"gpp": GPP}, calendar=Calendar("standard", first=2001, years=6))
    path = longer.write(tmp_path)
    file = tmp_path / "model_gpp.nc"
    with xr.open_dataset(file, decode_times=False) as data:
        data = data.load()
    years, months = np.divmod(np.arange(72), 12)
    known = (years == 2) | ((years == 3) & (months == 6))
    data["gpp"] = data["gpp"].where(xr.DataArray(known, dims="time"), 5 * data["gpp"])
    data.to_netcdf(file)
    reference = write_sites(truth, tmp_path, "gpp", table, ["seasonal_amplitude"])
    scores = run([path], [reference]).scores.set_index("region")
    assert scores.loc["alaska", "score"] == pytest.approx(1.0, abs=1e-6)
    assert scores.loc["alaska", "period"] == "2003-2004"


def test_a_tower_in_the_sea_is_told_and_not_moved(tmp_path: Path) -> None:
    """Its cell has no values; the others of the region count."""
    path = TRUTH.write(tmp_path)
    file = tmp_path / "model_gpp.nc"
    with xr.open_dataset(file, decode_times=False) as data:
        data = data.load()
    data["gpp"].loc[{"lat": 67.5, "lon": -147.5}] = np.nan
    data.to_netcdf(file)
    towers = (*TOWERS[:2], Tower("Sea", 66.0, -149.0))
    table = measured(TRUTH, "gpp", towers)
    reference = write_sites(TRUTH, tmp_path, "gpp", table, ["seasonal_amplitude"])
    scores = run([path], [reference]).scores.set_index("region")
    assert scores.loc["alaska", ["n", "n_sites"]].tolist() == [1, 2]
    assert "left out: Sea in a cell" in scores.loc["alaska", "message"]
    assert scores.loc["western_canada", "status"] == "not_assessed"
    assert "no site of the reference" in scores.loc["western_canada", "message"]


def test_a_class_is_the_mean_over_its_cells(tmp_path: Path) -> None:
    """Three fens of one cell count once; a bog there counts as a bog."""
    table = pd.DataFrame(
        [
            ("F1", 61.0, -169.0, "fen", 10.0), ("F2", 62.0, -169.0, "fen", 20.0),
            ("F3", 63.0, -169.0, "fen", 30.0), ("B1", 64.0, -169.0, "bog", 80.0),
            ("F4", 66.0, -150.0, "fen", 40.0),
        ],
        columns=["site", "lat", "lon", "site_class", "value"],
    )  # fmt: skip
    world = World({}, soil=Soil((0.0, 0.5, 1.0), (8.0, 12.0)), pattern=0.0)
    reference = write_sites(
        world,
        tmp_path,
        "cSoil",
        table,
        ["stock_density"],
        data={"units": "kg m-2", "mass_basis": "C", "static": True, "depth": [0, 1]},
        scoring={"relative_tolerance": 0.0},
    )
    scores = run([world.write(tmp_path)], [reference]).scores.set_index("region")
    assert scores.loc["site_class_fen", "reference_value"] == pytest.approx(30.0)
    assert scores.loc["site_class_bog", "reference_value"] == pytest.approx(80.0)
    # In the region the first cell is the mean of its four sites.
    assert scores.loc["alaska", "reference_value"] == pytest.approx((35 + 40) / 2)
    expected = math.exp(-math.log(37.5 / 20) / math.log(2))
    assert scores.loc["alaska", "score"] == pytest.approx(expected)
    assert scores.loc["alaska", "value"] == pytest.approx(20.0)
    assert scores.loc["alaska", "u_space"] == pytest.approx(np.std([35, 40], ddof=1))
    assert scores.loc["alaska", ["n", "n_sites"]].tolist() == [2, 5]


def test_a_table_of_regions_has_no_cells(tmp_path: Path) -> None:
    """It is not assessed, with the reason."""
    reference = write_sites(
        TRUTH, tmp_path, "gpp", measured(TRUTH, "gpp", TOWERS), ["seasonal_phase"]
    )
    scores = run(["cmip6-reccap2"], [reference]).scores  # type: ignore[list-item]
    assert set(scores["status"]) == {"not_assessed"}
    assert scores["message"].str.contains("has no cells to compare sites").all()


def test_yearly_models_have_no_months_for_towers(tmp_path: Path) -> None:
    """Nothing is made of months that are not there."""
    path = TRUTH.write(tmp_path)
    file = tmp_path / "model_gpp.nc"
    with xr.open_dataset(file, decode_times=False) as data:
        mean = data["gpp"].mean("time", keep_attrs=True).to_dataset()
        mean = mean.assign({n: data[n] for n in ("lat_bnds", "lon_bnds")}).load()
    mean.to_netcdf(file)
    text = path.read_text().replace("name: gpp\n", "name: gpp\n    static: true\n")
    path.write_text(text)
    reference = write_sites(
        TRUTH, tmp_path, "gpp", measured(TRUTH, "gpp", TOWERS), ["seasonal_phase"]
    )
    scores = run([path], [reference]).scores
    assert scores["status"].tolist() == ["not_assessed"]
    assert "the sites have months and the model has none" in scores["message"][0]


def test_thaw_depth_at_probes_is_derived_from_soil_temperature(tmp_path: Path) -> None:
    """The active layer of a cell against depths in cm, the mean of its probes."""
    world = World(
        {}, ground=Ground(mean=(-8.0, -9.0, -8.0, -6.0)), calendar=Calendar(years=3)
    )
    expected = world.alt().sel(region=["alaska", "western_canada"]).to_numpy()
    table = pd.DataFrame(
        [
            ("P1", 61.0, -168.0, 50.0), ("P2", 63.0, -168.0, 150.0),
            ("P3", 52.0, -121.0, 100.0 * float(expected[1])),
        ],
        columns=["site", "lat", "lon", "value"],
    )  # fmt: skip
    reference = write_sites(
        world,
        tmp_path,
        "alt",
        table,
        ["active_layer_thickness"],
        data={"units": "cm", "static": True},
    )
    rows = run([world.write(tmp_path)], [reference]).scores.set_index("region")
    alaska = rows.loc["alaska"]
    assert alaska["reference_value"] == pytest.approx(1.0)
    assert alaska["value"] == pytest.approx(float(expected[0]) - 1.0, abs=0.02)
    score = math.exp(-abs(alaska["value"]) / 0.3)
    assert alaska["score"] == pytest.approx(score, rel=1e-6)
    assert rows.loc["western_canada", "score"] == pytest.approx(1.0, abs=0.05)


def test_classes_are_shown_and_do_not_count_twice(variants: RunResult) -> None:
    """The score of a benchmark is the mean over regions; classes have names."""
    rows = variants.scores.to_dict("records")
    mine = [row for row in rows if row["model"] == "scaled"]
    counted = Counted("towers", ("seasonal_amplitude", "cycle_rmse"))
    expected = expected_numbers(rows, counted)
    assert not any("class" in region for region, _ in expected)
    part = benchmark_part(mine, expected, {})
    table = pd.DataFrame(mine)
    table = table[table["metric"].isin(counted.metrics) & table["score"].notna()]
    table = table[~table["region"].str.startswith("site_class_")]
    by_hand = table.groupby("region")["score"].mean().mean()
    assert part.score == pytest.approx(by_hand)
    site = open_site(variants)
    assert site.region_label("site_class_pine_forest") == "Pine forest sites"
    assert site.place("site_class_pine_forest") == "sites of pine forest"
    assert site.region_href("site_class_pine_forest") is None


def test_what_towers_cannot_give_is_said(tmp_path: Path) -> None:
    """Three years have no trend, and towers no temperature: rows with the reasons."""
    reference = write_sites(
        TRUTH,
        tmp_path,
        "gpp",
        measured(TRUTH, "gpp", TOWERS[:3]),
        ["theil_sen_trend", "relationship_tas"],
    )
    rows = run([TRUTH.write(tmp_path)], [reference]).scores
    rows = rows[rows["metric"] != ""]
    assert set(rows["status"]) == {"not_assessed"}
    assert set(rows["region"]) == {"alaska", "site_class_fen", "site_class_bog"}
    said = rows.groupby("metric")["message"].first()
    assert "15" in said["theil_sen_trend"]
    assert "tas" in said["relationship_tas"]


def test_a_relationship_to_temperature_within_towers(tmp_path: Path) -> None:
    """With the model's own temperature a perfect model has that of the towers."""
    warm = Cycle(mean=265.0, amplitude=4.0, peak=200.0)
    world = replace(TRUTH, cycles={**TRUTH.cycles, "tas": warm})
    towers = [Tower(f"T{k}", 62.0 + k % 2 * 5, -168.0 + 5 * k) for k in range(5)]
    reference = write_sites(
        world,
        tmp_path,
        "gpp",
        measured(world, "gpp", towers),
        ["relationship_tas"],
        companions={"tas": "model"},
    )
    models = [world.write(tmp_path, "same"), world.scaled("gpp", 2.0).write(tmp_path)]
    result = run(models, [reference])
    rows = result.scores[result.scores["region"] == "alaska"].set_index("model")
    assert set(rows["status"]) == {"scored"}, rows["message"].tolist()
    assert rows.loc["same", "score"] == pytest.approx(1.0, abs=1e-6)
    assert rows.loc["model", "score"] < 0.6
    bins = result.evidence[("model", "towers")].relationships["relationship_tas"]
    known = bins.sel(region="alaska")
    both = np.isfinite(known["bin_model"]) & np.isfinite(known["bin_reference"])
    ratio = (known["bin_model"] / known["bin_reference"]).where(both, drop=True)
    np.testing.assert_allclose(ratio, 2.0, rtol=1e-6)

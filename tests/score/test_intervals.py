"""Intervals in the score table: from years, from references, from places."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import yaml

from benchmark.config import load_suite
from benchmark.score import score_suite

Make = Callable[..., Any]
G_PER_YEAR = 1e3 * 365.2425 * 86400
AREAS = {"alaska": 1.2, "eastern_siberia": 6.3}
SEASON = np.array([1.0, 1, 1, 1, 1, -3, -3, -3, 1, 1, 1, 1])


def flux_of(years: int) -> np.ndarray:
    """Return a net flux that differs from year to year, g m-2 yr-1."""
    return -20.0 + 15.0 * np.sin(np.arange(years) * 2.1)


@pytest.fixture
def score(tmp_path: Path, gridded: Make) -> Callable[..., pd.DataFrame]:
    """Score a model with years of `flux_of` against a table."""

    def run(
        table: str, metrics: list[str], years: int = 12, **suite: Any
    ) -> pd.DataFrame:
        days = np.array([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31.0])
        season = SEASON - (SEASON * days).sum() / 365.0
        values = (flux_of(years)[:, None] + 100 * season).ravel() / G_PER_YEAR
        cells = np.ones((12 * years, 10, 72)) * values[:, None, None]
        gridded(cells, name="nee", start=2000).to_netcdf(tmp_path / "m.nc")
        (tmp_path / "table.csv").write_text(table)
        reference = {
            "reference": "table",
            "title": "Made up",
            "variable": "nee",
            "kind": "regional",
            "data": {"files": "table.csv", "units": "g m-2 yr-1"},
            "scoring": {"metrics": metrics, "tolerance": 0.0, "scale": 20.0},
        }
        model = {"model": "m", "variables": {"nee": {"files": "m.nc"}}}
        path = tmp_path / "suite.yaml"
        path.write_text(
            yaml.safe_dump(
                {"suite": "s", "models": [model], "references": [reference], **suite}
            )
        )
        return score_suite(load_suite(path)).scores.set_index("region")

    return run


def annual(years: int) -> str:
    """Return the model itself as a yearly reference."""
    lines = ["region,approach,family,year,value,area_Mkm2"]
    lines += [
        f"{region},maps,upscaling,{2000 + place},{value},{area}"
        for region, area in AREAS.items()
        for place, value in enumerate(flux_of(years))
    ]
    return "\n".join(lines) + "\n"


PERIOD = "region,approach,family,value,area_Mkm2\n" + "".join(
    f"{region},maps,upscaling,-20,{area}\n" for region, area in AREAS.items()
)
FAMILIES = "region,approach,family,value,area_Mkm2\n" + "".join(
    f"{region},{family},{family},{value},{area}\n"
    for region, area in AREAS.items()
    for family, value in (("in_situ", -60), ("upscaling", -20), ("inversion", 0))
)


def test_same_years_of_both_sides_are_drawn_together(
    score: Callable[..., pd.DataFrame],
) -> None:
    """A model that is its reference is perfect in every draw of years."""
    rows = score(annual(12), ["regional_mean"])
    assert set(rows["ci_from"]) == {"years"}
    np.testing.assert_allclose(rows["score"], 1.0, atol=1e-6)
    np.testing.assert_allclose(rows["score_ci_low"], 1.0, atol=1e-6)


def test_years_against_a_mean_vary(score: Callable[..., pd.DataFrame]) -> None:
    """Against one number the years of the model make the interval.

    Their standard deviation is 11, that of a mean of 12 years some 3, and
    2 of those cost up to exp(-6 / 20).
    """
    rows = score(PERIOD, ["regional_mean"])
    assert (rows["score_ci_low"] > 0.6).all()
    assert (rows["score_ci_low"] < rows["score"]).all()
    assert (rows["score"] <= rows["score_ci_high"]).all()


def test_families_make_an_interval_too(score: Callable[..., pd.DataFrame]) -> None:
    """Of three families the median is any of them: -60 is 40 away from -20."""
    rows = score(FAMILIES, ["regional_mean"])
    assert set(rows["ci_from"]) == {"years, reference"}
    assert (rows["score_ci_low"] < np.exp(-30 / 20)).all()
    assert (rows["score_ci_high"] > 0.9).all()


def test_few_years_are_said(score: Callable[..., pd.DataFrame]) -> None:
    """Four years are not drawn again, and the message says so."""
    rows = score(PERIOD, ["regional_mean"], years=4)
    assert rows["score_ci_low"].isna().all()
    assert set(rows["ci_from"]) == {""}
    assert rows["message"].str.contains("4 years are too few to draw again").all()
    rows = score(FAMILIES, ["regional_mean"], years=4)
    assert set(rows["ci_from"]) == {"reference"}


def test_intervals_can_be_switched_off(score: Callable[..., pd.DataFrame]) -> None:
    """`draws: 0` gives the same scores without intervals."""
    on, off = (score(FAMILIES, ["regional_mean"], draws=draws) for draws in (50, 0))
    assert on["score_ci_low"].notna().all()
    assert off["score_ci_low"].isna().all()
    pd.testing.assert_series_equal(on["score"], off["score"])


def test_two_runs_have_the_same_intervals(score: Callable[..., pd.DataFrame]) -> None:
    """Draws depend on names, not on the time."""
    first, second = (score(FAMILIES, ["regional_mean"]) for _ in range(2))
    pd.testing.assert_frame_equal(first, second)


def test_maps_are_drawn_in_blocks(
    tmp_path: Path, gridded: Make, gpp_values: Make
) -> None:
    """Scores of maps have an interval of places, averages and patterns alike."""
    values = gpp_values(12)
    gridded(values).to_netcdf(tmp_path / "reference.nc")
    noise = np.random.default_rng(2).uniform(0.5, 1.5, values.shape[1:])
    gridded(values * noise).to_netcdf(tmp_path / "m.nc")
    metrics = ["bias", "ilamb_bias", "ilamb_space", "ilamb_overall", "ilamb_iav"]
    suite = {
        "suite": "s",
        "models": [{"model": "m", "variables": {"gpp": {"files": "m.nc"}}}],
        "references": [
            {
                "reference": "map",
                "title": "Made up",
                "variable": "gpp",
                "kind": "field",
                "data": {"files": "reference.nc"},
                "scoring": {"metrics": metrics},
            }
        ],
        "regions": [
            {"id": "north", "lat": [50, 80], "lon": [-100, 100]},
            {"id": "small", "lat": [60, 65], "lon": [0, 10]},
        ],
    }
    path = tmp_path / "suite.yaml"
    path.write_text(yaml.safe_dump(suite))
    rows = score_suite(load_suite(path)).scores.set_index(["metric", "region"])
    for metric in ("bias", "ilamb_bias", "ilamb_space", "ilamb_overall"):
        row = rows.loc[metric, "north"]
        assert row["ci_from"] == "space", metric
        assert row["score_ci_low"] < row["score_ci_high"], metric
        assert row["score_ci_low"] <= row["score"] <= row["score_ci_high"], metric
    # One block of land has no neighbours to draw in its place.
    assert np.isnan(rows.loc[("bias", "small"), "score_ci_low"])

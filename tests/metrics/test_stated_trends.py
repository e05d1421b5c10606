"""Directions of trends against what a review states in words."""

import numpy as np
import pytest
import xarray as xr

from benchmark.metrics.stated_trends import trend_as_stated

YEARS = np.arange(1990, 2016)
NOISE = np.random.default_rng(3).normal(size=YEARS.size)
REGIONS = ["increasing", "none", "decreasing"]
SLOPES = np.array([0.5, 0.0, -0.5])


def annual(years: int = YEARS.size) -> xr.DataArray:
    """Return noise of one with a slope of each region."""
    values = NOISE[:years, None] + SLOPES * np.arange(years)[:, None]
    at = {"year": YEARS[:years], "region": REGIONS}
    return xr.DataArray(values * 1e-9, at, ("year", "region"))


def stated(values: list[float]) -> xr.DataArray:
    """Return what a reference states of the three regions."""
    about = {"value_of": "trend_as_stated"}
    return xr.DataArray(values, {"region": REGIONS}, ("region",), attrs=about)


def test_each_direction_is_found_and_scored_by_its_distance() -> None:
    """The same is 1, a trend against none 0.5, the opposite 0."""
    found = trend_as_stated(annual(), stated([1, 0, -1]))
    assert found["value"].values.tolist() == [1, 0, -1]
    assert found["score"].values.tolist() == [1, 1, 1]
    found = trend_as_stated(annual(), stated([0, 1, 1]))
    assert found["score"].values.tolist() == [0.5, 0.5, 0.0]
    assert found["message"].values[2].endswith("stated: increasing")


def test_fewer_than_fifteen_years_are_told() -> None:
    """A trend of fourteen years is not told from variability."""
    found = trend_as_stated(annual(14), stated([1, 0, -1]))
    assert found["score"].isnull().all()
    assert found["message"].values[0] == "needs 15 years of the model; found 14"


def test_a_region_without_a_statement_is_not_scored() -> None:
    """NaN, and no words."""
    found = trend_as_stated(annual(), stated([1, np.nan, -1]))
    assert np.isnan(found["score"].values[1])
    assert found["message"].values[1] == ""


def test_fluxes_are_no_directions() -> None:
    """A reference of fluxes is refused with the line to write."""
    fluxes = stated([1, 0, -1]).drop_attrs()
    with pytest.raises(ValueError, match="value_of: trend_as_stated"):
        trend_as_stated(annual(), fluxes)

"""Spread between years."""

import numpy as np
import xarray as xr

from benchmark.statistics.years import std_between_years


def test_incomplete_years_are_left_out():
    """1, 2, 4 whatever stands for the missing year."""
    annual = xr.DataArray([1.0, np.nan, 2.0, 4.0], dims="year")
    np.testing.assert_allclose(std_between_years(annual), np.std([1, 2, 4], ddof=1))


def test_small_units_keep_their_spread():
    """1e-12 kg m-2 s-1 is a spread, not zero."""
    annual = xr.DataArray([1e-9, 1e-9 + 1e-12, 1e-9 + 2e-12], dims="year")
    np.testing.assert_allclose(std_between_years(annual), 1e-12, rtol=1e-3)


def test_fewer_than_three_years_have_none():
    """Not even zero."""
    assert np.isnan(std_between_years(xr.DataArray([1.0, 1.0, np.nan], dims="year")))

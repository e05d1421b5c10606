"""Turnover of soil carbon by gross production."""

import numpy as np
import pytest
import xarray as xr

from benchmark.harmonise.variable import SECONDS_PER_YEAR
from benchmark.metrics.turnover_gpp import turnover_time_gpp

AT = {"region": ["east", "west"]}


def regions(*values: float) -> xr.DataArray:
    """Return one value a region."""
    return xr.DataArray(np.array(values), AT, ("region",))


def production(*values: float) -> xr.DataArray:
    """Return kg m-2 yr-1 as kg m-2 s-1."""
    return regions(*values) / SECONDS_PER_YEAR


def test_years_of_both_sides_and_the_score_of_a_factor() -> None:
    """25 kg over 0.4 and 0.5 is 62.5 and 50; twice and equal."""
    soil, gpp = regions(25.0, 25.0), production(0.2, 0.5)
    found = turnover_time_gpp(soil, soil, gpp, production(0.4, 0.5), 0.0)
    np.testing.assert_allclose(found["value"], [125.0, 50.0])
    np.testing.assert_allclose(found["reference_value"], [62.5, 50.0])
    np.testing.assert_allclose(found["score"], [np.exp(-1), 1.0])


def test_right_carbon_by_two_errors_is_found_out() -> None:
    """Twice the production and twice the speed leave the stock as it is."""
    soil = regions(25.0, 25.0)
    found = turnover_time_gpp(
        soil, soil, production(1.0, 1.0), production(0.5, 0.5), 0.0
    )
    assert found["score"].values == pytest.approx(np.exp(-1))


def test_a_region_that_does_not_grow_says_so() -> None:
    """In words of the production that is asked for."""
    found = turnover_time_gpp(
        regions(25.0, 25.0),
        regions(25.0, 25.0),
        production(0.0, 0.5),
        production(0.4, 0.5),
        0.0,
    )
    assert np.isnan(found["score"].values[0])
    assert found["message"].values[0].startswith("gross primary production is not pos")

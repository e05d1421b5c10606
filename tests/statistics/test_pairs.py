"""Statistics of paired series."""

import dask.array
import numpy as np
import pytest
import xarray as xr

from benchmark.statistics.reductions import crms, series_crmse


def monthly(values, days=30.0, first_year=2001):
    """Return a series (time, region) with months of one length."""
    values = np.asarray(values, dtype=float)
    step = np.arange(len(values))
    calendar = {
        "year": ("time", first_year + step // 12),
        "month": ("time", step % 12 + 1),
        "days": ("time", np.full(len(values), days)),
    }
    return xr.DataArray(
        values[:, None], dims=("time", "region"), coords=calendar | {"region": ["a"]}
    )


def test_by_hand():
    """Differences 1, 3 about their mean 2 have RMS 1."""
    found = series_crmse(monthly([2.0, 5.0]), monthly([1.0, 2.0]))
    np.testing.assert_allclose(found, [1.0])


def test_a_shifted_model_has_no_centralised_error():
    """The bias is removed."""
    x = np.random.default_rng(0).random(36)
    found = series_crmse(monthly(x + 0.25), monthly(x))
    np.testing.assert_allclose(found, 0.0, atol=1e-12)


def test_only_months_valid_in_both_count():
    """A gap of either side removes the month from both."""
    model = monthly([2.0, np.nan, 5.0, 7.0])
    reference = monthly([1.0, 9.0, 2.0, np.nan])
    np.testing.assert_allclose(series_crmse(model, reference), [1.0])


def test_time_stamps_of_two_calendars_do_not_matter():
    """Pairs are made by year and month; the reference's days are the weights."""
    model, reference = monthly([2.0, 5.0, 1.0]), monthly([1.0, 2.0, 3.0], days=31.0)
    stamped = model.assign_coords(time=[10.5, 40.5, 70.5])
    other = reference.assign_coords(time=[11.0, 41.0, 71.0])
    xr.testing.assert_identical(
        series_crmse(stamped, other), series_crmse(model, reference)
    )


def test_unpaired_months_are_refused():
    """A silent inner join would score an empty period."""
    with pytest.raises(ValueError, match="not paired: their 'year'"):
        series_crmse(monthly([1.0, 2.0]), monthly([1.0, 2.0], first_year=1990))
    with pytest.raises(ValueError, match="Cut both to the common months"):
        series_crmse(monthly([1.0, 2.0]), monthly([1.0]))


def test_a_zero_model_has_the_spread_of_the_reference():
    """Then the error is the reference itself."""
    x = monthly(np.random.default_rng(3).random(24))
    np.testing.assert_allclose(series_crmse(0 * x, x), crms(x), rtol=1e-12)


def test_lazy_in_lazy_out():
    """Nothing is computed."""
    x = monthly(np.random.default_rng(3).random(24))
    found = series_crmse((x * 2).chunk(time=5), x.chunk(time=12))
    assert isinstance(found.data, dask.array.Array)
    np.testing.assert_allclose(found.compute(), series_crmse(x * 2, x))

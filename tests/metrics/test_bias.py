"""Bias: averaged first, then scored."""

import numpy as np
import xarray as xr

from benchmark.metrics import metrics

bias = metrics.get("bias")
AT = {"lat": [60.0], "lon": [0.0, 1.0]}


def cells(values):
    """Return a map of two cells."""
    return xr.DataArray([values], AT, ("lat", "lon"))


def area(values):
    """Return weights of one region."""
    return xr.DataArray([[values]], AT | {"region": ["r"]}, ("region", "lat", "lon"))


def test_by_hand():
    """(3 * 2 - 1 * 2) / 4 = 1; divisor sqrt((3 * 4 + 1 * 20) / 4) = sqrt(8)."""
    found = bias(
        cells([2.0, -2.0]),
        cells([0.0, 0.0]),
        cells([2.0, np.sqrt(20.0)]),
        weights=area([3.0, 1.0]),
    )
    np.testing.assert_allclose(found["value"], [1.0])
    np.testing.assert_allclose(found["score"], [np.exp(-1 / np.sqrt(8))])
    np.testing.assert_array_equal(found["value_map"], [[2.0, -2.0]])


def test_opposite_errors_cancel_within_a_region():
    """Which is how it differs from ilamb_bias."""
    sides = cells([1.0, -1.0]), cells([0.0, 0.0]), cells([1.0, 1.0])
    np.testing.assert_allclose(bias(*sides, weights=area([1.0, 1.0]))["score"], [1.0])
    ilamb = metrics.get("ilamb_bias")(*sides, weights=area([1.0, 1.0]))
    np.testing.assert_allclose(ilamb["score"], [np.exp(-1)])


def test_the_divisor_may_be_that_of_the_regional_series():
    """A regional crms beside maps of the means."""
    crms = xr.DataArray([4.0], {"region": ["r"]}, ("region",))
    found = bias(cells([2.0, 2.0]), cells([0.0, 0.0]), crms, weights=area([1.0, 1.0]))
    np.testing.assert_allclose(found["score"], [np.exp(-0.5)])


def test_a_constant_reference_is_not_assessed(region):
    """The value stays, the score is NaN."""
    found = bias(region([2.0]), region([1.0]), region([0.0]))
    np.testing.assert_array_equal(found["value"], [1.0])
    assert found["score"].isnull().all()

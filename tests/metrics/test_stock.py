"""Stocks in factors."""

import math

import dask.array
import numpy as np
import pytest
import xarray as xr

from benchmark.metrics import metrics

stock = metrics.get("stock_total")


def test_by_hand(region):
    """u = 0.1: 54 and 46 of 50 are within; 110 is a factor 2 beyond 55."""
    found = stock(region([54.0, 46.0, 110.0]), region([50.0] * 3), 0.1)
    np.testing.assert_allclose(found["score"], [1.0, 1.0, math.exp(-1)])
    u0 = np.exp(-abs(np.log([1.08, 0.92, 2.2])) / math.log(2))
    np.testing.assert_allclose(found["score_u0"], u0)
    np.testing.assert_array_equal(found["value"], [54.0, 46.0, 110.0])


def test_the_band_is_a_factor_and_not_a_difference(region):
    """50 / 1.5 is inside, 50 x 0.5 is not."""
    found = stock(region([34.0, 25.0]), region([50.0, 50.0]), 0.5)
    expected = math.exp(-math.log(50 / 1.5 / 25) / math.log(2))
    np.testing.assert_allclose(found["score"], [1.0, expected])


def test_bounds_by_hand(region):
    """Soil carbon 0-3 m 1014 (839, 1208): 500 is below by a factor 1.678."""
    low, high, reference = (region([v] * 3) for v in (839.0, 1208.0, 1014.0))
    found = stock(region([500.0, 900.0, 2416.0]), reference, None, low, high)
    expected = [math.exp(-math.log(1.678) / math.log(2)), 1.0, math.exp(-1)]
    np.testing.assert_allclose(found["score"], expected)


def test_regions_without_bounds_use_the_tolerance(region):
    """If one is given; else they are not assessed."""
    model, reference = region([40.0, 40.0]), region([50.0, 50.0])
    low, high = region([30.0, np.nan]), region([60.0, np.nan])
    expected = math.exp(-math.log(1.25) / math.log(2))
    np.testing.assert_allclose(
        stock(model, reference, 0.0, low, high)["score"], [1.0, expected]
    )
    np.testing.assert_allclose(
        stock(model, reference, None, low, high)["score"], [1.0, np.nan]
    )


def test_a_stock_that_is_not_positive_has_the_wrong_sign(region):
    """Score 0 and a message; a missing one is not assessed."""
    found = stock(region([-1.0, 0.0, np.nan]), region([50.0] * 3), 0.1)
    np.testing.assert_array_equal(found["score"], [0.0, 0.0, np.nan])
    np.testing.assert_array_equal(found["score_u0"], [0.0, 0.0, np.nan])
    messages = found["message"].values.tolist()
    assert [m.startswith("wrong sign") for m in messages] == [True, True, False]
    assert messages[2] == ""


def test_a_reference_that_is_not_positive_is_not_assessed(region):
    """A ratio to it means nothing, whatever the model."""
    found = stock(region([1.0, -1.0]), region([0.0, -5.0]), 0.1)
    assert found["score"].isnull().all()
    assert all("reference is not positive" in m for m in found["message"].values)


def test_uncertainty_must_be_given(region):
    """No default is guessed."""
    one = region([1.0])
    with pytest.raises(ValueError, match="give a tolerance"):
        stock(one, one)
    with pytest.raises(ValueError, match="reference_high missing"):
        stock(one, one, 0.1, one)
    with pytest.raises(ValueError, match="must be >= 0"):
        stock(one, one, -0.1)


def test_maps_are_summed(pair, statistics, weights):
    """kg m-2 times m2 over the cells of both, only with areas."""
    stats = statistics(*pair)
    sides = stats["model_mean"], stats["reference_mean"]
    by_hand = (sides[0] * weights).sum(("lat", "lon"))
    np.testing.assert_allclose(stock(*sides, 0.1, weights=weights)["value"], by_hand)
    with pytest.raises(ValueError, match="Sum value times area"):
        stock(*sides, 0.1)


def test_lazy_in_lazy_out(region):
    """Messages too."""
    found = stock(region([1.0, -2.0]).chunk(), region([2.0, 2.0]).chunk(), 0.0)
    assert all(isinstance(v.data, dask.array.Array) for v in found.values())
    xr.testing.assert_allclose(
        found["score"].compute(),
        stock(region([1.0, -2.0]), region([2.0, 2.0]), 0.0)["score"],
    )

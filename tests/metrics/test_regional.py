"""Regional means and totals with uncertainty."""

import math

import dask.array
import numpy as np
import pytest
import xarray as xr

from benchmark.metrics import metrics

mean, total = metrics.get("regional_mean"), metrics.get("regional_total")
mean_interval = metrics.get("regional_mean_interval")
total_interval = metrics.get("regional_total_interval")


def test_sigma_by_hand(region):
    """Errors 3, 40 with u = 10, s = 20: 1 and exp(-30/20); u0 exp(-3/20), exp(-2)."""
    found = mean(region([0.0, -80.0]), region([-3.0, -40.0]), 10.0, 20.0)
    np.testing.assert_array_equal(found["value"], [0.0, -80.0])
    np.testing.assert_allclose(found["score"], [1.0, math.exp(-1.5)])
    np.testing.assert_allclose(found["score_u0"], [math.exp(-0.15), math.exp(-2)])
    assert "score_null" not in found


def test_the_null_model_is_one_for_all_regions(region):
    """Reference 0, -30, -30: the null -30 scores 1 in two regions and is it."""
    reference = region([0.0, -30.0, -30.0])
    found = mean(reference, reference, 0.0, 10.0, [0.0, -30.0])
    np.testing.assert_allclose(found["score_null"], [math.exp(-3), 1.0, 1.0])


def test_the_null_models_of_nee(region):
    """Zero, -30 and the median of the eight regions, whichever is best."""
    medians = [-3.0, -10, -53, -40, -33, -3, -47, -40]
    reference = region(medians)
    nulls = [0.0, -30.0, float(np.median(medians))]
    found = mean(reference, reference, 10.3, 20.6, nulls)
    each = [
        np.exp(-np.maximum(0, abs(np.array(medians) - null) - 10.3) / 20.6)
        for null in nulls
    ]
    best = max(each, key=np.mean)
    np.testing.assert_allclose(found["score_null"], best)


@pytest.mark.parametrize(("tolerance", "scale"), [(0.0, 0.0), (0.0, -1.0), (-1.0, 1.0)])
def test_scale_and_tolerance_must_make_sense(region, tolerance, scale):
    """s > 0 and u >= 0, said in words."""
    with pytest.raises(ValueError, match="must be >"):
        mean(region([1.0]), region([1.0]), tolerance, scale)


def test_interval_by_hand(region):
    """Inside, on the bound, 10 below, 5 above [-50, -20], with s = 20."""
    model = region([-30.0, -20.0, -60.0, -15.0])
    low, high = region([-50.0] * 4), region([-20.0] * 4)
    found = mean_interval(model, low, high, 20.0)
    np.testing.assert_allclose(
        found["score"], [1.0, 1.0, math.exp(-0.5), math.exp(-0.25)]
    )
    same = total_interval(model, low, high, 20.0)
    np.testing.assert_array_equal(same["score"], found["score"])


def test_bounds_in_the_wrong_order_are_refused(region):
    """It is an error of the configuration."""
    with pytest.raises(ValueError, match="lower bound is above"):
        mean_interval(region([1.0]), region([2.0]), region([1.0]), 1.0)


def test_equal_bounds_need_a_scale_only(region):
    """low = high is a point reference."""
    found = mean_interval(region([3.0]), region([2.0]), region([2.0]), 1.0)
    np.testing.assert_allclose(found["score"], [math.exp(-1)])


def test_missing_values_are_not_assessed(region):
    """Of the model or of the reference."""
    found = mean(region([np.nan, 1.0]), region([1.0, np.nan]), 1.0, 1.0)
    assert found["score"].isnull().all()
    bounds = region([np.nan]), region([2.0])
    assert mean_interval(region([1.0]), *bounds, 1.0)["score"].isnull().all()


def test_maps_are_averaged_over_common_cells(pair, statistics, weights, region):
    """A map against a regional reference, and map against map."""
    stats = statistics(*pair)
    model = stats["model_mean"]
    by_hand = (model * weights).sum(("lat", "lon")) / weights.where(
        model.notnull()
    ).sum(("lat", "lon"))
    reference = xr.zeros_like(by_hand).drop_attrs()
    found = mean(model, reference, 0.0, 1e-8, weights=weights)
    np.testing.assert_allclose(found["value"], by_hand)
    hole = stats["reference_mean"].where(stats["reference_mean"]["lon"] > 5)
    same = mean(model.where(model["lon"] > 5), reference, 0.0, 1e-8, weights=weights)
    both = mean(model, hole, 0.0, 1e-8, weights=weights)
    np.testing.assert_allclose(both["value"], same["value"])


def test_totals_sum_area_times_value(pair, statistics, weights, region):
    """kg m-2 s-1 times m2; cells missing on either side add nothing."""
    stats = statistics(*pair)
    model, reference = stats["model_mean"], stats["reference_mean"]
    found = total(model, reference.where(model["lon"] > 5), 0.0, 1.0, weights=weights)
    by_hand = (model.where(model["lon"] > 5) * weights).sum(("lat", "lon"))
    np.testing.assert_allclose(found["value"], by_hand)
    assert found["value"].attrs["units"] == "kg m-2 s-1 m2"


def test_totals_are_not_means(region, pair, statistics, weights):
    """A mean where a total belongs is an error of a factor 1e12."""
    one = region([1.0])
    per_area = one.assign_attrs(statistic="mean")
    with pytest.raises(ValueError, match="compares totals"):
        total(per_area, per_area, 0.0, 1.0)
    with pytest.raises(ValueError, match="differ in statistic"):
        total(per_area, one.assign_attrs(statistic="total"), 0.0, 1.0)
    stats = statistics(*pair)
    with pytest.raises(ValueError, match="weights None"):
        total_interval(stats["model_mean"], one, one, 1.0, weights=None)


def test_regional_totals_pass_as_they_are(region):
    """A table of totals needs no weights."""
    found = total(region([2.0]), region([5.0]), 1.0, 2.0)
    np.testing.assert_allclose(found["score"], [math.exp(-1)])


def test_lazy_in_lazy_out(region):
    """Scores, u0 and null model."""
    found = mean(region([1.0]).chunk(), region([2.0]).chunk(), 0.0, 1.0, [0.0, 2.0])
    assert all(isinstance(v.data, dask.array.Array) for v in found.values())
    lazy = mean_interval(region([1.0]).chunk(), region([2.0]), region([3.0]), 1.0)
    assert isinstance(lazy["score"].data, dask.array.Array)
    np.testing.assert_allclose(lazy["score"], [math.exp(-1)])


def test_scores_do_not_depend_on_units(region):
    """If tolerance and scale are converted too."""
    factor = 3.16887e-11
    one = mean(region([0.0, -80.0]), region([-3.0, -40.0]), 10.0, 20.0)
    other = mean(
        region([0.0, -80.0]) * factor,
        region([-3.0, -40.0]) * factor,
        10.0 * factor,
        20.0 * factor,
    )
    np.testing.assert_allclose(other["score"], one["score"])

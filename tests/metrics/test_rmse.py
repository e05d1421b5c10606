"""Centralised RMSE of the cycle."""

import numpy as np

from benchmark.metrics import metrics

rmse = metrics.get("rmse")
DAYS = [31.0, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]


def days(region):
    """Return lengths of the months."""
    return region(DAYS, "month").isel(region=0, drop=True)


def test_by_hand_months_weigh_by_their_days(region):
    """Error 12 in February: centred 11 there and -1 elsewhere."""
    error = np.zeros(12)
    error[1] = 12.0
    found = rmse(
        region(error, "month"),
        region(np.zeros(12), "month"),
        region([5.0]),
        days(region),
    )
    expected = np.sqrt((28 * 121 + 337) / 365)
    np.testing.assert_allclose(found["value"], [expected])
    np.testing.assert_allclose(found["score"], [np.exp(-expected / 5.0)])


def test_a_constant_error_is_no_error(region):
    """The bias is removed."""
    cycle = np.arange(12.0)
    sides = region(cycle + 5, "month"), region(cycle, "month")
    np.testing.assert_allclose(
        rmse(*sides, region([1.0]), days(region))["value"], [0.0], atol=1e-12
    )


def test_only_common_months_count(region):
    """Three at least; then the mean is taken over these."""
    model, reference = np.full(12, np.nan), np.zeros(12)
    model[[3, 5, 8]] = [1.0, 2.0, 3.0]
    sides = region(model, "month"), region(reference, "month")
    found = rmse(*sides, region([1.0]), days(region))
    np.testing.assert_allclose(found["value"], [np.sqrt(2 / 3)])
    model[8] = np.nan
    sides = region(model, "month"), region(reference, "month")
    assert rmse(*sides, region([1.0]), days(region))["value"].isnull().all()

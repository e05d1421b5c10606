"""Phase and amplitude of the seasonal cycle."""

import math

import numpy as np
import pytest
import xarray as xr

from benchmark.metrics import metrics
from benchmark.metrics.seasons import MID_MONTH

phase = metrics.get("seasonal_phase")
amplitude = metrics.get("seasonal_amplitude")


def wave(day, size=1.0, mean=0.0):
    """Return a pure first harmonic that peaks on a day of the year."""
    return mean + size * np.cos(2 * np.pi * (MID_MONTH.values - day) / 365)


@pytest.mark.parametrize("days", [0.0, 3.0, 45.625, -91.25, 170.0])
def test_a_pure_harmonic_shifted_by_days_gives_these_days(region, days):
    """Finer than a month, whatever the sizes and means; the score by hand."""
    model, reference = wave(200 + days, 3.0, 9.0), wave(200, 0.5, 1.0)
    found = phase(region(model, "month"), region(reference, "month"))
    np.testing.assert_allclose(found["value"], [days * 365.2425 / 365], atol=1e-9)
    score = 0.5 * (1 + math.cos(2 * math.pi * days / 365))
    np.testing.assert_allclose(found["score"], [score], atol=1e-12)


def test_by_hand_a_quarter_of_a_year_late_scores_one_half(region):
    """Positive means that the model is later."""
    found = phase(region(wave(291.25), "month"), region(wave(200), "month"))
    np.testing.assert_allclose(found["value"], [91.310625])
    np.testing.assert_allclose(found["score"], [0.5], atol=1e-12)


def test_a_shift_wraps_over_the_new_year(region):
    """A model in December is early for a reference in January."""
    found = phase(region(wave(360), "month"), region(wave(5), "month"))
    assert -10.1 < float(found["value"][0]) < -9.9


def test_minima_shift_as_maxima_do(region):
    """So peak uptake (nee, positive up) is timed by the same number."""
    gpp = phase(region(wave(220, mean=2.0), "month"), region(wave(200), "month"))
    nee = phase(region(-wave(220, mean=2.0), "month"), region(-wave(200), "month"))
    np.testing.assert_allclose(nee["value"], gpp["value"], rtol=1e-9)


def test_an_opposite_model_scores_zero(region):
    """Half a year off."""
    found = phase(region(-wave(200), "month"), region(wave(200), "month"))
    np.testing.assert_allclose(found["score"], [0.0], atol=1e-12)


@pytest.mark.parametrize(
    ("reference", "noise"),
    [
        (np.full(12, 3.0), None),
        (wave(200, size=0.04, mean=1.0), None),
        (np.cos(4 * np.pi * MID_MONTH.values / 365) + 0.1 * wave(200), None),
        (wave(200, size=1.0), 1.1),
    ],
    ids=["flat", "small beside its mean", "two peaks", "below its noise"],
)
def test_no_cycle_to_time_is_not_assessed(region, reference, noise):
    """NaN, not 0 or 1."""
    noise = None if noise is None else region([noise])
    found = phase(region(wave(200), "month"), region(reference, "month"), noise)
    assert found["value"].isnull().all()
    assert found["score"].isnull().all()


def test_a_short_summer_is_a_cycle(region):
    """Two months of flux and ten without have a phase."""
    summer = np.zeros(12)
    summer[[6, 7]] = 1.0
    found = phase(region(np.roll(summer, 1), "month"), region(summer, "month"))
    np.testing.assert_allclose(found["value"], [30.0], atol=1.0)


def test_a_flat_model_has_no_phase_and_no_amplitude(region):
    """It is not assessed for the one and scores 0 for the other."""
    sides = region(np.full(12, 2.0), "month"), region(wave(200), "month")
    assert phase(*sides)["score"].isnull().all()
    np.testing.assert_array_equal(amplitude(*sides)["score"], [0.0])
    np.testing.assert_array_equal(amplitude(*sides)["value"], [0.0])


def test_a_missing_month_leaves_the_phase_unassessed(region):
    """Eleven months do not fix a harmonic that others can compare with."""
    gap = wave(200)
    gap[0] = np.nan
    assert phase(region(gap, "month"), region(wave(200), "month"))["value"].isnull()


def test_maps_average_the_angle_on_the_circle():
    """Shifts of 170 and -170 days average to half a year and not to 0."""
    at = {"month": np.arange(1, 13), "lat": [60.0], "lon": [0.0, 1.0]}
    dims = ("month", "lat", "lon")
    model = xr.DataArray(np.stack([wave(170), wave(-170)], -1)[:, None], at, dims)
    reference = xr.DataArray(np.stack([wave(0), wave(0)], -1)[:, None], at, dims)
    area = xr.ones_like(reference.isel(month=0, drop=True)).expand_dims(region=["r"])
    found = phase(model, reference, weights=area)
    np.testing.assert_allclose(abs(found["value"]), [365.2425 / 2], rtol=1e-9)
    np.testing.assert_allclose(found["value_map"], [[170.1129, -170.1129]], atol=1e-3)
    expected = 0.5 * (1 + math.cos(2 * math.pi * 170 / 365))
    np.testing.assert_allclose(found["score"], [expected])


@pytest.mark.parametrize(
    ("factor", "score"), [(1.0, 1.0), (2.0, 0.36788), (0.5, 0.36788), (4.0, 0.13534)]
)
def test_amplitude_by_hand(region, factor, score):
    """A factor 2 either way scores 1/e; a shift in level or time costs nothing."""
    model = 7.0 + factor * np.roll(np.arange(12.0), 3)
    found = amplitude(region(model, "month"), region(np.arange(12.0), "month"))
    np.testing.assert_allclose(found["value"], [factor])
    np.testing.assert_allclose(found["score"], [score], atol=5e-6)


def test_amplitude_of_a_flat_reference_is_not_assessed(region):
    """Also if it is flat but for rounding."""
    flat = np.full(12, 1e-8) * (1 + 1e-15 * np.arange(12))
    found = amplitude(region(np.arange(12.0), "month"), region(flat, "month"))
    assert found["value"].isnull().all()
    assert found["score"].isnull().all()

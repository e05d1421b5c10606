"""Twelve months side by side."""

import numpy as np
import xarray as xr

from benchmark.metrics import seasons


def cycle(values):
    """Return a climatology (month,)."""
    return xr.DataArray(values, {"month": np.arange(1, 13)}, ("month",))


def test_harmonic_of_a_pure_wave_by_hand():
    """Mean 4, cosine 3, sine 2: exact although months differ in length."""
    angle = seasons.year_angle(seasons.MID_MONTH)
    found = seasons.harmonic(4.0 + 3.0 * np.cos(angle) + 2.0 * np.sin(angle))
    np.testing.assert_allclose(found, [4.0, 3.0, 2.0], rtol=1e-12)


def test_harmonic_is_linear():
    """So the coefficients may be regridded, the angle may not."""
    rng = np.random.default_rng(0)
    a, b = cycle(rng.random(12)), cycle(rng.random(12))
    parts = zip(seasons.harmonic(a), seasons.harmonic(b), strict=True)
    sums = [x + 2 * y for x, y in parts]
    np.testing.assert_allclose(seasons.harmonic(a + 2 * b), sums, rtol=1e-10)


def test_peak_day_is_the_middle_of_the_month():
    """July is day 196.5; the first of equal months; flat has none."""
    assert float(seasons.peak_day(cycle(np.eye(12)[6]))) == 196.5
    assert float(seasons.peak_day(cycle(np.eye(12)[6] + np.eye(12)[8]))) == 196.5
    assert np.isnan(seasons.peak_day(cycle(np.ones(12))))


def test_amplitude_of_rounding_is_zero():
    """1e-15 of the mean is no season, in any unit."""
    flat = 1e-9 * (1 + 1e-15 * np.arange(12))
    assert float(seasons.amplitude(cycle(flat))) == 0.0
    assert float(seasons.amplitude(cycle(1e-20 * np.arange(12)))) == 1.1e-19


def test_too_few_common_months_leave_nothing():
    """Two months are no cycle."""
    a, b = np.full(12, np.nan), np.ones(12)
    a[:2] = 1.0
    for side in seasons.common_months(cycle(a), cycle(b)):
        assert side.isnull().all()

"""Which extreme of a cycle is its peak, and when that is."""

import numpy as np
import pytest
import xarray as xr
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmark.metrics.peak import peak_angle, peak_month, upright
from benchmark.metrics.seasons import MID_MONTH

DAYS = 365 / (2 * np.pi)


def cycle(values, variable=None):
    """Return a climatology (month,)."""
    attrs = {} if variable is None else {"variable": variable}
    month = {"month": np.arange(1, 13)}
    return xr.DataArray(np.asarray(values, float), month, ("month",), attrs=attrs)


@given(
    day=st.floats(0, 364),
    size=st.floats(1e-9, 1e3),
    mean=st.floats(-10, 10),
)
@settings(max_examples=60)
def test_a_wave_is_timed_exactly(day, size, mean):
    """Whatever its day, size and mean: a shift of the wave is a shift of the day."""
    wave = size * (mean + np.cos((MID_MONTH.values - day) / DAYS))
    found = float(peak_angle(cycle(wave))) * DAYS
    assert abs((found - day + 182.5) % 365 - 182.5) < 1e-4


def test_by_hand_two_equal_months():
    """The peak of equal July and August is near half-way, on 30 July (212)."""
    summer = np.zeros(12)
    summer[[6, 7]] = 1.0
    assert float(peak_angle(cycle(summer))) * DAYS % 365 == pytest.approx(212, abs=0.3)
    assert float(peak_month(cycle(summer))) == 7.0


def test_the_peak_of_a_pulse_stays_between_the_neighbours():
    """Winter months do not matter: only three months do."""
    summer = np.array([0, 0, 0, 0, 1, 6, 9, 5, 1, 0, 0, 0.0])
    found = float(peak_angle(cycle(summer))) * DAYS % 365
    summer[[0, 1, 10]] = 0.7
    assert float(peak_angle(cycle(summer))) * DAYS % 365 == pytest.approx(found)
    assert 181 < found < 196.5


@pytest.mark.parametrize("gap", [[], [0]])
def test_no_peak(gap):
    """Neither of a flat cycle nor of one with a gap."""
    values = np.full(12, 2.0) if not gap else np.arange(12.0)
    values[gap] = np.nan
    assert np.isnan(peak_angle(cycle(values)))
    assert np.isnan(peak_month(cycle(values)))


def test_peak_uptake_is_the_minimum():
    """Of nee and nbe; of productivity and emissions it is the maximum."""
    values = np.arange(12.0)
    for name, sign in (("nee", -1), ("nbe", -1), ("gpp", 1), ("ch4", 1), ("reco", 1)):
        found, _ = upright("m", cycle(values, name), cycle(values))
        np.testing.assert_array_equal(found, sign * values)


def test_nothing_is_guessed():
    """No variable, two variables, and one without a season are refused."""
    sides = cycle(np.arange(12.0)), cycle(np.arange(12.0))
    with pytest.raises(ValueError, match="attribute 'variable' says none"):
        upright("m", *sides)
    with pytest.raises(ValueError, match="gpp and nee"):
        upright("m", cycle(sides[0], "nee"), cycle(sides[1], "gpp"))
    with pytest.raises(ValueError, match="found 'cSoil'"):
        upright("m", cycle(sides[0], "cSoil"), sides[1])

"""Formulas of scores."""

import math

import numpy as np
import pytest
import xarray as xr
from hypothesis import given
from hypothesis import strategies as st

from benchmark.metrics import scores

sizes = st.floats(1e-12, 1e12)
values = st.floats(-1e12, 1e12)


def array(*numbers):
    """Return numbers as an array."""
    return xr.DataArray(list(numbers), dims="x")


def test_relative_by_hand():
    """exp(-|e| / s); NaN without a scale."""
    found = scores.relative(array(-2.0, 2.0, 0.0), array(4.0, 0.0, np.nan))
    np.testing.assert_allclose(found, [math.exp(-0.5), np.nan, np.nan])


@given(values, values, sizes, sizes)
def test_sigma_is_between_0_and_1_and_1_at_the_reference(x, reference, u, s):
    """For any numbers."""
    found = scores.sigma(array(x, reference), reference, tolerance=u, scale=s)
    assert 0 <= found[0] <= 1
    assert found[1] == 1


@given(values, sizes, sizes, sizes)
def test_interval_is_1_inside_and_falls_outside(low, width, beyond, s):
    """Symmetric about the middle."""
    high = low + width
    x = array(low, high, low - beyond, high + beyond)
    found = scores.interval(x, low, high, scale=s).values
    assert found[0] == found[1] == 1
    assert 0 <= found[2] <= 1
    assert 0 <= found[3] <= 1


@given(sizes, st.floats(1.0, 1e6))
def test_logratio_is_symmetric_in_factors(reference, factor):
    """Too large and too small by a factor cost the same."""
    x = array(reference * factor, reference / factor)
    found = scores.logratio(x, reference, reference).values
    expected = math.exp(-math.log(factor) / math.log(2))
    np.testing.assert_allclose(found, expected, rtol=1e-9)


def test_logratio_edges():
    """0 for what is not positive, NaN for what is missing or unreferenced."""
    x = array(-1.0, 0.0, np.nan, 1.0)
    np.testing.assert_array_equal(scores.logratio(x, 1.0, 1.0), [0, 0, np.nan, 1])
    assert scores.logratio(x, -2.0, -1.0).isnull().all()


def test_taylor_by_hand():
    """R = 1, sigma = 1 is 1; R = 0, sigma = 1 is 0.5; sigma = 0 is 0."""
    found = scores.taylor(array(1.0, 0.0, 0.0, np.nan), array(1.0, 1.0, 0.0, 0.0))
    np.testing.assert_allclose(found, [1.0, 0.5, 0.0, 0.0])


def test_cosine_by_hand():
    """In phase, a quarter off, opposite."""
    found = scores.cosine(array(0.0, math.pi / 2, math.pi))
    np.testing.assert_allclose(found, [1.0, 0.5, 0.0], atol=1e-15)


def test_scales_given_as_arrays_are_checked_unless_lazy():
    """A lazy array is not computed to be checked."""
    x = array(1.0)
    with pytest.raises(ValueError, match="scale of a score must be > 0"):
        scores.sigma(x, 0.0, tolerance=0.0, scale=array(0.0))
    scores.sigma(x, 0.0, tolerance=0.0, scale=array(0.0).chunk())

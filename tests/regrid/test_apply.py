import numpy as np
import pytest
from scipy.sparse import csr_array

from benchmark.regrid.apply import apply_overlap

LAND = csr_array(np.array([[1.0, 1.0, 0.0, 0.0], [0.0, 0.5, 2.0, 0.0]]))
AREA = np.array([2.0, 4.0])


def apply(values, minimum=0.0):
    return apply_overlap(
        np.asarray(values),
        land=LAND,
        target_area=AREA,
        shape=(1, 2),
        minimum_valid_fraction=minimum,
    )


def test_value_by_hand():
    """Values are means over shared land, fractions land over target area."""
    value, fraction = apply([[1.0, 3.0, 8.0, 99.0]])
    np.testing.assert_allclose(value, [[2.0, (1.5 + 16.0) / 2.5]])
    np.testing.assert_allclose(fraction, [[1.0, 2.5 / 4.0]])


def test_constant_mask_is_summed_once():
    """With one mask the fraction is one map repeated, without using memory."""
    values = np.ones((50, 1, 4))
    values[:, 0, 1] = np.nan
    value, fraction = apply(values)
    assert fraction.shape == value.shape == (50, 1, 2)
    assert fraction.strides[0] == 0


def test_varying_mask_by_hand():
    """Cells that come and go change value and fraction of their time only."""
    values = [[[1.0, np.nan, 8.0, np.nan]], [[1.0, 3.0, np.nan, 0.0]]]
    value, fraction = apply(values)
    np.testing.assert_allclose(value[:, 0], [[1.0, 8.0], [2.0, 3.0]])
    np.testing.assert_allclose(fraction[:, 0], [[0.5, 0.5], [1.0, 0.125]])


def test_minimum_hides_values_and_keeps_fractions():
    """Below the minimum the value is NaN and the fraction stays."""
    value, fraction = apply([[1.0, 3.0, np.nan, 0.0]], minimum=0.2)
    np.testing.assert_array_equal(np.isnan(value), [[False, True]])
    np.testing.assert_allclose(fraction, [[1.0, 0.125]])


def test_nothing_valid_is_missing_everywhere():
    """A field without a valid cell gives NaN and fraction 0, no warning."""
    value, fraction = apply(np.full((3, 1, 4), np.nan))
    assert np.isnan(value).all()
    assert not fraction.any()


@pytest.mark.parametrize("dtype", ["int16", "bool", "float32", "complex64"])
def test_types(dtype):
    """Integers and single precision become double; complex stays complex."""
    value, _ = apply(np.ones((2, 1, 4), dtype))
    kind = "complex128" if dtype == "complex64" else "float64"
    assert value.dtype == kind
    np.testing.assert_allclose(value, 1.0)


def test_no_maps():
    """An empty leading dimension gives an empty result."""
    value, fraction = apply(np.ones((0, 1, 4)))
    assert value.shape == fraction.shape == (0, 1, 2)

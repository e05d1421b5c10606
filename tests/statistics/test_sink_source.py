"""Classes, shares of families and ranked probabilities."""

import numpy as np
import pytest
import xarray as xr
from hypothesis import given
from hypothesis import strategies as st

from benchmark.statistics.sink_source import (
    agreement,
    family_shares,
    flux_class,
    probability,
    probability_interval,
    ranked_probability_score,
)


def distribution(numbers):
    """Return probabilities (class) from positive numbers."""
    values = np.array(numbers, dtype=float)
    return xr.DataArray(values / values.sum(), dims="class")


POSITIVE = st.lists(st.floats(0.01, 1.0), min_size=3, max_size=3)


@given(POSITIVE, POSITIVE)
def test_ranked_probability_is_a_distance(one, other):
    """From 0 to 1, 0 only for the same, the same both ways."""
    a, b = distribution(one), distribution(other)
    found = float(ranked_probability_score(a, b))
    assert 0.0 <= found <= 1.0
    assert found == pytest.approx(float(ranked_probability_score(b, a)))
    assert float(ranked_probability_score(a, a)) == 0.0


def test_classes_are_nan_without_a_flux():
    """A missing flux is no neutral one."""
    found = flux_class(xr.DataArray([np.nan, 0.0]), 10.0)
    assert np.isnan(found[0])
    assert found[1] == 1.0


def test_equal_family_weights_are_not_equal_model_weights():
    """Four sinks of one family, a neutral and a source: 1/3 each, not 4/6."""
    classes = xr.DataArray([0.0, 0, 0, 0, 1, 2], dims="member")
    families = ["models"] * 4 + ["inversion", "upscaling"]
    likely = probability(family_shares(classes, families))
    np.testing.assert_allclose(likely, [1 / 3, 1 / 3, 1 / 3])
    assert float(agreement(likely)) == pytest.approx(1 / 3)


def test_a_family_without_values_is_left_out():
    """In Western Siberia there is no in-situ estimate."""
    classes = xr.DataArray([[0.0, 0.0], [np.nan, 2.0]], dims=("member", "region"))
    likely = probability(family_shares(classes, ["a", "b"]))
    np.testing.assert_allclose(likely.sel({"class": "sink"}), [1.0, 0.5])


def test_the_interval_of_single_members_has_no_width():
    """A family of one is drawn as it is every time."""
    classes = xr.DataArray([0.0, 2.0], dims="member")
    found = probability_interval(classes, ["a", "b"], draws=20)
    assert found.sel({"class": "sink"}).values.tolist() == [0.5, 0.5]


def test_the_interval_holds_the_probability_and_is_the_same_in_every_run():
    """Four members, half of them sinks."""
    classes = xr.DataArray([0.0, 0.0, 2.0, 2.0], dims="member")
    first, second = (probability_interval(classes, ["a"] * 4) for _ in range(2))
    xr.testing.assert_identical(first, second)
    low, high = first.sel({"class": "sink"}).values
    assert low < 0.5 < high

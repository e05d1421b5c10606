"""Seeds of names, and intervals of draws."""

import numpy as np
import pytest

from benchmark.uncertainty.interval import bounds, generator


def test_names_seed_draws() -> None:
    """The same names give the same numbers, other names others."""
    first = generator("model", "reference").random(5)
    np.testing.assert_array_equal(first, generator("model", "reference").random(5))
    assert not np.allclose(first, generator("model", "other").random(5))
    # Names are told apart, not only their letters in a row.
    assert not np.allclose(
        generator("ab", "c").random(5), generator("a", "bc").random(5)
    )


def test_bounds_are_percentiles() -> None:
    """The interval has 2.5 % of the draws on either side."""
    low, high = bounds(np.arange(1001) / 1000.0, 0.5)
    assert (low, high) == pytest.approx((0.025, 0.975))


@pytest.mark.parametrize("score", [0.0, 1.0])
def test_interval_holds_the_score(score: float) -> None:
    """A score beyond all its draws is still within its interval."""
    low, high = bounds(np.full(200, 0.5), score)
    assert low <= score <= high
    assert (low, high) == (min(0.5, score), max(0.5, score))


def test_too_few_draws_give_no_interval() -> None:
    """Where half of the draws fail, or few were made, there is no interval."""
    draws = np.where(np.arange(200) < 101, np.nan, 0.5)
    assert np.isnan(bounds(draws, 0.5)).all()
    assert np.isnan(bounds(np.full(19, 0.5), 0.5)).all()
    assert np.isnan(bounds(np.full(200, 0.5), np.nan)).all()

"""Weighted means of scores, by hand."""

import numpy as np
import pytest

from benchmark.scorecard.parts import Part, mean_draws, weighted


def test_weighted_mean_leaves_out_what_is_missing() -> None:
    """(2 x 0.8 + 1 x 0.5) / 3; the part without a score shows as incomplete."""
    parts = [
        Part(0.8, by_area=0.6, grade="A", scored=4, expected=4, completeness=1.0),
        Part(0.5, by_area=0.3, grade="C", scored=1, expected=2, completeness=0.5),
        Part(float("nan"), expected=3),
    ]
    found = weighted(parts, [2.0, 1.0, 1.0])
    assert found.score == pytest.approx(0.7)
    assert found.by_area == pytest.approx(0.5)
    assert found.completeness == pytest.approx((2.0 + 0.5) / 4.0)
    assert (found.grade, found.scored, found.expected) == ("C", 5, 9)


def test_weight_zero_does_not_count() -> None:
    """A part of weight 0 changes neither the mean nor the completeness."""
    parts = [Part(0.8, grade="A", completeness=1.0), Part(0.0, grade="C")]
    found = weighted(parts, [1.0, 0.0])
    assert (found.score, found.completeness, found.grade) == (0.8, 1.0, "A")


def test_nothing_scored_is_no_zero() -> None:
    """A mean of nothing is missing."""
    found = weighted([Part(float("nan"), expected=2)], [1.0])
    assert not found.found
    assert np.isnan(found.interval).all()
    assert found.completeness == 0.0


def test_draws_are_averaged_draw_by_draw() -> None:
    """Opposite draws of two parts cancel; a missing draw is left out."""
    first, second = np.array([0.2, 0.4, 0.6]), np.array([0.6, 0.4, np.nan])
    found = mean_draws([0.4, 0.4, 1.0], [first, second, None], [1.0, 1.0, 2.0])
    np.testing.assert_allclose(found, [2.8 / 4, 2.8 / 4, 2.6 / 3])
    assert mean_draws([0.4], [None], [1.0]) is None

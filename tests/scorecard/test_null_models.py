"""Models that do not beat a null model."""

from types import SimpleNamespace

import pytest

from benchmark.scorecard.null_models import without_skill


def of(row, region, score, null):
    return SimpleNamespace(**row("table", region, "mean", score), score_null=null)


def test_means_over_regions_are_compared(row) -> None:
    """Better in one region and worse in another: 0.5 against 0.6 is no skill."""
    rows = [
        of(row, "west", 0.9, 0.5),
        of(row, "east", 0.1, 0.7),
        of(row, "permafrost_domain", 1.0, 0.0),
    ]
    (found,) = without_skill(rows)
    assert (found.score, found.null) == pytest.approx((0.5, 0.6))
    assert found.regions == 2


def test_a_model_that_beats_it_is_not_named(row) -> None:
    """0.6 against 0.5 shows skill; equal scores do not."""
    better = [of(row, "west", 0.6, 0.5), of(row, "east", 0.6, 0.5)]
    assert without_skill(better) == []
    equal = [of(row, "west", 0.5, 0.5), of(row, "east", 0.5, 0.5)]
    assert len(without_skill(equal)) == 1


def test_one_region_tells_nothing(row) -> None:
    """Of one region the median over regions is the reference itself."""
    assert without_skill([of(row, "west", 0.1, 1.0)]) == []
    assert without_skill([of(row, "west", 0.1, None), of(row, "east", None, 1.0)]) == []

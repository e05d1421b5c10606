"""Means of scores that keep their draws, their grades and what is missing."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from benchmark.uncertainty.interval import bounds


@dataclass(frozen=True)
class Part:
    """A score on the way up: of a region, a benchmark or a subject.

    `score` and `by_area` are NaN where nothing was scored; `draws` are those of
    the score, None where it has none; `grade` is the lowest; `scored` of
    `expected` numbers could be scored; `low` and `high` are the lowest and the
    highest score over references; `completeness` is the share of the weight
    that was scored.
    """

    score: float
    draws: np.ndarray | None = None
    by_area: float = float("nan")
    grade: str = ""
    scored: int = 0
    expected: int = 0
    low: float = float("nan")
    high: float = float("nan")
    completeness: float = 0.0

    @property
    def found(self) -> bool:
        """Whether anything was scored."""
        return bool(np.isfinite(self.score))

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % interval, NaN where nothing was drawn."""
        if self.draws is None:
            return float("nan"), float("nan")
        return bounds(self.draws, self.score)


def mean_draws(
    scores: Sequence[float],
    draws: Sequence[np.ndarray | None],
    weights: Sequence[float],
) -> np.ndarray | None:
    """Return the weighted mean in each draw; a score without draws stands still.

    Parameters
    ----------
    scores : sequence of float
        Finite.
    draws : sequence of ndarray or None
        Of each score, all of one length; NaN where a draw could not be scored.
    weights : sequence of float
        Not all 0.

    Returns
    -------
    ndarray or None
        None if no score has draws.

    Examples
    --------
    >>> mean_draws([0.5, 1.0], [np.array([0.4, 0.6]), None], [1.0, 1.0])
    array([0.7, 0.8])
    """
    some = next((drawn for drawn in draws if drawn is not None), None)
    if some is None:
        return None
    every = np.array(
        [
            np.full(some.size, score) if drawn is None else drawn
            for score, drawn in zip(scores, draws, strict=True)
        ]
    )
    shares = np.asarray(weights, dtype=float)[:, None] * np.isfinite(every)
    total = shares.sum(0)
    with np.errstate(invalid="ignore"):
        return np.where(
            total > 0, (shares * np.nan_to_num(every)).sum(0) / total, np.nan
        )


def weighted(parts: Sequence[Part], weights: Sequence[float]) -> Part:
    """Return the weighted mean of the parts that were scored.

    Parameters
    ----------
    parts : sequence of Part
        Benchmarks of a subject, or subjects.
    weights : sequence of float
        Of each, 0 or more.

    Returns
    -------
    Part
        Its range is that of the parts' ranges, weighed alike; of parts without
        one their own scores.
    """
    total = float(sum(weights))
    pairs = list(zip(parts, weights, strict=True))
    there = [(part, weight) for part, weight in pairs if part.found and weight > 0]
    scored = sum(part.scored for part in parts)
    expected = sum(part.expected for part in parts)
    if not there:
        return Part(float("nan"), scored=scored, expected=expected)
    shares = [weight for _, weight in there]
    scores = [part.score for part, _ in there]
    areas = [
        part.by_area if np.isfinite(part.by_area) else part.score for part, _ in there
    ]
    has_area = any(np.isfinite(part.by_area) for part, _ in there)
    held = sum(weight * part.completeness for part, weight in there)
    return Part(
        score=float(np.average(scores, weights=shares)),
        draws=mean_draws(scores, [part.draws for part, _ in there], shares),
        by_area=float(np.average(areas, weights=shares)) if has_area else float("nan"),
        grade=max(part.grade for part, _ in there),
        completeness=held / total,
        scored=scored,
        expected=expected,
    )

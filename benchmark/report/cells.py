"""Rows of one model and one benchmark as a cell: a score, or why there is none."""

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import fmean

from benchmark.report.labels import severity
from benchmark.report.rows import Row

NO_ROW = "This run made no number for this pair."
ELSEWHERE = "This pair has numbers of other regions only."


@dataclass(frozen=True)
class Cell:
    """One cell: a score, or why there is none.

    `low` and `high` are the lowest and highest score of a region; `against`
    is the range of the score over the approaches that the reference is made
    of, if it is made of several; `assessed` of `expected` numbers could be
    scored; `reasons` has a sentence for each way in which the others could not;
    `grades` are those of the scored rows.
    """

    score: float | None
    low: float | None
    high: float | None
    against: tuple[float, float] | None
    assessed: int
    expected: int
    status: str
    reasons: tuple[str, ...]
    grades: tuple[str, ...] = ()


def cell(rows: Iterable[Row], *, elsewhere: bool = False) -> Cell:
    """Summarise the rows of one model and one benchmark.

    Parameters
    ----------
    rows : iterable of Row
        Rows of any regions and metrics.
    elsewhere : bool, default False
        Whether model and reference are compared in other regions, so that a
        cell without rows is no lack of data.

    Returns
    -------
    Cell
        Its score is the mean over regions of the mean of the metrics that
        could be scored there, so a region counts once whatever the number
        of its metrics. Rows that hold a value and were never meant to be
        scored do not count as expected.
    """
    rows = list(rows)
    if elsewhere and not rows:
        return Cell(None, None, None, None, 0, 0, "not_assessed", (ELSEWHERE,))
    rows = [row for row in rows if row.status != "scored" or row.score is not None]
    scored = [row for row in rows if row.score is not None]
    means = _means((row.region, row.score) for row in scored)
    return Cell(
        score=fmean(means) if means else None,
        low=min(means, default=None),
        high=max(means, default=None),
        against=_against(scored),
        assessed=len(scored),
        expected=len(rows),
        status="scored" if means else _worst(rows),
        reasons=_reasons(rows),
        grades=tuple(sorted({row.grade for row in scored if row.grade})),
    )


def _means(scores: Iterable[tuple[str, float | None]]) -> list[float]:
    """Return the mean score of each region."""
    by_region: dict[str, list[float]] = {}
    for region, score in scores:
        if score is not None:
            by_region.setdefault(region, []).append(score)
    return [fmean(found) for found in by_region.values()]


def _against(rows: list[Row]) -> tuple[float, float] | None:
    if all(row.score_low is None or row.score_high is None for row in rows):
        return None
    # A metric without a range of its own counts as it is at both ends.
    low, high = (
        fmean(_means((row.region, _or(getattr(row, end), row.score)) for row in rows))
        for end in ("score_low", "score_high")
    )
    return low, high


def _or(end: float | None, score: float | None) -> float | None:
    return score if end is None else end


def _worst(rows: list[Row]) -> str:
    return min((row.status for row in rows), key=severity, default="no_model_data")


def _reasons(rows: list[Row]) -> tuple[str, ...]:
    if not rows:
        return (NO_ROW,)
    messages = (row.message for row in rows if row.status != "scored")
    return tuple(dict.fromkeys(message for message in messages if message))

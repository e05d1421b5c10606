"""The scorecard of a run for its first page: a line per model."""

import math
from dataclasses import dataclass
from typing import Any

import pandas as pd

from benchmark.score.result import RunResult


@dataclass(frozen=True)
class Score:
    """A subject's or an overall score; what is not known is None."""

    score: float | None
    low: float | None
    high: float | None
    range: tuple[float, float] | None
    completeness: float
    grade: str
    message: str


@dataclass(frozen=True)
class Line:
    """The scores of one model, the overall one first."""

    model: str
    scores: tuple[Score, ...]


@dataclass(frozen=True)
class Scorecard:
    """Titles of the subjects with their weights, and a line per model."""

    titles: tuple[tuple[str, float], ...]
    lines: tuple[Line, ...]


def scorecard(result: RunResult, models: tuple[str, ...]) -> Scorecard | None:
    """Return the scorecard of a run, None if its suite has none.

    Parameters
    ----------
    result : RunResult
        The run.
    models : tuple of str
        In report order.

    Returns
    -------
    Scorecard or None
    """
    table = result.subjects
    if not len(table):
        return None
    shown = table[table["level"].isin(["overall", "subject"])]
    subjects = shown[shown["level"] == "subject"].drop_duplicates("subject")
    titles = tuple(zip(subjects["title"], subjects["weight"], strict=True))
    lines = tuple(
        Line(model, tuple(_score(row) for row in rows.itertuples()))
        for model in models
        if len(rows := shown[shown["model"] == model])
    )
    return Scorecard(titles, lines)


def _score(row: Any) -> Score:
    low, high = _number(row.score_low), _number(row.score_high)
    return Score(
        score=_number(row.score),
        low=_number(row.score_ci_low),
        high=_number(row.score_ci_high),
        range=None if low is None or high is None else (low, high),
        completeness=float(row.completeness),
        grade=row.grade,
        message=row.message,
    )


def _number(value: float) -> float | None:
    return None if pd.isna(value) or math.isinf(value) else float(value)

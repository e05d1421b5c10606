"""The scorecard of a run: overall and subject scores of every model."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from benchmark.score.result import RunResult


@dataclass(frozen=True)
class Score:
    """A subject's or an overall score; what is not known is None.

    `low` and `high` are its 95 % interval, `range` the lowest and highest
    over the references, `completeness` the share of the weight that was
    scored, `grade` the lowest evidence in it; `message` says what an overall
    score is made of if that is little.
    """

    score: float | None
    low: float | None
    high: float | None
    range: tuple[float, float] | None
    completeness: float
    grade: str
    message: str


@dataclass(frozen=True)
class Total:
    """One line: the overall score (`subject` is empty) or that of a subject."""

    subject: str
    title: str
    weight: float | None
    scores: dict[str, Score]


def scorecard(result: RunResult) -> list[Total]:
    """Return the scorecard of a run.

    Parameters
    ----------
    result : RunResult
        The run.

    Returns
    -------
    list of Total
        The overall score first, then the subjects in the suite's order, each
        with a score for every model that the table knows; empty if the suite
        has no scorecard.
    """
    table = result.subjects
    if not len(table):
        return []
    lines: dict[str, Total] = {}
    shown = table[table["level"].isin(["overall", "subject"])]
    rows: Iterable[Any] = shown.itertuples()
    for row in rows:
        overall = row.level == "overall"
        subject = "" if overall else str(row.subject)
        weight = None if overall else float(row.weight)
        line = lines.setdefault(subject, Total(subject, str(row.title), weight, {}))
        line.scores[str(row.model)] = _score(row)
    return sorted(lines.values(), key=lambda line: line.subject != "")


def subject_of(result: RunResult) -> dict[str, str]:
    """Return the subject under which the scorecard counts each reference.

    Parameters
    ----------
    result : RunResult
        The run.

    Returns
    -------
    dict of str to str
        Reference to subject; the first where several count it.
    """
    table = result.subjects
    if not len(table):
        return {}
    counted = table[table["level"] == "benchmark"].drop_duplicates("reference")
    return dict(zip(counted["reference"], counted["subject"], strict=True))


def made_of_little(totals: list[Total]) -> list[tuple[str, list[str]]]:
    """Return what overall scores are made of that stand without colour.

    Parameters
    ----------
    totals : list of Total
        As `scorecard` gives them.

    Returns
    -------
    list of (str, list of str)
        The message and the models that share it.
    """
    found: dict[str, list[str]] = {}
    for total in totals:
        for model, score in total.scores.items():
            if not total.subject and score.score is not None and score.message:
                found.setdefault(score.message, []).append(model)
    return list(found.items())


def _score(row: Any) -> Score:
    low, high = _number(row.score_low), _number(row.score_high)
    return Score(
        score=_number(row.score),
        low=_number(row.score_ci_low),
        high=_number(row.score_ci_high),
        range=None if low is None or high is None else (low, high),
        completeness=float(row.completeness),
        grade="" if pd.isna(row.grade) else str(row.grade),
        message="" if pd.isna(row.message) else str(row.message),
    )


def _number(value: float) -> float | None:
    return None if pd.isna(value) or math.isinf(value) else float(value)

"""The scorecard of a run as lines for a terminal."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

import pandas as pd

from benchmark.score.result import RunResult
from benchmark.scorecard.null_models import without_skill

HEAD = "score, 0 to 1"

RULE = (
    "Each subject is the weighted mean of its benchmarks, each of them the mean over "
    "regions of the mean over metrics; overall is the weighted mean of the subjects. "
    "'complete' is the share of the weight that was scored; - means nothing scored. "
    "Subjects in brackets do not count. Intervals and grades are in subjects.csv."
)

# More lines than these are left to the report.
_SHOWN = 10
_NAMED = 3


def scorecard_lines(result: RunResult) -> Iterator[str]:
    """Return a table of models by subjects, and what has to be said of it.

    Parameters
    ----------
    result : RunResult
        Of a suite with a scorecard.

    Yields
    ------
    str
    """
    table = result.subjects
    subjects = table[table["level"] == "subject"]
    heads = {
        str(name): str(name) if weight else f"({name})"
        for name, weight in zip(subjects["subject"], subjects["weight"], strict=True)
    }
    width = max(len(name) for name in (*result.models, HEAD))
    titles = ["overall", "complete", *heads.values()]
    yield f"{HEAD:<{width}}  " + "  ".join(titles)
    overall = table[table["level"] == "overall"].set_index("model")
    scores = {
        (model, subject): float(score)
        for model, subject, score in zip(
            subjects["model"], subjects["subject"], subjects["score"], strict=True
        )
    }
    for model in result.models:
        score, complete = (
            float(overall[name].loc[model]) for name in ("score", "completeness")
        )
        cells = [_cell(score), f"{complete:.0%}"]
        cells += [_cell(scores[model, name]) for name in heads]
        joined = "  ".join(
            f"{cell:>{len(title)}}" for cell, title in zip(cells, titles, strict=True)
        )
        yield f"{model:<{width}}  {joined}"
    yield RULE
    yield from _short_of(overall)


def no_skill_lines(result: RunResult) -> Iterator[str]:
    """Return a line for each benchmark that some model beats no null model in.

    Parameters
    ----------
    result : RunResult
        A finished run.

    Yields
    ------
    str
    """
    groups = defaultdict(list)
    for one in without_skill(result.scores.itertuples()):
        groups[one.reference, one.metric].append(one)
    found = list(groups.items())
    for (reference, metric), ones in found[:_SHOWN]:
        models = names_in_short([one.model for one in ones])
        yield (
            f"No skill shown: {models}, {reference}, {metric}: "
            f"{_span([one.score for one in ones])}, a null model "
            f"{_span([one.null for one in ones])}"
        )
    if len(found) > _SHOWN:
        yield f"and {len(found) - _SHOWN} more benchmarks without skill in the report"


def names_in_short(names: Sequence[str]) -> str:
    """Return the first three names and how many more there are.

    Examples
    --------
    >>> names_in_short(["A", "B", "C", "D", "E"])
    'A, B, C and 2 more'
    """
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more


def _span(numbers: Sequence[float]) -> str:
    ends = dict.fromkeys([f"{min(numbers):.2f}", f"{max(numbers):.2f}"])
    return " to ".join(ends)


def _short_of(overall: pd.DataFrame) -> Iterator[str]:
    """Group the models whose overall score is made of little by what it is."""
    for message, rows in overall.groupby("message", sort=False):
        if message:
            names = names_in_short([str(name) for name in rows.index])
            yield f"Overall of {names}: {message!s}"


def _cell(value: float) -> str:
    return "-" if pd.isna(value) else f"{value:.2f}"

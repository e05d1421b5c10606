"""The scorecard of a run as lines for a terminal."""

from collections.abc import Iterator

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

# More models than these are left to the report.
_SHOWN = 10


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
    """Return a line for each model that does not beat a null model.

    Parameters
    ----------
    result : RunResult
        A finished run.

    Yields
    ------
    str
    """
    found = without_skill(result.scores.itertuples())
    for one in found[:_SHOWN]:
        yield (
            f"No skill shown: {one.model}, {one.reference}, {one.metric}: "
            f"{one.score:.2f}, a null model {one.null:.2f}"
        )
    if len(found) > _SHOWN:
        yield f"and {len(found) - _SHOWN} more models without skill in the report"


def _short_of(overall: pd.DataFrame) -> Iterator[str]:
    """Group the models whose overall score is made of little by what it is."""
    for message, rows in overall.groupby("message", sort=False):
        if message:
            names = [str(name) for name in rows.index[:3]]
            if len(rows) > len(names):
                names.append(f"and {len(rows) - len(names)} more")
            yield f"Overall of {', '.join(names)}: {message!s}"


def _cell(value: float) -> str:
    return "-" if pd.isna(value) else f"{value:.2f}"

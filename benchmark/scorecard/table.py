"""The table of subjects: benchmarks, subjects and an overall score per model."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from benchmark.config.descriptors import Counted, Subject
from benchmark.scorecard.benchmarks import Row, benchmark_part, expected_numbers
from benchmark.scorecard.parts import Part, weighted

SUBJECT_COLUMNS = (
    *("model", "level", "subject", "title", "reference", "weight", "score"),
    *("score_ci_low", "score_ci_high", "score_by_area", "score_low", "score_high"),
    *("grade", "completeness", "scored", "expected", "message"),
)

OVERALL = "overall"

# Below these an overall score says that it is of little.
_ENOUGH_WEIGHT = 0.5
_ENOUGH_SUBJECTS = 0.75


def subject_table(
    rows: Sequence[Row],
    scorecard: Sequence[Subject],
    models: Iterable[str],
    areas: Mapping[str, float],
) -> pd.DataFrame:
    """Return the scores of subjects and overall, by model.

    Every score is absolute: a weighted mean of what was scored of the model,
    whatever other models there are. What was not scored is left out of the
    mean and shows in the completeness.

    Parameters
    ----------
    rows : sequence of mapping
        The rows of the score table, with their draws.
    scorecard : sequence of Subject
        From the suite.
    models : iterable of str
        In the order of the table.
    areas : mapping
        Land area by region.

    Returns
    -------
    DataFrame
        With `SUBJECT_COLUMNS`. `level` is ``benchmark``, ``subject`` or
        ``overall``; ``score_low`` and ``score_high`` the range over the
        references of a subject. Empty without a scorecard.
    """
    if not scorecard:
        return pd.DataFrame(columns=list(SUBJECT_COLUMNS))
    by_reference: dict[str, list[Row]] = {}
    for row in rows:
        by_reference.setdefault(str(row["reference"]), []).append(row)
    expected = {
        counted: expected_numbers(by_reference.get(counted.reference, []), counted)
        for subject in scorecard
        for counted in subject.benchmarks
    }
    lines: list[dict[str, Any]] = []
    for model in models:
        own = {
            name: [row for row in found if row["model"] == model]
            for name, found in by_reference.items()
        }
        lines += _of_model(model, own, scorecard, expected, areas)
    return pd.DataFrame(lines, columns=list(SUBJECT_COLUMNS))


def _of_model(
    model: str,
    rows: Mapping[str, list[Row]],
    scorecard: Sequence[Subject],
    expected: Mapping[Counted, set[tuple[str, str]]],
    areas: Mapping[str, float],
) -> list[dict[str, Any]]:
    subjects, lines = [], []
    for subject in scorecard:
        parts = [
            benchmark_part(rows.get(c.reference, []), expected[c], areas)
            for c in subject.benchmarks
        ]
        weights = [counted.weight for counted in subject.benchmarks]
        made = weighted(parts, weights)
        scores = [p.score for p, w in zip(parts, weights, strict=True) if p.found and w]
        made = replace(
            made,
            low=min(scores, default=float("nan")),
            high=max(scores, default=float("nan")),
        )
        subjects.append(made)
        about = {"model": model, "subject": subject.name}
        title = {"title": subject.title, "weight": subject.weight}
        message = _of_parts(parts)
        lines.append(_line(made, level="subject", message=message, **about, **title))
        lines += [
            _line(
                part,
                level="benchmark",
                reference=counted.reference,
                weight=counted.weight,
                **about,
            )
            for part, counted in zip(parts, subject.benchmarks, strict=True)
        ]
    overall = _overall(subjects, scorecard)
    message = _warning(overall, subjects, scorecard)
    first = _line(overall, model=model, level=OVERALL, title="Overall", message=message)
    return [first, *lines]


def _overall(subjects: Sequence[Part], scorecard: Sequence[Subject]) -> Part:
    weights = [subject.weight for subject in scorecard]
    made = weighted(subjects, weights)
    pairs = list(zip(subjects, weights, strict=True))
    there = [(part, weight) for part, weight in pairs if part.found and weight > 0]
    made = replace(
        made,
        scored=sum(part.scored for part, weight in pairs if weight > 0),
        expected=sum(part.expected for part, weight in pairs if weight > 0),
    )
    if not there:
        return made
    shares = [weight for _, weight in there]
    return replace(
        made,
        low=float(np.average([part.low for part, _ in there], weights=shares)),
        high=float(np.average([part.high for part, _ in there], weights=shares)),
    )


def _of_parts(parts: Sequence[Part]) -> str:
    found = sum(part.found for part in parts)
    if found == len(parts):
        return ""
    return f"{found} of {len(parts)} benchmarks" if found else "nothing scored"


def _warning(
    overall: Part, subjects: Sequence[Part], scorecard: Sequence[Subject]
) -> str:
    """Say it where an overall score is made of little."""
    counting = [s for s, about in zip(subjects, scorecard, strict=True) if about.weight]
    found = sum(part.found for part in counting)
    if not found:
        return "nothing scored"
    few = found < _ENOUGH_SUBJECTS * len(counting)
    if overall.completeness >= _ENOUGH_WEIGHT and not few:
        return ""
    return (
        f"made of little: {found} of {len(counting)} subjects and "
        f"{overall.completeness:.0%} of the weight were scored; not to be compared "
        "with a complete score"
    )


def _line(part: Part, **about: Any) -> dict[str, Any]:
    low, high = part.interval
    return {
        "reference": "",
        "subject": "",
        "title": "",
        "message": "",
        "weight": float("nan"),
        "score": part.score,
        "score_ci_low": low,
        "score_ci_high": high,
        "score_by_area": part.by_area,
        "score_low": part.low,
        "score_high": part.high,
        "grade": part.grade,
        "completeness": part.completeness,
        "scored": part.scored,
        "expected": part.expected,
        **about,
    }

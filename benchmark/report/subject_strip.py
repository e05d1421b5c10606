"""The scores of one model by subject of the scorecard, with what bounds them."""

from dataclasses import dataclass
from statistics import fmean

from benchmark.report.rows import Row
from benchmark.report.scorecard import Score, scorecard
from benchmark.report.site import Site
from benchmark.scorecard.benchmarks import is_domain


@dataclass(frozen=True)
class SubjectScore:
    """One subject: its score, its weight, and what it is to be held against.

    `null` and `ceiling` are the mean score of the same numbers of this model,
    and that of a null model, or of the best other reference in its place.
    """

    title: str
    weight: float
    score: Score
    null: tuple[float, float] | None
    ceiling: tuple[float, float] | None


@dataclass(frozen=True)
class Strip:
    """The overall score, with why it is little if it is, and the subjects."""

    overall: Score
    subjects: tuple[SubjectScore, ...]


def subject_strip(site: Site, model: str) -> Strip | None:
    """Return the scores of a model by subject.

    Parameters
    ----------
    site : Site
        The run.
    model : str
        Its name.

    Returns
    -------
    Strip or None
        None if the suite has no scorecard, or the model no line in it.
    """
    card = scorecard(site.result, (model,))
    if card is None or not card.lines:
        return None
    overall, *scores = card.lines[0].scores
    table = site.result.subjects
    mine = table[(table["model"] == model) & (table["level"] == "benchmark")]
    names = table[table["level"] == "subject"].drop_duplicates("subject")["subject"]
    subjects = []
    for (title, weight), name, score in zip(card.titles, names, scores, strict=True):
        held = set(mine[mine["subject"] == name]["reference"])
        rows = [
            row
            for row in site.by_model.get(model, [])
            if row.reference in held and row.score is not None
        ]
        parts = [row for row in rows if not is_domain(row.region)]
        several = len({row.region for row in parts}) > 1
        # Of one region the null model is the reference itself.
        null = _beside(parts, "score_null") if several else None
        ceiling = _beside(rows, "score_ceiling")
        subjects.append(SubjectScore(title, weight, score, null, ceiling))
    return Strip(overall, tuple(subjects))


def _beside(rows: list[Row], name: str) -> tuple[float, float] | None:
    """Return the mean of the scores that have a bound, and of the bounds."""
    pairs = [
        (row.score, bound)
        for row in rows
        if row.score is not None and (bound := getattr(row, name)) is not None
    ]
    if not pairs:
        return None
    return fmean(own for own, _ in pairs), fmean(bound for _, bound in pairs)

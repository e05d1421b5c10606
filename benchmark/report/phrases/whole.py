"""Findings of a model as a whole: no skill, pattern of regions, thermal reasons."""

from collections.abc import Iterable

from benchmark.report import labels
from benchmark.report.numbers import number
from benchmark.report.numbers import score as written
from benchmark.report.phrases.finding import SURE, Finding, miss_of
from benchmark.report.reasons import plain
from benchmark.report.rows import Row
from benchmark.report.site import Site
from benchmark.scorecard.null_models import NoSkill, without_skill

_FORGIVEN = 0.995  # written as 1.00
WRONG_REASON = "carbon right for a wrong thermal reason in "


def no_skill(rows: Iterable[Row], site: Site) -> list[Finding]:
    """Say in one sentence where a null model does as well as a model.

    Parameters
    ----------
    rows : iterable of Row
        Rows of one model.
    site : Site
        Names of references.

    Returns
    -------
    list of Finding
        At most one, with every reference and metric in its detail; it weighs
        what the scores lack.
    """
    rows = list(rows)
    grades = {(row.reference, row.metric): row.grade for row in rows}
    found = [one for one in without_skill(rows) if site.constraint(one.reference)]
    if not found:
        return []
    found.sort(key=lambda one: one.score - one.null)
    names = " and ".join(dict.fromkeys(labels.short(one.variable) for one in found))
    first = found[0]
    grade = grades[first.reference, first.metric]
    miss = (1 - first.score) * SURE.get(grade, 0.5)
    return [
        Finding(
            text=f"No better than one number for all regions in {names}",
            detail="; ".join(_beaten(one, site) for one in found[:3]) + _more(found),
            anchor=site.anchor(first.reference),
            grade=grade,
            weight=site.card_weight(first.reference) * miss / 2,
            variable=first.variable,
        )
    ]


def pattern(rows: Iterable[Row], site: Site) -> list[Finding]:
    """Say where a model orders the regions unlike its reference.

    Parameters
    ----------
    rows : iterable of Row
        Rows of one model that were scored against constraints.
    site : Site
        Names.

    Returns
    -------
    list of Finding
        One for each reference with a rank correlation under 0.5.
    """
    return [
        Finding(
            text=f"Orders the regions by {labels.short(row.variable)} "
            "unlike the reference",
            detail=f"rank correlation {number(row.value, 2)}, "
            f"{site.reference_label(row.reference)}; score {written(row.score)}",
            anchor=site.anchor(row.reference),
            grade=row.grade,
            weight=site.card_weight(row.reference)
            * miss_of(row)
            * SURE.get(row.grade, 0.5)
            / 2,
            variable=row.variable,
        )
        for row in rows
        if row.metric == "regional_pattern" and (row.value or 0.0) < 0.5
    ]


def thermal(model: str, rows: Iterable[Row], site: Site) -> list[Finding]:
    """Say where carbon is right while the soil beneath it is not.

    Parameters
    ----------
    model : str
        Name of the model.
    rows : iterable of Row
        Its rows.
    site : Site
        With the notes of the run.

    Returns
    -------
    list of Finding
        One for each note of `benchmark.score.thermal_consistency`, linked to
        what was scored of permafrost.
    """
    thawing = [row for row in rows if row.variable in {"alt", "pfr", "zero_curtain"}]
    if not thawing:
        return []
    names = {id: region.name for id, region in site.result.regions.items()}
    return [
        Finding(
            text=f"{labels.sentence(labels.short(note.variable))} is right for a "
            "wrong thermal reason",
            detail="score of carbon, and of thaw, in "
            + plain(note.text.removeprefix(WRONG_REASON), names),
            anchor=site.anchor(thawing[0].reference),
            grade=thawing[0].grade,
            weight=0.5 * SURE.get(thawing[0].grade, 0.5),
            variable=note.variable,
        )
        for note in site.result.notes
        if note.model == model and note.text.startswith(WRONG_REASON)
    ]


def _beaten(one: NoSkill, site: Site) -> str:
    what = f"{labels.metric(one.metric)}, {site.reference_label(one.reference)}"
    says = f"{what}: the model {written(one.score)}, one number {written(one.null)}"
    # Such a scale forgives every difference between regions.
    return f"{says} (so wide is its tolerance)" if one.null > _FORGIVEN else says


def _more(found: list[NoSkill]) -> str:
    left = len(found) - 3
    return f"; and {left} more" if left > 0 else ""

"""Sentences made from the numbers."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from benchmark.regions.site_classes import is_class
from benchmark.report import labels
from benchmark.report.numbers import count, whole
from benchmark.report.phrases.classes import classes, trends, wetlands
from benchmark.report.phrases.finding import Finding
from benchmark.report.phrases.levels import levels
from benchmark.report.phrases.methane_season import methane_season
from benchmark.report.phrases.seasons import seasons
from benchmark.report.phrases.whole import no_skill, pattern, thermal
from benchmark.report.rows import Row, group_by
from benchmark.report.site import Site

LEAST = 0.05  # what weighs less is not worth a sentence
LEVEL = frozenset({"levels", "classes"})  # two ways to say how much
PER_VARIABLE = 2  # so that one subject does not fill the paragraph


def gravest(found: Sequence[Finding], most: int = 6) -> list[Finding]:
    """Choose what is most wrong with a model.

    Parameters
    ----------
    found : sequence of Finding
        From `every_finding`.
    most : int, default 6
        How many sentences at most.

    Returns
    -------
    list of Finding
        The gravest first: what it costs in score, times how sure its evidence
        is (grade A 1, B 0.8, C 0.5), how far off in half-widths of the range
        of the references, and what its reference counts in the scorecard. Of
        one variable two at most.
    """
    misses = [one for one in found if one.weight >= LEAST]
    kept: list[Finding] = []
    told: Counter[str] = Counter()
    for one in sorted(misses, key=lambda finding: -finding.weight):
        if told[one.variable] < PER_VARIABLE:
            told[one.variable] += 1
            kept.append(one)
    return kept[:most]


def strengths(found: Sequence[Finding], most: int = 2) -> list[Finding]:
    """Choose what is right with a model, the surest first.

    Parameters
    ----------
    found : sequence of Finding
        From `every_finding`.
    most : int, default 2
        How many sentences at most.

    Returns
    -------
    list of Finding
        Quantities that are nowhere off; one for each variable. How much a model
        has is not right against one reference where it is off against another.
    """
    good = sorted(found, key=lambda finding: finding.good)
    off = {one.variable for one in found if one.weight >= LEAST and one.kind in LEVEL}
    best = {
        one.variable: one
        for one in good
        if one.good > 0 and not (one.kind in LEVEL and one.variable in off)
    }
    return sorted(best.values(), key=lambda finding: -finding.good)[:most]


def every_finding(rows: Sequence[Row], site: Site) -> list[Finding]:
    """Say all that the numbers of a model say, the gravest first.

    Parameters
    ----------
    rows : sequence of Row
        Rows of one model.
    site : Site
        Names of references and regions, and weights of the scorecard.

    Returns
    -------
    list of Finding
        What is right at the end.
    """
    # Classes of sites are sites of the regions once more.
    kept = [
        row
        for row in rows
        if row.status == "scored"
        and site.constraint(row.reference)
        and not is_class(row.region)
    ]
    if not kept:
        return []
    tellers = (
        *(levels, seasons, methane_season, classes, wetlands),
        *(trends, pattern, no_skill),
    )
    found = [
        replace(finding, kind=tell.__name__)
        for tell in tellers
        for finding in tell(kept, site)
    ]
    found += thermal(kept[0].model, kept, site)
    return sorted(found, key=lambda finding: (-finding.weight, -finding.good))


def not_assessed(rows: Iterable[Row]) -> list[str]:
    """Name the variables without any score, each with the reason.

    Parameters
    ----------
    rows : iterable of Row
        Rows of one model.

    Returns
    -------
    list of str
        Such as ``NEE (no model data)``.
    """
    found = []
    for variable, group in group_by(rows, "variable").items():
        if any(row.score is not None for row in group):
            continue
        status = Counter(row.status for row in group).most_common(1)[0][0]
        why = "values only" if status == "scored" else labels.STATES[status][1]
        found.append(f"{labels.short(variable)} ({why})")
    return found


def summary(rows: Sequence[Row]) -> str:
    """Say how many numbers were scored and why the others were not.

    Examples
    --------
    >>> summary([])
    'No numbers were scored.'
    """
    meant = [row for row in rows if row.status != "scored" or row.score is not None]
    states = Counter(row.status for row in meant)
    scored = states.pop("scored", 0)
    if not meant:
        return "No numbers were scored."
    text = f"{whole(scored)} of {count(len(meant), 'number')} could be scored"
    reasons = [
        f"{whole(n)} {labels.STATES[status][3] if status in labels.STATES else status}"
        for status, n in states.most_common()
    ]
    return f"{text}. Not scored: {', '.join(reasons)}." if reasons else f"{text}."

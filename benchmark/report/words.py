"""Sentences made from the numbers."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from benchmark.regions.site_classes import is_class
from benchmark.report import labels
from benchmark.report.comparison import CLOSE, compare, direction
from benchmark.report.numbers import count, interval, number, percent, unit, whole
from benchmark.report.rows import Row, group_by
from benchmark.report.site import Site
from benchmark.scorecard.null_models import NoSkill, without_skill

SURE = {"A": 1.0, "B": 0.8, "C": 0.5}
ON_TIME = 5.0  # days


@dataclass(frozen=True)
class Finding:
    """A finding, its numbers, where its evidence is, how much it matters (0 to 1).

    `side` is 1 where the model is above or late, -1 where below or early.
    """

    text: str
    detail: str
    anchor: str
    grade: str
    weight: float
    side: int = 0


def findings(rows: Iterable[Row], site: Site, most: int = 6) -> list[Finding]:
    """Say what is most wrong, or right, with a model.

    Parameters
    ----------
    rows : iterable of Row
        Rows of one model.
    site : Site
        Names of references and regions.
    most : int, default 6
        How many sentences at most.

    Returns
    -------
    list of Finding
        The largest misses first; a miss weighs what it costs in score times
        how sure its reference is. One quantity of one variable is told once,
        against the reference in the middle, neither the harshest nor the
        kindest, with how many of the references say the same.
    """
    told: dict[tuple[str, str], list[Finding]] = {}
    # Classes of sites are sites of the regions once more.
    scored = [r for r in rows if r.status == "scored" and not is_class(r.region)]
    for (variable, reference), group in group_by(
        scored, "variable", "reference"
    ).items():
        if not site.constraint(reference):
            continue
        for kind, tell in (("level", _level), ("timing", _timing)):
            finding = tell(group, site)
            if finding:
                told.setdefault((variable, kind), []).append(finding)
    middle = [_agreed(candidates) for candidates in told.values()]
    return sorted(middle, key=lambda finding: -finding.weight)[:most]


def no_skill(rows: Iterable[Row], site: Site) -> list[Finding]:
    """Say against which references a null model does as well as a model.

    Parameters
    ----------
    rows : iterable of Row
        Rows of one model.
    site : Site
        Names of references.

    Returns
    -------
    list of Finding
        One for each reference, about the metric that the null model has most on.
    """
    rows = list(rows)
    grades = {(row.reference, row.metric): row.grade for row in rows}
    found: dict[str, list[NoSkill]] = {}
    for one in without_skill(rows):
        found.setdefault(one.reference, []).append(one)
    return [
        _unskilled(several, grades[several[0].reference, several[0].metric], site)
        for several in found.values()
    ]


def _unskilled(several: list[NoSkill], grade: str, site: Site) -> Finding:
    one = max(several, key=lambda each: each.null - each.score)
    detail = (
        f"{labels.metric(one.metric)}, {site.short_title(one.reference)}: mean score "
        f"{one.score:.2f}, and {one.null:.2f} for one number in all regions"
    )
    if len(several) > 1:
        others = count(len(several) - 1, "other metric")
        detail += f"; likewise by {others}"
    return Finding(
        text=f"Shows no skill in {labels.short(one.variable)}",
        detail=detail,
        anchor=site.anchor(one.reference),
        grade=grade,
        weight=one.null - one.score,
    )


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


def _agreed(candidates: list[Finding]) -> Finding:
    surest = max(SURE.get(finding.grade, 0.0) for finding in candidates)
    candidates = [f for f in candidates if SURE.get(f.grade, 0.0) == surest]
    ordered = sorted(candidates, key=lambda finding: finding.weight)
    middle = ordered[len(ordered) // 2]
    same = sum(other.side == middle.side for other in ordered)
    if len(ordered) == 1 or not middle.side:
        return middle
    others = count(len(ordered) - 1, "other reference")
    also = f"likewise against {same - 1} of {others}"
    if same == 1:
        also = f"not so against {others}"
    return replace(middle, detail=f"{middle.detail}; {also}")


def _level(rows: list[Row], site: Site) -> Finding | None:
    levels = [row for row in rows if row.is_level and row.score is not None]
    if not levels:
        return None
    worst = min(levels, key=lambda row: row.score or 0.0)
    same = {r.region for r in levels if direction(r) == direction(worst)}
    others = {r.region for r in levels if "domain" not in r.region} - {worst.region}
    also = len(same & others)
    text = f"{_verdict(worst)} in {site.place(worst.region)}"
    if also and direction(worst):
        side = _side(worst)
        text += f", {side} also in {also} of {count(len(others), 'other region')}"
    found = _finding(text, _numbers(worst, site), worst, site)
    found = replace(found, side=direction(worst))
    # Agreement is told after every miss, whatever its score lost elsewhere.
    return found if found.side else replace(found, weight=0.0)


def _side(row: Row) -> str:
    above = direction(row) > 0
    if row.variable in {"nee", "nbe"}:
        return "too positive" if above else "too negative"
    return "more" if above else "less"


def _verdict(row: Row) -> str:
    name = labels.short(row.variable)
    words = compare(row)
    if words == "in agreement":
        known = row.reference_low is not None
        near = "in the range" if known else f"within {percent(CLOSE)}"
        return f"{labels.sentence(name)} is {near} of the reference"
    if row.variable in labels.STOCKS and "reference" in words:
        share = words.removesuffix(" of the reference").removesuffix(" the reference")
        return f"Holds {share}{' of' if '%' in share else ''} the {name}"
    if row.variable in {"nee", "nbe"}:
        return labels.sentence(words) + ("," if ", not" in words else "")
    return f"{labels.sentence(name)} is {words}"


def _numbers(row: Row, site: Site) -> str:
    spread = interval(row.reference_low, row.reference_high)
    text = f"{number(row.level)} against {number(row.reference_value)} ({spread})"
    if row.reference_value is None:
        text = f"{number(row.level)} against {spread}"
    text = text.removesuffix(" ()")
    units = unit(row.units, row.mass_basis)
    return f"{text} {units}, {site.short_title(row.reference)}"


def _timing(rows: list[Row], site: Site) -> Finding | None:
    timed = [row for row in rows if row.shift_days is not None]
    if not timed:
        return None
    worst = max(timed, key=lambda row: abs(row.shift_days or 0.0))
    shift = worst.shift_days or 0.0
    name = labels.sentence(labels.short(worst.variable))
    if abs(shift) <= ON_TIME:
        text = f"{name} peaks within {ON_TIME:.0f} days of the reference everywhere"
    else:
        when = "late" if shift > 0 else "early"
        where = site.place(worst.region)
        text = f"{name} peaks {abs(shift):.0f} days {when} in {where}"
    found = _finding(text, site.short_title(worst.reference), worst, site)
    late = 0 if abs(shift) <= ON_TIME else 1 if shift > 0 else -1
    return replace(found, side=late)


def _finding(text: str, detail: str, row: Row, site: Site) -> Finding:
    miss = 1.0 - (row.score if row.score is not None else 1.0)
    return Finding(
        text=text,
        detail=detail,
        anchor=site.anchor(row.reference),
        grade=row.grade,
        weight=miss * SURE.get(row.grade, 0.5),
    )

"""Sink or source, and which way a trend goes."""

import re
from collections.abc import Iterable

from benchmark.metrics.methane_classes import PERMAFROST_BOG, UPLAND_TUNDRA
from benchmark.report import labels
from benchmark.report.numbers import number
from benchmark.report.phrases.finding import Finding, Observed, miss_of
from benchmark.report.phrases.merge import merged
from benchmark.report.rows import Row, group_by
from benchmark.report.site import Site

_REFERENCE = re.compile(r"the reference is (a sink|a source|neutral)")
# Ratios of the source paper that are significant: to what, from, to.
RATIOS = {
    "wetland_class_ratio": ("permafrost bog", *PERMAFROST_BOG),
    "wetland_class_ratio_upland": ("upland tundra", *UPLAND_TUNDRA),
}
CLASSES = {-1: "a sink", 0: "neutral", 1: "a source"}
_ORDER = {name: place for place, name in CLASSES.items()}
TRENDS = {-1: "falls", 0: "has no trend", 1: "rises"}


def classes(rows: Iterable[Row], site: Site) -> list[Finding]:
    """Say where a model is a sink, neutral or a source and its reference is not.

    Parameters
    ----------
    rows : iterable of Row
        Rows of one model that were scored against constraints.
    site : Site
        Names.

    Returns
    -------
    list of Finding
        A sink is below -10, a source above +10 g C m-2 yr-1. Where the
        references have no single class, nothing is said.
    """
    observed = [one for row in rows if (one := _class(row))]
    own = {round(one.row.value or 0.0) for one in observed}
    said = CLASSES[own.pop()] if len(own) == 1 else "a sink, neutral or a source"
    return merged(observed, site, f"Is {said} as the reference is,")


def wetlands(rows: Iterable[Row], site: Site) -> list[Finding]:
    """Say by how much a model's wet sites emit more methane than its dry ones.

    Parameters
    ----------
    rows : iterable of Row
        Rows of one model that were scored against constraints.
    site : Site
        Names.

    Returns
    -------
    list of Finding
        Marsh and fen over permafrost bog, and over upland tundra, against the
        ratios of the source paper.
    """
    found = []
    rows = list(rows)
    for metric, (other, low, high) in RATIOS.items():
        told = [
            _ratio(row, other, low, high)
            for row in rows
            if row.metric == metric and row.value is not None
        ]
        good = f"Marsh and fen emit as much more than {other} as is known,"
        found += merged(told, site, good)
    return found


def trends(rows: Iterable[Row], site: Site) -> list[Finding]:
    """Say where a trend goes another way than that of the reference.

    Parameters
    ----------
    rows : iterable of Row
        Rows of one model that were scored against constraints.
    site : Site
        Names.

    Returns
    -------
    list of Finding
        By the Mann-Kendall test of both.
    """
    kept = [row for row in rows if row.metric == "mann_kendall"]
    found = []
    for variable, group in group_by(kept, "variable").items():
        name = labels.sentence(labels.short(variable))
        observed = [one for row in group if (one := _trend(row))]
        found += merged(observed, site, f"{name} has the reference's trend, or none,")
    return found


def _class(row: Row) -> Observed | None:
    said = _REFERENCE.search(row.message)
    if row.metric != "sink_source_class" or said is None or row.value is None:
        return None
    own, theirs = round(row.value), _ORDER[said[1]]
    side = (own > theirs) - (own < theirs)
    verdict = f"Is {CLASSES[own]} where the reference is {CLASSES[theirs]},"
    also = "nearer a source" if side > 0 else "nearer a sink"
    numbers = f"{CLASSES[own]} against {CLASSES[theirs]}"
    return Observed(row, side, verdict, also, numbers, miss_of(row))


def _ratio(row: Row, other: str, low: float, high: float) -> Observed:
    ratio = row.value or 0.0
    side = (ratio > high) - (ratio < low)
    known = f"{low:g} to {high:g} times"
    verdict = (
        f"Marsh and fen emit {number(ratio, 2)} times what {other} does, not {known},"
    )
    also = "too much" if side > 0 else "too little"
    numbers = f"{number(ratio)} against {known} (Treat et al. 2024, lines 320 to 322)"
    return Observed(row, side, verdict, also, numbers, miss_of(row))


def _trend(row: Row) -> Observed | None:
    if row.value is None or row.reference_value is None:
        return None
    own, theirs = round(row.value), round(row.reference_value)
    side = (own > theirs) - (own < theirs)
    name = labels.sentence(labels.short(row.variable))
    verdict = f"{name} {TRENDS[own]} where the reference {TRENDS[theirs]},"
    also = "too steep a trend" if side > 0 else "too flat a trend"
    numbers = row.message or f"{TRENDS[own]} against {TRENDS[theirs]}"
    return Observed(row, side, verdict, also, numbers, miss_of(row))

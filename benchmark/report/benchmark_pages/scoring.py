"""How a benchmark is scored: the equation, its numbers and where they are from."""

from collections.abc import Iterable
from dataclasses import dataclass

from benchmark.config.descriptors import Scoring
from benchmark.report import labels
from benchmark.report.numbers import interval, number, unit
from benchmark.report.rows import Row, group_by


@dataclass(frozen=True)
class Rule:
    """One metric: what it is, and the numbers it was asked with."""

    metric: str
    name: str
    long_name: str
    equation: str
    source: str
    perfect: str
    tolerance: str
    scale: str
    scored: int
    expected: int


def rules(rows: Iterable[Row], scoring: Scoring | None) -> list[Rule]:
    """Describe the metrics of some rows, and those a reference asks for.

    Parameters
    ----------
    rows : iterable of Row
        Rows of one reference.
    scoring : Scoring or None
        What its descriptor says.

    Returns
    -------
    list of Rule
        In the order of the descriptor. A metric that is not registered, as of
        a plug-in that is gone, has nothing but its name.
    """
    groups = group_by((row for row in rows if row.metric), "metric")
    named = [*(scoring.metrics if scoring else ()), *groups]
    return [_rule(name, groups.get(name, [])) for name in dict.fromkeys(named)]


def compares_levels(metric: str) -> bool:
    """Return whether the value of a metric is a quantity the reference has too."""
    from benchmark.metrics import metrics as registry

    known = metric in set(registry.names())
    return known and registry.get(metric).direction == "reference"


def _rule(name: str, rows: list[Row]) -> Rule:
    from benchmark.metrics import metrics as registry

    about = registry.get(name) if name in set(registry.names()) else None
    share = about is not None and about.relative
    meant = [row for row in rows if row.status != "scored" or row.score is not None]
    units = next((unit(row.units, row.mass_basis) for row in rows if row.units), "")
    return Rule(
        metric=name,
        name=labels.metric(name),
        long_name=about.long_name if about else "",
        equation=about.equation if about else "",
        source=about.source if about else "",
        perfect=about.perfect_label if about else "",
        tolerance=_used((row.u_used for row in rows), "" if share else units, share),
        scale=_used((row.scale for row in rows), units, share=False),
        scored=sum(row.score is not None for row in rows),
        expected=len(meant),
    )


def _used(values: Iterable[float | None], units: str, share: bool) -> str:
    known = [value for value in values if value is not None]
    if not known:
        return ""
    low, high = min(known), max(known)
    text = number(low) if low == high else interval(low, high)
    return f"{text}, relative" if share else f"{text} {units}".strip()

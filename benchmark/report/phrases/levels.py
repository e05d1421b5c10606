"""How much a model has: too weak a sink, half the soil carbon, twice the methane."""

from collections.abc import Iterable

from benchmark.report import labels
from benchmark.report.comparison import CLOSE, compare, direction
from benchmark.report.numbers import interval, number, percent, unit
from benchmark.report.phrases.finding import Finding, Observed, miss_of
from benchmark.report.phrases.merge import merged
from benchmark.report.rows import Row
from benchmark.report.site import Site

NET = frozenset({"nee", "nbe"})
# Shares that have a word, each with how far a number may be from it.
_FRACTIONS = {1 / 4: "a quarter", 1 / 3: "a third", 1 / 2: "half", 2 / 3: "two thirds"}
_NEAR = 0.03


def levels(rows: Iterable[Row], site: Site) -> list[Finding]:
    """Say of which quantities a model has too much, too little, or enough.

    Parameters
    ----------
    rows : iterable of Row
        Rows of one model that were scored against constraints.
    site : Site
        Names.

    Returns
    -------
    list of Finding
        Of each quantity one or two; soil carbon above and below 1 m are
        different quantities.
    """
    found = []
    groups: dict[tuple[str, str], list[Observed]] = {}
    kept = [row for row in rows if row.is_level and row.score is not None]
    for row in _without_easy_tests(kept):
        key = row.variable, _quantity(row, site)
        groups.setdefault(key, []).append(_observe(row, key[1]))
    for (variable, name), observed in groups.items():
        known = all(one.row.reference_low is not None for one in observed)
        near = "in the range" if known else f"within {percent(CLOSE)}"
        subject = labels.sentence(name or labels.short(variable))
        found += merged(observed, site, f"{subject} is {near} of the reference")
    return found


def _without_easy_tests(rows: list[Row]) -> list[Row]:
    """Leave a mean within its interval out where the mean itself is scored."""
    strict = {
        (row.reference, row.region) for row in rows if "interval" not in row.metric
    }
    return [
        row
        for row in rows
        if "interval" not in row.metric or (row.reference, row.region) not in strict
    ]


def _quantity(row: Row, site: Site) -> str:
    """Name what a number is of; empty where the variable's name says it."""
    if row.variable == "cSoil":
        return _soil(row, site)
    if row.metric == "ch4_density":
        return "CH₄ per wetland area"
    if row.metric == "permafrost_area":
        return "permafrost area"
    if row.metric == "cold_season_amount":
        return "CO₂ of the cold season (October to April)"
    return ""


def _soil(row: Row, site: Site) -> str:
    known = site.result.references.get(row.reference)
    depth = known.data.depth if known else None
    if depth is None or isinstance(depth, str):
        return "soil carbon"
    top, bottom = depth
    if top >= 1.0:
        return "soil carbon below 1 m"
    if bottom <= 1.0:
        return "soil carbon of the first metre"
    return f"soil carbon down to {bottom:g} m"


def _observe(row: Row, quantity: str) -> Observed:
    side = direction(row)
    above = side > 0
    also = "too much" if above else "too little"
    if row.variable in NET and not quantity:
        also = "too positive" if above else "too negative"
    return Observed(
        row=row,
        side=side,
        verdict=_verdict(row, quantity),
        also=also,
        numbers=_numbers(row),
        miss=miss_of(row),
        sigma=_sigma(row),
    )


def _sigma(row: Row) -> float | None:
    """Return how many half-widths of its range a level is off the middle."""
    low, high, middle = row.reference_low, row.reference_high, row.reference_middle
    if low is None or high is None or middle is None or row.level is None:
        return None
    half = (high - middle) if row.level > middle else (middle - low)
    return abs(row.level - middle) / half if half > 0 else None


def _verdict(row: Row, quantity: str) -> str:
    words = compare(row)
    if row.variable in NET and not quantity:
        return labels.sentence(words) + ("," if ", not" in words else "")
    name = quantity or labels.short(row.variable)
    if row.variable in labels.STOCKS and "reference" in words:
        return f"Holds {_of(row)} {name}"
    return f"{labels.sentence(name)} is {words}"


def _of(row: Row) -> str:
    ratio = (row.level or 0.0) / (row.reference_middle or 1.0)
    if ratio >= 1.5:
        return f"{number(ratio, 2)} times the reference's"
    return f"{share(ratio)} of the reference's"


def share(ratio: float) -> str:
    """Write a share, as a fraction where it is near a simple one.

    Examples
    --------
    >>> [share(x) for x in (0.26, 0.34, 0.5, 0.6, 0.66)]
    ['a quarter', 'a third', 'half', '60 %', 'two thirds']
    """
    for fraction, name in _FRACTIONS.items():
        if abs(ratio - fraction) < _NEAR:
            return name
    return percent(ratio)


def _numbers(row: Row) -> str:
    spread = interval(row.reference_low, row.reference_high)
    text = f"{number(row.level)} against {number(row.reference_value)} ({spread})"
    if row.reference_value is None:
        text = f"{number(row.level)} against {spread}"
    return f"{text.removesuffix(' ()')} {unit(row.units, row.mass_basis)}".strip()

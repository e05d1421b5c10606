"""What the models of a run are like in one region, in sentences."""

from collections.abc import Sequence

from benchmark.report import labels
from benchmark.report.bars import PART_OF_YEAR
from benchmark.report.figures.regional_bars import Mark
from benchmark.report.marks import model_marks, reference_marks
from benchmark.report.numbers import interval, number, unit
from benchmark.report.rows import Row
from benchmark.report.site import Site

NEUTRAL = 10.0  # g C m-2 yr-1: Treat et al. (2024), Fig. 6


def headline(site: Site, rows: Sequence[Row]) -> list[str]:
    """Say how the models of one region lie to its references.

    Parameters
    ----------
    site : Site
        The run.
    rows : sequence of Row
        Rows of one region.

    Returns
    -------
    list of str
        A sentence for each variable that was compared on the whole region,
        NEE with its classes first. Empty without numbers.
    """
    said = []
    for variable in sorted({row.variable for row in rows}, key=_rank):
        here = [
            row
            for row in rows
            if row.variable == variable
            and row.is_level
            and row.whole
            and row.status == "scored"
        ]
        here = one_quantity(site, here)
        if not here:
            continue
        references = reference_marks(site, here, here[0].region)
        models = model_marks(site, here)
        units = unit(here[0].units, here[0].mass_basis or "C")
        said.append(beyond(quantity(site, here), references, models, units))
        if variable == "nee" and "m-2" in here[0].units:
            said.append(classes(references))
    return [text for text in said if text]


def one_quantity(site: Site, rows: Sequence[Row]) -> list[Row]:
    """Return the rows of one unit and, of soil carbon, one depth: the first metre.

    Parameters
    ----------
    site : Site
        Tells the depth of a reference.
    rows : sequence of Row
        Levels of one variable.

    Returns
    -------
    list of Row
        Means per area before totals; of methane per wetland area first.
    """
    if not rows:
        return []
    depths = {row.reference: _depth(site, row.reference) for row in rows}
    if len(set(depths.values())) > 1:
        best = (
            (0.0, 1.0) if (0.0, 1.0) in depths.values() else depths[rows[0].reference]
        )
        rows = [row for row in rows if depths[row.reference] == best]
    units = sorted({row.units for row in rows}, key=lambda text: "m-2" not in text)
    rows = [row for row in rows if row.units == units[0]]
    metrics = {row.metric for row in rows}
    if "ch4_density" in metrics:
        return [row for row in rows if row.metric == "ch4_density"]
    return [row for row in rows if row.metric not in PART_OF_YEAR]


def quantity(site: Site, rows: Sequence[Row]) -> str:
    """Name what some rows are of, as in a sentence.

    Parameters
    ----------
    site : Site
        Tells the depth of a reference.
    rows : sequence of Row
        Of one quantity; at least one.

    Returns
    -------
    str
        Such as ``soil carbon of 0 to 1 m``.
    """
    first = rows[0]
    name = labels.short(first.variable)
    depth = _depth(site, first.reference)
    if first.metric == "ch4_density":
        return "CH₄ per wetland area"
    if isinstance(depth, tuple):
        return f"{name} of {depth[0]:g} to {depth[1]:g} m"
    return name


def beyond(
    name: str, references: Sequence[Mark], models: Sequence[Mark], units: str
) -> str:
    """Count the models that lie beyond all references, and those among them.

    Parameters
    ----------
    name : str
        The quantity; NEE and NBE are told as sinks and sources.
    references, models : sequence of Mark
        A single reference counts with its own range.
    units : str
        For people.

    Returns
    -------
    str
        A sentence; empty without models or references.
    """
    ends = span_of(references)
    levels = [one.value for one in models if one.value is not None]
    if not ends or not levels:
        return ""
    low, high = ends
    below, above = sum(x < low for x in levels), sum(x > high for x in levels)
    every = "every approach" if len(references) > 1 else "the reference"
    span = interval(low, high) if high > low else number(low)
    start = f"{labels.sentence(name)} ({span} {units})"
    less, more = _sides(name, low, high)
    sides = ((above, more), (below, less))
    parts = [f"{n} {verb(n, said)} than {every}" for n, said in sides if n]
    inside = len(levels) - below - above
    if inside:
        among = "among them" if len(references) > 1 else "in its range"
        parts.append(f"{inside} {verb(inside, 'lie')} {among}")
    if len(levels) == 1:
        return f"{start}: the one model {parts[0].removeprefix('1 ')}."
    return f"{start}: of {len(levels)} models {_and(parts)}."


def verb(n: int, said: str) -> str:
    """Let a verb agree with a number.

    Examples
    --------
    >>> verb(1, "are a sink"), verb(3, "have more"), verb(1, "have more")
    ('is a sink', 'have more', 'has more')
    """
    one = {"are": "is", "have": "has", "lie": "lies"}
    first, _, rest = said.partition(" ")
    return f"{one[first] if n == 1 else first} {rest}".rstrip()


def span_of(references: Sequence[Mark]) -> tuple[float, float] | None:
    """Return the lowest and the highest of what references say.

    Parameters
    ----------
    references : sequence of Mark
        Of several, values count, and ranges only of those without a value; a
        single one counts with its own range.

    Returns
    -------
    low, high : float
        None if no reference has a number.
    """
    ends = []
    for one in references:
        ranged = one.value is None or len(references) == 1
        ends += [one.value, *((one.low, one.high) if ranged else ())]
    known = [x for x in ends if x is not None]
    return (min(known), max(known)) if known else None


def classes(references: Sequence[Mark]) -> str:
    """Say how many approaches make a region a sink, neutral or a source.

    Parameters
    ----------
    references : sequence of Mark
        Annual means, g C m-2 yr-1; -10 and +10 themselves are neutral.

    Returns
    -------
    str
        A sentence; empty for a single approach.
    """
    values = [one.value for one in references if one.value is not None]
    if len(values) < 2:
        return ""
    sink = sum(x < -NEUTRAL for x in values)
    source = sum(x > NEUTRAL for x in values)
    neutral = len(values) - sink - source
    if len(values) in {sink, neutral, source}:
        name = "a sink" if sink else "a source" if source else "neutral"
        return f"All {len(values)} approaches make it {name}."
    named = ((sink, "a sink"), (neutral, "neutral"), (source, "a source"))
    (n, name), *rest = [pair for pair in named if pair[0]]
    first = f"{n} {'makes' if n == 1 else 'make'} it {name}"
    parts = [first, *(f"{n} {name}" for n, name in rest)]
    return f"Of {len(values)} approaches {_and(parts)}: the class is not certain."


def _sides(name: str, low: float, high: float) -> tuple[str, str]:
    if name not in {"NEE", "NBE"}:
        return "have less", "have more"
    if high <= 0:
        return "are a stronger sink", "are a weaker sink, or a source,"
    if low >= 0:
        return "are a weaker source, or a sink,", "are a stronger source"
    return "are nearer a sink", "are nearer a source"


def _depth(site: Site, reference: str) -> object:
    known = site.result.references.get(reference)
    return known.data.depth if known else None


def _rank(variable: str) -> int:
    order = list(labels.VARIABLES)
    return order.index(variable) if variable in order else len(order)


def _and(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"

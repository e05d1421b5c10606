"""Values side by side on one axis: approaches and models, rows under rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from benchmark.report.numbers import interval, number


@dataclass(frozen=True)
class Mark:
    """One value: who says it, what family it is of, how wide it spreads.

    A range without a central value has no `value`; a hollow mark is a model
    of a family that the references have too.
    """

    label: str
    family: str
    value: float | None
    low: float | None = None
    high: float | None = None
    bold: bool = False
    hollow: bool = False


@dataclass(frozen=True)
class Line:
    """One row of the figure: marks upon an optional band with a median."""

    label: str
    marks: tuple[Mark, ...]
    band: tuple[float, float] | None = None
    median: float | None = None


@dataclass(frozen=True)
class Bars:
    """A figure: its rows share one axis with a unit.

    `neutral` is a range about zero that is neither sink nor source; `log` is
    for values above zero that differ by orders of magnitude; `hrefs` are the
    addresses of rows by their label.
    """

    title: str
    variable: str
    unit: str
    lines: Sequence[Line]
    band: tuple[float, float] | None = None
    median: float | None = None
    neutral: tuple[float, float] | None = None
    log: bool = False
    hrefs: Mapping[str, str] = field(default_factory=dict)


def describe(bars: Bars) -> str:
    """Say every value of the figure.

    Examples
    --------
    >>> line = Line("Alaska", (Mark("in situ", "in_situ", 6.0),), band=(4, 7))
    >>> describe(Bars("Annual NEE", "nee", "g C m⁻² yr⁻¹", [line]))
    'Annual NEE, g C m⁻² yr⁻¹. Alaska: in situ 6.00; range 4.00 to 7.00.'
    """
    return f"{bars.title}, {bars.unit}. " + " ".join(map(say, bars.lines))


def say(line: Line) -> str:
    """Say every value of one row."""
    parts = []
    for mark in line.marks:
        value = number(mark.value)
        if mark.value is None:
            value = interval(mark.low, mark.high)
        parts.append(value if mark.label == line.label else f"{mark.label} {value}")
    name = " ".join(line.label.split())
    text = f"{name}: {', '.join(parts) or 'no value'}"
    if line.band:
        text += f"; range {number(line.band[0])} to {number(line.band[1])}"
    return text + "."


def table_of(bars: Bars) -> pd.DataFrame:
    """Return every value of a figure, for its data file."""
    return pd.DataFrame(
        {
            "row": " ".join(line.label.split()),
            "source": mark.label,
            "family": mark.family,
            "value": mark.value,
            "low": mark.low,
            "high": mark.high,
            "units": bars.unit,
        }
        for line in bars.lines
        for mark in line.marks
    )

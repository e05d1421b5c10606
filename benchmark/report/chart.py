"""Where the marks of a figure of rows stand, for a page that draws them itself.

Text of such a figure is text of the page: it has its size at any width, follows
light and dark, and can be copied and searched.
"""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from benchmark.report import labels
from benchmark.report.figures.canvas import ticks
from benchmark.report.figures.regional_bars import Bars, Line, Mark, describe, say

Span = tuple[float, float]  # where it begins and how wide it is, in per cent


@dataclass(frozen=True)
class Point:
    """A mark; `kind` is ``bold``, ``hollow`` or empty, `says` its tooltip."""

    x: float
    family: str
    kind: str
    says: str


@dataclass(frozen=True)
class Whisker:
    """A line from low to high; thick where there is no value in it."""

    span: Span
    family: str
    thick: bool


@dataclass(frozen=True)
class Lane:
    """One row: its name, and what stands upon it."""

    label: str
    href: str
    alt: str
    band: Span | None
    median: float | None
    points: tuple[Point, ...]
    whiskers: tuple[Whisker, ...]


@dataclass(frozen=True)
class Chart:
    """A figure of rows upon one axis; `data` is its file from the report's top."""

    title: str
    unit: str
    alt: str
    data: str
    lanes: tuple[Lane, ...]
    ticks: tuple[tuple[float, str], ...]
    zero: float | None
    signed: bool
    band: Span | None
    median: float | None
    neutral: Span | None


def lay_chart(bars: Bars, data: str) -> Chart:
    """Lay a figure out on an axis of 0 to 100.

    Parameters
    ----------
    bars : Bars
        What to show.
    data : str
        Path of its data from the top of the report.

    Returns
    -------
    Chart
        The axis has zero, unless it is logarithmic, and all values.
    """
    low, high = _limits(bars)
    place = _placing(bars, low, high)

    def span(ends: tuple[float, float] | None) -> Span | None:
        if ends is None:
            return None
        left, right = place(ends[0]), place(ends[1])
        return left, round(right - left, 2)

    signed = bars.variable in labels.SIGNED and low < 0
    return Chart(
        title=bars.title,
        unit=bars.unit,
        alt=describe(bars),
        data=data,
        lanes=tuple(_lane(bars, line, place, span) for line in bars.lines),
        ticks=tuple((place(x), text) for x, text in _ticks(bars, low, high)),
        zero=None if bars.log or not low <= 0 <= high else place(0.0),
        signed=signed and bars.variable in {"nee", "nbe"},
        band=span(bars.band),
        median=None if bars.median is None else place(bars.median),
        neutral=span(bars.neutral),
    )


def _lane(
    bars: Bars,
    line: Line,
    place: Callable[[float], float],
    span: Callable[[tuple[float, float] | None], Span | None],
) -> Lane:
    whiskers = [
        Whisker(found, mark.family, mark.value is None)
        for mark in line.marks
        if mark.low is not None
        and mark.high is not None
        and (found := span((mark.low, mark.high))) is not None
    ]
    return Lane(
        label=" ".join(line.label.split()),
        href=bars.hrefs.get(line.label, ""),
        alt=say(line),
        band=span(line.band),
        median=None if line.median is None else place(line.median),
        points=tuple(_points(line.marks, place)),
        whiskers=tuple(whiskers),
    )


def _points(
    marks: tuple[Mark, ...], place: Callable[[float], float]
) -> Iterator[Point]:
    """Yield the marks, the model under test last, so that it is on top."""
    for mark in sorted(marks, key=lambda mark: mark.bold):
        if mark.value is not None and math.isfinite(mark.value):
            kind = "bold" if mark.bold else "hollow" if mark.hollow else ""
            says = say(Line("", (mark,))).removeprefix(": ").rstrip(".")
            yield Point(place(mark.value), mark.family, kind, says)


def _values(bars: Bars) -> list[float]:
    values = [*(bars.band or ()), *(bars.neutral or ())]
    for line in bars.lines:
        values += line.band or ()
        for mark in line.marks:
            values += [x for x in (mark.value, mark.low, mark.high) if x is not None]
    return [x for x in values if math.isfinite(x)]


def _limits(bars: Bars) -> tuple[float, float]:
    values = _values(bars)
    if bars.log:
        above = [x for x in values if x > 0] or [1.0]
        return min(above) / 1.3, max(above) * 1.3
    low, high = min([*values, 0.0]), max([*values, 0.0])
    room = 0.05 * (high - low or 1.0)
    low, high = low - (room if low < 0 else 0.0), high + (room if high > 0 else 0.0)
    if bars.variable in {"nee", "nbe"}:
        words = 0.22 * (high - low)  # for sink and source on both sides of zero
        return min(low, -words), max(high, words)
    return (low, high) if high > low else (0.0, 1.0)


def _placing(bars: Bars, low: float, high: float) -> Callable[[float], float]:
    if bars.log:
        width = math.log(high / low)
        return lambda x: round(100 * math.log(max(x, low) / low) / width, 2)
    return lambda x: round(100 * (x - low) / (high - low), 2)


def _ticks(bars: Bars, low: float, high: float) -> list[tuple[float, str]]:
    if not bars.log:
        return ticks(low, high, 5)
    powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    steps = [step * 10.0**power for power in powers for step in (1, 2, 5)]
    inside = [x for x in steps if low <= x <= high]
    kept = [x for x in inside if f"{x:e}"[0] == "1"] if len(inside) > 6 else inside
    return [(x, f"{x:g}") for x in kept]

"""Values side by side on one axis: approaches and models, rows under rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from benchmark.report import labels
from benchmark.report.figures.canvas import (
    ACCENT,
    BAND,
    INK,
    MARKS,
    SOFT,
    Picture,
    lines_at,
    new_figure,
    points,
    save_svg,
    save_table,
    ticks,
)
from benchmark.report.figures.labelling import plain_text, wrapped
from benchmark.report.numbers import interval, number

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDTH, LEFT, RIGHT, ROW = 500, 194, 16, 24
SIZE = points(12)
LETTERS, TWO_LINES = 28, 31  # of a label's line; height of a row with two lines


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
    """A figure: its rows share one axis with a unit."""

    title: str
    variable: str
    unit: str
    lines: Sequence[Line]
    band: tuple[float, float] | None = None
    median: float | None = None


def draw_bars(bars: Bars, folder: Path, name: str) -> Picture:
    """Draw values side by side and write their data.

    Parameters
    ----------
    bars : Bars
        What to draw: a whisker for every spread, a band for every range.
    folder : Path
        Top of the report.
    name : str
        Name of the files, without ending.

    Returns
    -------
    Picture
        The figure, with its words.
    """
    height = _row_height(bars) * len(bars.lines) + 46
    axes = new_figure(WIDTH, height, (LEFT, RIGHT, 22, 24))
    if bars.band:
        axes.axvspan(*bars.band, color=BAND, linewidth=0, zorder=0)
    if bars.median is not None:
        axes.axvline(bars.median, color=SOFT, linewidth=1.4, zorder=1)
    for y, line in enumerate(bars.lines):
        _draw_line(axes, y, line)
    _draw_marks(axes, bars.lines)
    _dress(axes, bars)
    picture = Picture(
        file=f"figures/{name}.svg",
        data=f"figures/{name}.csv",
        alt=describe(bars),
        title=f"{bars.title}, {bars.unit}",
        width=WIDTH,
        height=height,
    )
    save_svg(axes, folder / picture.file)
    save_table(_table(bars), folder / picture.data)
    return picture


def describe(bars: Bars) -> str:
    """Say every value of the figure.

    Examples
    --------
    >>> line = Line("Alaska", (Mark("in situ", "in_situ", 6.0),), band=(4, 7))
    >>> describe(Bars("Annual NEE", "nee", "g C m⁻² yr⁻¹", [line]))
    'Annual NEE, g C m⁻² yr⁻¹. Alaska: in situ 6.00; range 4.00 to 7.00.'
    """
    return f"{bars.title}, {bars.unit}. " + " ".join(map(_say, bars.lines))


def _say(line: Line) -> str:
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


def _draw_line(axes: "Axes", y: int, line: Line) -> None:
    if line.band:
        low, high = line.band
        axes.fill_between([low, high], y - 0.31, y + 0.31, color=BAND, linewidth=0)
    if line.median is not None:
        axes.plot([line.median] * 2, [y - 0.31, y + 0.31], color=SOFT, linewidth=1.6)
    for mark in line.marks:
        if mark.low is not None and mark.high is not None:
            wide = 1.2 if mark.value is not None else 4
            colour = MARKS.get(mark.family, MARKS["mixed"])[1]
            axes.plot([mark.low, mark.high], [y, y], color=colour, linewidth=wide)


def _draw_marks(axes: "Axes", lines: Sequence[Line]) -> None:
    """Draw all marks of a kind at once, which is faster than one by one."""
    kinds: dict[tuple[str, bool, bool], list[tuple[float, int]]] = {}
    for y, line in enumerate(lines):
        for mark in line.marks:
            if mark.value is not None:
                kind = (mark.family, mark.bold, mark.hollow)
                kinds.setdefault(kind, []).append((mark.value, y))
    for (family, bold, hollow), places in kinds.items():
        shape, colour = MARKS.get(family, MARKS["mixed"])
        axes.plot(
            [x for x, _ in places],
            [y for _, y in places],
            linestyle="none",
            marker="*" if bold else shape,
            markersize=points(15 if bold else 8 if shape != "*" else 11),
            color=ACCENT if bold else colour,
            markerfacecolor="none" if hollow else None,
            markeredgewidth=points(1.6) if hollow else None,
            zorder=4 if bold else 3,
        )


def _limits(bars: Bars) -> tuple[float, float]:
    values = [0.0, *(bars.band or ())]
    for line in bars.lines:
        values += line.band or ()
        for mark in line.marks:
            values += [x for x in (mark.value, mark.low, mark.high) if x is not None]
    room = 0.05 * (max(values) - min(values) or 1.0)
    low, high = min(values) - room, max(values) + room
    if bars.variable in labels.SIGNED:
        words = 0.22 * (high - low)  # for sink and source on both sides of zero
        return min(low, -words), max(high, words)
    return low, high


def _dress(axes: "Axes", bars: Bars) -> None:
    bottom, (low, high) = len(bars.lines) - 0.5, _limits(bars)
    axes.set(ylim=(bottom, -0.5), xlim=(low, high))
    width, row = WIDTH - LEFT - RIGHT, _row_height(bars)
    left = low - (high - low) * 8 / width
    for y, line in enumerate(bars.lines):
        _write_label(axes, left, y, line.label)
    marks = ticks(low, high, 6)
    lines_at(axes, [x for x, _ in marks], (-0.5, bottom))
    for x, text in marks:
        below = bottom + 6 / row
        axes.text(x, below, text, ha="center", va="top", color=SOFT, fontsize=SIZE)
    axes.plot([0, 0], [-0.5, bottom], color=INK, linewidth=1, zorder=1)
    if bars.variable in labels.SIGNED:
        gap, above = (high - low) * 7 / width, -0.5 - 5 / row
        axes.text(-gap, above, "← sink", ha="right", color=SOFT, fontsize=SIZE)
        axes.text(gap, above, "source →", color=SOFT, fontsize=SIZE)


def _row_height(bars: Bars) -> int:
    long = any(len(wrapped(line.label, LETTERS)) > 1 for line in bars.lines)
    return TWO_LINES if long else ROW


def _write_label(axes: "Axes", x: float, y: float, label: str) -> None:
    text = plain_text("\n".join(wrapped(label, LETTERS)))
    style: dict[str, Any] = {"color": INK, "fontsize": SIZE, "linespacing": 1.0}
    axes.text(x, y, text, ha="right", va="center", multialignment="right", **style)


def _table(bars: Bars) -> pd.DataFrame:
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

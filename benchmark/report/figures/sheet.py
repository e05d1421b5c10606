"""Rows of regions under each other on one axis, drawn for desk and for phone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from benchmark.report.figures.canvas import (
    INK,
    LINE,
    SOFT,
    Picture,
    new_figure,
    points,
    save_svg,
    save_table,
    ticks,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SMALL, TEXT = points(11), points(13)
TOP, BOTTOM = 26, 40


@dataclass(frozen=True)
class Layout:
    """The room there is, in CSS pixels; `head` is for names above their rows."""

    suffix: str
    width: int
    left: int
    right: int
    head: int = 0


WIDE = Layout("", 900, 160, 70)
NARROW = Layout("-narrow", 360, 12, 44, head=19)


@dataclass(frozen=True)
class Axis:
    """One horizontal axis: its ends, its ticks and what it is of."""

    low: float
    high: float
    ticks: tuple[tuple[float, str], ...]
    label: str = ""


@dataclass(frozen=True)
class Twin:
    """One figure in two sizes; both show the same and share their data."""

    wide: Picture
    narrow: Picture


@dataclass(frozen=True)
class Sheet:
    """Axes whose y counts pixels downward, with a row for each name."""

    axes: "Axes"
    layout: Layout
    axis: Axis
    row: int
    rows: int

    def top(self, index: int) -> float:
        """Return the y of the upper edge of a row, under its name."""
        return index * (self.row + self.layout.head) + self.layout.head

    @property
    def height(self) -> int:
        """The y under the last row."""
        return self.rows * (self.row + self.layout.head)

    def dx(self, pixels: float) -> float:
        """Return how far pixels are along the axis."""
        room = self.layout.width - self.layout.left - self.layout.right
        return (self.axis.high - self.axis.low) * pixels / room

    def write(self, x: float, y: float, text: str, **style: Any) -> None:
        """Write text, in the small size and soft ink unless told otherwise."""
        given: dict[str, Any] = {
            "color": SOFT,
            "fontsize": SMALL,
            "va": "center",
        } | style
        # matplotlib reads $ as the start of a formula.
        self.axes.text(x, y, text.replace("$", r"\$"), **given)


def linear_axis(low: float, high: float, most: int, label: str) -> Axis:
    """Return an axis of equal steps.

    Examples
    --------
    >>> linear_axis(-60, 60, 4, "g").ticks
    ((-50.0, '\N{MINUS SIGN}50'), (0.0, '0'), (50.0, '50'))
    """
    return Axis(low, high, tuple(ticks(low, high, most)), label)


def log_axis(low: float, high: float, label: str) -> Axis:
    """Return an axis of equal ratios, in decimal logarithms.

    Examples
    --------
    >>> log_axis(0.1, 20, "g").ticks
    ((-1.0, '0.1'), (0.0, '1'), (1.0, '10'))
    """
    first, last = np.floor(np.log10(low)), np.ceil(np.log10(high))
    powers = np.arange(first, last + 1)
    inside = [p for p in powers if np.log10(low) <= p <= np.log10(high)]
    named = tuple((float(p), f"{10.0**p:g}") for p in inside)
    return Axis(float(np.log10(low)), float(np.log10(high)), named, label)


def open_sheet(names: Sequence[str], row: int, axis: Axis, layout: Layout) -> Sheet:
    """Open a sheet: names, light lines, ticks and the label of the axis.

    Parameters
    ----------
    names : sequence of str
        A row for each.
    row : int
        Height of a row in pixels.
    axis : Axis
        The horizontal axis.
    layout : Layout
        `WIDE` or `NARROW`.

    Returns
    -------
    Sheet
    """
    height = len(names) * (row + layout.head)
    axes = new_figure(
        layout.width, height + TOP + BOTTOM, (layout.left, layout.right, TOP, BOTTOM)
    )
    sheet = Sheet(axes, layout, axis, row, len(names))
    axes.set(xlim=(axis.low, axis.high), ylim=(height, 0))
    for x, text in axis.ticks:
        axes.plot([x, x], [0, height], color=LINE, linewidth=0.8, zorder=0.5)
        sheet.write(x, height + 10, text, ha="center")
    middle = axis.low + (axis.high - axis.low) / 2
    sheet.write(middle, height + 28, axis.label, ha="center")
    for index, name in enumerate(names):
        _name(sheet, index, name)
    return sheet


def _name(sheet: Sheet, index: int, name: str) -> None:
    style: dict[str, Any] = {"color": INK, "fontsize": TEXT}
    edge = index * (sheet.row + sheet.layout.head)
    beyond = sheet.axis.low - sheet.dx(sheet.layout.left)
    ends = [beyond, sheet.axis.high + sheet.dx(sheet.layout.right)]
    sheet.axes.plot(ends, [edge, edge], color=LINE, linewidth=0.8, clip_on=False)
    if sheet.layout.head:
        start = sheet.axis.low
        sheet.write(start, edge + sheet.layout.head / 2 + 2, name, **style)
    else:
        x = sheet.axis.low - sheet.dx(sheet.layout.left)
        sheet.write(x, edge + sheet.row / 2, _two_lines(name), **style)


def _two_lines(name: str, most: int = 21) -> str:
    """Break a name that is too long for the margin; cut what is still too long.

    Examples
    --------
    >>> _two_lines("Permafrost domain, all regions").splitlines()
    ['Permafrost domain,', 'all regions']
    """
    from textwrap import wrap

    lines = wrap(name, most)
    return "\n".join(lines[:2]) + ("…" if len(lines) > 2 else "")


def draw_twice(
    paint: Callable[[Layout], "Axes"],
    folder: Path,
    name: str,
    words: tuple[str, str],
    table: pd.DataFrame,
) -> Twin:
    """Draw a figure for desk and for phone, and write its data once.

    Parameters
    ----------
    paint : callable
        Draws on a layout and returns the axes.
    folder : Path
        Top of the report.
    name : str
        Name of the files, without ending.
    words : tuple of str
        Title and text alternative.
    table : DataFrame
        What the figure shows.

    Returns
    -------
    Twin
    """
    data = f"figures/{name}.csv"
    save_table(table, folder / data)
    pictures = []
    for layout in (WIDE, NARROW):
        axes = paint(layout)
        inches = axes.get_figure(root=True).get_size_inches()  # type: ignore[union-attr]
        width, height = (round(float(side) * 96) for side in inches)
        blank = Picture("", data, words[1], words[0], width, height)
        picture = replace(blank, file=f"figures/{name}{layout.suffix}.svg")
        save_svg(axes, folder / picture.file)
        pictures.append(picture)
    return Twin(*pictures)

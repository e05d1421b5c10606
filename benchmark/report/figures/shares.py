"""Shares of sink, neutral and source by region, as bars of 100 %."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from benchmark.report.colour import text_colour
from benchmark.report.figures.canvas import INK, points
from benchmark.report.figures.sheet import (
    Axis,
    Layout,
    Sheet,
    Twin,
    draw_twice,
    open_sheet,
)
from benchmark.report.numbers import percent

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Teal is sink and brown is source, as on every map; grey is between.
COLOURS = {"sink": "#35978f", "neutral": "#c9ced4", "source": "#a6611a"}
BAR = 17


@dataclass(frozen=True)
class Split:
    """Shares of one row; `ends` are their interval when members are redrawn."""

    label: str
    shares: dict[str, float]
    ends: dict[str, tuple[float, float]]


@dataclass(frozen=True)
class Bar:
    """A region with one split, or two: without and with the models."""

    name: str
    splits: tuple[Split, ...]


def draw_shares(
    bars: Sequence[Bar], words: tuple[str, str], folder: Path, name: str
) -> Twin:
    """Draw the shares of each region, and write their data.

    Parameters
    ----------
    bars : sequence of Bar
        Regions in order.
    words : tuple of str
        Title and text alternative.
    folder : Path
        Top of the report.
    name : str
        Name of the files, without ending.

    Returns
    -------
    Twin
    """
    return draw_twice(
        lambda layout: _paint(bars, layout), folder, name, words, table(bars)
    )


def table(bars: Sequence[Bar]) -> pd.DataFrame:
    """Return a row for each region, split and class."""
    return pd.DataFrame(
        [
            {
                "region": bar.name,
                "of": split.label,
                "class": kind,
                "probability": share,
                "low": split.ends[kind][0],
                "high": split.ends[kind][1],
            }
            for bar in bars
            for split in bar.splits
            for kind, share in split.shares.items()
        ]
    )


def describe(bars: Sequence[Bar]) -> str:
    """Say every share.

    Examples
    --------
    >>> split = Split("approaches", {"sink": 0.25, "source": 0.75}, {})
    >>> describe([Bar("Alaska", (split,))])
    'Alaska, approaches: 25 % sink, 75 % source.'
    """
    return " ".join(
        f"{bar.name}, {split.label}: "
        + ", ".join(f"{percent(share)} {kind}" for kind, share in split.shares.items())
        + "."
        for bar in bars
        for split in bar.splits
    )


def _paint(bars: Sequence[Bar], layout: Layout) -> "Axes":
    most = max((len(bar.splits) for bar in bars), default=1)
    ticks = tuple((x / 100, f"{x} %") for x in (0, 25, 50, 75, 100))
    axis = Axis(0.0, 1.0, ticks, "share of the families, each counted once")
    side = Layout(
        layout.suffix,
        layout.width,
        layout.left,
        layout.right + (26 if layout.head else 80),
        layout.head,
    )
    sheet = open_sheet([bar.name for bar in bars], 12 + (BAR + 3) * most, axis, side)
    for index, bar in enumerate(bars):
        for lane, split in enumerate(bar.splits):
            _split(sheet, sheet.top(index) + 7 + (BAR + 3) * lane, split, most > 1)
    x = 0.0
    for kind in COLOURS:
        sheet.axes.plot(
            [x + sheet.dx(6)],
            [-12],
            "s",
            color=COLOURS[kind],
            ms=points(9),
            clip_on=False,
        )
        sheet.write(x + sheet.dx(15), -12, kind, color=INK)
        x += sheet.dx(75)
    return sheet.axes


def _split(sheet: Sheet, top: float, split: Split, named: bool) -> None:
    start = 0.0
    for kind, share in split.shares.items():
        ends = [start, start + share]
        colour = COLOURS[kind]
        sheet.axes.fill_between(
            ends, top, top + BAR, color=colour, linewidth=0, zorder=2
        )
        text = f"{100 * share:.0f} %"
        if share * (sheet.axis.high - sheet.axis.low) > sheet.dx(34):
            middle = start + share / 2
            ink = text_colour(colour)
            sheet.write(middle, top + BAR / 2, text, ha="center", color=ink, zorder=3)
        start += share
    if named:
        label = split.label if not sheet.layout.head else split.label.split()[-1]
        sheet.write(1 + sheet.dx(6), top + BAR / 2, label)

"""Annual values of one pair: a line for each region, the reference beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from benchmark.report import labels
from benchmark.report.figures.canvas import (
    ACCENT,
    BAND,
    INK,
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
from benchmark.report.numbers import number

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDTH, LEFT, RIGHT, ROW, ABOVE, BELOW = 500, 150, 62, 62, 20, 24
SIZE = points(12)


@dataclass(frozen=True)
class Series:
    """Values of one region by year; `band` is the reference's range of a mean."""

    region: str
    model: np.ndarray
    reference: np.ndarray | None = None
    band: tuple[float, float] | None = None
    middle: float | None = None


@dataclass(frozen=True)
class AnnualSeries:
    """A figure: regions under one axis of years, on one scale."""

    title: str
    variable: str
    unit: str
    model: str
    years: Sequence[int]
    lines: Sequence[Series]


def draw_series(series: AnnualSeries, folder: Path, name: str) -> Picture:
    """Draw annual values and write their data.

    Parameters
    ----------
    series : AnnualSeries
        What to draw; all regions share one scale, so that they compare.
    folder : Path
        Top of the report.
    name : str
        Name of the files, without ending.

    Returns
    -------
    Picture
        The figure, with its words.
    """
    height = ROW * len(series.lines) + ABOVE + BELOW
    axes = new_figure(WIDTH, height, (LEFT, RIGHT, ABOVE, BELOW))
    low, high = _limits(series)
    years = np.asarray(series.years, float)
    axes.set(ylim=(len(series.lines), 0), xlim=(years[0] - 0.4, years[-1] + 0.4))
    _dress(axes, series)
    for i, line in enumerate(series.lines):
        _draw_line(axes, series, line, _Row(i, low, high))
    picture = Picture(
        file=f"figures/{name}.svg",
        data=f"figures/{name}.csv",
        alt=describe(series),
        title=f"{series.title}, {series.unit}",
        width=WIDTH,
        height=height,
        unit=series.unit,
    )
    save_svg(axes, folder / picture.file)
    save_table(_table(series), folder / picture.data)
    return picture


def describe(series: AnnualSeries) -> str:
    """Say the mean and the ends of each line, and what the reference has.

    Examples
    --------
    >>> line = Series("Alaska", np.array([1.0, 3.0]), band=(2.0, 4.0))
    >>> describe(AnnualSeries("Annual GPP", "gpp", "g", "M", [2000, 2001], [line]))
    'Annual GPP, g, 2000 to 2001. Alaska: M mean 2.00 (1.00 to 3.00), reference 2.00 to 4.00.'
    """  # noqa: E501
    said = f"{series.title}, {series.unit}, {series.years[0]} to {series.years[-1]}."
    for line in series.lines:
        text = f"{series.model} {_spread(line.model)}"
        if line.reference is not None and np.isfinite(line.reference).any():
            text += f", reference {_spread(line.reference)}"
        elif line.band:
            text += f", reference {number(line.band[0])} to {number(line.band[1])}"
        elif line.middle is not None:
            text += f", reference {number(line.middle)}"
        said += f" {line.region}: {text}."
    return said


@dataclass(frozen=True)
class _Row:
    """The strip of the figure that a region has, and its scale."""

    place: int
    low: float
    high: float

    def at(self, values: Any) -> Any:
        share = (self.high - values) / (self.high - self.low)
        return self.place + 0.08 + 0.84 * share


def _spread(values: np.ndarray) -> str:
    known = values[np.isfinite(values)]
    if not known.size:
        return "no value"
    ends = f"{number(float(known.min()))} to {number(float(known.max()))}"
    return f"mean {number(float(known.mean()))} ({ends})"


def _limits(series: AnnualSeries) -> tuple[float, float]:
    values = [
        x
        for line in series.lines
        for x in (
            *line.model,
            *(line.reference if line.reference is not None else ()),
            *(line.band or ()),
            *(() if line.middle is None else (line.middle,)),
        )
        if np.isfinite(x)
    ]
    low, high = min(values, default=0.0), max(values, default=1.0)
    if series.variable in labels.SIGNED or (low > 0 and low < 0.5 * high):
        low, high = min(low, 0.0), max(high, 0.0)
    room = 0.04 * (high - low or abs(high) or 1.0)
    return low - room, high + room


def _draw_line(axes: "Axes", series: AnnualSeries, line: Series, row: _Row) -> None:
    years = np.asarray(series.years, float)
    ends = axes.get_xlim()
    if line.band:
        axes.fill_between(ends, *(row.at(x) for x in line.band), color=BAND, lw=0)
    if line.reference is not None:
        axes.plot(years, row.at(line.reference), color=SOFT, linewidth=1.6)
    elif line.middle is not None:
        axes.plot(ends, [row.at(line.middle)] * 2, color=SOFT, linewidth=1.4)
    axes.plot(years, row.at(line.model), color=ACCENT, linewidth=2.2)
    style: dict[str, Any] = {"fontsize": SIZE, "va": "center"}
    text = plain_text("\n".join(wrapped(line.region, 22)))
    gap = (ends[1] - ends[0]) * 8 / (WIDTH - LEFT - RIGHT)
    axes.text(
        ends[0] - gap, row.place + 0.5, text, ha="right", color=INK,
        multialignment="right", linespacing=1.0, **style,
    )  # fmt: skip
    for value, text in ticks(row.low, row.high, 2):
        axes.text(ends[1] + gap, row.at(value), text, color=SOFT, **style)
        axes.plot(ends, [row.at(value)] * 2, color=BAND, linewidth=0.8, zorder=0.4)
    if row.low < 0 < row.high:
        zero = [row.at(0.0)] * 2
        axes.plot(ends, zero, color=INK, linewidth=0.8, linestyle=":", zorder=1)


def _dress(axes: "Axes", series: AnnualSeries) -> None:
    first, last = axes.get_xlim()
    whole = [x for x in ticks(first, last, 6) if x[0] == round(x[0])]
    bottom = len(series.lines)
    lines_at(axes, [x for x, _ in whole], (0, bottom))
    style: dict[str, Any] = {"color": SOFT, "fontsize": SIZE}
    for x, text in whole:
        axes.text(x, bottom + 6 / ROW, text, ha="center", va="top", **style)
    for y in range(1, bottom):
        axes.plot([first, last], [y, y], color=BAND, linewidth=1.4, zorder=0.3)
    if series.variable in labels.SIGNED:
        words = "up: source to the atmosphere, down: sink"
        axes.text(first, -6 / ROW, words, va="bottom", **style)


def _table(series: AnnualSeries) -> pd.DataFrame:
    return pd.concat(
        pd.DataFrame(
            {
                "region": line.region,
                "year": list(series.years),
                "model": line.model,
                "reference": np.nan if line.reference is None else line.reference,
                "reference_mean": line.middle,
                "reference_low": line.band[0] if line.band else None,
                "reference_high": line.band[1] if line.band else None,
                "units": series.unit,
            }
        )
        for line in series.lines
    )

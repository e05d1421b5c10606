"""The mean seasonal cycle of one region: the reference, and models upon it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import cycle as cycle_through
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from benchmark.report import labels
from benchmark.report.figures.canvas import (
    ACCENT,
    BAND,
    INK,
    LINE,
    SOFT,
    Picture,
    levels_at,
    new_figure,
    points,
    save_svg,
    save_table,
    ticks,
)
from benchmark.report.numbers import number

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MONTHS = [
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "May",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
]
HEIGHT, WIDTH = 190, 300
LEFT, BELOW = 44, 24
# Okabe and Ito's colours, for several models in one panel.
OTHERS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9")


@dataclass(frozen=True)
class Cycle:
    """Twelve months of a reference and of models, in one region and unit."""

    region: str
    variable: str
    unit: str
    reference: np.ndarray
    models: Mapping[str, np.ndarray]
    low: np.ndarray | None = None
    high: np.ndarray | None = None
    limits: tuple[float, float] | None = field(default=None)


def draw_cycle(cycle: Cycle, folder: Path, name: str) -> Picture:
    """Draw a seasonal cycle and write its data.

    Parameters
    ----------
    cycle : Cycle
        What to draw; a single model is drawn bold, several thin and named.
    folder : Path
        Top of the report.
    name : str
        Name of the files, without ending.

    Returns
    -------
    Picture
        The figure, with its words.
    """
    axes = new_figure(WIDTH, HEIGHT, (LEFT, 8, 8, BELOW))
    months = np.arange(1, 13)
    if cycle.low is not None and cycle.high is not None:
        axes.fill_between(months, cycle.low, cycle.high, color=BAND, linewidth=0)
    axes.plot(months, cycle.reference, color=SOFT, linewidth=1.6)
    alone = len(cycle.models) == 1
    colours = [ACCENT] if alone else [*OTHERS]
    curves = tuple(zip(cycle.models, cycle_through(colours), strict=False))
    for model, colour in curves:
        width = 2.4 if alone else 1.6
        axes.plot(months, cycle.models[model], color=colour, linewidth=width)
    shade_growing(axes)
    dress_months(axes, cycle, HEIGHT - 8 - BELOW)
    picture = Picture(
        file=f"figures/{name}.svg",
        data=f"figures/{name}.csv",
        alt=describe(cycle),
        title=cycle.region,
        width=WIDTH,
        height=HEIGHT,
        unit=cycle.unit,
        curves=tuple((model, "" if alone else shade) for model, shade in curves),
    )
    save_svg(axes, folder / picture.file)
    save_table(table_of(cycle), folder / picture.data)
    return picture


def describe(cycle: Cycle) -> str:
    """Say when and how high the curves peak.

    Examples
    --------
    >>> wave = -np.cos(2 * np.pi * np.arange(12) / 12)
    >>> describe(Cycle("Alaska", "gpp", "g C m⁻² yr⁻¹", wave, {"M": 2 * wave}))
    'Alaska, GPP: highest in Jul at 1.00 (reference), in Jul at 2.00 (M), g C m⁻² yr⁻¹.'
    """
    lowest = cycle.variable in {"nee", "nbe"}
    word = "strongest sink" if lowest else "highest"
    curves = {"reference": cycle.reference, **cycle.models}
    parts = []
    for name, values in curves.items():
        if np.isnan(values).all():
            parts.append(f"no values ({name})")
            continue
        peak = int(np.nanargmin(values) if lowest else np.nanargmax(values))
        parts.append(f"in {MONTHS[peak]} at {number(float(values[peak]))} ({name})")
    title = f"{cycle.region}, {labels.short(cycle.variable)}"
    return f"{title}: {word} {', '.join(parts)}, {cycle.unit}."


def shade_growing(axes: "Axes") -> None:
    """Shade May to September, the season that is not cold."""
    axes.axvspan(4.5, 9.5, color=LINE, alpha=0.35, linewidth=0, zorder=0)


def dress_months(axes: "Axes", cycle: Cycle, height: int) -> None:
    """Write months, levels, and for net fluxes sink and source.

    Parameters
    ----------
    axes : Axes
        With the curves.
    cycle : Cycle
        What they are.
    height : int
        Of the axes, in CSS pixels.
    """
    low, high = cycle.limits or axes.get_ylim()
    axes.set(xlim=(0.7, 12.3), ylim=(low, high))
    size: dict[str, Any] = {"color": SOFT, "fontsize": points(12)}
    for month, name in enumerate(MONTHS, 1):
        y = low - (high - low) * 16 / height
        axes.text(month, y, name[0], ha="center", **size)
    marks = ticks(low, high, 4)
    levels_at(axes, [y for y, _ in marks], (0.7, 12.3))
    for y, text in marks:
        axes.text(0.5, y, text, ha="right", va="center", **size)
    if low <= 0 <= high:
        axes.plot([0.7, 12.3], [0, 0], color=INK, linewidth=1, zorder=1)
    if cycle.variable in labels.SIGNED and low < 0 < high:
        axes.text(0.8, high, "source ↑", va="top", **size)
        axes.text(0.8, low, "sink ↓", va="bottom", **size)


def table_of(cycle: Cycle) -> pd.DataFrame:
    """Return the values of every curve, a row per month."""
    columns = {"month": range(1, 13), "reference": cycle.reference}
    if cycle.low is not None and cycle.high is not None:
        columns |= {"reference_low": cycle.low, "reference_high": cycle.high}
    return pd.DataFrame({**columns, **cycle.models})

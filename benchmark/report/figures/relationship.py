"""A relationship: what model and reference have in each bin of a driver."""

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
    levels_at,
    lines_at,
    new_figure,
    points,
    save_svg,
    save_table,
    ticks,
)
from benchmark.report.numbers import number

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDTH, HEIGHT = 440, 260
MARGINS = (58, 14, 12, 44)
SIZE = points(12)


@dataclass(frozen=True)
class Relationship:
    """Means of both sides in bins of a driver, in one region.

    `error` is the standard error of the reference's mean; `pairs` are how many
    values the model and the reference have in each bin.
    """

    title: str
    variable: str
    unit: str
    driver: str
    bins: np.ndarray
    model: np.ndarray
    reference: np.ndarray
    error: np.ndarray
    pairs: tuple[np.ndarray, np.ndarray]


def draw_relationship(found: Relationship, folder: Path, name: str) -> Picture:
    """Draw a relationship and write its bins.

    Parameters
    ----------
    found : Relationship
        What to draw.
    folder : Path
        Top of the report.
    name : str
        Name of the files, without ending.

    Returns
    -------
    Picture
        The figure, with its words.
    """
    axes = new_figure(WIDTH, HEIGHT, MARGINS)
    order = np.argsort(found.bins)
    at, error = found.bins[order], np.nan_to_num(found.error[order])
    reference, model = found.reference[order], found.model[order]
    axes.fill_between(at, reference - error, reference + error, color=BAND, lw=0)
    marks: dict[str, Any] = {"marker": "o", "markersize": 4}
    axes.plot(at, reference, color=SOFT, linewidth=1.6, **marks)
    axes.plot(at, model, color=ACCENT, linewidth=2.2, **marks)
    _dress(axes, found)
    picture = Picture(
        file=f"figures/{name}.svg",
        data=f"figures/{name}.csv",
        alt=describe(found),
        title=f"{found.title}, {found.unit}".removesuffix(", "),
        width=WIDTH,
        height=HEIGHT,
        unit=found.unit,
    )
    save_svg(axes, folder / picture.file)
    save_table(_table(found), folder / picture.data)
    return picture


def describe(found: Relationship) -> str:
    """Say both curves at the first and the last bin that both have.

    Examples
    --------
    >>> curve = np.array([1.0, 2.0])
    >>> sides = np.array([5, 5]), np.array([9, 9])
    >>> describe(Relationship("CH4", "ch4", "g", "Air, K", curve, 2 * curve, curve,
    ...                       curve, sides))
    'CH4, g, by Air, K: 2.00 (model) against 1.00 (reference) at 1.00; 4.00 (model) against 2.00 (reference) at 2.00.'
    """  # noqa: E501
    both = np.flatnonzero(np.isfinite(found.model) & np.isfinite(found.reference))
    said = f"{found.title}, {found.unit}, by {found.driver}"
    if not both.size:
        return f"{said}: model and reference share no bin."
    each = (
        f"{number(float(found.model[i]))} (model) against "
        f"{number(float(found.reference[i]))} (reference) at "
        f"{number(float(found.bins[i]))}"
        for i in dict.fromkeys((int(both[0]), int(both[-1])))
    )
    return f"{said}: {'; '.join(each)}."


def _dress(axes: "Axes", found: Relationship) -> None:
    (left, right), (low, high) = axes.get_xlim(), axes.get_ylim()
    axes.set(xlim=(left, right), ylim=(low, high))
    pixel = (right - left) / (WIDTH - MARGINS[0] - MARGINS[1])
    tall = (high - low) / (HEIGHT - MARGINS[2] - MARGINS[3])
    style: dict[str, Any] = {"color": SOFT, "fontsize": SIZE}
    across, up = ticks(left, right, 6), ticks(low, high, 4)
    lines_at(axes, [x for x, _ in across], (low, high))
    levels_at(axes, [y for y, _ in up], (left, right))
    for x, text in across:
        axes.text(x, low - 5 * tall, text, ha="center", va="top", **style)
    for y, text in up:
        axes.text(left - 6 * pixel, y, text, ha="right", va="center", **style)
    middle = (left + right) / 2
    axes.text(middle, low - 24 * tall, found.driver, ha="center", va="top", **style)
    if low < 0 < high:
        axes.plot([left, right], [0, 0], color=INK, linewidth=1, zorder=1)
    if found.variable in labels.SIGNED and low < 0 < high:
        axes.text(left + 4 * pixel, high, "source ↑", va="top", **style)
        axes.text(left + 4 * pixel, low, "sink ↓", va="bottom", **style)


def _table(found: Relationship) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "driver": found.bins,
            "model": found.model,
            "reference": found.reference,
            "reference_error": found.error,
            "n_model": found.pairs[0],
            "n_reference": found.pairs[1],
            "units": found.unit,
        }
    )

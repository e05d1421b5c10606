"""The plane of model against reference: axes, their words and the line of no error."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from benchmark.report.figures.canvas import (
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
from benchmark.report.figures.labelling import plain_text, shortened

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDTH, HEIGHT = 440, 400
LEFT, RIGHT, ABOVE, BELOW = 62, 16, 10, 44
SIZE = points(12)
Ends = tuple[float, float]


def new_plane(
    across: Ends, up: Ends, names: tuple[str, str], right: int = RIGHT
) -> "Axes":
    """Return axes with the reference across and the model up, and their line.

    Parameters
    ----------
    across, up : tuple of float
        Limits of the reference and of the model.
    names : tuple of str
        What stands at the two axes, with the unit.
    right : int
        Pixels kept on the right.

    Returns
    -------
    matplotlib.axes.Axes
    """
    axes = new_figure(WIDTH, HEIGHT, (LEFT, right, ABOVE, BELOW))
    axes.set(xlim=across, ylim=up)
    pixel = pixels(across, up, right)
    (left, end), (low, high) = across, up
    marks = ticks(left, end, 5), ticks(low, high, 5)
    lines_at(axes, [x for x, _ in marks[0]], up)
    levels_at(axes, [y for y, _ in marks[1]], across)
    style: dict[str, Any] = {"color": SOFT, "fontsize": SIZE}
    for x, text in marks[0]:
        axes.text(x, low - 5 * pixel[1], text, ha="center", va="top", **style)
    for y, text in marks[1]:
        axes.text(left - 6 * pixel[0], y, text, ha="right", va="center", **style)
    both = max(left, low), min(end, high)
    axes.plot(both, both, color=INK, linewidth=1, zorder=2.5)
    text = plain_text(shortened(names[0], 52))
    middle = (left + end) / 2
    axes.text(middle, low - 24 * pixel[1], text, ha="center", va="top", **style)
    text = plain_text(shortened(names[1], 48))
    at = left - 46 * pixel[0], (low + high) / 2
    axes.text(*at, text, ha="right", va="center", rotation=90, **style)
    return axes


def pixels(across: Ends, up: Ends, right: int = RIGHT) -> tuple[float, float]:
    """Return how wide and how tall a pixel is in units of the axes."""
    wide = (across[1] - across[0]) / (WIDTH - LEFT - right)
    return wide, (up[1] - up[0]) / (HEIGHT - ABOVE - BELOW)


def limits(values: np.ndarray, beyond: float = 0.0) -> Ends:
    """Return the ends of an axis, with zero where it is not far.

    Parameters
    ----------
    values : ndarray
        What is drawn; NaN is left out.
    beyond : float
        The share of the values that may lie beyond either end.

    Returns
    -------
    tuple of float

    Examples
    --------
    >>> limits(np.array([10.0, 100.0]))
    (0.0, 105.0)
    """
    values = values[np.isfinite(values)]
    low, high = (float(x) for x in np.quantile(values, (beyond, 1 - beyond)))
    if 0 < low < 0.5 * high:
        low = 0.0
    elif high < 0 and high > 0.5 * low:
        high = 0.0
    room = 0.05 * (high - low or abs(high) or 1.0)
    return low - (room if low else 0.0), high + (room if high else 0.0)


def save_plane(
    axes: "Axes", table: pd.DataFrame, folder: Path, name: str, title: str, alt: str
) -> Picture:
    """Write the figure and its data, and return it with its words."""
    picture = Picture(
        file=f"figures/{name}.svg",
        data=f"figures/{name}.csv",
        alt=alt,
        title=title.removesuffix(", "),
        width=WIDTH,
        height=HEIGHT,
    )
    save_svg(axes, folder / picture.file)
    save_table(table, folder / picture.data)
    return picture

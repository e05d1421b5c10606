"""Rank histograms: where a reference stands among the models."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from benchmark.report.figures.canvas import (
    ACCENT,
    INK,
    SOFT,
    Picture,
    new_figure,
    points,
    save_svg,
    save_table,
)

WIDTH, HEIGHT = 300, 180
LEFT, RIGHT, TOP, BOTTOM = 34, 10, 14, 42
BINS = 5


def draw_ranks(
    shares: Sequence[float],
    title: str,
    alt: str,
    table: pd.DataFrame,
    folder: Path,
    name: str,
) -> Picture:
    """Draw how often a reference stands in each fifth of the models.

    Parameters
    ----------
    shares : sequence of float
        Counts of the `BINS` bins from below all models to above all.
    title, alt : str
        Title and text alternative.
    table : DataFrame
        What the counts are made of.
    folder : Path
        Top of the report.
    name : str
        Name of the files, without ending.

    Returns
    -------
    Picture
    """
    axes = new_figure(WIDTH, HEIGHT, (LEFT, RIGHT, TOP, BOTTOM))
    flat, most = sum(shares) / len(shares), max(shares)
    axes.set(xlim=(-0.5, len(shares) - 0.5), ylim=(0, most * 1.12))
    axes.bar(range(len(shares)), list(shares), 0.86, color=ACCENT, linewidth=0)
    axes.plot([-0.5, len(shares) - 0.5], [flat, flat], color=INK, linewidth=1.2)
    pixel = most * 1.12 / (HEIGHT - TOP - BOTTOM)
    style: dict[str, Any] = {"color": SOFT, "fontsize": points(11)}
    for place, count in enumerate(shares):
        if count:
            text = f"{count:g}" if float(count).is_integer() else f"{count:.1f}"
            above = flat if 0 <= flat - count < 14 * pixel else count
            axes.text(place, above + 2 * pixel, text, ha="center", **style)
    axes.text(-0.6, flat, "flat", ha="right", va="center", **style)
    axes.plot([-0.5, len(shares) - 0.5], [0, 0], color=SOFT, linewidth=1)
    last = len(shares) - 0.5
    for x, side, text in ((-0.5, "left", "below all"), (last, "right", "above all")):
        axes.text(x, -6 * pixel, text, ha=side, va="top", **style)
    middle = (len(shares) - 1) / 2
    axes.text(
        middle,
        -21 * pixel,
        "reference among the models",
        ha="center",
        va="top",
        **style,
    )
    picture = Picture(
        f"figures/{name}.svg", f"figures/{name}.csv", alt, title, WIDTH, HEIGHT
    )
    save_svg(axes, folder / picture.file)
    save_table(table, folder / picture.data)
    return picture

"""Model against reference: regions and sites as points."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from benchmark.report.figures.canvas import ACCENT, INK, LINE, Picture
from benchmark.report.figures.labelling import apart, plain_text, shortened
from benchmark.report.figures.plane import (
    RIGHT,
    SIZE,
    limits,
    new_plane,
    pixels,
    save_plane,
)
from benchmark.report.numbers import number

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MARGIN = 128  # on the right, where points have names
# Okabe and Ito's colours, for the classes of sites.
CLASSES = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9")


@dataclass(frozen=True)
class Point:
    """One region or site: what the reference and the model have there."""

    label: str
    reference: float
    model: float
    low: float | None = None
    high: float | None = None
    kind: str = ""


@dataclass(frozen=True)
class Scatter:
    """A figure of points: both axes have one unit and one scale."""

    title: str
    unit: str
    model: str
    reference: str
    points: Sequence[Point]
    named: bool = True


def draw_points(scatter: Scatter, folder: Path, name: str) -> Picture:
    """Draw regions or sites and write their data.

    Parameters
    ----------
    scatter : Scatter
        What to draw; named points have their label beside them.
    folder : Path
        Top of the report.
    name : str
        Name of the files, without ending.

    Returns
    -------
    Picture
        The figure, with its words; `curves` are its classes.
    """
    right = MARGIN if scatter.named else RIGHT
    ends = [x for p in scatter.points for x in (p.reference, p.model, p.low, p.high)]
    low, high = limits(np.array([x for x in ends if x is not None]))
    names = f"{scatter.reference}, {scatter.unit}", f"{scatter.model}, {scatter.unit}"
    axes = new_plane((low, high), (low, high), names, right)
    for point in scatter.points:
        if point.low is not None and point.high is not None:
            across = [point.low, point.high]
            axes.plot(across, [point.model] * 2, color=LINE, linewidth=3, zorder=2)
    kinds = list(dict.fromkeys(point.kind for point in scatter.points))
    shades = dict(zip(kinds, _shades(kinds), strict=True))
    for kind, shade in shades.items():
        mine = [point for point in scatter.points if point.kind == kind]
        axes.plot(
            [point.reference for point in mine],
            [point.model for point in mine],
            linestyle="none",
            marker="o",
            markersize=6 if scatter.named else 5,
            color=shade,
            zorder=3,
        )
    if scatter.named:
        _name(axes, scatter.points, low, high)
    title = f"{scatter.title}, {scatter.unit}"
    picture = save_plane(axes, _table(scatter), folder, name, title, describe(scatter))
    curves = tuple(shades.items()) if len(kinds) > 1 else ()
    return replace(picture, curves=curves)


def describe(scatter: Scatter) -> str:
    """Say every point of a figure with names, and the ends of one without.

    Examples
    --------
    >>> points = [Point("Alaska", 2.0, 3.0), Point("Siberia", 4.0, 3.0)]
    >>> describe(Scatter("GPP", "g", "M", "R", points))
    'GPP, g: M above R in 1 of 2. Alaska: 3.00 against 2.00; Siberia: 3.00 against 4.00.'
    """  # noqa: E501
    above = sum(point.model > point.reference for point in scatter.points)
    sides = f"{scatter.model} above {scatter.reference}"
    said = f"{scatter.title}, {scatter.unit}: {sides} in {above} of "
    said += f"{len(scatter.points)}."
    shown = scatter.points
    if not scatter.named:
        ordered = sorted(shown, key=lambda point: point.model - point.reference)
        shown = [ordered[0], ordered[-1]]
        said += " The furthest below and above:"
    each = (
        f"{point.label}: {number(point.model)} against {number(point.reference)}"
        for point in shown
    )
    return f"{said} {'; '.join(each)}."


def _name(axes: "Axes", shown: Sequence[Point], low: float, high: float) -> None:
    """Write the names in the margin, each with a line to its point."""
    pixel, tall = pixels((low, high), (low, high), MARGIN)
    places = apart([point.model for point in shown], 15 * tall)
    down = min(places) - low
    up = max(places) - high
    shift = -up if up > 0 else -min(down, 0.0)
    for point, wanted in zip(shown, places, strict=True):
        y = wanted + shift
        bend = high + 4 * pixel
        ends = [point.reference, bend, high + 10 * pixel], [point.model, y, y]
        axes.plot(*ends, color=LINE, linewidth=0.9, zorder=1.5, clip_on=False)
        text = plain_text(shortened(point.label, 20))
        axes.text(high + 13 * pixel, y, text, color=INK, fontsize=SIZE, va="center")


def _shades(kinds: Sequence[str]) -> list[str]:
    if len(kinds) == 1:
        return [ACCENT]
    return [CLASSES[i % len(CLASSES)] for i in range(len(kinds))]


def _table(scatter: Scatter) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "place": point.label,
            "class": point.kind,
            "reference": point.reference,
            "model": point.model,
            "reference_low": point.low,
            "reference_high": point.high,
            "units": scatter.unit,
        }
        for point in scatter.points
    )

"""Taylor diagrams: spread and pattern of models against one reference."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from benchmark.report.figures.canvas import (
    ACCENT,
    BAND,
    INK,
    LINE,
    MARKS,
    SOFT,
    Picture,
    new_figure,
    points,
    save_svg,
    save_table,
)
from benchmark.report.numbers import number

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SIZE, EDGE, BELOW = 340, 40, 52
RIGHT = (0, 0.2, 0.4, 0.6, 0.8, 0.9, 0.95, 0.99)
ANGLES = (*(-r for r in RIGHT[:0:-1]), *RIGHT)
FURTHEST = 5.0  # times the spread of the reference; beyond stands at the rim


@dataclass(frozen=True)
class Point:
    """One model or approach: its number in the figure and its statistics.

    `ratio` is its standard deviation over that of the reference, `r` the
    correlation; `error` the centred RMS error over the same deviation.
    """

    number: int
    label: str
    ratio: float
    r: float
    n: int
    family: str = ""

    @property
    def error(self) -> float:
        """Centred RMS error, in deviations of the reference (law of cosines)."""
        square = 1 + self.ratio**2 - 2 * self.ratio * self.r
        return float(np.sqrt(max(square, 0.0)))


def draw_taylor(
    points_: Sequence[Point], title: str, alt: str, folder: Path, name: str
) -> Picture:
    """Draw a Taylor diagram and write its statistics.

    Parameters
    ----------
    points_ : sequence of Point
        Models as numbered marks; a point with a family is an approach and has
        its mark.
    title, alt : str
        Title and text alternative.
    folder : Path
        Top of the report.
    name : str
        Name of the files, without ending.

    Returns
    -------
    Picture

    References
    ----------
    Taylor (2001), Journal of Geophysical Research 106, 7183-7192,
    https://doi.org/10.1029/2000JD900719
    """
    save_table(table(points_), folder / f"figures/{name}.csv")
    axes, width, height = _open(points_)
    for point in points_:
        _mark(axes, point)
    picture = Picture(
        f"figures/{name}.svg", f"figures/{name}.csv", alt, title, width, height
    )
    save_svg(axes, folder / picture.file)
    return picture


def table(points_: Sequence[Point]) -> pd.DataFrame:
    """Return the statistics of each point."""
    return pd.DataFrame(
        [
            {
                "number": one.number,
                "source": one.label,
                "kind": "approach" if one.family else "model",
                "sd_ratio": one.ratio,
                "correlation": one.r,
                "centred_rmse": one.error,
                "n": one.n,
            }
            for one in points_
        ]
    )


def _reach(points_: Sequence[Point]) -> float:
    ratios = [one.ratio for one in points_]
    # A few far out must not press the others into one spot.
    return float(np.clip(np.quantile([*ratios, 1.0], 0.9) * 1.15, 1.6, FURTHEST))


def _open(points_: Sequence[Point]) -> tuple["Axes", int, int]:
    reach = _reach(points_)
    both = any(one.r < 0 for one in points_)
    left = -reach if both else 0.0
    width = SIZE + (90 if both else 0)
    scale = (width - 2 * EDGE) / (reach - left)
    height = round(scale * reach + BELOW + 34)
    axes = new_figure(width, height, (EDGE, EDGE, 34, BELOW))
    axes.set(xlim=(left, reach), ylim=(0, (height - 34 - BELOW) / scale))
    _grid(axes, reach, both)
    return axes, width, height


def _grid(axes: "Axes", reach: float, both: bool) -> None:
    turn = np.linspace(0, np.pi if both else np.pi / 2, 91)
    step = 0.5 if reach < 2.6 else 1.0
    pixel = reach / (SIZE - 2 * EDGE)
    for radius in np.arange(step, reach, step):
        edge = radius == 1.0
        axes.plot(
            radius * np.cos(turn),
            radius * np.sin(turn),
            color=SOFT if edge else LINE,
            linewidth=1.2 if edge else 0.8,
            zorder=1,
        )
        _text(axes, radius, -7 * pixel, f"{radius:g}", va="top")
    axes.plot(reach * np.cos(turn), reach * np.sin(turn), color=SOFT, linewidth=1)
    for error in (step, 2 * step, 3 * step):
        x, y = 1 + error * np.cos(turn * 2), error * np.sin(turn * 2)
        kept = (np.hypot(x, y) <= reach) & (y >= 0) & (x >= (-reach if both else 0))
        x, y = np.where(kept, x, np.nan), np.where(kept, y, np.nan)
        axes.plot(x, y, color=BAND, linewidth=1, linestyle=(0, (4, 3)), zorder=0.5)
    for r in ANGLES if both else RIGHT:
        angle = np.arccos(r)
        outer = reach * np.array([np.cos(angle), np.sin(angle)])
        axes.plot([0, outer[0]], [0, outer[1]], color=LINE, linewidth=0.6, zorder=0.5)
        written = f"{r:g}".replace("-", "\N{MINUS SIGN}")
        x, y = outer * (1 + 16 * pixel / reach)
        _text(axes, x, y, written, va="center")
    axes.plot([-reach if both else 0, reach], [0, 0], color=SOFT, linewidth=1)
    if not both:
        axes.plot([0, 0], [0, reach], color=SOFT, linewidth=1)
    axes.plot([1], [0], "o", color=INK, markersize=points(9), clip_on=False, zorder=4)
    _text(axes, 1, -20 * pixel, "reference", va="top", color=INK)
    middle = -0.5 * reach if both else reach
    side = "center" if both else "right"
    below = -20 if both else -34
    _text(axes, middle, below * pixel, "ratio of spreads", va="top", ha=side)
    _text(axes, 0.80 * reach, 0.86 * reach, "correlation", va="center", ha="left")


def _text(axes: "Axes", x: float, y: float, text: str, **style: str) -> None:
    given = {"color": SOFT, "ha": "center"} | style
    axes.text(x, y, text, fontsize=points(11), **given)  # type: ignore[arg-type]


def _mark(axes: "Axes", point: Point) -> None:
    reach = axes.get_xlim()[1]
    radius = min(point.ratio, reach)
    x, y = radius * point.r, radius * np.sqrt(max(0.0, 1 - point.r**2))
    style: dict[str, Any] = {"clip_on": False, "zorder": 5}
    if point.family:
        shape, colour = MARKS.get(point.family, MARKS["mixed"])
        axes.plot([x], [y], shape, color=colour, ms=points(9), **style)
        return
    axes.plot([x], [y], "o", color=ACCENT, ms=points(5), **style)
    text = str(point.number) + (" ▸" if point.ratio > reach else "")
    step = reach * 0.022
    axes.text(x + step, y + step, text, color=INK, fontsize=points(11), zorder=6)


def describe(points_: Sequence[Point], against: str) -> str:
    """Say spread and correlation of each point.

    Examples
    --------
    >>> describe([Point(1, "M", 0.5, 0.9, 8)], "the map")
    'Taylor diagram against the map. 1 M: spread ratio 0.500, correlation 0.90.'
    """
    parts = [
        f"{one.number or ''} {one.label}: spread ratio {number(one.ratio)}, "
        f"correlation {one.r:.2f}".strip()
        for one in points_
    ]
    return f"Taylor diagram against {against}. {'; '.join(parts)}."

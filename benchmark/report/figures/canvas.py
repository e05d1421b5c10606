"""Draw with matplotlib, without its global state, for light and dark paper."""

import re
import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO, StringIO
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np
import pandas as pd

from benchmark.atomic import write_bytes, write_text
from benchmark.report.numbers import MINUS

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# Colours that stand for a role; style in the file gives them their shade, so
# one picture serves light paper, dark paper and print.
INK, SOFT, LINE, BAND, ACCENT = "#010101", "#020202", "#030303", "#040404", "#050505"
_LIGHT = {INK: "#1b1f24", SOFT: "#59636e", LINE: "#d5d9de", BAND: "#dfe3e8"}
_DARK = {INK: "#e6e8eb", SOFT: "#9aa4af", LINE: "#3d444d", BAND: "#343b44"}
_LIGHT[ACCENT], _DARK[ACCENT] = "#b3400c", "#ff9a62"
# Families keep one colour and one mark on every page (Okabe and Ito's palette).
MARKS = {
    "in_situ": ("o", "#0072b2"),
    "upscaling": ("^", "#009e73"),
    "inversion": ("s", "#56b4e9"),
    "cmip6": ("D", "#cc79a7"),
    "isimip": ("P", "#e69f00"),
    "mapping": ("v", "#8c6d31"),
    "mixed": ("h", "#777777"),
    "process_based": ("*", ACCENT),
}
PIXELS = 96
Segment = tuple[tuple[float, float], tuple[float, float]]


@dataclass(frozen=True)
class Picture:
    """A figure on disk: `file` and `data` are paths from the report's top.

    `alt` says with numbers what the figure shows; `curves` are the names of
    its lines with their colours ("" is the accent), for a key beside it.
    """

    file: str
    data: str
    alt: str
    title: str
    width: int
    height: int
    unit: str = ""
    curves: tuple[tuple[str, str], ...] = ()


def new_figure(width: int, height: int, margins: tuple[int, int, int, int]) -> "Axes":
    """Return axes of a size given in CSS pixels.

    Parameters
    ----------
    width, height : int
        Of the picture.
    margins : tuple of int
        Left, right, top and bottom, outside the axes. Laying out by hand is
        ten times faster than letting matplotlib find the room.

    Returns
    -------
    matplotlib.axes.Axes
        Axes without frame or ticks, of a figure that pyplot does not know.
        Figures write their few ticks as text, which is much faster.
    """
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width / PIXELS, height / PIXELS), dpi=PIXELS)
    left, right, top, bottom = margins
    axes = figure.add_axes(
        (
            left / width,
            bottom / height,
            (width - left - right) / width,
            (height - top - bottom) / height,
        )
    )
    figure.patch.set_visible(False)
    axes.set_axis_off()
    return axes


def ticks(low: float, high: float, most: int) -> list[tuple[float, str]]:
    """Return round numbers between two limits, and how they are written.

    Examples
    --------
    >>> ticks(0, 1100, 3)
    [(0.0, '0'), (500.0, '500'), (1000.0, '1000')]
    """
    from matplotlib.ticker import MaxNLocator

    locator = MaxNLocator(most, steps=[1, 2, 2.5, 5, 10])
    values = [float(x) for x in locator.tick_values(low, high) if low <= x <= high]
    return [(x, f"{x:g}".replace("-", MINUS)) for x in values]


def lines_at(axes: "Axes", xs: Iterable[float], y: tuple[float, float]) -> None:
    """Draw light vertical lines behind everything."""
    segments = [((x, y[0]), (x, y[1])) for x in xs]
    _light(axes, segments)


def levels_at(axes: "Axes", ys: Iterable[float], x: tuple[float, float]) -> None:
    """Draw light horizontal lines behind everything."""
    _light(axes, [((x[0], y), (x[1], y)) for y in ys])


def _light(axes: "Axes", segments: list[Segment]) -> None:
    from matplotlib.collections import LineCollection

    axes.add_collection(
        LineCollection(segments, colors=LINE, linewidths=0.8, zorder=0.5),
        autolim=False,
    )


def points(pixels: float) -> float:
    """Convert CSS pixels to points."""
    return pixels * 72 / PIXELS


def save_svg(axes: "Axes", path: Path) -> None:
    """Write a figure as SVG that follows the reader's light or dark setting.

    Parameters
    ----------
    axes : Axes
        Of the figure, drawn with the role colours of this module.
    path : Path
        Where to write.
    """
    from matplotlib import rc_context
    from matplotlib.backends.backend_svg import FigureCanvasSVG

    figure = cast("Figure", axes.get_figure(root=True))
    out = StringIO()
    with (
        rc_context({"svg.fonttype": "none", "svg.hashsalt": "permabench"}),
        warnings.catch_warnings(),
    ):
        # The reader's fonts draw the text, so a letter that is missing here is not
        # missing there.
        warnings.filterwarnings("ignore", "Glyph .* missing from font", UserWarning)
        FigureCanvasSVG(figure).print_svg(out, metadata={"Date": None, "Creator": None})
    write_text(path, _themed(out.getvalue()))


def save_png(pixels: np.ndarray, path: Path, colours: int = 128) -> None:
    """Write a picture as a PNG with a palette, a quarter of the size.

    Parameters
    ----------
    pixels : ndarray
        RGBA, shape (height, width, 4), 8 bit.
    path : Path
        Where to write.
    colours : int, default 128
        Size of the palette.
    """
    from PIL import Image

    out = BytesIO()
    picture = Image.fromarray(pixels)
    small = picture.quantize(colours, method=Image.Quantize.FASTOCTREE)
    small.save(out, format="PNG", compress_level=6)
    write_bytes(path, out.getvalue())


def save_table(table: pd.DataFrame, path: Path) -> None:
    """Write the data of a figure as CSV with six significant digits."""
    write_text(path, table.to_csv(index=False, float_format="%.6g"))


def _themed(svg: str) -> str:
    for role in _LIGHT:
        svg = svg.replace(role, f"var(--c{role[-1]})")
    svg = _shorter(svg)
    return svg.replace("<defs>", f"<style>{_style()}</style><defs>", 1)


_UNREAD = re.compile(
    r"<metadata>.*?</metadata>|<!DOCTYPE.*?>|<!--.*?-->"
    r'| id="(?:figure|axes|text|line2d|patch|\w*Collection|\w*Poly\w*)_\d+"',
    re.DOTALL,
)


_FONT = re.compile(r" ?font-family: [^;\"]*;?")
_STYLE = re.compile(r'style="[^"]*"')
_PATH = re.compile(r' d="[^"]*"')
_NAME = re.compile(r'(?<=id=")[a-z][0-9a-f]{10}(?=")')


def _shorter(svg: str) -> str:
    """Leave out what a browser does not need: most of the file."""
    svg = _UNREAD.sub("", svg)
    svg = re.sub(r"(\d\.\d\d)\d+", r"\1", svg)
    svg = re.sub(r"\s*\n\s*", " ", svg).replace("> <", "><")
    svg = _FONT.sub("", svg)
    svg = _STYLE.sub(lambda m: m[0].replace("; ", ";").replace(": ", ":"), svg)
    svg = _PATH.sub(lambda m: re.sub(r"(?<!^) ?([A-Z]) ?", r"\1", m[0]), svg)
    svg = re.sub(r' transform="rotate\(-?0 [^)]*\)"', "", svg)
    for i, name in enumerate(dict.fromkeys(_NAME.findall(svg))):
        svg = svg.replace(name, f"i{i}")
    return svg


def _style() -> str:
    def shades(colours: dict[str, str]) -> str:
        return "".join(f"--c{role[-1]}:{shade};" for role, shade in colours.items())

    return (
        f":root{{{shades(_LIGHT)}}}text{{font-family:system-ui,sans-serif}}"
        f"@media (prefers-color-scheme:dark){{:root{{{shades(_DARK)}}}}}"
    )

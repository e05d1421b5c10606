"""Fields and coasts as pixels: a picture with a palette, drawn without axes.

Every pixel looks up its cell, so a field of any resolution costs the same and
its edges stay sharp; matplotlib draws the coast once for all maps of a view.
"""

from collections.abc import Sequence
from functools import lru_cache
from io import BytesIO
from pathlib import Path

import numpy as np

from benchmark.atomic import write_bytes
from benchmark.report.figures.projection import SOUTH
from benchmark.report.figures.scale import Scale
from benchmark.report.figures.view import View, cells_of_pixels

Line = np.ndarray
COAST, GRATICULE, EMPTY = (74, 84, 94), (122, 130, 138), (128, 136, 144)
# How much of a line a pixel has, in steps that a palette can hold.
STEPS = np.array([0.0, 0.35, 0.7, 1.0])
FAINT = 38  # opacity of a place without a value, of 255
Bounds = tuple[tuple[float, float], ...]


def paint(
    field: np.ndarray,
    bounds: tuple[np.ndarray, np.ndarray],
    scale: Scale,
    view: View,
    coast: Sequence[Line],
    size: int,
) -> tuple[np.ndarray, np.ndarray]:
    """Return a field as a picture with a palette.

    Parameters
    ----------
    field : ndarray
        (lat, lon), NaN where it has no value.
    bounds : tuple of ndarray
        Those of lat and of lon, (n, 2), degrees.
    scale : Scale
        Colours, and the values of the first and the last.
    view : View
        What is drawn.
    coast : sequence of ndarray
        Lines (n, 2) of longitude and latitude.
    size : int
        Pixels of the longer side.

    Returns
    -------
    pixels : ndarray of uint8
        (height, width): an entry of the palette.
    palette : ndarray of uint8
        (256, 4): red, green, blue and opacity.
    """
    row, column = cells_of_pixels(view, size, _hashed(bounds[0]), _hashed(bounds[1]))
    colours = np.array([_rgb(colour) for colour in scale.colours])
    n = len(colours)
    values = np.where(row >= 0, field[row, column], np.nan)
    share = (np.nan_to_num(values) - scale.low) / (scale.high - scale.low)
    level = np.clip((share * n).astype(int), 0, n - 1) + 1
    # 0 is a place without a value, n + 1 what is off the map.
    level = np.where(np.isfinite(values), level, 0)
    level = np.where(np.isnan(view.places(size)[1]), n + 1, level)
    coasts, grid = _lines(view, size, _Coast(coast))
    # A line of the coast hides the graticule.
    kind = np.where(coasts > 0, coasts, len(STEPS) * grid)
    pixels = kind * (n + 2) + level
    return pixels.astype(np.uint8), _palette(colours)


def save_pixels(pixels: np.ndarray, palette: np.ndarray, path: Path) -> None:
    """Write a picture with a palette as WebP without loss, a fifth less than PNG.

    Parameters
    ----------
    pixels, palette : ndarray of uint8
        From `paint`.
    path : Path
        Where to write.
    """
    from PIL import Image

    out = BytesIO()
    picture = Image.fromarray(palette[pixels])
    picture.save(out, format="WEBP", lossless=True, quality=80, method=3)
    write_bytes(path, out.getvalue())


def _palette(colours: np.ndarray) -> np.ndarray:
    n = len(colours)
    base = np.vstack([EMPTY, colours, EMPTY]).astype(float)
    opacity = np.array([FAINT, *[255] * n, 0], float) / 255
    found = np.zeros((256, 4))
    kinds = [(COAST, share) for share in STEPS] + [(GRATICULE, 0.6)]
    for i, (colour, share) in enumerate(kinds):
        alpha = share + opacity * (1 - share)
        mixed = np.array(colour) * share + base * (opacity * (1 - share))[:, None]
        shown = mixed / np.maximum(alpha, 1e-9)[:, None]
        place = slice(i * (n + 2), (i + 1) * (n + 2))
        found[place] = np.column_stack([shown, 255 * alpha])
    return found.round().astype(np.uint8)


class _Coast(tuple[Line, ...]):
    """Lines that are known by their identity, so that a cache can hold them."""

    def __hash__(self) -> int:
        return hash(tuple(map(id, self)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, tuple) and list(map(id, self)) == list(map(id, other))


@lru_cache(maxsize=24)
def _lines(view: View, size: int, coast: _Coast) -> tuple[np.ndarray, np.ndarray]:
    """Return how much of a coast (0 to 3) and of a graticule (0, 1) a pixel has."""
    lines = [np.column_stack(view.forward(*_inside(line, view))) for line in coast]
    coasts = np.digitize(_drawn(view, size, lines, 0.7), STEPS[1:] - 0.15)
    grid = _drawn(view, size, _graticule(view), 0.5) > 0.25
    return coasts, grid.astype(int)


def _inside(line: Line, view: View) -> tuple[np.ndarray, np.ndarray]:
    """Break a line where it leaves the map or jumps across its edge."""
    lon, lat = line[:, 0].copy(), line[:, 1].copy()
    if view.projection == "north_polar":
        lat[lat < SOUTH] = np.nan
    else:
        lat[np.abs(np.diff(lon, append=lon[-1])) > 180] = np.nan
    return lon, lat


def _graticule(view: View) -> list[np.ndarray]:
    around = np.linspace(-180, 180, 181)
    if view.projection == "plain":
        down = np.array([-90.0, 90.0])
        flat = np.array([-180.0, 180.0])
        across = [np.column_stack([flat, [lat, lat]]) for lat in range(-60, 90, 30)]
        up = [np.column_stack([[lon, lon], down]) for lon in range(-150, 180, 30)]
        return [*across, *up]
    down = np.linspace(SOUTH, 90, 10)
    circles = [(around, np.full_like(around, lat)) for lat in (60.0, 75.0)]
    if view.whole:
        circles.append((around, np.full_like(around, SOUTH)))
    spokes = [(np.full_like(down, lon), down) for lon in range(-180, 180, 45)]
    return [np.column_stack(view.forward(*line)) for line in (*circles, *spokes)]


def _drawn(view: View, size: int, lines: list[np.ndarray], width: float) -> np.ndarray:
    """Draw lines with matplotlib and return how dark each pixel is, 0 to 1."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.collections import LineCollection
    from matplotlib.figure import Figure

    pixels = view.size(size)
    figure = Figure(figsize=(pixels[0] / 100, pixels[1] / 100), dpi=100)
    figure.patch.set_visible(False)
    canvas = FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set(xlim=view.x, ylim=view.y)
    axes.add_collection(LineCollection(lines, colors="black", linewidths=width))
    canvas.draw()
    return np.asarray(canvas.buffer_rgba())[..., 3] / 255


def _hashed(bounds: np.ndarray) -> Bounds:
    return tuple(map(tuple, np.round(bounds, 6).tolist()))


def _rgb(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[i : i + 2], 16) for i in (1, 3, 5))

"""North-polar maps of a model, its reference and their difference."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import xarray as xr

from benchmark.report.figures.canvas import Picture, save_png
from benchmark.report.figures.projection import SOUTH, corners, project
from benchmark.report.figures.scale import Scale, shared_scales
from benchmark.report.numbers import number

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Curve = tuple[np.ndarray, np.ndarray]
SIZE = 480
COAST, GRATICULE, NO_DATA = "#5b6570", "#8a939c", "#9aa4af"
WIDE = 200.0  # degrees of longitude from which the whole disc is drawn


@dataclass(frozen=True)
class MapSet:
    """Panels on one projection; the first two share a scale."""

    panels: tuple[Picture, ...]
    scales: tuple[Scale, ...]
    unit: str


@dataclass(frozen=True)
class View:
    """The part of the disc that is drawn, and the meridian that points down."""

    centre: float
    x: tuple[float, float]
    y: tuple[float, float]
    disc: bool


def draw_maps(
    maps: xr.Dataset,
    variable: str,
    unit: str,
    names: tuple[str, str],
    coast: Sequence[np.ndarray],
    folder: Path,
    name: str,
    data: str,
) -> MapSet | None:
    """Draw model, reference and difference.

    Parameters
    ----------
    maps : Dataset
        ``model``, ``reference``, ``difference`` (lat, lon), with lat_bnds
        and lon_bnds in degrees.
    variable : str
        Variable id, which decides the colours.
    unit : str
        Unit as readers see it.
    names : tuple of str
        What the model and the reference are called.
    coast : sequence of ndarray
        Lines (n, 2) of longitude and latitude.
    folder : Path
        Top of the report.
    name : str
        Name of the files, without ending.
    data : str
        Address of the file that has their data, from the top of the report.

    Returns
    -------
    MapSet or None
        None if no cell north of 45 N has a value.
    """
    maps = maps.sortby("lat").transpose("lat", "lon", ...)
    maps = maps.isel(lat=(maps["lat_bnds"].to_numpy().max(axis=1) > SOUTH))
    fields = {key: np.asarray(maps[key].values, float) for key in PANELS}
    valid = np.isfinite(fields["difference"])
    if not valid.any():
        return None
    scales = shared_scales(fields, variable)
    mesh = _Mesh(maps, valid)
    titles = {"model": names[0], "reference": names[1]}
    titles["difference"] = f"{names[0]} minus reference"
    panels = []
    for key, scale in zip(PANELS, (scales[0], scales[0], scales[1]), strict=True):
        file = f"figures/{name}-{key}.png"
        size = _draw(fields[key], mesh, scale, coast, folder / file)
        alt = _describe(titles[key], fields[key], maps, unit)
        panels.append(Picture(file, data, alt, titles[key], *size))
    return MapSet(tuple(panels), scales, unit)


PANELS = ("model", "reference", "difference")


def _grid(lon: np.ndarray, lat: np.ndarray) -> Curve:
    x, y = np.meshgrid(lon, lat)
    return x, y


class _Mesh:
    """Projected corners of the cells, and the view that holds the data."""

    def __init__(self, maps: xr.Dataset, valid: np.ndarray) -> None:
        self.view = _view(maps, valid)
        lat, self.rows = corners(np.clip(maps["lat_bnds"].values, SOUTH, 90), 2.5)
        lon, self.columns = corners(maps["lon_bnds"].values, 2.5)
        self.x, self.y = project(*_grid(lon, lat), self.view.centre)

    def values(self, field: np.ndarray) -> np.ndarray:
        values = field[np.ix_(self.rows, self.columns)]
        values[self.rows < 0] = np.nan
        values[:, self.columns < 0] = np.nan
        return np.ma.masked_invalid(values)


def _draw(
    field: np.ndarray,
    mesh: _Mesh,
    scale: Scale,
    coast: Sequence[np.ndarray],
    path: Path,
) -> tuple[int, int]:
    from matplotlib.colors import LinearSegmentedColormap

    axes, size = _axes(mesh.view)
    axes.pcolormesh(
        mesh.x,
        mesh.y,
        mesh.values(field),
        cmap=LinearSegmentedColormap.from_list("field", scale.colours),
        vmin=scale.low,
        vmax=scale.high,
        shading="flat",
        edgecolors="face",
        linewidth=0.2,
    )
    _draw_lines(axes, mesh.view, coast)
    canvas = axes.figure.canvas
    canvas.draw()
    save_png(np.asarray(canvas.buffer_rgba()), path)  # type: ignore[attr-defined]
    return size


def _axes(view: View) -> tuple["Axes", tuple[int, int]]:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    width, height = view.x[1] - view.x[0], view.y[1] - view.y[0]
    pixels = SIZE / max(width, height)
    size = round(pixels * width), round(pixels * height)
    figure = Figure(figsize=(size[0] / 100, size[1] / 100), dpi=100)
    figure.patch.set_visible(False)
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set(xlim=view.x, ylim=view.y)
    return axes, size


def _draw_lines(axes: "Axes", view: View, coast: Sequence[np.ndarray]) -> None:
    from matplotlib.collections import LineCollection

    around = np.linspace(-180, 180, 181)
    down = np.linspace(SOUTH, 90, 10)
    circles: list[Curve] = [(around, np.full_like(around, lat)) for lat in (60.0, 75.0)]
    spokes = [(np.full_like(down, lon), down) for lon in range(-180, 180, 45)]
    north = [_north(line) for line in coast]
    for lines, colour, width in (
        ([*circles, *spokes], GRATICULE, 0.35),
        ([(line[:, 0], line[:, 1]) for line in north], COAST, 0.7),
    ):
        drawn = [np.column_stack(project(x, y, view.centre)) for x, y in lines]
        axes.add_collection(LineCollection(drawn, colors=colour, linewidths=width))
    if view.disc:
        rim = project(around, np.full_like(around, SOUTH), view.centre)
        axes.plot(*rim, color=GRATICULE, linewidth=1.2)


def _north(line: np.ndarray) -> np.ndarray:
    return np.where(line[:, 1:] >= SOUTH, line, np.nan)


def _view(maps: xr.Dataset, valid: np.ndarray) -> View:
    lon = maps["lon"].to_numpy()[valid.any(axis=0)]
    lat = maps["lat"].to_numpy()[valid.any(axis=1)]
    whole = View(0.0, (-1.01, 1.01), (-1.01, 1.01), disc=True)
    turned = np.sort(lon % 360)
    gaps = np.diff(np.append(turned, turned[0] + 360))
    span = 360 - gaps.max()
    if span > WIDE or lat.max() - lat.min() < 5:
        return whole
    west = turned[(gaps.argmax() + 1) % turned.size]
    centre = west + span / 2
    lons = np.linspace(west - 4, west + span + 4, 60)
    lats = np.array([max(SOUTH, lat.min() - 3), min(90.0, lat.max() + 3)])
    x, y = project(*_grid(lons, lats), centre)
    return View(
        centre,
        (float(x.min()), float(x.max())),
        (float(y.min()), float(y.max())),
        disc=False,
    )


def _describe(title: str, field: np.ndarray, maps: xr.Dataset, unit: str) -> str:
    area = np.cos(np.radians(maps["lat"].values))[:, None] * np.isfinite(field)
    mean = float(np.nansum(field * area) / area.sum())
    low, high = (float(x) for x in np.nanquantile(field, (0.05, 0.95)))
    return (
        f"Map north of 45° N, {title}: mean {number(mean)}, 90 % of the cells from "
        f"{number(low)} to {number(high)} {unit}."
    )

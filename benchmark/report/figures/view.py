"""The window a map is seen through: a projection and what of it is drawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np

from benchmark.report.figures.projection import SOUTH, project, unproject

Projection = Literal["north_polar", "plain"]
WIDE = 200.0  # degrees of longitude from which the whole disc is drawn
LINES = {
    "north_polar": "Lambert azimuthal equal area; circles at 60° N and 75° N",
    "plain": "plain latitude and longitude; lines every 30°",
}


@dataclass(frozen=True)
class View:
    """A window onto a projection: `x` and `y` are its limits there.

    `centre` is the meridian that points down, or that is in the middle; a
    `whole` view shows all that its projection has.
    """

    projection: Projection
    centre: float
    x: tuple[float, float]
    y: tuple[float, float]
    whole: bool

    def size(self, longest: int) -> tuple[int, int]:
        """Return width and height in pixels, the longer side given."""
        width, height = self.x[1] - self.x[0], self.y[1] - self.y[0]
        pixels = longest / max(width, height)
        return round(pixels * width), round(pixels * height)

    def forward(self, lon: np.ndarray, lat: np.ndarray) -> tuple[np.ndarray, ...]:
        """Return x and y of places in degrees."""
        if self.projection == "north_polar":
            return project(lon, lat, self.centre)
        return (lon - self.centre + 180) % 360 - 180, lat

    def places(self, longest: int) -> tuple[np.ndarray, np.ndarray]:
        """Return longitude and latitude (height, width) of the pixels, top first.

        Pixels off the map are NaN.
        """
        width, height = self.size(longest)
        step = np.arange(width) + 0.5, np.arange(height)[::-1] + 0.5
        x = self.x[0] + step[0] * (self.x[1] - self.x[0]) / width
        y = self.y[0] + step[1] * (self.y[1] - self.y[0]) / height
        grid = np.meshgrid(x, y)
        if self.projection == "north_polar":
            return unproject(grid[0], grid[1], self.centre)
        return (grid[0] + self.centre + 180) % 360 - 180, grid[1]


def fit_view(
    lon: Sequence[float] | np.ndarray,
    lat: Sequence[float] | np.ndarray,
    projection: Projection = "north_polar",
) -> View:
    """Return the view that holds some places.

    Parameters
    ----------
    lon, lat : sequence of float
        Longitudes and latitudes that have a value, degrees; those in the
        north at least for the polar projection.
    projection : {"north_polar", "plain"}
        Which one.

    Returns
    -------
    View
        The whole disc or globe, or the part of the disc that a single region
        needs.

    Examples
    --------
    >>> fit_view([10.0, 100.0, 200.0, 300.0], [50.0, 80.0]).whole
    True
    >>> fit_view([-130.0, -110.0], [55.0, 65.0]).centre
    -120.0
    """
    if projection == "plain":
        return View("plain", 0.0, (-180.0, 180.0), (-90.0, 90.0), whole=True)
    lon, lat = np.asarray(lon, float), np.asarray(lat, float)
    disc = View("north_polar", 0.0, (-1.01, 1.01), (-1.01, 1.01), whole=True)
    turned = np.sort(lon % 360)
    gaps = np.diff(np.append(turned, turned[0] + 360))
    span = 360 - gaps.max()
    if span > WIDE or lat.max() - lat.min() < 5:
        return disc
    west = turned[(gaps.argmax() + 1) % turned.size]
    centre = float((west + span / 2 + 180) % 360 - 180)
    lons = np.linspace(west - 4, west + span + 4, 60)
    lats = np.array([max(SOUTH, lat.min() - 3), min(90.0, lat.max() + 3)])
    grid = np.meshgrid(lons, lats)
    x, y = project(grid[0], grid[1], centre)
    limits = [(float(side.min()), float(side.max())) for side in (x, y)]
    return View("north_polar", centre, limits[0], limits[1], whole=False)


@lru_cache(maxsize=24)
def cells_of_pixels(
    view: View,
    longest: int,
    lat_bounds: tuple[tuple[float, float], ...],
    lon_bounds: tuple[tuple[float, float], ...],
) -> tuple[np.ndarray, np.ndarray]:
    """Return which row and which column of a grid each pixel shows.

    Parameters
    ----------
    view : View
        What is drawn.
    longest : int
        Pixels of its longer side.
    lat_bounds, lon_bounds : tuple of tuple of float
        Lower and upper bound of each row and column, degrees.

    Returns
    -------
    row, column : ndarray of int
        (height, width); -1 for a pixel that is in no cell.
    """
    lon, lat = view.places(longest)
    off = np.isnan(lat)
    rows = np.sort(np.array(lat_bounds), axis=1)
    row = _between(np.nan_to_num(lat), rows[:, 0], rows[:, 1])
    west, east = np.array(lon_bounds).T
    wide = np.round((east - west) % 360, 9)
    wide[wide == 0] = 360.0
    first = west.min()
    west = (west - first) % 360
    column = _between((np.nan_to_num(lon) - first) % 360, west, west + wide)
    none = off | (row < 0) | (column < 0)
    row[none] = column[none] = -1
    return row.astype(np.int16), column.astype(np.int16)


def _between(at: np.ndarray, low: np.ndarray, high: np.ndarray) -> np.ndarray:
    order = np.argsort(low)
    place = np.searchsorted(low[order], at, side="right") - 1
    index = order[place.clip(0)]
    return np.where((place >= 0) & (at <= high[index]), index, -1)

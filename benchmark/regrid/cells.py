"""The cells of any grid as one list: centres, corners and sizes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

import numpy as np
import xarray as xr

from benchmark.regrid.axis import Grid
from benchmark.regrid.grid import AXES, grid_of
from benchmark.regrid.mesh import has_mesh, mesh_of
from benchmark.regrid.plane import mesh_area


@dataclass(frozen=True, eq=False)
class Cells:
    """Cells in the order in which an overlap numbers them.

    Parameters
    ----------
    lat, lon : numpy.ndarray
        Centres (cell,), degrees.
    corner_lat, corner_lon : numpy.ndarray
        Corners (cell, corner), degrees.
    area : numpy.ndarray
        Areas (cell,), m2.
    shape : tuple of int
        Sizes of the horizontal dimensions.
    """

    lat: np.ndarray
    lon: np.ndarray
    corner_lat: np.ndarray
    corner_lon: np.ndarray
    area: np.ndarray
    shape: tuple[int, ...]

    @property
    def size(self) -> int:
        """How many cells there are."""
        return int(self.lat.size)

    @cached_property
    def centres(self) -> np.ndarray:
        """Centres (cell, 3) on the unit sphere."""
        return unit_vectors(self.lat, self.lon)

    @cached_property
    def radius(self) -> np.ndarray:
        """Chord (cell,) from each centre to its farthest corner, radii."""
        corners = unit_vectors(self.corner_lat, self.corner_lon)
        away = np.linalg.norm(corners - self.centres[:, None], axis=-1)
        return np.asarray(away.max(axis=1))

    @cached_property
    def digest(self) -> str:
        """Hash of the corners and centres, rounded to 1e-9 degrees."""
        text = sha256(str((self.shape, self.corner_lat.shape)).encode())
        for values in (self.corner_lat, self.lat):
            text.update((np.round(values, 9) + 0.0).astype("<f8").tobytes())
        for values in (self.corner_lon, self.lon):
            # Rounded first: what is just below 360 is 0.
            turned = np.round(values, 9) % 360.0
            text.update((turned + 0.0).astype("<f8").tobytes())
        return text.hexdigest()


def cells_in(grid: Grid) -> Cells:
    """Return the cells of a grid, rectilinear or a mesh.

    Parameters
    ----------
    grid : xarray.Dataset or xarray.DataArray
        Carries bounds in degrees, or a mesh.

    Returns
    -------
    Cells
        In C order of (lat, lon), or in the order of the mesh.

    Raises
    ------
    InputError
        If bounds are missing or a cell has no width.

    Examples
    --------
    >>> import xarray as xr
    >>> cells = cells_in(xr.Dataset({
    ...     "lat_bnds": (("lat", "bnds"), [[0.0, 30.0]]),
    ...     "lon_bnds": (("lon", "bnds"), [[-5.0, 5.0], [5.0, 15.0]]),
    ... }))
    >>> cells.lon.tolist(), cells.corner_lat[0].tolist()
    ([0.0, 10.0], [0.0, 0.0, 30.0, 30.0])
    """
    if has_mesh(grid):
        mesh = mesh_of(grid)
        corners = mesh.corner_lat, mesh.corner_lon
        return Cells(mesh.lat, mesh.lon, *corners, mesh_area(mesh), (mesh.size,))
    return _rectangles(grid_of(grid))


def unit_vectors(lat: np.ndarray, lon: np.ndarray) -> np.ndarray:
    """Return positions on the unit sphere.

    Parameters
    ----------
    lat, lon : numpy.ndarray
        Any shape, degrees.

    Returns
    -------
    numpy.ndarray
        The shape and 3: x through (0, 0), z through the north pole.

    Examples
    --------
    >>> unit_vectors(np.array([0.0, 90.0]), np.array([0.0, 0.0])).round(9).tolist()
    [[1.0, 0.0, 0.0], [0.0, 0.0, 1.0]]
    """
    phi, theta = np.radians(lat), np.radians(lon)
    flat = np.cos(phi)
    return np.stack([flat * np.cos(theta), flat * np.sin(theta), np.sin(phi)], axis=-1)


def _rectangles(grid: xr.Dataset) -> Cells:
    south, north, west, east = (
        np.asarray(grid[name], dtype="float64")
        for name in ("lat_south", "lat_north", "lon_west", "lon_east")
    )
    shape = (south.size, west.size)
    lat, lon = (np.asarray(grid[name], dtype="float64") for name in AXES)
    corner_lat = np.stack([south, south, north, north], axis=-1)[:, None]
    corner_lon = np.stack([west, east, east, west], axis=-1)[None]
    return Cells(
        np.repeat(lat, lon.size),
        np.tile(lon, lat.size),
        np.broadcast_to(corner_lat, (*shape, 4)).reshape(-1, 4),
        np.broadcast_to(corner_lon, (*shape, 4)).reshape(-1, 4),
        np.asarray(grid["cell_area"], dtype="float64").ravel(),
        shape,
    )

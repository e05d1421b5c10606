"""The cell of a grid or mesh that contains a place."""

from __future__ import annotations

import numpy as np

from benchmark.regrid.axis import Grid
from benchmark.regrid.cells import unit_vectors
from benchmark.regrid.grid import grid_of
from benchmark.regrid.mesh import Mesh, has_mesh, mesh_of

NOWHERE = -1
"""Stands for the cell of a place that lies in none."""

# Edges of neighbours differ by the rounding of float32, degrees.
_ROUNDING = 1e-5
_ON_EDGE = 1e-9


def cells_containing(grid: Grid, lat: np.ndarray, lon: np.ndarray) -> np.ndarray:
    """Return which cell contains each place, never one that is only near.

    Parameters
    ----------
    grid : xarray.Dataset or xarray.DataArray
        Latitude-longitude cells with bounds in degrees, or a mesh whose edges
        are arcs of great circles.
    lat, lon : numpy.ndarray
        Places (site,), degrees; longitudes of any offset.

    Returns
    -------
    numpy.ndarray of int
        Numbers of the cells (site,), in C order of (lat, lon) or in the order
        of the mesh; `NOWHERE` outside of all. A place on an edge belongs to the
        cell north and east of it; on a mesh to the first that it touches.

    Raises
    ------
    InputError
        If bounds are missing or a cell has no width.

    Examples
    --------
    >>> import xarray as xr
    >>> grid = xr.Dataset({
    ...     "lat_bnds": (("lat", "bnds"), [[60.0, 70.0], [50.0, 60.0]]),
    ...     "lon_bnds": (("lon", "bnds"), [[170.0, 180.0], [180.0, 190.0]]),
    ... })
    >>> lat, lon = np.array([65.0, 55.0, 60.0, 65.0]), np.array([175.0, -175, 180, 10])
    >>> cells_containing(grid, lat, lon).tolist()
    [0, 3, 1, -1]
    """
    lat, lon = np.asarray(lat, dtype=float), np.asarray(lon, dtype=float)
    if has_mesh(grid):
        return _in_polygons(mesh_of(grid), lat, lon)
    return _in_rectangles(grid_of(grid), lat, lon)


def _in_rectangles(grid: Grid, lat: np.ndarray, lon: np.ndarray) -> np.ndarray:
    south, north, west, east = (
        np.asarray(grid[name], dtype="float64")
        for name in ("lat_south", "lat_north", "lon_west", "lon_east")
    )
    above = lat[:, None] - south
    inside = (above >= -_ROUNDING) & (lat[:, None] <= north + _ROUNDING)
    row, in_row = _nearest_edge(above, inside)
    # Just west of an edge is not a whole turn east of it.
    beyond = (lon[:, None] - west + _ROUNDING) % 360.0 - _ROUNDING
    column, in_column = _nearest_edge(beyond, beyond <= east - west + _ROUNDING)
    return np.where(in_row & in_column, row * west.size + column, NOWHERE)


def _nearest_edge(
    distance: np.ndarray, inside: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return of the cells that hold each place the one that begins nearest to it."""
    chosen = np.where(inside, distance, np.inf).argmin(axis=1)
    return chosen, np.asarray(inside.any(axis=1))


def _in_polygons(mesh: Mesh, lat: np.ndarray, lon: np.ndarray) -> np.ndarray:
    from scipy.spatial import cKDTree

    places, centres = unit_vectors(lat, lon), unit_vectors(mesh.lat, mesh.lon)
    corners = unit_vectors(mesh.corner_lat, mesh.corner_lon)
    radius = np.linalg.norm(corners - centres[:, None], axis=-1).max(axis=1)
    near = cKDTree(places).query_ball_point(centres, radius + _ON_EDGE)
    cell = np.repeat(np.arange(mesh.size), [len(found) for found in near])
    site = np.array([number for found in near for number in found], dtype=int)
    held = _holds(corners[cell], places[site])
    result = np.full(lat.size, NOWHERE)
    # The first of those that a place on an edge touches.
    site, cell = site[held][::-1], cell[held][::-1]
    result[site] = cell
    return result


def _holds(corners: np.ndarray, place: np.ndarray) -> np.ndarray:
    """Tell whether polygons (pair, corner, 3) hold places (pair, 3).

    Seen from the centre of the sphere on the plane that touches it at the
    place, great circles are straight lines: the place is inside if the polygon
    winds around it.
    """
    ahead = np.einsum("pcx,px->pc", corners, place)
    visible = (ahead > 0).all(axis=1)
    flat = corners / np.where(ahead > 0, ahead, 1.0)[..., None] - place[:, None]
    after = np.roll(flat, -1, axis=1)
    turn = np.einsum("px,pcx->pc", place, np.cross(flat, after))
    along = (flat * after).sum(-1)
    winding = np.arctan2(turn, along).sum(axis=1)
    return visible & ((np.abs(winding) > np.pi) | _touches(flat, after))


def _touches(start: np.ndarray, end: np.ndarray) -> np.ndarray:
    """Tell whether an edge (pair, corner, 3) runs through the origin."""
    side = end - start
    length = (side**2).sum(-1)
    share = -(start * side).sum(-1) / np.where(length > 0, length, 1.0)
    nearest = start + np.clip(share, 0.0, 1.0)[..., None] * side
    return np.asarray((np.linalg.norm(nearest, axis=-1) <= _ON_EDGE).any(axis=1))

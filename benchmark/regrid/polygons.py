"""First-order conservative overlap of a mesh with a latitude-longitude grid."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from benchmark.errors import InputError, NoOverlapError
from benchmark.regrid.axis import Axis, Grid, read_axis
from benchmark.regrid.cached import cached_overlap
from benchmark.regrid.conservative import areas_between
from benchmark.regrid.grid import EARTH_RADIUS, grid_of
from benchmark.regrid.mesh import Mesh, has_mesh, mesh_of
from benchmark.regrid.overlap import Overlap, regridders
from benchmark.regrid.plane import arc_rings, batches, mesh_area
from benchmark.regrid.sweep import shared_areas

if TYPE_CHECKING:
    from scipy.sparse import csr_array

ROUNDING = 1e-9
"""A share of the smaller of two cells below this comes from rounding."""


@regridders.register("polygons")
def build_polygons(source: Grid, target: Grid) -> Overlap:
    """Return the areas that cells of a mesh share with those of a grid.

    First order, as Jones (1999), for cells of any shape: edges of the mesh
    are arcs of great circles, edges of the target parallels and meridians.
    Crossings and areas are closed forms, so that each share is exact to
    rounding.

    Parameters
    ----------
    source : xarray.DataArray
        Field on a mesh, from :func:`benchmark.regrid.with_mesh`.
    target : xarray.Dataset or xarray.DataArray
        Grid with lat_bnds (lat, bnds) and lon_bnds (lon, bnds), degrees.

    Returns
    -------
    Overlap
        Shared areas (n_target, n_source) and the cell areas, m2.

    Raises
    ------
    InputError
        If the source carries no mesh or the target's bounds are wrong.
    NoOverlapError
        If they share no area.

    References
    ----------
    Jones, P. W. (1999), doi:10.1175/1520-0493(1999)127<2204:FASOCR>2.0.CO;2

    Examples
    --------
    >>> import xarray as xr
    >>> from benchmark.regrid import with_mesh
    >>> octant = Mesh(
    ...     np.array([35.0]), np.array([45.0]),
    ...     np.array([[0.0, 0.0, 90.0]]), np.array([[0.0, 90.0, 0.0]]),
    ... )
    >>> field = xr.DataArray([1.0], dims="cell")
    >>> halves = xr.Dataset({
    ...     "lat_bnds": (("lat", "bnds"), [[-90.0, 30.0], [30.0, 90.0]]),
    ...     "lon_bnds": (("lon", "bnds"), [[0.0, 360.0]]),
    ... })
    >>> overlap = build_polygons(with_mesh(field, octant, mesh_area(octant)), halves)
    >>> (overlap.matrix.toarray()[:, 0] / overlap.source_area).round(6).tolist()
    [0.5, 0.5]
    """
    if not has_mesh(source):
        msg = (
            f"method 'polygons' needs a field on a mesh; found dimensions "
            f"{tuple(source.dims)}. Write method 'conservative', or none."
        )
        raise InputError(msg)
    # Raise the number when the same grids would give another overlap.
    return cached_overlap("polygons 2", source, target, lambda: _build(source, target))


def _build(source: Grid, target: Grid) -> Overlap:
    mesh = mesh_of(source)
    lat, lon = read_axis(target, "lat"), read_axis(target, "lon")
    source_area, target_area = mesh_area(mesh), areas_between(lat, lon)
    matrix = _overlap(mesh, (lat, lon), source_area, target_area)
    if matrix.nnz == 0:
        msg = (
            f"The mesh ({mesh.description}, {mesh.size} cells) and the target share "
            f"no area: its centres are within latitude {mesh.lat.min():g}.."
            f"{mesh.lat.max():g} and longitude {mesh.lon.min():g}..{mesh.lon.max():g}, "
            f"the target within {lat.edges[0]:g}..{lat.edges[-1]:g} and "
            f"{lon.edges[0]:g}..{lon.edges[-1]:g} degrees."
        )
        raise NoOverlapError(msg)
    return Overlap(matrix, source_area, target_area, grid_of(target))


def _overlap(
    mesh: Mesh,
    axes: tuple[Axis, Axis],
    source_area: np.ndarray,
    target_area: np.ndarray,
) -> csr_array:
    from scipy.sparse import coo_array

    lat, lon = axes
    edges = np.sin(np.radians(lat.edges)), lon.edges
    found = []
    for cells in batches(mesh):
        for cell, row, column, area in shared_areas(arc_rings(mesh, cells), *edges):
            source = cell + cells.start
            destination = lat.order[row] * lon.order.size + lon.order[column]
            shared = np.radians(area) * EARTH_RADIUS**2
            least = np.minimum(source_area[source], target_area[destination])
            kept = shared > ROUNDING * least
            found.append((shared[kept], destination[kept], source[kept]))
    shared, rows, columns = (np.concatenate(part) for part in zip(*found, strict=True))
    shape = (target_area.size, source_area.size)
    return coo_array((shared, (rows, columns)), shape=shape).tocsr()

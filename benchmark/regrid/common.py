"""The grid on which a model and a reference are compared."""

import numpy as np
import xarray as xr

from benchmark.errors import NoOverlapError
from benchmark.regrid.axis import Grid
from benchmark.regrid.conservative import build_conservative
from benchmark.regrid.grid import EARTH_RADIUS, grid_of
from benchmark.regrid.mesh import Mesh, has_mesh, mesh_of
from benchmark.regrid.overlap import Overlap
from benchmark.regrid.plane import batches, mesh_area, rings
from benchmark.regrid.polygons import build_polygons

ROWS = sorted(2**a * 3**b * 5**c for a in range(12) for b in range(3) for c in range(6))
"""Numbers of rows of regular grids whose step is a finite decimal number."""


def common_grid(a: Grid, b: Grid) -> xr.Dataset:
    """Return the coarser of two grids, uncut, as latitude by longitude.

    Coarser is the grid with the larger mean cell area over the extent that
    both cover. Grids within 1 % of each other are tied, and the second,
    by convention the reference's, is returned. A mesh is never returned:
    of a mesh and a grid within 1 % the grid is, and in place of a coarser
    mesh a regular grid with about its mean cell area, over its latitudes.

    Parameters
    ----------
    a, b : xarray.Dataset or xarray.DataArray
        Grids with bounds in degrees, or fields on a mesh; `b` is the
        reference's.

    Returns
    -------
    xarray.Dataset
        The coarser grid, as :func:`grid_of` gives it.

    Raises
    ------
    InputError
        If bounds are missing or wrong.
    NoOverlapError
        If the grids share no area.

    Examples
    --------
    >>> import xarray as xr
    >>> def band(edges):
    ...     pairs = list(zip(edges[:-1], edges[1:]))
    ...     return xr.Dataset({
    ...         "lat_bnds": (("lat", "bnds"), [[0.0, 30.0]]),
    ...         "lon_bnds": (("lon", "bnds"), pairs),
    ...     })
    >>> dict(common_grid(band(range(0, 91, 10)), band(range(0, 91, 30))).sizes)
    {'lat': 1, 'bnds': 2, 'lon': 3}
    """
    if has_mesh(a) and has_mesh(b):
        return _between_meshes(a, b)
    if has_mesh(a) or has_mesh(b):
        field, grid = (a, b) if has_mesh(a) else (b, a)
        overlap = build_polygons(field, grid_of(grid))
        mesh_cells, grid_cells = _cells(overlap)
        if grid_cells <= 1.01 * mesh_cells:
            return grid_of(grid)
        return _regular(mesh_of(field), overlap.matrix.sum() / mesh_cells)
    cells_a, cells_b = _cells(build_conservative(grid_of(a), grid_of(b)))
    return grid_of(a if cells_a < 0.99 * cells_b else b)


def _cells(overlap: Overlap) -> tuple[float, float]:
    """Return how many source and target cells the shared extent holds."""
    some = overlap.source_area > 0.0
    source = overlap.matrix.sum(axis=0)[some] / overlap.source_area[some]
    return source.sum(), (overlap.matrix.sum(axis=1) / overlap.target_area).sum()


def _between_meshes(a: Grid, b: Grid) -> xr.Dataset:
    """Compare mean areas where both meshes are, on a grid like the first."""
    area = mesh_area(mesh_of(a))
    grid = _regular(mesh_of(a), float(area[area > 0.0].mean()))
    overlaps = build_polygons(a, grid), build_polygons(b, grid)
    covered = [overlap.matrix.sum(axis=1) > 0.0 for overlap in overlaps]
    shared = np.flatnonzero(covered[0] & covered[1])
    if not shared.size:
        msg = (
            f"The meshes share no area: {mesh_of(a).description} and "
            f"{mesh_of(b).description}."
        )
        raise NoOverlapError(msg)
    means = []
    for overlap in overlaps:
        within = overlap.matrix[shared].sum(axis=0)
        some = within > 0.0
        means.append(within.sum() / (within[some] / overlap.source_area[some]).sum())
    coarser = 0 if means[0] > 1.01 * means[1] else 1
    return _regular(mesh_of((a, b)[coarser]), means[coarser])


def _regular(mesh: Mesh, mean_area: float) -> xr.Dataset:
    """Return a regular grid of about this cell area over a mesh's latitudes."""
    side = np.degrees(np.sqrt(mean_area) / EARTH_RADIUS)
    rows = ROWS[int(np.argmin(np.abs(np.log(np.array(ROWS) * side / 180.0))))]
    reach = _latitudes(mesh)
    first = int(np.floor((reach[0] + 90.0) * rows / 180.0 + 1e-6))
    last = min(int(np.ceil((reach[1] + 90.0) * rows / 180.0 - 1e-6)), rows)
    edges = {
        "lat": 180.0 * np.arange(first, last + 1) / rows - 90.0,
        "lon": 180.0 * np.arange(-rows, rows + 1) / rows,
    }
    bounds = {
        f"{name}_bnds": ((name, "bnds"), np.column_stack([edge[:-1], edge[1:]]))
        for name, edge in edges.items()
    }
    return grid_of(xr.Dataset(coords=bounds))


def _latitudes(mesh: Mesh) -> tuple[float, float]:
    """Return the limits of the cells, which reach past corners and round poles."""
    sines = [rings(mesh, cells).sine for cells in batches(mesh)]
    limits = np.degrees(
        np.arcsin([f(s) for f in (np.min, np.max) for s in sines if s.size])
    )
    return float(limits.min()), float(limits.max())

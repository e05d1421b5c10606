"""The source cell whose centre is nearest: for maps of classes."""

from __future__ import annotations

import numpy as np

from benchmark.errors import NoOverlapError
from benchmark.regrid.axis import Grid
from benchmark.regrid.cells import Cells, cells_in
from benchmark.regrid.grid import grid_of
from benchmark.regrid.overlap import Overlap, regridders

NEIGHBOURS = 4
"""How many near cells may hold a position before it lies outside them all."""


@regridders.register("nearest")
def build_nearest(source: Grid, target: Grid) -> Overlap:
    """Return an overlap that gives each target cell one source cell.

    Values are copied, never averaged, so that classes stay classes. Integrals
    are not conserved. A target cell whose centre lies in none of the source
    cells around it gets nothing: the source ends there. A cell reaches as far
    as its farthest corner.

    Parameters
    ----------
    source, target : xarray.Dataset or xarray.DataArray
        Grids with bounds in degrees; the source may be a mesh.

    Returns
    -------
    Overlap
        One entry per target cell, its own area, m2; where two centres are as
        near, the first of them.

    Raises
    ------
    InputError
        If bounds are missing or wrong.
    NoOverlapError
        If no target centre lies within the source.

    Examples
    --------
    >>> import xarray as xr
    >>> def band(edges):
    ...     pairs = list(zip(edges[:-1], edges[1:]))
    ...     return xr.Dataset({
    ...         "lat_bnds": (("lat", "bnds"), [[0.0, 30.0]]),
    ...         "lon_bnds": (("lon", "bnds"), pairs),
    ...     })
    >>> overlap = build_nearest(band([0, 10, 20]), band([0, 8, 16, 60]))
    >>> (overlap.matrix.toarray() / overlap.target_area[:, None]).tolist()
    [[1.0, 0.0], [0.0, 1.0], [0.0, 0.0]]
    """
    from scipy.sparse import coo_array

    cells, wanted = cells_in(source), cells_in(target)
    nearest, inside = _nearest(cells, wanted)
    rows = np.flatnonzero(inside)
    if rows.size == 0:
        msg = "No centre of the target grid lies within the source grid."
        raise NoOverlapError(msg)
    matrix = coo_array(
        (wanted.area[rows], (rows, nearest[rows])), shape=(wanted.size, cells.size)
    )
    return Overlap(
        matrix.tocsr(),
        cells.area,
        wanted.area,
        grid_of(target),
        ("nearest source cell: integrals are not conserved",),
    )


def _nearest(cells: Cells, wanted: Cells) -> tuple[np.ndarray, np.ndarray]:
    """Return the nearest source cell, and whether the position is in the source."""
    from scipy.spatial import cKDTree

    count = min(NEIGHBOURS, cells.size)
    found = cKDTree(cells.centres).query(wanted.centres, k=list(range(1, count + 1)))
    # Rounded, so that what is equally far does not depend on the last digit.
    distance, index = np.round(np.asarray(found[0]), 12), np.asarray(found[1])
    first = distance == distance.min(axis=1, keepdims=True)
    nearest = np.where(first, index, cells.size).min(axis=1)
    inside = (distance <= cells.radius[index] * (1.0 + 1e-9)).any(axis=1)
    return nearest, np.asarray(inside)

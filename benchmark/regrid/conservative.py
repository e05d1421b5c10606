"""First-order conservative overlap of latitude-longitude grids.

Cells bounded by parallels and meridians are rectangles in (longitude,
sine of latitude), where area is preserved. Their overlap is therefore the
product of two one-dimensional overlaps, exact to rounding.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from benchmark.errors import NoOverlapError
from benchmark.regrid.axis import Axis, Grid, read_axis
from benchmark.regrid.grid import EARTH_RADIUS, grid_of, same_grid, sine_difference
from benchmark.regrid.overlap import Overlap, regridders

if TYPE_CHECKING:
    from scipy.sparse import csr_array

ROUNDING = 3e-13
"""Intervals shorter than this (degrees) come from the rounding of edges."""


@regridders.register("conservative")
def build_conservative(source: Grid, target: Grid) -> Overlap:
    """Return the areas that the cells of two grids share.

    Follows Jones (1999) in first order, but with exact cells: edges are
    parallels and meridians, not great circles. Longitudes may differ by any
    multiple of 360 degrees and latitude may ascend or descend.

    Parameters
    ----------
    source, target : xarray.Dataset or xarray.DataArray
        Grids with lat_bnds (lat, bnds) and lon_bnds (lon, bnds), degrees.

    Returns
    -------
    Overlap
        Shared areas (n_target, n_source) and the cell areas, m2.

    Raises
    ------
    InputError
        If bounds are missing or not contiguous.
    NoOverlapError
        If the grids share no area.

    References
    ----------
    Jones, P. W. (1999), doi:10.1175/1520-0493(1999)127<2204:FASOCR>2.0.CO;2

    Examples
    --------
    >>> import xarray as xr
    >>> def band(edges):
    ...     pairs = list(zip(edges[:-1], edges[1:]))
    ...     return xr.Dataset({
    ...         "lat_bnds": (("lat", "bnds"), [[0.0, 30.0]]),
    ...         "lon_bnds": (("lon", "bnds"), pairs),
    ...     })
    >>> overlap = build_conservative(band([0, 90, 180]), band([60, 180]))
    >>> (overlap.matrix.toarray() / overlap.target_area[:, None]).round(3)
    array([[0.25, 0.75]])
    """
    from scipy.sparse import diags_array, kron

    lat = read_axis(source, "lat"), read_axis(target, "lat")
    lon = read_axis(source, "lon"), read_axis(target, "lon")
    source_area, target_area = (
        areas_between(*axes) for axes in zip(lat, lon, strict=True)
    )
    if same_grid(source, target):
        # Bounds that differ by rounding must not make slivers.
        matrix = diags_array(target_area, format="csr")
    else:
        parts = _latitude_overlap(*lat), _longitude_overlap(*lon)
        _check_overlap(parts, lat, lon)
        matrix = kron(*parts, format="csr") * EARTH_RADIUS**2
    return Overlap(matrix, source_area, target_area, grid_of(target))


def areas_between(lat: Axis, lon: Axis) -> np.ndarray:
    """Return the areas of cells between parallels and meridians.

    Parameters
    ----------
    lat, lon : Axis
        Their edges.

    Returns
    -------
    numpy.ndarray
        Areas (lat x lon,) in the order of the grid, m2.
    """
    height = np.empty(lat.order.size)
    width = np.empty(lon.order.size)
    height[lat.order] = sine_difference(lat.edges[:-1], lat.edges[1:])
    width[lon.order] = np.radians(np.diff(lon.edges))
    return EARTH_RADIUS**2 * np.outer(height, width).ravel()


def _latitude_overlap(source: Axis, target: Axis) -> csr_array:
    i, j, lower, upper = _intervals(source.edges, target.edges)
    shared = sine_difference(lower, upper)
    return _sparse(shared, target.order[j], source.order[i], target, source)


def _longitude_overlap(source: Axis, target: Axis) -> csr_array:
    pieces = [
        _intervals(source.edges + shift, target.edges)
        for shift in _shifts(source.edges, target.edges)
    ]
    if not pieces:
        return _sparse(
            np.array([]), np.array([], int), np.array([], int), target, source
        )
    i, j, lower, upper = (np.concatenate(part) for part in zip(*pieces, strict=True))
    shared = np.radians(upper - lower)
    return _sparse(shared, target.order[j], source.order[i], target, source)


def _shifts(source: np.ndarray, target: np.ndarray) -> Iterator[float]:
    """Yield the whole turns that bring the source onto the target."""
    first = np.ceil((target[0] - source[-1]) / 360.0)
    last = np.floor((target[-1] - source[0]) / 360.0)
    yield from 360.0 * np.arange(first, last + 1.0)


def _intervals(
    source: np.ndarray, target: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Cut two chains of cells at all their edges; return who owns each piece."""
    edges = np.unique(np.concatenate([source, target]))
    lower, upper = edges[:-1], edges[1:]
    middle = (lower + upper) / 2.0
    i = np.searchsorted(source, middle) - 1
    j = np.searchsorted(target, middle) - 1
    inside = _within(i, source) & _within(j, target)
    kept = inside & (upper - lower > ROUNDING)
    return i[kept], j[kept], lower[kept], upper[kept]


def _within(cells: np.ndarray, edges: np.ndarray) -> np.ndarray:
    return (cells >= 0) & (cells < edges.size - 1)


def _sparse(
    shared: np.ndarray,
    rows: np.ndarray,
    columns: np.ndarray,
    target: Axis,
    source: Axis,
) -> csr_array:
    from scipy.sparse import coo_array

    shape = (target.order.size, source.order.size)
    return coo_array((shared, (rows, columns)), shape=shape).tocsr()


def _check_overlap(
    parts: tuple[csr_array, csr_array],
    lat: tuple[Axis, Axis],
    lon: tuple[Axis, Axis],
) -> None:
    for part, (source, target), name in zip(
        parts, (lat, lon), ("lat", "lon"), strict=True
    ):
        if part.nnz == 0:
            msg = (
                f"The grids do not overlap along {name}: the source covers "
                f"{source.edges[0]:g}..{source.edges[-1]:g} and the target "
                f"{target.edges[0]:g}..{target.edges[-1]:g} degrees."
            )
            raise NoOverlapError(msg)

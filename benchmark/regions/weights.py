"""How much of each grid cell lies inside each region."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import xarray as xr

from benchmark.errors import InputError
from benchmark.regions.geometry import polygonal
from benchmark.regions.mesh_weights import mesh_shares
from benchmark.regions.region_set import Regions
from benchmark.regrid.mesh import CELL, has_mesh, mesh_of

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

#: Limits of the cells of a field, which cannot hold two-dimensional bounds.
EDGES = {"lat": ("lat_south", "lat_north"), "lon": ("lon_west", "lon_east")}
#: A share of a cell below this is rounding, not overlap.
NEGLIGIBLE = 1e-9


def region_weights(regions: Regions, grid: xr.Dataset | xr.DataArray) -> xr.DataArray:
    r"""Compute the fraction of each cell's area inside each region.

    Longitude and the sine of latitude span an equal-area plane in which a
    cell between parallels and meridians is a rectangle, so the fraction is

    .. math:: w_{rij} = A(P_r \cap C_{ij}) / A(C_{ij})

    with planar areas. It is exact for boxes. Edges of other polygons are
    straight in longitude and latitude and cut into pieces of 0.1 degree,
    which are taken as straight in the plane.

    The grid is halved again and again; a block wholly inside or outside a
    region is settled at once, so time goes to the cells on its boundary.

    Parameters
    ----------
    regions : Regions
        The regions.
    grid : xarray.Dataset or xarray.DataArray
        Rectilinear grid with dimensions ``lat`` and ``lon`` and cell
        limits ``lat_bnds`` (lat, bnds) and ``lon_bnds`` (lon, bnds) in
        degrees, or the one-dimensional edges of `EDGES`. Longitudes may
        have any offset, latitudes any direction. Or a field on a mesh, from
        :func:`benchmark.regrid.with_mesh`.

    Returns
    -------
    xarray.DataArray
        Dimensions (region, lat, lon), or (region, cell) for a mesh, values
        0..1, with coordinates ``region`` (ids) and ``region_name``. A region
        outside the grid has zeros.

    Raises
    ------
    InputError
        If the grid has no cell limits, is not rectilinear, or has a cell
        without area.

    Examples
    --------
    >>> from benchmark.regions import box
    >>> grid = xr.Dataset(
    ...     coords={
    ...         "lat": [75.0],
    ...         "lon": [0.0, 90.0],
    ...         "lat_bnds": (("lat", "bnds"), [[60.0, 90.0]]),
    ...         "lon_bnds": (("lon", "bnds"), [[-45.0, 45.0], [45.0, 135.0]]),
    ...     }
    ... )
    >>> east = box("east", lat=(60, 90), lon=(0, 180))
    >>> region_weights(Regions("half", (east,)), grid).values.tolist()
    [[[0.5, 1.0]]]
    """
    planes = [_plane(region.geometry) for region in regions]
    if has_mesh(grid):
        mesh = mesh_of(grid)
        centres = {"lat": (CELL, mesh.lat), "lon": (CELL, mesh.lon)}
        return _dress(regions, mesh_shares(planes, mesh), (CELL,), centres)
    rows, columns = _rows(grid), _columns(grid)
    shares = np.zeros((len(regions), len(rows.order), len(columns.order)))
    _fill(shares, planes, rows, columns)
    weights = np.zeros_like(shares)
    weights[:, rows.order[:, None], columns.order] = shares
    coords = {name: grid[name] for name in ("lat", "lon") if name in grid.coords}
    return _dress(regions, weights, ("lat", "lon"), coords)


def _dress(
    regions: Regions,
    weights: np.ndarray,
    dims: tuple[str, ...],
    coords: Mapping[str, object],
) -> xr.DataArray:
    return xr.DataArray(
        weights,
        dims=("region", *dims),
        coords={
            "region": ("region", regions.ids, {"standard_name": "region"}),
            "region_name": ("region", regions.names),
            **coords,
        },
        name="region_weights",
        attrs={
            "long_name": "fraction of the cell inside the region",
            "units": "1",
            "region_set": regions.name,
        },
    )


class _Axis(NamedTuple):
    """Cell limits along one axis of the plane, ascending."""

    low: np.ndarray
    high: np.ndarray
    order: np.ndarray


def _rows(grid: xr.Dataset | xr.DataArray) -> _Axis:
    limits = np.clip(_limits(grid, "lat"), -90, 90)
    return _axis(np.sin(np.radians(limits.min(1))), np.sin(np.radians(limits.max(1))))


def _columns(grid: xr.Dataset | xr.DataArray) -> _Axis:
    """Start every cell within -180..180; its end may lie past the dateline."""
    west, east = _limits(grid, "lon").T
    width = east - west
    swapped = (width < 0) & (width > -180)
    start = (np.where(swapped, east, west) + 180) % 360 - 180
    width = np.where(width < -180, width + 360, np.abs(width))
    return _axis(start, start + width)


def _limits(grid: xr.Dataset | xr.DataArray, axis: str) -> np.ndarray:
    """Read (cell, 2) limits from bounds, or from edges beside a field."""
    available = sorted(map(str, (*grid.coords, *getattr(grid, "data_vars", ()))))
    name, edges = f"{axis}_bnds", EDGES[axis]
    if name in available:
        _check_rectilinear(grid[name], axis)
        limits = grid[name].transpose(axis, ...).values
    elif set(edges) <= set(available):
        limits = np.column_stack([grid[edge].values for edge in edges])
    else:
        msg = (
            f"the grid has no '{name}'; found {available}. Region weights need "
            "the limits of every cell: add lat_bnds (lat, bnds) and lon_bnds "
            "(lon, bnds) in degrees."
        )
        raise InputError(msg)
    empty = ~(np.abs(np.diff(limits, axis=1)) > 0)
    if limits.shape[1:] != (2,) or empty.any():
        msg = (
            f"'{name}' must be ({axis}, 2) with a finite, non-zero extent in every "
            f"cell; found shape {limits.shape}, {int(empty.sum())} empty cells."
        )
        raise InputError(msg)
    return limits.astype(float)


def _check_rectilinear(bounds: xr.DataArray, axis: str) -> None:
    if axis not in bounds.dims or bounds.ndim != 2:
        msg = (
            f"'{bounds.name}' must have the dimensions ({axis}, bnds), found "
            f"{bounds.dims}. Only rectilinear grids have region weights: "
            "regrid the data first."
        )
        raise InputError(msg)


def _axis(low: np.ndarray, high: np.ndarray) -> _Axis:
    order = np.argsort(low, kind="stable")
    return _Axis(low[order], high[order], order)


def _plane(geometry: "BaseGeometry") -> "BaseGeometry":
    """Map longitude and latitude (degrees) to longitude and sine of latitude."""
    import shapely

    plane = shapely.transform(
        geometry,
        lambda points: np.column_stack(
            [points[:, 0], np.sin(np.radians(points[:, 1]))]
        ),
    )
    # Bending the edges can make two that nearly touch cross.
    return plane if plane.is_valid else polygonal(shapely.make_valid(plane))


def _fill(
    shares: np.ndarray, planes: list["BaseGeometry"], rows: _Axis, columns: _Axis
) -> None:
    """Add to `shares` (region, lat, lon), halving blocks until they are settled.

    A block is (region, first row, past last row, first column, past last
    column) with the piece of the region inside it. Every region starts
    twice, once a turn to the east for cells that reach past the dateline.
    """
    import shapely
    from shapely.affinity import translate

    count, n_rows, n_columns = shares.shape
    pieces = np.array([*planes, *(translate(plane, 360) for plane in planes)])
    blocks = np.array([[n % count, 0, n_rows, 0, n_columns] for n in range(2 * count)])
    while len(blocks):
        west, east = _extent(columns, blocks[:, 3], blocks[:, 4])
        south, north = _extent(rows, blocks[:, 1], blocks[:, 2])
        pieces = _polygons(
            shapely.intersection(pieces, shapely.box(west, south, east, north))
        )
        share = shapely.area(pieces) / ((east - west) * (north - south))
        cells = (blocks[:, 2] - blocks[:, 1]) * (blocks[:, 4] - blocks[:, 3])
        settled = (cells == 1) | (share > 1 - NEGLIGIBLE)
        for (region, top, bottom, left, right), value in zip(
            blocks[settled], share[settled], strict=True
        ):
            shares[region, top:bottom, left:right] += value
        undecided = ~settled & (share > 0)
        blocks, pieces = _halve(blocks[undecided], pieces[undecided])
    shares[shares < NEGLIGIBLE] = 0
    shares[shares > 1 - NEGLIGIBLE] = 1


def _extent(
    axis: _Axis, first: np.ndarray, past_last: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    return axis.low[first], axis.high[past_last - 1]


def _polygons(pieces: np.ndarray) -> np.ndarray:
    """Reduce collections to polygons, which is what can be cut again."""
    import shapely

    collections = shapely.get_type_id(pieces) == shapely.GeometryType.GEOMETRYCOLLECTION
    for index in np.flatnonzero(collections):
        pieces[index] = polygonal(pieces[index])
    return pieces


def _halve(blocks: np.ndarray, pieces: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Cut every block in two across its side with more cells."""
    region, top, bottom, left, right = blocks.T
    tall = bottom - top > right - left
    row = np.where(tall, (top + bottom) // 2, bottom)
    column = np.where(tall, right, (left + right) // 2)
    first = np.column_stack([region, top, row, left, column])
    second = np.column_stack(
        [
            region,
            np.where(tall, row, top),
            bottom,
            np.where(tall, left, column),
            right,
        ]
    )
    return np.concatenate([first, second]), np.concatenate([pieces, pieces])

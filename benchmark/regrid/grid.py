"""Latitude-longitude grids: cell areas, edges on fields, equality."""

import numpy as np
import xarray as xr

from benchmark.regrid.axis import (
    EDGE_NAMES,
    AxisName,
    Grid,
    GridLike,
    bounds_of,
    cells_of,
)
from benchmark.regrid.mesh import has_mesh

EARTH_RADIUS = 6_371_000.0
"""Radius of the sphere in m, as the cell areas of FIELD assume."""

AXES: tuple[AxisName, AxisName] = ("lat", "lon")


def cell_area(lat_bnds: xr.DataArray, lon_bnds: xr.DataArray) -> xr.DataArray:
    r"""Return the area of each cell between parallels and meridians.

    The area is :math:`R^2 (\lambda_e-\lambda_w)(\sin\phi_n-\sin\phi_s)`
    with R = 6371000 m, exact on the sphere.

    Parameters
    ----------
    lat_bnds, lon_bnds : xarray.DataArray
        Bounds (lat, bnds) and (lon, bnds) in degrees, each pair in any
        order; latitudes beyond a pole are clipped to it.

    Returns
    -------
    xarray.DataArray
        Area (lat, lon), m2.

    Raises
    ------
    InputError
        If a cell has no width.

    Examples
    --------
    >>> import xarray as xr
    >>> hemisphere = cell_area(
    ...     xr.DataArray([[0.0, 90.0]], dims=("lat", "bnds")),
    ...     xr.DataArray([[0.0, 360.0]], dims=("lon", "bnds")),
    ... )
    >>> f"{hemisphere.item():.6e} {hemisphere.units}"
    '2.550322e+14 m2'
    """
    south, north = cells_of(lat_bnds, "lat").T
    west, east = cells_of(lon_bnds, "lon").T
    area = np.outer(sine_difference(south, north), np.radians(east - west))
    dims = (lat_bnds.dims[0], lon_bnds.dims[0])
    return xr.DataArray(
        EARTH_RADIUS**2 * area,
        dims=dims,
        coords={
            name: bounds[name]
            for name, bounds in zip(dims, (lat_bnds, lon_bnds), strict=True)
            if name in bounds.coords
        },
        name="cell_area",
        attrs={"standard_name": "cell_area", "units": "m2"},
    )


def sine_difference(south: np.ndarray, north: np.ndarray) -> np.ndarray:
    """Return sin(north) - sin(south) of degrees, exact in small polar cells.

    Parameters
    ----------
    south, north : numpy.ndarray
        Latitudes, degrees.

    Returns
    -------
    numpy.ndarray
        Difference of the sines, 1. The product form does not cancel where
        both sines are close to one.
    """
    middle = np.radians((north + south) / 2.0)
    return 2.0 * np.cos(middle) * np.sin(np.radians((north - south) / 2.0))


def grid_of(source: Grid) -> xr.Dataset:
    """Return only the horizontal grid of a field or dataset.

    Parameters
    ----------
    source : xarray.Dataset or xarray.DataArray
        Carries lat, lon and their bounds in degrees.

    Returns
    -------
    xarray.Dataset
        Coordinates lat, lon, lat_bnds (lat, bnds), lon_bnds (lon, bnds),
        lat_south, lat_north (lat,), lon_west, lon_east (lon,) in degrees and
        cell_area (lat, lon) in m2.

    Raises
    ------
    InputError
        If bounds are missing or a cell has no width.

    Examples
    --------
    >>> import xarray as xr
    >>> grid = xr.Dataset({
    ...     "lat_bnds": (("lat", "bnds"), [[0.0, 30.0]]),
    ...     "lon_bnds": (("lon", "bnds"), [[-5.0, 5.0], [5.0, 15.0]]),
    ... })
    >>> grid_of(grid)["lon"].values.tolist()
    [0.0, 10.0]
    """
    grid = xr.Dataset()
    for name in AXES:
        bounds = bounds_of(source, name)
        bounds = bounds.rename(dict(zip(bounds.dims, (name, "bnds"), strict=True)))
        if name not in bounds.coords:
            centres = cells_of(bounds, name).mean(axis=1)
            bounds = bounds.assign_coords({name: centres})
        keep = [c for c in bounds.coords if c != name]
        grid = grid.assign_coords({f"{name}_bnds": bounds.drop_vars(keep)})
    return with_cell_edges(grid, grid)


def with_cell_edges(field: GridLike, grid: Grid) -> GridLike:
    """Attach cell edges to a field, so that it carries its own grid.

    A DataArray cannot hold ``lat_bnds`` (lat, bnds), which has a dimension
    that the field does not have; one-dimensional edges it can.

    Parameters
    ----------
    field : xarray.DataArray or xarray.Dataset
        Field (..., lat, lon).
    grid : xarray.Dataset or xarray.DataArray
        Carries the bounds of the same cells, degrees.

    Returns
    -------
    xarray.DataArray or xarray.Dataset
        The field with coordinates lat_south, lat_north (lat,), lon_west,
        lon_east (lon,), degrees, and cell_area (lat, lon), m2.

    Raises
    ------
    InputError
        If bounds are missing or a cell has no width.

    Examples
    --------
    >>> import xarray as xr
    >>> grid = xr.Dataset({
    ...     "lat_bnds": (("lat", "bnds"), [[0.0, 30.0]]),
    ...     "lon_bnds": (("lon", "bnds"), [[-5.0, 5.0], [5.0, 15.0]]),
    ... })
    >>> field = xr.DataArray([[1.0, 2.0]], dims=("lat", "lon"))
    >>> with_cell_edges(field, grid)["lon_west"].values.tolist()
    [-5.0, 5.0]
    """
    bounds = {name: bounds_of(grid, name) for name in AXES}
    edges: dict[str, tuple[str | tuple[str, ...], np.ndarray, dict[str, str]]] = {}
    for name in AXES:
        cells = cells_of(bounds[name], name)
        for column, edge in enumerate(EDGE_NAMES[name]):
            edges[edge] = (name, cells[:, column], {"units": "degrees"})
    area = cell_area(bounds["lat"], bounds["lon"])
    edges["cell_area"] = (AXES, area.to_numpy(), dict(area.attrs))
    return field.assign_coords(edges)


def same_grid(a: Grid, b: Grid) -> bool:
    """Tell whether two grids have the same cells in the same order.

    Parameters
    ----------
    a, b : xarray.Dataset or xarray.DataArray
        Grids with bounds in degrees.

    Returns
    -------
    bool
        False if either is a mesh, which has no maps; otherwise
        True if sizes agree, and all edges to 1e-4 degrees (11 m, above the
        rounding of float32) and 1 % of the smallest cell.

    Raises
    ------
    InputError
        If bounds are missing or a cell has no width.

    Examples
    --------
    >>> import xarray as xr
    >>> grid = xr.Dataset({
    ...     "lat_bnds": (("lat", "bnds"), [[0.0, 30.0]]),
    ...     "lon_bnds": (("lon", "bnds"), [[-5.0, 5.0], [5.0, 15.0]]),
    ... })
    >>> same_grid(grid, grid), same_grid(grid, grid.isel(lon=[0]))
    (True, False)
    """
    if has_mesh(a) or has_mesh(b):
        return False
    for name in AXES:
        one = cells_of(bounds_of(a, name), name)
        two = cells_of(bounds_of(b, name), name)
        if one.shape != two.shape:
            return False
        tolerance = min(1e-4, 1e-2 * float(np.min(np.diff(one))))
        if np.max(np.abs(one - two)) > tolerance:
            return False
    return True

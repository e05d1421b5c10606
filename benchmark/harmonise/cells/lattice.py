"""Grids that are latitude by longitude although they are not written so."""

import numpy as np
import xarray as xr

from benchmark.harmonise.cells.boxes import Boxes, NotBoxes, boxes_of
from benchmark.harmonise.cells.coordinates import degrees, units_of

# Centres closer than this are the same row or column, in degrees.
_SAME = 1e-3
# A step may differ from a whole number of steps by this part of one.
_UNEVEN = 0.02
# Fewer cells than this are sites.
_FEWEST = 12


def from_meshgrid(
    data: xr.Dataset, names: tuple[str, str], where: str
) -> xr.Dataset | None:
    """Return a dataset with axes in place of two-dimensional coordinates.

    Parameters
    ----------
    data : xarray.Dataset
        The file.
    names : tuple of str
        Latitude and longitude (y, x), in either order.
    where : str
        File and variable, for messages.

    Returns
    -------
    xarray.Dataset or None
        With ``lat`` and ``lon`` along one dimension each, and bounds where the
        file has corners; None if they are no axes, or the corners no boxes.

    Examples
    --------
    >>> lon, lat = np.meshgrid([10.0, 12.0], [60.0, 61.0, 62.0])
    >>> data = xr.Dataset(
    ...     {name: (("y", "x"), grid) for name, grid in
    ...      {"lat": lat, "lon": lon, "gpp": 0 * lat}.items()}
    ... )
    >>> dict(from_meshgrid(data, ("lat", "lon"), "a.nc").sizes)
    {'lat': 3, 'lon': 2}
    """
    dims = tuple(map(str, data[names[0]].dims))
    units, _ = units_of(data, *names)
    both = [degrees(data.transpose(*dims, ...), name, where, units) for name in names]
    for turned in (False, True):
        lat, lon = (grid.T if turned else grid for grid in both)
        rows, columns = _constant(lat), _constant(_joined(lon).T)
        if rows is None or columns is None:
            continue
        try:
            boxes = boxes_of(data, names, units, where)
        except NotBoxes:
            return None
        along = dims[::-1] if turned else dims
        grid = _with_axes(_renamed(data, dims, along), rows, columns)
        return grid if boxes is None else _with_bounds(grid, boxes, turned)
    return None


def from_list(
    data: xr.Dataset, name: str, names: tuple[str, str], where: str
) -> xr.Dataset | None:
    """Return a variable's list of cells as rows and columns, NaN elsewhere.

    Parameters
    ----------
    data : xarray.Dataset
        The file.
    name : str
        The variable.
    names : tuple of str
        Latitude and longitude along one dimension.
    where : str
        File and variable, for messages.

    Returns
    -------
    xarray.Dataset or None
        With the variable (..., lat, lon), lazily; None if the centres are not
        on evenly spaced rows and columns, or two are in the same place.
    """
    units, _ = units_of(data, *names)
    lat, lon = (degrees(data, key, where, units) for key in names)
    place = _places(lat, lon)
    if place is None:
        return None
    rows, columns, row, column = place
    try:
        boxes = boxes_of(data, names, units, where)
    except NotBoxes:
        return None
    if boxes is not None and not boxes.fill(rows, columns):
        return None
    source = np.full((rows.size, columns.size), -1)
    source[row, column] = np.arange(lat.size)
    dim = str(data[names[0]].dims[0])
    values = _spread(data[name], dim, source)
    used = [key for key, v in data.variables.items() if dim in v.dims]
    rest = data.drop_vars([*used, *({"lat", "lon"} & set(data.variables) - set(used))])
    return _with_axes(rest.assign({name: values}), rows, columns)


def _places(
    lat: np.ndarray, lon: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray] | None:
    """Return rows, columns and where each cell is, None if it is no lattice."""
    if lat.size < _FEWEST or not (np.isfinite(lat) & np.isfinite(lon)).all():
        return None
    east = _from_widest_gap(lon)
    rows, columns = _axis(lat), _axis(east)
    if rows is None or columns is None:
        return None
    row = np.abs(lat[:, None] - rows[None, :]).argmin(axis=1)
    column = np.searchsorted(columns, east - _SAME * 2)
    if len(np.unique(row * columns.size + column)) < lat.size:
        return None
    return rows, columns, row, column


def _axis(values: np.ndarray) -> np.ndarray | None:
    """Return an evenly spaced axis through values, None if there is none."""
    ordered = np.sort(values)
    starts = np.r_[True, np.diff(ordered) > _SAME]
    distinct = np.array(
        [part.mean() for part in np.split(ordered, np.flatnonzero(starts)[1:])]
    )
    # Scattered sites have as many places as there are sites.
    if distinct.size < 3 or distinct.size > values.size / 2:
        return None
    gaps = np.diff(distinct)
    step = float(np.median(gaps))
    count = np.round(gaps / step)
    if (count < 1).any() or (np.abs(gaps / step - count) > _UNEVEN * count).any():
        return None
    parts = [
        low + gap * np.arange(n) / n
        for low, gap, n in zip(distinct[:-1], gaps, count.astype(int), strict=True)
    ]
    return np.concatenate([*parts, distinct[-1:]])


def _from_widest_gap(lon: np.ndarray) -> np.ndarray:
    """Return longitudes counted on from the widest gap, so that none is inside."""
    around = np.sort(lon % 360.0)
    gaps = np.diff(np.r_[around, around[0] + 360.0])
    start = around[(int(np.argmax(gaps)) + 1) % around.size]
    east = (lon - start + _SAME) % 360.0 - _SAME + start
    return east - 360.0 * np.floor((start + 180.0) / 360.0)


def _spread(values: xr.DataArray, dim: str, source: np.ndarray) -> xr.DataArray:
    """Return values (..., lat, lon) of cells along a dimension."""
    values = values.reset_coords(drop=True).drop_vars(dim, errors="ignore")
    values = values.transpose(..., dim)
    if values.chunks is not None:
        values = values.chunk({dim: -1})
    empty = source.ravel() < 0
    flat = values.isel({dim: np.where(empty, 0, source.ravel())})
    flat = flat.where(xr.DataArray(~empty, dims=dim))
    dims = (*values.dims[:-1], "lat", "lon")
    shaped = flat.data.reshape((*flat.shape[:-1], *source.shape))
    coords = {key: c for key, c in values.coords.items() if dim not in c.dims}
    return xr.DataArray(shaped, coords, dims, values.name, values.attrs)


def _constant(grid: np.ndarray) -> np.ndarray | None:
    """Return the value of each row, None if rows are not constant."""
    known = np.isfinite(grid)
    if grid.ndim != 2 or not known.any(axis=1).all():
        return None
    low, high = np.nanmin(grid, axis=1), np.nanmax(grid, axis=1)
    middle = (low + high) / 2
    step = np.abs(np.diff(middle)).min() if middle.size > 1 else 1.0
    return middle if step > 0 and (high - low).max() <= 1e-3 * step else None


def _joined(lon: np.ndarray) -> np.ndarray:
    """Return longitudes without the jump that some rows have at the dateline."""
    first = lon[np.isfinite(lon).all(axis=1)][:1]
    if not first.size:
        return lon
    return lon - 360.0 * np.round((lon - first) / 360.0)


def _renamed(
    data: xr.Dataset, dims: tuple[str, ...], along: tuple[str, ...]
) -> xr.Dataset:
    """Return data whose dimensions are lat and lon, without what was there."""
    corners = [
        str(name)
        for name, array in data.variables.items()
        if set(dims) <= set(array.dims)
        and any(word in str(name).lower() for word in ("lat", "lon"))
        and (array.ndim == 2 or not {"time", "Time"} & set(array.dims))
        and name not in data.dims
    ]
    drop = {*corners, *dims, "lat", "lon"} & set(map(str, data.variables))
    new = {a: b for a, b in zip(along, ("lat", "lon"), strict=True) if a != b}
    return data.drop_vars(list(drop)).rename_dims(new)


def _with_bounds(grid: xr.Dataset, boxes: Boxes, turned: bool) -> xr.Dataset:
    """Return a grid with the edges that all cells of a row or column share."""
    lat, lon = ((1, 0) if turned else (0, 1)), ((0, 1) if turned else (1, 0))
    edges = {
        "lat": [np.median(part.transpose(lat), axis=1) for part in boxes.lat],
        "lon": [np.median(part.transpose(lon), axis=1) for part in boxes.lon],
    }
    turn = 360.0 * np.round(
        (grid["lon"].to_numpy() - (edges["lon"][0] + edges["lon"][1]) / 2) / 360.0
    )
    edges["lon"] = [part + turn for part in edges["lon"]]
    return grid.assign_coords(
        {
            f"{axis}_bnds": ((axis, "bnds"), np.stack(pair, axis=1))
            for axis, pair in edges.items()
        }
    )


def _with_axes(data: xr.Dataset, rows: np.ndarray, columns: np.ndarray) -> xr.Dataset:
    return data.assign_coords(
        lat=("lat", rows, {"units": "degrees_north", "standard_name": "latitude"}),
        lon=("lon", columns, {"units": "degrees_east", "standard_name": "longitude"}),
    )

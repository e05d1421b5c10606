"""Cells whose file gives latitude and longitude, with or without corners."""

import numpy as np
import xarray as xr

from benchmark.errors import InputError
from benchmark.harmonise.cells.coordinates import degrees, units_of
from benchmark.harmonise.cells.curvilinear import depth_inside, inferred_corners
from benchmark.harmonise.cells.settle import Cells
from benchmark.harmonise.cells.voronoi import voronoi_mesh

_WORDS = ("lat", "lon")
# What names of corners have besides: not every 'lat' with four values is one.
_MARKS = ("bnd", "bound", "vert", "corner", "crn", "_b")


def located_cells(
    data: xr.Dataset,
    values: xr.DataArray,
    centres: tuple[str, str],
    where: str,
    cells: str | None,
) -> Cells:
    """Return cells by the latitude and longitude of their centres.

    Parameters
    ----------
    data : xarray.Dataset
        The file.
    values : xarray.DataArray
        The variable.
    centres : tuple of str
        Latitude and longitude, along one or two of its dimensions.
    where : str
        File and variable, for messages.
    cells : {"voronoi"} or None
        How to find corners that the file lacks.

    Returns
    -------
    Cells

    Raises
    ------
    InputError
        If centres along one dimension have no corners, or units are unknown.
    """
    data = _still(data, values, centres, where)
    lat, lon = centres
    dims = tuple(map(str, data[lat].dims))
    data = data.assign({lon: data[lon].transpose(*dims)})
    units, remark = units_of(data, lat, lon)
    middle = [degrees(data, name, where, units) for name in centres]
    middle[0] = np.where(np.abs(middle[0]) <= 90.0 + 1e-3, middle[0], np.nan)
    middle[1] = np.where(np.isfinite(middle[0]), middle[1], np.nan)
    shape = middle[0].shape
    remarks = [remark] if remark else []
    found = file_corners(data, centres, units, where)
    if found is None and len(shape) == 1:
        if cells != "voronoi":
            raise InputError(_no_corners(dims, shape, where))
        mesh = voronoi_mesh(middle[0], middle[1], where)
        found = mesh.corner_lat, mesh.corner_lon
        remarks.append("cells are Voronoi cells of the centres, as 'cells:' says")
    inferred = found is None
    if found is None:
        found = inferred_corners(middle[0], middle[1], where)
        remarks.append("corners are absent: taken half-way between centres")
    kind = "curvilinear" if len(shape) == 2 else "unstructured"
    width = found[0].shape[-1]
    corner_lat = np.where(np.abs(found[0]) <= 90.0 + 1e-3, found[0], np.nan)
    return Cells(
        dims,
        middle[0].ravel(),
        middle[1].ravel(),
        np.clip(corner_lat, -90.0, 90.0).reshape(-1, width),
        found[1].reshape(-1, width),
        f"{kind} {' x '.join(map(str, shape))}",
        tuple(remarks),
        depth_inside(shape) if len(shape) == 2 else None,
        inferred=inferred,
    )


def _still(
    data: xr.Dataset, values: xr.DataArray, centres: tuple[str, str], where: str
) -> xr.Dataset:
    """Return centres without the time axis that some models write them with."""
    for name in centres:
        array = data[name]
        dims = [dim for dim in array.dims if str(dim).lower() == "time"]
        for dim in dims:
            first = array.isel({dim: 0}, drop=True)
            if not bool((np.abs(array - first) < 1e-4).all()):
                msg = f"{where}: {name} changes along {dim}; expected cells at rest."
                raise InputError(msg)
            array = first
        data = data.assign({name: array})
    if data[centres[0]].ndim not in (1, 2) or set(data[centres[0]].dims) != set(
        data[centres[1]].dims
    ):
        msg = (
            f"{where}: {centres[0]} has dimensions {data[centres[0]].dims}, "
            f"{centres[1]} {data[centres[1]].dims}; expected both along the same cells."
        )
        raise InputError(msg)
    return data


def file_corners(
    data: xr.Dataset, centres: tuple[str, str], units: str, where: str
) -> tuple[np.ndarray, np.ndarray] | None:
    """Return corners that a file gives, None if it has none.

    Parameters
    ----------
    data : xarray.Dataset
        The file.
    centres : tuple of str
        Latitude and longitude of the centres.
    units : str
        Of corners that have none themselves.
    where : str
        File and variable, for messages.

    Returns
    -------
    tuple of numpy.ndarray, or None
        Latitude and longitude (..., corner), degrees, along the dimensions of
        the latitude of the centres.

    Raises
    ------
    InputError
        If latitudes and longitudes do not have the same corners.
    """
    dims = tuple(map(str, data[centres[0]].dims))
    names = [
        _corner_name(data, centre, word, dims)
        for centre, word in zip(centres, _WORDS, strict=True)
    ]
    if names[0] is None or names[1] is None:
        return _staggered(data, dims, units, where)
    both = [
        degrees(data.transpose(*dims, ...), name, where, units)
        for name in names
        if name
    ]
    if both[0].shape != both[1].shape:
        msg = (
            f"{where}: {names[0]} has shape {both[0].shape}, {names[1]} "
            f"{both[1].shape}; expected the same corners."
        )
        raise InputError(msg)
    missing = ~(np.isfinite(both[0]) & np.isfinite(both[1]))
    if missing.all():
        return None
    return np.where(missing, np.nan, both[0]), np.where(missing, np.nan, both[1])


def _corner_name(
    data: xr.Dataset, centre: str, word: str, dims: tuple[str, ...]
) -> str | None:
    """Return the variable with one more dimension than the centres, of corners."""
    stated = str(data[centre].attrs.get("bounds", ""))
    found = [
        str(name)
        for name, array in data.variables.items()
        if _is_corner(str(name).lower(), word) or name == stated
        for extra in (set(array.dims) - set(dims),)
        if set(dims) < set(array.dims)
        and len(extra) == 1
        and array.dtype.kind == "f"
        and 3 <= array.sizes[next(iter(extra))] <= 64
        and str(next(iter(extra))).lower() != "time"
    ]
    if stated in found:
        return stated
    # Corners of other points (U, V) have names further from the centre's.
    bare = centre.lower()
    return min(
        found, key=lambda name: (bare not in name.lower(), len(name)), default=None
    )


def _is_corner(name: str, word: str) -> bool:
    return word in name and any(mark in name for mark in _MARKS)


def _staggered(
    data: xr.Dataset, dims: tuple[str, ...], units: str, where: str
) -> tuple[np.ndarray, np.ndarray] | None:
    """Return corners from one more row and column than there are centres."""
    if len(dims) != 2:
        return None
    shape = tuple(data.sizes[dim] + 1 for dim in dims)
    named: dict[str, str] = {}
    for name, array in data.variables.items():
        for word in _WORDS:
            if word in str(name).lower() and array.shape == shape:
                named.setdefault(word, str(name))
    if len(named) < 2:
        return None
    grids = [degrees(data, named[word], where, units) for word in _WORDS]
    lat, lon = (
        np.stack([c[:-1, :-1], c[:-1, 1:], c[1:, 1:], c[1:, :-1]], axis=-1)
        for c in grids
    )
    return lat, lon


def _no_corners(dims: tuple[str, ...], shape: tuple[int, ...], where: str) -> str:
    return (
        f"{where}: {shape[0]} cells along '{dims[0]}' have centres but no corners, so "
        "their areas are unknown; expected bounds (cell, corner). Write 'grid: {files: "
        "GRID.nc}' for the model, a file with the corners of the same cells (such as "
        "clat_vertices and clon_vertices, or a SCRIP or UGRID file), or, if the cells "
        "cover the whole globe, 'grid: {cells: voronoi}'."
    )

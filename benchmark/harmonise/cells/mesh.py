"""A variable on any grid but rows and columns: its cells, and values along them."""

from dataclasses import replace

import numpy as np
import xarray as xr

from benchmark.errors import InputError
from benchmark.harmonise.cells.beside import with_positions
from benchmark.harmonise.cells.coordinates import centres_of
from benchmark.harmonise.cells.corners import located_cells
from benchmark.harmonise.cells.lattice import from_list, from_meshgrid
from benchmark.harmonise.cells.pixels import pixel_attrs, pixel_cells
from benchmark.harmonise.cells.projection import disagreement, projected_cells
from benchmark.harmonise.cells.settle import Cells, settle
from benchmark.harmonise.cells.ugrid import (
    is_mpas,
    mpas_cells,
    topology_of,
    ugrid_cells,
)
from benchmark.regrid.mesh import CELL, Mesh


def mesh_grid(
    data: xr.Dataset, name: str, where: str, cells: str | None = None
) -> tuple[xr.DataArray, Mesh, list[str]]:
    """Return a variable along cells of any shape, and these cells.

    Parameters
    ----------
    data : xarray.Dataset
        As a reader gave it, with the variables that describe its grid: corners,
        a projection, UGRID, MPAS, SCRIP, ICON or HEALPix.
    name : str
        The variable.
    where : str
        File and variable, for messages.
    cells : {"voronoi"}, optional
        Make Voronoi cells of centres that cover the globe and have no corners.

    Returns
    -------
    values : xarray.DataArray
        (..., cell), lazy where the variable was. Cells without a position, and
        repeats of other cells, are NaN.
    mesh : Mesh
        One polygon for each position; that of a masked cell is a point, so that
        it has no area.
    remarks : list of str
        What was inferred or put right.

    Raises
    ------
    InputError
        If cells are not described, or their corners are not around centres.

    Examples
    --------
    >>> lat = np.array([[60.0, 60.2], [62.0, 62.2]])
    >>> lon = np.array([[9.0, 11.0], [9.0, 11.0]])
    >>> data = xr.Dataset(
    ...     {"gpp": (("time", "y", "x"), np.ones((3, 2, 2)))},
    ...     coords={"lat": (("y", "x"), lat), "lon": (("y", "x"), lon)},
    ... )
    >>> values, mesh, remarks = mesh_grid(data, "gpp", "a.nc")
    >>> dict(values.sizes), mesh.size, remarks[0]
    ({'time': 3, 'cell': 4}, 4, 'corners are absent: taken half-way between centres')
    """
    found = _cells(data, data[name], where, cells)
    mesh, keep, remarks = settle(found, where)
    values = _along_cells(data[name], found.dims)
    if not keep.all():
        values = values.where(xr.DataArray(keep, dims=CELL))
    return values.assign_attrs(data[name].attrs), mesh, remarks


def is_rectilinear(data: xr.Dataset, values: xr.DataArray) -> bool:
    """Tell whether a variable lies on rows of latitude and columns of longitude.

    Parameters
    ----------
    data : xarray.Dataset
        The file.
    values : xarray.DataArray
        A variable of it.

    Returns
    -------
    bool
        Whether `as_rectilinear` gives a dataset.

    Examples
    --------
    >>> lat, lon = ("lat", [60.0, 61.0]), ("lon", [5.0, 6.0])
    >>> data = xr.Dataset({"v": (("lat", "lon"), np.ones((2, 2)))})
    >>> is_rectilinear(data.assign_coords(lat=lat, lon=lon), data["v"])
    True
    """
    return _reduced(data, values, str(data.attrs.get("files", ["?"])[0])) is not None


def as_rectilinear(data: xr.Dataset, name: str, where: str) -> xr.Dataset | None:
    """Return a dataset whose variable is on latitude by longitude axes.

    Parameters
    ----------
    data : xarray.Dataset
        The file.
    name : str
        The variable.
    where : str
        File and variable, for messages.

    Returns
    -------
    xarray.Dataset or None
        The same, if it has such axes; with axes, where latitude and longitude
        are two-dimensional but do not bend; with the variable (..., lat, lon)
        and NaN elsewhere, lazily, where it is a list of cells of a lattice. None
        if it is neither: see `mesh_grid`.
    """
    return _reduced(data, data[name], where)


def _reduced(data: xr.Dataset, values: xr.DataArray, where: str) -> xr.Dataset | None:
    described = (
        pixel_attrs(data, values) is not None
        or topology_of(data, values) is not None
        or is_mpas(data, values)
    )
    names = centres_of(data, values)
    if described or names is None:
        return data if not described and _is_one_place(data, values) else None
    dims = data[names[0]].dims
    if len(dims) == 1 and dims != data[names[1]].dims:
        return data
    if len(dims) == 1:
        plain = data.assign({str(values.name): values})
        return from_list(plain, str(values.name), names, where)
    same = len(dims) == 2 and set(dims) == set(data[names[1]].dims)
    if same and 1 in data[names[0]].shape:
        # Land points along one row, as JULES writes them.
        thin = [dim for dim in dims if data.sizes[dim] == 1]
        return _reduced(data.squeeze(thin), values.squeeze(thin), where)
    return from_meshgrid(data, names, where) if same else None


def _is_one_place(data: xr.Dataset, values: xr.DataArray) -> bool:
    """Tell whether one or both of latitude and longitude are single numbers."""
    names = [("lat", "latitude", "nav_lat"), ("lon", "longitude", "nav_lon")]
    found = [
        next((data[n] for n in several if n in data.variables), None)
        for several in names
    ]
    return all(
        array is not None
        and (array.ndim == 0 or (array.ndim == 1 and array.dims[0] in values.dims))
        for array in found
    )


def _cells(
    data: xr.Dataset, values: xr.DataArray, where: str, cells: str | None
) -> Cells:
    """Return the cells, by the surest description that there is."""
    pixels = pixel_attrs(data, values)
    if pixels is not None:
        return pixel_cells(data, values, pixels, where)
    topology = topology_of(data, values)
    if topology is not None:
        return ugrid_cells(data, values, topology, where)
    if is_mpas(data, values):
        return mpas_cells(data, values, where)
    projected = projected_cells(data, values, where)
    if projected is not None:
        return projected
    centres, beside = centres_of(data, values), None
    if centres is None:
        data, beside = with_positions(data, values)
        centres = centres_of(data, values)
    if centres is None:
        raise InputError(_nothing(values, where))
    found = located_cells(data, values, centres, where, cells)
    more = [text for text in (beside, disagreement(data, values)) if text]
    return replace(found, remarks=(*found.remarks, *more))


def _along_cells(values: xr.DataArray, dims: tuple[str, ...]) -> xr.DataArray:
    """Return values with their horizontal dimensions as one, the last."""
    within = [key for key, c in values.coords.items() if set(c.dims) & set(dims)]
    values = values.drop_vars(within).transpose(..., *dims)
    if values.chunks is not None:
        values = values.chunk(dict.fromkeys(dims, -1))
    rest = values.dims[: -len(dims)]
    size = int(np.prod([values.sizes[dim] for dim in dims]))
    shaped = values.data.reshape((*(values.sizes[dim] for dim in rest), size))
    return xr.DataArray(shaped, values.coords, (*rest, CELL), values.name, values.attrs)


def _nothing(values: xr.DataArray, where: str) -> str:
    sizes = ", ".join(f"{dim}: {size}" for dim, size in values.sizes.items())
    return (
        f"{where}: no latitude and longitude: the variable has dimensions ({sizes}); "
        "expected coordinates by the names lat and lon, or by standard_name, along "
        "them. Write 'grid: {files: GRID.nc}' for the model, a file with the latitude "
        "and longitude of the same cells along the same dimension, and their corners "
        "if they are no rows and columns."
    )

"""Coordinates from a file of their own, put beside the values they belong to."""

import numpy as np
import xarray as xr

from benchmark.config.descriptors import GridFile
from benchmark.errors import InputError
from benchmark.harmonise.cells.coordinates import is_named
from benchmark.readers.netcdf import open_grid
from benchmark.readers.sparse import spread_cells

_KINDS = ("latitude", "longitude")
_LATITUDE, _LONGITUDE = ("latitude", "degrees_north"), ("longitude", "degrees_east")


def with_grid(data: xr.Dataset, grid: GridFile) -> xr.Dataset:
    """Return values with the coordinates of a grid file.

    Parameters
    ----------
    data : Dataset
        As a reader gave it.
    grid : GridFile
        Where the coordinates are, and in which form.

    Returns
    -------
    Dataset
        With the variables of the grid file that do not change in time (angles
        in degrees), on the dimensions of `data`; or, with `index`, the values
        spread over (lat, lon), lazily. The attribute ``cells`` says how cells
        without corners are bounded, where `grid` says so.

    Raises
    ------
    InputError
        If the two do not fit, or it is not clear how.

    Examples
    --------
    Unstructured output, and sparse cells with a map of which cell is where::

        grid: {files: icon_grid.nc}
        grid: {files: [sgmap.nc, cells.nc], index: cclass, mask: notnan,
               lat: grid1d_lat, lon: grid1d_lon}
        grid: {files: geometry.nc, lat: grid1d_lat, lon: grid1d_lon, area: area}
    """
    if grid.cells is not None:
        # Who makes the cells of centres without corners looks for it there.
        data = data.assign_attrs(cells=grid.cells)
    if not grid.files:
        return data
    stated = open_grid(grid.files, time=False)
    stated = stated.drop_vars(
        [
            n
            for n, v in stated.variables.items()
            if "time" in v.dims or v.dtype == object
        ]
    )
    for key in ("index", "mask", "lat", "lon", "area"):
        name = getattr(grid, key)
        if name is not None and name not in stated.variables:
            known = ", ".join(map(str, [*stated.variables][:12]))
            msg = f"{grid.files[0]}: no '{name}'; found {known}. Correct 'grid:'."
            raise InputError(msg)
    if grid.index is not None:
        return spread_cells(data, stated, grid)
    if grid.lat or grid.lon:
        stated = _named(stated, grid)
    stated, remarks = _on_dimensions_of(data, _in_degrees(stated), grid.files[0])
    return _merged(data, stated).assign_attrs(
        remarks=[*data.attrs.get("remarks", ()), *remarks]
    )


def _named(stated: xr.Dataset, grid: GridFile) -> xr.Dataset:
    """Return the variables that are named, by the names that all else knows."""
    if not (grid.lat and grid.lon):
        msg = f"{grid.files[0]}: 'grid:' names one of lat and lon; name both."
        raise InputError(msg)
    names = {grid.lat: "lat", grid.lon: "lon"}
    if grid.area:
        names[grid.area] = "cell_area"
    kept = stated.reset_coords()[list(names)].rename(
        {old: new for old, new in names.items() if old != new}
    )
    for name, (standard, units) in (("lat", _LATITUDE), ("lon", _LONGITUDE)):
        attrs = {"units": units, **kept[name].attrs, "standard_name": standard}
        kept[name] = kept[name].assign_attrs(attrs)
    if grid.area:
        kept["cell_area"].attrs["standard_name"] = "cell_area"
    return kept


def _in_degrees(stated: xr.Dataset) -> xr.Dataset:
    """Return angles in degrees: ICON and MPAS write radians."""
    for name, array in stated.variables.items():
        units = str(array.attrs.get("units", "")).lower()
        if units in ("radian", "radians", "rad"):
            degrees = stated[name].astype(float) * (180.0 / np.pi)
            north = "lat" in str(name).lower()
            attrs = {
                **array.attrs,
                "units": "degrees_north" if north else "degrees_east",
            }
            stated[name] = degrees.assign_attrs(attrs)
    return stated


def _on_dimensions_of(
    data: xr.Dataset, stated: xr.Dataset, where: str
) -> tuple[xr.Dataset, list[str]]:
    """Return the grid on the dimensions of the values, matched by name or length."""
    at = [str(v) for v in stated.variables if _is_coordinate(stated, str(v))]
    if not at:
        known = ", ".join(map(str, [*stated.variables][:12]))
        msg = (
            f"{where}: no latitude and longitude; found {known}. Expected standard "
            "names or units that say so, or 'lat:' and 'lon:' under 'grid:'."
        )
        raise InputError(msg)
    dims = dict.fromkeys(str(dim) for name in at for dim in stated[name].dims)
    ours = {str(d): n for d, n in data.sizes.items() if d != "time"}
    both = [dim for dim in dims if dim in ours]
    for dim in both:
        if stated.sizes[dim] != ours[dim]:
            raise InputError(_misfit(data, stated, [*dims], where))
    if both:
        return stated, []
    fitting = {
        dim: [d for d, length in ours.items() if length == stated.sizes[dim]]
        for dim in dims
    }
    renamed = {dim: fits[0] for dim, fits in fitting.items() if len(fits) == 1}
    if not renamed or len(set(renamed.values())) < len(renamed):
        raise InputError(_misfit(data, stated, [*dims], where))
    if any(len(fits) > 1 for fits in fitting.values()):
        raise InputError(_misfit(data, stated, [*dims], where))
    told = [f"'{old}' is '{new}' of the values" for old, new in renamed.items()]
    return stated.rename(renamed), [
        f"grid file: {', '.join(told)}, because of the same length"
    ]


def _misfit(data: xr.Dataset, stated: xr.Dataset, dims: list[str], where: str) -> str:
    theirs = ", ".join(f"{dim} {stated.sizes[dim]}" for dim in dims)
    ours = ", ".join(f"{dim} {n}" for dim, n in data.sizes.items() if dim != "time")
    files = data.attrs.get("files", ["?"])
    return (
        f"{where}: has the coordinates on ({theirs}), and the values of {files[0]} are "
        f"on ({ours}); expected dimensions of the same names, or of one length each. "
        "Name the grid file of this output under 'grid:'."
    )


def _merged(data: xr.Dataset, stated: xr.Dataset) -> xr.Dataset:
    """Return both; of a coordinate in both that of the grid file is kept."""
    clash = [name for name in stated.variables if name in data.variables]
    replaced = [n for n in clash if "time" not in data[n].dims and n not in data.dims]
    values = data.drop_vars(
        [n for n in replaced if _is_coordinate(stated, str(n)) or n in data.coords]
    )
    rest = stated.drop_vars([n for n in clash if n in values.variables])
    return values.assign_coords({name: rest[name].variable for name in rest.variables})


def _is_coordinate(stated: xr.Dataset, name: str) -> bool:
    attrs = stated[name].attrs
    units, standard = str(attrs.get("units", "")), attrs.get("standard_name")
    return (
        standard in ("latitude", "longitude", "grid_latitude", "grid_longitude")
        or units in ("degrees_north", "degrees_east")
        or any(is_named(name, stated[name].variable, kind) for kind in _KINDS)
    ) and not name.lower().endswith(("bnds", "bounds", "vertices"))

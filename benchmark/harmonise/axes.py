"""A variable with the axes of its file and their bounds, and nothing else."""

import xarray as xr

from benchmark.errors import InputError

# Soil layers lie before the cells where they are kept, for what is derived.
DIMENSIONS = ("time", "soil_layer_", "lat", "lon", "cell")


def with_axes(values: xr.DataArray, data: xr.Dataset, where: str) -> xr.Dataset:
    """Return the variable as `value`, with the file's axes and their bounds."""
    grid = values.reset_coords(drop=True).to_dataset(name="value")
    for name, array in data.variables.items():
        if (
            name != values.name
            and array.ndim <= 2
            and all(data.sizes[dim] == 2 for dim in set(array.dims) - set(values.dims))
            and _is_axis(str(name), array, data)
        ):
            grid[name] = data[name]
    return grid.set_coords([name for name in grid.variables if name != "value"])


def _is_axis(name: str, array: xr.Variable, data: xr.Dataset) -> bool:
    stated = {str(v.attrs.get("bounds", "")) for v in data.variables.values()}
    text = name.lower()
    return (
        name in data.dims
        or name in stated
        or text.startswith(("lat", "lon", "nav_l"))
        or array.attrs.get("standard_name") in ("latitude", "longitude")
        or name == "time_bnds"
    )


# What models call the kinds of plants or surfaces that share a cell.
_SHARED = ("veget", "pft", "tile", "landunit", "patch", "stand", "biome", "plant")
_MEMBERS = ("member", "ensemble", "realization", "number")


def _cause(dim: str) -> str:
    """Return what a dimension too many is likely to be, and what to do with it."""
    name = dim.lower()
    if any(word in name for word in _SHARED):
        return (
            f" Values along '{dim}' are of parts of a cell: use the model's mean over "
            "the cell, or sum them weighted with the fraction that each part covers."
        )
    if any(word in name for word in _MEMBERS):
        return f" Take one member of '{dim}', or their mean, into a file of its own."
    return ""


def only_dimensions(values: xr.DataArray, where: str) -> xr.DataArray:
    """Return values on their horizontal axes and time, or say what is too much."""
    extra = [dim for dim in values.dims if dim not in DIMENSIONS]
    for dim in extra:
        if values.sizes[dim] != 1:
            msg = (
                f"{where}: has dimension '{dim}' of length {values.sizes[dim]}; "
                f"expected (time, lat, lon) or (lat, lon).{_cause(str(dim))}"
            )
            raise InputError(msg)
    values = values.squeeze(extra, drop=True)
    if values.sizes.get("time") == 1 and "year" not in values.coords:
        values = values.squeeze("time", drop=True)
    if "time" in values.dims and "year" not in values.coords:
        msg = (
            f"{where}: has {values.sizes['time']} time steps; expected one, because "
            "'static: true' is written. Remove that, or average over time."
        )
        raise InputError(msg)
    order = [dim for dim in DIMENSIONS if dim in values.dims]
    return values.transpose(*order)

"""Positions that stand beside a variable along a dimension of another name."""

import xarray as xr

from benchmark.harmonise.cells.coordinates import is_named


def with_positions(
    data: xr.Dataset, values: xr.DataArray
) -> tuple[xr.Dataset, str | None]:
    """Return a file whose positions lie along the variable's own dimension.

    Files of a grid (ICON, SCRIP) call their cells otherwise than files of
    output do: ``grid_size`` or ``cell`` for ``ncol`` or ``ncells``.

    Parameters
    ----------
    data : xarray.Dataset
        The file, and the file of its grid.
    values : xarray.DataArray
        A variable without latitude and longitude along its dimensions.

    Returns
    -------
    data : xarray.Dataset
        With that dimension renamed, if there is one with latitude and longitude
        that is as long as exactly one dimension of the variable.
    remark : str or None
        What was taken for what.

    Examples
    --------
    >>> lat = ("grid_size", [60.0, 61.0], {"units": "degrees_north"})
    >>> lon = ("grid_size", [5.0, 6.0], {"units": "degrees_east"})
    >>> data = xr.Dataset({"v": ("ncol", [1, 2]), "clat": lat, "clon": lon})
    >>> found, remark = with_positions(data, data["v"])
    >>> found["clat"].dims, remark
    (('ncol',), "positions along 'grid_size' are those of 'ncol': both have 2")
    """
    along = [
        {str(v.dims[0]) for n, v in data.variables.items() if _is_one(n, v, kind)}
        for kind in ("latitude", "longitude")
    ]
    pairs = [
        (other, str(dim))
        for other in sorted((along[0] & along[1]) - set(values.dims))
        for dim in values.dims
        if data.sizes[other] == values.sizes[dim]
    ]
    if len(pairs) != 1:
        return data, None
    other, dim = pairs[0]
    moved = {
        name: _along(v, other, dim)
        for name, v in data.variables.items()
        if other in v.dims and name != other
    }
    rest = data.drop_dims(other)
    remark = f"positions along '{other}' are those of '{dim}': both have "
    return rest.assign(moved), f"{remark}{data.sizes[other]}"


def _along(variable: xr.Variable, other: str, dim: str) -> xr.Variable:
    dims = [dim if d == other else d for d in variable.dims]
    return xr.Variable(dims, variable.data, variable.attrs, variable.encoding)


def _is_one(name: object, variable: xr.Variable, kind: str) -> bool:
    return variable.ndim == 1 and is_named(str(name), variable, kind)

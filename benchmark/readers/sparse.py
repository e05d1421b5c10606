"""Cells that stand for many: values of a list of cells, spread over a map."""

import numpy as np
import xarray as xr

from benchmark.errors import InputError

_CHUNK_BYTES = 12 * 2**20


def spread_cells(
    data: xr.Dataset, stated: xr.Dataset, index: str, where: str
) -> xr.Dataset:
    """Return values of a list of cells on the map of which cell is where.

    Parameters
    ----------
    data : Dataset
        With one dimension of cells.
    stated : Dataset
        With the map, (lat, lon) and its coordinates; cells count from 0 or 1.
    index : str
        The map's name.
    where : str
        Its file, for messages.

    Returns
    -------
    Dataset
        The values on (..., lat, lon), lazily, NaN where the map has no cell; and
        the axes of the map. A data set without the cells is returned as it is.

    Raises
    ------
    InputError
        If no dimension fits the map, or it is unclear where it counts from.

    Notes
    -----
    CLM's sparse grid runs the model for a few hundred representative cells,
    each for a cluster of grid points.

    Examples
    --------
    >>> data = xr.Dataset({"gpp": ("cell", [3.0, 5.0])})
    >>> axes = {"lat": [60.0, 61.0], "lon": [10.0]}
    >>> stated = xr.Dataset({"of": (("lat", "lon"), [[2], [1]])}, coords=axes)
    >>> spread_cells(data, stated, "of", "map.nc")["gpp"].values.tolist()
    [[5.0], [3.0]]
    """
    numbers = stated[index]
    if numbers.ndim != 2:
        msg = (
            f"{where}: '{index}' has dimensions {numbers.dims}; expected a map "
            "(lat, lon) of cell numbers. Correct 'index:' under 'grid:'."
        )
        raise InputError(msg)
    if set(numbers.dims) <= set(data.dims):
        # Areas and land fractions of the same model are often on the map already.
        return data
    values = numbers.to_numpy().astype(float)
    present = np.isfinite(values)
    if not present.any() or (values[present] % 1 != 0).any():
        msg = f"{where}: '{index}' is no map of whole numbers; expected cell numbers."
        raise InputError(msg)
    dim, first = _counted(data, values[present], index, where)
    cells = np.where(present, values - first, 0).astype(int)
    spread = {
        str(name): _spread(array, dim, cells, present, numbers.dims)
        for name, array in data.data_vars.items()
        if dim in array.dims and array.dtype.kind in "fiu"
    }
    rest = data.drop_vars([n for n, v in data.variables.items() if dim in v.dims])
    axes = _axes(stated, numbers)
    rest = rest.drop_vars([name for name in axes if name in rest.variables])
    told = f"'{dim}' spread over ({', '.join(map(str, numbers.dims))}) by '{index}', "
    return (
        rest.assign(spread)
        .assign_coords(axes)
        .assign_attrs(
            remarks=[*data.attrs.get("remarks", ()), told + f"counted from {first}"]
        )
    )


def _counted(
    data: xr.Dataset, values: np.ndarray, index: str, where: str
) -> tuple[str, int]:
    """Return the dimension of the cells, and the number of the first one."""
    low, high = int(values.min()), int(values.max())
    ours = {str(dim): size for dim, size in data.sizes.items() if dim != "time"}
    fits = [(dim, 1) for dim, size in ours.items() if low >= 1 and high == size]
    fits += [(dim, 0) for dim, size in ours.items() if low == 0 and high == size - 1]
    if len(fits) == 1:
        return fits[0]
    told = ", ".join(f"{dim} {size}" for dim, size in ours.items()) or "none"
    reason = "fits none of" if not fits else "fits several of"
    msg = (
        f"{where}: '{index}' runs from {low} to {high}, which {reason} the dimensions "
        f"of {data.attrs.get('files', ['?'])[0]} ({told}); expected 1 to n or 0 to "
        "n - 1 for one dimension of n cells. Name the map of this run under 'grid:'."
    )
    raise InputError(msg)


def _spread(
    array: xr.DataArray,
    dim: str,
    cells: np.ndarray,
    present: np.ndarray,
    dims: tuple[object, ...],
) -> xr.DataArray:
    def taken(block: np.ndarray) -> np.ndarray:
        return np.where(present, block[..., cells], np.nan).astype(kind)

    kind = array.dtype if array.dtype.kind == "f" else np.dtype("f8")
    if "time" in array.dims and array.chunks is None:
        step = cells.size * kind.itemsize * array.size // array[dim].size
        step //= max(array.sizes["time"], 1)
        array = array.chunk({"time": max(1, _CHUNK_BYTES // max(step, 1))})
    if array.chunks is not None:
        array = array.chunk({dim: -1})
    spread = xr.apply_ufunc(
        taken,
        array,
        input_core_dims=[[dim]],
        output_core_dims=[list(dims)],
        dask="parallelized",
        output_dtypes=[kind],
        dask_gufunc_kwargs={
            "output_sizes": dict(zip(dims, cells.shape, strict=True)),
            "allow_rechunk": False,
        },
        keep_attrs=True,
    )
    # A missing value of the map is no missing value of the file.
    spread.encoding = {}
    return spread


def _axes(stated: xr.Dataset, numbers: xr.DataArray) -> dict[str, xr.Variable]:
    """Return the coordinates of the map and their bounds."""
    names = [str(n) for n in numbers.coords]
    names += [
        str(stated[name].attrs["bounds"])
        for name in names
        if stated[name].attrs.get("bounds") in stated.variables
    ]
    names += [f"{dim}_bnds" for dim in numbers.dims if f"{dim}_bnds" in stated]
    return {name: stated[name].variable for name in dict.fromkeys(names)}

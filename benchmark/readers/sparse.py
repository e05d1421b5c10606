"""Cells that stand for many: values of a list of cells, spread over a map."""

import numpy as np
import xarray as xr

from benchmark.config.descriptors import GridFile
from benchmark.errors import InputError

_CHUNK_BYTES = 12 * 2**20


def spread_cells(data: xr.Dataset, stated: xr.Dataset, grid: GridFile) -> xr.Dataset:
    """Return values of a list of cells on the map of which cell is where.

    Parameters
    ----------
    data : Dataset
        With one dimension of cells.
    stated : Dataset
        The grid files: the map, (lat, lon), whose numbers count from 0 or 1, and
        its coordinates.
    grid : GridFile
        `index` names the map, `mask` a map that is not 0 where it holds, `lat`
        and `lon` the coordinates of the cells themselves, if there are any:
        they say which cell has which number.

    Returns
    -------
    Dataset
        The values on (..., lat, lon), lazily, NaN where the map has no cell; and
        the axes of the map. A data set without the cells is returned as it is.

    Raises
    ------
    InputError
        If no dimension fits the map, it is unclear where it counts from, the
        sea has a number, or the cells are not where the map has them.

    Notes
    -----
    CLM's sparse grid runs the model for a few hundred representative cells,
    each for a cluster of grid points, one of which is its own. The numbers of
    the clusters need not be in the order of the cells of the output.

    Examples
    --------
    >>> data = xr.Dataset({"gpp": ("cell", [3.0, 5.0])})
    >>> axes = {"lat": [60.0, 61.0], "lon": [10.0]}
    >>> stated = xr.Dataset({"of": (("lat", "lon"), [[2], [1]])}, coords=axes)
    >>> map_file = GridFile(("map.nc",), index="of")
    >>> spread_cells(data, stated, map_file)["gpp"].values.tolist()
    [[5.0], [3.0]]
    """
    where, index = grid.files[0], str(grid.index)
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
    dim, first, cells, present = _numbered(data, stated, grid)
    own = _own_places(data, stated, dim, grid)
    told = f"'{dim}' spread over ({', '.join(map(str, numbers.dims))}) by '{index}', "
    told += f"counted from {first}"
    if own is None:
        told += "; the order of the cells is taken from the numbers, and not checked"
    else:
        order = _order(own, numbers, cells, present, where)
        told += "; the order of the cells by their own lat and lon"
        cells = order[cells]
    spread = {
        str(name): _spread(array, dim, cells, present, numbers.dims)
        for name, array in data.data_vars.items()
        if dim in array.dims and array.dtype.kind in "fiu"
    }
    rest = data.drop_vars([n for n, v in data.variables.items() if dim in v.dims])
    axes = _axes(stated, numbers)
    rest = rest.drop_vars([name for name in axes if name in rest.variables])
    return (
        rest.assign(spread)
        .assign_coords(axes)
        .assign_attrs(remarks=[*data.attrs.get("remarks", ()), told])
    )


def _numbered(
    data: xr.Dataset, stated: xr.Dataset, grid: GridFile
) -> tuple[str, int, np.ndarray, np.ndarray]:
    """Return the cells' dimension, the first number, the cells, and where they are."""
    where, index = grid.files[0], str(grid.index)
    numbers = stated[index]
    values = numbers.to_numpy().astype(float)
    present = np.isfinite(values)
    if grid.mask is not None:
        mask = stated[grid.mask].transpose(*numbers.dims).to_numpy()
        present &= np.nan_to_num(mask.astype(float)) != 0
    if not present.any() or (values[present] % 1 != 0).any():
        msg = f"{where}: '{index}' is no map of whole numbers; expected cell numbers."
        raise InputError(msg)
    dim, first = _counted(data, values[present], index, where)
    if grid.mask is None:
        _refuse_numbered_sea(values[present], index, where)
    cells = np.where(present, values - first, 0).astype(int)
    return dim, first, cells, present


def _refuse_numbered_sea(values: np.ndarray, index: str, where: str) -> None:
    """Refuse a cell that stands for more points than all others together."""
    counts = np.bincount(values.astype(int))
    if counts.size > 2 and counts.max() > values.size / 2:
        number = int(counts.argmax())
        msg = (
            f"{where}: in '{index}' the number {number} stands for {counts.max()} of "
            f"{values.size} points, as if the sea had it; expected missing values "
            "there. Write 'mask:' under 'grid:', a map that is not 0 on land."
        )
        raise InputError(msg)


def _own_places(
    data: xr.Dataset, stated: xr.Dataset, dim: str, grid: GridFile
) -> tuple[np.ndarray, np.ndarray] | None:
    """Return lat and lon of the cells themselves, if a file has them."""
    size = data.sizes[dim]
    for held, lat, lon in (
        (stated, grid.lat, grid.lon),
        (data, "grid1d_lat", "grid1d_lon"),
        (data, "lat", "lon"),
    ):
        if lat in held.variables and lon in held.variables:
            found = held[lat].to_numpy(), held[lon].to_numpy()
            if found[0].shape == found[1].shape == (size,):
                return found
    return None


def _order(
    own: tuple[np.ndarray, np.ndarray],
    numbers: xr.DataArray,
    cells: np.ndarray,
    present: np.ndarray,
    where: str,
) -> np.ndarray:
    """Return the cell of the output that each number of the map is."""
    lat, lon = (numbers[dim].to_numpy() for dim in numbers.dims)
    row = np.abs(lat[None, :] - own[0][:, None]).argmin(axis=1)
    apart = (lon[None, :] - own[1][:, None] + 180.0) % 360.0 - 180.0
    column = np.abs(apart).argmin(axis=1)
    number = np.where(present[row, column], cells[row, column], -1)
    if not np.array_equal(np.sort(number), np.arange(number.size)):
        wrong = np.setdiff1d(np.arange(number.size), number).size
        msg = (
            f"{where}: {wrong} of {number.size} numbers of '{numbers.name}' have no "
            "cell at one of their points; expected each cell inside the points that "
            "it stands for. Name the map and the coordinates of this run."
        )
        raise InputError(msg)
    return np.argsort(number)


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

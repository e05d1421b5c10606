"""Which cells of a NetCDF file belong to which class, and what it is called."""

from pathlib import Path
from typing import NamedTuple

import numpy as np
import xarray as xr

from benchmark.errors import InputError
from benchmark.harmonise.axes import with_axes
from benchmark.harmonise.grid import standard_grid
from benchmark.readers.netcdf import open_header
from benchmark.regions.region_set import unknown

#: More classes than this are no map of classes: the values are a quantity.
MOST_CLASSES = 2000
#: Whole numbers beyond this are marks of missing data nobody declared.
LARGEST_CLASS = 1_000_000


class MaskClass(NamedTuple):
    """One class: its name, its cells (lat, lon), their limits in degrees."""

    name: str
    inside: np.ndarray
    lat_edges: np.ndarray
    lon_edges: np.ndarray


def mask_classes(
    path: Path, variable: str | None, threshold: float | None
) -> dict[str, MaskClass]:
    """Read the classes of a mask; see `benchmark.regions.masks.read_mask`.

    Parameters
    ----------
    path : Path
        A NetCDF file.
    variable : str or None
        Which variable, where the file has several maps.
    threshold : float or None
        A cell with a fraction above it is inside.

    Returns
    -------
    dict of str to MaskClass
        By id, in the order of the file; some may have no cells.

    Raises
    ------
    InputError
        If the file or the variable is not usable.
    """
    with open_header(path) as opened:
        data = opened.load()
    classes: dict[str, MaskClass] = {}
    for name in _maps(data, path, variable):
        grid = _grid(data, name, f"{path}: {name}")
        edges = _edges(grid["lat_bnds"]), _edges(grid["lon_bnds"])
        for id, (label, inside) in _cells(data, grid, name, path, threshold).items():
            classes[id] = MaskClass(label, inside, *edges)
    return classes


def _maps(data: xr.Dataset, path: Path, variable: str | None) -> list[str]:
    """Return the variables that hold regions."""
    maps = [str(name) for name in data.data_vars if _is_map(data, str(name))]
    if variable is not None:
        if variable not in maps:
            raise InputError(unknown(f"{path}: variable", variable, maps))
        return [variable]
    if not maps:
        found = ", ".join(map(str, data.data_vars)) or "nothing"
        msg = (
            f"{path}: no map of classes (lat, lon) and no mask (region, lat, lon); "
            f"the file has {found}."
        )
        raise InputError(msg)
    said = [name for name in maps if _says_classes(data[name])]
    if len(said) == 1:
        return said
    if len(maps) == 1 or all(_is_binary(data[name].to_numpy()) for name in maps):
        return maps
    msg = (
        f"{path}: {', '.join(maps)} could all be the regions; write 'variable:' beside "
        f"'file:', such as variable: {maps[0]}."
    )
    raise InputError(msg)


def _is_map(data: xr.Dataset, name: str) -> bool:
    values = data[name].squeeze()
    bounds = {str(v.attrs.get("bounds", "")) for v in data.variables.values()}
    axis = name.lower().startswith(("lat", "lon", "nav_l")) or name in bounds
    axis |= name.lower().endswith(("_bnds", "_bounds"))
    axis |= values.attrs.get("standard_name") in ("latitude", "longitude")
    return values.ndim in (2, 3) and values.dtype.kind in "biuf" and not axis


def _says_classes(values: xr.DataArray) -> bool:
    return bool({"labels", "flag_meanings"} & set(values.attrs))


def _is_binary(values: np.ndarray) -> bool:
    known = values[~np.isnan(values)] if values.dtype.kind == "f" else values
    return bool(np.isin(known, (0, 1)).all())


def _grid(data: xr.Dataset, name: str, where: str) -> xr.Dataset:
    """Return `value` on ascending lat and lon with bounds."""
    lone = [dim for dim in data[name].dims if data[name].sizes[dim] == 1]
    axes = [dim for dim in lone if str(dim).lower().startswith(("lat", "lon"))]
    values = data[name].squeeze([dim for dim in lone if dim not in axes], drop=True)
    try:
        grid, _ = standard_grid(with_axes(values, data, where), where)
    except InputError as error:
        if "rectilinear" not in str(error):
            raise
        msg = (
            f"{error} Put the classes on such a grid first, each cell taking the "
            "nearest class: cdo remapnn,global_0.5 FILE OUT."
        )
        raise InputError(msg) from error
    extra = [dim for dim in grid["value"].dims if dim not in ("lat", "lon")]
    if grid["value"].ndim - len(extra) != 2 or len(extra) > 1:
        msg = (
            f"{where}: has dimensions ({', '.join(map(str, grid['value'].dims))}); "
            "expected (lat, lon), or a dimension of regions before them."
        )
        raise InputError(msg)
    return grid.transpose(*extra, "lat", "lon", ...)


def _edges(bounds: xr.DataArray) -> np.ndarray:
    """Return the limits of cells that touch, shared by neighbours to the last bit."""
    low, high = bounds.to_numpy().min(axis=1), bounds.to_numpy().max(axis=1)
    edges = np.concatenate([low[:1], (low[1:] + high[:-1]) / 2, high[-1:]])
    if abs(edges[-1] - edges[0] - 360) < 0.01 * (high[0] - low[0]):
        edges[-1] = edges[0] + 360
    return edges


Cells = dict[str, tuple[str, np.ndarray]]


def _cells(
    data: xr.Dataset, grid: xr.Dataset, name: str, path: Path, threshold: float | None
) -> Cells:
    """Return name and cells of each class of a variable, by id."""
    values, where = grid["value"].to_numpy(), f"{path}: {name}"
    if values.ndim == 3:
        dim = str(grid["value"].dims[0])
        labels = _labels(data, dim)
        inside = _above(values, threshold, where)
        return {id: (label, inside[n]) for n, (id, label) in enumerate(labels)}
    if _says_classes(data[name]):
        return _named(data, name, values, where)
    if threshold is not None or _is_binary(values):
        return {name: (name, _above(values, threshold, where))}
    return _numbered(values, where)


def _above(values: np.ndarray, threshold: float | None, where: str) -> np.ndarray:
    """Return the cells of a mask that are inside."""
    if threshold is not None:
        return np.asarray(np.nan_to_num(values) > threshold)
    if _is_binary(values):
        return np.asarray(values == 1)
    low, high = np.nanmin(values), np.nanmax(values)
    msg = (
        f"{where}: values from {low:g} to {high:g} are not 0 and 1. Fractions have no "
        "outline: write threshold: 0.5 to take the cells with more than half inside."
    )
    raise InputError(msg)


def _labels(data: xr.Dataset, dim: str) -> list[tuple[str, str]]:
    """Return id and name of the regions along a dimension."""
    along = {
        str(key): _texts(array.to_numpy())
        for key, array in data.variables.items()
        if array.dims == (dim,) and array.dtype.kind in "OSU"
    }
    if dim in data.variables:
        numbers = _texts(data[dim].to_numpy())
    else:
        numbers = [str(n) for n in range(data.sizes[dim])]
    ids = next((along[k] for k in ("abbrevs", dim, "labels") if k in along), numbers)
    names = next(
        (along[k] for k in ("names", f"{dim}_name", "name") if k in along), ids
    )
    return list(zip(ids, names, strict=True))


def _named(data: xr.Dataset, name: str, values: np.ndarray, where: str) -> Cells:
    """Return the classes that attributes name, ILAMB's or those of CF."""
    attrs = data[name].attrs
    if "labels" in attrs:
        ids = _variable_texts(data, str(attrs["labels"]), where)
        codes = np.arange(len(ids))
        names = ids
        if "names" in attrs:
            names = _variable_texts(data, str(attrs["names"]), where)
    else:
        ids = names = str(attrs["flag_meanings"]).split()
        codes = np.atleast_1d(attrs.get("flag_values", []))
    if not len(ids) == len(names) == len(codes):
        msg = (
            f"{where}: {len(codes)} classes, {len(ids)} labels and {len(names)} names; "
            "expected as many of each."
        )
        raise InputError(msg)
    return {
        id: (label, values == code)
        for id, label, code in zip(ids, names, codes, strict=True)
    }


def _variable_texts(data: xr.Dataset, name: str, where: str) -> list[str]:
    if name not in data.variables:
        msg = f"{where}: the classes are said to be named by '{name}', which is absent."
        raise InputError(msg)
    return _texts(data[name].to_numpy())


def _texts(values: np.ndarray) -> list[str]:
    return [
        item.decode("utf-8", "replace") if isinstance(item, bytes) else str(item)
        for item in np.atleast_1d(values).tolist()
    ]


def _numbered(values: np.ndarray, where: str) -> Cells:
    """Return the classes of a map of whole numbers: the number is the id."""
    codes = np.unique(values[np.isfinite(values)])
    codes = codes[np.abs(codes.astype(float)) < LARGEST_CLASS]
    if codes.size > MOST_CLASSES or (codes != np.round(codes)).any():
        msg = (
            f"{where}: has {codes.size} different values, {codes[0]:g} to "
            f"{codes[-1]:g}; expected whole numbers, each a class, or a mask of 0 and "
            "1. For a fraction write threshold: 0.5."
        )
        raise InputError(msg)
    return {f"{code:.0f}": (f"class {code:.0f}", values == code) for code in codes}

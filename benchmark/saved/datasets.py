"""Datasets as groups of one NetCDF file, written small and read with suspicion."""

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import numpy as np
import xarray as xr

from benchmark.atomic import write_bytes
from benchmark.errors import ConfigError

if TYPE_CHECKING:
    import netCDF4

# A scalar is written as an array of one: only arrays in chunks are read.
_SCALAR = "_scalar"
# More values than this are no evidence of one pair.
_MOST = 50_000_000
_BOOL = "logical"
# How others know that an array of letters is texts.
_UTF8 = {"_Encoding": "utf-8"}


def write_groups(
    path: Path, groups: Mapping[str, xr.Dataset], about: Mapping[str, str]
) -> bytes:
    """Write datasets as groups of one NetCDF file.

    Parameters
    ----------
    path : Path
        Where to write.
    groups : mapping of str to Dataset
        Paths of groups, such as ``relationships/soil-gpp``, to what they hold:
        numbers, truths and texts.
    about : mapping of str to str
        Attributes of the file.

    Returns
    -------
    bytes
        What was written.
    """
    import netCDF4

    # On disk: a file in memory grows by 64 KiB, more than most of these need.
    with TemporaryDirectory() as room:
        made = Path(room) / "made.nc"
        with netCDF4.Dataset(made, "w") as file:
            file.setncatts(dict(about))
            for name, data in groups.items():
                _write(file.createGroup(name), data)
        content = made.read_bytes()
    write_bytes(path, content)
    return content


def read_groups(content: bytes, path: Path, names: list[str]) -> dict[str, xr.Dataset]:
    """Read groups of a NetCDF file that `write_groups` wrote.

    Parameters
    ----------
    content : bytes
        Of the file.
    path : Path
        Its path, for messages.
    names : list of str
        The groups that are wanted.

    Returns
    -------
    dict of str to Dataset

    Raises
    ------
    ConfigError
        If it is no such file. HDF5 knows links to other files; a file that is
        read from memory cannot follow them, and data that are stored outside
        are never in chunks, which is why everything else is refused.
    """
    import netCDF4

    try:
        with netCDF4.Dataset("memory.nc", memory=content) as file:
            return {name: _read(file[name]) for name in names}
    except (OSError, ValueError, IndexError, KeyError, RuntimeError) as error:
        msg = f"{path}: no NetCDF file of a kept run ({error})."
        raise ConfigError([msg]) from error


def _write(group: "netCDF4.Group", data: xr.Dataset) -> None:
    # In one order, so that the same data give the same bytes.
    for name, size in sorted(data.sizes.items()):
        group.createDimension(str(name), size)
    group.setncatts(_attributes(data.attrs))
    group.setncattr("coordinates_of_group", " ".join(sorted(map(str, data.coords))))
    for name, item in sorted(data.variables.items()):
        values, dims = item.to_numpy(), tuple(map(str, item.dims))
        if not dims:
            if _SCALAR not in group.dimensions:
                group.createDimension(_SCALAR, 1)
            values, dims = values.reshape(1), (_SCALAR,)
        attributes = _attributes(item.attrs)
        if values.dtype.kind == "b":
            values, attributes = values.astype("i1"), {**attributes, _BOOL: 1}
        if values.dtype.kind in "OUT":
            values = _letters(values)
            length = values.shape[-1]
            dims, attributes = (*dims, f"_text{length}"), attributes | _UTF8
            if dims[-1] not in group.dimensions:
                group.createDimension(dims[-1], length)
        variable = group.createVariable(
            str(name),
            values.dtype,
            dims,
            compression="zlib",
            complevel=6,
            chunksizes=[max(1, size) for size in values.shape],
        )
        variable.setncatts(attributes)
        variable.set_auto_maskandscale(False)
        variable.set_auto_chartostring(False)
        variable[...] = values


def _letters(texts: np.ndarray) -> np.ndarray:
    """Return texts as bytes, an axis more: those of any length are not compressed."""
    coded = np.char.encode(texts.astype(str), "utf-8")
    width = max(1, coded.dtype.itemsize)
    return coded.astype(f"S{width}")[..., None].view("S1")


def _texts(letters: np.ndarray) -> np.ndarray:
    whole = np.ascontiguousarray(letters).view(f"S{letters.shape[-1]}")[..., 0]
    return np.char.decode(whole, "utf-8")


def _attributes(attributes: Mapping[Any, Any]) -> dict[str, Any]:
    """Return what a file can hold; a leading underscore is NetCDF's own."""
    return {
        str(name): value if type(value) in (int, float) else str(value)
        for name, value in attributes.items()
        if not str(name).startswith("_")
    }


def _read(group: "netCDF4.Group") -> xr.Dataset:
    size = sum(int(np.prod(v.shape, dtype=float)) for v in group.variables.values())
    if size > _MOST:
        msg = f"group {group.name} has {size} values; expected at most {_MOST}"
        raise ValueError(msg)
    coords = str(group.getncattr("coordinates_of_group")).split(" ")
    read = {name: _variable(item) for name, item in group.variables.items()}
    attributes = {name: group.getncattr(name) for name in group.ncattrs()}
    del attributes["coordinates_of_group"]
    return xr.Dataset(
        {name: item for name, item in read.items() if name not in coords},
        {name: item for name, item in read.items() if name in coords},
        attributes,
    )


def _variable(item: "netCDF4.Variable") -> xr.Variable:
    kind = "" if item.dtype is str else np.dtype(item.dtype).kind
    if item.chunking() == "contiguous" or kind not in {"S", "f", "i", "u"}:
        msg = f"variable {item.name} is not stored as a run is kept"
        raise ValueError(msg)
    item.set_auto_maskandscale(False)
    item.set_auto_chartostring(False)
    values, dims = np.asarray(item[...]), item.dimensions
    if kind == "S":
        values, dims = _texts(values), dims[:-1]
    attributes = {name: _python(item.getncattr(name)) for name in item.ncattrs()}
    attributes = {n: x for n, x in attributes.items() if n not in _UTF8}
    if attributes.pop(_BOOL, 0):
        values = values.astype(bool)
    if dims == (_SCALAR,):
        return xr.Variable((), values[0], attributes)
    return xr.Variable(dims, values, attributes)


def _python(value: Any) -> Any:
    return value.item() if isinstance(value, np.generic) else value

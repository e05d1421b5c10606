"""Small datasets as plain JSON, and what of a large one need not be written."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import xarray as xr

from benchmark.score.result import Evidence

# A NetCDF file of a few numbers is 20 kB of tables for finding them.
SMALL = 2_000
_KINDS = {"f": "float", "i": "int", "b": "bool", "U": "str"}
_TYPES = {"float32", "float64", "int32", "int64", "bool", "str"}


def is_small(evidence: Evidence) -> bool:
    """Return whether evidence is few numbers, and none of a map.

    Parameters
    ----------
    evidence : Evidence
        Of a model and a reference.

    Returns
    -------
    bool
        Such evidence is kept in the run file, and has no file of its own.
    """
    held = [evidence.cycle, evidence.annual, evidence.sites]
    held += evidence.relationships.values()
    known = [data for data in held if data is not None]
    values = sum(item.size for data in known for item in data.variables.values())
    return evidence.maps is None and values <= SMALL


def inlined(data: xr.Dataset) -> dict[str, Any]:
    """Return a settled dataset as lists, mappings, texts and numbers.

    Parameters
    ----------
    data : Dataset
        Of floats, whole numbers, truths and texts.

    Returns
    -------
    dict
        ``variables`` (name to dims, type, shape, values, attributes),
        ``coords`` (their names) and ``attributes``.
    """
    return {
        "variables": {
            str(name): _plain(item) for name, item in sorted(data.variables.items())
        },
        "coords": sorted(map(str, data.coords)),
        "attributes": _attributes(data.attrs),
    }


def opened(value: dict[str, Any]) -> xr.Dataset:
    """Return the dataset that `inlined` made plain.

    Parameters
    ----------
    value : dict
        From JSON, by anybody.

    Returns
    -------
    Dataset

    Raises
    ------
    ValueError, TypeError, LookupError, AttributeError, OverflowError
        If it is none.

    Examples
    --------
    >>> data = xr.Dataset({"model": ("year", [1.5, np.nan])}, {"year": [2000, 2001]})
    >>> opened(inlined(data)).identical(data)
    True
    """
    read = {name: _variable(item) for name, item in value["variables"].items()}
    coords = {name: read.pop(name) for name in value["coords"]}
    return xr.Dataset(read, coords, dict(value["attributes"]))


def without_difference(data: xr.Dataset) -> tuple[xr.Dataset, dict[str, Any] | None]:
    """Leave out a difference that is the model minus the reference to the last bit.

    Parameters
    ----------
    data : Dataset
        Of any variables.

    Returns
    -------
    Dataset
        What is left.
    dict or None
        The attributes of the difference, or None where nothing was left out.
    """
    if not {"model", "reference", "difference"} <= set(data.data_vars):
        return data, None
    made, found = difference(data, {}), data["difference"].variable
    if made.dims != found.dims or made.dtype != found.dtype:
        return data, None
    if not np.array_equal(made.to_numpy(), found.to_numpy(), equal_nan=True):
        return data, None
    return data.drop_vars("difference"), _attributes(found.attrs)


def difference(data: xr.Dataset, about: Mapping[str, Any]) -> xr.Variable:
    """Return the model minus the reference, with these attributes."""
    made = data["model"].variable - data["reference"].variable
    return xr.Variable(made.dims, made.to_numpy(), dict(about))


def _plain(item: xr.Variable) -> dict[str, Any]:
    values = item.to_numpy()
    if values.dtype.kind in "OUT":
        values = values.astype(str)
    kind = _KINDS[values.dtype.kind]
    listed = values.ravel().tolist()
    if kind == "float":
        listed = [x if np.isfinite(x) else str(x) for x in listed]
    return {
        "dims": list(map(str, item.dims)),
        "type": kind if kind in _TYPES else str(values.dtype),
        "shape": list(values.shape),
        "values": listed,
        "attributes": _attributes(item.attrs),
    }


def _variable(item: dict[str, Any]) -> xr.Variable:
    kind, values = item["type"], item["values"]
    if kind not in _TYPES or not isinstance(values, list):
        msg = f"no values of a known type ({kind!r:.40})"
        raise ValueError(msg)
    given = [float(x) for x in values] if kind.startswith("float") else values
    if kind == "str" and not all(isinstance(x, str) for x in given):
        msg = "values that are no texts"
        raise ValueError(msg)
    array = np.array(given, kind).reshape(item["shape"])
    return xr.Variable(item["dims"], array, dict(item["attributes"]))


def _attributes(attributes: Mapping[Any, Any]) -> dict[str, Any]:
    return {
        str(name): value if type(value) in (int, float) else str(value)
        for name, value in attributes.items()
    }

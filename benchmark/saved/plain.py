"""A run as plain JSON: what its dataclasses hold, by the names of their fields."""

import math
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr

Trail = tuple[str, ...]
Keep = Callable[[xr.Dataset, Trail], dict[str, Any]]

KINDS = {"b": "truth", "i": "integer", "f": "number"}


def plain(value: Any, trail: Trail, keep: Keep) -> Any:
    """Return a value as lists, mappings, texts and numbers.

    Parameters
    ----------
    value : object
        A dataclass, a mapping, a tuple, a table, an array, or plain already.
    trail : tuple of str
        The fields and keys that lead to it.
    keep : callable
        Stores a dataset of that trail elsewhere, and returns where.

    Returns
    -------
    object
        That `json.dumps` takes. Numbers that JSON does not know are texts:
        ``nan``, ``inf``, ``-inf``.

    Raises
    ------
    TypeError
        If there is no plain form.
    """
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, (float, np.generic)):
        return _number(value)
    if isinstance(value, Path):
        return value.as_posix()
    if isinstance(value, (list, tuple)):
        return [plain(item, (*trail, str(i)), keep) for i, item in enumerate(value)]
    if isinstance(value, xr.Dataset):  # before mappings, which it is too
        return keep(value, trail)
    if isinstance(value, Mapping):
        return _mapping(value, trail, keep)
    if isinstance(value, xr.DataArray):
        data = value.to_dataset(name="values")
        return {**keep(data, trail), "name": value.name}
    if isinstance(value, pd.DataFrame):
        return {"columns": columns(value), "values": _values(value)}
    if is_dataclass(value):
        names = [field.name for field in fields(value)]
        return {n: plain(getattr(value, n), (*trail, n), keep) for n in names}
    return _shape(value, trail)


def columns(table: pd.DataFrame) -> dict[str, str]:
    """Return the kind of each column of a settled table."""
    return {str(n): KINDS.get(table[n].dtype.kind, "text") for n in table.columns}


def _number(value: Any) -> Any:
    number = value.item() if isinstance(value, np.generic) else value
    if isinstance(number, float) and not math.isfinite(number):
        return str(number)
    return number


def _mapping(value: Mapping[Any, Any], trail: Trail, keep: Keep) -> Any:
    if all(isinstance(key, str) for key in value):
        return {k: plain(item, (*trail, k), keep) for k, item in value.items()}
    return [
        {
            "key": plain(key, trail, keep),
            "value": plain(item, (*trail, *map(str, key)), keep),
        }
        for key, item in value.items()
    ]


def _values(table: pd.DataFrame) -> list[list[Any]]:
    return [[_number(value) for value in table[name].tolist()] for name in table]


def _shape(value: Any, trail: Trail) -> dict[str, Any]:
    from shapely.geometry import mapping
    from shapely.geometry.base import BaseGeometry

    if not isinstance(value, BaseGeometry):
        msg = f"{'.'.join(trail)}: a run cannot keep a {type(value).__name__}"
        raise TypeError(msg)
    shape: dict[str, Any] = mapping(value)
    return shape

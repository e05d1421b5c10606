"""Puts a run into the form in which it is kept: what is drawn is what is kept."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr

from benchmark.report.figures.projection import SOUTH
from benchmark.report.file_notes import tail
from benchmark.saved.inline import difference
from benchmark.score.result import RunResult

# Larger arrays are rounded to 10 binary digits, 0.1 %: a quarter of the size,
# and below what a page or a map can show.
LARGE = 10_000
KEPT_BITS = 9
# Fields that hold paths of the machine of the run.
_PATHS = ("files", "weights", "file", "source")


def settled(result: RunResult) -> RunResult:
    """Return a run as it will be read back.

    Parameters
    ----------
    result : RunResult
        A finished run; it is not changed.

    Returns
    -------
    RunResult
        The same numbers in the tables, with "" for missing texts. Large arrays
        are rounded to 0.1 % and cut at 45 N, whence the maps are drawn. Of
        the paths of files the last two parts are left, as the pages show them:
        a report is meant to be sent. To settle twice changes nothing.
    """
    found: RunResult = _settled(result)
    return found


def rounded(values: np.ndarray) -> np.ndarray:
    """Round to 10 significant binary digits, in single precision.

    Parameters
    ----------
    values : ndarray
        Any shape; NaN and infinity stay.

    Returns
    -------
    ndarray of float32

    Notes
    -----
    BitRound, to nearest and ties to even: Kloewer et al. (2021),
    https://doi.org/10.1038/s43588-021-00156-2. Zero bits at the end pack well.

    Examples
    --------
    >>> float(rounded(np.array(3.14159265)))
    3.140625
    """
    single = np.asarray(values, np.float32)
    bits = single.view(np.uint32)
    drop = np.uint32(23 - KEPT_BITS)
    half = np.uint32((1 << (drop - 1)) - 1)
    last = (bits >> drop) & np.uint32(1)
    mask = np.uint32((0xFFFFFFFF << int(drop)) & 0xFFFFFFFF)
    made = ((bits + half + last) & mask).view(np.float32)
    return np.where(np.isfinite(single), made, single)


def clean(text: str) -> str:
    """Return a text as a table in UTF-8 with newlines can hold it."""
    if text.isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    return text.encode("utf-8", errors="replace").decode("utf-8")


def settled_table(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table of texts, floats, whole numbers and truths.

    Parameters
    ----------
    table : DataFrame
        Of any columns.

    Returns
    -------
    DataFrame
        Without index; a missing text is "".
    """
    columns = {str(name): _column(table[name]) for name in table.columns}
    return pd.DataFrame(columns, columns=list(columns))


def _column(column: pd.Series) -> pd.Series:
    kind = column.dtype.kind
    if kind == "b" or kind in "iu":
        return pd.Series(column.to_numpy(bool if kind == "b" else np.int64))
    if kind == "f":
        return pd.Series(column.to_numpy(np.float64, na_value=np.nan))
    missing = column.isna()
    texts = [
        "" if gone else clean(str(value))
        for value, gone in zip(column.tolist(), missing.tolist(), strict=True)
    ]
    return pd.Series(texts, dtype="str")


def _settled(value: Any, name: str = "") -> Any:
    if isinstance(value, pd.DataFrame):
        return settled_table(value)
    if isinstance(value, xr.Dataset):
        return _dataset(value)
    if isinstance(value, xr.DataArray):
        return _dataset(value.to_dataset(name="values"))["values"].rename(value.name)
    if isinstance(value, Path):
        return Path(tail(str(value))) if value.is_absolute() else value
    if isinstance(value, str):
        return tail(value) if name in _PATHS and _is_absolute(value) else value
    if is_dataclass(value) and not isinstance(value, type):
        made = {f.name: _settled(getattr(value, f.name), f.name) for f in fields(value)}
        return replace(value, **made)
    if isinstance(value, Mapping):
        return {key: _settled(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return tuple(_settled(item, name) for item in value)
    return value


def _is_absolute(text: str) -> bool:
    return text.startswith(("/", "\\\\")) or text[1:3] in {":\\", ":/"}


def _dataset(data: xr.Dataset) -> xr.Dataset:
    if "lat_bnds" in data.variables and "lat" in data.dims:
        north = data["lat_bnds"].to_numpy().max(axis=-1) > SOUTH
        data = data.isel(lat=north) if north.any() else data
    elif "lat_north" in data.coords and "lat" in data.dims:
        north = data["lat_north"].to_numpy() > SOUTH
        data = data.isel(lat=north) if north.any() else data
    large = {
        name: (item.dims, rounded(item.to_numpy()), item.attrs)
        for name, item in data.variables.items()
        if item.size > LARGE and item.dtype.kind == "f"
    }
    made = data.assign(large).drop_encoding()
    if "difference" in large and {"model", "reference"} <= set(large):
        # Of what is kept, so that it can be made again.
        made["difference"] = difference(made, data["difference"].attrs)
    return made

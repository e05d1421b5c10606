"""Layouts of weight files: ESMF, xESMF, SCRIP (CDO) and YAC."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import xarray as xr

from benchmark.errors import InputError

Centres = tuple[np.ndarray, np.ndarray]


@dataclass(frozen=True)
class Side:
    """What a file says of one of its grids; None is what it does not say.

    Parameters
    ----------
    size : int or None
        Number of cells.
    centres : tuple of numpy.ndarray or None
        Latitude and longitude (cell,), degrees.
    mask, fraction : numpy.ndarray or None
        Whether a cell takes part, and the part of it that is covered.
    """

    size: int | None = None
    centres: Centres | None = None
    mask: np.ndarray | None = None
    fraction: np.ndarray | None = None


@dataclass(frozen=True)
class Links:
    """Weights between cells of two grids, as a file has them.

    Parameters
    ----------
    weight : numpy.ndarray
        One weight per link (link,).
    row, column : numpy.ndarray
        Target and source cell (link,), counted from 0.
    source, target : Side
        The two grids.
    normalization : str
        ``destarea`` (shared over target area), ``fracarea`` (shared over
        covered target area), ``none`` (shared area) or empty: not said.
    method : str
        How they were made, as the file says it, in lower case; may be empty.
    """

    weight: np.ndarray
    row: np.ndarray
    column: np.ndarray
    source: Side
    target: Side
    normalization: str
    method: str


def read_links(path: Path) -> Links:
    """Read the weights of a file, whoever wrote it.

    Known are ESMF's layout (``S``, ``row``, ``col``; xESMF writes no more than
    these three) and SCRIP's (``remap_matrix``, ``dst_address``,
    ``src_address``), which CDO and YAC write. Addresses count from 1.

    Parameters
    ----------
    path : Path
        A NetCDF file.

    Returns
    -------
    Links

    Raises
    ------
    InputError
        If it is no weight file, or of second order, or its numbers are wrong.
    """
    from benchmark.readers.netcdf import open_header

    with open_header(path) as data:
        if {"S", "row", "col"} <= set(data.variables):
            links = _esmf(data)
        elif {"remap_matrix", "dst_address", "src_address"} <= set(data.variables):
            links = _scrip(data, path)
        else:
            msg = (
                f"{path}: found the variables {sorted(map(str, data.variables))}; "
                "expected a weight file: S, row, col (ESMF, xESMF) or remap_matrix, "
                "dst_address, src_address (SCRIP, CDO, YAC)."
            )
            raise InputError(msg)
    _check(links, path)
    return links


def _esmf(data: xr.Dataset) -> Links:
    return Links(
        _floats(data["S"]),
        _addresses(data["row"]),
        _addresses(data["col"]),
        _side(data, ("n_a", "yc_a", "xc_a", "mask_a", "frac_a")),
        _side(data, ("n_b", "yc_b", "xc_b", "mask_b", "frac_b")),
        _text(data, "normalization"),
        _text(data, "ESMF_regrid_method", "map_method"),
    )


def _scrip(data: xr.Dataset, path: Path) -> Links:
    weight = _floats(data["remap_matrix"])
    if weight.ndim == 2 and weight.shape[1] > 1:
        msg = (
            f"{path}: remap_matrix has {weight.shape[1]} weights per link; expected 1: "
            "second order needs gradients. Write it with 'cdo gencon'."
        )
        raise InputError(msg)
    names = (
        "grid_size",
        "grid_center_lat",
        "grid_center_lon",
        "grid_imask",
        "grid_frac",
    )
    source, target = (
        _side(data, tuple(f"{which}_{name}" for name in names))
        for which in ("src", "dst")
    )
    return Links(
        weight.reshape(-1),
        _addresses(data["dst_address"]),
        _addresses(data["src_address"]),
        source,
        target,
        _text(data, "normalization"),
        _text(data, "map_method"),
    )


def _side(data: xr.Dataset, names: tuple[str, ...]) -> Side:
    size, lat, lon, mask, fraction = names
    centres = None
    if lat in data and lon in data:
        centres = (_degrees(data[lat]), _degrees(data[lon]))
    count = data.sizes.get(size)
    if count is None and centres is not None:
        count = centres[0].size
    return Side(
        None if count is None else int(count),
        centres,
        np.asarray(data[mask]).ravel() != 0 if mask in data else None,
        _floats(data[fraction]).ravel() if fraction in data else None,
    )


def _degrees(values: xr.DataArray) -> np.ndarray:
    numbers = _floats(values).ravel()
    radians = str(values.attrs.get("units", "")).strip().lower().startswith("rad")
    return np.degrees(numbers) if radians else numbers


def _floats(values: xr.DataArray) -> np.ndarray:
    return np.asarray(values, dtype="float64")


def _addresses(values: xr.DataArray) -> np.ndarray:
    numbers = np.nan_to_num(np.asarray(values, dtype="float64"), nan=0.0)
    return numbers.astype("int64").ravel() - 1


def _text(data: xr.Dataset, *names: str) -> str:
    found = (str(data.attrs[name]) for name in names if name in data.attrs)
    return next(found, "").strip().lower()


def _check(links: Links, path: Path) -> None:
    sizes = links.weight.size, links.row.size, links.column.size
    if len(set(sizes)) > 1 or not np.isfinite(links.weight).all():
        msg = (
            f"{path}: {sizes} weights, target and source addresses; expected as many "
            "of each, and finite weights."
        )
        raise InputError(msg)
    for side, index, what in (
        (links.target, links.row, "target"),
        (links.source, links.column, "source"),
    ):
        last = np.iinfo("int64").max if side.size is None else side.size - 1
        if index.size and (index.min() < 0 or index.max() > last):
            msg = (
                f"{path}: {what} addresses are {index.min() + 1}..{index.max() + 1}; "
                f"expected 1..{side.size or 'the number of cells'}."
            )
            raise InputError(msg)
        parts = [side.mask, side.fraction, *(side.centres or ())]
        if any(part is not None and part.size != side.size for part in parts):
            msg = f"{path}: masks, fractions or centres of the {what} differ in size."
            raise InputError(msg)

"""Two variables of a model on the cells and months that both have."""

import numpy as np
import xarray as xr

from benchmark.errors import InputError
from benchmark.harmonise.harmonised import Harmonised

_AXES = ("lat", "lon", "cell", "region")


def same_months(
    first: Harmonised, second: Harmonised, what: str
) -> tuple[xr.DataArray, xr.DataArray]:
    """Return two fields on the months that both have, by year and month.

    Dates are not compared: files put a month on its 1st, 15th or 16th, each
    in a calendar of its own.

    Parameters
    ----------
    first, second : Harmonised
        Monthly or yearly on the same cells; the second may be one map, which
        then stands for every month, or yearly, for every month of its year.
    what : str
        What is made of them, for messages.

    Returns
    -------
    first, second : DataArray
        Both with the time axis and the coordinates of the first.

    Raises
    ------
    InputError
        If they have other cells, or no month in common.
    """
    check_same_cells(first, second, what)
    one, other = first.field, second.field
    plain = other.reset_coords(drop=True)
    plain = plain.drop_vars([a for a in _AXES if a in plain.coords], errors="ignore")
    if "time" not in other.dims:
        return one, _on(plain, one)
    if "time" not in one.dims:
        msg = (
            f"{first.where}: {what} needs {second.where} of the same time; the one is "
            f"{_axes(one)}, the other {_axes(other)}."
        )
        raise InputError(msg)
    keys = _keys(one, by_month="month" in other.coords)
    known = {key: n for n, key in enumerate(_keys(other, by_month=True))}
    kept = [n for n, key in enumerate(keys) if key in known]
    if not kept:
        msg = (
            f"{first.where}: {what} needs {second.where} of the same months; the one "
            f"has {_span(one)}, the other {_span(other)}."
        )
        raise InputError(msg)
    one = one.isel(time=kept)
    plain = plain.isel(time=[known[keys[n]] for n in kept]).drop_vars("time")
    return one, _on(plain, one)


def check_same_cells(first: Harmonised, second: Harmonised, what: str) -> None:
    """Refuse two fields of different cells.

    Parameters
    ----------
    first, second : Harmonised
        Of one model.
    what : str
        What is made of them, for messages.

    Raises
    ------
    InputError
        With the axes of both.
    """
    one, other = first.field, second.field
    if all(_is_same(axis, one, other) for axis in _AXES):
        return
    msg = (
        f"{first.where}: {what} needs {second.where} on the same grid; the one is "
        f"{_axes(one)}, the other {_axes(other)}. Regrid one of them onto the cells of "
        "the other first: products of two variables are made on the model's own cells."
    )
    raise InputError(msg)


def _is_same(axis: str, one: xr.DataArray, other: xr.DataArray) -> bool:
    held = axis in one.dims, axis in other.dims
    if not any(held):
        return True
    if not all(held) or one.sizes[axis] != other.sizes[axis]:
        return False
    return all(_is_close(name, one, other) for name in {axis, "lat", "lon"} - {"cell"})


def _is_close(name: str, one: xr.DataArray, other: xr.DataArray) -> bool:
    if name not in one.coords or name not in other.coords:
        return (name in one.coords) == (name in other.coords)
    ours, theirs = one[name].to_numpy(), other[name].to_numpy()
    if ours.dtype.kind not in "fiu":
        return bool(np.array_equal(ours, theirs))
    return ours.shape == theirs.shape and bool(np.allclose(ours, theirs, atol=1e-3))


def _keys(field: xr.DataArray, *, by_month: bool) -> list[tuple[int, ...]]:
    """Return year and month of each step, or the year where that is all."""
    years = field["year"].to_numpy().tolist()
    if not by_month or "month" not in field.coords:
        return [(year,) for year in years]
    months = field["month"].to_numpy().tolist()
    return list(zip(years, months, strict=True))


def _on(plain: xr.DataArray, one: xr.DataArray) -> xr.DataArray:
    """Return values with the coordinates of another field of the same axes."""
    dims = [dim for dim in one.dims if dim in plain.dims]
    plain = plain.transpose(*dims)
    held = {
        name: coord
        for name, coord in one.coords.items()
        if set(coord.dims) <= set(plain.dims)
    }
    return plain.assign_coords(held)


def _axes(field: xr.DataArray) -> str:
    sizes = ", ".join(f"{dim} {size}" for dim, size in field.sizes.items())
    return f"({sizes})"


def _span(field: xr.DataArray) -> str:
    years = field["year"].to_numpy()
    return f"{years[0]}-{years[-1]}"

"""A table of sites in canonical units: what towers, chambers and pedons measured."""

import cftime
import numpy as np
import xarray as xr

from benchmark.config.descriptors import VariableSource
from benchmark.errors import InputError
from benchmark.harmonise.archived import sign_is_stated
from benchmark.harmonise.basis import per_second
from benchmark.harmonise.harmonised import Harmonised
from benchmark.harmonise.masking import masked
from benchmark.harmonise.reading import Found, as_floats, find
from benchmark.harmonise.time.calendar import days_in
from benchmark.harmonise.unit_text import is_per_month
from benchmark.harmonise.variable import Variable

COUNTS = ("n", "n_years")
"""Columns that say of how many measurements or years a value is the mean."""


def harmonise_sites(
    data: xr.Dataset, source: VariableSource, variable: Variable
) -> Harmonised:
    """Return a table of sites in canonical units and upward sign.

    Parameters
    ----------
    data : Dataset
        As `benchmark.readers.open_sites` gave it.
    source : VariableSource
        What the descriptor says about the numbers.
    variable : Variable
        The target.

    Returns
    -------
    Harmonised
        Field (time, site), with ``year``, ``month`` and ``days`` along time, or
        (site,) of a table without dates; ``lat``, ``lon`` in degrees,
        ``site_class``, ``flag`` and ``n`` (site). Methane per area of wetland
        is still that, as the attribute ``area_basis`` says.

    Raises
    ------
    InputError
        If the units, the sign or the area of the values are not understood, or
        a site is at no place.

    Examples
    --------
    >>> from benchmark.harmonise.variables import VARIABLES
    >>> at = {name: ("site", [value]) for name, value in
    ...       [("site", "U1"), ("lat", 71.3), ("lon", -156.6)]}
    >>> depth = xr.Dataset({"alt": ("site", [36.5])}, at, {"files": ["alt.csv"]})
    >>> source = VariableSource(("alt.csv",), name="alt", units="cm")
    >>> harmonise_sites(depth, source, VARIABLES["alt"]).field.round(3).item()
    0.365
    """
    found = find(data, source, variable)
    _require_sign(found, variable)
    _require_area(found, variable)
    values, cleaned = masked(found.values, found.source)
    field = as_floats(values).assign_coords(_calendar(data))
    done = [*found.conversions, *cleaned]
    if is_per_month(found.written or "") and variable.is_flux:
        field = per_second(field, found.where)
        done.append("per month: divided by the length of each month")
    field = field * found.factor + found.offset
    field = field.assign_coords(_of_sites(data, field)).rename(variable.name)
    field.attrs = {
        "variable": variable.name,
        "units": variable.units,
        "long_name": variable.long_name,
        "mass_basis": variable.mass_basis,
        "area_basis": str(found.source.area_basis),
        "statistic": "mean",
    }
    return Harmonised(
        field,
        found.where,
        tuple(done),
        (*found.odd, *found.unsure),
        found.factor,
        found.offset,
        sign_stated=sign_is_stated(source),
        remark="; ".join(found.unsure),
        depth=source.depth,
        files=tuple(data.attrs.get("files", ())),
    )


def _require_sign(found: Found, variable: Variable) -> None:
    """Refuse a net flux under a name of its own whose sign nobody states."""
    named = found.name in (*variable.aliases, *variable.negated)
    net = variable.is_flux and not variable.never_negative
    if net and found.source.sign is None and not named:
        msg = (
            f"{found.where}: '{found.name}' does not tell the sign of a net flux; "
            "expected 'sign: up' (positive to the atmosphere) or 'sign: down' under "
            "'data:'."
        )
        raise InputError(msg)


def _require_area(found: Found, variable: Variable) -> None:
    """Refuse values per area of a cell, which a site has not."""
    if found.source.area_basis == "cell" and variable.is_per_area:
        msg = (
            f"{found.where}: 'area_basis: cell', and a site is in no cell; expected "
            "'area_basis: land', or 'wetland' for methane per area of the measured "
            "surface."
        )
        raise InputError(msg)


def _calendar(data: xr.Dataset) -> dict[str, tuple[str, np.ndarray]]:
    if "time" not in data.dims:
        return {}
    dates: list[cftime.datetime] = data["time"].to_numpy().tolist()
    return {
        "year": ("time", np.array([date.year for date in dates])),
        "month": ("time", np.array([date.month for date in dates])),
        "days": (
            "time",
            np.array([days_in(d.year, d.month, "standard") for d in dates], float),
        ),
    }


def _of_sites(
    data: xr.Dataset, field: xr.DataArray
) -> dict[str, tuple[str, np.ndarray]]:
    """Return the class and flag of each site, and how much its value is made of."""
    size = field.sizes["site"]
    texts = {
        name: data[name].to_numpy() if name in data.coords else np.full(size, "")
        for name in ("site_class", "flag")
    }
    count = np.ones(size)
    if "time" in field.dims:
        count = field.notnull().sum("time").to_numpy().astype(float)
    for name in COUNTS:
        if name in data.data_vars and data[name].dims == ("site",):
            count = data[name].to_numpy()
            break
    return {key: ("site", value) for key, value in {**texts, "n": count}.items()}

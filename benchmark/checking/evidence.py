"""What files say of a variable, and what its values say: one line for each."""

from collections.abc import Mapping
from pathlib import Path

import xarray as xr

from benchmark.checking.axes import grid_of_header, stamps_of
from benchmark.config.descriptors import VariableSource
from benchmark.errors import InputError
from benchmark.harmonise.cell_methods import stated_basis
from benchmark.harmonise.harmonised import Harmonised
from benchmark.harmonise.units import clean
from benchmark.harmonise.variable import Variable
from benchmark.readers.netcdf import open_header
from benchmark.readers.paths import Place, name_of
from benchmark.regrid import has_mesh
from benchmark.urls import is_url

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August",
    "September", "October", "November", "December",
)  # fmt: skip
UNKNOWN_AREA = "per area of land taken: no cell_methods says so"


def header_evidence(
    file: str, name: str, source: VariableSource, variable: Variable
) -> dict[str, str]:
    """Return what the header of a file says of a variable.

    Parameters
    ----------
    file : str
        One of its files.
    name : str
        What it is called there.
    source : VariableSource
        What the configuration says of it.
    variable : Variable
        What it is.

    Returns
    -------
    dict of str to str
        ``long name``, ``units``, ``area``, ``sign``, ``stamps``, ``grid``, as
        far as there is something to say. Empty for tables.
    """
    place: Place = file if is_url(file) else Path(file)
    try:
        with open_header(place) as data:
            if name not in data.variables:
                return {}
            array = data[name]
            found = {
                "long name": str(array.attrs.get("long_name", "")),
                "units": _units(array, source, variable),
                "area": _area(array, source, variable),
                "sign": _sign(array, source, variable),
                "stamps": stamps_of(data, file),
                "grid": grid_of_header(data, array),
            }
    except InputError:
        return {}
    return {key: text for key, text in found.items() if text}


def field_evidence(
    opened: Harmonised, variable: Variable, found: Mapping[str, xr.DataArray]
) -> dict[str, str]:
    """Return what the values of a variable say.

    Parameters
    ----------
    opened : Harmonised
        The variable.
    variable : Variable
        What it is.
    found : mapping
        The computed tests, see `benchmark.score.checks.lazy_checks`.

    Returns
    -------
    dict of str to str
        ``time``, ``cells``, ``values``, ``seasons`` and ``depth``.
    """
    field = opened.field
    told = {"time": _time(field), "cells": _cells(field)}
    if found:
        factor = variable.report_factor
        numbers = (float(found[key]) * factor for key in ("lowest", "highest", "mean"))
        low, high, mean = numbers
        share = 1.0 - int(found["count"]) / max(field.size, 1)
        told["values"] = (
            f"{low:.3g} to {high:.3g}, mean {mean:.3g} {variable.report_units}; "
            f"{share:.0%} missing"
        )
    if "summer" in found:
        told["seasons"] = _seasons(found["summer"], variable)
    if variable.name == "cSoil":
        told["depth"] = _depth(opened)
    return {key: text for key, text in told.items() if text}


def _units(array: xr.DataArray, source: VariableSource, variable: Variable) -> str:
    written = str(array.attrs.get("units", "")).strip()
    told = f"'{written}'" if written else "none in the file"
    if source.units and source.units != written:
        told += f", '{source.units}' stated"
    if not variable.mass_basis:
        return told
    species = clean(written)[1] if written else ""
    standard = str(array.attrs.get("standard_name", ""))
    if source.mass_basis:
        return f"{told}; mass of {source.mass_basis}, {_said(source, 'mass_basis')}"
    if species:
        return f"{told}; mass of {species}, as they say"
    if "expressed_as_carbon" in standard or "content_of_carbon" in standard:
        return f"{told}; mass of C, by standard_name"
    if "mass_flux_of_methane" in standard:
        return f"{told}; mass of CH4, by standard_name"
    return f"{told}; mass of {variable.mass_basis} taken, nothing says of what"


def _said(source: VariableSource, key: str) -> str:
    by_archive = source.taken is not None and key in source.taken.keys
    return f"by archive {source.taken.archive}" if by_archive else "stated"  # type: ignore[union-attr]


def _area(array: xr.DataArray, source: VariableSource, variable: Variable) -> str:
    if not variable.is_per_area:
        return ""
    methods = str(array.attrs.get("cell_methods", ""))
    basis = stated_basis(methods)
    if basis:
        named = "the whole cell" if basis == "cell" else basis
        return f"per area of {named}, by cell_methods '{methods}'"
    if source.area_basis:
        return f"per area of {source.area_basis}, {_said(source, 'area_basis')}"
    if variable.area_basis == "cell":
        return "part of the whole cell taken, as archives have it"
    return UNKNOWN_AREA


def _sign(array: xr.DataArray, source: VariableSource, variable: Variable) -> str:
    if variable.positive == "none":
        return ""
    told = []
    standard = str(array.attrs.get("standard_name", ""))
    for word in ("downward", "upward"):
        if f"_{word}_" in standard:
            told.append(f"standard_name says {word}")
    if array.attrs.get("positive"):
        told.append(f"attribute positive: {array.attrs['positive']}")
    if array.name in variable.negated:
        told.append(f"{array.name} is positive into the land in archives")
    if source.sign:
        told.append(f"sign: {source.sign}, {_said(source, 'sign')}")
    return "; ".join(told)


def _time(field: xr.DataArray) -> str:
    if "year" not in field.coords:
        return "no time: one field"
    years = field["year"].to_numpy()
    step = "months" if "month" in field.coords else "years"
    return f"{field.sizes['time']} {step} {years[0]}-{years[-1]}"


def _cells(field: xr.DataArray) -> str:
    told = " x ".join(f"{field.sizes[d]} {d}" for d in field.dims if d != "time")
    return f"{told}, polygons" if has_mesh(field) else told


def _seasons(climatology: xr.DataArray, variable: Variable) -> str:
    """Return what the northern summer says of the sign."""
    months = climatology.dropna("month")
    if months.sizes["month"] < 6:
        return ""
    net = not variable.never_negative and variable.mass_basis == "C"
    values = months.to_numpy()
    at = int(values.argmin() if net else values.argmax())
    month = int(months["month"][at])
    what = "strongest uptake" if net else "maximum"
    verdict = "as expected" if 5 <= month <= 9 else "not as expected"
    return f"{what} in {_MONTHS[month - 1]} north of 45 N: {verdict}"


def _depth(opened: Harmonised) -> str:
    if isinstance(opened.depth, tuple):
        return f"{opened.depth[0]:g}-{opened.depth[1]:g} m"
    return str(opened.depth or "not stated").replace("_", " ")


def files_of(opened: Harmonised) -> str:
    """Return the files of a variable in few words.

    Parameters
    ----------
    opened : Harmonised
        The variable.

    Returns
    -------
    str
    """
    names = [name_of(file) for file in opened.files]
    more = f" and {len(names) - 1} more" if len(names) > 1 else ""
    return f"{names[0]}{more}" if names else ""

"""One variable of a gridded model: CF names, canonical units, upward sign."""

import numpy as np
import xarray as xr

from benchmark.config.descriptors import VariableSource
from benchmark.errors import InputError
from benchmark.harmonise.archived import by_archive, for_archive, sign_is_stated
from benchmark.harmonise.areas import land_of, off_ice, without_ice
from benchmark.harmonise.axes import only_dimensions
from benchmark.harmonise.basis import per_land, per_second
from benchmark.harmonise.cell_methods import check_area_basis
from benchmark.harmonise.harmonised import Harmonised
from benchmark.harmonise.horizontal import carrying, on_its_grid
from benchmark.harmonise.identify import (
    factor_to_canonical,
    find_variable,
    is_negated,
    unsure_mass,
)
from benchmark.harmonise.masking import masked, packed_limits
from benchmark.harmonise.soil.depth import SoilDepth, at_depth, target_of_layers
from benchmark.harmonise.stated_units import overridden
from benchmark.harmonise.time.bounds import stamps_are_ambiguous
from benchmark.harmonise.time.months import monthly
from benchmark.harmonise.unit_text import is_per_month
from benchmark.harmonise.variable import Variable
from benchmark.regrid import horizontal


def harmonise_field(
    data: xr.Dataset,
    source: VariableSource,
    variable: Variable,
    *,
    cell_area: xr.DataArray | None = None,
    land_area: xr.DataArray | None = None,
    land_fraction: xr.DataArray | None = None,
    ice_fraction: xr.DataArray | None = None,
    depth: SoilDepth = None,
) -> Harmonised:
    """Return a gridded variable in canonical form.

    Parameters
    ----------
    data : Dataset
        As the reader gave it.
    source : VariableSource
        What the configuration says about the variable.
    variable : Variable
        The target.
    cell_area, land_area : DataArray, optional
        (lat, lon), m2, on the standard grid: areas the model states.
    land_fraction : DataArray, optional
        (lat, lon), 0 to 1, on the standard grid.
    ice_fraction : DataArray, optional
        (lat, lon), 0 to 1: the part of a cell that is land ice, no land here.
    depth : tuple of float, "full_column" or None
        Depths in m that soil layers are integrated over; by default all.

    Returns
    -------
    Harmonised
        Field (time, lat, lon) or (lat, lon) with its cell edges, or
        (time, cell) or (cell,) with its mesh; ``cell_area``
        and ``land_fraction`` as coordinates and, along time, ``year``,
        ``month``, ``days``.

    Raises
    ------
    InputError
        If the variable, its units, its time or its grid are not understood.
    """
    where = str(data.attrs.get("files", ["?"])[0])
    values, name, written = find_variable(data, source, variable, where)
    where = f"{where}: {name}"
    written, unsure = by_archive(values, written, source, variable, where)
    odd = check_area_basis(data, name, source, where)
    odd += unsure_mass(data, name, source, variable, written)
    target = target_of_layers(values, data, source, variable, written, where)
    factor, done = _factor(values, written, source, target, name, where)
    values, cleaned = masked(values, source)
    column = at_depth(values, data, source, target, where, asked=depth)
    grid, remarks = on_its_grid(column.values, data, name, where)
    grid, stamped = _timed(grid, source, where)
    stamped = [*stamped, *_of_climatology(data, grid)]
    values = only_dimensions(grid["value"], where)
    values = values.astype(np.float64 if values.dtype.kind in "iu" else values.dtype)
    if is_per_month(written or ""):
        values = per_second(values, where)
        done.append("per month: divided by the length of each month")
    land, warnings = land_of(grid, cell_area, land_area, land_fraction, where)
    whole = land
    land, iced = without_ice(whole, grid, ice_fraction, where)
    if source.area_basis in (None, "land"):
        values = off_ice(values, whole, land) if iced else values
    else:
        stated = land_area is not None or land_fraction is not None
        values = per_land(values, land, source.area_basis, where, stated=stated)
        done.append("per cell area: divided by the land fraction")
    values = (values * factor).assign_coords(land_fraction=(horizontal(values), land))
    field = carrying(values, grid).rename(variable.name)
    field.attrs = _attrs(variable, source, data)
    return Harmonised(
        field,
        where,
        (
            *(*done, *cleaned, *column.conversions, *remarks, *iced),
            *_of_time(data, grid),
        ),
        (
            *(*warnings, *odd, *stamped, *unsure),
            *overridden(data, source, target, name),
        ),
        factor,
        sign_stated=sign_is_stated(source),
        packed=packed_limits(data, name),
        remark="; ".join(filter(None, (*stamped, *unsure, column.remark))),
        depth=column.depth,
        files=tuple(data.attrs.get("files", ())),
    )


def _factor(
    values: xr.DataArray,
    written: str | None,
    source: VariableSource,
    variable: Variable,
    name: str,
    where: str,
) -> tuple[float, list[str]]:
    """Return the factor to canonical units and upward sign, and what it is."""
    if source.statistic == "total":
        msg = (
            f"{where}: 'statistic: total' on a grid; expected values per square metre. "
            "Divide them by the area of each cell first."
        )
        raise InputError(msg)
    done = []
    try:
        factor = factor_to_canonical(written, source, variable, where)
    except InputError as error:
        raise for_archive(error, source, variable.name) from error
    if factor != 1.0:
        done.append(f"units '{written}' to {variable.units}: times {factor:.6g}")
    if is_negated(source, variable, name, values.attrs.get("standard_name", "")):
        factor = -factor
        done.append(f"sign: positive {variable.positive}ward, times -1")
    return factor, done


def _timed(
    grid: xr.Dataset, source: VariableSource, where: str
) -> tuple[xr.Dataset, list[str]]:
    """Return the grid by months or years, and what is unsure about them."""
    if source.static or "time" not in grid.dims:
        return grid, []
    unsure = []
    if source.time_stamp is None and stamps_are_ambiguous(grid):
        unsure.append(
            "dates are 00:00 on the first without bounds, taken as the start of "
            "their month: write 'time_stamp: start', or 'end'"
        )
    found = monthly(grid, where, time_stamp=source.time_stamp, gaps=source.gaps)
    return found, [*unsure, *found.attrs["time_warnings"]]


def _of_climatology(data: xr.Dataset, grid: xr.Dataset) -> list[str]:
    """Say that the months are means over years, which no year of them is."""
    if "climatology" not in data.attrs or "year" not in grid.coords:
        return []
    years = grid["year"].to_numpy()
    return [
        f"the months are a climatology over years (time has climatology bounds, "
        f"{data.attrs['climatology']}), taken as those of {years[0]}-{years[-1]}"
    ]


def _of_time(data: xr.Dataset, grid: xr.Dataset) -> list[str]:
    """Return what was inferred of the dates, as they were read and made months."""
    held = (part.attrs.get("time_remarks", []) for part in (data, grid))
    return [text for texts in held for text in texts]


def _attrs(
    variable: Variable, source: VariableSource, data: xr.Dataset
) -> dict[str, object]:
    named = variable.standard_name
    return {
        "variable": variable.name,
        "units": variable.units,
        "long_name": variable.long_name,
        **({"standard_name": named} if named else {}),
        "mass_basis": variable.mass_basis,
        "area_basis": "land",
        "statistic": source.statistic,
    }

"""One variable of a gridded model: CF names, canonical units, upward sign."""

from dataclasses import dataclass

import numpy as np
import xarray as xr

from benchmark.config.descriptors import GridMeasure, VariableSource
from benchmark.errors import InputError
from benchmark.harmonise.calendar import monthly
from benchmark.harmonise.expression import evaluate, variable_names
from benchmark.harmonise.grid import AREA_TOLERANCE, area_ratio, standard_grid
from benchmark.harmonise.units import (
    conversion_factor,
    dimensional_factor,
    is_per_month,
)
from benchmark.harmonise.variables import Variable
from benchmark.regrid import with_cell_edges

_EXTRA_DIMENSIONS = ("time", "lat", "lon")


@dataclass(frozen=True)
class Harmonised:
    """A variable as the rest of the package takes it, and what was done to it.

    Parameters
    ----------
    field : DataArray
        (time, lat, lon), (lat, lon), (time, region) or (region,), canonical
        units.
    where : str
        File and variable, for messages.
    conversions, warnings : tuple of str
        What was converted, and what the owner of the file should look at.
    factor : float
        From the file's units to canonical units.
    derivation : str
        How the variable was obtained, such as ``rh - npp``.
    """

    field: xr.DataArray
    where: str
    conversions: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    factor: float = 1.0
    derivation: str = ""


def harmonise_field(
    data: xr.Dataset,
    source: VariableSource,
    variable: Variable,
    *,
    cell_area: xr.DataArray | None = None,
    land_area: xr.DataArray | None = None,
    land_fraction: xr.DataArray | None = None,
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

    Returns
    -------
    Harmonised
        Field (time, lat, lon) or (lat, lon) with its cell edges, ``cell_area``
        and ``land_fraction`` as coordinates and, along time, ``year``,
        ``month``, ``days``.

    Raises
    ------
    InputError
        If the variable, its units, its time or its grid are not understood.
    """
    where = str(data.attrs.get("files", ["?"])[0])
    values, name, written = _find(data, source, variable, where)
    where = f"{where}: {name}"
    conversions: list[str] = []
    if source.statistic == "total":
        msg = (
            f"{where}: 'statistic: total' on a grid; expected values per square metre. "
            "Divide them by the area of each cell first."
        )
        raise InputError(msg)
    factor = factor_to_canonical(written, source, variable, where)
    if factor != 1.0:
        conversions.append(f"units '{written}' to {variable.units}: times {factor:.6g}")
    if is_negated(source, variable, name, values.attrs.get("standard_name", "")):
        factor = -factor
        conversions.append(f"sign: positive {variable.positive}ward, times -1")
    values, cleaned = _masked(values, source)
    conversions += cleaned
    grid, remarks = standard_grid(_with_axes(values, data, where), where)
    conversions += remarks
    if not source.static and "time" in grid.dims:
        grid = monthly(grid, where)
    values = _only_dimensions(grid["value"], where)
    values = values.astype(np.float64 if values.dtype.kind in "iu" else values.dtype)
    if is_per_month(written or ""):
        values = _per_second(values, where)
        conversions.append("per month: divided by the length of each month")
    areas, warnings = _areas(grid, cell_area, land_area, land_fraction, where)
    field = with_cell_edges((values * factor).assign_coords(areas), grid)
    field = field.rename(variable.name)
    field.attrs = _attrs(variable, source, data)
    return Harmonised(field, where, tuple(conversions), tuple(warnings), factor)


def read_measure(
    data: xr.Dataset, measure: GridMeasure, canonical: str
) -> xr.DataArray:
    """Return an area or a land fraction on the standard grid.

    Parameters
    ----------
    data : Dataset
        The file it is in.
    measure : GridMeasure
        Its name, and its units where the file has none.
    canonical : {"m2", "1"}
        Units to return.

    Returns
    -------
    DataArray
        (lat, lon), missing values as 0.

    Raises
    ------
    InputError
        If the variable or its units are not understood.
    """
    where = f"{data.attrs.get('files', ['?'])[0]}: {measure.name}"
    if measure.name not in data.variables:
        raise InputError(_missing_variable(data, measure.name, where))
    values = data[measure.name]
    written = measure.units or str(values.attrs.get("units", ""))
    try:
        factor = 1.0 if written == canonical else dimensional_factor(written, canonical)
    except ValueError as error:
        msg = f"{where}: {error}; write 'units:' there, such as m2, km2 or %."
        raise InputError(msg) from error
    grid, _ = standard_grid(_with_axes(values, data, where), where)
    if "time" in grid.dims:
        # Areas do not change; a time axis is that of the other variables.
        grid = grid.isel(time=0, drop=True)
    flat = _only_dimensions(grid["value"], where)
    return (flat * factor).fillna(0.0).drop_attrs()


def _find(
    data: xr.Dataset, source: VariableSource, variable: Variable, where: str
) -> tuple[xr.DataArray, str, str | None]:
    name = source.name or _name_in(data, variable, where)
    try:
        names = variable_names(name)
    except ValueError:
        # A variable whose name is no identifier, such as cSoil-total.
        names = []
    if name in data.variables or not names:
        names = [name]
    for part in names:
        if part not in data.variables:
            raise InputError(_missing_variable(data, part, f"{where}: {part}"))
    stated = {str(data[part].attrs.get("units", "")).strip() for part in names}
    if source.units is None and len(stated) > 1:
        msg = (
            f"{where}: {name} adds variables with units {sorted(stated)}; expected one "
            "unit. State 'units:'."
        )
        raise InputError(msg)
    parts = {part: data[part] for part in names}
    values = data[name] if names == [name] else evaluate(name, parts)
    return values, name, source.units or stated.pop()


def _name_in(data: xr.Dataset, variable: Variable, where: str) -> str:
    known = (*variable.aliases, *variable.negated)
    found = [name for name in known if name in data.data_vars]
    found += [
        str(name)
        for name, array in data.data_vars.items()
        if array.attrs.get("standard_name") == variable.standard_name
        and name not in found
    ]
    if len(found) == 1:
        return found[0]
    if found:
        msg = (
            f"{where}: {', '.join(found)} could all be {variable.name}; write 'name:' "
            f"under variables.{variable.name}."
        )
        raise InputError(msg)
    raise InputError(
        _missing_variable(data, variable.name, f"{where}: {variable.name}")
    )


def _missing_variable(data: xr.Dataset, name: str, where: str) -> str:
    from difflib import get_close_matches

    names = sorted(str(n) for n in data.data_vars if not str(n).endswith("_bnds"))
    near = get_close_matches(name, names, n=1)
    hint = f" Did you mean '{near[0]}'?" if near else ""
    shown = ", ".join(names[:12]) + (", ..." if len(names) > 12 else "")
    return f"{where}: no such variable; the file has {shown}.{hint} Write 'name:'."


def factor_to_canonical(
    written: str | None, source: VariableSource, variable: Variable, where: str
) -> float:
    """Return the factor to canonical units, of means or of totals.

    Parameters
    ----------
    written : str or None
        Units as the file or the configuration gives them.
    source : VariableSource
        Its mass basis, and whether the values are means or totals.
    variable : Variable
        The target.
    where : str
        File and variable, for messages.

    Returns
    -------
    float

    Raises
    ------
    InputError
        If there are no units, or they are not understood.
    """
    canonical = variable.units
    if source.statistic == "total":
        canonical = canonical.replace(" m-2", "")
    if not written:
        msg = (
            f"{where}: has no units; expected such as {canonical}. Write 'units:' "
            f"under variables.{variable.name}."
        )
        raise InputError(msg)
    try:
        return conversion_factor(
            written,
            canonical,
            mass_basis=variable.mass_basis,
            declared_basis=source.mass_basis,
        )
    except ValueError as error:
        msg = (
            f"{where}: {error}; expected such as {canonical}. Write 'units:' under "
            f"variables.{variable.name}."
        )
        raise InputError(msg) from error


def is_negated(
    source: VariableSource, variable: Variable, name: str, standard_name: str = ""
) -> bool:
    """Return whether the values have to be multiplied by -1.

    Parameters
    ----------
    source : VariableSource
        Its `sign` decides, where given.
    variable : Variable
        The direction that is positive here.
    name : str
        The variable's name in the file; archives fix its sign.
    standard_name : str, optional
        Its CF standard name, for a name that is not known.

    Returns
    -------
    bool
    """
    if variable.positive == "none":
        return False
    if source.sign is not None:
        return source.sign != variable.positive
    # CF has net carbon dioxide fluxes only downward. A name that says its
    # direction is believed before an attribute, which is often copied.
    downward = "_net_downward_" in standard_name and variable.positive == "up"
    return name in variable.negated or (downward and name not in variable.aliases)


def _masked(
    values: xr.DataArray, source: VariableSource
) -> tuple[xr.DataArray, list[str]]:
    done = []
    attrs = values.attrs
    for fill in source.fill_values:
        # A tolerance of float32, because that is what most files hold.
        near = abs(values - float(fill)) <= 1e-6 * max(abs(fill), 1e-30)
        values = values.where(~near)
        done.append(f"fill value {fill:g} masked, as 'fill_value:' says")
    if source.valid_min is not None:
        values = values.where(values >= source.valid_min)
        done.append(f"below {source.valid_min:g} masked, as 'valid_min:' says")
    if source.valid_max is not None:
        values = values.where(values <= source.valid_max)
        done.append(f"above {source.valid_max:g} masked, as 'valid_max:' says")
    return values.assign_attrs(attrs), done


def _with_axes(values: xr.DataArray, data: xr.Dataset, where: str) -> xr.Dataset:
    """Return the variable as `value`, with the file's axes and their bounds."""
    grid = values.reset_coords(drop=True).to_dataset(name="value")
    for name, array in data.variables.items():
        if (
            name != values.name
            and array.ndim <= 2
            and all(data.sizes[dim] == 2 for dim in set(array.dims) - set(values.dims))
            and _is_axis(str(name), array, data)
        ):
            grid[name] = data[name]
    return grid.set_coords([name for name in grid.variables if name != "value"])


def _is_axis(name: str, array: xr.Variable, data: xr.Dataset) -> bool:
    stated = {str(v.attrs.get("bounds", "")) for v in data.variables.values()}
    text = name.lower()
    return (
        name in data.dims
        or name in stated
        or text.startswith(("lat", "lon", "nav_l"))
        or array.attrs.get("standard_name") in ("latitude", "longitude")
        or name == "time_bnds"
    )


def _only_dimensions(values: xr.DataArray, where: str) -> xr.DataArray:
    extra = [dim for dim in values.dims if dim not in _EXTRA_DIMENSIONS]
    for dim in extra:
        if values.sizes[dim] != 1:
            msg = (
                f"{where}: has dimension '{dim}' of length {values.sizes[dim]}; "
                "expected (time, lat, lon) or (lat, lon)."
            )
            raise InputError(msg)
    values = values.squeeze(extra, drop=True)
    if values.sizes.get("time") == 1 and "year" not in values.coords:
        values = values.squeeze("time", drop=True)
    if "time" in values.dims and "year" not in values.coords:
        msg = (
            f"{where}: has {values.sizes['time']} time steps; expected one, because "
            "'static: true' is written. Remove that, or average over time."
        )
        raise InputError(msg)
    order = [dim for dim in _EXTRA_DIMENSIONS if dim in values.dims]
    return values.transpose(*order)


def _per_second(values: xr.DataArray, where: str) -> xr.DataArray:
    if "month" not in values.coords:
        msg = (
            f"{where}: is a rate per month but has no months; expected a monthly time "
            "axis. State 'units:' per year or per second."
        )
        raise InputError(msg)
    # pint's month is a twelfth of the year; take that out, put the true one in.
    return values * (365.2425 / 12.0 / values["days"])


def _areas(
    grid: xr.Dataset,
    cell_area: xr.DataArray | None,
    land_area: xr.DataArray | None,
    land_fraction: xr.DataArray | None,
    where: str,
) -> tuple[dict[str, object], list[str]]:
    computed = grid["cell_area"]
    warnings = []
    if cell_area is not None:
        ratio = area_ratio(cell_area, computed)
        if not abs(ratio - 1.0) <= AREA_TOLERANCE:
            warnings.append(
                f"the stated cell area sums to {ratio:.3g} times the area of the "
                "cells' bounds: not used, areas are computed from the bounds"
            )
    if land_area is not None:
        area = _on_grid(land_area, grid, "land_area", where)
        fraction = area / np.where(computed > 0, computed, np.inf)
        if np.nanmax(fraction) > 1.0 + 0.05:
            warnings.append(
                f"the stated land area is up to {np.nanmax(fraction):.3g} times the "
                "cell: cut to the cell"
            )
        land = np.clip(fraction, 0.0, 1.0)
    elif land_fraction is not None:
        land = _on_grid(land_fraction, grid, "land_fraction", where)
        if land.max() > 1.0 + 0.05:
            msg = (
                f"{where}: the land fraction runs to {land.max():g}; expected 0 to 1. "
                "Write 'units: \"%\"' under land_fraction if it is a percentage."
            )
            raise InputError(msg)
        land = np.clip(land, 0.0, 1.0)
    else:
        land = np.ones(computed.shape)
    return {"land_fraction": (("lat", "lon"), land)}, warnings


def _on_grid(
    measure: xr.DataArray, grid: xr.Dataset, key: str, where: str
) -> np.ndarray:
    # Its longitudes may be counted from another meridian than the variable's.
    nudge = 1e-3
    turned = measure.assign_coords(lon=(measure["lon"] + nudge) % 360.0).sortby("lon")
    lon = (grid["lon"] + nudge) % 360.0
    try:
        found = turned.sel(lat=grid["lat"], lon=lon, method="nearest", tolerance=nudge)
    except (KeyError, ValueError) as error:
        shapes = measure.shape, tuple(grid.sizes[dim] for dim in ("lat", "lon"))
        msg = (
            f"{where}: {key} is on another grid, (lat, lon) {shapes[0]}, than the "
            f"variable, {shapes[1]}; expected the same cells."
        )
        raise InputError(msg) from error
    return found.transpose("lat", "lon").to_numpy()


def _attrs(
    variable: Variable, source: VariableSource, data: xr.Dataset
) -> dict[str, object]:
    return {
        "units": variable.units,
        "long_name": variable.long_name,
        "standard_name": variable.standard_name,
        "mass_basis": variable.mass_basis,
        "area_basis": source.area_basis or "land",
        "statistic": source.statistic,
    }

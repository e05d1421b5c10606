"""One variable of a gridded model: CF names, canonical units, upward sign."""

import xarray as xr

from benchmark.config.descriptors import VariableSource
from benchmark.harmonise.archived import sign_is_stated
from benchmark.harmonise.axes import only_dimensions
from benchmark.harmonise.basis import per_second
from benchmark.harmonise.harmonised import Harmonised
from benchmark.harmonise.horizontal import carrying, on_its_grid
from benchmark.harmonise.land import Land, land_in_cells, per_area_of_land
from benchmark.harmonise.masking import packed_limits
from benchmark.harmonise.reading import Found, as_floats, find, profile
from benchmark.harmonise.soil.depth import SoilDepth
from benchmark.harmonise.soil.temperature import with_depths
from benchmark.harmonise.stated_units import overridden
from benchmark.harmonise.time.steps import Steps, in_steps
from benchmark.harmonise.unit_text import is_per_month
from benchmark.harmonise.variable import FRACTION, Variable
from benchmark.regrid import horizontal

_ROUNDING = 1e-3
# Wetland of a coastal cell can be twice its land; what is above that is no
# fraction but percent, and is left for the test of sizes to refuse.
_NO_FRACTION = 2.0


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
    layered: bool = False,
    steps: Steps = "months",
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
    layered : bool
        Whether layers of soil temperature are kept, for what is derived.
    steps : {"months", "days", "finest"}
        Days are kept for what is derived; scored are months and years.

    Returns
    -------
    Harmonised
        Field (time, lat, lon) or (lat, lon) with its cell edges, or
        (time, cell) or (cell,) with its mesh; ``cell_area``
        and ``land_fraction`` as coordinates and, along time, ``year``,
        ``month``, ``days``. Methane per area of wetland is still that, as the
        attribute ``area_basis`` says.

    Raises
    ------
    InputError
        If the variable, its units, its time or its grid are not understood.
    """
    found = find(data, source, variable)
    column = profile(data, found, depth=depth, layered=layered)
    grid, remarks = on_its_grid(column.values, data, found.name, found.where)
    grid, stamped = in_steps(grid, found.source, found.where, steps)
    land = land_in_cells(
        grid,
        found.where,
        cell_area=cell_area,
        land_area=land_area,
        land_fraction=land_fraction,
        ice_fraction=ice_fraction,
    )
    values, done = _canonical(grid, land, found, variable)
    values, counts = _at_most_whole(values, variable)
    field = carrying(values, grid).rename(variable.name)
    field.attrs = _attrs(variable, found.source, data)
    if column.layers is not None:
        field = with_depths(field, column.layers)
    stamped = [*stamped, *_of_climatology(data, grid)]
    told = (*found.conversions, *done, *column.conversions, *remarks, *land.iced)
    return Harmonised(
        field,
        found.where,
        (*told, *_of_time(data, grid)),
        (
            *(*land.warnings, *found.odd, *stamped, *found.unsure),
            *overridden(data, source, found.target, found.name),
        ),
        found.factor,
        found.offset,
        sign_stated=sign_is_stated(source),
        packed=packed_limits(data, found.name),
        remark="; ".join(filter(None, (*stamped, *found.unsure, column.remark))),
        depth=column.depth,
        files=tuple(data.attrs.get("files", ())),
        counts=counts,
    )


def _canonical(
    grid: xr.Dataset, land: Land, found: Found, variable: Variable
) -> tuple[xr.DataArray, list[str]]:
    """Return values in canonical units per area of land, and what was done."""
    values = as_floats(only_dimensions(grid["value"], found.where))
    done = []
    if is_per_month(found.written or "") and variable.is_flux:
        values = per_second(values, found.where)
        done.append("per month: divided by the length of each month")
    if variable.is_per_area:
        basis = str(found.source.area_basis)
        values, more = per_area_of_land(values, land, basis, found.where)
        done += more
    values = values * found.factor
    if found.offset:
        values = values + found.offset
    return values.assign_coords(land_fraction=(horizontal(values), land.left)), done


def _at_most_whole(
    values: xr.DataArray, variable: Variable
) -> tuple[xr.DataArray, tuple[tuple[str, xr.DataArray], ...]]:
    """Return fractions of land cut at 1, and how many were above."""
    if variable.units != FRACTION:
        return values, ()
    above = (values > 1.0 + _ROUNDING) & (values <= _NO_FRACTION)
    text = f"values of {variable.name} are more than the whole land: cut to 1"
    cut = values.where((values <= 1.0) | (values > _NO_FRACTION) | values.isnull(), 1.0)
    return cut, ((text, above.sum()),)


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
        "area_basis": _after(source.area_basis),
        "statistic": source.statistic,
    }


def _after(basis: str | None) -> str:
    """Return what area values are per now: only wetland is left as it is."""
    return "wetland" if basis == "wetland" else "land"

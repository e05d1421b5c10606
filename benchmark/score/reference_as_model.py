"""A regional reference as the table that a model would give."""

from typing import TYPE_CHECKING

import numpy as np
import xarray as xr

from benchmark.config.descriptors import Reference
from benchmark.harmonise.harmonised import Harmonised
from benchmark.harmonise.variables import VARIABLES
from benchmark.score.reference_rows import reference_table
from benchmark.score.window import MONTH_DAYS

if TYPE_CHECKING:
    import pandas as pd


def as_model(rows: "pd.DataFrame", reference: Reference) -> Harmonised | None:
    """Return the numbers of a reference as the table of a model would give them.

    Parameters
    ----------
    rows : DataFrame
        Rows of a regional reference, canonical units.
    reference : Reference
        What they are of.

    Returns
    -------
    Harmonised or None
        (time, region) or (region,), the median over the approaches; a
        climatology is the same in every year. None where it has ranges only.
    """
    table = reference_table(rows, "")
    if table is None:
        return None
    numbers = table.values  # noqa: PD011  (a dict, no frame)
    what = "mean" if np.isfinite(numbers["mean"].to_numpy()).any() else "total"
    values = numbers[what].dropna("region", how="all")
    if values.sizes["region"] == 0:
        return None
    if table.kind == "climatology":
        values = _repeated(values, reference.period)
    elif table.kind == "annual":
        years = values["year"].to_numpy()
        values = values.drop_vars("year").rename(year="time")
        days = np.full(years.size, 365.2425)
        values = values.assign_coords(year=("time", years), days=("time", days))
    elif table.kind != "period" and "year" not in values.coords:
        return None
    return _labelled(values, what, reference)


def _repeated(values: xr.DataArray, period: tuple[int, int] | None) -> xr.DataArray:
    """Return a climatology as a series in which every year is the same."""
    first, last = period or (2001, 2003)
    years = np.arange(first, max(last, first + 2) + 1)
    at = np.tile(np.arange(12), years.size)
    ordered = values.sortby("month")
    series = ordered.isel(month=xr.DataArray(at, dims="time")).reset_coords(drop=True)
    calendar = {
        "year": ("time", np.repeat(years, 12)),
        "month": ("time", at + 1),
        "days": ("time", MONTH_DAYS[at]),
    }
    return series.assign_coords(calendar)


def _labelled(values: xr.DataArray, what: str, reference: Reference) -> Harmonised:
    source, variable = reference.data, VARIABLES[reference.variable]
    values = values.rename(variable.name)
    values.attrs = {
        "units": variable.units,
        "mass_basis": variable.mass_basis,
        "area_basis": source.area_basis or "land",
        "statistic": what,
    }
    where = f"{source.files[0]}: {reference.name}"
    return Harmonised(values, where, depth=source.depth)

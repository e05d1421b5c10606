"""What is frozen, and years of layered temperatures."""

import cftime
import numpy as np
import xarray as xr

from benchmark.errors import NotCoveredError
from benchmark.harmonise.soil.temperature import LAYER
from benchmark.harmonise.time.calendar import date_in

FREEZING = 273.15
"""Where water freezes, K."""


def middles_of(temperature: xr.DataArray) -> np.ndarray:
    """Return the depths that temperatures of soil layers are of.

    Parameters
    ----------
    temperature : DataArray
        With ``node``, the depth that the file states, or ``top`` and ``bottom``
        along the layers, m: then the middles.

    Returns
    -------
    ndarray
        (layer,), m, increasing.
    """
    if "node" in temperature.coords:
        return np.asarray(temperature["node"])
    return np.asarray((temperature["top"] + temperature["bottom"]) / 2.0)


def whole_years(field: xr.DataArray, where: str) -> xr.DataArray:
    """Return the years of which every month or day is there.

    Parameters
    ----------
    field : DataArray
        (time, ...) with ``year``, and ``month`` or ``day``.
    where : str
        File and variable, for messages.

    Returns
    -------
    DataArray

    Raises
    ------
    NotCoveredError
        If there is none, or the steps are years.
    """
    if "month" not in field.coords and "day" not in field.coords:
        msg = f"{where}: needs soil temperature by months or days; it is yearly"
        raise NotCoveredError(msg)
    years = field["year"].to_numpy()
    if "month" in field.coords:
        held, count = np.unique(years, return_counts=True)
        kept = np.isin(years, held[count == 12])
        if not kept.any():
            msg = f"{where}: needs all twelve months of a year; no year has them"
            raise NotCoveredError(msg)
        field = field.isel(time=np.flatnonzero(kept))
    if field.chunks is not None and LAYER in field.dims:
        field = field.chunk({LAYER: -1})
    return field


def by_years(field: xr.DataArray, what: str) -> xr.DataArray:
    """Return the highest or lowest of each year; missing if any step is.

    Parameters
    ----------
    field : DataArray
        (time, ...) with ``year``, whole years.
    what : {"max", "min"}

    Returns
    -------
    DataArray
        (year, ...).
    """
    dropped = ("year", "month", "day", "days", "time")
    plain = field.drop_vars([name for name in dropped if name in field.coords])
    years = xr.DataArray(field["year"].to_numpy(), dims="time", name="year")
    groups = plain.groupby(years)
    if what == "max":
        return groups.max("time", skipna=False)
    return groups.min("time", skipna=False)


def as_time(field: xr.DataArray, calendar: str) -> xr.DataArray:
    """Return a field of years with the time axis that yearly variables have.

    Parameters
    ----------
    field : DataArray
        (year, ...).
    calendar : str
        Of the model.

    Returns
    -------
    DataArray
        (time, ...) with ``year`` and ``days``.
    """
    years = field["year"].to_numpy()
    ends = [(date_in(calendar, y), date_in(calendar, y + 1)) for y in years.tolist()]
    middle = [date_in(calendar, year, 7) for year in years.tolist()]
    found = field.rename(year="time").assign_coords(
        time=("time", np.asarray(middle, dtype=object)),
        year=("time", years),
        days=("time", np.array([float((high - low).days) for low, high in ends])),
    )
    return found.transpose("time", ...)


def calendar_of(field: xr.DataArray) -> str:
    """Return the calendar of a time axis."""
    first: cftime.datetime = field["time"].to_numpy()[0]
    return str(first.calendar)

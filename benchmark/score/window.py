"""The months or years that a model and a reference share."""

import numpy as np
import xarray as xr

from benchmark.config.descriptors import Period
from benchmark.errors import NoOverlapError

# A stock is compared as the mean of its last 20 years (science brief, 2.3).
STOCK_YEARS = 20

# Pairs of maps weigh months alike whatever their calendars, so that equal
# values score 1.
MONTH_DAYS = np.array([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31], dtype=float)


def cut_to_period(
    field: xr.DataArray, period: Period | None, where: str
) -> xr.DataArray:
    """Return the years of a field that lie in a period.

    Parameters
    ----------
    field : DataArray
        With `year` along time, or without time: returned as it is.
    period : tuple of int, optional
        First and last year.
    where : str
        File and variable, for messages.

    Returns
    -------
    DataArray

    Raises
    ------
    NoOverlapError
        If no year is left.
    """
    if period is None or "year" not in field.coords:
        return field
    years = field["year"].to_numpy()
    inside = np.flatnonzero((years >= period[0]) & (years <= period[1]))
    if inside.size == 0:
        msg = (
            f"{where}: has {years[0]} to {years[-1]}, none of it in {period[0]} to "
            f"{period[1]}; expected shared years."
        )
        raise NoOverlapError(msg)
    return field.isel(time=slice(int(inside[0]), int(inside[-1]) + 1))


def cut_to_common(
    model: xr.DataArray, reference: xr.DataArray, where: str
) -> tuple[xr.DataArray, xr.DataArray]:
    """Return both fields on the months they share, with equal month lengths.

    Parameters
    ----------
    model, reference : DataArray
        Monthly, each in its own calendar.
    where : str
        For messages.

    Returns
    -------
    tuple of DataArray

    Raises
    ------
    NoOverlapError
        If they share no month.
    """
    m, r = month_index(model), month_index(reference)
    first, last = max(m[0], r[0]), min(m[-1], r[-1])
    if first > last:
        msg = (
            f"{where}: the model has {_label(m)}, the reference {_label(r)}; expected "
            "shared months."
        )
        raise NoOverlapError(msg)
    return (
        _with_equal_months(model.isel(time=slice(first - m[0], last - m[0] + 1))),
        _with_equal_months(reference.isel(time=slice(first - r[0], last - r[0] + 1))),
    )


def _with_equal_months(field: xr.DataArray) -> xr.DataArray:
    """Weigh months as in a year of 365 days, on both sides and as ILAMB does."""
    return field.assign_coords(days=("time", MONTH_DAYS[field["month"].to_numpy() - 1]))


def recent_years(field: xr.DataArray, years: int = STOCK_YEARS) -> xr.DataArray:
    """Return the last years of a stock, which references give without a year.

    Parameters
    ----------
    field : DataArray
        Monthly, yearly, or without time: returned as it is.
    years : int
        How many.

    Returns
    -------
    DataArray
    """
    if "year" not in field.coords:
        return field
    last = int(field["year"][-1])
    return cut_to_period(field, (last - years + 1, last), "")


def month_index(field: xr.DataArray) -> np.ndarray:
    """Return months since year 0 along time."""
    years, months = field["year"].to_numpy(), field["month"].to_numpy()
    return np.asarray(years * 12 + months - 1)


def whole_years(field: xr.DataArray) -> xr.DataArray:
    """Return the part of a monthly field that is whole calendar years.

    Parameters
    ----------
    field : DataArray
        Monthly or yearly; a field without time is returned as it is.

    Returns
    -------
    DataArray
        Possibly of no time step.
    """
    if "month" not in field.coords:
        return field
    months = field["month"].to_numpy()
    starts, ends = np.flatnonzero(months == 1), np.flatnonzero(months == 12)
    if starts.size == 0 or ends.size == 0 or ends[-1] < starts[0]:
        return field.isel(time=slice(0, 0))
    return field.isel(time=slice(int(starts[0]), int(ends[-1]) + 1))


def years_of(field: xr.DataArray) -> str:
    """Return the period of a field as text, such as ``2000-2002``."""
    if "year" not in field.coords or field.sizes.get("time", 0) == 0:
        return ""
    years = field["year"].to_numpy()
    return f"{years[0]}-{years[-1]}"


def _label(months: np.ndarray) -> str:
    first, last = months[0], months[-1]
    ends = [f"{month // 12:04d}-{month % 12 + 1:02d}" for month in (first, last)]
    return " to ".join(ends)

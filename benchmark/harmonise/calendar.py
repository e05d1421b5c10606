"""Time: cftime in the model's own calendar, months with their true lengths."""

import re
from datetime import timedelta
from pathlib import Path

import cftime
import numpy as np
import xarray as xr

from benchmark.errors import InputError

_DECODABLE = re.compile(
    r"^\s*(days?|hours?|hrs?|h|minutes?|mins?|seconds?|secs?|s|d|months?)\s+since\s",
    re.IGNORECASE,
)


def decode_time(data: xr.Dataset, path: Path | str) -> xr.Dataset:
    """Return the data with `time` as cftime dates, if it has a time axis.

    Parameters
    ----------
    data : Dataset
        With numeric time and the attributes units and calendar.
    path : Path
        For messages.

    Returns
    -------
    Dataset
        `time` (cftime) and, where the file has bounds, `time_bnds`
        (time, bnds) (cftime).

    Raises
    ------
    InputError
        If the units of time cannot be read.
    """
    if "time" not in data.variables or "time" not in data.dims:
        return data
    time = data["time"]
    units = str(time.attrs.get("units", ""))
    calendar = str(time.attrs.get("calendar", "standard")).lower()
    if time.size == 0:
        msg = f"{path}: time has no steps; expected at least one. Copy the file again."
        raise InputError(msg)
    if not _DECODABLE.match(units):
        msg = (
            f"{path}: time has units '{units}'; expected such as 'days since "
            "2000-01-01'. For a mean over years write 'static: true' and 'period:'."
        )
        raise InputError(msg)
    name = str(time.attrs.get("bounds", "time_bnds"))
    bounds = data.get(name)
    data = data.drop_vars(name, errors="ignore").assign_coords(
        time=_dates(time, units, calendar, path)
    )
    if bounds is not None and bounds.ndim == 2:
        units = str(bounds.attrs.get("units", units))
        calendar = str(bounds.attrs.get("calendar", calendar))
        dates = _dates(bounds, units, calendar, path)
        data["time_bnds"] = (("time", "bnds"), dates.data)
    return data


def _dates(
    values: xr.DataArray, units: str, calendar: str, path: Path | str
) -> xr.Variable:
    numbers = np.asarray(values.to_numpy(), dtype=float)
    if not np.isfinite(numbers).all():
        msg = (
            f"{path}: {values.name} has {np.sum(~np.isfinite(numbers))} missing dates."
        )
        raise InputError(msg)
    try:
        dates = cftime.num2date(numbers, units, calendar)
    except (ValueError, OverflowError) as error:
        msg = (
            f"{path}: {values.name} cannot be decoded ({error}); units '{units}', "
            f"calendar '{calendar}'."
        )
        raise InputError(msg) from error
    return xr.Variable(values.dims, np.asarray(dates, dtype=object))


def stamps_are_ambiguous(data: xr.Dataset) -> bool:
    """Return whether dates could be the start of one month or the end of another.

    Parameters
    ----------
    data : Dataset
        `time` (cftime), and `time_bnds` if the file has bounds.

    Returns
    -------
    bool
        True if all stamps are 00:00 on the first and there are no bounds.
    """
    stamps = data["time"].to_numpy()
    return "time_bnds" not in data and all(
        (stamp.day, stamp.hour, stamp.minute) == (1, 0, 0) for stamp in stamps
    )


def monthly(
    data: xr.Dataset, where: str, *, time_stamp: str | None = None
) -> xr.Dataset:
    """Return data whose time axis is months, with year, month and days.

    Bounds say which month a step is; without them the stamp does, wherever
    in the month it lies, and 00:00 on the first counts as the start of its
    month unless `time_stamp` is ``end``. What is finer than monthly is
    averaged; yearly steps stay yearly and then have no ``month``.

    Parameters
    ----------
    data : Dataset
        `time` (cftime) and optionally `time_bnds`.
    where : str
        File and variable, for messages.
    time_stamp : {"start", "end"}, optional
        Which end of its month a stamp without bounds marks.

    Returns
    -------
    Dataset
        `time` (time) mid-month, with the coordinates ``year``, ``month`` and
        ``days`` (the length of the month in the calendar of the file).

    Raises
    ------
    InputError
        If months are repeated, out of order or missing.
    """
    months = _month_index(data, time_stamp)
    data = data.drop_vars("time_bnds", errors="ignore")
    calendar = data["time"].to_numpy()[0].calendar
    step = float(np.median(np.diff(months))) if months.size > 1 else 1.0
    if step == 12:
        return _yearly(data, months // 12, calendar, where)
    if step > 1:
        msg = (
            f"{where}: time steps are {step:g} months apart; expected monthly, finer, "
            "or yearly."
        )
        raise InputError(msg)
    if months.size > 1 and _is_finer(months):
        _check_whole_months(months, where)
        data, months = _monthly_means(data, months)
    _check_continuous(months, where)
    years, month = np.divmod(months, 12)
    days = [
        _days_in(year, m + 1, calendar) for year, m in zip(years, month, strict=True)
    ]
    middle = [
        cftime.datetime(year, m + 1, 15, calendar=calendar)
        for year, m in zip(years, month, strict=True)
    ]
    return data.assign_coords(
        time=("time", np.asarray(middle, dtype=object)),
        year=("time", years),
        month=("time", month + 1),
        days=("time", np.asarray(days, dtype=float)),
    )


def _month_index(data: xr.Dataset, time_stamp: str | None) -> np.ndarray:
    if "time_bnds" in data:
        bounds = data["time_bnds"].to_numpy()
        stamps = [low + (high - low) / 2 for low, high in bounds]
    else:
        stamps = list(data["time"].to_numpy())
        if time_stamp == "end":
            stamps = [stamp - timedelta(hours=12) for stamp in stamps]
    return np.array([stamp.year * 12 + stamp.month - 1 for stamp in stamps])


def _yearly(
    data: xr.Dataset, years: np.ndarray, calendar: str, where: str
) -> xr.Dataset:
    if np.any(np.diff(years) != 1):
        msg = (
            f"{where}: years are repeated or missing between {years[0]} and "
            f"{years[-1]}; expected every year once."
        )
        raise InputError(msg)
    days = [sum(_days_in(year, m, calendar) for m in range(1, 13)) for year in years]
    middle = [cftime.datetime(year, 7, 1, calendar=calendar) for year in years]
    return data.assign_coords(
        time=("time", np.asarray(middle, dtype=object)),
        year=("time", years),
        days=("time", np.asarray(days, dtype=float)),
    )


def _is_finer(months: np.ndarray) -> bool:
    return bool(np.mean(np.diff(months) == 0) > 0.5)


def _check_whole_months(months: np.ndarray, where: str) -> None:
    """Refuse months of which a tenth or more of the usual steps are missing."""
    unique, count = np.unique(months, return_counts=True)
    partial = unique[count < 0.9 * np.median(count)]
    if partial.size:
        msg = (
            f"{where}: months with only some of their time steps: "
            f"{', '.join(_names(partial))}; expected whole months. Cut them off, or "
            "add the files that complete them."
        )
        raise InputError(msg)


def _monthly_means(
    data: xr.Dataset, months: np.ndarray
) -> tuple[xr.Dataset, np.ndarray]:
    if np.any(np.diff(months) < 0):
        return data, months
    unique, start = np.unique(months, return_index=True)
    index = xr.DataArray(months, dims="time", name="month_index")
    timed = data[[name for name, v in data.data_vars.items() if "time" in v.dims]]
    means = timed.groupby(index).mean(skipna=True).rename(month_index="time")
    rest = data.drop_vars(list(timed.data_vars)).isel(time=start)
    return rest.drop_vars("time").merge(means.drop_vars("time")), unique


def _check_continuous(months: np.ndarray, where: str) -> None:
    steps = np.diff(months)
    unique, count = np.unique(months, return_counts=True)
    if np.any(count > 1):
        repeated = ", ".join(_names(unique[count > 1]))
        msg = (
            f"{where}: months given twice: {repeated}. Name each file once in 'files:'."
        )
        raise InputError(msg)
    if np.any(steps < 0):
        at = ", ".join(_names(months[1:][steps < 0]))
        msg = f"{where}: time runs backwards at {at}; expected increasing dates."
        raise InputError(msg)
    if np.any(steps > 1):
        whole = np.arange(months[0], months[-1] + 1)
        missing = np.setdiff1d(whole, months)
        msg = (
            f"{where}: {missing.size} months are missing: "
            f"{', '.join(_names(missing))}; expected every month from first to "
            "last. Add the files that hold them to 'files:'."
        )
        raise InputError(msg)


def _names(months: np.ndarray) -> list[str]:
    shown = [f"{m // 12:04d}-{m % 12 + 1:02d}" for m in months[:4]]
    return [*shown, "..."] if months.size > 4 else shown


def _days_in(year: int, month: int, calendar: str) -> int:
    first = cftime.datetime(year, month, 1, calendar=calendar)
    following = cftime.datetime(
        year + month // 12, month % 12 + 1, 1, calendar=calendar
    )
    return int((following - first).days)

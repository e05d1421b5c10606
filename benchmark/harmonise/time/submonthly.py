"""Daily, five-daily and other short steps to means of months."""

import numpy as np
import xarray as xr

from benchmark.errors import InputError
from benchmark.harmonise.time.bounds import days_since, spans
from benchmark.harmonise.time.calendar import date_in, days_in

# Of a month so much has to be there to be its mean.
WHOLE = 0.9


def by_groups(
    data: xr.Dataset, months: np.ndarray
) -> tuple[xr.Dataset, np.ndarray, np.ndarray]:
    """Average steps of up to a day over the month that each belongs to.

    Parameters
    ----------
    data : Dataset
        With the dimension time, lazy or not.
    months : ndarray
        (time,), months since year 0, not decreasing.

    Returns
    -------
    data : Dataset
        Monthly.
    months : ndarray
        Each month once.
    partial : ndarray
        Those of which more than a tenth of their steps are missing.
    """
    unique, start, count = np.unique(months, return_index=True, return_counts=True)
    index = xr.DataArray(months, dims="time", name="month_index")
    timed = data[_timed(data)]
    means = timed.groupby(index).mean(skipna=True).rename(month_index="time")
    rest = data.drop_vars(list(timed.data_vars)).isel(time=start)
    found = rest.drop_vars("time").merge(means.drop_vars("time"))
    steps = count / _lengths(unique, data["time"].to_numpy()[0].calendar)
    return found, unique, unique[steps < WHOLE * np.median(steps)]


def _lengths(months: np.ndarray, calendar: str) -> np.ndarray:
    return np.array([days_in(m // 12, m % 12 + 1, calendar) for m in months.tolist()])


def by_overlap(
    data: xr.Dataset, time_stamp: str | None, where: str
) -> tuple[xr.Dataset, np.ndarray, np.ndarray]:
    """Average steps of several days, each weighted by its days in the month.

    Parameters
    ----------
    data : Dataset
        With `time` and, where the file has bounds, `time_bnds`.
    time_stamp : {"start", "end"}, optional
        Which end of its step a stamp marks, where there are no bounds.
    where : str
        File and variable, for messages.

    Returns
    -------
    data, months, partial
        As from `by_groups`; a first or last month that is not whole is cut.

    Raises
    ------
    InputError
        If it is not known where the steps begin and end.
    """
    found = spans(data, time_stamp)
    if found is None:
        msg = (
            f"{where}: steps of several days without bounds, which can lie in two "
            "months; expected bounds of time. Write 'time_stamp: start' if dates are "
            "the first day of their step, 'end' if the last."
        )
        raise InputError(msg)
    months, weights, days = _weights(data, *found)
    covered = weights.sum(axis=1) / days
    kept = _without_ends(covered)
    months, covered = months[kept], covered[kept]
    matrix = xr.DataArray(weights[kept], dims=("month_index", "time"))
    timed = data[_timed(data)].drop_vars("time")
    rest = data.drop_vars(["time", "time_bnds", *timed.data_vars], errors="ignore")
    averaged = rest.drop_dims("time", errors="ignore")
    for name, array in timed.data_vars.items():
        total = xr.dot(matrix, array.fillna(0.0), dim="time")
        amount = xr.dot(matrix, array.notnull().astype(float), dim="time")
        mean = (total / amount.where(amount > 0)).rename(month_index="time")
        averaged[name] = mean.assign_attrs(array.attrs)
    return averaged, months, months[covered < WHOLE]


def _timed(data: xr.Dataset) -> list[str]:
    return [
        str(name)
        for name, array in data.data_vars.items()
        if "time" in array.dims and name != "time_bnds"
    ]


def _weights(
    data: xr.Dataset, low: np.ndarray, high: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return months, the days (month, time) of each step in them, their lengths."""
    stamps = data["time"].to_numpy()
    calendar = stamps[0].calendar
    index = np.array([stamp.year * 12 + stamp.month - 1 for stamp in stamps])
    months = np.arange(index.min() - 1, index.max() + 2)
    days = _lengths(months, calendar)
    first = date_in(calendar, stamps[0].year, stamps[0].month)
    # Where the first stamp's month begins, in days since that stamp.
    origin = days_since(stamps[0], [first])[0]
    starts = origin + np.concatenate([[0.0], np.cumsum(days)[:-1]])
    starts = starts - days[months < index[0]].sum()
    ends = starts + days
    overlap = np.minimum(ends[:, None], high) - np.maximum(starts[:, None], low)
    return months, np.clip(overlap, 0.0, None), days


def _without_ends(covered: np.ndarray) -> slice:
    whole = np.flatnonzero(covered >= WHOLE)
    if whole.size == 0:
        return slice(0, 0)
    return slice(int(whole[0]), int(whole[-1]) + 1)

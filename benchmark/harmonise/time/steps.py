"""The steps of a variable: months as most are scored, or the days of a few."""

from typing import Literal

import numpy as np
import xarray as xr

from benchmark.config.descriptors import VariableSource
from benchmark.errors import InputError, NotCoveredError
from benchmark.harmonise.time.bounds import (
    days_since,
    middles,
    stamps_are_ambiguous,
    with_sound_bounds,
)
from benchmark.harmonise.time.calendar import days_in
from benchmark.harmonise.time.months import monthly
from benchmark.harmonise.time.repeats import without_repeats

Steps = Literal["months", "days", "finest"]

# Steps of up to a day: six-hourly ones are averaged over each day.
_DAY = 1.01


def in_steps(
    grid: xr.Dataset, source: VariableSource, where: str, steps: Steps
) -> tuple[xr.Dataset, list[str]]:
    """Return data by months or years, or by days, and what is unsure about them.

    Parameters
    ----------
    grid : Dataset
        `time` (cftime) and optionally `time_bnds`; without time it is
        returned as it is.
    source : VariableSource
        Its `static`, `time_stamp` and `gaps`.
    where : str
        File and variable, for messages.
    steps : {"months", "days", "finest"}
        ``finest`` is days where there are any, else months.

    Returns
    -------
    data : Dataset
        With ``year`` and ``days`` along time, and ``month`` or ``day``.
    unsure : list of str

    Raises
    ------
    NotCoveredError
        If days are asked for and there are none.
    InputError
        If the time axis is not understood.
    """
    if source.static or "time" not in grid.dims:
        if steps == "days":
            raise NotCoveredError(_no_days(where))
        return grid, []
    unsure = []
    if source.time_stamp is None and stamps_are_ambiguous(grid):
        unsure.append(
            "dates are 00:00 on the first without bounds, taken as the start of "
            "their month: write 'time_stamp: start', or 'end'"
        )
    if steps == "days" and not has_days(grid, source):
        raise NotCoveredError(_no_days(where))
    if steps != "months" and has_days(grid, source):
        return daily(grid, source, where), unsure
    found = monthly(grid, where, time_stamp=source.time_stamp, gaps=source.gaps)
    return found, [*unsure, *found.attrs["time_warnings"]]


def has_days(grid: xr.Dataset, source: VariableSource) -> bool:
    """Return whether the steps of a file are of a day or less."""
    dates = middles(with_sound_bounds(grid)[0], source.time_stamp)
    steps = np.diff(days_since(dates[0], dates))
    return bool(steps.size) and 0 < float(np.median(steps)) <= _DAY


def daily(grid: xr.Dataset, source: VariableSource, where: str) -> xr.Dataset:
    """Return data by days of the calendar of the file, in whole years.

    Parameters
    ----------
    grid : Dataset
        `time` (cftime) and optionally `time_bnds`, steps of a day or less.
    source : VariableSource
        Its `time_stamp`.
    where : str
        File and variable, for messages.

    Returns
    -------
    Dataset
        `time` (time) as the dates of the file, with ``year``, ``day`` (of the
        year, from 1) and ``days``, here 1. Years that miss days are left out.

    Raises
    ------
    InputError
        If days run backwards, or are repeated with other values.
    NotCoveredError
        If no year is whole.
    """
    data, remarks, warnings = with_sound_bounds(grid)
    data, repeated = without_repeats(data, middles(data, source.time_stamp), where)
    dates = middles(data, source.time_stamp)
    data = data.drop_vars("time_bnds", errors="ignore")
    year = np.array([date.year for date in dates])
    day = np.array([date.dayofyr for date in dates])
    if np.any(np.diff(year * 1000 + day) < 0):
        msg = f"{where}: days run backwards; expected increasing dates."
        raise InputError(msg)
    data = data.assign_coords(
        time=("time", np.asarray(dates, dtype=object)),
        year=("time", year),
        day=("time", day),
    )
    if len(np.unique(year * 1000 + day)) < year.size:
        data = _means_of_days(data, year * 1000 + day)
    found, told = _whole_years(data, dates[0].calendar, where)
    found = found.assign_coords(days=("time", np.ones(found.sizes["time"])))
    found.attrs["time_remarks"] = [text for text in (*remarks, repeated) if text]
    found.attrs["time_warnings"] = [*warnings, *told]
    return found


def _means_of_days(data: xr.Dataset, days: np.ndarray) -> xr.Dataset:
    """Return means over each day, whose date is that of its first step."""
    _, first = np.unique(days, return_index=True)
    index = xr.DataArray(days, dims="time", name="day_index")
    timed = [name for name, array in data.data_vars.items() if "time" in array.dims]
    means = data[timed].groupby(index).mean(skipna=True).rename(day_index="time")
    kept = data.drop_vars(timed).isel(time=first)
    return kept.merge(means.drop_vars("time"))


def _whole_years(
    data: xr.Dataset, calendar: str, where: str
) -> tuple[xr.Dataset, list[str]]:
    years, count = np.unique(data["year"].to_numpy(), return_counts=True)
    length = [
        sum(days_in(year, month, calendar) for month in range(1, 13))
        for year in years.tolist()
    ]
    whole = years[count == length]
    if whole.size == 0:
        msg = f"{where}: no year has all its days; at least one is needed."
        raise NotCoveredError(msg)
    partial = np.setdiff1d(years, whole)
    told = f"years that miss days are left out: {', '.join(map(str, partial))}"
    kept = np.flatnonzero(np.isin(data["year"].to_numpy(), whole))
    return data.isel(time=kept), [told] if partial.size else []


def _no_days(where: str) -> str:
    return f"{where}: needs daily soil temperature; the steps are months or longer"

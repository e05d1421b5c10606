"""Time as a file has it to dates in the model's own calendar."""

import warnings
from pathlib import Path

import cftime
import numpy as np
import xarray as xr

from benchmark.config.descriptors import TimeStated
from benchmark.errors import InputError
from benchmark.harmonise.time.axis import with_time
from benchmark.harmonise.time.calendar import calendar_of
from benchmark.harmonise.time.inferred import is_plain
from benchmark.harmonise.time.reading import (
    LINE,
    STATIC,
    TIME,
    TimeAxis,
    holds_text,
    of_datetime64,
    of_numbers,
    of_parts,
    of_texts,
)
from benchmark.harmonise.time.spacing import check_year_lengths
from benchmark.harmonise.time.units import Dates, decoder_of

_DATES = ("times", "xtime", "date", "dates", "yyyymm", "time_counter")
_BOUNDS = ("time_bnds", "time_bounds", "time_bound", "bounds_time", "time_edges")


def decode_time(
    data: xr.Dataset, path: Path | str, stated: TimeStated | None = None
) -> xr.Dataset:
    """Return the data with `time` as cftime dates, if it has a time axis.

    Parameters
    ----------
    data : Dataset
        As a file has it: numbers with units and calendar, numbers such as
        YYYYMM, texts, dates, or coordinates year and month.
    path : Path
        For messages.
    stated : TimeStated, optional
        Units and calendar that overrule those of the file.

    Returns
    -------
    Dataset
        `time` (cftime) and, where the file has bounds, `time_bnds`
        (time, bnds) (cftime). The attribute ``time_remarks`` says what was
        inferred.

    Raises
    ------
    InputError
        If the time cannot be read.
    """
    data = with_time(data)
    if "time" not in data.dims:
        return data
    if data.sizes["time"] == 0:
        msg = f"{path}: time has no steps; expected at least one. Copy the file again."
        raise InputError(msg)
    axis = _axis_of(data, path, stated)
    with warnings.catch_warnings():
        # Of the year 0, which is only in the reference date.
        warnings.simplefilter("ignore", cftime.CFWarning)
        dates = [_usual(date, axis) for date in _dates(data, axis)]
        bounds, data = _take_bounds(data, axis)
    check_year_lengths(dates, str(path))
    span = data["time"].attrs.get("climatology") if "time" in data.variables else None
    if span is not None and str(span) in data.variables:
        data.attrs["climatology"] = str(span)
    data = data.assign_coords(time=("time", np.asarray(dates, dtype=object)))
    if bounds is not None:
        data["time_bnds"] = (("time", "bnds"), bounds)
    if axis.remarks:
        data.attrs["time_remarks"] = list(dict.fromkeys(axis.remarks))
    return data


def _usual(date: cftime.datetime, axis: TimeAxis) -> cftime.datetime:
    """Return a date counted from a year 0 as its calendar usually counts it."""
    if date.calendar not in ("standard", "julian") or not date.has_year_zero:
        return date
    if date.year < 1:
        msg = "leads to years before 1, which the calendar has not"
        raise axis.refusal(TIME, msg)
    return date.replace(has_year_zero=False)


def _axis_of(data: xr.Dataset, path: Path | str, stated: TimeStated | None) -> TimeAxis:
    attrs = data["time"].attrs if "time" in data.variables else {}
    # Units of the file that the configuration overrules are said in a remark.
    stated = stated or TimeStated()
    written = stated.calendar or attrs.get("calendar")
    try:
        calendar, remark = calendar_of(written)
    except ValueError as error:
        msg = f"{path}: time has {error}. Write 'time: {{calendar: noleap}}'."
        raise InputError(msg) from error
    units = str(attrs.get("units", ""))
    axis = TimeAxis(path, stated.units or units, calendar, stated.units is not None)
    if "written_name" in attrs:
        axis.remarks.append(f"time is called '{attrs['written_name']}' in the file")
    if remark and _has_dates(data) is False:
        axis.remarks.append(remark)
    if stated.units and units and stated.units != units:
        axis.remarks.append(
            f"time has units '{units}', the configuration '{stated.units}'"
        )
    return axis


def _has_dates(data: xr.Dataset) -> bool:
    return "time" in data.variables and data["time"].dtype.kind in "MO"


def _dates(data: xr.Dataset, axis: TimeAxis) -> Dates:
    """Return the dates of the steps, from whatever says them."""
    if "time" not in data.variables:
        return _without_coordinate(data, axis)
    time = data["time"]
    if time.dtype.kind == "M":
        return of_datetime64(time.to_numpy(), axis)
    if time.dtype.kind in "SU" or holds_text(time):
        return of_texts(time.to_numpy(), axis)
    if time.dtype.kind == "O":
        return list(time.to_numpy())
    if is_plain(axis.units) and not axis.stated:
        parts = of_parts(data, axis)
        if parts is not None:
            return parts
    return of_numbers(time.to_numpy(), "time", axis)


def _without_coordinate(data: xr.Dataset, axis: TimeAxis) -> Dates:
    """Return dates of a dimension time that has no variable of that name."""
    if axis.stated:
        axis.remarks.append(f"time has no values: steps counted in {axis.units}")
        return of_numbers(np.arange(data.sizes["time"]), "time", axis)
    parts = of_parts(data, axis)
    if parts is not None:
        return parts
    for name, values in data.variables.items():
        units = str(values.attrs.get("units", ""))
        if values.dims != ("time",) or not _is_dated(str(name), values, units):
            continue
        axis.remarks.append(f"dates are those of '{name}'")
        axis.units = units
        if values.dtype.kind in "SUO":
            return of_texts(values.to_numpy(), axis)
        return of_numbers(values.to_numpy(), str(name), axis)
    msg = (
        f"{axis.path}: time is a dimension of {data.sizes['time']} steps without "
        f"dates; expected a coordinate. Write {LINE}, from the first step on; "
        f"{STATIC}."
    )
    raise InputError(msg)


def _is_dated(name: str, values: xr.Variable, units: str) -> bool:
    usual = name.lower() in _DATES
    return usual or " since " in units or values.attrs.get("standard_name") == "time"


def _take_bounds(
    data: xr.Dataset, axis: TimeAxis
) -> tuple[np.ndarray | None, xr.Dataset]:
    """Return the bounds as dates, if there are any, and the data without them."""
    attrs = data["time"].attrs if "time" in data.variables else {}
    names = (str(attrs.get("bounds", "")), *_BOUNDS)
    name = next((name for name in names if name in data.variables), None)
    if name is None:
        return None, data
    bounds = data[name].variable
    data = data.drop_vars(name)
    if bounds.ndim != 2 or bounds.shape != (data.sizes["time"], 2):
        return None, data
    values = bounds.to_numpy()
    if values.dtype.kind == "O":
        return values, data
    if values.dtype.kind == "M":
        dates = of_datetime64(values.ravel(), axis)
        return np.asarray(dates, dtype=object).reshape(-1, 2), data
    own = axis.units if axis.stated else str(bounds.attrs.get("units", ""))
    of_bounds = TimeAxis(axis.path, own or axis.units, axis.calendar)
    if not _is_readable(values, of_bounds):
        axis.remarks.append(f"'{name}' holds no dates and is left out")
        return None, data
    dates = [
        _usual(date, of_bounds) for date in of_numbers(values.ravel(), name, of_bounds)
    ]
    return np.asarray(dates, dtype=object).reshape(-1, 2), data


def _is_readable(values: np.ndarray, axis: TimeAxis) -> bool:
    try:
        known = decoder_of(axis.units, axis.calendar) is not None
    except ValueError:
        return False
    return known and bool(np.isfinite(np.asarray(values, dtype=float)).all())

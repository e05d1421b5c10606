"""Numbers with units of time, such as months since a date, as dates."""

import re
from collections.abc import Callable
from datetime import timedelta
from functools import partial

import cftime
import numpy as np

from benchmark.harmonise.time.calendar import after_months, date_in

Dates = list[cftime.datetime]

_UNITS = {
    "day": ("day", "days", "d"),
    "hour": ("hour", "hours", "hr", "hrs", "h"),
    "minute": ("minute", "minutes", "min", "mins"),
    "second": ("second", "seconds", "sec", "secs", "s"),
    "week": ("week", "weeks"),
    "month": ("month", "months", "mon", "mons"),
    "year": ("year", "years", "yr", "yrs"),
    "common_year": ("common_year", "common_years"),
}
_UNIT = {name: unit for unit, names in _UNITS.items() for name in names}
_DAYS = {
    "day": 1.0,
    "hour": 1 / 24,
    "minute": 1 / 1440,
    "second": 1 / 86400,
    "week": 7.0,
    "common_year": 365.0,
}
_SINCE = re.compile(r"^\s*([a-z_]+)\s+(?:since|after|from)\s+(.+?)\s*$", re.IGNORECASE)
# A zone after the hour is left out: months are those of the calendar it names.
_DATE = re.compile(
    r"^(-?\d{1,6})(?:-(\d{1,2})(?:-(\d{1,2}))?)?"
    r"(?:[T\s_]+(\d{1,2})(?::(\d{1,2}))?(?::(\d{1,2})(?:\.\d*)?)?"
    r"(?:\s*[+-]\d{1,2}(?::?\d{2})?)?)?"
    r"\s*(?:Z|UTC|GMT|\+?0{1,2}:?0{0,2})?$",
    re.IGNORECASE,
)
_COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})?$")
_ABSOLUTE = re.compile(r"^\s*(day|month|year)\s+as\s+%Y", re.IGNORECASE)


def decoder_of(units: str, calendar: str) -> Callable[[np.ndarray], Dates] | None:
    """Return the function from numbers to dates that units of time stand for.

    Parameters
    ----------
    units : str
        Such as ``days since 1850-1-1``, ``months since 1901-01-01``, or the
        absolute ``day as %Y%m%d.%f`` of CDO.
    calendar : str
        One of `benchmark.harmonise.time.calendar.CALENDARS`.

    Returns
    -------
    callable or None
        None if these are no units of time that say a date.

    Raises
    ------
    ValueError
        If the reference date is none of the calendar.

    Examples
    --------
    >>> decode = decoder_of("months since 1901-01-01", "noleap")
    >>> [date.isoformat() for date in decode(np.array([0, 1.5]))]
    ['1901-01-01T00:00:00', '1901-02-15T00:00:00']
    """
    absolute = _ABSOLUTE.match(units)
    if absolute:
        kind = {"day": from_days, "month": from_months, "year": from_years}
        return partial(kind[absolute[1].lower()], calendar=calendar)
    found = _SINCE.match(units)
    if not found or found[1].lower() not in _UNIT:
        return None
    unit = _UNIT[found[1].lower()]
    start = date_of(found[2], calendar)
    if unit in ("month", "year"):
        months = 12 if unit == "year" else 1
        return lambda numbers: [after_months(start, n * months) for n in numbers]
    return lambda numbers: _days_after(start, numbers * _DAYS[unit])


def _days_after(start: cftime.datetime, days: np.ndarray) -> Dates:
    if np.abs(days).max() > 4e6:
        msg = f"{np.abs(days).max():.4g} days lead beyond the year 9999"
        raise ValueError(msg)
    # Days and seconds apart: their product with a float loses the seconds.
    whole = np.floor(days)
    seconds = (days - whole) * 86400
    return [
        start + timedelta(days=int(day), seconds=round(float(second), 3))
        for day, second in zip(whole, seconds, strict=True)
    ]


def date_of(text: str, calendar: str) -> cftime.datetime:
    """Return a date as people write it: ``1850``, ``1850-1-1 0:0:0``, ``185001``.

    Parameters
    ----------
    text : str
        Year first.
    calendar : str
        One of `benchmark.harmonise.time.calendar.CALENDARS`.

    Returns
    -------
    cftime.datetime
        The first of the month where no day is given.

    Raises
    ------
    ValueError
        If it is no date of that calendar.

    Examples
    --------
    >>> date_of("1850-1-1T06:00:00Z", "noleap").isoformat()
    '1850-01-01T06:00:00'
    """
    text = text.strip()
    compact = _COMPACT.match(text)
    found = compact or _DATE.match(text)
    if not found:
        msg = f"'{text}' is no date such as 1850-01-01"
        raise ValueError(msg)
    parts = [int(part) if part else None for part in found.groups()]
    year, month, day, hour, minute, second = (*parts, None, None, None)[:6]
    date = date_in(
        calendar, year or 0, 1 if month is None else month, 1 if day is None else day
    )
    return date + timedelta(hours=hour or 0, minutes=minute or 0, seconds=second or 0)


def from_days(numbers: np.ndarray, calendar: str) -> Dates:
    """Return the dates that numbers such as 18500116.5 (YYYYMMDD) stand for."""
    if (numbers < 10000).any():
        msg = f"{numbers.min():g} is no date such as 18500116"
        raise ValueError(msg)
    whole = np.floor(numbers).astype(np.int64)
    years, rest = np.divmod(whole, 10000)
    return [
        date_in(calendar, int(year), int(md) // 100, int(md) % 100)
        + timedelta(seconds=round(float(part) * 86400))
        for year, md, part in zip(years, rest, numbers - whole, strict=True)
    ]


def from_months(numbers: np.ndarray, calendar: str) -> Dates:
    """Return the dates of numbers such as 185001.5 (YYYYMM); whole ones mid-month."""
    whole = np.floor(numbers).astype(np.int64)
    dates = []
    for number, part in zip(whole, numbers - whole, strict=True):
        start = date_in(calendar, int(number) // 100, int(number) % 100)
        dates.append(after_months(start, float(part) if part else 0.5))
    return dates


def from_years(numbers: np.ndarray, calendar: str) -> Dates:
    """Return the dates of numbers such as 1850.04; of whole years their middles."""
    whole = np.floor(numbers + 1e-9)
    parts = np.clip(numbers - whole, 0.0, None)
    if not (parts > 1e-9).any():
        parts = np.full(parts.shape, 0.5)
    dates = []
    for year, part in zip(whole, parts, strict=True):
        start = date_in(calendar, int(year))
        # Four decimals of a year are the hundredth part of a month.
        days = round((after_months(start, 12) - start).days * float(part), 1)
        dates.append(start + timedelta(days=days))
    return dates

"""Calendars by the names that files give them, and months counted in them."""

import re
import warnings
from datetime import timedelta

import cftime
import numpy as np

_SAME = {
    "standard": ("standard", "gregorian", "mixed_gregorian_julian"),
    "proleptic_gregorian": ("proleptic_gregorian", "proleptic"),
    "noleap": ("noleap", "no_leap", "365_day", "365_days", "365day", "365days", "365"),
    "all_leap": ("all_leap", "allleap", "366_day", "366_days", "366day", "366"),
    "360_day": ("360_day", "360_days", "360day", "360days", "360"),
    "julian": ("julian",),
}
_KNOWN = {name: calendar for calendar, names in _SAME.items() for name in names}
_NOT_STATED = ("", "none", "nan", "null", "unknown")

CALENDARS = tuple(_SAME)
"""The calendars, each by the name that it has here."""


def calendar_of(written: object) -> tuple[str, str]:
    """Return a calendar by its name in CF, and what was inferred.

    Parameters
    ----------
    written : object
        The attribute of a file, or None.

    Returns
    -------
    calendar : str
        One of `CALENDARS`.
    remark : str
        Empty, unless no calendar was given.

    Raises
    ------
    ValueError
        If the name is not known.

    Examples
    --------
    >>> calendar_of("365 days")
    ('noleap', '')
    >>> calendar_of(None)
    ('standard', 'no calendar is given: taken as standard')
    """
    text = "" if written is None else str(written).strip().lower()
    text = re.sub(r"[\s-]+", "_", text)
    if text in _NOT_STATED:
        given = f"calendar '{written}'" if text else "no calendar is given"
        return "standard", f"{given}: taken as standard"
    if text not in _KNOWN:
        msg = f"calendar '{written}' is not known; expected {', '.join(CALENDARS)}"
        raise ValueError(msg)
    return _KNOWN[text], ""


def date_in(
    calendar: str, year: int, month: int = 1, day: int = 1, hour: int = 0
) -> cftime.datetime:
    """Return a date; year 0 is that before year 1, whatever CF says of the calendar.

    Parameters
    ----------
    calendar : str
        One of `CALENDARS`.
    year, month, day, hour : int
        As on the calendar.

    Returns
    -------
    cftime.datetime

    Raises
    ------
    ValueError
        If the calendar has no such date.

    Examples
    --------
    >>> date_in("360_day", 2001, 2, 30).isoformat()
    '2001-02-30T00:00:00'
    """
    zero = True if year < 1 else None
    with warnings.catch_warnings():
        # CF has no year 0 in the standard calendar; reference dates have.
        warnings.simplefilter("ignore", cftime.CFWarning)
        return cftime.datetime(
            int(year), int(month), int(day), hour, calendar=calendar, has_year_zero=zero
        )


def days_in(year: int, month: int, calendar: str) -> int:
    """Return the length of a month.

    Parameters
    ----------
    year, month : int
        The month, 1 to 12.
    calendar : str
        One of `CALENDARS`.

    Returns
    -------
    int
        Days.

    Examples
    --------
    >>> days_in(1900, 2, "standard"), days_in(1900, 2, "julian")
    (28, 29)
    """
    first = date_in(calendar, year, month)
    following = first.replace(year=first.year + month // 12, month=month % 12 + 1)
    return int((following - first).days)


def after_months(start: cftime.datetime, months: float) -> cftime.datetime:
    """Return the date some calendar months later, whole or in part.

    A whole month leads to the same day of the next one, or to its last day;
    a part of a month is that part of the days between the two.

    Parameters
    ----------
    start : cftime.datetime
        The reference date.
    months : float
        May be negative.

    Returns
    -------
    cftime.datetime

    Examples
    --------
    >>> start = date_in("noleap", 2001, 1, 31)
    >>> after_months(start, 1).isoformat(), after_months(start, 12.5).isoformat()
    ('2001-02-28T00:00:00', '2002-02-14T00:00:00')
    """
    whole = int(np.floor(months + 1e-9))
    part = max(0.0, months - whole)
    first = _moved(start, whole)
    if part < 1e-9:
        return first
    return first + (_moved(start, whole + 1) - first) * part


def _moved(start: cftime.datetime, months: int) -> cftime.datetime:
    years, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    calendar = start.calendar
    day = min(start.day, days_in(years, month + 1, calendar))
    moved = start.replace(year=years, month=month + 1, day=1)
    return moved + timedelta(days=day - 1)

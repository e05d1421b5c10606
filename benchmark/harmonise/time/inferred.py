"""Numbers or texts that look like dates, where a file gives no units of time."""

import re

import cftime
import numpy as np

from benchmark.harmonise.time.calendar import date_in
from benchmark.harmonise.time.units import (
    Dates,
    date_of,
    from_days,
    from_months,
    from_years,
)

# Numbers without units are taken for years only within these.
_YEARS = (1500, 2301)
_MONTH_NUMBER = re.compile(r"^\d{6}$")
# Months written as a twelfth of a year are often rounded to two decimals.
_ROUNDING = 0.05

PLAIN_UNITS = ("", "1", "-", "none", "unitless", "year", "years", "yr", "yrs", "a")
"""What files write as units of numbers that are years or dates themselves."""

_PLAIN = re.compile(
    r"^(years?|yrs?|yyyy(-?mm(-?dd)?)?|%y(%m(%d)?)?|date|year[_ ]?(ad|ce)?)(\.%f)?$",
    re.IGNORECASE,
)


def is_plain(units: str) -> bool:
    """Return whether units leave open which dates the numbers are.

    Parameters
    ----------
    units : str
        As the file gives them.

    Returns
    -------
    bool

    Examples
    --------
    >>> is_plain("YYYYMM"), is_plain(""), is_plain("kg")
    (True, True, False)
    """
    text = units.strip().lower()
    return text in PLAIN_UNITS or bool(_PLAIN.match(text))


def dates_of_numbers(numbers: np.ndarray, calendar: str) -> tuple[Dates, str]:
    """Return the dates that numbers stand for, and as what they were read.

    Parameters
    ----------
    numbers : ndarray
        (time,), finite.
    calendar : str
        One of `benchmark.harmonise.time.calendar.CALENDARS`.

    Returns
    -------
    dates : list of cftime.datetime
    remark : str
        Such as ``numbers without units read as YYYYMM``.

    Raises
    ------
    ValueError
        If they could be anything.

    Examples
    --------
    >>> dates, remark = dates_of_numbers(np.array([200001, 200002]), "noleap")
    >>> dates[1].isoformat(), remark
    ('2000-02-15T00:00:00', 'numbers without units read as YYYYMM')
    """
    text = "numbers without units read as "
    whole = np.allclose(numbers, np.round(numbers), rtol=0, atol=1e-9)
    month, day = (numbers % 100), (numbers // 100 % 100)
    low, high = _YEARS
    if _between(numbers // 10000, low, high) and _between(day, 1, 13):
        # YYYYMMDD, of which the last two digits are the day.
        return from_days(numbers, calendar), f"{text}YYYYMMDD"
    if whole and _between(numbers // 100, low, high) and _between(month, 1, 13):
        return from_months(numbers, calendar), f"{text}YYYYMM"
    if whole and _between(numbers, low, high):
        return from_years(numbers, calendar), f"{text}years"
    if _between(numbers, low, high):
        return _of_parts(numbers, calendar), f"{text}years and parts of a year"
    msg = f"numbers without units, {numbers.min():g} to {numbers.max():g}, are no dates"
    raise ValueError(msg)


def _between(numbers: np.ndarray, low: float, high: float) -> bool:
    return bool(((numbers >= low) & (numbers < high)).all())


def _of_parts(numbers: np.ndarray, calendar: str) -> Dates:
    """Return dates of fractional years: twelfths of a year, or days of it."""
    by_days = from_years(numbers, calendar)
    steps = np.diff(numbers)
    if steps.size == 0 or not 0.04 < float(np.median(steps)) < 0.2:
        return by_days
    twelfths = np.floor(numbers * 12 + _ROUNDING).astype(int)
    days = np.array([date.year * 12 + date.month - 1 for date in by_days])
    if not (np.diff(twelfths) == 1).all():
        return by_days
    if (np.diff(days) == 1).all() and (days != twelfths).any():
        msg = (
            "parts of a year that are one month by twelfths and another by days "
            f"(such as {numbers[np.argmax(days != twelfths)]:g})"
        )
        raise ValueError(msg)
    starts = np.abs(numbers * 12 - np.round(numbers * 12)) < _ROUNDING
    return [
        date_in(calendar, month // 12, month % 12 + 1, 1 if first else 15)
        for month, first in zip(twelfths.tolist(), starts, strict=True)
    ]


def dates_of_texts(texts: list[str], calendar: str) -> Dates:
    """Return the dates that texts such as ``2000-01`` are; months at their middle.

    Parameters
    ----------
    texts : list of str
        Year first.
    calendar : str
        One of `benchmark.harmonise.time.calendar.CALENDARS`.

    Returns
    -------
    list of cftime.datetime

    Raises
    ------
    ValueError
        If one is no date.

    Examples
    --------
    >>> [date.isoformat() for date in dates_of_texts(["2000-01"], "noleap")]
    ['2000-01-15T00:00:00']
    """
    return [_of_text(text.strip(), calendar) for text in texts]


def _of_text(text: str, calendar: str) -> cftime.datetime:
    date = date_of(text, calendar)
    if re.fullmatch(r"\d{4}", text):
        return date.replace(month=7, day=2)
    if re.fullmatch(r"\d{4}-\d{1,2}", text) or _MONTH_NUMBER.match(text):
        return date.replace(day=15)
    return date

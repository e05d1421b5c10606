"""Years of a length that the stated calendar does not have."""

from collections.abc import Sequence

import cftime
import numpy as np

from benchmark.errors import InputError

_LEAPING = ("standard", "gregorian", "proleptic_gregorian", "julian")
_OF_LENGTH = {365.0: "noleap", 360.0: "360_day"}


def check_year_lengths(dates: Sequence[cftime.datetime], where: str) -> None:
    """Refuse monthly or yearly steps whose years are shorter than the calendar's.

    Writers that count 365 days in every year, but leave the calendar at its
    default, shift dates by a day in four years: by two months since 1700.

    Parameters
    ----------
    dates : sequence of cftime.datetime
        As decoded in the stated calendar.
    where : str
        File, for messages.

    Raises
    ------
    InputError
        If all years have 365 days although one of them has a 29 February, or
        all have 360.

    Examples
    --------
    >>> years = [cftime.datetime(y, 7, 1, calendar="noleap") for y in range(2000, 2009)]
    >>> check_year_lengths(years, "a.nc")
    """
    if len(dates) < 3 or dates[0].calendar not in _LEAPING:
        return
    days = np.asarray(cftime.date2num(dates, "days since 1850-01-01"), dtype=float)
    step = 1 if np.median(np.diff(days)) > 300 else 12
    if len(days) <= step:
        return
    years = days[step:] - days[:-step]
    length = float(years[0])
    if length not in _OF_LENGTH or not (np.abs(years - length) < 1e-6).all():
        return
    if length == 365.0 and not _has_leap_day(dates):
        return
    calendar = _OF_LENGTH[length]
    msg = (
        f"{where}: time has calendar '{dates[0].calendar}', but every year from "
        f"{dates[0].isoformat()[:10]} to {dates[-1].isoformat()[:10]} has {length:g} "
        f"days, 29 February or not. Write 'time: {{calendar: {calendar}}}' under the "
        "variable if its years are counted so."
    )
    raise InputError(msg)


def _has_leap_day(dates: Sequence[cftime.datetime]) -> bool:
    """Return whether a 29 February lies between the first and the last date."""
    first, last = dates[0], dates[-1]
    for year in range(first.year, last.year + 1):
        try:
            day = cftime.datetime(year, 2, 29, calendar=first.calendar)
        except ValueError:
            continue
        if first < day < last:
            return True
    return False

"""Dates are held against the length of the years of their calendar."""

import cftime
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmark.errors import InputError
from benchmark.harmonise.time.spacing import check_year_lengths

CALENDARS = ["standard", "proleptic_gregorian", "julian", "noleap", "360_day"]


def first_of_months(start: int, count: int, calendar: str) -> list[cftime.datetime]:
    return [
        cftime.datetime(1900 + k // 12, k % 12 + 1, 1, calendar=calendar)
        for k in range(start, start + count)
    ]


@given(
    start=st.integers(0, 2400),
    count=st.integers(1, 90),
    calendar=st.sampled_from(CALENDARS),
    shift=st.sampled_from([0.0, 14.0, -1.0]),
)
def test_true_months_pass(start: int, count: int, calendar: str, shift: float) -> None:
    """Stamps at the start, middle or end of true months are never refused."""
    dates = first_of_months(start + 1, count, calendar)
    days = cftime.date2num(dates, "days since 1850-01-01", calendar=calendar)
    moved = np.asarray(days, dtype=float) + shift
    stamps = cftime.num2date(moved, "days since 1850-01-01", calendar=calendar)
    check_year_lengths(list(stamps), "a.nc")


@pytest.mark.parametrize(("length", "calendar"), [(365, "noleap"), (360, "360_day")])
@pytest.mark.parametrize("yearly", [True, False])
def test_years_without_leap_days(length: int, calendar: str, yearly: bool) -> None:
    """Years of 365 or 360 days in the default calendar are refused by its name."""
    step = length if yearly else length / 12
    days = 15.0 + step * np.arange(10 if yearly else 120)
    dates = cftime.num2date(days, "days since 1901-01-01", calendar="standard")
    with pytest.raises(InputError, match=f"calendar: {calendar}"):
        check_year_lengths(list(dates), "a.nc")

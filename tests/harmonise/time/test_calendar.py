"""Months in every calendar, whatever the stamps; gaps and repeats refused."""

from collections.abc import Callable

import cftime
import numpy as np
import pytest
import xarray as xr
from hypothesis import given
from hypothesis import strategies as st

from benchmark.harmonise.time.decoding import decode_time
from benchmark.harmonise.time.months import monthly

Refusal = Callable[..., str]

COMMON = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
LEAP = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]


def series(
    days: list[float] | np.ndarray,
    units: str = "days since 2000-01-01",
    calendar: str | None = "noleap",
    bounds: list[tuple[float, float]] | None = None,
    values: list[float] | np.ndarray | None = None,
) -> xr.Dataset:
    """Return numeric times as a file has them."""
    attrs = {"units": units} | ({"calendar": calendar} if calendar else {})
    given = np.arange(len(days), dtype=float) if values is None else values
    data = xr.Dataset(
        {"value": ("time", np.asarray(given, dtype=float))},
        coords={"time": ("time", np.asarray(days, dtype=float), attrs)},
    )
    if bounds is not None:
        data["time"].attrs["bounds"] = "tb"
        data["tb"] = (("time", "nv"), np.asarray(bounds, dtype=float))
    return data


def months_of(data: xr.Dataset) -> xr.Dataset:
    return monthly(decode_time(data, "a.nc"), "a.nc")


def stamps(calendar: str, start: int, months: int) -> np.ndarray:
    """Return days since 1 January of `start` in the middle of each month."""
    dates = [
        cftime.datetime(start + n // 12, n % 12 + 1, 15, calendar=calendar)
        for n in range(months)
    ]
    return cftime.date2num(dates, f"days since {start}-01-01", calendar)


@pytest.mark.parametrize(
    ("calendar", "year", "lengths"),
    [
        ("noleap", 2000, COMMON),
        ("365_day", 2000, COMMON),
        ("360_day", 2000, [30] * 12),
        ("all_leap", 2001, LEAP),
        ("366_day", 2001, LEAP),
        ("standard", 2000, LEAP),
        ("gregorian", 1900, COMMON),
        ("proleptic_gregorian", 1900, COMMON),
        ("proleptic_gregorian", 2004, LEAP),
        ("julian", 1900, LEAP),
        ("STANDARD", 2004, LEAP),
        (None, 2004, LEAP),
    ],
)
def test_lengths_of_months(calendar: str | None, year: int, lengths: list[int]) -> None:
    """Months have the lengths of the file's calendar, by default the standard one."""
    days = stamps((calendar or "standard").lower(), year, 12)
    found = months_of(series(days, f"days since {year}-01-01", calendar))
    assert found["days"].to_numpy().tolist() == lengths
    assert found["month"].to_numpy().tolist() == list(range(1, 13))
    assert set(found["year"].to_numpy()) == {year}


@given(
    st.sampled_from(["noleap", "360_day", "standard", "proleptic_gregorian", "julian",
                     "all_leap"]),
    st.integers(1600, 2300),
    st.integers(1, 5),
)  # fmt: skip
def test_days_of_whole_years(calendar: str, start: int, years: int) -> None:
    """The days of whole years are those from one New Year to the other."""
    found = months_of(
        series(
            stamps(calendar, start, 12 * years), f"days since {start}-01-01", calendar
        )
    )
    first = cftime.datetime(start, 1, 1, calendar=calendar)
    last = cftime.datetime(start + years, 1, 1, calendar=calendar)
    assert float(found["days"].sum()) == (last - first).days


@pytest.mark.parametrize(
    "days",
    [
        [30, 58, 89],  # 31 January, 28 February, 31 March
        [15.5, 45, 74.5],  # the middle
        [0, 31, 59],  # 00:00 of the first
        [30.99, 31.0, 89.9],  # anywhere in the month
    ],
)
def test_stamps_anywhere_in_a_month(days: list[float]) -> None:
    """Without bounds the stamp says the month, wherever in it it lies."""
    found = months_of(series(days))
    assert found["month"].to_numpy().tolist() == [1, 2, 3]
    dates = found["time"].to_numpy()
    assert [(date.month, date.day) for date in dates] == [(1, 15), (2, 15), (3, 15)]


def test_bounds_decide_the_month() -> None:
    """Stamps at the end of the step, on the next first, belong to the bounds."""
    data = series([31, 59, 90], bounds=[(0, 31), (31, 59), (59, 90)])
    found = months_of(data)
    assert found["month"].to_numpy().tolist() == [1, 2, 3]
    assert "time_bnds" not in found


def test_bounds_may_have_units_of_their_own() -> None:
    """Bounds with their own units are decoded by those."""
    data = series([31.0], bounds=[(0, 31)])
    data["tb"] = data["tb"] * 24
    data["tb"].attrs["units"] = "hours since 2000-01-01"
    assert months_of(data)["month"].item() == 1


@pytest.mark.parametrize(
    ("units", "factor"),
    [("hours since 2000-01-01", 24), ("minutes since 2000-01-01 00:00", 1440),
     ("seconds since 2000-01-01T00:00:00Z", 86400), ("DAYS SINCE 2000-1-1", 1),
     ("day since 2000-01-01 00:00:00.0", 1)],
)  # fmt: skip
def test_units_of_time(units: str, factor: int) -> None:
    """Days, hours, minutes and seconds since a date are decoded."""
    found = months_of(series([15 * factor, 45 * factor], units))
    assert found["month"].to_numpy().tolist() == [1, 2]


def test_daily_to_monthly() -> None:
    """Daily values become the mean of each month: 0..30 is 15, 31..58 is 44.5."""
    found = months_of(series(np.arange(59) + 0.5))
    assert found["value"].to_numpy().tolist() == [15.0, 44.5]
    assert found["month"].to_numpy().tolist() == [1, 2]
    assert found["days"].to_numpy().tolist() == [31, 28]


def test_daily_with_missing_values() -> None:
    """A missing day is left out of the mean; a month of them is missing."""
    values = np.ones(59)
    values[0] = np.nan
    values[31:] = np.nan
    found = months_of(series(np.arange(59) + 0.5, values=values))
    np.testing.assert_array_equal(found["value"].to_numpy(), [1.0, np.nan])


def test_daily_stays_lazy() -> None:
    """The mean of months of a dask array is a dask array."""
    data = decode_time(series(np.arange(59) + 0.5), "a.nc").chunk({"time": 10})
    assert monthly(data, "a.nc")["value"].chunks is not None


def test_daily_with_a_month_missing(refusal: Refusal) -> None:
    """A month without any day is missing."""
    days = np.r_[0:31, 59:90] + 0.5
    assert "1 months are missing: 2000-02" in refusal(months_of, series(days))


def test_yearly() -> None:
    """Steps of twelve months are years, with the days of each year, no month."""
    found = months_of(series([182, 548, 913], calendar="standard"))
    assert found["year"].to_numpy().tolist() == [2000, 2001, 2002]
    assert found["days"].to_numpy().tolist() == [366, 365, 365]
    assert "month" not in found.coords


def test_yearly_with_a_gap(refusal: Refusal) -> None:
    """A missing year is refused."""
    message = refusal(months_of, series([182, 547, 912, 1642, 2007]))
    assert "1 years are missing: 2003; expected" in message
    assert "'gaps: allow'" in message


def test_one_month() -> None:
    """A single step is a month."""
    found = months_of(series([45.0]))
    assert (found["month"].item(), found["days"].item()) == (2, 28)


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ([15, 45, 135, 166], "2 months are missing: 2000-03, 2000-04"),
        ([15, 45, 45, 74, 105], "given twice with different values: 2000-02-15"),
        ([15, 45, 74, 15, 45], "different values: 2000-01-16, 2000-02-15"),
        ([15, 45, 46, 74, 105], "months given twice: 2000-02"),
        ([74, 45, 15], "time runs backwards at 2000-02, 2000-01"),
        ([15, 105, 196, 288], "time steps are 3 months apart"),
    ],
)
def test_what_is_no_series_of_months(
    days: list[float], words: str, refusal: Refusal
) -> None:
    """Gaps, repeats, backward steps and seasons are refused with the months."""
    message = refusal(months_of, series(days))
    assert message.startswith("a.nc: ")
    assert words in message


@pytest.mark.parametrize(
    ("units", "calendar", "words"),
    [
        ("day as %Y%m%d.%f", "noleap", "'day as %Y%m%d.%f', calendar 'noleap'"),
        ("", "noleap", "numbers without units, 0 to 31, are no dates"),
        ("1", "noleap", "write 'time: {units: "),
        ("fortnights since 1850-01-01", "noleap", "time has units 'fortnights since"),
        ("kg", "noleap", "'static: true' and 'period:'"),
        ("days since yesterday", "noleap", "cannot be decoded"),
        ("days since 2000-13-45", "noleap", "cannot be decoded"),
        ("days since 2000-01-01", "lunar", "calendar 'lunar'"),
    ],
)
def test_time_that_cannot_be_decoded(
    units: str, calendar: str, words: str, refusal: Refusal
) -> None:
    """Units and calendars that are not understood are quoted with the file."""
    message = refusal(months_of, series([0, 31], units, calendar))
    assert message.startswith("a.nc: time ")
    assert words in message


@pytest.mark.parametrize("number", [np.nan, np.inf])
def test_missing_dates(number: float, refusal: Refusal) -> None:
    """Missing dates are counted."""
    message = refusal(months_of, series([15.0, number, 74.0]))
    assert "time has 1 missing dates" in message


def test_dates_beyond_all_bounds(refusal: Refusal) -> None:
    """A fill value among the dates is no date."""
    assert "cannot be decoded" in refusal(months_of, series([15.0, 1e30]))


def test_empty_time_axis(refusal: Refusal) -> None:
    """A time axis of no steps is refused."""
    assert "time has no steps" in refusal(months_of, series([]))


def test_data_without_time() -> None:
    """What has no time axis is left as it is."""
    data = xr.Dataset({"value": ("lat", [1.0])})
    assert decode_time(data, "a.nc") is data


def test_last_month_with_some_of_its_days_is_cut() -> None:
    """A daily series that ends mid-month is not averaged as if it were whole."""
    days = [cftime.datetime(2001, 1, day, calendar="noleap") for day in range(1, 32)]
    days += [cftime.datetime(2001, 2, day, calendar="noleap") for day in range(1, 29)]
    days += [cftime.datetime(2001, 3, day, calendar="noleap") for day in range(1, 11)]
    data = xr.Dataset({"value": ("time", np.ones(69))}, coords={"time": days})
    found = monthly(data, "x.nc: gpp")
    assert found["month"].values.tolist() == [1, 2]
    assert "left out: 2001-03" in found.attrs["time_warnings"][0]

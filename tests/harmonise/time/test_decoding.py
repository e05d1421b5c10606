"""The same months, however a file writes them, are the same months."""

from collections.abc import Callable

import cftime
import numpy as np
import pytest
import xarray as xr
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmark.config.descriptors import TimeStated
from benchmark.harmonise.time.decoding import decode_time
from benchmark.harmonise.time.months import monthly
from benchmark.statistics import reductions

Refusal = Callable[..., str]

CALENDARS = ["standard", "proleptic_gregorian", "noleap", "all_leap", "360_day",
             "julian"]  # fmt: skip


def in_file(
    numbers: object,
    units: str | None,
    calendar: str | None = "noleap",
    name: str = "time",
) -> xr.Dataset:
    """Return a series with a coordinate as a file has it."""
    held = np.asarray(numbers)
    attrs = {
        key: text for key, text in (("units", units), ("calendar", calendar)) if text
    }
    return xr.Dataset(
        {"value": (name, np.arange(held.size, dtype=float))},
        coords={name: (name, held, attrs)},
    )


def months_of(
    data: xr.Dataset, stated: TimeStated | None = None
) -> list[tuple[int, int]]:
    """Return year and month of each step."""
    found = monthly(decode_time(data, "a.nc", stated), "a.nc")
    return list(zip(found["year"].values.tolist(), found["month"].values.tolist(),
                    strict=True))  # fmt: skip


def encoded(kind: str, start: int, count: int, calendar: str) -> xr.Dataset:
    """Return months from January of `start`, written in one of many ways."""
    pairs = [(start + n // 12, n % 12 + 1) for n in range(count)]
    middle = [cftime.datetime(y, m, 15, calendar=calendar) for y, m in pairs]
    first = [cftime.datetime(y, m, 1, calendar=calendar) for y, m in pairs]
    ymd = [y * 10000 + m * 100 + 16 for y, m in pairs]
    ym = [y * 100 + m for y, m in pairs]
    if kind in ("days", "hours", "seconds"):
        units = f"{kind} since 1500-3-1 0:0:0"
        return in_file(cftime.date2num(middle, units, calendar), units, calendar)
    if kind == "first":
        units = "days since 1601-01-01T00:00:00Z"
        return in_file(cftime.date2num(first, units, calendar), units, calendar)
    if kind == "months":
        return in_file(np.arange(count), f"months since {start}-01-01", calendar)
    if kind == "half months":
        return in_file(np.arange(count) + 0.5, f"months since {start}", calendar)
    if kind == "years":
        return in_file(
            (np.arange(count) + 0.5) / 12, f"years since {start}-01", calendar
        )
    if kind == "absolute days":
        return in_file(np.array(ymd) + 0.5, "day as %Y%m%d.%f", calendar)
    if kind == "absolute months":
        return in_file(np.array(ym) + 0.5, "month as %Y%m.%f", calendar)
    if kind == "YYYYMMDD":
        return in_file(ymd, None, calendar)
    if kind == "YYYYMM":
        return in_file(ym, "1", calendar)
    if kind == "fractions":
        rounded = np.round(start + (np.arange(count) + 0.5) / 12, 4)
        return in_file(rounded, "years", calendar)
    if kind == "texts":
        return in_file([f"{y}-{m:02d}" for y, m in pairs], None, calendar)
    data = in_file(np.arange(count), None, calendar).drop_vars("time")
    data["year"], data["month"] = (
        ("time", [y for y, _ in pairs]),
        ("time", [m for _, m in pairs]),
    )
    data["lost"] = 0.0  # a scalar that is no date
    return data


KINDS = ["days", "hours", "seconds", "first", "months", "half months", "years",
         "absolute days", "absolute months", "YYYYMMDD", "YYYYMM", "fractions", "texts",
         "year and month"]  # fmt: skip


@settings(max_examples=150)
@given(st.sampled_from(KINDS), st.sampled_from(CALENDARS), st.integers(1602, 2200),
       st.integers(2, 40))  # fmt: skip
def test_every_encoding_gives_the_same_months(
    kind: str, calendar: str, start: int, count: int
) -> None:
    """Year, month and days agree, whatever the calendar and the way of writing."""
    data = decode_time(encoded(kind, start, count, calendar), "a.nc")
    found = monthly(data, "a.nc")
    expected = [(start + n // 12, n % 12 + 1) for n in range(count)]
    pairs = zip(found["year"].values, found["month"].values, strict=True)
    assert list(pairs) == expected
    if kind == "year and month":
        calendar = "standard"
    edges = [cftime.datetime(start + n // 12, n % 12 + 1, 1, calendar=calendar)
             for n in range(count + 1)]  # fmt: skip
    assert found["days"].values.tolist() == [d.days for d in np.diff(edges)]


@settings(max_examples=60)
@given(st.sampled_from(CALENDARS), st.sampled_from([1899, 1900, 2000, 2001]),
       st.lists(st.floats(-1e3, 1e3), min_size=12, max_size=12))  # fmt: skip
def test_annual_mean_weighs_months_by_hand(
    calendar: str, year: int, values: list[float]
) -> None:
    """The annual mean is the sum of value times days over the days of the year."""
    leap = {"noleap": False, "all_leap": True, "360_day": False,
            "julian": year % 4 == 0}.get(calendar, year == 2000)  # fmt: skip
    days = [31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    days = [30] * 12 if calendar == "360_day" else days
    data = in_file(np.arange(12) + 0.5, f"months since {year}-01-01", calendar)
    data["value"] = ("time", values)
    series = monthly(decode_time(data, "a.nc"), "a.nc")["value"]
    by_hand = sum(v * d for v, d in zip(values, days, strict=True)) / sum(days)
    assert float(reductions.annual_means(series)[0]) == pytest.approx(by_hand, abs=1e-9)


@given(st.sampled_from(CALENDARS), st.floats(0, 2e5))
def test_days_agree_with_cftime(calendar: str, days: float) -> None:
    """Days since a date are those of cftime, to the second."""
    units = "days since 1700-01-01"
    (found,) = decode_time(in_file([days], units, calendar), "a.nc")["time"].values
    expected = cftime.num2date(days, units, calendar)
    assert abs((found - expected).total_seconds()) < 1


@pytest.mark.parametrize(
    ("written", "year", "lengths"),
    [
        ("GREGORIAN", 2000, 29), ("no_leap", 2000, 28), ("365 days", 2000, 28),
        ("366 days", 2001, 29), ("360days", 2001, 30), ("Julian", 1900, 29),
        ("none", 2000, 29), ("proleptic-gregorian", 1900, 28),
    ],
)  # fmt: skip
def test_misspelt_calendars(written: str, year: int, lengths: int) -> None:
    """Calendars as files misspell them are known by the length of February."""
    data = decode_time(in_file([1.5], f"months since {year}-01", written), "a.nc")
    assert monthly(data, "a.nc")["days"].item() == lengths


def test_no_calendar_is_a_remark() -> None:
    """What is taken for the standard calendar is said."""
    data = decode_time(in_file([15.0], "days since 2000-01-01", None), "a.nc")
    assert data.attrs["time_remarks"] == ["no calendar is given: taken as standard"]


@pytest.mark.parametrize(
    ("number", "units", "calendar", "expected"),
    [
        # 2000 years of 365 days lead from year 0 to 2000.
        (2000 * 365 + 40, "days since 0000-01-01", "noleap", (2000, 2)),
        # From 0000-01-01 to 0001-01-01 366, and 730119 days on to 2000-01-01.
        (366 + 730121 + 14, "days since 0000-01-01", "standard", (2000, 1)),
        (1999 * 365 + 40, "days since 0001-01-01 00:00:00", "noleap", (2000, 2)),
        (-1.0, "months since 2000-01-01", "360_day", (1999, 12)),
        (1999.5 * 12, "months since 0-1-1", "360_day", (1999, 7)),
        (3.1, "years since -100-01-01", "noleap", (-97, 2)),
        (150.5, "common_years since 1850-01-01", "noleap", (2000, 7)),
        (40, "days since 1850", "noleap", (1850, 2)),
        (40, "days since 1850-1-1 00:00:0.0 UTC", "noleap", (1850, 2)),
        (40, "days since 1850-01-01 00:00:00 +00:00", "noleap", (1850, 2)),
        (6, "weeks since 18500101", "noleap", (1850, 2)),
    ],
)  # fmt: skip
def test_odd_reference_dates(
    number: float, units: str, calendar: str, expected: tuple[int, int]
) -> None:
    """References of year 0, without a month, with a zone: worked out by hand."""
    assert months_of(in_file([number], units, calendar)) == [expected]


@pytest.mark.parametrize("name", ["Time", "t", "T", "time_counter", "date", "month_no"])
def test_other_names_of_time(name: str) -> None:
    """The dimension is found by its name or its units, and renaming it is said."""
    data = in_file([15.0, 45.0], "days since 2000-01-01", name=name)
    assert months_of(data) == [(2000, 1), (2000, 2)]
    remarks = decode_time(data, "a.nc").attrs["time_remarks"]
    assert f"time is called '{name}' in the file" in remarks


@pytest.mark.parametrize(
    ("name", "units"), [("year", None), ("time", "yr"), ("yr", "1")]
)
def test_plain_years(name: str, units: str | None) -> None:
    """The numbers 1850, 1851, 1852 are years."""
    data = in_file([1850, 1851, 1852], units, name=name)
    found = monthly(decode_time(data, "a.nc"), "a.nc")
    assert found["year"].values.tolist() == [1850, 1851, 1852]
    assert "month" not in found.coords


def test_years_by_months() -> None:
    """Dimensions of years and months become one, in the order of time."""
    values = np.arange(24.0).reshape(2, 12)
    data = xr.Dataset({"value": (("year", "month"), values)},
                      {"year": [2000, 2001], "month": np.arange(1, 13)})  # fmt: skip
    found = monthly(decode_time(data, "a.nc"), "a.nc")
    assert found["value"].values.tolist() == list(range(24))
    assert found["year"].values.tolist() == [2000] * 12 + [2001] * 12


def test_repeated_years_with_months() -> None:
    """A dimension of years, each twelve times, takes its months from `month`."""
    data = in_file([1983] * 2 + [1984], None, name="year")
    data["month"] = ("year", [11, 12, 1])
    assert months_of(data) == [(1983, 11), (1983, 12), (1984, 1)]


@pytest.mark.parametrize(
    "numbers",
    [
        1850 + np.arange(24) / 12,  # the first of each month
        np.round(1850 + np.arange(24) / 12, 2),  # rounded to two decimals
        np.round(1850 + (np.arange(24) + 0.5) / 12, 3),  # the middle
        # The middle by the day of the year: 15.5, 45, 74.5 of 365 days.
        np.array([y + d / 365 for y in (1850, 1851) for d in
                  (15.5, 45, 74.5, 105, 135.5, 166, 196.5, 227.5, 258, 288.5, 319,
                   349.5)]),
        # The first by the day of the year.
        np.array([y + d / 365 for y in (1850, 1851) for d in
                  (0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334)]),
    ],
)  # fmt: skip
def test_parts_of_years(numbers: np.ndarray) -> None:
    """Fractional years are the months meant, by twelfths or by days."""
    expected = [(1850 + n // 12, n % 12 + 1) for n in range(24)]
    assert months_of(in_file(numbers, "years")) == expected


@pytest.mark.parametrize("numbers", [np.arange(1, 121), np.arange(12) / 12, [0, 400]])
def test_numbers_that_could_be_anything(numbers: object, refusal: Refusal) -> None:
    """1 to 120 without units are refused, with the line to write."""
    message = refusal(months_of, in_file(numbers, None))
    assert "are no dates" in message
    assert "'time: {units: \"months since 1901-01-01\", calendar: noleap}'" in message


def test_the_configuration_overrules_the_file() -> None:
    """Stated units and calendar win, and the file's are quoted."""
    data = in_file(np.arange(14), "days since 1-1-1", "standard")
    stated = TimeStated("months since 1901-01-01", "noleap")
    assert months_of(data, stated)[13] == (1902, 2)
    (remark,) = decode_time(data, "a.nc", stated).attrs["time_remarks"]
    assert "'days since 1-1-1', the configuration 'months since 1901-01-01'" in remark


def test_steps_without_any_dates(refusal: Refusal) -> None:
    """A bare dimension is refused, or counted in the units that are stated."""
    data = xr.Dataset({"value": ("time", np.arange(3.0))})
    assert "a dimension of 3 steps without dates" in refusal(months_of, data)
    stated = TimeStated("months since 1901-11-01")
    assert months_of(data, stated) == [(1901, 11), (1901, 12), (1902, 1)]


@pytest.mark.parametrize(
    "texts",
    [["2000-01", "2000-02"], ["2000-01-16", "2000-02-14"], ["200001", "200002"],
     [b"2000-01-16_12:00:00", b"2000-02-15_12:00:00"], ["20000116", "20000215"]],
)  # fmt: skip
def test_texts(texts: list[object]) -> None:
    """Dates as texts are read, WRF's with an underscore too."""
    assert months_of(in_file(np.array(texts), None)) == [(2000, 1), (2000, 2)]


def test_dates_that_are_decoded_already() -> None:
    """What xarray has decoded is taken as it is, datetime64 or cftime."""
    dates = np.array(["2000-01-16T12", "2000-02-15"], dtype="datetime64[ns]")
    assert months_of(in_file(dates, None, None)) == [(2000, 1), (2000, 2)]
    days = [cftime.datetime(2000, 2, 30, calendar="360_day")]
    assert months_of(in_file(np.array(days, dtype=object), None, None)) == [(2000, 2)]


def test_bounds_called_time_bounds() -> None:
    """CLM's bounds are found by their name, without an attribute."""
    data = in_file([31.0, 59.0], "days since 2000-01-01")
    data["time_bounds"] = (("time", "hist_interval"), [[0.0, 31.0], [31.0, 59.0]])
    assert months_of(data) == [(2000, 1), (2000, 2)]


def test_standard_calendar_has_no_dates_before_year_one(refusal: Refusal) -> None:
    """A date in year 0 of the standard calendar is refused, not shifted."""
    message = refusal(months_of, in_file([20.0], "days since 0000-01-01", "standard"))
    assert "years before 1" in message

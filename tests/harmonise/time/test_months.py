"""Steps of any length to months: bounds, restarts, pentads and gaps."""

from collections.abc import Callable

import numpy as np
import pytest
import xarray as xr

from benchmark.harmonise.time.decoding import decode_time
from benchmark.harmonise.time.months import monthly

Refusal = Callable[..., str]


def steps(
    days: object,
    values: object = None,
    *,
    bounds: object = None,
    calendar: str = "noleap",
) -> xr.Dataset:
    """Return dates in days since 2001-01-01, and values, decoded."""
    at = np.asarray(days, dtype=float)
    held = np.arange(at.size, dtype=float) if values is None else values
    attrs = {"units": "days since 2001-01-01", "calendar": calendar}
    data = xr.Dataset(
        {"value": ("time", np.asarray(held, dtype=float))},
        coords={"time": ("time", at, attrs)},
    )
    if bounds is not None:
        data["time_bnds"] = (("time", "bnds"), np.asarray(bounds, dtype=float))
    return decode_time(data, "a.nc")


def edges(at: object) -> np.ndarray:
    """Return (time, 2) bounds between consecutive days."""
    line = np.asarray(at, dtype=float)
    return np.stack([line[:-1], line[1:]], axis=1)


def test_days_stamped_at_their_end() -> None:
    """CLM's days, stamped at 00:00 of the next, lie in the month of their bounds."""
    bounds = edges(np.arange(60))
    found = monthly(steps(bounds[:, 1], np.arange(59), bounds=bounds), "a.nc")
    # Days 0 to 30 have the mean 15, days 31 to 58 the mean 44.5.
    assert found["value"].values.tolist() == [15.0, 44.5]
    without = monthly(steps(bounds[:, 1], np.arange(59)), "a.nc", time_stamp="end")
    assert without["value"].values.tolist() == [15.0, 44.5]


def test_six_hours_stamped_at_their_end() -> None:
    """The last six hours of January, stamped 1 February 00:00, are January's."""
    at = np.arange(1, 59 * 4 + 1) / 4
    found = monthly(steps(at), "a.nc", time_stamp="end")
    # Steps 0 to 123 and 124 to 235.
    assert found["value"].values.tolist() == [61.5, 179.5]


def test_days_stamped_at_their_end_without_a_word() -> None:
    """A last month of one step is cut, with a warning of the line to write."""
    found = monthly(steps(np.arange(1, 60)), "a.nc")
    assert found["month"].values.tolist() == [1, 2]
    (warning,) = found.attrs["time_warnings"]
    assert "left out: 2001-03. " in warning
    assert "'time_stamp: end'" in warning


def test_half_a_month_inside_is_refused(refusal: Refusal) -> None:
    """A month of ten days between whole months is a gap."""
    data = steps(np.r_[0:41, 59:90] + 0.5)
    assert "some of their time steps: 2001-02;" in refusal(monthly, data, "a.nc")


def test_pentads_across_months() -> None:
    """Five days of which four lie in January count four there and one in February."""
    at = np.array([0, 5, 10, 15, 20, 27, 32, 37, 42, 47, 52, 59])
    values = np.zeros(11)
    values[5] = 10.0  # days 27 to 32: four in January, one in February
    found = monthly(steps(at[:-1] + 2, values, bounds=edges(at)), "a.nc")
    np.testing.assert_allclose(found["value"], [4 * 10 / 31, 1 * 10 / 28])
    assert "weighted by their days" in found.attrs["time_remarks"][0]


def test_eight_days_need_bounds(refusal: Refusal) -> None:
    """Steps of eight days without bounds are refused, or begin where it is said."""
    data = steps(np.arange(0, 365, 8), np.ones(46))
    assert "'time_stamp: start'" in refusal(monthly, data, "a.nc")
    found = monthly(data, "a.nc", time_stamp="start")
    assert found["value"].values.tolist() == [1.0] * 12
    assert found["month"].values.tolist() == list(range(1, 13))


def test_eight_days_with_missing_values() -> None:
    """A missing step takes no part in the mean of its months."""
    values = np.where(np.arange(46) == 1, np.nan, 2.0)
    found = monthly(steps(np.arange(0, 365, 8), values), "a.nc", time_stamp="start")
    assert found["value"].values.tolist() == [2.0] * 12


def test_pentads_stay_lazy() -> None:
    """Months of a dask array are a dask array."""
    data = steps(np.arange(0, 365, 5)).chunk({"time": 10})
    assert monthly(data, "a.nc", time_stamp="start")["value"].chunks is not None


def test_bounds_win_against_stamps() -> None:
    """Sound bounds say the month where stamps lie outside, and it is said."""
    found = monthly(steps([45, 74], bounds=[(0, 31), (31, 59)]), "a.nc")
    assert found["month"].values.tolist() == [1, 2]
    assert (
        "2 dates lie outside their bounds, such as 2001-02-15"
        in (found.attrs["time_remarks"][0])
    )


@pytest.mark.parametrize(
    ("bounds", "where"),
    [([(0, 0), (0, 0)], "time_remarks"), ([(0, 31), (59, 31)], "time_warnings"),
     ([(0, 59), (0.5, 90)], "time_warnings")],
)  # fmt: skip
def test_bounds_that_say_nothing(bounds: object, where: str) -> None:
    """Empty, reversed or overlapping bounds are left out, and it is said."""
    found = monthly(steps([15, 45], bounds=bounds), "a.nc")
    assert found["month"].values.tolist() == [1, 2]
    assert "the dates themselves are taken" in found.attrs[where][0]


def test_restart_with_equal_values() -> None:
    """Months written twice by a restart are kept once, and it is said."""
    found = monthly(steps([15, 45, 74, 45, 74, 105], [1, 2, 3, 2, 3, 4]), "a.nc")
    assert found["value"].values.tolist() == [1, 2, 3, 4]
    assert found.attrs["time_remarks"] == [
        "time steps given twice with equal values, first kept: 2001-02-15, 2001-03-16"
    ]


def test_restart_with_other_values(refusal: Refusal) -> None:
    """Months written twice with other values are refused with their dates."""
    data = steps([15, 45, 74, 45, 74, 105], [1, 2, 3, 2, 3.5, 4])
    message = refusal(monthly, data, "a.nc: gpp")
    assert (
        "a.nc: gpp: time steps given twice with different values: 2001-03-16" in message
    )


MONTHS = np.array([15, 45, 74, 105, 135, 166, 196, 227, 258, 288, 319, 349])


def test_gaps_never_bias_a_mean(refusal: Refusal) -> None:
    """A year without its July is left out as a whole, if gaps are allowed at all."""
    at = np.concatenate([MONTHS, MONTHS + 365, MONTHS + 730])
    kept = np.delete(np.arange(36), 18)
    data = steps(at[kept], kept)
    assert "1 months are missing: 2002-07" in refusal(monthly, data, "a.nc")
    found = monthly(data, "a.nc", gaps="allow")
    assert found.sizes["time"] == 36
    assert found["value"].notnull().values.tolist() == [True] * 12 + [False] * 12 + (
        [True] * 12
    )
    assert found.attrs["time_warnings"] == [
        "1 months are missing: 2002-07; years left out: 2002"
    ]


def test_gaps_in_years() -> None:
    """A missing year is missing, and no other moves to its place."""
    found = monthly(steps(np.array([0, 1, 3]) * 365 + 180), "a.nc", gaps="allow")
    assert found["year"].values.tolist() == [2001, 2002, 2003, 2004]
    np.testing.assert_array_equal(found["value"], [0, 1, np.nan, 2])


def test_days_missing_from_a_month() -> None:
    """Where gaps are allowed, a month of ten days leaves out its year."""
    days = np.concatenate([np.arange(365), np.arange(365, 375), np.arange(396, 730),
                           np.arange(730, 1095)])  # fmt: skip
    found = monthly(steps(days + 0.5, np.ones(days.size)), "a.nc", gaps="allow")
    valid = found["value"].notnull().values
    assert found["year"].values[valid].tolist() == [2001] * 12 + [2003] * 12


def test_one_step_of_a_year() -> None:
    """A single step whose bounds span a year is that year, no month."""
    found = monthly(steps([182], bounds=[(0, 365)]), "a.nc")
    assert found["year"].values.tolist() == [2001]
    assert "month" not in found.coords


def test_one_step_of_many_years(refusal: Refusal) -> None:
    """A single step of ten years is refused, with the line to write."""
    message = refusal(monthly, steps([1825], bounds=[(0, 3650)]), "a.nc")
    assert "'static: true' and 'period: [2001, 2011]'" in message


def test_december_start() -> None:
    """Twelve months from December on are in two years, and none is whole."""
    found = monthly(steps(np.arange(12) * 30 + 345, calendar="360_day"), "a.nc")
    assert found["year"].values.tolist() == [2001] + [2002] * 11
    assert found["month"].values[0] == 12


def test_a_month_is_measured_by_its_own_length() -> None:
    """27 of the 31 days of July are less than nine tenths, so July is cut."""
    # 2001-02-01 to 2001-07-27, at noon; the median month has 30 days.
    found = monthly(steps(np.arange(31, 181 + 27) + 0.5), "a.nc")
    assert found["month"].to_numpy().tolist() == [2, 3, 4, 5, 6]
    assert "2001-07" in found.attrs["time_warnings"][0]

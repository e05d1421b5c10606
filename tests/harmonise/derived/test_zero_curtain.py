"""Zero curtains of daily soil temperatures that are known day by day."""

import numpy as np
import pytest
import xarray as xr

from benchmark.harmonise.derived.zero_curtain import durations


def soil(curtain: int, calendar: str = "noleap", winter: float = -10.0) -> xr.DataArray:
    """Return two years with summer until 15 September and a curtain after it."""
    days = xr.date_range(
        "2001-01-01", "2002-12-30", freq="D", calendar=calendar, use_cftime=True
    )
    values = np.full(days.size, winter)
    for year in (2001, 2002):
        start = int(np.argmax((days.year == year) & (days.month == 6)))
        autumn = int(
            np.argmax((days.year == year) & (days.month == 9) & (days.day > 15))
        )
        values[start:autumn] = 8.0
        values[autumn : autumn + curtain] = -0.3
    coords = {"time": days, "year": ("time", np.array(days.year))}
    return xr.DataArray(values + 273.15, coords, ("time",))


@pytest.mark.parametrize("calendar", ["noleap", "360_day", "standard"])
@pytest.mark.parametrize("curtain", [0, 1, 40])
def test_days_by_construction(calendar: str, curtain: int) -> None:
    """As many days as were put there, in every calendar."""
    found, left = durations(soil(curtain, calendar))
    assert found.values.tolist() == [curtain, curtain]
    assert not any(bool(where.any()) for where in left.values())


def test_a_curtain_may_end_in_the_next_year() -> None:
    """150 days after 16 September end in February; the last year is cut."""
    found, left = durations(soil(150))
    assert found.values[0] == 150.0
    assert np.isnan(found.values[1])
    assert left["cut"].values.tolist() == [False, True]


def test_soil_that_does_not_freeze() -> None:
    """Without frost there is no curtain, and without thaw none either."""
    found, left = durations(soil(0, winter=2.0))
    assert found.isnull().all()
    assert left["unfrozen"].all()
    found, left = durations(soil(0) - 20.0)
    assert found.isnull().all()
    assert left["unthawed"].all()


def test_the_width_is_a_parameter() -> None:
    """Soil at -0.3 degrees is not within 0.2 of 0."""
    assert durations(soil(40), within=0.2)[0].values.tolist() == [0.0, 0.0]


def test_a_missing_day_is_no_curtain() -> None:
    """A year with a gap is missing rather than short."""
    field = soil(40)
    field[200] = np.nan
    assert np.isnan(durations(field)[0].values[0])
    assert durations(field)[0].values[1] == 40.0


def test_lazy_in_lazy_out() -> None:
    """Fields of dask give the same numbers."""
    found, _ = durations(soil(40).expand_dims(lat=[60.0, 70.0]).chunk(time=100))
    assert found.chunks is not None
    assert found.compute().values.tolist() == [[40.0, 40.0], [40.0, 40.0]]

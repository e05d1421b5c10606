"""Years drawn in blocks: what stays, what varies, and how sure it is."""

import numpy as np
import xarray as xr
from hypothesis import given
from hypothesis import strategies as st

from benchmark.uncertainty.interval import bounds, generator
from benchmark.uncertainty.years import (
    block_length,
    drawn_annual,
    drawn_series,
    drawn_statistics,
    drawn_years,
    years_in,
)


def monthly(values: np.ndarray) -> xr.DataArray:
    """Return a series (time, region) of whole years of equal months."""
    steps = np.arange(len(values))
    coords = {
        "region": ["east"],
        "year": ("time", 2001 + steps // 12),
        "month": ("time", steps % 12 + 1),
        "days": ("time", np.full(len(values), 30.0)),
    }
    return xr.DataArray(values[:, None], coords, ("time", "region"))


@given(years=st.integers(5, 60), draws=st.integers(1, 20))
def test_draws_are_blocks_of_years(years: int, draws: int) -> None:
    """Every draw has as many years, and neighbours within each block."""
    places = drawn_years(years, draws, generator("a"))
    assert places.shape == (draws, years)
    assert places.min() >= 0
    assert places.max() < years
    length = block_length(years)
    steps = np.diff(places, axis=1) % years
    inside = (np.arange(1, years) % length) != 0
    assert (steps[:, inside] == 1).all()


def test_every_year_is_drawn_alike() -> None:
    """The ends of a series are drawn as often as its middle."""
    places = drawn_years(10, 20000, generator("a"))
    share = np.bincount(places.ravel()) / places.size
    # 200000 numbers in blocks of 2: a standard error of about 0.001.
    np.testing.assert_allclose(share, 0.1, atol=0.006)


def test_series_keeps_its_months() -> None:
    """A drawn year brings its twelve months in order, one after the other."""
    series = monthly(np.arange(36.0))
    drawn = drawn_series(series, np.array([[2, 0, 0]]))
    expected = [*range(24, 36), *range(12), *range(12)]
    np.testing.assert_array_equal(drawn.squeeze(), expected)
    np.testing.assert_array_equal(drawn["month"], series["month"])


def test_only_whole_years_are_drawn() -> None:
    """A series that starts in the middle of a year has no years to draw."""
    series = monthly(np.arange(36.0))
    np.testing.assert_array_equal(years_in(series), [2001, 2002, 2003])
    assert years_in(series.isel(time=slice(3, 27))).size == 0
    assert years_in(series.isel(time=0)).size == 0


def test_a_trend_stays() -> None:
    """A series that is nothing but its trend is the same in every draw."""
    annual = xr.DataArray(
        np.arange(10.0)[:, None] * 3.0 + 1.0,
        {"year": np.arange(1990, 2000), "region": ["east"]},
        ("year", "region"),
    )
    drawn = drawn_annual(annual, drawn_years(10, 5, generator("a")))
    np.testing.assert_allclose(drawn.transpose("draw", "year", "region")[3], annual)


def test_missing_years_stay_missing() -> None:
    """A year without a value has none in any draw."""
    annual = xr.DataArray(
        np.array([1.0, np.nan, 2.0, 4.0, 3.0, 1.0])[:, None],
        {"year": np.arange(6), "region": ["east"]},
        ("year", "region"),
    )
    drawn = drawn_annual(annual, drawn_years(6, 7, generator("a")))
    assert drawn.sel(year=1).isnull().all()


def test_statistics_of_draws_by_hand() -> None:
    """The mean of each draw is the mean of the years it is made of."""
    series = monthly(np.repeat([1.0, 2.0, 6.0], 12))
    places = {"model": np.array([[0, 0, 2], [1, 1, 1]])}
    given_ = {"model_mean": series.mean("time"), "reference_mean": series.mean("time")}
    found = drawn_statistics(
        given_, {"model": series}, ("model_mean", "reference_mean"), places
    )
    assert list(found) == ["model_mean"]
    np.testing.assert_allclose(found["model_mean"].squeeze(), [8.0 / 3.0, 2.0])


def test_interval_covers_the_truth() -> None:
    """Intervals of 95 % hold the known mean in about that share of series.

    Series of 30 years with a memory of 0.3. Percentile intervals of so few
    years are known to be too narrow, hence 85 to 98 %.
    """
    random = np.random.default_rng(5)
    held, trials, years = 0, 400, 30
    for trial in range(trials):
        noise = random.standard_normal(years + 50)
        series = np.zeros(years + 50)
        for step in range(1, series.size):
            series[step] = 0.3 * series[step - 1] + noise[step]
        last = series[50:]
        means = last[drawn_years(years, 200, generator(str(trial)))].mean(axis=1)
        low, high = bounds(means, last.mean())
        held += low <= 0.0 <= high
    assert 0.85 <= held / trials <= 0.98

"""Reductions over time, against numbers worked by hand and plain loops."""

import dask.array
import numpy as np
import pytest
import xarray as xr

from benchmark.statistics import reductions

NOLEAP = np.array([31.0, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])
SINGLE = [
    reductions.mean,
    reductions.climatology,
    reductions.crms,
    reductions.iav,
    reductions.annual_means,
    reductions.annual_std,
    reductions.valid_count,
]


def monthly(values, first_month=1):
    """Return a series (time, ...) that starts in 2001 in the given month."""
    values = np.asarray(values, dtype=float)
    step = np.arange(len(values)) + first_month - 1
    calendar = {
        "year": ("time", 2001 + step // 12),
        "month": ("time", step % 12 + 1),
        "days": ("time", NOLEAP[step % 12]),
    }
    dims = ("time", "lat", "lon")[: values.ndim]
    return xr.DataArray(
        values, dims=dims, coords=calendar, name="gpp", attrs={"units": "kg m-2 s-1"}
    )


def gappy(years=4, first_month=1):
    """Return a random field of about 1e-8 with missing values."""
    rng = np.random.default_rng(7)
    values = rng.normal(3e-8, 1e-8, size=(12 * years, 3, 4))
    values[rng.random(values.shape) < 0.1] = np.nan
    values[:, 0, 0] = np.nan
    return monthly(values, first_month)


def test_mean_weights_months_by_their_days():
    """31 days of 2 and 28 days of 5 average (62 + 140) / 59."""
    assert float(reductions.mean(monthly([2.0, 5.0]))) == pytest.approx(202 / 59)


def test_mean_leaves_out_missing_months_with_their_weight():
    """A missing month is not a zero."""
    assert float(reductions.mean(monthly([2.0, np.nan, 5.0]))) == pytest.approx(3.5)


def test_mean_of_a_static_field_is_the_field():
    """A stock without time is its own mean."""
    stock = xr.DataArray([[1.0, np.nan]], dims=("lat", "lon"))
    xr.testing.assert_identical(reductions.mean(stock), stock)


def test_climatology_is_the_plain_mean_over_years():
    """Years count equally and a month that is never valid is NaN."""
    values = np.arange(24.0)
    values[[1, 2, 14]] = np.nan
    found = reductions.climatology(monthly(values))
    assert found.dims == ("month",)
    np.testing.assert_array_equal(found["month"], np.arange(1, 13))
    assert float(found.sel(month=1)) == 6.0
    assert float(found.sel(month=2)) == 13.0
    assert np.isnan(found.sel(month=3))


def test_climatology_of_a_series_that_starts_in_february_is_not_shifted():
    """The month label decides, not the position (ILAMB shifts by a month)."""
    found = reductions.climatology(monthly(np.arange(24) % 12, first_month=2))
    np.testing.assert_array_equal(found, [11, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10])


def test_crms_by_hand():
    """About the mean 202/59 with the days as weights."""
    expected = np.sqrt((31 * (2 - 202 / 59) ** 2 + 28 * (5 - 202 / 59) ** 2) / 59)
    assert float(reductions.crms(monthly([2.0, 5.0]))) == pytest.approx(expected)


def test_crms_of_a_static_field_is_its_size():
    """ILAMB's rule for references without a time axis."""
    field = xr.DataArray([-3.0, 2.0], dims="region")
    np.testing.assert_array_equal(reductions.crms(field), [3.0, 2.0])


@pytest.mark.parametrize("constant", [0.1, 3e-9, 1e15, 0.0])
@pytest.mark.parametrize("missing", [0, 13])
def test_spread_of_a_constant_is_exactly_zero(constant, missing):
    """Rounding is no variability, also if the first year is missing."""
    values = np.full(36, constant)
    values[:missing] = np.nan
    assert float(reductions.crms(monthly(values))) == 0.0
    assert float(reductions.iav(monthly(values))) == 0.0
    if not missing:
        assert float(reductions.annual_std(monthly(values))) == 0.0


def test_spread_survives_a_large_offset():
    """Squares are taken about a value of the series: 1e6 + 1e-3 sin(t)."""
    wave = 1e-3 * np.sin(np.arange(36))
    small, large = (reductions.crms(monthly(wave + shift)) for shift in (0.0, 1e6))
    np.testing.assert_allclose(large, small, rtol=1e-6)


def test_iav_of_a_repeated_cycle_is_exactly_zero():
    """A series equal to its climatology has no interannual variability."""
    cycle = np.tile(np.random.default_rng(1).random(12), 5)
    assert float(reductions.iav(monthly(cycle))) == 0.0


def test_iav_by_hand():
    """Two years, plus and minus 1 about any cycle, give 1."""
    cycle = np.tile(np.arange(12.0), 2) + np.repeat([1.0, -1.0], 12)
    assert float(reductions.iav(monthly(cycle))) == pytest.approx(1.0)


def test_annual_means_weight_by_days_and_need_twelve_months():
    """An incomplete year is NaN, not the mean of what is there."""
    values = np.tile(np.arange(12.0), 3)
    values[15] = np.nan
    found = reductions.annual_means(monthly(values))
    whole = (np.arange(12) * NOLEAP).sum() / 365
    np.testing.assert_array_equal(found["year"], [2001, 2002, 2003])
    np.testing.assert_allclose(found, [whole, np.nan, whole])


def test_annual_means_of_a_series_that_starts_in_february():
    """The first and the last year are incomplete."""
    found = reductions.annual_means(monthly(np.ones(24), first_month=2))
    np.testing.assert_allclose(found, [np.nan, 1.0, np.nan])


def test_annual_std_is_the_sample_deviation_of_three_or_more_years():
    """Years 1, 2, 4 have 1.5275; two years have no spread worth a number."""
    found = reductions.annual_std(monthly(np.repeat([1.0, 2.0, 4.0], 12)))
    assert float(found) == pytest.approx(1.5275252316519465)
    assert np.isnan(reductions.annual_std(monthly(np.repeat([1.0, 2.0], 12))))


def test_valid_count_counts_months():
    """Missing months are not counted."""
    assert int(reductions.valid_count(monthly([1.0, np.nan, 3.0]))) == 2


def test_month_length_follows_the_calendar_of_the_series():
    """A month that does not occur has no length."""
    found = reductions.month_length(monthly(np.ones(11), first_month=2))
    np.testing.assert_array_equal(found, [np.nan, *NOLEAP[1:]])


@pytest.mark.parametrize("first_month", [1, 2])
def test_reductions_agree_with_plain_loops(first_month):
    """Every cell of a field with gaps, to 1e-12."""
    field = gappy(first_month=first_month)
    month, year = field["month"].values, field["year"].values
    fast = {f.__name__: f(field).values for f in SINGLE}
    for lat, lon in np.ndindex(3, 4):
        x = field.values[:, lat, lon]
        ok = ~np.isnan(x)
        assert fast["valid_count"][lat, lon] == ok.sum()
        if not ok.any():
            assert np.isnan(fast["mean"][lat, lon])
            continue
        days, anomaly, annual = field["days"].values, x.copy(), []
        for m in range(1, 13):
            mean = np.mean(x[ok & (month == m)])
            np.testing.assert_allclose(
                fast["climatology"][m - 1, lat, lon], mean, rtol=1e-12
            )
            anomaly[month == m] -= mean
        mean = np.average(x[ok], weights=days[ok])
        crms = np.sqrt(np.average((x[ok] - mean) ** 2, weights=days[ok]))
        iav = np.sqrt(np.average(anomaly[ok] ** 2, weights=days[ok]))
        for y in np.unique(year):
            whole = ok & (year == y)
            complete = whole.sum() == 12
            annual.append(
                np.average(x[whole], weights=days[whole]) if complete else np.nan
            )
        np.testing.assert_allclose(fast["mean"][lat, lon], mean, rtol=1e-12)
        np.testing.assert_allclose(fast["crms"][lat, lon], crms, rtol=1e-12)
        np.testing.assert_allclose(fast["iav"][lat, lon], iav, rtol=1e-12)
        np.testing.assert_allclose(
            fast["annual_means"][:, lat, lon], annual, rtol=1e-12
        )


@pytest.mark.parametrize("reduce", SINGLE, ids=lambda f: f.__name__)
@pytest.mark.parametrize("chunks", [(48, 2, 2), (7, 3, 4)])
def test_lazy_in_lazy_out(reduce, chunks):
    """Nothing is computed, and chunks along time or space change nothing."""
    field = gappy()
    lazy = reduce(field.chunk(dict(zip(field.dims, chunks, strict=True))))
    assert isinstance(lazy.data, dask.array.Array)
    xr.testing.assert_allclose(lazy.compute(), reduce(field), rtol=1e-12)


@pytest.mark.parametrize("reduce", SINGLE[:-1], ids=lambda f: f.__name__)
def test_single_precision_is_summed_in_double(reduce):
    """Fluxes often come as float32; the sums are float64."""
    assert reduce(gappy().astype("float32")).dtype == np.float64


@pytest.mark.parametrize("reduce", SINGLE[:-1], ids=lambda f: f.__name__)
def test_units_and_name_are_kept(reduce):
    """A reduction of kg m-2 s-1 is in kg m-2 s-1."""
    found = reduce(gappy())
    assert found.attrs["units"] == "kg m-2 s-1"
    assert found.name == "gpp"


@pytest.mark.parametrize(
    "reduce", [f for f in SINGLE if f.__name__ not in ("mean", "crms")]
)
def test_static_fields_have_no_other_reduction(reduce):
    """The message says what is missing and what is defined."""
    static = xr.DataArray([1.0], dims="region", name="cSoil")
    with pytest.raises(ValueError, match="'cSoil' has no time"):
        reduce(static)


def test_a_series_without_calendar_is_refused():
    """Year, month and days are not guessed from time."""
    with pytest.raises(ValueError, match="has no days"):
        reductions.mean(monthly([1.0]).drop_vars("days"))


def test_regional_tables_reduce_like_fields():
    """Any other dimension is kept."""
    table = gappy().stack(region=("lat", "lon")).drop_vars(["lat", "lon", "region"])
    np.testing.assert_allclose(
        reductions.crms(table), reductions.crms(gappy()).values.ravel(), rtol=1e-12
    )


@pytest.mark.parametrize("name", sorted(reductions.LINEAR))
def test_linear_reductions_commute_with_a_fixed_average_of_cells(name):
    """Reducing then averaging equals averaging then reducing."""
    field = gappy().fillna(1e-8)
    matrix = xr.DataArray(
        np.random.default_rng(2).random((2, 3, 4)), dims=("to", "lat", "lon")
    )
    matrix = matrix / matrix.sum(("lat", "lon"))
    reduce = getattr(reductions, name)
    before = xr.dot(matrix, reduce(field), dim=("lat", "lon"))
    after = reduce(xr.dot(field, matrix, dim=("lat", "lon")))
    xr.testing.assert_allclose(before.transpose(*after.dims), after, rtol=1e-13)


@pytest.mark.parametrize("name", ["crms", "iav", "annual_std"])
def test_spreads_do_not_commute_and_are_too_large(name):
    """std(R x) <= R std(x): the regridded native map makes scores lenient."""
    field = gappy().fillna(1e-8)
    reduce = getattr(reductions, name)
    native, regional = reduce(field).mean(), reduce(field.mean(("lat", "lon")))
    assert name not in reductions.LINEAR
    assert float(native) > 1.05 * float(regional)


def test_statistics_are_named_as_the_metrics_ask_for_them():
    """`model_<name>` of a metric is made by STATISTICS[name]."""
    assert set(reductions.STATISTICS) == {
        "mean",
        "climatology",
        "crms",
        "iav",
        "annual",
    }

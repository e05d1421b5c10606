"""Which statistics may be taken before regridding, on 156 months."""

import numpy as np
import pytest
import xarray as xr

from benchmark.regrid import regrid

MONTHS = np.arange(156)


@pytest.fixture(scope="module")
def series(regular, make_field):
    """Land series (156, 36, 72) whose season and trend differ between cells."""
    rng = np.random.default_rng(11)
    shape = (1, 36, 72)
    phase = rng.uniform(0, 12, shape)
    season = rng.uniform(0.5, 2, shape)
    cycle = season * np.cos(2 * np.pi * (MONTHS[:, None, None] - phase) / 12)
    trend = rng.normal(0, 0.01, shape) * MONTHS[:, None, None]
    noise = rng.normal(0, 1, (156, 36, 72))
    values = rng.normal(3, 1, shape) + cycle + trend + noise
    land = rng.uniform(0, 1, (36, 72))
    land[rng.random((36, 72)) < 0.3] = 0.0
    field = make_field(np.where(land > 0, values, np.nan), regular(5.0), land)
    return field.assign_coords(
        year=("time", 2000 + MONTHS // 12), month=("time", MONTHS % 12 + 1)
    )


@pytest.fixture(scope="module")
def coarse(regular):
    return regular(20.0)


@pytest.fixture(scope="module")
def regridded(series, coarse):
    return regrid(series, coarse)["value"]


def climatology(field):
    return field.groupby("month").mean()


def annual_means(field):
    return field.groupby("year").mean()


def slope(field):
    months = xr.DataArray(MONTHS - MONTHS.mean(), dims="time")
    return (field * months).sum("time", skipna=False) / (months**2).sum()


def harmonic(field):
    turn = xr.DataArray(np.exp(-2j * np.pi * MONTHS / 12), dims="time")
    return (field * turn).mean("time", skipna=False)


def anomalies(field):
    return field.groupby("month") - climatology(field)


LINEAR = {
    "mean": lambda field: field.mean("time"),
    "climatology": climatology,
    "annual means": annual_means,
    "anomalies": anomalies,
    "slope": slope,
    "harmonic": harmonic,
}


@pytest.mark.parametrize("name", LINEAR)
def test_linear_statistics_commute(series, regridded, coarse, name):
    """A linear statistic of the regridded series is the regridded statistic."""
    statistic = LINEAR[name]
    before = regrid(statistic(series), coarse)["value"]
    after = statistic(regridded).transpose(*before.dims)
    assert before.dtype == after.dtype
    np.testing.assert_allclose(before, after, rtol=0, atol=1e-12)


def test_harmonic_phase_after_the_complex_coefficient(series, regridded, coarse):
    """The angle of the regridded coefficient is the phase of the regridded series."""
    before = regrid(harmonic(series), coarse)["value"]
    difference = np.angle(before / harmonic(regridded)) * 12 / (2 * np.pi)
    assert float(np.nanmax(np.abs(difference))) < 1e-12


def test_month_of_maximum_after_the_climatology(series, regridded, coarse):
    """The maximum month of twelve regridded months is the regridded series'."""
    before = regrid(climatology(series), coarse)["value"].fillna(0.0)
    after = climatology(regridded).fillna(0.0)
    assert (before.argmax("month") == after.argmax("month")).all()


def test_iav_after_annual_means(series, regridded, coarse):
    """The spread of regridded annual means is that of the regridded series."""
    before = regrid(annual_means(series), coarse)["value"].std("year")
    after = annual_means(regridded).std("year")
    np.testing.assert_allclose(before, after, atol=1e-12)


def test_climatology_crmse_after_the_climatologies(series, regridded, coarse):
    """The CRMSE of two regridded climatologies is that of the regridded series."""
    other = series.roll(time=5, roll_coords=False) * 0.5

    def crmse(x, y):
        gap = (x - x.mean("month")) - (y - y.mean("month"))
        return np.sqrt((gap**2).mean("month"))

    before = crmse(
        *(regrid(climatology(field), coarse)["value"] for field in (series, other))
    )
    after = crmse(climatology(regridded), climatology(regrid(other, coarse)["value"]))
    np.testing.assert_allclose(before, after, atol=1e-12)


@pytest.mark.filterwarnings("ignore:Degrees of freedom")
def test_standard_deviation_does_not_commute(series, regridded, coarse):
    """The regridded std is nowhere below, and by over 10 % above, the true one."""
    before = regrid(series.std("time"), coarse)["value"]
    after = regridded.std("time")
    assert float((before - after).min()) >= -1e-12
    assert float(before.mean() / after.mean()) > 1.1


@pytest.mark.filterwarnings("ignore:Degrees of freedom")
def test_anomaly_spread_does_not_commute(series, regridded, coarse):
    """IAV as the RMS of monthly anomalies is over 30 % too large if regridded."""
    before = regrid(anomalies(series).std("time"), coarse)["value"]
    assert float(before.mean() / anomalies(regridded).std("time").mean()) > 1.3


def test_month_of_maximum_map_does_not_commute(series, regridded, coarse):
    """A regridded map of the maximum month is wrong by a month in most cells."""
    months = climatology(series).fillna(-np.inf).argmax("month") + 1.0
    before = regrid(months.where(series.isel(time=0).notnull()), coarse)["value"]
    after = climatology(regridded).argmax("month") + 1.0
    assert float((abs(before - after) > 1.0).mean()) > 0.5


def test_phase_angle_does_not_commute(series, regridded, coarse):
    """A regridded map of phase angles is off by more than a month somewhere."""
    before = regrid(xr.apply_ufunc(np.angle, harmonic(series)), coarse)["value"]
    gap = np.exp(1j * before) / np.exp(1j * np.angle(harmonic(regridded)))
    months = np.abs(np.angle(gap)) * 12 / (2 * np.pi)
    assert float(np.nanmax(months)) > 1.0


def test_amplitude_does_not_commute(series, regridded, coarse):
    """A regridded map of amplitudes is too large everywhere."""
    before = regrid(abs(harmonic(series)), coarse)["value"]
    assert (before - abs(harmonic(regridded)) > 0.0).all()


def test_ratio_does_not_commute(series, coarse):
    """A regridded ratio is not the ratio of the regridded fields."""
    top, bottom = series.isel(time=0), abs(series.isel(time=1)) + 1.0
    before = regrid(top / bottom, coarse)["value"]
    after = regrid(top, coarse)["value"] / regrid(bottom, coarse)["value"]
    assert float(abs(before - after).max()) > 0.05


def test_spatial_spread_depends_on_the_grid(series, coarse):
    """The native spatial std is larger than the std on the common grid."""
    mean = series.mean("time")
    result = regrid(mean, coarse)
    weights = (series["land_fraction"] * series["cell_area"]).rename("weights")
    native = float(mean.weighted(weights).std())
    carried = (result["valid_fraction"] * result["cell_area"]).rename("weights")
    assert native > 1.5 * float(result["value"].weighted(carried).std())


def test_mean_does_not_commute_with_a_varying_mask(series, coarse):
    """With a mask that varies, neither shortcut gives the mean of the series."""
    hidden = np.random.default_rng(5).random(series.shape) < 0.4
    varying = series.where(~hidden)
    result = regrid(varying, coarse)
    after = result["value"].mean("time")
    native = regrid(varying.mean("time"), coarse)["value"]
    land = result["valid_fraction"]
    pooled = (result["value"] * land).sum("time") / land.sum("time")
    assert float(abs(native - after).max()) > 0.01
    assert float(abs(pooled - after).max()) > 0.01


def test_regional_mean_needs_the_carried_land(series, coarse):
    """A mean is kept with the carried land area as weight, not the cell area."""
    mean = series.mean("time")
    result = regrid(mean, coarse, minimum_valid_fraction=0.0)
    native = mean.weighted(series["land_fraction"] * series["cell_area"]).mean()
    carried = result["valid_fraction"] * result["cell_area"]
    right = result["value"].weighted(carried).mean()
    wrong = result["value"].weighted(result["cell_area"]).mean()
    assert float(right) == pytest.approx(float(native), rel=1e-12)
    assert abs(float(wrong) - float(native)) > 1e-4

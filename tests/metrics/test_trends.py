"""Slopes and directions of annual means."""

import math
import warnings

import numpy as np
import pytest
import xarray as xr
from hypothesis import given, settings
from hypothesis import strategies as st
from worlds import Calendar, Cycle, World, report_factor

from benchmark.metrics import metrics
from benchmark.statistics.trends import trend_test

trend = metrics.get("theil_sen_trend")
direction = metrics.get("mann_kendall")
YEARS = np.arange(2001, 2021)
# Twenty departures without a trend, of which the median slope is near 0.
NOISE = np.array(
    [3, -1, 4, -1, -5, 2, -2, 5, -3, 0, 1, -4, 2, 3, -2, -1, 4, -3, 0, 1.0]
)


def annual(values, region):
    """Return annual means (year, region) from 2001."""
    return region(np.asarray(values, float), "year", 2001 + np.arange(len(values)))


def median_slope(values):
    """Return the median of the slopes of all pairs, and how many there are."""
    count = len(values)
    slopes = [
        (values[j] - values[i]) / (j - i)
        for i in range(count)
        for j in range(i + 1, count)
    ]
    return np.median(slopes)


def test_the_slope_by_hand(region):
    """The median over all 190 pairs of years."""
    values = 0.7 * np.arange(20) + NOISE
    found = trend(annual(values, region), annual(NOISE, region))
    assert float(found["value"][0]) == pytest.approx(median_slope(values))
    assert float(found["reference_value"][0]) == pytest.approx(median_slope(NOISE))
    low, high = (float(found[f"value_{end}"][0]) for end in ("low", "high"))
    assert low < median_slope(values) < high
    assert found["value"].attrs["units"] == "kg m-2 s-1 yr-1"


def test_the_score_by_hand(region):
    """Beyond the reference's interval, in drifts of one standard deviation."""
    model = 2.0 * np.arange(20) + NOISE
    found = trend(annual(model, region), annual(NOISE, region)).isel(region=0)
    distance = float(found["value"] - found["reference_high"])
    assert distance > 0
    scale = NOISE.std(ddof=1) / 19
    assert float(found["score"]) == pytest.approx(math.exp(-distance / scale))
    plain = abs(float(found["value"] - found["reference_value"])) / scale
    assert float(found["score_u0"]) == pytest.approx(math.exp(-plain))


def test_inside_the_interval_of_the_reference_costs_nothing(region):
    """Score 1, and less without the interval."""
    found = trend(annual(NOISE + 0.02 * np.arange(20), region), annual(NOISE, region))
    assert float(found["score"][0]) == 1.0
    assert float(found["score_u0"][0]) < 1.0


def test_variants_of_a_world():
    """Its trends are known: -1, 0, 1 and 2 g m-2 yr-1 per year."""
    cycle = Cycle(-20.0, 200.0, 10.0, trend=(-1.0, 0.5, 1.0, 2.0))
    truth = World({"nee": cycle}, calendar=Calendar("standard", 1996, 20))
    found = {
        name: trend(world.annual("nee"), truth.annual("nee"))
        for name, world in truth.variants("nee").items()
    }
    slope = found["perfect"]["value"] * report_factor("nee")
    np.testing.assert_allclose(slope, [-1.0, 0.5, 1.0, 2.0], rtol=1e-6)
    np.testing.assert_allclose(found["perfect"]["score"], 1.0)
    np.testing.assert_allclose(found["shifted"]["score"], 1.0, atol=1e-6)
    np.testing.assert_allclose(found["scaled"]["value"], 2 * found["perfect"]["value"])
    # A line of slope b has a standard deviation of 5.916 b, so a drift of
    # 0.3114 b a year, and a model without its trend is b away.
    drift = np.arange(20).std(ddof=1) / 19
    np.testing.assert_allclose(
        found["constant"]["score"], math.exp(-1 / drift), rtol=1e-5
    )
    np.testing.assert_allclose(
        found["opposite"]["score"], math.exp(-2 / drift), rtol=1e-5
    )
    lost = found["missing"]["score"].isnull().values.tolist()
    assert lost == [True, False, False, False]


@given(offset=st.floats(-1e3, 1e3), factor=st.floats(0.1, 10))
@settings(max_examples=25)
def test_slopes_ignore_offsets_and_scores_ignore_units(offset, factor):
    """b of a x + c is a b of x; both sides scaled score the same."""
    at = {"year": YEARS, "region": ["r"]}
    lines = [0.4 * np.arange(20) + NOISE, NOISE]
    base, moved = (
        trend(*(xr.DataArray(v[:, None], at, ("year", "region")) for v in pair))
        for pair in (lines, [offset + factor * v for v in lines])
    )
    np.testing.assert_allclose(moved["value"], factor * base["value"], rtol=1e-6)
    np.testing.assert_allclose(moved["score"], base["score"], rtol=1e-6)


@pytest.mark.parametrize(("valid", "assessed"), [(15, True), (14, False)])
def test_fifteen_shared_years(region, valid, assessed):
    """Fewer are not assessed, and the row says how many there were."""
    values = np.where(np.arange(20) < valid, NOISE, np.nan)
    for metric in (trend, direction):
        found = metric(annual(NOISE, region), annual(values, region))
        assert bool(found["score"].notnull()[0]) is assessed
        if not assessed:
            assert str(found["message"].values[0]) == "needs 15 years of both; found 14"


def test_gaps_do_not_shift_the_years(region):
    """A line with years missing has the same slope."""
    line = np.arange(25.0)
    line[[3, 4, 11]] = np.nan
    found = trend(annual(2 * line, region), annual(line, region))
    assert float(found["value"][0]) == pytest.approx(2.0)
    assert float(found["score_u0"][0]) < 0.1


def test_a_constant_reference_has_no_scale(region):
    """Nothing to score by; but its direction is none."""
    flat = annual(np.full(20, 3e-9), region)
    line = annual(np.arange(20) * 1e-9, region)
    assert np.isnan(trend(line, flat)["score"][0])
    assert float(direction(line, flat)["score"][0]) == 0.5


@pytest.mark.parametrize(
    ("slope", "value", "score"), [(1.0, 1.0, 1.0), (-1.0, -1.0, 0.0), (0.0, 0.0, 0.5)]
)
def test_directions(region, slope, value, score):
    """Against an increasing reference."""
    rising = annual(np.arange(20) + NOISE, region)
    found = direction(annual(slope * np.arange(20) + NOISE, region), rising)
    assert float(found["value"][0]) == value
    assert float(found["score"][0]) == score
    assert "reference increasing (p < 0.001)" in str(found["message"].values[0])


def test_the_test_by_hand():
    """Ten ordered values: S = 45, variance 125, z = 44 / 11.18, p = 8.3e-5."""
    found = trend_test(np.array([1, 2, 4, 7, 11, 16, 22, 29, 37, 46.0]))
    z = 44 / math.sqrt(125)
    assert found.direction == 1.0
    # The departures of a curve from its line are correlated: p is not smaller.
    assert found.p >= math.erfc(z / math.sqrt(2)) * (1 - 1e-9)
    plain = trend_test(np.array([1.0, 2, 3, 4, 5, 6, 7, 8, 10, 9]))
    assert plain.direction == 1.0


def test_memory_makes_a_trend_harder_to_find():
    """Slow swings without trend are called trends less often than by the plain test."""
    import pymannkendall

    random = np.random.default_rng(4)
    found = {"plain": 0, "corrected": 0}
    for _ in range(200):
        steps = random.normal(size=40)
        series = np.zeros(40)
        for year in range(1, 40):
            series[year] = 0.7 * series[year - 1] + steps[year]
        found["plain"] += pymannkendall.original_test(series).h
        found["corrected"] += trend_test(series).direction != 0
    assert found["plain"] > 50
    assert found["corrected"] < 0.75 * found["plain"]


def test_alternating_years_are_tested_without_noise():
    """Their corrected variance would be negative; the plain test is used, quietly."""
    values = np.arange(20) * 0.01 + np.tile([1.0, -1.0], 10)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = trend_test(values)
    assert 0 <= found.p <= 1


def test_maps_are_averaged_before(weights):
    """The trend of a region is that of its mean, and not the mean of its cells'."""
    at = {"year": YEARS, "lat": weights["lat"], "lon": weights["lon"]}
    size = weights.sizes["lat"], weights.sizes["lon"]
    sign = np.where(np.arange(size[1]) % 2, 1.0, -1.0)
    values = np.arange(20.0)[:, None, None] * (1 + 5 * sign) * np.ones(size)
    field = xr.DataArray(values, at, ("year", "lat", "lon"))
    found = trend(field, field, weights=weights)
    expected = (weights * (1 + 5 * sign)).sum(["lat", "lon"]) / weights.sum(
        ["lat", "lon"]
    )
    np.testing.assert_allclose(found["value"], expected)
    lazy = trend(field.chunk(year=5), field.chunk(year=5), weights=weights)
    xr.testing.assert_allclose(lazy.compute(), found)

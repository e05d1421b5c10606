"""Lengths of seasons, uptake of summer, and the error of the regional cycle."""

import math

import numpy as np
import pytest
import xarray as xr
from hypothesis import given, settings
from hypothesis import strategies as st
from worlds import Cycle, World, report_factor

from benchmark.metrics import metrics
from benchmark.metrics.seasons import MID_MONTH

period = metrics.get("uptake_period")
growing = metrics.get("growing_season_length")
summer = metrics.get("summer_uptake")
error = metrics.get("cycle_rmse")
NOLEAP = np.array([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31.0])


def of(values, region, variable):
    """Return a climatology (month, region) of one region."""
    return region(np.asarray(values, float), "month").assign_attrs(variable=variable)


def test_uptake_by_hand(region):
    """June to August below zero by as much as the others are above: 92 days."""
    values = np.ones(12)
    values[5:8] = -1.0
    found = period(of(values, region, "nee"), of(np.ones(12), region, "nee"))
    # Half of 30.5 before June, June to August 61.5, half of 30.5 after.
    assert float(found["value"][0]) == pytest.approx(92.0)
    assert float(found["reference_value"][0]) == 0.0
    assert float(found["score"][0]) == pytest.approx(math.exp(-9.2))


def test_uptake_over_the_new_year(region):
    """December below, January above: half of the 31 days between their middles."""
    values = np.ones(12)
    values[11] = -1.0
    found = period(of(values, region, "nbe"), of(np.ones(12), region, "nbe"))
    assert float(found["value"][0]) == pytest.approx(31 / 2 + 30.5 / 2)


def test_a_sink_all_year_and_zeros(region):
    """365 days, and a flux of zero is no uptake."""
    for values, days in ((-np.ones(12), 365.0), (np.zeros(12), 0.0)):
        found = period(of(values, region, "nee"), of(np.ones(12), region, "nee"))
        assert float(found["value"][0]) == pytest.approx(days)


@given(roll=st.integers(0, 11), factor=st.floats(0.01, 100))
@settings(max_examples=30)
def test_uptake_does_not_depend_on_size(roll, factor):
    """Neither does it change by more than days when the season is moved."""
    at = {"month": np.arange(1, 13), "region": ["r"]}
    base = np.roll([3, 3, 2, 1, 0.5, -8, -9, -5, 1, 3, 3, 3.0], roll)[:, None]
    one, other = (
        xr.DataArray(v, at, ("month", "region"), attrs={"variable": "nee"})
        for v in (base * factor, base)
    )
    found = period(one, other)
    assert float(found["value"][0]) == pytest.approx(0.0, abs=1e-6)
    # 30.5 x 8 / 8.5 + 61.5 + 30.5 x 5 / 6; months differ by three days.
    assert float(found["reference_value"][0]) == pytest.approx(115.6, abs=4.0)


def test_a_missing_month_is_no_length(region):
    """And the row says so."""
    values = np.ones(12)
    values[2] = np.nan
    found = period(of(values, region, "nee"), of(np.ones(12), region, "nee"))
    assert np.isnan(found["value"][0])
    assert "a month is missing" in str(found["message"].values[0])


def test_variants_of_uptake():
    """Scaled by 2 with its mean, a wave has the same days; opposite the others."""
    truth = World({"nee": Cycle(0.0, 300.0, 10.0)})
    made = {
        name: period(
            *(w.climatology("nee").assign_attrs(variable="nee") for w in (world, truth))
        ).isel(region=1)
        for name, world in truth.variants("nee").items()
    }
    assert float(made["perfect"]["score"]) == 1.0
    assert float(made["scaled"]["value"]) == pytest.approx(0.0, abs=1e-9)
    uptake = float(made["perfect"]["reference_value"])
    assert uptake == pytest.approx(182.5, abs=1.5)
    assert float(made["opposite"]["value"]) == pytest.approx(365 - 2 * uptake, abs=1e-6)
    assert abs(float(made["shifted"]["value"])) < 2.0
    assert float(made["constant"]["value"]) in (-uptake, 365 - uptake)


def test_growing_season_by_hand(region):
    """1 + cos is above a fifth of 2 for arccos(-0.6) of pi: 257.1 days of 365."""
    wave = 1 + np.cos(2 * np.pi * (MID_MONTH.values - 200) / 365)
    narrow = np.clip(wave - 1, 0, None)
    found = growing(of(narrow, region, "gpp"), of(wave, region, "gpp"))
    days = 365 * math.acos(-0.6) / math.pi
    assert float(found["reference_value"][0]) == pytest.approx(days, abs=0.3)
    # The positive half of a cosine exceeds a fifth for arccos(0.2) of pi.
    half = 365 * math.acos(0.2) / math.pi
    length = float((found["value"] + found["reference_value"])[0])
    assert length == pytest.approx(half, abs=8.0)
    expected = math.exp(-abs(float(found["value"][0])) / 10)
    assert float(found["score"][0]) == pytest.approx(expected)


def test_no_productivity_no_season(region):
    """Nothing grows, nothing is assessed."""
    wave = 1 + np.cos(2 * np.pi * (MID_MONTH.values - 200) / 365)
    found = growing(of(np.zeros(12), region, "gpp"), of(wave, region, "gpp"))
    assert np.isnan(found["score"][0])


@pytest.mark.parametrize(("name", "wrong"), [(period, "gpp"), (growing, "nee")])
def test_only_of_its_variable(region, name, wrong):
    """Days below zero of productivity mean nothing."""
    one = of(np.ones(12), region, wrong)
    with pytest.raises(ValueError, match=f"found '{wrong}'"):
        name(one, one)


def test_summer_by_hand(region):
    """-365 over 92 of 365 days is -92 of the year; 30 too much scores by its scale."""
    cycles = []
    for rate in (-365.0, -365.0 * 62 / 92):
        values = np.full(12, 50.0)
        values[5:8] = rate
        cycles.append(of(values, region, "nee"))
    days = region(NOLEAP, "month").isel(region=0, drop=True)
    found = summer(*cycles, days, tolerance=10.0, scale=20.0)
    assert float(found["value"][0]) == pytest.approx(-30.0)
    assert float(found["reference_value"][0]) == pytest.approx(-62.0)
    assert float(found["score"][0]) == pytest.approx(math.exp(-1.0))
    assert float(found["score_u0"][0]) == pytest.approx(math.exp(-1.5))


def test_summer_needs_its_months(region):
    """A missing July is no sum of summer."""
    values = np.full(12, 50.0)
    values[6] = np.nan
    days = region(NOLEAP, "month").isel(region=0, drop=True)
    sides = of(values, region, "nee"), of(np.ones(12), region, "nee")
    assert np.isnan(summer(*sides, days, tolerance=0.0, scale=1.0)["value"][0])


def test_cycle_error_by_hand():
    """Twice the amplitude errs by the reference's own spread: 1/e; an offset by 0."""
    truth = World({"nee": Cycle(-20.0, 300.0, 10.0)})
    days = xr.DataArray(NOLEAP, {"month": np.arange(1, 13)}, ("month",))

    def run(world):
        cycles = world.climatology("nee"), truth.climatology("nee")
        return error(*cycles, days).isel(region=0)

    assert float(run(truth)["score"]) == 1.0
    assert float(run(truth.changed("nee", mean=90.0))["score"]) == pytest.approx(1.0)
    twice = run(truth.changed("nee", amplitude=600.0))
    assert float(twice["score"]) == pytest.approx(math.exp(-1))
    rms = 300 / math.sqrt(2)
    found = float(twice["value"]) * report_factor("nee")
    assert found == pytest.approx(rms, rel=0.01)
    opposite = run(truth.opposite("nee"))
    assert float(opposite["score"]) == pytest.approx(math.exp(-2))
    assert float(run(truth.constant("nee"))["score"]) == pytest.approx(math.exp(-1))


def test_cycle_of_the_region_and_not_of_its_cells(weights, pair, statistics):
    """Errors of opposite sign in two halves cancel; `rmse` keeps them."""
    stats = statistics(*pair)
    reference = stats["reference_climatology"]
    given = reference * 1.0
    columns = xr.DataArray([1.0, -1.0, 1.0, -1.0], {"lon": given["lon"]}, ("lon",))
    # Alike in every row, so that the two halves weigh the same.
    given = given.isel(lat=[2]).where(given["lon"] >= 0).fillna(1e-8)
    sign, wave = columns, np.cos(2 * np.pi * MID_MONTH / 365) * 1e-9
    model = given + wave * sign
    equal = weights.isel(region=[2], lat=[2]) * 0 + 1.0
    days = stats["month_length"]
    together = float(error(model, given, days, weights=equal)["value"][0])
    apart = float(
        metrics.get("rmse")(
            model, given, stats["reference_crms"].isel(lat=[2]), days, weights=equal
        )["value"][0]
    )
    assert together < 1e-15
    assert apart == pytest.approx(1e-9 / math.sqrt(2), rel=0.02)

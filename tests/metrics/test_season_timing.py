"""Shifts of the peak, by day and by month."""

import math

import numpy as np
import pytest
import xarray as xr
from worlds import Cycle, World

from benchmark.metrics import metrics
from benchmark.metrics.seasons import MID_MONTH

shift = metrics.get("extremum_shift")
month = metrics.get("month_of_peak")


def sides(world, truth, variable):
    """Return two climatologies that say which variable they are of."""
    return [
        one.climatology(variable).assign_attrs(variable=variable)
        for one in (world, truth)
    ]


@pytest.fixture(name="truth")
def fixture_truth():
    """Uptake peaks on day 192.5 = 10 + 182.5, productivity on day 190."""
    return World(
        {
            "nee": Cycle(-20.0, 300.0, peak=10.0),
            "gpp": Cycle(400.0, 350.0, peak=190.0),
        }
    )


@pytest.mark.parametrize("variable", ["nee", "gpp"])
def test_variants(truth, variable):
    """Perfect 1, half a year 0, thirty days as worked by hand, constant nothing."""
    made = {
        name: shift(*sides(world, truth, variable)).isel(region=1)
        for name, world in truth.variants(variable).items()
    }
    length = 365.2425 / 365
    days = {"perfect": 0, "shifted": 30 * length, "scaled": 0, "missing": 0}
    for name, expected in days.items():
        assert float(made[name]["value"]) == pytest.approx(expected, abs=1e-6)
    score = 0.5 * (1 + math.cos(2 * math.pi * 30 / 365))
    assert float(made["shifted"]["score"]) == pytest.approx(score)
    assert float(made["opposite"]["score"]) == pytest.approx(0.0, abs=1e-9)
    assert float(made["opposite"]["value"]) == pytest.approx(365.2425 / 2)
    assert np.isnan(made["constant"]["score"])
    assert "the model is flat" in str(made["constant"]["message"].values)


def test_a_missing_region_is_not_assessed(truth):
    """The others are."""
    lost = truth.climatology("nee").where(truth.land_area["region"] != "alaska")
    lost = lost.assign_attrs(variable="nee")
    found = shift(lost, truth.climatology("nee"))
    assert np.isnan(found["score"]).values.tolist() == [True, False, False, False]


def test_for_nee_a_late_autumn_peak_of_release_does_not_matter(region):
    """The maximum of October moves to December, the minimum of July stays."""
    base = np.array([10, 9, 8, 8, 0, -20, -30, -15, 8, 13, 11, 9.0])
    moved = base.copy()
    moved[9:] = 11, 12, 15
    arrays = [region(x, "month").assign_attrs(variable="nee") for x in (moved, base)]
    assert float(shift(*arrays)["value"][0]) == pytest.approx(0.0, abs=1e-9)
    assert float(month(*arrays)["value"][0]) == 0.0
    as_gpp = [one.assign_attrs(variable="ch4") for one in arrays]
    assert float(month(*as_gpp)["value"][0]) == pytest.approx(2.0)


@pytest.mark.parametrize(
    ("months", "value", "score"),
    [
        (0, 0, 1.0),
        (1, 1, 0.9330),
        (3, 3, 0.5),
        (-2, -2, 0.75),
        (6, 6, 0.0),
        (7, -5, 0.0670),
    ],
)
def test_months_go_the_short_way_round(region, months, value, score):
    """ILAMB's seven scores."""
    base = np.array([0, 0, 0, 1, 2, 4, 7, 4, 2, 1, 0, 0.0])
    arrays = [
        region(x, "month").assign_attrs(variable="gpp")
        for x in (np.roll(base, months), base)
    ]
    found = month(*arrays)
    assert float(found["value"][0]) == pytest.approx(value, abs=1e-9)
    assert float(found["score"][0]) == pytest.approx(score, abs=5e-5)


def test_noise_hides_a_cycle(region):
    """An interannual spread above the first harmonic leaves nothing to time."""
    wave = region(np.cos(2 * np.pi * MID_MONTH.values / 365), "month")
    wave = wave.assign_attrs(variable="ch4")
    for noise, assessed in ((0.9, True), (1.1, False)):
        found = shift(wave, wave, region([noise]))
        assert bool(found["score"].notnull()[0]) is assessed
    assert "above its mean and noise" in str(found["message"].values[0])


def test_sites_are_averaged_on_the_circle():
    """Ten days early and ten days late are on time; each site counts for itself."""
    at = {"month": np.arange(1, 13), "site": ["a", "b"]}
    waves = [
        np.stack([np.cos(2 * np.pi * (MID_MONTH.values - d) / 365) for d in days], 1)
        for days in ((190, 210), (200, 200))
    ]
    arrays = [
        xr.DataArray(w, at, ("month", "site"), attrs={"variable": "gpp"}) for w in waves
    ]
    ones = xr.DataArray(
        np.ones((1, 2)), {"region": ["r"], "site": ["a", "b"]}, ("region", "site")
    )
    found = shift(*arrays, weights=ones)
    assert float(found["value"][0]) == pytest.approx(0.0, abs=1e-6)
    score = 0.5 * (1 + math.cos(2 * math.pi * 10 / 365))
    assert float(found["score"][0]) == pytest.approx(score)

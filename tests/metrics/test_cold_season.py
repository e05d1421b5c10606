"""Shares and amounts of the cold season, worked by hand in several calendars."""

import numpy as np
import pytest
import xarray as xr
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmark.metrics import metrics

MONTH = np.arange(1, 13)
LENGTHS = {
    "360_day": [30.0] * 12,
    "noleap": [31.0, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31],
}
# Days of a year without leap days: 31+28+31+30 + 31+30+31 = 212 from October to
# April; 365 - 30 - 31 - 31 = 273 from September to May; 31+30+31 = 92.
FLAT = {
    ("share_oct_apr", "360_day"): 7 / 12,
    ("share_oct_apr", "noleap"): 212 / 365,
    ("share_sep_may", "360_day"): 9 / 12,
    ("share_sep_may", "noleap"): 273 / 365,
    ("shoulder_share", "360_day"): 3 / 12,
    ("shoulder_share", "noleap"): 92 / 365,
    ("share_autumn_of_cold_season", "360_day"): 2 / 9,
    ("share_autumn_of_cold_season", "noleap"): 61 / 273,
}
SHARES = sorted({name for name, _ in FLAT})


def cycle(values, region="a"):
    """Return twelve months of one region."""
    at = {"month": MONTH, "region": [region]}
    return xr.DataArray(np.asarray(values, float)[:, None], at, ("month", "region"))


def days(calendar="noleap"):
    """Return the lengths of the months."""
    return xr.DataArray(LENGTHS[calendar], {"month": MONTH})


def stated(value, name):
    """Return a share that a reference states."""
    return xr.DataArray([value], {"region": ["a"]}, attrs={"value_of": name})


def call(name, *args, **kwargs):
    """Call a metric by its name."""
    return metrics.get(name)(*args, **kwargs)


@pytest.mark.parametrize(("name", "calendar"), FLAT)
def test_share_of_a_constant_emission_is_that_of_the_days(name, calendar):
    """Each month counts by its length in the calendar of the model."""
    flat = cycle([2.5] * 12)
    found = call(name, flat, days(calendar), flat)
    assert found["value"].item() == pytest.approx(FLAT[name, calendar], rel=1e-12)
    assert found["score"].item() == 1.0


def test_shares_of_a_cycle_by_hand():
    """1 in each month of winter, 3 in July and August: of 16 x 30 days."""
    cold = cycle([1, 1, 1, 1, 1, 1, 3, 3, 1, 1, 1, 1])
    twelve = days("360_day")
    expected = {
        "share_oct_apr": 7 / 16,
        "share_sep_may": 9 / 16,
        "shoulder_share": 3 / 16,
        "share_autumn_of_cold_season": 2 / 9,
    }
    for name, value in expected.items():
        found = call(name, cold, twelve, cold)
        assert found["value"].item() == pytest.approx(value)


def test_score_beyond_the_uncertainty_of_observations():
    """0.27 in a model, 0.45 observed without uncertainty: exp(-0.18 / 0.15)."""
    # 7 of 25 months' worth would be 0.28: nine months of x, three of y.
    share = 0.27
    values = [share / 9] * 5 + [(1 - share) / 3] * 3 + [share / 9] * 4
    model, of = cycle(values), stated(0.45, "share_sep_may")
    found = call("share_sep_may", model, days("360_day"), reference_mean=of)
    assert found["value"].item() == pytest.approx(0.27)
    assert found["score"].item() == pytest.approx(np.exp(-0.18 / 0.15))
    found = call(
        "share_sep_may", model, days("360_day"), reference_mean=of, tolerance=0.1
    )
    assert found["score"].item() == pytest.approx(np.exp(-0.08 / 0.15))
    assert found["score_u0"].item() == pytest.approx(np.exp(-0.18 / 0.15))
    assert "45.0 %" in str(found["message"].item())


@pytest.mark.parametrize("name", SHARES)
def test_a_mean_is_not_taken_for_a_share(name):
    """A reference without months that states no share is refused."""
    mean = xr.DataArray([0.5], {"region": ["a"]})
    flat = cycle([1.0] * 12)
    with pytest.raises(ValueError, match=f"value_of: {name}"):
        call(name, flat, days(), reference_mean=mean)
    with pytest.raises(ValueError, match=f"value_of: {name}"):
        call(name, flat, days(), reference_mean=stated(0.5, "share_subzero_air"))


@pytest.mark.parametrize("name", SHARES)
@pytest.mark.parametrize(
    "values",
    [
        [-1, -1, -1, 0, 1, 2, 3, 2, 1, 0, -1, -1],
        [-1] * 12,
        [np.nan] + [1] * 11,
        [0] * 12,
    ],
    ids=["crosses zero", "opposite", "a month is missing", "nothing"],
)
def test_undefined_shares_are_not_assessed(name, values):
    """NaN with the reason, never 0 or more than 1."""
    found = call(name, cycle(values), days(), cycle([1.0] * 12))
    assert found["score"].isnull().all()
    assert "cold_season_amount" in str(found["message"].item())


@settings(max_examples=10)
@given(
    st.lists(st.floats(0.01, 100.0), min_size=12, max_size=12),
    st.floats(0.01, 1000.0),
)
def test_a_share_does_not_know_the_size(values, factor):
    """A scaled model has the shares of the model, and seasons add up to the year."""
    one, scaled = cycle(values), cycle(np.array(values) * factor)
    for name in SHARES:
        results = [call(name, c, days(), one)["value"].item() for c in (one, scaled)]
        assert results[0] == pytest.approx(results[1])
        assert 0 < results[0] < 1
    summer = np.array(values)[5:8] @ np.array(LENGTHS["noleap"])[5:8]
    year = np.array(values) @ np.array(LENGTHS["noleap"])
    winter = call("share_sep_may", one, days(), one)["value"].item()
    assert winter + summer / year == pytest.approx(1.0)


def test_a_cycle_half_a_year_late_loses_the_score():
    """Summer in place of winter: 1/7 of a year's emission each month of winter."""
    late = np.roll([0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 0, 0], 6)
    found = call("share_sep_may", cycle(late), days(), cycle(np.roll(late, 6)))
    assert found["value"].item() == 1.0
    assert found["score"].item() == pytest.approx(np.exp(-1 / 0.15))


def test_maps_are_the_share_of_their_region():
    """Of sums over cells, not the mean of the shares of cells."""
    at = {"month": MONTH, "lat": [60.0], "lon": [0.0, 1.0]}
    winter = np.isin(MONTH, [10, 11, 12, 1, 2, 3, 4])
    values = np.stack([np.where(winter, 1.0, 0.0), np.where(winter, 0.0, 7.0)], 1)
    field = xr.DataArray(values[:, None, :], at, ("month", "lat", "lon"))
    area = xr.DataArray(
        [[[3.0, 1.0]]], {"region": ["a"], "lat": [60.0], "lon": [0.0, 1.0]}
    )
    found = call("share_oct_apr", field, days("360_day"), field, weights=area)
    # 3 x 7 x 1 of winter, 1 x 5 x 7 of summer.
    assert found["value"].item() == pytest.approx(21 / 56)


FROST = [
    "share_subzero_air",
    "share_subzero_soil",
    "reco_share_subzero_air",
    "reco_share_subzero_soil",
]


@pytest.mark.parametrize("name", FROST)
def test_share_of_the_frozen_months(name):
    """0.5 of 10 is 5 %: against 27 % that is exp(-0.22 / 0.15)."""
    flux, cold = (xr.DataArray([v], {"region": ["a"]}) for v in (10.0, 0.5))
    found = call(name, flux, cold, stated(0.27, name))
    assert found["value"].item() == pytest.approx(0.05)
    assert found["score"].item() == pytest.approx(np.exp(-0.22 / 0.15))
    same = call(name, flux, cold, 2 * flux, 2 * cold)
    assert same["score"].item() == 1.0
    with pytest.raises(ValueError, match=f"value_of: {name}"):
        call(name, flux, cold, flux)
    undefined = call(name, -flux, cold, stated(0.27, name))
    assert undefined["score"].isnull().all()


def test_shares_are_of_emissions_only():
    """The register says of which variables; net exchange is of the amount."""
    for name in SHARES:
        assert metrics.get(name).variables == ("ch4", "reco")
    assert "nee" in metrics.get("cold_season_amount").variables


def test_amount_by_hand():
    """30 in each of 7 of 12 equal months is 17.5 a year; a third of 52.5."""
    values = np.where(np.isin(MONTH, [10, 11, 12, 1, 2, 3, 4]), 30.0, -50.0)
    model = cycle(values)

    def amount(reference, tolerance=0.0):
        of = stated(reference, "cold_season_amount")
        return call(
            "cold_season_amount",
            model,
            days("360_day"),
            reference_mean=of,
            tolerance=tolerance,
        )

    found = amount(35.0)
    assert found["value"].item() == pytest.approx(17.5)
    assert found["score"].item() == pytest.approx(np.exp(-1.0))
    assert found["message"].item() == ""
    assert amount(52.4)["message"].item() == ""
    found = amount(52.6)
    assert found["message"].item() == "underestimates by two thirds or more"
    assert amount(17.5)["score"].item() == 1.0
    assert amount(21.0, tolerance=0.25)["score"].item() == 1.0
    assert found["reference_value"].item() == 52.6


def test_the_reference_is_told_by_its_amount():
    """Beside the model's amount stands the reference's, not its annual mean."""
    flat = cycle([2.0] * 12)
    given = cycle([6.0] * 12)
    bounds = {"reference_low": given.isel(month=0, drop=True)}
    bounds["reference_high"] = bounds["reference_low"]
    found = call(
        "cold_season_amount",
        flat,
        days("360_day"),
        reference_climatology=given,
        tolerance=0.0,
        **bounds,
    )
    assert found["reference_value"].item() == pytest.approx(3.5)
    assert np.isnan(found["reference_low"].item())


def test_an_amount_of_the_wrong_sign():
    """A cold season that is a sink scores 0; of a sink there is no ratio."""
    model = cycle([-1.0] * 12)
    of = stated(10.0, "cold_season_amount")
    found = call("cold_season_amount", model, days(), reference_mean=of, tolerance=0.0)
    assert found["score"].item() == 0.0
    assert "sink" in str(found["message"].item())
    found = call("cold_season_amount", -model, days(), model, tolerance=0.0)
    assert found["score"].isnull().all()


def test_an_annual_total_is_not_taken_for_an_amount():
    """Nor are the bounds of a table with months those of its winters."""
    flat, annual = cycle([6.0] * 12), xr.DataArray([6.0], {"region": ["a"]})
    with pytest.raises(ValueError, match="value_of: cold_season_amount"):
        call("cold_season_amount", flat, days(), reference_mean=annual, tolerance=0.0)
    found = call(
        "cold_season_amount",
        flat,
        days("360_day"),
        2 * flat,
        reference_low=annual,
        reference_high=annual,
        tolerance=0.0,
    )
    assert found["score"].item() == pytest.approx(np.exp(-1.0))


def test_all_draws_at_once() -> None:
    """Draws of both sides are scored together, and each as it would be alone."""
    months = {"month": np.arange(1, 13)}
    random = np.random.default_rng(3)
    drawn = xr.DataArray(
        random.uniform(1.0, 2.0, (5, 12, 2)),
        {**months, "region": ["east", "west"]},
        ("draw", "month", "region"),
    )
    days = xr.DataArray(np.full(12, 30.0), months)
    together = metrics.get("share_oct_apr")(
        drawn, days, drawn.isel(draw=[1, 2, 3, 4, 0])
    )["score"]
    assert together.dims == ("draw", "region")
    alone = metrics.get("share_oct_apr")(drawn.isel(draw=0), days, drawn.isel(draw=1))[
        "score"
    ]
    np.testing.assert_allclose(together.isel(draw=0), alone)

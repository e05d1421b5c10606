"""Means of a variable in bins of its driver, by hand and of maps, sites and tables."""

import math

import numpy as np
import pytest
import xarray as xr
from hypothesis import given, settings
from hypothesis import strategies as st
from worlds import Calendar, Cycle, World

from benchmark.metrics import metrics
from benchmark.statistics.binned import DRIVERS, binned_means

tas = metrics.get("relationship_tas")
wtd = metrics.get("relationship_wtd")
ALL = [metrics.get(f"relationship_{name}") for name in ("tas", "tsl", "wtd", "npp")]
# Five pairs in each of the bins 271.15-273.15, 273.15-275.15, 275.15-277.15.
WARMTH = np.repeat([272.0, 274.0, 276.0], 5)
FLUX = np.repeat([1.0, 2.0, 4.0], 5)


def row(values, units=None):
    """Return pairs as sites."""
    attrs = {} if units is None else {"units": units}
    site = {"site": [f"s{number}" for number in range(len(values))]}
    return xr.DataArray(np.asarray(values, float), site, ("site",), attrs=attrs)


def run(metric, model, reference, driver=WARMTH, own=None, units="K"):
    """Score pairs of one region in which every site counts."""
    own = driver if own is None else own
    ones = xr.ones_like(row(driver)).expand_dims(region=["r"])
    return metric(
        row(model), row(reference), row(own, units), row(driver, units), weights=ones
    ).isel(region=0)


def test_by_hand_an_error_of_one_bin():
    """1, 2, 3 against 1, 2, 4 is off by 1 over the root of 21; no spread, no help."""
    model = FLUX.copy()
    model[10:] = 3.0
    found = run(tas, model, FLUX)
    assert float(found["value"]) == pytest.approx(1 / math.sqrt(21))
    assert float(found["score"]) == pytest.approx(math.exp(-1 / math.sqrt(21)))
    assert float(found["score_u0"]) == float(found["score"])
    assert str(found["message"].values) == ""


@pytest.mark.parametrize(
    ("model", "score"),
    [
        (FLUX, 1.0),
        (2 * FLUX, math.exp(-1)),
        (-FLUX, math.exp(-2)),
        (np.full(15, 7 / 3), math.exp(-math.sqrt(42 / 9 / 21))),
    ],
    ids=["perfect", "scaled", "opposite", "constant"],
)
def test_variants_by_hand(model, score):
    """The norm of 1, 2, 4 is the root of 21."""
    assert float(run(tas, model, FLUX)["score"]) == pytest.approx(score)


def test_a_shifted_climate_is_judged_where_it_overlaps():
    """Two kelvin warmer with the same law: two bins agree, one is not covered."""
    found = run(tas, FLUX * 2, FLUX, own=WARMTH + 2.0)
    # The model has 2, 4, 8 in 274, 276, 278: 2 and 4 are the reference's.
    assert float(found["value"]) == pytest.approx(0.0)
    assert float(found["score"]) == pytest.approx(2 / 3)
    assert "covers 67% of the bins" in str(found["message"].values)


def test_disjoint_climates_score_nothing():
    """Not 1, as where bins that are empty in either are left out."""
    found = run(tas, FLUX, FLUX, own=WARMTH + 20.0)
    assert float(found["score"]) == 0.0
    assert float(found["value"]) == 1.0


def test_an_error_within_the_standard_error_costs_nothing():
    """The spread 1, 1, 1, 1, 6 about 2 has the standard error 1."""
    spread = np.concatenate([[1, 1, 1, 1, 6], np.full(5, 9.0), np.full(5, 9.0)])
    found = run(tas, np.concatenate([np.full(5, 2.9), np.full(10, 9.0)]), spread)
    assert float(found["bin_error"].dropna("bin")[0]) == pytest.approx(1.0)
    assert float(found["score"]) == 1.0
    assert float(found["score_u0"]) == pytest.approx(
        math.exp(-0.9 / math.sqrt(4 + 81 + 81))
    )


def test_a_thin_bin_has_no_mean():
    """Four pairs of the reference are too few; three such bins make no relationship."""
    found = run(tas, FLUX[1:], FLUX[1:], driver=WARMTH[1:])
    assert np.isnan(found["score"])
    assert "2 bins of tas with 5 pairs or more; 3 are needed" in str(
        found["message"].values
    )


def test_the_table_of_bins_is_kept():
    """Middles, means and numbers."""
    found = run(tas, 2 * FLUX, FLUX).dropna("bin", subset=["bin_reference"])
    assert found["bin_driver"].values.tolist() == pytest.approx(
        [272.15, 274.15, 276.15]
    )
    assert found["bin_model"].values.tolist() == [2.0, 4.0, 8.0]
    assert found["bin_reference"].values.tolist() == [1.0, 2.0, 4.0]
    assert found["bin_model_count"].values.tolist() == [5, 5, 5]


@given(factor=st.floats(1e-10, 1e10), seed=st.integers(0, 50))
@settings(max_examples=25)
def test_no_unit_of_the_variable_matters(factor, seed):
    """A logarithm of numbers near 1 would."""
    random = np.random.default_rng(seed)
    model, reference = FLUX + random.random((2, 15))
    one = run(tas, model, reference)
    other = run(tas, factor * model, factor * reference)
    assert float(other["score"]) == pytest.approx(float(one["score"]), rel=1e-6)


@pytest.mark.parametrize("metric", ALL, ids=lambda metric: metric.name)
def test_the_unit_of_the_driver_is_fixed(metric):
    """Degrees Celsius, centimetres and grams are refused."""
    with pytest.raises(ValueError, match="found 'furlong'"):
        run(metric, FLUX, FLUX, units="furlong")


def test_water_tables_in_bins_of_five_centimetres():
    """Methane falls with depth to the water; the edges are at whole bins."""
    depth = np.repeat([-0.02, 0.02, 0.07], 5)
    found = run(wtd, 2 * FLUX, FLUX, driver=depth, units="m")
    middles = found.dropna("bin", subset=["bin_reference"])["bin_driver"]
    np.testing.assert_allclose(middles, [-0.025, 0.025, 0.075], atol=1e-9)


def test_bins_weigh_by_area():
    """Two pairs of 1 and 3 by 3 m2 and 1 m2 have the mean 1.5."""
    found = binned_means(
        np.array([1.0, 3.0]),
        np.array([0.0, 0.5]),
        np.array([3.0, 1.0]),
        np.array([0.0, 1.0]),
        2,
    )
    assert found.mean.tolist() == pytest.approx([1.5])
    # n_e = 16 / 10; (9 x 0.25 + 2.25) / 16 x 1.6 / 0.6.
    assert found.error[0] == pytest.approx(math.sqrt(4.5 / 16 * 1.6 / 0.6))
    assert found.weight.tolist() == [4.0]


def test_values_outside_count_in_the_outermost_bins():
    """So that no pair vanishes."""
    driver = DRIVERS["tas"]
    found = binned_means(
        np.ones(4), np.array([100.0, 400.0, np.nan, 250.0]), np.ones(4), driver.edges, 2
    )
    assert found.count.sum() == 3
    assert found.count[[0, -1]].tolist() == [1, 1]


def test_tables_pair_regions_and_years():
    """Twenty years of four regions make one relationship, without a region."""
    calendar = Calendar(years=20)
    anomalies = tuple(np.tile([-1.0, 0.0, 1.0, 0.0], 5))
    mean = (262.0, 264.2, 266.2, 268.2)
    truth = World(
        {
            "reco": Cycle((100.0, 200.0, 300.0, 400.0), 50.0),
            "tas": Cycle(mean, 15.0, anomalies=anomalies),
        },
        calendar=calendar,
    )
    found = {
        name: tas(
            world.mean("reco"),
            truth.mean("reco"),
            world.mean("tas"),
            truth.mean("tas"),
            world.annual("reco"),
            truth.annual("reco"),
            world.annual("tas"),
            truth.annual("tas"),
        )
        for name, world in truth.variants("reco").items()
    }
    assert found["perfect"]["score"].dims == ()
    assert float(found["perfect"]["score"]) == 1.0
    assert int(found["perfect"]["bin_model_count"].sum()) == 80
    assert float(found["scaled"]["value"]) == pytest.approx(1.0)
    assert float(found["missing"]["score"]) < 1.0
    assert "covers" in str(found["missing"]["message"].values)


def test_sites_pair_months():
    """Twelve months of two sites are enough where two means are not."""
    at = {"month": np.arange(1, 13), "site": ["a", "b"]}
    degrees = np.repeat([[270.0], [272.0], [274.0]], 4, 0) + np.array([0.1, 0.2])
    warmth = xr.DataArray(degrees, at, ("month", "site"), attrs={"units": "K"})
    flux = warmth - 265.0
    ones = xr.ones_like(flux[0]).drop_vars("month").expand_dims(region=["r"])
    means = [flux.mean("month")] * 2 + [warmth.mean("month")] * 2
    assert np.isnan(tas(*means, weights=ones)["score"][0])
    months = dict(
        model_climatology=flux,
        reference_climatology=flux,
        model_tas_climatology=warmth,
        reference_tas_climatology=warmth,
    )
    found = tas(*means, **months, weights=ones)
    assert float(found["score"][0]) == 1.0


def test_maps_have_one_relationship_for_each_region():
    """A cell that one side lacks counts on neither; regions do not know each other."""
    at = {"lat": [60.0, 70.0], "lon": np.arange(15.0)}
    warmth = xr.DataArray([WARMTH, WARMTH], at, ("lat", "lon"), attrs={"units": "K"})
    reference = xr.DataArray([FLUX, FLUX], at, ("lat", "lon"))
    model = xr.DataArray([2 * FLUX, FLUX], at, ("lat", "lon"))
    rows = xr.DataArray(
        np.eye(2), {"region": ["a", "b"], "lat": at["lat"]}, ("region", "lat")
    )
    weights = rows * xr.ones_like(reference)
    found = tas(model, reference, warmth, warmth, weights=weights)
    np.testing.assert_allclose(found["score"], [math.exp(-1), 1.0])
    hole = reference.where(reference["lon"] > 0)
    found = tas(model, hole, warmth, warmth, weights=weights)
    assert found["bin_model_count"].sum("bin").values.tolist() == [14, 14]

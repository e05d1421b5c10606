"""Soil carbon beyond its total, against numbers worked by hand."""

import dask.array
import numpy as np
import pytest
import xarray as xr

from benchmark.metrics import metrics

BOX = {"lat": [60.0], "lon": [0.0, 1.0, 2.0, 3.0]}
ONES = xr.DataArray(np.ones((1, 1, 4)), {"region": ["box"], **BOX})


def row(*values):
    """Return a map of one row of cells."""
    return xr.DataArray(np.array([values], dtype=float), BOX, ("lat", "lon"))


@pytest.fixture
def z(region):
    """A function that gives z against 1014 (839-1208)."""

    def make(*values):
        numbers = (values, *([one] * len(values) for one in (1014, 839, 1208)))
        model, reference, low, high = (region(list(each)) for each in numbers)
        found = metrics.get("stock_z")(
            model, reference, reference_low=low, reference_high=high
        )
        return found["value"].values

    return make


def test_z_takes_the_half_of_its_own_side(z):
    """Below 1014 the half-width is 175, above it is 194; a sigma is 1/1.96 of it."""
    np.testing.assert_allclose(z(1014, 839, 1208), [0.0, -1.96, 1.96], atol=1e-12)
    np.testing.assert_allclose(z(664, 1402), [-3.92, 3.92], rtol=1e-12)


def test_z_of_an_opposite_and_a_missing_stock(z):
    """-1014 is 2028 / 175 half-widths below; nothing gives nothing."""
    found = z(-1014, np.nan)
    assert found[0] == pytest.approx(-1.96 * 2028 / 175)
    assert np.isnan(found[1])


def test_z_scaled_with_both_sides_is_the_same(region):
    """z has no units: a thousand times model and reference changes nothing."""
    for factor in (1.0, 1000.0):
        sides = (region([v * factor]) for v in (900.0, 1000.0))
        found = metrics.get("stock_z")(*sides, tolerance=0.25)
        # 1000 / 1.25 = 800 is the lower end.
        assert found["value"].item() == pytest.approx(-1.96 * 100 / 200)


def test_z_without_a_width_is_undefined(region):
    """A reference that states no uncertainty gives no z, and says so."""
    found = metrics.get("stock_z")(region([900.0]), region([1000.0]), tolerance=0.0)
    assert np.isnan(found["value"].item())
    assert "no uncertainty" in found["message"].item()


def test_z_of_maps_is_that_of_their_totals():
    """10 + 20 + 30 kg m-2 on 1 m2 each against 30 + 30 + 60; the fourth is half."""
    model, reference = row(10, 20, 30, np.nan), row(30, 30, 60, 500)
    found = metrics.get("stock_z")(model, reference, tolerance=1.0, weights=ONES)
    # 60 against 120, whose range begins at 120 / 2.
    assert found["value"].item() == pytest.approx(-1.96)


def share(region, model, reference, **numbers):
    """Return the share below 1 m of (0-3 m, 0-1 m) pairs."""
    sides = [region([value]) for value in (*model, *reference)]
    numbers = {"tolerance": 0.05, "scale": 0.15, **numbers}
    return metrics.get("share_below_1m")(*sides, **numbers)


@pytest.mark.parametrize(
    ("model", "value", "score"),
    [
        ((1035.0, 472.0), 563 / 1035, 1.0),  # perfect
        ((103.5, 47.2), 563 / 1035, 1.0),  # scaled: a share does not change
        ((500.0, 500.0), 0.0, np.exp(-(563 / 1035 - 0.05) / 0.15)),  # all above 1 m
        ((500.0, 0.0), 1.0, np.exp(-(472 / 1035 - 0.05) / 0.15)),  # opposite
        ((500.0, 500 * (472 / 1035 - 0.04)), 563 / 1035 + 0.04, 1.0),  # within u
    ],
)
def test_share_below_1m(region, model, value, score):
    """Of 1035 Pg in 0-3 m 472 are in 0-1 m, so 54.4 % lie below."""
    found = share(region, model, (1035.0, 472.0))
    assert found["value"].item() == pytest.approx(value, abs=1e-12)
    assert found["score"].item() == pytest.approx(score)


def test_a_share_that_contradicts_itself_is_not_assessed(region):
    """More carbon in 0-1 m than in 0-3 m is an error of depths, not a share of 0."""
    found = share(region, (400.0, 500.0), (1035.0, 472.0))
    assert found["score"].isnull().all()
    assert "the model holds more carbon in 0-1 m" in found["message"].item()
    found = share(region, (500.0, 400.0), (400.0, 472.0))
    assert found["score"].isnull().all()
    assert "the reference holds more" in found["message"].item()


def test_a_share_without_a_depth_is_not_assessed(region):
    """A missing depth is no share of 0 or 1."""
    found = share(region, (np.nan, 400.0), (1035.0, 472.0))
    assert found["value"].isnull().all()
    assert found["score"].isnull().all()


def test_share_of_maps_is_one_of_sums():
    """3 of 10 and 1 of 30 below 1 m are 4 of 40, not the mean of 0.3 and 0.033."""
    whole, upper = row(10, 30, np.nan, 5), row(7, 29, 1, np.nan)
    found = metrics.get("share_below_1m")(
        whole, upper, whole, upper, 0.0, 0.15, weights=ONES
    )
    assert found["value"].item() == pytest.approx(0.1)
    assert found["score"].item() == pytest.approx(1.0)


def correlation(model, reference, npp_m, npp_r, weights=ONES):
    """Return the excess correlation and its score."""
    found = metrics.get("npp_soil_correlation")(
        model, reference, npp_m, npp_r, weights=weights
    )
    return found["value"].item(), found["score"].item()


def test_npp_soil_correlation_by_hand():
    """R of 1, 2, 3, 4 with itself is 1, with 4, 3, 2, 1 -1, with 1, 3, 2, 4 0.8."""
    npp, reverse, mixed = row(1, 2, 3, 4), row(4, 3, 2, 1), row(1, 3, 2, 4)
    assert correlation(mixed, mixed, npp, npp) == pytest.approx((0.0, 1.0))
    assert correlation(npp, mixed, npp, npp) == pytest.approx((0.2, 0.9))
    assert correlation(npp, reverse, npp, npp) == pytest.approx((2.0, 0.0))
    assert correlation(reverse, npp, npp, npp) == pytest.approx((-2.0, 0.0))
    # Scaled and shifted carbon correlates the same.
    assert correlation(mixed * 9 + 7, mixed, npp, npp) == pytest.approx((0.0, 1.0))


def test_uniform_maps_have_no_relation_to_npp():
    """A constant model has R = 0; a constant reference or NPP cannot be compared."""
    npp, constant = row(1, 2, 3, 4), row(5, 5, 5, 5)
    assert correlation(constant, npp, npp, npp) == pytest.approx((-1.0, 0.5))
    assert np.isnan(correlation(npp, constant, npp, npp)).all()
    assert np.isnan(correlation(npp, npp, constant, npp)).all()


def test_the_same_cells_are_on_both_sides():
    """A cell that one map lacks counts nowhere."""
    npp, soil = row(1, 2, 3, 4), row(1, 3, 2, 4)
    reference = row(1, 3, 2, np.nan)
    # Of the first three: R of (1, 3, 2) with (1, 2, 3) is 0.5.
    assert correlation(npp, reference, npp, npp) == pytest.approx((0.5, 0.75))
    assert correlation(soil, reference, npp, npp) == pytest.approx((0.0, 1.0))


def test_lazy_in_lazy_out(region):
    """Messages too."""
    model, npp = row(1, 3, 2, 4).chunk(), row(1, 2, 3, 4).chunk()
    for found in (
        metrics.get("npp_soil_correlation")(model, npp, npp, npp, weights=ONES),
        metrics.get("stock_z")(model, npp, tolerance=0.1, weights=ONES),
        metrics.get("stock_density")(model, npp, 0.1, weights=ONES),
        metrics.get("share_below_1m")(
            npp, model / 9, npp, model / 9, 0.1, 0.1, weights=ONES
        ),
    ):
        assert all(isinstance(v.data, dask.array.Array) for v in found.values())


def test_density_of_sites_counts_each_pedon():
    """Three pedons of 10, 20 and 60 (mean 30); the one in another region is out."""
    pedons = xr.DataArray([10.0, 20.0, 60.0, 900.0], dims="site")
    model = xr.DataArray([30.0, 30.0, 0.0, np.nan], dims="site")
    inside = xr.DataArray([[1.0, 1, 1, 0]], {"region": ["box"]}, ("region", "site"))
    found = metrics.get("stock_density")(model, pedons, 0.5, weights=inside)
    assert found["value"].item() == pytest.approx(20.0)
    # 20 is the lower end of 30 / 1.5.
    assert found["score"].item() == pytest.approx(1.0)
    assert found["score_u0"].item() == pytest.approx(np.exp(-np.log(1.5) / np.log(2)))


def test_density_of_no_carbon_is_of_wrong_sign(region):
    """Score 0 and a message; of a missing one nothing."""
    found = metrics.get("stock_density")(region([-1.0, np.nan]), region([5.0] * 2), 0.1)
    np.testing.assert_array_equal(found["score"], [0.0, np.nan])
    assert found["message"].values[0].startswith("wrong sign")

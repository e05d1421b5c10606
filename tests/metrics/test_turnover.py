"""Turnover of soil carbon, against numbers worked by hand."""

import dask.array
import numpy as np
import pytest
import xarray as xr

from benchmark.metrics import metrics
from benchmark.metrics.turnover import EDGES

YEAR = 365.2425 * 86400.0
BOX = {"lat": [60.0], "lon": [0.0, 1.0, 2.0, 3.0]}
ONES = xr.DataArray(np.ones((1, 1, 4)), {"region": ["box"], **BOX})


def row(*values, per=1.0):
    """Return a map of one row of cells."""
    return xr.DataArray(np.array([values], dtype=float) / per, BOX, ("lat", "lon"))


def time(model, reference, npp_m, npp_r, tolerance=0.0, weights=ONES):
    """Return value, score and message of the turnover time."""
    found = metrics.get("turnover_time")(
        model, reference, npp_m, npp_r, tolerance, weights=weights
    )
    return found["value"].item(), found["score"].item(), found["message"].item()


def test_time_is_a_ratio_of_sums():
    """(10 + 50) kg m-2 over (0.1 + 0.2) kg m-2 yr-1 is 200 yr, not the mean of 175."""
    soil, npp = row(10, 50, np.nan, 7), row(0.1, 0.2, 0.3, np.nan, per=YEAR)
    value, score, message = time(soil, soil, npp, npp)
    assert value == pytest.approx(200.0)
    assert score == pytest.approx(1.0)
    assert message == ""


def test_time_off_by_a_factor():
    """A factor 2 scores 1/e either way, with u = 0.5 as a factor 4/3 does."""
    soil, npp = row(10, 50, 20, 7), row(0.1, 0.2, 0.1, 0.1, per=YEAR)
    for factor in (2.0, 0.5):
        assert time(soil * factor, soil, npp, npp)[1] == pytest.approx(np.exp(-1))
        # Twice as much carbon on twice the production turns over alike.
        assert time(soil * factor, soil, npp * factor, npp)[1] == pytest.approx(1.0)
    expected = np.exp(-np.log(4 / 3) / np.log(2))
    assert time(soil * 2, soil, npp, npp, 0.5)[1] == pytest.approx(expected)


def test_time_of_regional_means(region):
    """Means over the same land: 30 kg m-2 over 0.2 kg m-2 yr-1 is 150 yr."""
    soil, npp = region([30.0, np.nan]), region([0.2 / YEAR, 0.2 / YEAR])
    found = metrics.get("turnover_time")(soil, soil, npp, npp, 0.0)
    np.testing.assert_allclose(found["value"], [150.0, np.nan])


@pytest.mark.parametrize("npp", [0.0, -0.2 / YEAR])
def test_time_without_production_is_not_assessed(region, npp):
    """Nothing is divided by zero or by a loss."""
    soil, good = region([30.0]), region([0.2 / YEAR])
    found = metrics.get("turnover_time")(soil, soil, region([npp]), good, 0.0)
    assert found["value"].isnull().all()
    assert found["score"].isnull().all()
    assert "not positive" in found["message"].item()


def test_time_refuses_a_negative_tolerance(region):
    """A tolerance is a size."""
    soil, npp = region([30.0]), region([0.2 / YEAR])
    with pytest.raises(ValueError, match="must be >= 0"):
        metrics.get("turnover_time")(soil, soil, npp, npp, -0.1)


SOIL = row(80, 40, 20, 10)
NPP = row(0.1, 0.1, 0.1, 0.1, per=YEAR)
TAS = row(260, 265, 270, 275)


def relation(model=SOIL, npp=NPP, tas=TAS, weights=ONES, reference=SOIL):
    """Return value, score and message of the relation to temperature."""
    found = metrics.get("turnover_temperature")(
        model, reference, npp, NPP, tas, TAS, weights=weights
    )
    return found["value"].item(), found["score"].item(), found["message"].item()


def test_relation_of_a_perfect_and_a_scaled_model():
    """The same relation is a factor 1; three times the carbon a factor 3."""
    assert relation()[:2] == pytest.approx((1.0, 1.0))
    score = np.exp(-np.log(3) / np.log(2))
    assert relation(SOIL * 3)[:2] == pytest.approx((3.0, score))
    assert relation(SOIL / 3)[:2] == pytest.approx((3.0, score))


def test_relation_of_a_constant_and_an_opposite_model():
    """ln of the ratios by hand, four classes of equal area."""
    ratios = np.log(np.array([80, 40, 20, 10]) / 20.0)
    expected = np.exp(np.sqrt(np.mean(ratios**2)))
    assert relation(row(20, 20, 20, 20))[0] == pytest.approx(expected)
    ratios = np.log(np.array([8, 2, 0.5, 0.125]))
    expected = np.exp(np.sqrt(np.mean(ratios**2)))
    assert relation(row(10, 20, 40, 80))[0] == pytest.approx(expected)


def test_relation_weights_classes_by_area():
    """With the first cell 3 times as large it has half of the area."""
    weights = ONES * row(3, 1, 1, 1)
    model = SOIL * row(4, 1, 1, 1)
    expected = np.exp(np.sqrt(0.5 * np.log(4) ** 2))
    assert relation(model, weights=weights)[0] == pytest.approx(expected)


def test_cells_of_one_class_are_averaged_in_the_logarithm():
    """10 and 40 kg m-2 at one temperature are as 20 and 20."""
    tas = row(260, 260.1, 270, 270.1)
    found = metrics.get("turnover_temperature")(
        row(10, 40, 5, 5), row(20, 20, 5, 5), NPP, NPP, tas, tas, weights=ONES
    )
    assert found["value"].item() == pytest.approx(1.0)


def test_a_warmer_model_is_compared_at_its_own_temperatures():
    """Moved by 5 K, 3 of 4 classes are shared, each off by a factor 2."""
    assert relation(tas=TAS + 5)[0] == pytest.approx(2.0)


def test_disjoint_temperatures_are_no_agreement():
    """Moved by 30 K nothing is shared: not assessed, never 1."""
    value, score, message = relation(tas=TAS + 30)
    assert np.isnan([value, score]).all()
    assert "less than half" in message


def test_ice_and_deserts_are_left_out():
    """Cells below 1e-4 kg m-2 yr-1, or without carbon, are no turnover at all."""
    bare = row(0.1, 0.1, 0.1, 0.9e-4, per=YEAR)
    assert relation(SOIL * row(1, 1, 1, 7), npp=bare)[:2] == pytest.approx((1.0, 1.0))
    assert relation(SOIL * row(1, 1, 1, 0))[:2] == pytest.approx((1.0, 1.0))
    assert relation(SOIL * row(1, 1, 1, np.nan))[:2] == pytest.approx((1.0, 1.0))


def test_relation_needs_maps(region):
    """A region has one temperature, and no relation."""
    one = region([1.0])
    with pytest.raises(ValueError, match="needs maps"):
        metrics.get("turnover_temperature")(*[one] * 6, weights=None)


def test_classes_cover_the_land():
    """From -42 to 38 C in steps of 2 K."""
    assert EDGES[0] == pytest.approx(231.15)
    assert EDGES[-1] == pytest.approx(311.15)
    assert EDGES.size == 41


def test_lazy_in_lazy_out():
    """Fields of dask give values of dask."""
    fields = [f.chunk() for f in (SOIL, SOIL, NPP, NPP, TAS, TAS)]
    names = ("turnover_temperature", "turnover_time")
    for name, given in zip(names, (fields, [*fields[:4], 0.1]), strict=True):
        found = metrics.get(name)(*given, weights=ONES)
        assert all(isinstance(v.data, dask.array.Array) for v in found.values())

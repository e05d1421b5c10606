"""Methane per wetland area and in total, by numbers worked by hand."""

import numpy as np
import pytest
import xarray as xr
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmark.metrics import metrics

AT = {"region": ["a", "b"]}
LN2 = np.log(2)


def per(values, basis="wetland"):
    """Return a flux (region,) that states its area."""
    return xr.DataArray(values, AT, attrs={"area_basis": basis})


def call(name, *args, **kwargs):
    """Call a metric by its name."""
    return metrics.get(name)(*args, **kwargs)


def density(model, wetland, reference, **given_numbers):
    """Return the result of ch4_density for two regions."""
    given_numbers.setdefault("tolerance", 0.0)
    sides = xr.DataArray(model, AT), xr.DataArray(wetland, AT)
    return call("ch4_density", *sides, reference, **given_numbers)


def test_density_divides_by_the_largest_month_of_wetland():
    """2 per m2 of land on 0.1, 0.2 and 0.05 of wetland is 10 per m2 of wetland."""
    months = xr.DataArray(
        [[0.1, 0.0], [0.2, 0.4], [0.05, 0.1]],
        {"month": [1, 2, 3], **AT},
        ("month", "region"),
    )
    found = density(
        [2.0, 8.0], [9.0, 9.0], per([10.0, 40.0]), model_wetlandFrac_climatology=months
    )
    np.testing.assert_allclose(found["value"], [10.0, 20.0])
    np.testing.assert_allclose(found["score"], [1.0, np.exp(-1.0)])


@pytest.mark.parametrize(
    ("model", "value", "score"),
    [
        (2.0, 10.0, 1.0),
        (4.0, 20.0, np.exp(-(LN2 - np.log(1.29)) / LN2)),
        (-2.0, -10.0, 0.0),
        (2.5, 12.5, 1.0),
    ],
    ids=["perfect", "scaled", "opposite", "within the uncertainty"],
)
def test_density_of_wrong_models(model, value, score):
    """A factor 2 beyond a coefficient of variation of 0.29; uptake scores 0."""
    found = density([model] * 2, [0.2] * 2, per([10.0] * 2), tolerance=0.29)
    np.testing.assert_allclose(found["value"], value)
    np.testing.assert_allclose(found["score"], score)


def test_density_within_an_interval_needs_no_median():
    """5.7 to 13: 26 is a factor 2 above it."""
    low, high = per([5.7] * 2), per([13.0] * 2)
    found = density(
        [1.0, 2.6], [0.1] * 2, per([np.nan] * 2), reference_low=low, reference_high=high
    )
    np.testing.assert_allclose(found["score"], [1.0, np.exp(-1.0)])


def test_missing_is_not_assessed():
    """No wetland, no flux, a reference that takes methane up: NaN, with words."""
    found = density([2.0, np.nan], [0.0, 0.1], per([10.0, 10.0]))
    assert found["score"].isnull().all()
    found = density([2.0, 2.0], [0.1, 0.1], per([-0.04, 20.0]))
    assert np.isnan(found["score"][0])
    assert "not positive" in str(found["message"][0].item())


def test_areas_are_never_mixed():
    """A density per land, a total per wetland and an unstated area are refused."""
    for basis in ("land", None):
        reference = xr.DataArray([1.0, 1.0], AT)
        if basis:
            reference.attrs["area_basis"] = basis
        with pytest.raises(ValueError, match="area_basis: wetland"):
            density([1.0] * 2, [0.1] * 2, reference)
    with pytest.raises(ValueError, match=r"metrics: \[ch4_density\]"):
        call("ch4_total", per([1.0, 1.0], None), per([1.0, 1.0]), tolerance=0.0)


def test_reference_per_land_takes_its_own_wetland():
    """1 per land on a tenth of wetland is 10 per wetland."""
    wet = xr.DataArray([0.1, 0.1], AT)
    found = density(
        [1.0] * 2, [0.2] * 2, per([1.0] * 2, "land"), reference_wetlandFrac_mean=wet
    )
    np.testing.assert_allclose(found["value"], 5.0)
    np.testing.assert_allclose(found["score"], np.exp(-1.0))


def cells(values):
    """Return a map of one row."""
    return xr.DataArray([values], {"lat": [60.0], "lon": range(len(values))})


def test_both_sums_run_over_the_same_cells():
    """A cell without flux, without fraction, or almost dry is in neither sum."""
    flux = cells([1.0, 3.0, np.nan, 9.0, 9.0])
    wet = cells([0.1, 0.5, 0.9, np.nan, 0.04])
    area = xr.DataArray(
        [[[2.0, 1.0, 7.0, 7.0, 7.0]]],
        {"region": ["a"], "lat": [60.0], "lon": range(5)},
    )
    reference = (flux * 0 + 1).fillna(1.0).assign_attrs(area_basis="wetland")
    found = call("ch4_density", flux, wet, reference, tolerance=0.0, weights=area)
    # (2 x 1 + 1 x 3) / (2 x 0.1 + 1 x 0.5)
    assert found["value"].item() == pytest.approx(5.0 / 0.7)


def test_sites_are_compared_by_their_medians():
    """Densities 10, 20 and 300 have the median 20, which one place cannot move."""
    at = {"site": range(3)}
    flux, wet = (
        xr.DataArray(v, at, ("site",)) for v in ([1.0, 2.0, 30.0], [0.1, 0.1, 0.1])
    )
    reference = xr.DataArray([10.0, 5.0, 40.0], at, ("site",))
    reference.attrs["area_basis"] = "wetland"
    all_sites = xr.DataArray(np.ones((1, 3)), {"region": ["a"]}, ("region", "site"))
    all_sites = all_sites.assign_coords(site=range(3))
    found = call("ch4_density", flux, wet, reference, tolerance=0.0, weights=all_sites)
    assert found["value"].item() == 20.0
    assert found["score"].item() == pytest.approx(np.exp(-1.0))


def test_total_in_factors():
    """5 against 10 is a factor 2, and within a range of 5 to 20 it is right."""
    model, reference = per([5.0, 10.0], None), per([10.0, 10.0], None)
    np.testing.assert_allclose(
        call("ch4_total", model, reference, tolerance=0.0)["score"], [np.exp(-1.0), 1.0]
    )
    bounds = per([5.0] * 2, None), per([20.0] * 2, None)
    found = call("ch4_total", model, reference, None, *bounds)
    np.testing.assert_allclose(found["score"], 1.0)


MONTH = np.arange(1, 13)
DAYS = xr.DataArray(
    [31.0, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31], {"month": MONTH}
)
FACTORS = ("ch4_extent_factor", "ch4_density_factor", "ch4_season_factor")


def cycle(values):
    """Return twelve months of one region."""
    at = {"month": MONTH, "region": ["a"]}
    return xr.DataArray(np.asarray(values, float)[:, None], at, ("month", "region"))


def factors(model, reference, wet_model, wet_reference):
    """Return the three results."""
    none = xr.DataArray([np.nan], {"region": ["a"]})
    return [
        call(
            name,
            model,
            reference,
            DAYS,
            none,
            none,
            wet_model,
            wet_reference,
        )
        for name in FACTORS
    ]


POSITIVE = st.lists(st.floats(0.01, 100.0), min_size=12, max_size=12)
SHARES = st.lists(st.floats(0.001, 1.0), min_size=12, max_size=12)


@settings(max_examples=10)
@given(POSITIVE, POSITIVE, SHARES, SHARES)
def test_logarithms_of_the_factors_add_up_to_that_of_the_totals(m, r, wm, wr):
    """Extent x density x season is the ratio of the annual totals."""
    parts = factors(*(cycle(v) for v in (m, r, wm, wr)))
    annual = [np.dot(v, DAYS) for v in (m, r)]
    added = sum(np.log(part["value"].item()) for part in parts)
    assert added == pytest.approx(np.log(annual[0] / annual[1]), abs=1e-9)


def test_each_factor_answers_to_its_own_error():
    """Twice the wetland, twice the flux of wetland, a peak in place of a plateau."""
    flat, wet = cycle([2.0] * 12), cycle([0.1] * 12)

    def three(model, wetland):
        return [p["value"].item() for p in factors(model, flat, wetland, wet)]

    assert three(flat, wet) == pytest.approx([1, 1, 1])
    assert three(2 * flat, 2 * wet) == pytest.approx([2, 1, 1])
    assert three(2 * flat, wet) == pytest.approx([1, 2, 1])
    july = cycle([2.0 if month == 7 else 0.0 for month in MONTH])
    assert three(july, wet) == pytest.approx([1, 1, 31 / 365])
    assert factors(2 * flat, flat, wet, wet)[1]["score"].item() == pytest.approx(
        np.exp(-1.0)
    )


def test_no_factor_of_what_is_not_emitted():
    """A model that takes methane up has no density and says so."""
    flat, wet = cycle([2.0] * 12), cycle([0.1] * 12)
    for part in factors(-flat, flat, wet, wet)[1:]:
        assert part["value"].isnull().all()
        assert "no emission" in str(part["message"].item())


def test_the_middle_of_a_map_is_not_counted_on_one_side_only():
    """A cell missing in the reference is missing in the model too."""
    flux = xr.concat([cells([1.0, 5.0])] * 12, xr.IndexVariable("month", MONTH))
    hole = flux.where(flux["lon"] == 0)
    wet = cells([0.1, 0.4])
    area = xr.DataArray(
        [[[1.0, 1.0]]], {"region": ["a"], "lat": [60.0], "lon": range(2)}
    )
    found = call("ch4_extent_factor", flux, hole, DAYS, wet, wet, weights=area)
    assert found["value"].item() == pytest.approx(1.0)


KINDS = ["fen", "marsh", "permafrost_bog", "upland_tundra", "bog"]


def ratio(name, values, kinds=KINDS):
    """Return the ratio of classes of one region."""
    at = {"site": range(len(values)), "site_class": ("site", list(kinds))}
    flux = xr.DataArray(values, at, ("site",))
    here = xr.DataArray(
        np.ones((1, len(values))), {"region": ["a"]}, ("region", "site")
    )
    return call(name, flux, weights=here.assign_coords(site=range(len(values))))


def test_class_ratios_by_hand():
    """The median of 10 and 14 is 12: over 2 it is 6, over 0.3 it is 40."""
    values = [10.0, 14.0, 2.0, 0.3, 99.0]
    bog = ratio("wetland_class_ratio", values)
    upland = ratio("wetland_class_ratio_upland", values)
    assert (bog["value"].item(), bog["score"].item()) == (6.0, 1.0)
    assert upland["value"].item() == pytest.approx(40.0)
    assert upland["score"].item() == pytest.approx((40 / 23) ** (-1 / LN2))
    assert "medians of 2 sites in marsh and fen, 1 in" in str(bog["message"].item())


def test_classes_are_compared_per_wetland_area():
    """A fen on half the land emits 20 per wetland where a bog on all of it emits 4."""
    at = {"site": [0, 1, 2], "site_class": ("site", ["fen", "permafrost_bog", "fen"])}
    flux, wet = (
        xr.DataArray(v, at, ("site",)) for v in ([10.0, 4.0, 7.0], [0.5, 1.0, 0.0])
    )
    here = xr.DataArray(np.ones((1, 3)), {"region": ["a"]}, ("region", "site"))
    here = here.assign_coords(site=[0, 1, 2])
    found = call("wetland_class_ratio", flux, wet, weights=here)
    assert found["value"].item() == 5.0
    assert found["score"].item() == pytest.approx((5.5 / 5) ** (-1 / LN2))


def test_a_class_that_takes_up_has_a_sign_and_no_ratio():
    """Uplands may be sinks; then the message says who emits."""
    found = ratio("wetland_class_ratio_upland", [10.0, 14.0, 2.0, -0.3, 9.0])
    assert found["score"].isnull().all()
    said = str(found["message"].item())
    assert "marsh and fen emits, upland_tundra does not emit" in said


def test_sites_without_classes_are_refused():
    """With the column to write."""
    flux = xr.DataArray([1.0], {"site": [0]}, ("site",))
    here = xr.DataArray([[1.0]], {"region": ["a"], "site": [0]}, ("region", "site"))
    with pytest.raises(ValueError, match="column 'site_class'"):
        call("wetland_class_ratio", flux, weights=here)

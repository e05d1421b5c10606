"""Permafrost metrics by hand: ranges, overlaps, active layers, curtains."""

import numpy as np
import pytest
import xarray as xr

from benchmark.metrics import metrics

AT = {"lat": [65.0], "lon": [0.0, 1.0, 2.0, 3.0]}
AREA = xr.DataArray(
    [[[2.0, 1.0, 1.0, 4.0]], [[0.0, 0.0, 0.0, 1.0]]],
    {"region": ["all", "east"], **AT},
    ("region", "lat", "lon"),
)


def fractions(*values: float) -> xr.DataArray:
    """Return a map of one row."""
    return xr.DataArray([values], AT, ("lat", "lon"), attrs={"units": "1"})


def regional(*values: float, **attrs: str) -> xr.DataArray:
    """Return numbers (region,)."""
    names = [f"r{n}" for n in range(len(values))]
    return xr.DataArray(list(values), {"region": names}, attrs=attrs)


def iou(model: xr.DataArray, reference: xr.DataArray) -> xr.Dataset:
    """Return the overlap of two maps."""
    return metrics.get("permafrost_iou")(model, reference, weights=AREA)


def test_overlap_by_hand() -> None:
    """min 2 x 1 + 1 x 0.5 over max 2 x 1 + 1 x 1 + 1 x 1 of the cells: 0.625."""
    found = iou(fractions(1.0, 0.5, 1.0, 0.0), fractions(1.0, 1.0, 0.0, 0.0))
    np.testing.assert_allclose(found["score"][0], 2.5 / 4.0, rtol=1e-12)
    assert found["score"].isnull().values.tolist() == [False, True]


def test_overlap_perfect_opposite_and_constant() -> None:
    """The same map scores 1, its opposite 0, all land the share of permafrost."""
    reference = fractions(1.0, 1.0, 0.0, 0.0)
    assert iou(reference, reference)["score"][0].item() == 1.0
    assert iou(1.0 - reference, reference)["score"][0].item() == 0.0
    everywhere = iou(xr.ones_like(reference), reference)["score"]
    assert everywhere.values.tolist() == [3.0 / 8.0, 0.0]


def test_a_cell_missing_on_one_side_is_left_out() -> None:
    """Only cells with both count: 2 / 2."""
    found = iou(fractions(1.0, np.nan, 0.0, 0.0), fractions(1.0, 1.0, 0.0, np.nan))
    assert found["score"].values[0] == 1.0
    assert np.isnan(found["score"].values[1])


def test_the_areas_are_told() -> None:
    """Overlap 2, missed 1 and excess 1, in m2."""
    found = iou(fractions(1.0, 0.0, 1.0, 0.0), fractions(1.0, 1.0, 0.0, 0.0))
    assert found["message"].values[0] == (
        "permafrost: 2e-12 Mkm2 in both, 1e-12 missed, 1e-12 in excess"
    )


def test_overlap_is_lazy() -> None:
    """Maps of dask give the same number later."""
    sides = fractions(1.0, 0.5, 1.0, 0.0), fractions(1.0, 1.0, 0.0, 0.0)
    found = iou(*(side.chunk() for side in sides))
    assert found["score"].chunks is not None
    np.testing.assert_allclose(found["score"].compute()[0], 0.625, rtol=1e-12)


def test_area_against_a_range() -> None:
    """Inside 1; half the width of 0.85 beyond it 1/e; a stated scale instead."""
    low, high = regional(*[14e12] * 3), regional(*[15.7e12] * 3)
    model = regional(15e12, 16.55e12, 13.15e12)
    found = metrics.get("permafrost_area")(model, low, high)
    np.testing.assert_allclose(found["score"], [1, np.exp(-1), np.exp(-1)], rtol=1e-9)
    wide = metrics.get("permafrost_area")(model, low, high, scale=1.7e12)
    np.testing.assert_allclose(wide["score"][1:], np.exp(-0.5), rtol=1e-9)


def test_means_are_no_areas() -> None:
    """A mean fraction is refused where an area is compared."""
    bound = regional(1.0)
    with pytest.raises(ValueError, match="compares totals"):
        metrics.get("permafrost_area")(
            regional(0.5, statistic="mean"), bound, bound + 1.0
        )


def test_active_layer_by_hand() -> None:
    """0.15 m off at 0.5 m is 1/e, as is 0.3 at 1 m; a tolerance of 0.3 m softens."""
    score = metrics.get("active_layer_thickness")
    model, reference = regional(0.65, 0.7, 1.0), regional(0.5, 1.0, 1.0)
    found = score(model, reference)
    np.testing.assert_allclose(found["value"], [0.15, -0.3, 0.0], rtol=1e-9)
    np.testing.assert_allclose(found["score"], np.exp([-1.0, -1.0, 0.0]), rtol=1e-9)
    soft = score(model, reference, tolerance=0.3)
    np.testing.assert_allclose(soft["score"], np.exp([-0.5, -1.0, 0.0]), rtol=1e-9)
    with pytest.raises(ValueError, match="must be >= 0"):
        score(model, reference, tolerance=-1.0)


def test_active_layer_of_sites() -> None:
    """Sites of a region count alike, one without an active layer not at all."""
    at = {"site": ["a", "b", "c"]}
    model, reference = (
        xr.DataArray(v, at, ("site",)) for v in ([0.65, 0.5, np.nan], [0.5, 0.5, 0.5])
    )
    weights = xr.DataArray([[1.0, 1.0, 1.0]], {"region": ["r"], **at})
    found = metrics.get("active_layer_thickness")(model, reference, weights=weights)
    np.testing.assert_allclose(found["value"], [0.075], rtol=1e-9)
    np.testing.assert_allclose(found["score"], [(1 + np.exp(-1)) / 2], rtol=1e-9)


def test_active_layer_of_maps() -> None:
    """Cells count by their area, and the maps are kept."""
    found = metrics.get("active_layer_thickness")(
        fractions(0.65, 0.5, 0.5, np.nan), fractions(0.5, 0.5, 0.5, 0.5), weights=AREA
    )
    np.testing.assert_allclose(found["score"][0], (2 * np.exp(-1) + 2) / 4, rtol=1e-9)
    assert np.isnan(found["score"][1])
    assert found["score_map"].dims == ("lat", "lon")


def test_zero_curtain_by_hand() -> None:
    """20 days too short with a spread of 20 days is 1/e."""
    score = metrics.get("zero_curtain_duration")
    found = score(regional(40.0, 60.0), regional(60.0, 60.0), scale=20.0)
    np.testing.assert_allclose(found["value"], [-20.0, 0.0])
    np.testing.assert_allclose(found["score"], np.exp([-1.0, 0.0]), rtol=1e-9)
    with pytest.raises(ValueError, match="must be > 0"):
        score(regional(40.0), regional(60.0), scale=0.0)

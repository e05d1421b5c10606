"""Patterns within a region."""

import dask.array
import numpy as np
import pytest
import xarray as xr

from benchmark.metrics import metrics

NAMES = ["spatial_distribution", "spatial_correlation", "spatial_std_ratio"]


def cells(values):
    """Return a map of one row."""
    lon = np.arange(float(len(values)))
    return xr.DataArray([values], {"lat": [60.0], "lon": lon}, ("lat", "lon"))


def run(model, reference, areas):
    """Return score, correlation and ratio for each row of areas."""
    model, reference = cells(model), cells(reference)
    weights = xr.DataArray(
        np.asarray(areas, dtype=float)[:, None],
        {"region": range(len(areas)), "lat": model["lat"], "lon": model["lon"]},
        ("region", "lat", "lon"),
    )
    return [
        metrics.get(n)(model, reference, weights=weights)["value"].values for n in NAMES
    ]


def test_by_hand_with_areas():
    """Areas 1, 1, 2 on (0, 4, 2) and (0, 0, 2): means 2 and 1, R = 0."""
    score, correlation, ratio = run([0.0, 4, 2], [0.0, 0, 2], [[1, 1, 2]])
    np.testing.assert_allclose(correlation, [0.0], atol=1e-15)
    np.testing.assert_allclose(ratio, [np.sqrt(2.0)])
    np.testing.assert_allclose(score, [2 / (np.sqrt(2) + 1 / np.sqrt(2)) ** 2])


def test_a_scaled_model_keeps_its_correlation():
    """Twice the reference: R = 1, sigma = 2, score 4 / 2.5**2."""
    score, correlation, ratio = run([3.0, 5, 7], [1.0, 2, 3], [[1, 2, 1]])
    np.testing.assert_allclose(correlation, [1.0])
    np.testing.assert_allclose(ratio, [2.0])
    np.testing.assert_allclose(score, [0.64])


def test_an_opposite_pattern_scores_zero():
    """R = -1."""
    score, correlation, _ = run([3.0, 2, 1], [1.0, 2, 3], [[1, 1, 1]])
    np.testing.assert_allclose(correlation, [-1.0])
    np.testing.assert_allclose(score, [0.0], atol=1e-15)


def test_missing_cells_of_either_side_are_left_out():
    """The last two cells count on neither side."""
    whole = run([1.0, 5, 2, np.nan, 9], [2.0, 3, 1, 7, np.nan], [[1, 1, 1, 1, 1]])
    cut = run([1.0, 5, 2], [2.0, 3, 1], [[1, 1, 1]])
    np.testing.assert_allclose(whole, cut)


def test_uniform_maps():
    """A uniform reference is not assessed; a uniform model scores 0."""
    for found in run([1.0, 2, 3], [0.1, 0.1, 0.1], [[1, 2, 3]]):
        assert np.isnan(found).all()
    score, correlation, ratio = run([0.1, 0.1, 0.1], [1.0, 2, 3], [[1, 2, 3]])
    assert score.tolist() == [0.0]
    assert np.isnan(correlation).all()
    assert ratio.tolist() == [0.0]


def test_one_cell_has_no_pattern():
    """Each region has its own cells."""
    score, _, _ = run([1.0, 2, 3], [1.0, 2, 3], [[1, 0, 0], [1, 1, 1]])
    np.testing.assert_allclose(score, [np.nan, 1.0])


def test_small_units_have_a_pattern():
    """A spread of 1e-15 is not zero beside a mean of 1e-9."""
    reference = 1e-9 + 1e-15 * np.array([1.0, 2, 3])
    score, _, _ = run(reference, reference, [[1, 1, 1]])
    np.testing.assert_allclose(score, [1.0])


@pytest.mark.parametrize("name", NAMES)
def test_regional_means_have_no_pattern(name, region):
    """The message says what is needed."""
    with pytest.raises(ValueError, match="a spatial pattern needs maps"):
        metrics.get(name)(region([1.0]), region([1.0]), weights=None)


@pytest.mark.parametrize("name", NAMES)
def test_lazy_weights_too(name):
    """Lazy weights are neither computed nor checked."""
    model = cells([1.0, 2, 3])
    weights = xr.ones_like(model).expand_dims(region=["r"]).chunk()
    found = metrics.get(name)(model, model, weights=weights)
    assert isinstance(found["value"].data, dask.array.Array)

"""The policy of weights and missing values."""

import numpy as np
import pytest
import xarray as xr

from benchmark.metrics import aggregate

NAN = np.nan


def cells(values):
    """Return a map (lat, lon)."""
    return xr.DataArray([values], dims=("lat", "lon"))


def areas(*rows):
    """Return weights (region, lat, lon)."""
    return xr.DataArray([[row] for row in rows], dims=("region", "lat", "lon"))


def test_weighted_mean_of_several_regions_by_hand():
    """(1 + 3 * 4) / 4, a region of one cell, and one without a valid cell."""
    weights = areas([1.0, 9.0, 3.0], [0.0, 0.0, 2.0], [0.0, 5.0, 0.0])
    found = aggregate.aggregate(cells([1.0, NAN, 4.0]), weights)
    np.testing.assert_array_equal(found, [3.25, 4.0, NAN])


def test_missing_weights_are_no_area():
    """NaN in a mask means outside."""
    found = aggregate.aggregate(cells([1.0, 2.0]), areas([NAN, 1.0]))
    np.testing.assert_array_equal(found, [2.0])


def test_other_dimensions_are_kept():
    """Twelve months with gaps of their own."""
    field = xr.concat([cells([1.0, 3.0]), cells([NAN, 5.0])], "month")
    found = aggregate.aggregate(field, areas([1.0, 1.0]))
    np.testing.assert_array_equal(found.transpose("month", "region"), [[2.0], [5.0]])


def test_regional_data_pass_unchanged():
    """With weights or without."""
    table = xr.DataArray([1.0, NAN], dims="region")
    for weights in (None, areas([1.0])):
        assert aggregate.aggregate(table, weights) is table
        assert aggregate.total(table, weights) is table


def test_total_and_root_mean_square_by_hand():
    """2 * 3 - 1 * 4, and sqrt((2 * 9 + 1 * 16) / 3)."""
    field, weights = cells([3.0, NAN, -4.0]), areas([2.0, 7.0, 1.0], [0.0, 7.0, 0.0])
    np.testing.assert_array_equal(aggregate.total(field, weights), [2.0, NAN])
    found = aggregate.root_mean_square(field, weights)
    np.testing.assert_allclose(found, [np.sqrt(34 / 3), NAN])


def test_paired_maps_miss_the_same_cells():
    """A cell counts where both sides are valid."""
    model, reference = aggregate.paired(cells([1.0, NAN, 3.0]), cells([NAN, 2.0, 4.0]))
    np.testing.assert_array_equal(model, [[NAN, NAN, 3.0]])
    np.testing.assert_array_equal(reference, [[NAN, NAN, 4.0]])


@pytest.mark.parametrize("scale", [1e-30, 1e30])
def test_the_size_of_the_areas_does_not_matter(scale):
    """Only their shares do."""
    found = aggregate.aggregate(cells([1.0, 4.0]), areas([1.0, 3.0]) * scale)
    np.testing.assert_allclose(found, [3.25])

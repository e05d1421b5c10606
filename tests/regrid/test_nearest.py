"""The nearest source cell: classes, ends of the source, cells on a mesh."""

import numpy as np
import pytest

from benchmark.errors import NoOverlapError
from benchmark.regrid import build_nearest, regrid


def test_classes_stay_classes(make_grid, make_field):
    """Classes are copied from the cell a centre lies in, never averaged."""
    source = make_grid([0, 10, 20], [0, 10, 20, 30])
    classes = make_field([[1.0, 2.0, 7.0], [4.0, 5.0, 9.0]], source)
    target = make_grid([0, 18], [0, 12, 30])
    # Centres (9, 6) and (9, 21), in the first and the third cell of the south.
    result = regrid(classes, target, method="nearest")
    assert result["value"].values.tolist() == [[1.0, 7.0]]


def test_nothing_beyond_the_source(make_grid):
    """Cells whose centre lies outside every source cell get nothing."""
    source = make_grid([40, 50, 60], [100, 110, 120])
    target = make_grid([0, 30, 60, 90], [90, 105, 120, 180])
    overlap = build_nearest(source, target)
    assert overlap.matrix.sum(axis=1).reshape(3, 3).astype(bool).tolist() == [
        [False, False, False],
        [True, True, False],
        [False, False, False],
    ]


def test_far_away(make_grid):
    """Grids on other sides of the Earth share nothing."""
    with pytest.raises(NoOverlapError, match="No centre of the target"):
        build_nearest(make_grid([0, 10], [0, 10]), make_grid([40, 50], [180, 190]))


def test_over_the_dateline_and_poles(regular, make_field):
    """Distances are on the sphere: 182 degrees east is 178 west."""
    source = regular(10.0, west=-180.0)
    lon = make_field(np.tile(np.arange(36.0), (18, 1)), source)
    result = regrid(lon, regular(10.0, west=177.0), method="nearest")
    assert result["value"].isel(lat=9).values[:3].tolist() == [0.0, 1.0, 2.0]
    assert result["value"].notnull().all()

"""The score of each cell is that of the metric, worked by hand."""

import numpy as np
import pytest
import xarray as xr

from benchmark.harmonise.variables import VARIABLES
from benchmark.metrics import metrics
from benchmark.score.score_map import score_map
from benchmark.score.task import Numbers


def cells(*values: float) -> xr.DataArray:
    grid = {"lat": [60.0], "lon": [10.0, 20.0, 30.0]}
    units = {"units": "kg m-2"}
    return xr.DataArray([values], grid, ("lat", "lon"), attrs=units)


MEANS = {
    "model_mean": cells(40.0, 10.0, np.nan),
    "reference_mean": cells(20.0, 10.0, 5.0),
    "reference_crms": cells(20.0, 5.0, 5.0),
}


def of(names: tuple[str, ...], numbers: Numbers) -> xr.DataArray | None:
    """Return the map of the metrics named, those with results of their own given."""
    chosen = [metrics.get(name) for name in names]
    weights = xr.ones_like(MEANS["model_mean"]).expand_dims(region=["all"])
    own = {
        name: metrics.get(name)(**MEANS, weights=weights)
        if name == "ilamb_bias"
        else xr.Dataset()
        for name in names
    }
    return score_map(chosen, own, MEANS, VARIABLES["cSoil"], numbers)


def test_bias_of_cells():
    """exp(-20 / 20), exp(-0 / 5), and nothing where the model has nothing."""
    found = of(("stock_total", "ilamb_bias"), Numbers(relative_tolerance=0.0))
    assert found is not None
    np.testing.assert_allclose(found[0], [np.exp(-1), 1.0, np.nan], rtol=1e-6)
    assert found.attrs == {"metric": "ilamb_bias", "of_cells": "yes"}
    assert found.dtype == "float32"


@pytest.mark.parametrize(("tolerance", "score"), [(0.0, np.exp(-1)), (1.0, 1.0)])
def test_ratio_of_cells(tolerance, score):
    """A factor of two scores exp(-1), or 1 where the uncertainty is a factor of two."""
    found = of(("stock_total",), Numbers(relative_tolerance=tolerance))
    assert found is not None
    np.testing.assert_allclose(found[0], [score, 1.0, np.nan], rtol=1e-6)
    assert found.attrs == {"metric": "stock_total", "of_cells": "no"}


def test_distance_of_cells():
    """20 beyond the reference, 5 of them forgiven, at a scale of 30: exp(-15 / 30)."""
    found = of(("regional_mean",), Numbers(tolerance=5.0, scale=30.0))
    assert found is not None
    np.testing.assert_allclose(found[0], [np.exp(-0.5), 1.0, np.nan], rtol=1e-6)


def test_no_map_without_numbers():
    """A total, or a metric whose tolerance nobody stated, has no score of cells."""
    assert of(("stock_total", "regional_mean"), Numbers()) is None
    assert of(("regional_total",), Numbers(tolerance=5.0, scale=30.0)) is None

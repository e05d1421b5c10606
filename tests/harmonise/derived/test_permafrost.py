"""The two-year rule, on columns whose frozen layers are known."""

import numpy as np
import pytest
import xarray as xr

from benchmark.errors import NotCoveredError
from benchmark.harmonise.derived.permafrost import frozen_share
from benchmark.harmonise.soil.temperature import LAYER

TOP, BOTTOM = [0.0, 1.0, 3.0], [1.0, 3.0, 9.0]


def columns(warmest: list[list[float]], years: list[int] | None = None) -> xr.DataArray:
    """Return (time, layer) whose warmest month of each year is as given, in degC."""
    values = np.repeat(np.asarray(warmest, dtype=float) - 5.0, 12, axis=0)
    values[6::12] += 5.0
    every = years or list(range(2000, 2000 + len(warmest)))
    coords = {
        "year": ("time", np.repeat(every, 12)),
        "month": ("time", np.tile(np.arange(1, 13), len(warmest))),
        "top": (LAYER, TOP),
        "bottom": (LAYER, BOTTOM),
    }
    return xr.DataArray(values + 273.15, coords, ("time", LAYER))


def test_the_same_layer_in_two_years() -> None:
    """Frozen in one layer and then in another is not frozen for two years."""
    apart = columns([[-1.0, 1.0, 9.0], [1.0, -1.0, 9.0]])
    assert frozen_share(apart, "a.nc")[0].item() == 0.0
    same = columns([[-1.0, 1.0, 9.0], [-1.0, 1.0, 9.0]])
    assert frozen_share(same, "a.nc")[0].item() == 1.0


def test_only_near_the_surface() -> None:
    """A layer with its middle at 6 m says nothing."""
    deep = columns([[1.0, 1.0, -1.0], [1.0, 1.0, -1.0]])
    assert frozen_share(deep, "a.nc")[0].item() == 0.0


def test_the_share_of_pairs() -> None:
    """Frozen in 2000-2002 and not in 2003-2004: two of four pairs."""
    cold, warm = [-1.0, 1.0, 9.0], [1.0, 1.0, 9.0]
    share, pairs = frozen_share(columns([cold, cold, cold, warm, warm]), "a.nc")
    assert (share.item(), pairs) == (0.5, 4)


def test_years_apart_are_no_pair() -> None:
    """2000 and 2002 are not consecutive, and one year is not enough."""
    cold = [-1.0, 1.0, 9.0]
    with pytest.raises(NotCoveredError, match="two consecutive whole years"):
        frozen_share(columns([cold, cold], [2000, 2002]), "a.nc")


def test_at_freezing_is_not_frozen() -> None:
    """A month at 0 degrees is not below it."""
    share, _ = frozen_share(columns([[0.0, 1.0, 9.0]] * 2), "a.nc")
    assert share.item() == 0.0


def test_the_sea_is_missing() -> None:
    """No layer is neither frozen nor thawed."""
    share, _ = frozen_share(columns([[np.nan] * 3] * 2), "a.nc")
    assert np.isnan(share.item())

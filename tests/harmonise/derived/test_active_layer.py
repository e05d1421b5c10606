"""Active layers of columns worked by hand: steps, taliks, lenses, bedrock."""

from typing import Any

import cftime
import numpy as np
import pytest
import xarray as xr
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from benchmark.harmonise.derived.active_layer import active_layer, thaw_depth
from benchmark.harmonise.soil.temperature import LAYER

# Middles of the layers: 0.1, 0.5, 1.0, 1.5 m.
TOP, BOTTOM = [0.0, 0.2, 0.8, 1.2], [0.2, 0.8, 1.2, 1.8]


def column(celsius: Any, calendar: str = "noleap") -> xr.DataArray:
    """Return soil temperature (time, layer) of 2001 of degrees Celsius."""
    values = np.asarray(celsius, dtype=float) + 273.15
    months = np.arange(values.shape[0])
    dates = [cftime.datetime(2001 + m // 12, m % 12 + 1, 15, calendar=calendar)
             for m in months.tolist()]  # fmt: skip
    coords = {
        "time": dates,
        "year": ("time", 2001 + months // 12),
        "month": ("time", months % 12 + 1),
        "top": (LAYER, TOP),
        "bottom": (LAYER, BOTTOM),
    }
    return xr.DataArray(values, coords, ("time", LAYER))


def year(summer: list[float], winter: list[float]) -> list[list[float]]:
    """Return twelve months: one of summer, the others of winter."""
    return [summer if month == 6 else winter for month in range(12)]


FROZEN = [-9.0, -6.0, -4.0, -3.0]


@pytest.mark.parametrize("calendar", ["noleap", "360_day", "standard"])
def test_a_step_by_hand(calendar: str) -> None:
    """2 degrees at 0.5 m and -2 at 1.0 m cross at 0.75 m, whatever the others."""
    depth, left = active_layer(column(year([8.0, 2.0, -2.0, -3.0], FROZEN), calendar))
    np.testing.assert_allclose(depth, [0.75], rtol=1e-12)
    assert not any(bool(where.any()) for where in left.values())


def test_the_crossing_is_weighted_by_temperature() -> None:
    """3 degrees at 0.1 m and -1 at 0.5 m: three quarters of 0.4 m below 0.1 m."""
    depth, _ = active_layer(column(year([3.0, -1.0, -2.0, -3.0], FROZEN)))
    np.testing.assert_allclose(depth, [0.4], rtol=1e-12)


def test_frozen_all_year_is_no_depth() -> None:
    """A column of which no layer thaws has an active layer of 0 m."""
    depth, _ = active_layer(column([FROZEN] * 12))
    assert depth.values.tolist() == [0.0]


def test_the_bottom_is_never_the_depth() -> None:
    """Soil that thaws down to its last layer is missing, and counted."""
    depth, left = active_layer(column(year([8.0, 4.0, 2.0, 0.5], FROZEN)))
    assert np.isnan(depth.item())
    assert left["bottom"].values.tolist() == [True]
    assert not left["talik"].any()


def test_soil_that_never_freezes() -> None:
    """Soil above 0 degrees all year has no active layer, which is another reason."""
    depth, left = active_layer(column([[8.0, 5.0, 4.0, 3.0]] * 12))
    assert np.isnan(depth.item())
    assert (left["unfrozen"].item(), left["bottom"].item()) == (True, False)


def test_a_talik_is_left_out() -> None:
    """A layer that stays thawed above permafrost is no active layer."""
    winter = [-9.0, 0.5, -1.0, -2.0]
    depth, left = active_layer(column(year([8.0, 3.0, -1.0, -2.0], winter)))
    assert np.isnan(depth.item())
    assert left["talik"].values.tolist() == [True]


def test_a_lens_that_refreezes_counts() -> None:
    """In autumn the crossing is the lower end of what is still thawed: 0.75 m."""
    depth, left = active_layer(column(year([-5.0, 2.0, -2.0, -3.0], FROZEN)))
    np.testing.assert_allclose(depth, [0.75], rtol=1e-12)
    assert not left["talik"].any()


def test_thawed_ground_below_permafrost_is_no_matter() -> None:
    """Deep soils are warm again below; that is neither thaw nor talik."""
    depth, left = active_layer(
        column(year([3.0, -1.0, -2.0, 1.0], [-9.0, -6.0, -2.0, 1.0]))
    )
    np.testing.assert_allclose(depth, [0.4], rtol=1e-12)
    assert not any(bool(where.any()) for where in left.values())


def test_bedrock_is_the_end_of_the_column() -> None:
    """Missing layers below do not count; one that is missing within is a gap."""
    nan = np.nan
    shallow = column(year([3.0, -1.0, nan, nan], [-9.0, -6.0, nan, nan]))
    np.testing.assert_allclose(active_layer(shallow)[0], [0.4], rtol=1e-12)
    through = column(year([3.0, 1.0, nan, nan], [-9.0, -6.0, nan, nan]))
    assert active_layer(through)[1]["bottom"].item()
    gap = column(year([3.0, nan, -2.0, -3.0], [-9.0, nan, -4.0, -3.0]))
    assert np.isnan(active_layer(gap)[0].item())


def test_a_sea_is_missing() -> None:
    """No layer, no depth, and no reason to be told."""
    depth, left = active_layer(column(np.full((12, 4), np.nan)))
    assert np.isnan(depth.item())
    assert not any(bool(where.any()) for where in left.values())


def test_each_year_has_its_own() -> None:
    """The largest of each year: 0.4 and 0.75 m; lazy fields give the same."""
    months = year([3.0, -1.0, -2.0, -3.0], FROZEN)
    months += year([8.0, 2.0, -2.0, -3.0], FROZEN)
    field = column(months)
    np.testing.assert_allclose(active_layer(field)[0], [0.4, 0.75], rtol=1e-12)
    lazy, _ = active_layer(field.chunk({"time": 5, LAYER: 2}))
    assert lazy.chunks is not None
    np.testing.assert_allclose(lazy.compute(), [0.4, 0.75], rtol=1e-12)


PROFILES = arrays(float, 4, elements=st.floats(-30.0, 30.0, allow_nan=False, width=32))


@given(PROFILES)
def test_the_crossing_lies_inside_the_soil(celsius: np.ndarray) -> None:
    """It is 0, infinite, or between the middles of the first and the last layer."""
    depth = thaw_depth(column(celsius[None])).item()
    assert depth in (0.0, np.inf) or 0.1 - 1e-12 <= depth <= 1.5 + 1e-12


@given(PROFILES, arrays(float, 4, elements=st.floats(0.0, 20.0, width=32)))
def test_warming_never_raises_the_crossing(
    celsius: np.ndarray, warming: np.ndarray
) -> None:
    """Whatever layers warm, thaw goes deeper or stays."""
    cold, warm = (
        thaw_depth(column(c[None])).item() for c in (celsius, celsius + warming)
    )
    assert warm >= cold - 1e-9

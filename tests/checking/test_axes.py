"""Headers tell of which kind dates and grids are."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import xarray as xr

from benchmark.checking.axes import grid_of_header, stamps_of

Make = Callable[..., Any]
LAT, LON = {"units": "degrees_north"}, {"units": "degrees_east"}


@pytest.mark.parametrize(
    ("days", "text"),
    [
        ([0, 31, 59], "dates on the first, no bounds, noleap calendar"),
        ([14, 45, 73], "dates in the middle of months, no bounds, noleap calendar"),
        ([30, 58, 89], "dates at the end of months, no bounds, noleap calendar"),
    ],
)
def test_stamps(days: list[int], text: str) -> None:
    """Where in their months dates stand is read from the days since 1 January."""
    units = {"units": "days since 2001-01-01", "calendar": "noleap"}
    data = xr.Dataset(coords={"time": ("time", days, units)})
    assert stamps_of(data, "a.nc") == text


def test_one_date_beside_a_map_is_no_axis() -> None:
    """`squeeze` leaves one; it stopped the reading of the whole file."""
    units = {"units": "days since 2001-01-01", "calendar": "noleap"}
    data = xr.Dataset(coords={"time": ((), 14, units)})
    assert stamps_of(data, "a.nc") == ""


def test_rectilinear(gridded: Make, gpp_values: Make) -> None:
    """Rows and columns are told with their number and step."""
    data = gridded(gpp_values(12))
    told = grid_of_header(data, data["gpp"])
    assert told == "rectilinear 10 x 72 (steps of 5 in lat), with bounds"


def test_curvilinear_and_rotated() -> None:
    """Two-dimensional coordinates are curvilinear, with a grid mapping rotated."""
    data = xr.Dataset({"gpp": (("y", "x"), np.ones((3, 4)))})
    data["lat"] = (("y", "x"), np.linspace(50, 60, 12).reshape(3, 4), LAT)
    data["lon"] = (("y", "x"), np.linspace(0, 10, 12).reshape(3, 4), LON)
    assert grid_of_header(data, data["gpp"]) == "curvilinear 3 x 4, without bounds"
    attrs = {"grid_mapping_name": "rotated_latitude_longitude"}
    data["pole"] = ((), 0, attrs)
    data["gpp"].attrs["grid_mapping"] = "pole"
    assert grid_of_header(data, data["gpp"]) == "rotated 3 x 4, without bounds"


def test_no_place() -> None:
    """A variable without latitude and longitude is said to have none."""
    data = xr.Dataset({"gpp": (("sgrid",), np.ones(3))})
    assert grid_of_header(data, data["gpp"]).startswith("no latitude and longitude")

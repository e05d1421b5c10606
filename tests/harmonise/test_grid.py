"""Latitudes and longitudes in every order and under every name."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import xarray as xr

from benchmark.errors import InputError
from benchmark.harmonise.grid import area_ratio, standard_grid

Refusal = Callable[..., str]

# 4 pi (6.371e6 m)^2.
SPHERE = 5.100644719e14


def make(
    lat: np.ndarray | list[float],
    lon: np.ndarray | list[float],
    names: tuple[str, str] = ("lat", "lon"),
    dims: tuple[str, str] | None = None,
) -> xr.Dataset:
    """Return a field whose value is 1000 times latitude plus longitude."""
    lat, lon = np.asarray(lat, float), np.asarray(lon, float)
    dims = dims or names
    values = 1000 * lat[:, None] + (lon[None, :] + 360) % 360
    return xr.Dataset(
        {"value": (dims, values)},
        coords={names[0]: (dims[0], lat), names[1]: (dims[1], lon)},
    )


def standard(data: xr.Dataset) -> xr.Dataset:
    """Return the data on the standard grid, where each value keeps its place."""
    grid = standard_grid(data, "a.nc")[0]
    lat, lon = grid["lat"].to_numpy(), grid["lon"].to_numpy()
    assert (np.diff(lat) > 0).all()
    assert (np.diff(lon) > 0).all()
    expected = 1000 * lat[:, None] + (lon[None, :] + 720) % 360
    values = grid["value"].transpose("lat", "lon").to_numpy()
    np.testing.assert_allclose(values, expected)
    for axis, centres in (("lat", lat), ("lon", lon)):
        bounds = grid[f"{axis}_bnds"].to_numpy()
        assert (bounds[:, 0] < centres + 1e-9).all()
        assert (bounds[:, 1] > centres - 1e-9).all()
    return grid


LAT = np.arange(-87.5, 90, 5)
GLOBAL_LON = {
    "from 0": np.arange(2.5, 360, 5),
    "from -180": np.arange(-177.5, 180, 5),
    "0 to 180, then -180 to 0": np.r_[2.5:180:5, -177.5:0:5],
    "from 180": np.arange(182.5, 540, 5),
    "westward": np.arange(357.5, 0, -5),
    "from 20": np.arange(22.5, 380, 5) % 360,
}


@pytest.mark.parametrize("lon", GLOBAL_LON.values(), ids=GLOBAL_LON)
@pytest.mark.parametrize("lat", [LAT, LAT[::-1]], ids=["northward", "southward"])
def test_global_grids(lat: np.ndarray, lon: np.ndarray) -> None:
    """Any order of a global grid becomes ascending, and its areas are the sphere."""
    grid = standard(make(lat, lon))
    assert float(grid["cell_area"].sum()) == pytest.approx(SPHERE, rel=1e-9)


def test_area_of_a_cell() -> None:
    """A cell of 0-30 N and 90 degrees is a sixteenth of the sphere: sin 30 = 1/2."""
    data = make([15.0, 45.0], [45.0, 135.0])
    grid = standard(data)
    assert float(grid["cell_area"][0, 0]) == pytest.approx(SPHERE / 16, rel=1e-9)


def test_region_across_the_dateline() -> None:
    """A region across the dateline stays whole."""
    grid = standard(make([60.0, 65.0], [165.0, 170.0, 175.0, -180.0, -175.0]))
    assert grid["lon"].to_numpy().tolist() == [165, 170, 175, 180, 185]


def test_region_in_the_west() -> None:
    """A region of 230-310 E is 130-50 W."""
    grid = standard(make([60.0, 65.0], [230.0, 270.0, 310.0]))
    assert grid["lon"].to_numpy().tolist() == [-130, -90, -50]


def test_repeated_meridian() -> None:
    """A last meridian that repeats the first is dropped, and said."""
    data = make(LAT, np.arange(0, 361, 5.0))
    grid, remarks = standard_grid(data, "a.nc")
    assert grid.sizes["lon"] == 72
    assert any("repeats the first" in remark for remark in remarks)
    assert float(grid["cell_area"].sum()) == pytest.approx(SPHERE, rel=1e-9)


def test_inferred_bounds_end_at_the_poles() -> None:
    """Centres on the poles have half a cell, and that is said."""
    data = make(np.arange(-90, 91, 2.0), np.arange(0, 360, 3.0))
    grid, remarks = standard_grid(data, "a.nc")
    assert grid["lat_bnds"].to_numpy()[[0, -1]].tolist() == [[-90, -89], [89, 90]]
    assert "lat bounds are absent: taken half-way between centres" in remarks
    assert float(grid["cell_area"].sum()) == pytest.approx(SPHERE, rel=1e-9)


def test_stated_bounds_are_used() -> None:
    """Bounds of uneven cells are kept, whatever order the pairs have."""
    data = make([10.0, 40.0], [10.0, 40.0])
    data["lat"].attrs["bounds"] = "edges"
    data["edges"] = (("lat", "two"), [[20.0, 0.0], [60.0, 20.0]])
    data["lon_bnds"] = (("lon", "two"), [[0.0, 20.0], [20.0, 60.0]])
    grid, remarks = standard_grid(data, "a.nc")
    assert grid["lat_bnds"].to_numpy().tolist() == [[0, 20], [20, 60]]
    assert grid["lon_bnds"].to_numpy().tolist() == [[0, 20], [20, 60]]
    assert remarks == []


def test_bounds_beyond_the_poles_are_cut() -> None:
    """Bounds of 92 degrees end at the pole."""
    data = make([84.0, 88.0], [10.0, 40.0])
    data["lat_bnds"] = (("lat", "bnds"), [[82.0, 86.0], [86.0, 92.0]])
    assert standard(data)["lat_bnds"].to_numpy()[-1].tolist() == [86, 90]


@pytest.mark.parametrize("start", [0.0, 2.5])
def test_bounds_counted_across_zero(start: float) -> None:
    """Bounds such as (357.5, 2.5) of the cell at 0 are 5 degrees wide."""
    lon = np.arange(start, 360, 5)
    data = make(LAT, lon)
    pairs = np.stack([(lon - 2.5) % 360, (lon + 2.5) % 360], axis=1)
    data["lon_bnds"] = (("lon", "bnds"), pairs)
    grid = standard(data)
    np.testing.assert_allclose(np.diff(grid["lon_bnds"].to_numpy()), 5.0)


@pytest.mark.parametrize("turn", [-360.0, 360.0])
def test_bounds_of_another_turn(turn: float) -> None:
    """Bounds counted from another meridian than the centres fit after a turn."""
    lon = np.arange(2.5, 360, 5)
    data = make(LAT, lon)
    data["lon_bnds"] = (("lon", "bnds"), np.stack([lon - 2.5, lon + 2.5], 1) + turn)
    standard(data)


@pytest.mark.parametrize(
    ("names", "dims"),
    [
        (("latitude", "longitude"), None),
        (("nav_lat", "nav_lon"), ("y", "x")),
        (("lat", "lon"), ("y", "x")),
        (("latitude", "longitude"), ("lat", "lon")),
        (("latitude", "longitude"), ("y", "x")),
    ],
)
def test_names(names: tuple[str, str], dims: tuple[str, str] | None) -> None:
    """Coordinates are found under their usual names, whatever the dimensions."""
    standard(make(LAT, np.arange(2.5, 360, 5), names, dims))


@pytest.mark.parametrize(
    "attrs",
    [
        ({"standard_name": "latitude"}, {"standard_name": "longitude"}),
        ({"units": "degrees_north"}, {"units": "degrees_east"}),
    ],
)
def test_coordinates_found_by_attributes(attrs: tuple[dict, dict]) -> None:
    """Coordinates of any name are found by CF standard name or units."""
    data = make(LAT, np.arange(2.5, 360, 5), ("north", "east"))
    data["north"].attrs, data["east"].attrs = attrs
    standard(data)


@pytest.mark.parametrize(("drop", "word"), [("lat", "latitude"), ("lon", "longitude")])
def test_missing_coordinate(drop: str, word: str, refusal: Refusal) -> None:
    """A missing coordinate is named, with what there is and what is expected."""
    message = refusal(standard_grid, make(LAT, [0.0, 5.0]).drop_vars(drop), "a.nc: gpp")
    assert message.startswith(f"a.nc: gpp: no {word}: the variable has")
    assert f"standard_name '{word}'" in message


def test_curvilinear(refusal: Refusal) -> None:
    """Two-dimensional latitudes are refused."""
    lat, lon = np.meshgrid([50.0, 60.0], [0.0, 10.0], indexing="ij")
    data = xr.Dataset(
        {"value": (("y", "x"), lat)},
        coords={"lat": (("y", "x"), lat), "lon": (("y", "x"), lon)},
    )
    assert "expected a rectilinear grid" in refusal(standard_grid, data, "a.nc")


@pytest.mark.parametrize(
    ("lat", "index", "pair"),
    [
        ([10, 20, 15, 30], 2, "(20, 15)"),
        ([30, 20, 25, 10], 2, "(20, 25)"),
        ([10, 20, 20, 30], 2, "(20, 20)"),
        ([10, 10, 20, 30], 1, "(10, 10)"),
    ],
)
def test_not_monotonic(
    lat: list[float], index: int, pair: str, refusal: Refusal
) -> None:
    """A latitude out of order is named by its index and values."""
    message = refusal(standard_grid, make(lat, [0.0, 5.0]), "a.nc")
    assert f"lat is not monotonic at index {index} {pair}" in message


@pytest.mark.parametrize(
    ("lat", "words"),
    [
        ([50.0, np.nan, 60.0], "lat has missing values"),
        ([1e6, 2e6], "lat runs from 1e+06 to 2e+06; expected degrees"),
        ([50.0], "one lat without bounds"),
    ],
)
def test_what_is_no_latitude(lat: list[float], words: str, refusal: Refusal) -> None:
    """Missing numbers, metres and a single latitude without bounds are refused."""
    assert words in refusal(standard_grid, make(lat, [0.0, 5.0]), "a.nc")


def test_bounds_of_other_cells(refusal: Refusal) -> None:
    """A centre outside its bounds is named with them."""
    data = make([10.0, 20.0], [0.0, 5.0])
    data["lat_bnds"] = (("lat", "bnds"), [[5.0, 15.0], [25.0, 35.0]])
    message = refusal(standard_grid, data, "a.nc")
    assert "lat 20 is not inside its bounds (25, 35)" in message
    assert "'lat_bnds'" in message


def test_bounds_of_another_shape(refusal: Refusal) -> None:
    """Bounds of four corners are refused with the shape that is expected."""
    data = make([10.0, 20.0], [0.0, 5.0])
    data["lat_bnds"] = (("lat", "corner"), np.zeros((2, 4)))
    assert "has shape (2, 4); expected (2, 2)" in refusal(standard_grid, data, "a.nc")


def test_area_ratio() -> None:
    """The ratio is that of the sums; of other shapes it is not a number."""
    area = xr.DataArray(np.full((2, 3), 4.0), dims=("lat", "lon"))
    assert area_ratio(area / 2, area) == 0.5
    assert np.isnan(area_ratio(area[:, :2], area))


@pytest.mark.parametrize("axis", ["lat", "lon"])
def test_bounds_with_gaps(gridded: Any, gpp_values: Any, axis: str) -> None:
    """Cells that do not touch are refused, with where they part."""
    data = gridded(gpp_values(12))
    bounds = data[f"{axis}_bnds"]
    middle = bounds.mean("bnds")
    data[f"{axis}_bnds"] = middle + (bounds - middle) * 0.4
    with pytest.raises(InputError, match=f"{axis} bounds end at .* go on at"):
        standard_grid(data, "x.nc")


def test_radians_and_indices_are_no_degrees(gridded: Any, gpp_values: Any) -> None:
    """Axes in radians, or counted from 0 without units, are refused."""
    data = gridded(gpp_values(12)).drop_vars(["lat_bnds", "lon_bnds"])
    turned = data.assign_coords(
        lat=("lat", np.radians(data["lat"].to_numpy()), {"units": "radians"})
    )
    with pytest.raises(InputError, match="units 'radians'; expected degrees"):
        standard_grid(turned, "x.nc")
    counted = data.assign_coords(lat=np.arange(10.0), lon=np.arange(72.0))
    with pytest.raises(InputError, match="look like indices"):
        standard_grid(counted, "x.nc")

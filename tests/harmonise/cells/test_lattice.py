"""Rows and columns that are not written as such."""

from pathlib import Path

import dask.array
import numpy as np
import pytest
import xarray as xr

from benchmark.harmonise.cells.mesh import as_rectilinear, is_rectilinear
from benchmark.harmonise.grid import standard_grid
from benchmark.readers.netcdf import open_grid


def through_a_file(data: xr.Dataset, folder: Path) -> xr.Dataset:
    """Return data as the reader gives it."""
    path = folder / "a.nc"
    data.to_netcdf(path)
    return open_grid([str(path)], time=False)


def cells(lat: np.ndarray, lon: np.ndarray) -> xr.Dataset:
    """Return a list of cells whose value is 1000 times latitude plus longitude."""
    values = np.stack([1000 * lat + lon % 360, -lat])
    return xr.Dataset(
        {"gpp": (("time", "cell"), values, {"units": "kg m-2 s-1"})},
        coords={
            "lat": ("cell", lat, {"units": "degrees_north"}),
            "lon": ("cell", lon, {"units": "degrees_east"}),
        },
    )


def half_degrees(seed: int = 1) -> tuple[np.ndarray, np.ndarray]:
    """Return two thirds of the cells of a region of half degrees, in any order."""
    lat, lon = np.meshgrid(np.arange(60.25, 65), np.arange(20.25, 28, 0.5))
    chosen = np.random.default_rng(seed).permutation(lat.size)[: 2 * lat.size // 3]
    return lat.ravel()[chosen], lon.ravel()[chosen]


@pytest.mark.parametrize("shift", [0.0, -360.0, 158.0, -24.0])
def test_list_of_cells(shift: float, tmp_path: Path) -> None:
    """Each cell finds its place, east and west of any meridian; others are NaN."""
    lat, lon = half_degrees()
    lon = (lon + shift + 180) % 360 - 180
    data = through_a_file(cells(lat, lon), tmp_path)
    assert is_rectilinear(data, data["gpp"])
    grid = as_rectilinear(data, "gpp", "a.nc: gpp")
    assert grid is not None
    assert grid["gpp"].dims == ("time", "lat", "lon")
    first = grid["gpp"][0]
    assert int(first.notnull().sum()) == lat.size
    expected = 1000 * grid["lat"] + grid["lon"] % 360
    xr.testing.assert_allclose(
        first.drop_attrs(), expected.where(first.notnull()), rtol=1e-9
    )
    assert grid["gpp"].attrs["units"] == "kg m-2 s-1"


def test_list_becomes_a_standard_grid(tmp_path: Path) -> None:
    """Columns without any cell are put in, so that cells keep their width."""
    lat, lon = np.meshgrid(np.arange(60.25, 64, 0.5), np.arange(20.25, 28, 0.5))
    keep = (lon != 23.25) & (lat != 61.75)
    data = through_a_file(cells(lat[keep], lon[keep]), tmp_path)
    grid = as_rectilinear(data, "gpp", "a.nc: gpp")
    assert grid is not None
    assert grid["lon"].to_numpy().tolist() == np.arange(20.25, 28, 0.5).tolist()
    assert grid["lat"].to_numpy().tolist() == np.arange(60.25, 64, 0.5).tolist()
    assert bool(grid["gpp"].sel(lon=23.25).isnull().all())
    ready, _ = standard_grid(grid.rename(gpp="value"), "a.nc")
    assert float(ready["lat_bnds"][0, 0]) == 60.0


def test_list_stays_lazy(tmp_path: Path) -> None:
    """No value is read, and chunks along time are kept."""
    data = through_a_file(cells(*half_degrees()), tmp_path).chunk({"time": 1})
    grid = as_rectilinear(data, "gpp", "a.nc: gpp")
    assert grid is not None
    assert isinstance(grid["gpp"].data, dask.array.Array)
    assert grid["gpp"].chunksizes["time"] == (1, 1)
    assert float(grid["gpp"][1].min()) == -64.25


def test_box_corners_of_a_list(tmp_path: Path) -> None:
    """Cells that say they are boxes of the lattice are one; smaller boxes are not."""
    lat, lon = half_degrees()
    for size, expected in ((1.0, True), (0.5, False)):
        data = cells(lat, lon)
        signs = np.array([-1, -1, 1, 1]), np.array([-1, 1, 1, -1])
        height, width = size / 2, size / 4
        data["lat_bnds"] = (("cell", "nv"), lat[:, None] + height * signs[0])
        data["lon_bnds"] = (("cell", "nv"), lon[:, None] + width * signs[1])
        data = through_a_file(data, tmp_path)
        assert is_rectilinear(data, data["gpp"]) is expected


@pytest.mark.parametrize(
    "places",
    [
        np.random.default_rng(0).uniform(50, 80, (2, 60)).round(2),
        np.array([[60.0, 65, 70], [10.0, 20, 30]]),
        np.array([[60.0] * 20, np.arange(20.0)]),
    ],
    ids=["sites", "three sites", "one row"],
)
def test_what_is_no_lattice(places: np.ndarray, tmp_path: Path) -> None:
    """Sites are not mistaken for cells of a grid."""
    data = through_a_file(cells(*places), tmp_path)
    assert not is_rectilinear(data, data["gpp"])
    assert as_rectilinear(data, "gpp", "a.nc: gpp") is None


def flat(turned: bool) -> xr.Dataset:
    """Return a file whose two-dimensional latitude and longitude do not bend."""
    lon, lat = np.meshgrid(np.arange(170.0, 190, 2), np.arange(60.0, 70, 1))
    dims = ("y", "x")
    if turned:
        lat, lon, dims = lat.T, lon.T, ("x", "y")
    lon = np.where(lon > 180, lon - 360, lon)
    return xr.Dataset(
        {"gpp": (dims, 1000 * lat + lon % 360)},
        coords={
            "nav_lat": (dims, lat.astype("f4"), {"units": "degrees_north"}),
            "nav_lon": (dims, lon.astype("f4"), {"units": "degrees_east"}),
        },
    )


@pytest.mark.parametrize("turned", [False, True])
def test_meshgrid(turned: bool, tmp_path: Path) -> None:
    """Coordinates (y, x) that do not bend become axes, across the dateline too."""
    data = through_a_file(flat(turned), tmp_path)
    assert is_rectilinear(data, data["gpp"])
    grid = as_rectilinear(data, "gpp", "a.nc: gpp")
    assert grid is not None
    ready, _ = standard_grid(grid.rename(gpp="value"), "a.nc")
    expected = 1000 * ready["lat"] + ready["lon"] % 360
    value = ready["value"].transpose("lat", "lon")
    np.testing.assert_allclose(value.to_numpy(), expected.to_numpy(), rtol=1e-6)
    assert ready.sizes["lat"] == ready.sizes["lon"] == 10


def test_meshgrid_with_corners(tmp_path: Path) -> None:
    """Edges of boxes become bounds; cells that are no boxes keep their corners."""
    data = flat(turned=False)
    lat, lon = (data[name].to_numpy()[..., None] for name in ("nav_lat", "nav_lon"))
    north, east = np.array([-0.4, -0.4, 0.6, 0.6]), np.array([-1, 1, 1, -1.0])
    data["bounds_lat"] = (("y", "x", "nvertex"), lat + north)
    data["bounds_lon"] = (("y", "x", "nvertex"), (lon + east) % 360)
    opened = through_a_file(data, tmp_path)
    grid = as_rectilinear(opened, "gpp", "a.nc: gpp")
    assert grid is not None
    assert grid["lat_bnds"][0].to_numpy() == pytest.approx([59.6, 60.6], abs=1e-4)
    assert grid["lon_bnds"][0].to_numpy() == pytest.approx([169.0, 171.0], abs=1e-4)
    standard_grid(grid.rename(gpp="value"), "a.nc")
    data["bounds_lat"] = data["bounds_lat"] + xr.DataArray(
        [0.0, 0.3, 0.0, 0.3], dims="nvertex"
    )
    opened = through_a_file(data, tmp_path)
    assert as_rectilinear(opened, "gpp", "a.nc: gpp") is None


def test_axes_as_they_should_be() -> None:
    """A grid with axes is returned as it is."""
    data = xr.Dataset(
        {"gpp": (("lat", "lon"), np.ones((3, 4)))},
        coords={"lat": [1.0, 2.0, 3.0], "lon": [5.0, 6.0, 7.0, 8.0]},
    )
    assert as_rectilinear(data, "gpp", "a.nc") is data

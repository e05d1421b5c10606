"""Coordinates from a file of their own."""

from pathlib import Path

import dask.array
import numpy as np
import pytest
import xarray as xr

from benchmark.config import GridFile
from benchmark.errors import InputError
from benchmark.readers.grid_file import with_grid

DEGREES = [10.0, 20.0, 30.0]


def values(dim: str = "ncells", size: int = 3) -> xr.Dataset:
    """Return values of two months on cells that have no coordinates."""
    data = np.arange(2.0 * size).reshape(2, size)
    return xr.Dataset({"gpp": (("time", dim), data)}, attrs={"files": ["gpp.nc"]})


@pytest.fixture
def icon(tmp_path: Path) -> GridFile:
    """Write a grid file as ICON's are: radians, and vertices of each cell."""
    attrs = {"units": "radian", "bounds": "clat_vertices"}
    data = xr.Dataset(
        {
            "clat": ("cell", np.radians(DEGREES), attrs),
            "clon": ("cell", np.radians(DEGREES), {"units": "radian"}),
            "clat_vertices": (("cell", "nv"), np.zeros((3, 3)), {"units": "radian"}),
            "neighbour": (("nv", "cell"), np.ones((3, 3), int)),
        }
    )
    data["clat"].attrs["standard_name"] = "latitude"
    data["clon"].attrs["standard_name"] = "longitude"
    data.to_netcdf(tmp_path / "grid.nc")
    return GridFile((str(tmp_path / "grid.nc"),))


def test_same_dimension(icon: GridFile) -> None:
    """Coordinates in degrees, corners and neighbours stand beside the values."""
    data = with_grid(values("cell"), icon)
    np.testing.assert_allclose(data["clat"], DEGREES)
    assert data["clat"].attrs["units"] == "degrees_north"
    assert data["clat_vertices"].dims == ("cell", "nv")
    assert "neighbour" in data.variables
    assert data.attrs["remarks"] == []


def test_dimension_by_length(icon: GridFile, tmp_path: Path) -> None:
    """A dimension of another name is matched by its length, with a remark."""
    data = with_grid(values("ncells"), icon)
    assert data["clat"].dims == ("ncells",)
    assert "'cell' is 'ncells'" in data.attrs["remarks"][0]


def test_dimension_that_does_not_fit(icon: GridFile) -> None:
    """Another number of cells is refused with both."""
    with pytest.raises(InputError, match=r"on \(cell 3\), .* are on \(ncells 4\)"):
        with_grid(values(size=4), icon)


def test_dimension_that_is_ambiguous(icon: GridFile) -> None:
    """Two dimensions of the same length are not guessed between."""
    data = values().expand_dims(tile=3)
    with pytest.raises(InputError, match=r"on \(tile 3, ncells 3\)"):
        with_grid(data, icon)


def test_list_of_cells(tmp_path: Path) -> None:
    """Names of latitude, longitude and area may be said."""
    path = tmp_path / "cells.nc"
    columns = {"y": DEGREES, "x": DEGREES, "km2": [1.0, 2.0, 3.0], "class": [1, 2, 3]}
    xr.Dataset({n: ("gridcell", v) for n, v in columns.items()}).to_netcdf(path)
    grid = GridFile((str(path),), lat="y", lon="x", area="km2")
    data = with_grid(values(), grid)
    assert data["lat"].to_numpy().tolist() == DEGREES
    assert data["lon"].attrs["units"] == "degrees_east"
    assert data["cell_area"].dims == ("ncells",)
    assert "class" not in data.variables
    wrong = GridFile((str(path),), lat="lat", lon="x")
    with pytest.raises(InputError, match="no 'lat'; found y, x"):
        with_grid(values(), wrong)


def test_file_without_coordinates(tmp_path: Path) -> None:
    """A file without latitude and longitude is refused with what it has."""
    xr.Dataset({"area": ("cell", [1.0])}).to_netcdf(tmp_path / "a.nc")
    with pytest.raises(InputError, match="no latitude and longitude; found area"):
        with_grid(values(), GridFile((str(tmp_path / "a.nc"),)))


def test_no_file() -> None:
    """A grid that only says how cells are bounded passes that on with the values."""
    data = values()
    found = with_grid(data, GridFile(cells="voronoi"))
    assert found.attrs["cells"] == "voronoi"
    xr.testing.assert_equal(found, data)


@pytest.fixture
def sparse(tmp_path: Path) -> str:
    """Write a map of three cells that count from 1, and where each of them is."""
    numbers = np.array([[1, 1, 2], [3, np.nan, 2]])
    xr.Dataset(
        {
            "of": (("lat", "lon"), numbers),
            "zero": (("lat", "lon"), np.nan_to_num(numbers - 1)),
            "land": (("lat", "lon"), np.isfinite(numbers).astype(int)),
            # The cells of the output are in the order 2, 3, 1 of the map.
            "y": ("gridcell", [60.0, 61.0, 60.0]),
            "x": ("gridcell", [12.0, 10.0, 371.0]),
        },
        coords={"lat": [60.0, 61.0], "lon": [10.0, 11.0, 12.0]},
    ).to_netcdf(tmp_path / "map.nc")
    return str(tmp_path / "map.nc")


@pytest.mark.parametrize("keys", [{"index": "of"}, {"index": "zero", "mask": "land"}])
def test_sparse_cells(sparse: str, keys: dict[str, str]) -> None:
    """Each point has the value of its cell, lazily; the order is said."""
    data = with_grid(values("gridcell"), GridFile((sparse,), **keys))
    assert isinstance(data["gpp"].data, dask.array.Array)
    assert data["gpp"].dims == ("time", "lat", "lon")
    expected = [[0.0, 0.0, 1.0], [2.0, np.nan, 1.0]]
    np.testing.assert_array_equal(data["gpp"][0], expected)
    np.testing.assert_array_equal(data["gpp"][1], np.add(expected, 3))
    assert "not checked" in data.attrs["remarks"][0]


def test_order_by_coordinates(sparse: str) -> None:
    """Cells that have coordinates are found by them, whatever the numbers say."""
    grid = GridFile((sparse,), index="of", lat="y", lon="x")
    data = with_grid(values("gridcell"), grid)
    expected = [[2.0, 2.0, 0.0], [1.0, np.nan, 0.0]]
    np.testing.assert_array_equal(data["gpp"][0], expected)


def test_cells_that_are_elsewhere(sparse: str) -> None:
    """Coordinates that do not belong to the map are refused."""
    data = values("gridcell").assign(
        grid1d_lat=("gridcell", [60.0, 60.0, 60.0]),
        grid1d_lon=("gridcell", [10.0, 11.0, 12.0]),
    )
    with pytest.raises(InputError, match="1 of 3 numbers of 'of' have no cell"):
        with_grid(data, GridFile((sparse,), index="of"))


def test_map_of_another_run(sparse: str) -> None:
    """A map of other numbers than there are cells is refused."""
    with pytest.raises(InputError, match=r"runs from 1 to 3, which fits none of"):
        with_grid(values("gridcell", 5), GridFile((sparse,), index="of"))


def test_sea_with_a_number(tmp_path: Path) -> None:
    """Where most points have one number, a mask is asked for."""
    numbers = np.zeros((4, 4), int)
    numbers[0, :2] = [1, 2]
    axes = {"lat": np.arange(4.0), "lon": np.arange(4.0)}
    data = xr.Dataset({"of": (("lat", "lon"), numbers)}, coords=axes)
    data.to_netcdf(tmp_path / "map.nc")
    grid = GridFile((str(tmp_path / "map.nc"),), index="of")
    with pytest.raises(InputError, match=r"number 0 stands for 14 of 16 .* 'mask:'"):
        with_grid(values("gridcell"), grid)

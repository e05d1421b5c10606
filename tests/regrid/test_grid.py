import numpy as np
import pytest
import xarray as xr

from benchmark.regrid import cell_area, grid_of, same_grid, with_cell_edges

R = 6_371_000.0


def test_cell_area_by_hand():
    """A cell from 0 to 30 N and 60 degrees wide has R^2 pi/3 sin(30) m2."""
    area = cell_area(
        xr.DataArray([[30.0, 0.0]], dims=("lat", "bnds")),
        xr.DataArray([[170.0, 230.0]], dims=("lon", "bnds")),
    )
    assert area.item() == pytest.approx(R**2 * np.pi / 3 * 0.5, rel=1e-15)
    assert area.attrs["units"] == "m2"
    assert area.dims == ("lat", "lon")


def test_cell_areas_sum_to_the_sphere(pole_centred, regular):
    """Areas of a global grid sum to 4 pi R^2."""
    for grid in (pole_centred(192, 288), regular(0.5), regular(1.0, 0.0)):
        area = cell_area(grid["lat_bnds"], grid["lon_bnds"])
        assert area.sum().item() == pytest.approx(4 * np.pi * R**2, rel=1e-13)


def test_cell_area_is_accurate_at_the_pole():
    """A thin polar cell has relative error below 1e-12."""
    step = 1e-3
    area = cell_area(
        xr.DataArray([[90.0 - step, 90.0]], dims=("lat", "bnds")),
        xr.DataArray([[0.0, 360.0]], dims=("lon", "bnds")),
    )
    cap = 4 * np.pi * R**2 * np.sin(np.radians(step) / 2) ** 2
    assert area.item() == pytest.approx(cap, rel=1e-10)


def test_same_grid(make_grid, regular):
    """Equal edges to float32 are the same grid; shifted or flipped ones not."""
    grid = regular(10.0)
    assert same_grid(grid, grid.astype("float32"))
    assert same_grid(grid, grid_of(grid).astype("float32"))
    assert not same_grid(grid, regular(10.0, 0.0))
    assert not same_grid(grid, regular(5.0))
    assert not same_grid(grid, grid.isel(lat=slice(None, None, -1)))
    assert not same_grid(grid, regular(10.0, -180.1))


def test_field_carries_its_grid(regular):
    """A DataArray given edges has the grid of the dataset they came from."""
    grid = regular(30.0).isel(lat=slice(None, None, -1))
    values = xr.DataArray(np.zeros((6, 12)), dims=("lat", "lon"))
    field = with_cell_edges(values.assign_coords(lat=grid.lat, lon=grid.lon), grid)
    assert same_grid(field, grid)
    area = cell_area(grid["lat_bnds"], grid["lon_bnds"])
    np.testing.assert_array_equal(field["cell_area"], area)
    xr.testing.assert_equal(grid_of(field)["lat_bnds"], grid_of(grid)["lat_bnds"])


def test_grid_of_keeps_bounds_and_attributes(regular):
    """Bounds and coordinate attributes are carried as given, data dropped."""
    grid = regular(30.0)
    grid["lat"].attrs["standard_name"] = "latitude"
    grid["gpp"] = (("lat", "lon"), np.zeros((6, 12)))
    found = grid_of(grid)
    assert found["lat"].attrs["standard_name"] == "latitude"
    assert not found.data_vars
    np.testing.assert_array_equal(found["lon_bnds"], grid["lon_bnds"])


def test_coordinates_are_made_where_missing():
    """Bounds without coordinates give coordinates at the middle of cells."""
    grid = xr.Dataset(
        {
            "lat_bnds": (("lat", "bnds"), [[0.0, 10.0], [10.0, 30.0]]),
            "lon_bnds": (("lon", "bnds"), [[350.0, 10.0]]),
        }
    )
    assert grid_of(grid)["lat"].to_numpy().tolist() == [5.0, 20.0]

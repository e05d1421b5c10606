import numpy as np
import pytest
import xarray as xr

from benchmark.regrid import cell_area, with_cell_edges
from benchmark.regrid.axis import bounds_of, read_axis

R = 6_371_000.0


@pytest.mark.parametrize(
    "pairs",
    [
        [[358.75, 1.25], [1.25, 3.75]],
        [[1.25, 358.75], [3.75, 1.25]],
        [[-1.25, 1.25], [361.25, 363.75]],
    ],
)
def test_cells_across_greenwich(pairs):
    """A cell across Greenwich has the same width however it is written."""
    bounds = xr.DataArray(pairs, dims=("lon", "bnds"), coords={"lon": [0.0, 2.5]})
    lat = xr.DataArray([[0.0, 30.0]], dims=("lat", "bnds"))
    area = cell_area(lat, bounds)
    expected = R**2 * np.radians(2.5) * 0.5
    np.testing.assert_allclose(area, [[expected, expected]], rtol=1e-12)


def test_cells_across_greenwich_without_coordinate():
    """Without cell centres, the pair 358.75, 1.25 of a full circle is narrow."""
    east = (np.arange(144) * 2.5 + 1.25) % 360
    bounds = xr.DataArray(
        np.column_stack([(east - 2.5) % 360, east]), dims=("lon", "bnds")
    )
    area = cell_area(xr.DataArray([[0.0, 30.0]], dims=("lat", "bnds")), bounds)
    np.testing.assert_allclose(area, R**2 * np.radians(2.5) * 0.5, rtol=1e-12)


def test_a_cell_wider_than_half_the_circle():
    """The centre tells which way round a wide cell goes."""
    bounds = xr.DataArray(
        [[0.0, 160.0], [160.0, 0.0]],
        dims=("lon", "bnds"),
        coords={"lon": [80.0, 260.0]},
    )
    axis = read_axis(xr.Dataset(coords={"lon_bnds": bounds}), "lon")
    assert axis.edges.tolist() == [0.0, 160.0, 360.0]


def test_descending_axis_is_read_from_the_south(regular):
    """Edges ascend, and order has the index of each cell in the grid."""
    axis = read_axis(regular(60.0).isel(lat=slice(None, None, -1)), "lat")
    assert axis.edges.tolist() == [-90.0, -30.0, 30.0, 90.0]
    assert axis.order.tolist() == [2, 1, 0]


def test_edges_of_a_field_are_its_bounds(regular):
    """One-dimensional edges on a DataArray are read as pairs."""
    grid = regular(60.0)
    field = xr.DataArray(np.zeros((3, 6)), dims=("lat", "lon"))
    bounds = bounds_of(with_cell_edges(field, grid), "lat")
    assert bounds.dims == ("lat", "bnds")
    np.testing.assert_array_equal(bounds, grid["lat_bnds"])


def test_circle_is_closed():
    """A last edge that rounding leaves short of a full circle is moved onto it."""
    pairs = [[0.0, 120.0], [120.0, 240.0], [240.0, 359.99997]]
    bounds = xr.DataArray(pairs, dims=("lon", "bnds"))
    axis = read_axis(xr.Dataset({"lon_bnds": bounds}), "lon")
    assert axis.edges.tolist() == [0.0, 120.0, 240.0, 360.0]


def test_regional_longitudes_stay_open():
    """A grid that does not go round keeps its last edge."""
    bounds = xr.DataArray([[0.0, 120.0], [120.0, 350.0]], dims=("lon", "bnds"))
    axis = read_axis(xr.Dataset({"lon_bnds": bounds}), "lon")
    assert axis.edges.tolist() == [0.0, 120.0, 350.0]

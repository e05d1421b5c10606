import numpy as np
import pytest
import xarray as xr

from benchmark.errors import InputError
from benchmark.regrid import build_conservative, regrid


@pytest.fixture
def grid(regular):
    return regular(30.0)


def refuse(grid, target, match):
    with pytest.raises(InputError, match=match):
        build_conservative(grid, target)


def test_bounds_are_required(grid):
    """A grid without bounds is refused, saying what was found and expected."""
    bare = grid.drop_vars("lat_bnds")
    refuse(bare, grid, r"no cell bounds along lat: found .*'lon_bnds'.*'lat_bnds'")
    refuse(grid, bare, "no cell bounds along lat")


def test_bounds_are_pairs(grid):
    """Bounds that change in time are refused, showing their dimensions."""
    bounds = grid["lat_bnds"].expand_dims(time=2)
    refuse(grid.assign_coords(lat_bnds=bounds), grid, r"lat_bnds has .*'time': 2")


def test_coordinate_is_monotonic(grid):
    """Unsorted longitudes are refused with the index and both values."""
    shuffled = grid.isel(lon=[0, 2, 1, *range(3, 12)])
    refuse(shuffled, grid, "lon is not monotonic: index 1 is -105 and index 2 is -135")


def test_gap_is_named(grid):
    """A missing row is refused with its axis, index and both edges."""
    holed = grid.isel(lat=[0, 1, 3, 4, 5])
    refuse(
        holed,
        grid,
        r"lat_bnds leave a gap of 30 .* index 1, which ends at -30, and index 2,",
    )


def test_gap_of_a_descending_axis_has_its_own_index(grid):
    """Indices in messages are those of the grid, also when it descends."""
    holed = grid.isel(lat=[5, 4, 3, 1, 0])
    refuse(holed, grid, r"lat_bnds leave a gap of 30 .* index 3, .* index 2,")


def test_overlapping_cells_are_named(grid):
    """Cells that overlap are refused with the amount."""
    bounds = grid["lon_bnds"].copy()
    bounds[3, 0] -= 5.0
    refuse(grid.assign_coords(lon_bnds=bounds), grid, "lon_bnds overlap of 5 degrees")


@pytest.mark.parametrize("pair", [(0.0, 0.0), (np.nan, 30.0), (95.0, 100.0)])
def test_cell_without_width_is_named(grid, pair):
    """Empty, missing or impossible bounds are refused with their index."""
    bounds = grid["lat_bnds"].copy()
    bounds[5] = np.array(pair)
    refuse(grid.assign_coords(lat_bnds=bounds), grid, "lat_bnds at index 5 are")


def test_repeated_meridian_is_refused(make_grid, grid):
    """More than a full circle is refused with the span."""
    refuse(make_grid([0, 90], np.arange(0, 391, 30)), grid, "span 390 degrees")


def test_field_needs_lat_and_lon(grid):
    """A field on other dimensions is refused, listing them."""
    field = xr.DataArray(np.zeros((2, 3)), dims=("y", "x"), name="gpp")
    with pytest.raises(InputError, match=r"'gpp' has dimensions \('y', 'x'\)"):
        regrid(field, grid)


def test_field_must_fit_its_grid(grid):
    """A field of another size than its grid is refused with both sizes."""
    field = xr.DataArray(np.zeros((2, 3)), dims=("lat", "lon"), name="gpp")
    with pytest.raises(InputError, match=r"2 x 3 .* the source grid has 72"):
        regrid(field, grid, source=grid)


def test_percent_land_is_refused(grid, make_field):
    """Land fractions in percent are refused with their range."""
    field = make_field(np.zeros((6, 12)), grid, np.full((6, 12), 50.0))
    with pytest.raises(InputError, match=r"land_fraction is within 50\.\.50"):
        regrid(field, grid)


def test_minimum_is_a_fraction(grid, make_field):
    """A minimum outside 0..1 is refused."""
    with pytest.raises(ValueError, match=r"minimum_valid_fraction is 5.0"):
        regrid(make_field(np.zeros((6, 12)), grid), grid, minimum_valid_fraction=5.0)


def test_unknown_engine_is_refused(grid, make_field):
    """An unknown engine is refused, listing the known ones."""
    with pytest.raises(KeyError, match="conservative"):
        regrid(make_field(np.zeros((6, 12)), grid), grid, method="conservativ")

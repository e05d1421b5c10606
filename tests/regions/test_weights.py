from itertools import pairwise

import numpy as np
import pytest
import shapely
import xarray as xr
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmark.regions import Region, Regions, box, open_regions, region_weights
from benchmark.regions.geometry import normalise

SETS = ["treat2024_permafrost", "treat2024_boreal_tundra"]
RADIUS_KM = 6371.0
ON_A_GRID = settings(
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def one(region: Region) -> Regions:
    return Regions(region.id, (region,))


def drawn(*points: tuple[float, float], holes=()) -> Regions:
    polygon = shapely.Polygon(points, holes)
    return one(Region("drawn", "drawn", normalise(polygon, "drawn")))


def total(weights: xr.DataArray, grid: xr.Dataset) -> np.ndarray:
    return (weights * grid["cell_area"]).sum(("lat", "lon")).values


def area_by_counting(geometry: shapely.Geometry, step: float = 0.05) -> float:
    west, south, east, north = geometry.bounds
    lat = np.arange(np.floor(south) + step / 2, np.ceil(north), step)
    lon = np.arange(np.floor(west) + step / 2, np.ceil(east), step)
    shapely.prepare(geometry)
    inside = shapely.contains_xy(geometry, *np.meshgrid(lon, lat))
    area = (RADIUS_KM * np.radians(step)) ** 2 * np.cos(np.radians(lat)) / 1e6
    return float((inside.sum(1) * area).sum())


@pytest.mark.parametrize("name", SETS)
def test_areas_agree_with_counting_points(grid, name):
    """Weights times cell area is the area found by counting points inside."""
    regions = open_regions(name)
    two_degrees = grid(2)
    counted = [area_by_counting(region.geometry) for region in regions]
    weighted = total(region_weights(regions, two_degrees), two_degrees)
    np.testing.assert_allclose(weighted, counted, rtol=1e-4)


@pytest.mark.parametrize("step", [0.5, 1, 2, 2.5, 5, 10])
def test_area_does_not_depend_on_the_grid(grid, step):
    """A region has the same area on fine and coarse grids."""
    regions, cells, fine = open_regions(SETS[0]), grid(step), grid(0.75)
    expected = total(region_weights(regions, fine), fine)
    found = total(region_weights(regions, cells), cells)
    np.testing.assert_allclose(found, expected, rtol=1e-9)


@pytest.mark.parametrize("name", SETS)
def test_members_partition_their_domain(grid, name):
    """The eight regions overlap nowhere and add up to the domain."""
    weights = region_weights(open_regions(name), grid(1.5))
    *members, domain = weights
    np.testing.assert_allclose(sum(members), domain, atol=1e-9)


@ON_A_GRID
@given(
    cuts=st.lists(st.integers(-89, 89), min_size=1, max_size=3, unique=True),
    west=st.floats(-180, 180),
    step=st.sampled_from([3, 7.5, 20]),
)
def test_weights_of_a_partition_of_the_earth_sum_to_one(grid, cuts, west, step):
    """Boxes that tile the Earth give weights that sum to one in every cell."""
    edges = [-90, *sorted(cuts), 90]
    boxes = [
        box(f"{south}{half}", lat=(south, north), lon=(west + half, west + half + 180))
        for south, north in pairwise(edges)
        for half in (0, 180)
    ]
    weights = region_weights(Regions("tiles", tuple(boxes)), grid(step))
    np.testing.assert_allclose(weights.sum("region"), 1, atol=1e-9)


@ON_A_GRID
@given(
    lat=st.tuples(st.floats(-90, 89), st.floats(0.5, 60)),
    lon=st.tuples(st.floats(-180, 180), st.floats(0.5, 359)),
    start=st.floats(-180, 180),
)
def test_a_box_is_exact(grid, lat, lon, start):
    """The weight of a box is the product of its shares of the two sides."""
    south, north = lat[0], min(lat[0] + lat[1], 90)
    cells = grid(9, start)
    west, width = lon[0], lon[1]
    (found,) = region_weights(one(_box(south, north, west, width)), cells).values
    bands = np.sin(np.radians(cells["lat_bnds"].values))
    top, bottom = np.sin(np.radians([north, south]))
    tall = np.clip(np.minimum(bands[:, 1], top) - np.maximum(bands[:, 0], bottom), 0, 2)
    sides = cells["lon_bnds"].values
    wide = sum(
        np.clip(
            np.minimum(sides[:, 1], west + width + turn)
            - np.maximum(sides[:, 0], west + turn),
            0,
            None,
        )
        for turn in (-720, -360, 0, 360, 720)
    )
    expected = np.outer(tall / np.diff(bands)[:, 0], wide / 9)
    np.testing.assert_allclose(found, expected, atol=1e-8)


def _box(south: float, north: float, west: float, width: float) -> Region:
    return box("box", lat=(south, north), lon=(west, west + width))


def test_slanted_edges_are_straight_in_longitude_and_latitude(grid):
    """The area under an edge lon = lat - 50 is the integral of its width."""
    cells = grid(5)
    triangle = drawn((0, 50), (10, 60), (0, 60))
    south, north = np.radians([50, 60])
    steps = np.linspace(south, north, 200_001)
    integral = np.trapezoid((steps - south) * np.cos(steps), steps)
    found = total(region_weights(triangle, cells), cells)
    np.testing.assert_allclose(found, RADIUS_KM**2 * integral / 1e6, rtol=1e-5)


@pytest.mark.parametrize("west", [0, 350, -10, 12.5, -360])
def test_longitude_convention_does_not_matter(grid, west):
    """The same cells have the same weights whatever their longitudes are called."""
    regions = open_regions(SETS[0])
    step = 2.5
    here = region_weights(regions, grid(step))
    there = region_weights(regions, grid(step, west))
    turned = np.roll(here.values, -round((west + 180) / step), axis=2)
    np.testing.assert_allclose(there.values, turned, atol=1e-9)


def test_latitude_may_descend(grid):
    """On a grid from north to south the weights are upside down."""
    regions = open_regions(SETS[0])
    down = region_weights(regions, grid(2, north_first=True))
    np.testing.assert_array_equal(down[:, ::-1], region_weights(regions, grid(2)))


def test_a_cell_may_reach_across_the_dateline(regional):
    """Half of a cell from 175 to 185 E lies west of the dateline."""
    cells = regional(np.array([60.0, 70.0]), np.array([175.0, 185.0]))
    west = box("west", lat=(0, 90), lon=(90, 180))
    assert region_weights(one(west), cells).item() == pytest.approx(0.5)


@pytest.mark.parametrize("limits", [[179.0, -179.0], [359.0, 1.0], [-181.0, -179.0]])
def test_limits_may_jump_at_the_seam(grid, limits):
    """Cell limits written as 359..1 or 179..-179 mean the two degrees between."""
    cells = xr.Dataset(
        coords={
            "lat": [65.0],
            "lon": [0.0],
            "lat_bnds": (("lat", "bnds"), [[60.0, 70.0]]),
            "lon_bnds": (("lon", "bnds"), [limits]),
        }
    )
    east = box("east", lat=(0, 90), lon=(0, 180))
    assert region_weights(one(east), cells).item() == pytest.approx(0.5)


def test_the_cap_reaches_the_pole(grid):
    """A polar cap fills the rows north of it, the pole included."""
    weights = region_weights(one(box("cap", lat=(80, 90), lon=(-180, 180))), grid(5))
    assert (weights.sel(lat=slice(80, 90)) == 1).all()
    assert (weights.sel(lat=slice(-90, 80)) == 0).all()


def test_a_region_outside_the_grid_has_zeros(regional):
    """A region without overlap stays in the result with zero weights."""
    cells = regional(np.array([0.0, 10.0, 20.0]), np.array([0.0, 10.0]))
    weights = region_weights(open_regions(SETS[0]), cells)
    assert weights["region"].values.tolist() == open_regions(SETS[0]).ids
    assert (weights == 0).all()


def test_a_regional_grid_has_the_weights_of_the_global_one(grid, regional):
    """Cutting a window out of a grid, also across the dateline, changes nothing."""
    regions = open_regions(SETS[0])
    window = regional(np.arange(50.0, 81, 2), np.arange(150.0, 211, 2))
    full = region_weights(regions, grid(2, 0))
    expected = full.sel(lat=window["lat"], lon=window["lon"])
    np.testing.assert_allclose(region_weights(regions, window), expected, atol=1e-9)


def test_ring_direction_does_not_matter(grid):
    """A polygon drawn the other way round is the same region, not the rest."""
    points = [(10, 60), (30, 62), (25, 75)]
    there, back = drawn(*points), drawn(*points[::-1])
    np.testing.assert_allclose(
        region_weights(there, grid(5)), region_weights(back, grid(5)), atol=1e-12
    )


def test_a_hole_is_outside(grid):
    """The hole of a polygon has no weight."""
    hole = [(10, 60), (20, 60), (20, 70), (10, 70)]
    ring = drawn((0, 50), (30, 50), (30, 80), (0, 80), holes=[hole])
    weights = region_weights(ring, grid(10))
    assert weights.sel(lat=65, lon=15).item() == 0
    assert weights.sel(lat=55, lon=15).item() == 1


def test_longitudes_past_180_wrap(grid):
    """A polygon drawn to 190 E is the polygon split at the dateline."""
    past = drawn((170, 60), (190, 60), (190, 70), (170, 70))
    split = one(box("split", lat=(60, 70), lon=(170, -170)))
    np.testing.assert_array_equal(
        region_weights(past, grid(5)), region_weights(split, grid(5))
    )


@pytest.mark.parametrize("name", SETS)
def test_regions_go_on_over_the_sea(grid, name):
    """Cells of 2.5 degrees on Arctic coasts lie wholly inside the domain."""
    domain = region_weights(open_regions(name), grid(2.5))[-1]
    coast = {
        "Utqiagvik": (71.3, -156.8),
        "Tiksi": (71.6, 128.9),
        "Alert": (82.5, -62.3),
    }
    for lat, lon in coast.values():
        assert domain.sel(lat=lat, lon=lon, method="nearest") == 1


def test_result_describes_itself(grid):
    """Ids, names, units and the coordinates of the grid are on the result."""
    cells = grid(10)
    weights = region_weights(open_regions("treat2024_permafrost"), cells)
    assert weights.dims == ("region", "lat", "lon")
    assert weights.attrs["units"] == "1"
    assert weights["region_name"].values[0] == "Alaska"
    xr.testing.assert_equal(weights["lon"], cells["lon"])


def test_a_field_with_edges_serves_as_grid(grid):
    """A field that carries the edges of its cells is a grid."""
    cells = grid(10)
    south, north = cells["lat_bnds"].values.T
    west, east = cells["lon_bnds"].values.T
    field = xr.DataArray(
        np.zeros((18, 36)),
        dims=("lat", "lon"),
        coords={
            "lat_south": ("lat", south),
            "lat_north": ("lat", north),
            "lon_west": ("lon", west),
            "lon_east": ("lon", east),
        },
    )
    regions = open_regions(SETS[0])
    np.testing.assert_array_equal(
        region_weights(regions, field), region_weights(regions, cells)
    )


def test_missing_limits_are_named(grid):
    """Without cell limits the message says which to add."""
    with pytest.raises(ValueError, match=r"no 'lat_bnds'.*add lat_bnds"):
        region_weights(open_regions("global"), grid(10).drop_vars("lat_bnds"))


def test_empty_cells_are_refused(grid):
    """A cell without extent has no fraction."""
    cells = grid(10)
    cells["lat_bnds"] = cells["lat_bnds"] * 0
    with pytest.raises(ValueError, match="18 empty cells"):
        region_weights(open_regions("global"), cells)


def test_curvilinear_grids_are_refused():
    """Two-dimensional limits give a message about rectilinear grids."""
    cells = xr.Dataset(
        coords={
            "lat_bnds": (("y", "x", "corner"), np.zeros((2, 2, 4))),
            "lon_bnds": (("y", "x", "corner"), np.zeros((2, 2, 4))),
        }
    )
    with pytest.raises(ValueError, match="Only rectilinear grids"):
        region_weights(open_regions("global"), cells)

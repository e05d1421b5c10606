import numpy as np
import pytest
import xarray as xr
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmark.regions import Regions, box, open_regions, region_weights
from benchmark.regrid import Mesh, mesh_area, with_mesh

SETS = ["treat2024_permafrost", "treat2024_boreal_tundra"]


def field_on(mesh: Mesh) -> xr.DataArray:
    return with_mesh(
        xr.DataArray(np.ones(mesh.size), dims="cell"), mesh, mesh_area(mesh)
    )


def lat_lon_mesh(step: float, west: float = -180.0) -> Mesh:
    """Cells of a regular grid whose parallels are followed by 20 corners."""
    lat, lon = np.arange(-90, 90, step), west + np.arange(0, 360, step)
    south, left = (
        part.ravel()[:, None] for part in np.meshgrid(lat, lon, indexing="ij")
    )
    across = np.linspace(0, 1, 20)
    corner_lon = np.concatenate([across, across[::-1]])
    corner_lat = np.repeat([0.0, 1.0], 20)
    return Mesh(
        south[:, 0] + step / 2,
        left[:, 0] + step / 2,
        south + step * corner_lat,
        left + step * corner_lon,
    )


def voronoi(count: int = 800, seed: int = 3) -> Mesh:
    from scipy.spatial import SphericalVoronoi

    points = np.random.default_rng(seed).normal(size=(count, 3))
    points /= np.linalg.norm(points, axis=1)[:, None]
    cells = SphericalVoronoi(points)
    cells.sort_vertices_of_regions()
    widest = max(map(len, cells.regions))
    index = [ring + [ring[-1]] * (widest - len(ring)) for ring in cells.regions]

    def degrees(xyz: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        lat = np.degrees(np.arcsin(np.clip(xyz[..., 2], -1, 1)))
        return lat, np.degrees(np.arctan2(xyz[..., 1], xyz[..., 0]))

    return Mesh(*degrees(points), *degrees(cells.vertices[np.array(index)]))


@pytest.mark.parametrize("name", SETS)
def test_a_regular_grid_as_a_mesh_has_the_same_weights(grid, name):
    """Cells given as polygons have the weights of the same rectangles."""
    regions, step = open_regions(name), 5.0
    expected = region_weights(regions, grid(step))
    found = region_weights(regions, field_on(lat_lon_mesh(step)))
    assert found.dims == ("region", "cell")
    reshaped = found.values.reshape(expected.shape)
    np.testing.assert_allclose(reshaped, expected, atol=1e-4)


@pytest.mark.parametrize("west", [0.0, 177.5, 360.0])
def test_longitude_convention_does_not_matter(west):
    """Cells at another turn, or across the dateline, have the same weights."""
    regions, step = open_regions(SETS[0]), 7.5
    here = region_weights(regions, field_on(lat_lon_mesh(step)))
    mesh = lat_lon_mesh(step, west)
    there = region_weights(regions, field_on(mesh))
    areas = [(w * mesh_area(mesh)).sum("cell") for w in (here, there)]
    np.testing.assert_allclose(areas[1], areas[0], rtol=1e-4)


@pytest.mark.parametrize("name", SETS)
def test_area_of_a_region_does_not_depend_on_the_cells(grid, name):
    """Regions have the same area in Voronoi cells and on a regular grid."""
    regions, mesh, cells = open_regions(name), voronoi(), grid(2.0)
    found = (region_weights(regions, field_on(mesh)) * mesh_area(mesh)).sum("cell")
    expected = (region_weights(regions, cells) * cells["cell_area"]).sum(("lat", "lon"))
    # cell_area of this grid is in million km2.
    np.testing.assert_allclose(found / 1e12, expected, rtol=2e-4)


@pytest.mark.parametrize("name", SETS)
def test_members_partition_their_domain(name):
    """The members add up to the domain in every cell."""
    *members, domain = region_weights(open_regions(name), field_on(voronoi()))
    np.testing.assert_allclose(sum(members), domain, atol=1e-9)


@settings(
    max_examples=15,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(cut=st.integers(-89, 89), west=st.floats(-180, 180), seed=st.integers(0, 9))
def test_weights_of_a_partition_of_the_earth_sum_to_one(cut, west, seed):
    """Four boxes that tile the Earth sum to one in cells anywhere, poles included."""
    boxes = [
        box(f"{south}{half}", lat=(south, north), lon=(west + half, west + half + 180))
        for south, north in ((-90, cut), (cut, 90))
        for half in (0, 180)
    ]
    weights = region_weights(
        Regions("tiles", tuple(boxes)), field_on(voronoi(60, seed))
    )
    np.testing.assert_allclose(weights.sum("region"), 1.0, atol=1e-9)


def test_half_of_a_polar_triangle():
    """A meridian through its middle halves a triangle that reaches the pole."""
    mesh = Mesh(
        np.array([80.0]),
        np.array([0.0]),
        np.array([[70, 70, 90.0]]),
        np.array([[-20.0, 20.0, 123.0]]),
    )
    east = Regions("east", (box("east", lat=(0, 90), lon=(0, 90)),))
    weights = region_weights(east, field_on(mesh))
    assert weights.values == pytest.approx(0.5, abs=1e-9)
    assert weights["region"].values.tolist() == ["east"]


def test_cells_without_area_have_no_weight():
    """A degenerate cell has weight 0, and its neighbour keeps its own."""
    mesh = Mesh(
        np.array([5.0, 5.0]),
        np.array([5.0, 5.0]),
        np.array([[5.0, 5.0, 5.0], [1.0, 1.0, 9.0]]),
        np.array([[5.0, 5.0, 5.0], [1.0, 9.0, 5.0]]),
    )
    tropics = Regions("tropics", (box("tropics", lat=(0, 20), lon=(0, 20)),))
    assert region_weights(tropics, field_on(mesh)).values.tolist() == [[0.0, 1.0]]

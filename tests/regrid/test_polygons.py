from itertools import pairwise

import dask.array
import numpy as np
import pytest
import shapely
import xarray as xr
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmark.errors import InputError, NoOverlapError
from benchmark.regrid import (
    Mesh,
    build_conservative,
    build_polygons,
    common_grid,
    mesh_area,
    regrid,
    same_grid,
)


def test_shares_add_up_to_the_areas_on_both_sides(global_mesh, on_mesh, regular):
    """A global mesh and a global grid divide each other without rest."""
    overlap = build_polygons(
        on_mesh(np.ones(global_mesh.size), global_mesh), regular(7.5)
    )
    some = overlap.source_area > 0
    given = overlap.matrix.sum(axis=0)[some] / overlap.source_area[some]
    np.testing.assert_allclose(given, 1.0, rtol=1e-7)
    covered = overlap.matrix.sum(axis=1) / overlap.target_area
    np.testing.assert_allclose(covered, 1.0, rtol=1e-7)


def test_integral_is_conserved(global_mesh, on_mesh, regular, total):
    """A rough field's integral is that over the exact areas of its cells."""
    values = np.random.default_rng(3).normal(0.0, 1.0, global_mesh.size)
    result = regrid(
        on_mesh(values, global_mesh), regular(4.0), minimum_valid_fraction=0.0
    )
    area = mesh_area(global_mesh)
    error = float(total(result)) - (values * area).sum()
    assert abs(error) < 1e-6 * (np.abs(values) * area).sum()


def test_integral_of_land_is_conserved(global_mesh, on_mesh, regular, total):
    """With missing values and land fractions the integral is that of valid land."""
    rng = np.random.default_rng(4)
    land = np.clip(rng.normal(0.4, 0.5, global_mesh.size), 0, 1)
    values = np.where(
        rng.random((3, land.size)) < 0.3, np.nan, rng.normal(size=(3, land.size))
    )
    field = on_mesh(values, global_mesh, land)
    result = regrid(field, regular(4.0), minimum_valid_fraction=0.0)
    weights = land * mesh_area(global_mesh)
    expected = np.nansum(values * weights, axis=1)
    scale = np.nansum(np.abs(values) * weights, axis=1)
    assert (np.abs(total(result) - expected) < 1e-6 * scale).all()


def test_a_constant_stays_constant(global_mesh, on_mesh, regular):
    """Every target cell of a constant field has the constant."""
    result = regrid(on_mesh(np.full(global_mesh.size, 7.0), global_mesh), regular(9.0))
    np.testing.assert_allclose(result["value"], 7.0, rtol=1e-12)
    np.testing.assert_allclose(result["valid_fraction"], 1.0, rtol=1e-7)


def test_missing_cells_do_not_bleed(global_mesh, on_mesh, regular):
    """Values next to missing ones are unchanged, and missing where all are."""
    values = np.where(global_mesh.lat > 10.0, 2.0, np.nan)
    result = regrid(on_mesh(values, global_mesh), regular(10.0))["value"]
    assert set(np.unique(result.values[~np.isnan(result)].round(12))) == {2.0}
    assert result.sel(lat=slice(50, 90)).notnull().all()
    assert result.sel(lat=slice(-90, -50)).isnull().all()


def test_slivers_do_not_create_cells(on_mesh, regular):
    """A cell that reaches 0.001 degrees into its neighbour does not make it valid."""
    lat, lon = np.array([[11, 11, 19, 19.0]]), np.array([[11, 20.001, 20.001, 11.0]])
    mesh = Mesh(np.array([15.0]), np.array([15.0]), lat, lon)
    result = regrid(on_mesh(np.ones(1), mesh), regular(10.0))
    assert int(result["value"].notnull().sum()) == 1
    assert int((result["valid_fraction"] > 0).sum()) > 1


def test_order_of_cells_does_not_matter(meshes, on_mesh, regular):
    """Permuted, reversed and turned cells give the same values."""
    mesh = meshes["voronoi"]()
    rng = np.random.default_rng(5)
    values, order = rng.normal(size=mesh.size), rng.permutation(mesh.size)
    other = Mesh(
        mesh.lat[order],
        mesh.lon[order],
        mesh.corner_lat[order, ::-1],
        mesh.corner_lon[order, ::-1] + 360.0,
    )
    one = regrid(on_mesh(values, mesh), regular(5.0))["value"]
    two = regrid(on_mesh(values[order], other), regular(5.0))["value"]
    np.testing.assert_allclose(one, two, atol=1e-8)


def test_target_may_be_called_anything(meshes, on_mesh, make_grid, regular):
    """Longitudes at other turns and descending latitudes give the same map."""
    field = on_mesh(np.random.default_rng(6).normal(size=600), meshes["voronoi"]())
    plain = regrid(field, regular(10.0))["value"]
    lat, lon = np.linspace(-90, 90, 19), np.linspace(0, 360, 37)
    turned = regrid(field, make_grid(lat, lon + 720.0, descending=True, flip=True))
    expected = plain.roll(lon=18, roll_coords=False)[::-1]
    np.testing.assert_allclose(turned["value"], expected, atol=1e-9)


def test_region_of_a_map_is_the_map_of_the_region(meshes, on_mesh, make_grid, regular):
    """A target across the dateline has the values of the global one there."""
    field = on_mesh(np.random.default_rng(7).normal(size=600), meshes["voronoi"]())
    whole = regrid(field, regular(10.0))["value"]
    part = regrid(field, make_grid(np.arange(50, 91, 10), np.arange(150, 221, 10)))
    expected = whole.values[14:, [33, 34, 35, 0, 1, 2, 3]]
    np.testing.assert_allclose(part["value"], expected, atol=1e-9)


def test_agrees_with_the_separable_engine(meshes, on_mesh, make_field, regular):
    """On cells whose edges are straight in both geometries the overlaps agree."""
    lat, lon = np.arange(-90, 90.1, 5), np.arange(-180, 180.1, 5)
    pieces = np.linspace(0, 1, 101)[:-1]
    box = np.array([(0, 0), (0, 1), (1, 1), (1, 0), (0, 0)], float)
    outline = np.concatenate([a + pieces[:, None] * (b - a) for a, b in pairwise(box)])
    south, west = (
        part.ravel() for part in np.meshgrid(lat[:-1], lon[:-1], indexing="ij")
    )
    fine = Mesh(
        south + 2.5,
        west + 2.5,
        south[:, None] + 5 * outline[:, 0],
        west[:, None] + 5 * outline[:, 1],
    )
    found = build_polygons(on_mesh(np.ones(fine.size), fine), regular(7.5))
    exact = build_conservative(regular(5.0), regular(7.5))
    difference = abs(found.matrix - exact.matrix).max(axis=0).toarray()
    assert (difference / exact.source_area).max() < 1e-5


def test_shares_are_those_of_an_independent_library(meshes, on_mesh, regular):
    """Shares agree with shapely's of the same cell cut 300 times per edge."""
    mesh = meshes["voronoi"](40)
    overlap = build_polygons(on_mesh(np.ones(40), mesh), regular(15.0))
    inner = np.flatnonzero(
        (np.abs(mesh.corner_lat).max(axis=1) < 70)
        & (np.abs(mesh.corner_lon).max(axis=1) < 150)
    )
    assert inner.size > 5
    edges = np.sin(np.radians(np.linspace(-90, 90, 13))), np.linspace(-180, 180, 25)
    for cell in inner:
        ring = shapely.Polygon(
            _great_circles(mesh.corner_lat[cell], mesh.corner_lon[cell])
        )
        boxes = shapely.box(
            edges[1][:-1], edges[0][:-1, None], edges[1][1:], edges[0][1:, None]
        )
        shares = shapely.area(shapely.intersection(ring, boxes)).ravel() / ring.area
        found = overlap.matrix[:, [cell]].toarray()[:, 0] / overlap.source_area[cell]
        np.testing.assert_allclose(found, shares, atol=3e-4)


def _great_circles(lat, lon):
    lat, lon = np.radians(lat), np.radians(lon)
    xyz = np.stack(
        [np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], 1
    )
    part = np.linspace(0, 1, 300, endpoint=False)[:, None]
    line = np.concatenate(
        [a + part * (b - a) for a, b in zip(xyz, np.roll(xyz, -1, 0), strict=True)]
    )
    line /= np.linalg.norm(line, axis=1)[:, None]
    return np.column_stack([np.degrees(np.arctan2(line[:, 1], line[:, 0])), line[:, 2]])


@settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    lat=st.floats(-90, 90),
    lon=st.floats(-400, 400),
    size=st.floats(0.05, 40),
    angles=st.lists(st.integers(0, 359), min_size=3, max_size=8, unique=True),
)
def test_any_convex_cell_is_shared_out_whole(lat, lon, size, angles, on_mesh, regular):
    """A convex cell anywhere, over a pole too, is divided by a global grid."""
    mesh = _on_a_circle(lat, lon, size, np.sort(angles))
    area = mesh_area(mesh)
    widest = np.pi * np.radians(size) ** 2 * 6_371_000.0**2
    if area[0] < 1e-3 * widest:
        return
    overlap = build_polygons(on_mesh(np.ones(1), mesh), regular(10.0))
    assert overlap.matrix.sum() == pytest.approx(area[0], rel=1e-6)
    assert overlap.matrix.data.min() > 0


def _on_a_circle(lat, lon, size, angles):
    """Put corners on a circle about a position."""
    phi, angle = np.radians(lat), np.radians(angles)
    up = np.array([np.cos(phi), 0, np.sin(phi)])
    north, east = np.array([-np.sin(phi), 0, np.cos(phi)]), np.array([0, 1.0, 0])
    ring = np.cos(angle)[:, None] * north + np.sin(angle)[:, None] * east
    xyz = np.cos(np.radians(size)) * up + np.sin(np.radians(size)) * ring
    return Mesh(
        np.array([lat]),
        np.array([lon]),
        np.degrees(np.arctan2(xyz[:, 2], np.hypot(xyz[:, 0], xyz[:, 1])))[None],
        lon + np.degrees(np.arctan2(xyz[:, 1], xyz[:, 0]))[None],
    )


def test_lazy_in_lazy_out(meshes, on_mesh, regular):
    """A lazy field on a mesh gives lazy values, the same as in memory."""
    values = np.random.default_rng(8).normal(size=(6, 600))
    field = on_mesh(values, meshes["voronoi"]())
    lazy = regrid(field.chunk(time=2, cell=100), regular(10.0))
    assert isinstance(lazy["value"].data, dask.array.Array)
    assert lazy["value"].chunksizes["time"] == (2, 2, 2)
    xr.testing.assert_allclose(
        lazy["value"].compute(), regrid(field, regular(10.0))["value"]
    )


def test_result_is_an_ordinary_map(meshes, on_mesh, regular):
    """The result has the target's cells and attributes, and no mesh."""
    result = regrid(on_mesh(np.ones((2, 600)), meshes["voronoi"]()), regular(10.0))
    assert result["value"].dims == ("time", "lat", "lon")
    assert result["value"].attrs == {"units": "1"}
    assert "mesh" not in result.coords
    assert "cell" not in result.dims


def test_overlaps_of_two_meshes_are_kept_apart(meshes, on_mesh, regular):
    """A second mesh of the same size is not regridded with the first one's overlap."""
    values = np.arange(600.0)
    one = regrid(on_mesh(values, meshes["voronoi"](600, 1)), regular(10.0))["value"]
    two = regrid(on_mesh(values, meshes["voronoi"](600, 2)), regular(10.0))["value"]
    assert float(abs(one - two).max()) > 1.0


def test_degenerate_cells_share_nothing(on_mesh, regular):
    """A cell without area is left out, and the others are not disturbed."""
    mesh = Mesh(
        np.array([5.0, 5.0]),
        np.array([5.0, 5.0]),
        np.array([[0.0, 0.0, 10.0], [4.0, 4.0, 4.0]]),
        np.array([[0.0, 10.0, 0.0], [4.0, 4.0, 4.0]]),
    )
    result = regrid(on_mesh(np.array([1.0, 50.0]), mesh), regular(10.0))["value"]
    assert float(result.max()) == pytest.approx(1.0)


def test_mesh_and_target_that_share_nothing_are_refused(on_mesh, make_grid):
    """A target elsewhere is an error that says where both are."""
    mesh = Mesh(
        np.array([5.0]),
        np.array([5.0]),
        np.array([[0, 0, 9.0]]),
        np.array([[0, 9, 0.0]]),
    )
    with pytest.raises(NoOverlapError, match="latitude 5"):
        build_polygons(on_mesh(np.ones(1), mesh), make_grid([60, 70], [0, 10]))


def test_only_meshes_are_polygons(masked, coarse):
    """The polygon engine names the method for latitude-longitude grids."""
    with pytest.raises(InputError, match="conservative"):
        regrid(masked, coarse, method="polygons")


def test_common_grid_of_a_mesh_is_the_coarser(meshes, on_mesh, regular):
    """A coarser grid is kept; a coarser mesh gives a regular grid as coarse."""
    field = on_mesh(np.ones(600), meshes["voronoi"]())
    coarse, fine = regular(20.0), regular(2.0)
    assert same_grid(common_grid(field, coarse), coarse)
    assert same_grid(common_grid(coarse, field), coarse)
    # 600 cells have 68.8 square degrees each, 8.29 degrees a side: 8 is nearest.
    for found in (common_grid(field, fine), common_grid(fine, field)):
        assert found.sizes["lon"] == 2 * found.sizes["lat"]
        assert 7.0 < 180 / found.sizes["lat"] < 9.5
    assert same_grid(common_grid(field, field), common_grid(field, fine))


def test_common_grid_of_a_regional_mesh_covers_its_latitudes(on_mesh, regular):
    """One cell of 10 degrees over the pole gives a grid that ends at the pole."""
    mesh = Mesh(
        np.array([90.0]),
        np.array([0.0]),
        np.full((1, 4), 75.0),
        np.array([[0.0, 90.0, 180.0, 270.0]]),
    )
    found = common_grid(on_mesh(np.ones(1), mesh), regular(1.0))
    assert float(found["lat_north"].max()) == 90.0
    assert 40.0 < float(found["lat_south"].min()) <= 75.0


def test_common_grid_of_two_meshes_is_as_coarse_as_the_coarser(meshes, on_mesh):
    """Of meshes of 40 and 600 cells the common grid has cells like the first."""
    few = on_mesh(np.ones(40), meshes["voronoi"](40))
    many = on_mesh(np.ones(600), meshes["voronoi"]())
    # 41253 square degrees / 40 = 32.1 degrees a side: 30 or 36 are nearest.
    for found in (common_grid(few, many), common_grid(many, few)):
        assert found.sizes["lat"] in (5, 6)

import numpy as np
import pytest

from benchmark.regrid import Mesh, mesh_area
from benchmark.regrid.grid import EARTH_RADIUS
from benchmark.regrid.plane import rings

SPHERE = 4 * np.pi * EARTH_RADIUS**2


def one(*corners):
    """Build a mesh of one cell from corners (lat, lon)."""
    lat, lon = np.array(corners, dtype=float).T
    return Mesh(np.zeros(1), np.zeros(1), lat[None], lon[None])


def ring_area(mesh):
    found = rings(mesh, slice(0, mesh.size))
    wide = np.radians(found.lon[found.following] - found.lon)
    under = wide * (found.sine + found.sine[found.following]) / 2
    total = np.bincount(found.cell, under, minlength=mesh.size)
    return np.abs(total) * EARTH_RADIUS**2


def area_by_triangles(mesh):
    """Sum triangles fanned about the mean of the corners, by Van Oosterom's formula."""
    lat, lon = np.radians(mesh.corner_lat), np.radians(mesh.corner_lon)
    a = np.stack(
        [np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], -1
    )
    b = np.roll(a, -1, axis=1)
    c = a.mean(axis=1, keepdims=True)
    c = np.broadcast_to(c / np.linalg.norm(c, axis=2, keepdims=True), a.shape)
    volume = np.einsum("nci,nci->nc", np.cross(a, b), c)
    pairs = sum(np.einsum("nci,nci->nc", p, q) for p, q in ((a, b), (b, c), (c, a)))
    return np.abs(2 * np.arctan2(volume, 1 + pairs).sum(axis=1)) * EARTH_RADIUS**2


def test_cells_of_a_global_mesh_add_up_to_the_sphere(global_mesh):
    """The areas of all cells sum to 4 pi R2."""
    assert mesh_area(global_mesh).sum() == pytest.approx(SPHERE, rel=1e-12)


def test_areas_are_those_of_spherical_triangles(global_mesh):
    """Each area is the spherical excess of the triangles the cell consists of."""
    np.testing.assert_allclose(
        mesh_area(global_mesh), area_by_triangles(global_mesh), rtol=1e-9, atol=1.0
    )


def test_rings_in_the_plane_have_the_exact_areas(global_mesh):
    """The shoelace area of the rings is the area of the polygons on the sphere."""
    exact = area_by_triangles(global_mesh)
    np.testing.assert_allclose(ring_area(global_mesh), exact, rtol=1e-8, atol=1.0)


@pytest.mark.parametrize("shift", [0, 90, 175, -200, 360, 725])
def test_longitudes_may_have_any_offset(shift):
    """A cell of 20 degrees has one area wherever it is, the dateline included."""
    cell = one((50, 0), (50, 20), (70, 20), (70, 0))
    moved = one((50, shift), (50, (20 + shift) % 360), (70, 20 + shift), (70, shift))
    assert mesh_area(moved)[0] == pytest.approx(mesh_area(cell)[0], rel=1e-12)
    assert ring_area(moved)[0] == pytest.approx(mesh_area(cell)[0], rel=1e-9)


def test_corners_may_go_round_either_way():
    """Reversed corners have the same area."""
    corners = [(50, 0), (50, 20), (70, 25), (72, 0)]
    there, back = mesh_area(one(*corners)), mesh_area(one(*corners[::-1]))
    assert there[0] == pytest.approx(back[0], rel=1e-14)


@pytest.mark.parametrize("pole", [90, -90])
@pytest.mark.parametrize("longitude", [0, 45, 180, 211])
def test_longitude_of_a_corner_at_the_pole_means_nothing(pole, longitude):
    """An octant is an eighth of the sphere whatever its third corner's longitude."""
    octant = one((0, 0), (0, 90), (pole, longitude))
    assert mesh_area(octant)[0] == pytest.approx(SPHERE / 8, rel=1e-12)
    assert ring_area(octant)[0] == pytest.approx(SPHERE / 8, rel=1e-9)


@pytest.mark.parametrize("pole", [90, -90])
def test_a_cell_may_contain_a_pole(pole):
    """The cap within the equatorial square of an octahedron is half the sphere."""
    lat = np.sign(pole) * 1e-9
    cap = one((lat, 0), (lat, 90), (lat, 180), (lat, 270))
    assert mesh_area(cap)[0] == pytest.approx(SPHERE / 2, rel=1e-8)
    assert ring_area(cap)[0] == pytest.approx(SPHERE / 2, rel=1e-8)


def test_an_edge_may_pass_over_the_pole():
    """A cell with an edge over the pole has the area of its two triangles."""
    cell = one((80, 0), (80, 90), (80, 180))
    half = one((80, 0), (80, 90), (90, 0))
    assert mesh_area(cell)[0] == pytest.approx(2 * mesh_area(half)[0], rel=1e-12)
    assert ring_area(cell)[0] == pytest.approx(2 * mesh_area(half)[0], rel=1e-9)


def test_repeated_corners_are_ignored():
    """Padding with any corner, once or twice, does not change the area."""
    plain = mesh_area(one((0, 0), (0, 10), (10, 0)))[0]
    for padded in (
        one((0, 0), (0, 10), (10, 0), (10, 0), (10, 0)),
        one((0, 0), (0, 360), (0, 10), (10, 0), (10, 0)),
    ):
        assert mesh_area(padded)[0] == pytest.approx(plain, rel=1e-14)


def test_degenerate_cells_have_no_area():
    """Cells with one or two distinct corners have area 0 and no ring."""
    mesh = Mesh(
        np.zeros(2), np.zeros(2), np.array([[5, 5, 5], [5, 9, 9]]), np.zeros((2, 3))
    )
    assert mesh_area(mesh).tolist() == [0.0, 0.0]
    assert rings(mesh, slice(0, 2)).cell.size == 0


def test_pieces_follow_the_great_circle():
    """No point of a long edge's ring is further than 0.2 degrees from the edge."""
    found = rings(one((60, -40), (60, 40), (0, 0)), slice(0, 1))
    lat = np.degrees(np.arcsin(found.sine))
    north = lat > 59.9
    # On that great circle tan(lat) = tan(60) cos(lon) / cos(40).
    edge = (
        np.tan(np.radians(60)) * np.cos(np.radians(found.lon)) / np.cos(np.radians(40))
    )
    assert north.sum() > 8
    assert np.abs(lat - np.degrees(np.arctan(edge)))[north].max() < 0.2

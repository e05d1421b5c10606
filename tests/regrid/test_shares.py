from itertools import pairwise

import numpy as np
import pytest

from benchmark.regrid import Mesh, build_polygons
from benchmark.regrid.grid import EARTH_RADIUS

COLUMNS = 4000


def exact_shares(lat, lon, south, north, west, east):
    """Integrate, over longitude, how high a convex cell is within a box (m2).

    A convex cell is where all the half-spaces beyond its edges are; on each
    meridian that is one interval of latitude. Midpoint rule, breaks at corners.
    """
    lat, lon = np.radians(lat), np.radians(lon)
    xyz = np.stack(
        [np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=1
    )
    normal = np.cross(xyz, np.roll(xyz, -1, axis=0))
    normal = normal[np.linalg.norm(normal, axis=1) > 1e-9]
    normal *= np.sign(normal @ xyz.mean(axis=0))[:, None]
    west, east = np.radians(west), np.radians(east)
    corners = west + (lon - west) % (2 * np.pi)
    breaks = np.unique([west, *corners[corners < east], east])
    total = 0.0
    for a, b in pairwise(breaks):
        at = a + (b - a) * (np.arange(COLUMNS) + 0.5) / COLUMNS
        level = normal[:, :1] * np.cos(at) + normal[:, 1:2] * np.sin(at)
        upright = normal[:, 2:]
        with np.errstate(divide="ignore", invalid="ignore"):
            edge = np.arctan(-level / upright)
        none = np.where(level >= 0, -np.pi, np.pi)
        low = np.where(upright > 0, edge, np.where(upright < 0, -np.pi, none))
        high = np.where(upright < 0, edge, np.pi)
        bottom = np.sin(np.maximum(low.max(axis=0), np.radians(south)))
        top = np.sin(np.minimum(high.min(axis=0), np.radians(north)))
        inside = low.max(axis=0) < high.min(axis=0)
        total += np.where(inside, np.maximum(top - bottom, 0), 0).mean() * (b - a)
    return total * EARTH_RADIUS**2


def errors(mesh, cells, field, grid):
    """Return the errors of all shares of some cells, over the smaller cell."""
    overlap = build_polygons(field, grid)
    lat, lon = grid["lat_bnds"].values, grid["lon_bnds"].values
    found = []
    for cell in cells:
        column = overlap.matrix[:, [cell]].toarray()[:, 0]
        for target in np.flatnonzero(column):
            row, place = divmod(target, len(lon))
            exact = exact_shares(
                mesh.corner_lat[cell], mesh.corner_lon[cell], *lat[row], *lon[place]
            )
            least = min(overlap.source_area[cell], overlap.target_area[target])
            found.append(abs(column[target] - exact) / least)
    return np.array(found)


def some_cells(mesh):
    """Choose cells at both poles, at the dateline and here and there."""
    polar = np.argsort(-np.abs(mesh.lat))[:3]
    far = np.argsort(-np.abs((mesh.lon + 180) % 360 - 180))[:3]
    return np.unique([*polar, *far, *np.linspace(5, mesh.size - 5, 6, dtype=int)])


def test_single_shares_are_exact(global_mesh, on_mesh, regular):
    """Each share is right to 1e-6 of the smaller cell, on every kind of mesh."""
    field = on_mesh(np.ones(global_mesh.size), global_mesh)
    found = errors(global_mesh, some_cells(global_mesh), field, regular(7.5))
    assert found.size > 12
    assert found.max() < 1e-6


@pytest.mark.parametrize("step", [1.0, 12.0, 60.0])
def test_single_shares_are_exact_at_any_resolution(meshes, on_mesh, regular, step):
    """Cells larger and smaller than the target's are shared as exactly."""
    mesh = meshes["icosahedron, pole in a cell"]()
    found = errors(mesh, some_cells(mesh)[::2], on_mesh(np.ones(mesh.size), mesh),
                   regular(step))  # fmt: skip
    assert found.max() < 1e-6


def test_an_arc_that_enters_a_row_and_leaves_it_shares_its_cap(on_mesh, make_grid):
    """Over 60 N an edge from 45 N to 45 N, 120 degrees apart, has a cap above it.

    On that edge tan(lat) = 2 cos(lon), so that it is at 60 N where cos(lon) =
    sqrt(3)/2, 30 degrees to both sides, and at 63.43 N in the middle. The cap
    between it and the parallel is the area under the arc of those 60 degrees,
    2 atan(tan(30) 2 t / (1 + t2)) with t = tan(30), less 60 degrees times sin(60).
    """
    mesh = Mesh(
        np.array([30.0]), np.array([0.0]),
        np.array([[45.0, 45.0, -10.0]]), np.array([[-60.0, 60.0, 0.0]]),
    )  # fmt: skip
    grid = make_grid([-90, 60, 90], [-180, 180])
    half = np.tan(np.radians(30))
    under = 2 * np.arctan(np.tan(np.radians(30)) * 2 * half / (1 + half**2))
    cap = under - np.radians(60) * np.sin(np.radians(60))
    found = build_polygons(on_mesh(np.ones(1), mesh), grid).matrix.toarray()[1, 0]
    assert found == pytest.approx(cap * EARTH_RADIUS**2, rel=1e-10)

"""Which cell contains a place: on any grid, across the dateline, at the pole."""

import itertools

import numpy as np
import pytest
import xarray as xr

from benchmark.regrid import Mesh, mesh_area, with_mesh
from benchmark.regrid.containing import NOWHERE, cells_containing


def grid_of_edges(lat: list[float], lon: list[float]) -> xr.Dataset:
    """Return cells between edges."""
    return xr.Dataset(
        {
            "lat_bnds": (("lat", "bnds"), list(itertools.pairwise(lat))),
            "lon_bnds": (("lon", "bnds"), list(itertools.pairwise(lon))),
        }
    )


def on_mesh(corner_lat: np.ndarray, corner_lon: np.ndarray) -> xr.DataArray:
    """Return a field on cells of these corners; centres are the mean of corners."""
    middle = np.radians(corner_lon)
    lon = np.degrees(np.arctan2(np.sin(middle).mean(1), np.cos(middle).mean(1)))
    mesh = Mesh(corner_lat.mean(1), lon, corner_lat, corner_lon)
    return with_mesh(
        xr.DataArray(np.zeros(mesh.size), dims="cell"), mesh, mesh_area(mesh)
    )


@pytest.mark.parametrize("lat", [[50, 60, 70, 90], [90, 70, 60, 50]])
@pytest.mark.parametrize("west", [-180, 0, -360, 170])
def test_the_cell_does_not_depend_on_the_order_of_the_grid(
    lat: list[float], west: float
) -> None:
    """Rows may run either way and longitudes begin anywhere."""
    grid = grid_of_edges(lat, [west + step for step in range(0, 361, 10)])
    places = np.array([[55, -175], [60, 180], [65, 365], [90, 0], [49.9, 0]], float)
    found = cells_containing(grid, *places.T)
    inside = found[:4]
    rows, columns = np.divmod(inside, 36)
    edges = np.sort([lat[:-1], lat[1:]], axis=0).T[rows]
    assert edges.tolist() == [[50, 60], [60, 70], [60, 70], [70, 90]]
    assert ((west + columns * 10) % 360).tolist() == [180, 180, 0, 0]
    assert found[4] == NOWHERE


def test_a_place_is_not_moved_to_the_nearest_cell() -> None:
    """Just outside of a regional grid is outside."""
    grid = grid_of_edges([60, 62, 64], [10, 12, 14])
    found = cells_containing(
        grid, np.array([61.0, 61.0, 59.99, 64.0]), np.array([13.99, 14.01, 11.0, 14.0])
    )
    assert found.tolist() == [1, NOWHERE, NOWHERE, 3]


def test_edges_in_single_precision_leave_no_gap() -> None:
    """A site at a round place lies in a cell whose edge was rounded."""
    edges = (np.arange(0, 30.1, 0.1, dtype="float32")).astype(float).tolist()
    grid = grid_of_edges(edges, edges)
    places = np.arange(0.1, 30, 0.1)
    assert (cells_containing(grid, places, places) >= 0).all()


def test_cells_of_a_mesh_are_between_great_circles() -> None:
    """A place north of the parallel of two corners is still inside the arc."""
    mesh = on_mesh(
        np.array([[50.0, 50, 60, 60], [60, 60, 70, 70]]),
        np.array([[0.0, 40, 40, 0], [0, 40, 40, 0]]),
    )
    top = np.degrees(np.arctan(np.tan(np.radians(60)) / np.cos(np.radians(20))))
    places = np.array([[60.5, 20.0], [top + 0.01, 20.0], [55.0, 41.0]])
    assert top > 61
    assert cells_containing(mesh, *places.T).tolist() == [0, 1, NOWHERE]


def test_a_mesh_of_the_whole_north_agrees_with_its_grid() -> None:
    """Shuffled cells over dateline and pole hold each place exactly once."""
    south, west = np.meshgrid(np.arange(50, 90, 2.0), np.arange(-180, 180, 3.0))
    mixed = np.random.default_rng(1).permutation(south.size)
    south, west = south.ravel()[mixed], west.ravel()[mixed]
    mesh = on_mesh(
        np.stack([south, south, south + 2, south + 2], 1),
        np.stack([west, west + 3, west + 3, west], 1),
    )
    random = np.random.default_rng(2)
    lat, lon = random.uniform(52, 89.9, 400), random.uniform(-360, 540, 400)
    found = cells_containing(mesh, lat, lon)
    assert (found >= 0).all()
    # Arcs bulge northward, by 0.03 degrees between meridians 3 apart.
    clear = np.abs(lat % 2 - 1) < 0.95
    assert (np.abs(lat - south[found] - 1)[clear] <= 1).all()
    assert ((lon - west[found]) % 360 <= 3 + 1e-9)[clear].all()
    assert (cells_containing(mesh, np.array([90.0]), np.array([0.0])) >= 0).all()


def test_a_concave_cell_and_repeated_corners() -> None:
    """What the arms of an L leave free is outside; padding changes nothing."""
    mesh = on_mesh(
        np.array([[60.0, 60, 61, 61, 62, 62, 62]]),
        np.array([[10.0, 14, 14, 12, 12, 10, 10]]),
    )
    lat, lon = np.array([60.5, 61.5, 61.5]), np.array([13.0, 11.0, 13.0])
    assert cells_containing(mesh, lat, lon).tolist() == [0, 0, NOWHERE]

"""Corners inferred from centres."""

from collections.abc import Callable

import numpy as np
import pytest
import xarray as xr

from benchmark.regrid.mesh import Mesh

Read = Callable[..., tuple[xr.DataArray, Mesh, list[str]]]
Areas = Callable[[Mesh], np.ndarray]
Refusal = Callable[..., str]


def bent(lat: np.ndarray, lon: np.ndarray) -> xr.Dataset:
    """Return a file with two-dimensional centres and no corners."""
    return xr.Dataset(
        {"gpp": (("y", "x"), np.arange(float(lat.size)).reshape(lat.shape))},
        coords={
            "lat": (("y", "x"), lat, {"units": "degrees_north"}),
            "lon": (("y", "x"), lon, {"units": "degrees_east"}),
        },
    )


def polar(step: float = 50.0, size: int = 9) -> tuple[np.ndarray, np.ndarray]:
    """Return centres on squares around the pole, equal-area azimuthal, in km."""
    axis = step * (np.arange(size) - (size - 1) / 2)
    x, y = np.meshgrid(axis, axis)
    # 2 R sin(colatitude / 2) is the distance from the middle.
    colatitude = 2 * np.degrees(np.arcsin(np.hypot(x, y) / 2 / 6371.0))
    return 90 - colatitude, np.degrees(np.arctan2(y, x))


def test_squares_around_the_pole(mesh_of_file: Read, areas: Areas) -> None:
    """Centres of 50 km squares around the pole give cells of 2500 km2, edges too."""
    _, mesh, remarks = mesh_of_file(bent(*polar()))
    area = areas(mesh) * 4 * np.pi * 6371.0**2
    np.testing.assert_allclose(area, 2500.0, rtol=2e-3)
    assert remarks == ["corners are absent: taken half-way between centres"]


def test_columns_that_close(mesh_of_file: Read, areas: Areas) -> None:
    """Columns once round the globe share their corners where they meet."""
    lon, lat = np.meshgrid(np.arange(0, 360, 10.0), np.arange(40, 81, 10.0))
    # Rows that wave are no parallels; their mean over the globe is unchanged.
    lat = lat + 1e-2 * np.sin(np.radians(lon))
    _, mesh, _ = mesh_of_file(bent(lat, lon))
    corners = mesh.corner_lon.reshape(5, 36, 4)
    np.testing.assert_allclose(corners[:, 0, 0] % 360, 355.0, atol=1e-2)
    np.testing.assert_allclose(corners[:, -1, 1] % 360, 355.0, atol=1e-2)


def test_halo_of_centres(mesh_of_file: Read) -> None:
    """Halo columns without corners are masked, the cells inside are kept."""
    lon, lat = np.meshgrid(np.arange(0, 360, 10.0), np.arange(40, 81, 10.0))
    lat = lat + 1e-2 * np.sin(np.radians(lon))
    take = [35, *range(36), 0]
    values, mesh, remarks = mesh_of_file(bent(lat[:, take], lon[:, take]))
    kept = values.notnull().to_numpy().reshape(5, 38)
    assert kept[:, 1:-1].all()
    assert not kept[:, [0, -1]].any()
    corners = mesh.corner_lon.reshape(5, 38, 4)
    np.testing.assert_allclose(corners[:, 1, 0] % 360, 355.0, atol=1e-2)
    assert "10 of 190 cells repeat" in remarks[1]


def test_missing_centres(mesh_of_file: Read, areas: Areas) -> None:
    """Cells beside missing ones keep their size, missing ones are masked."""
    lat, lon = polar()
    lat[:2, :3] = lon[:2, :3] = np.nan
    values, mesh, _ = mesh_of_file(bent(lat, lon))
    area = areas(mesh) * 4 * np.pi * 6371.0**2
    hole = np.zeros((9, 9), bool)
    hole[:2, :3] = True
    assert (values.isnull().to_numpy() == hole.ravel()).all()
    np.testing.assert_allclose(area[~hole.ravel()], 2500.0, rtol=3e-3)
    np.testing.assert_allclose(area[hole.ravel()], 0.0)


@pytest.mark.parametrize("fill", [0.0, 5.0])
def test_centres_that_repeat(fill: float, mesh_of_file: Read, refusal: Refusal) -> None:
    """Many centres in the same place are no grid."""
    lat, lon = polar(size=20)
    lat[:, :8] = lon[:, :8] = fill
    assert "centres repeat others" in refusal(mesh_of_file, bent(lat, lon))


def test_one_row(mesh_of_file: Read, refusal: Refusal) -> None:
    """One row has no cells above or below to infer a height from."""
    lat, lon = polar()
    assert "two rows and columns" in refusal(mesh_of_file, bent(lat[:1], lon[:1]))

"""Cells made of centres alone."""

from collections.abc import Callable

import numpy as np
import pytest

from benchmark.harmonise.cells.voronoi import voronoi_mesh
from benchmark.regrid.mesh import Mesh

Areas = Callable[[Mesh], np.ndarray]
Refusal = Callable[..., str]


def spiral(count: int) -> tuple[np.ndarray, np.ndarray]:
    """Return places spread evenly over the globe along a spiral."""
    index = np.arange(count) + 0.5
    lat = np.degrees(np.arcsin(1 - 2 * index / count))
    return lat, (index * 137.50776405) % 360


def test_cells_fill_the_sphere(areas: Areas) -> None:
    """Cells of evenly spread centres fill the sphere and hardly differ in area."""
    mesh = voronoi_mesh(*spiral(500))
    area = areas(mesh)
    assert area.sum() == pytest.approx(1.0, abs=1e-9)
    np.testing.assert_allclose(area, 1 / 500, rtol=0.2)


def test_region(refusal: Refusal) -> None:
    """Centres of a region are refused: their cells would reach round the globe."""
    lat, lon = spiral(2000)
    north = lat > 50
    said = refusal(voronoi_mesh, lat[north], lon[north], "a.nc: gpp")
    assert "do not cover the whole globe" in said


def test_repeats(refusal: Refusal) -> None:
    """Two centres in one place have no cells."""
    lat, lon = spiral(20)
    lat[1], lon[1] = lat[0], lon[0]
    assert "distinct places" in refusal(voronoi_mesh, lat, lon, "a.nc: gpp")

"""Times the overlap of meshes with a regular grid of one degree.

Each case runs in its own process: 50 000 hexagons and pentagons (Voronoi cells
of points on a spiral), a rotated grid of 385 x 360 cells, one of 1080 x 1440.

    python benchmarks/polygon_overlap.py
"""

import resource
import subprocess
import sys
import time

import numpy as np
import xarray as xr
from scipy.spatial import SphericalVoronoi

from benchmark.regrid import Mesh, build_polygons, mesh_area, with_mesh


def mesh_of(centres: np.ndarray, corners: np.ndarray) -> Mesh:
    """Build a mesh from unit vectors (cell, 3) and (cell, corner, 3)."""
    angles = [
        np.degrees(part)
        for xyz in (centres, corners)
        for part in (
            np.arctan2(xyz[..., 2], np.hypot(xyz[..., 0], xyz[..., 1])),
            np.arctan2(xyz[..., 1], xyz[..., 0]),
        )
    ]
    return Mesh(*angles)


def hexagons(count: int) -> Mesh:
    """Return Voronoi cells of points on a spiral."""
    number = np.arange(count) + 0.5
    z, turn = 1 - 2 * number / count, np.pi * (1 + 5**0.5) * number
    radius = np.sqrt(1 - z**2)
    points = np.column_stack([radius * np.cos(turn), radius * np.sin(turn), z])
    cells = SphericalVoronoi(points)
    cells.sort_vertices_of_regions()
    widest = max(map(len, cells.regions))
    index = [ring + [ring[-1]] * (widest - len(ring)) for ring in cells.regions]
    return mesh_of(points, cells.vertices[np.array(index)])


def rotated(rows: int, columns: int) -> Mesh:
    """Return the cells of a global grid whose pole is turned by 30 degrees."""
    lat = np.radians(np.linspace(-90, 90, rows + 1))[:, None]
    lon = np.radians(np.linspace(0, 360, columns + 1))
    x, y, z = np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)
    c, s = np.cos(np.pi / 6), np.sin(np.pi / 6)
    at = np.stack([c * x + s * z, y, c * z - s * x], axis=-1)
    corners = np.stack([at[:-1, :-1], at[:-1, 1:], at[1:, 1:], at[1:, :-1]], axis=2)
    corners = corners.reshape(-1, 4, 3)
    return mesh_of(corners.mean(axis=1), corners)


CASES = {
    "hexagons 50000": lambda: hexagons(50_000),
    "rotated 385 x 360": lambda: rotated(385, 360),
    "rotated 1080 x 1440": lambda: rotated(1080, 1440),
}


def one_degree() -> xr.Dataset:
    """Return a global grid of one degree."""
    bounds = {}
    for name, edges in (("lat", np.arange(-90.0, 91)), ("lon", np.arange(-180.0, 181))):
        pairs = np.column_stack([edges[:-1], edges[1:]])
        bounds[f"{name}_bnds"] = ((name, "bnds"), pairs)
    return xr.Dataset(coords=bounds)


def peak() -> float:
    """Return the largest memory this process has had, MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure(name: str) -> None:
    """Print time, memory and closure of one case."""
    mesh = CASES[name]()
    area = mesh_area(mesh)
    field = with_mesh(xr.DataArray(np.ones(mesh.size), dims="cell"), mesh, area)
    before, start, cpu = peak(), time.perf_counter(), time.process_time()
    overlap = build_polygons(field, one_degree())
    wall, cpu = time.perf_counter() - start, time.process_time() - cpu
    rest = np.abs(overlap.matrix.sum(axis=0) / area - 1).max()
    print(
        f"{name}: {wall:.2f} s wall, {cpu:.2f} s CPU, peak {peak():.0f} MB "
        f"({peak() - before:.0f} above the mesh), {overlap.matrix.nnz} pairs, "
        f"areas close to {rest:.0e}"
    )


def main() -> None:
    """Measure the case that is named, or each in its own process."""
    if len(sys.argv) > 1:
        measure(sys.argv[1])
    else:
        for name in CASES:
            subprocess.run([sys.executable, __file__, name], check=True)


if __name__ == "__main__":
    main()

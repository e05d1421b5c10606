"""How much of each cell of a mesh lies inside each region."""

from typing import TYPE_CHECKING

import numpy as np

from benchmark.regrid.mesh import Mesh
from benchmark.regrid.plane import Rings, batches, rings

if TYPE_CHECKING:
    from shapely import STRtree
    from shapely.geometry.base import BaseGeometry

#: A share of a cell below this is rounding, not overlap.
NEGLIGIBLE = 1e-9
#: Cells that are cut from one piece of a region; more are divided first.
TOGETHER = 16


def mesh_shares(planes: list["BaseGeometry"], mesh: Mesh) -> np.ndarray:
    """Return the share of each cell of a mesh inside each region.

    Regions and cells are polygons in the plane of longitude and sine of
    latitude, where areas are those on the sphere. A region is divided along
    with the cells on its boundary, so that each is cut by few vertices.

    Parameters
    ----------
    planes : list of shapely geometry
        Regions, longitude (degrees, -180..180) and sine of latitude.
    mesh : Mesh
        The cells.

    Returns
    -------
    numpy.ndarray
        Shares (region, cell), 0..1; 0 for cells without area.
    """
    import shapely
    from shapely.affinity import translate

    shares = np.zeros((len(planes), mesh.size))
    turned = [(translate(plane, 360), plane) for plane in planes]
    for cells in batches(mesh):
        index, polygons = _polygons(rings(mesh, cells))
        tree, area = shapely.STRtree(polygons), shapely.area(polygons)
        for n, copies in enumerate(turned):
            for plane in copies:
                shared = np.zeros(area.size)
                _fill(shared, plane, tree, polygons)
                shares[n, cells.start + index] += shared / area
    shares[shares < NEGLIGIBLE] = 0.0
    shares[shares > 1.0 - NEGLIGIBLE] = 1.0
    return shares


def _polygons(found: Rings) -> tuple[np.ndarray, np.ndarray]:
    """Return the cells that have a ring, starting within -180..180."""
    import shapely

    if not found.cell.size:
        return np.zeros(0, dtype=int), np.zeros(0, dtype=object)
    first = np.flatnonzero(np.diff(found.cell, prepend=-1))
    sizes = np.diff(np.append(first, found.cell.size))
    west = np.minimum.reduceat(found.lon, first)
    offset = np.repeat(360.0 * np.floor((west + 180.0) / 360.0), sizes)
    points = np.column_stack([found.lon - offset, found.sine])
    numbers = np.repeat(np.arange(first.size), sizes)
    polygons: np.ndarray = np.asarray(
        shapely.polygons(shapely.linearrings(points, indices=numbers))
    )
    wrong = ~shapely.is_valid(polygons)
    polygons[wrong] = shapely.buffer(polygons[wrong], 0.0)
    kept = shapely.area(polygons) > 0.0
    return found.cell[first][kept], polygons[kept]


def _fill(
    shared: np.ndarray, plane: "BaseGeometry", tree: "STRtree", polygons: np.ndarray
) -> None:
    """Add to `shared` (cell,) the areas that cells share with one region."""
    import shapely

    shapely.prepare(plane)
    near = tree.query(plane)
    inside = shapely.contains_properly(plane, polygons[near])
    shared[near[inside]] = shapely.area(polygons[near[inside]])
    near = near[~inside]
    near = near[shapely.intersects(plane, polygons[near])]
    todo = [(near, plane)] if near.size else []
    while todo:
        some, piece = todo.pop()
        boxes = shapely.bounds(polygons[some])
        west, south = boxes[:, :2].min(axis=0)
        east, north = boxes[:, 2:].max(axis=0)
        piece = shapely.intersection(piece, shapely.box(west, south, east, north))
        if some.size <= TOGETHER:
            shared[some] = shapely.area(shapely.intersection(polygons[some], piece))
        elif not piece.is_empty:
            middle = boxes[:, :2] + boxes[:, 2:]
            axis = int(np.argmax(np.ptp(middle, axis=0) * [1.0, 60.0]))
            order = some[np.argsort(middle[:, axis], kind="stable")]
            half = order.size // 2
            todo += [(order[:half], piece), (order[half:], piece)]

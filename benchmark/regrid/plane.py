"""Cells of a mesh in the plane of longitude and the sine of latitude."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np

from benchmark.regrid.arcs import cut_arcs
from benchmark.regrid.great_circle import cut_at_crests, integral, turn_degrees
from benchmark.regrid.grid import EARTH_RADIUS
from benchmark.regrid.mesh import Mesh

SAME = 1e-10
"""Corners closer than this (degrees) are one; closer to a pole, they are it."""

OVER = 1e-7
"""Edges this close (degrees) to half a turn of longitude pass over the pole."""

BATCH = 2**17
"""Corners worked on at a time, which bounds the memory."""


Cut = Callable[
    [np.ndarray, np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray, np.ndarray]
]


class Corners(NamedTuple):
    """Distinct corners of cells, ring after ring.

    A corner at a pole is there twice, on the meridians it is reached and left
    by, since its own longitude means nothing; so is one where an edge passes
    over a pole.
    """

    lon: np.ndarray
    lat: np.ndarray
    cell: np.ndarray
    following: np.ndarray


class Rings(NamedTuple):
    """Cells as closed rings of pieces in the equal-area plane.

    Pieces are straight (`rings`) or arcs of great circles (`arc_rings`).
    Longitudes (degrees) are unrolled: no piece spans 180 or more, and a ring
    may lie at any whole turn. A ring round a pole has an edge along it.
    """

    lon: np.ndarray
    sine: np.ndarray
    cell: np.ndarray
    following: np.ndarray


def mesh_area(mesh: Mesh) -> np.ndarray:
    r"""Return the areas of the cells of a mesh.

    The area between an arc of a great circle and the equator is
    :math:`2\arctan\left(\tan\frac{\Delta\lambda}{2}
    \frac{t_1 + t_2}{1 + t_1 t_2}\right)` with :math:`t = \tan(\phi/2)`; a
    cell's area is the sum over its edges, or, where the edges go round a pole,
    the cap that is left.

    Parameters
    ----------
    mesh : Mesh
        Its corners may go round in either direction.

    Returns
    -------
    numpy.ndarray
        Areas (cell,) on a sphere of 6371000 m radius, m2, exact to rounding;
        0 where a cell has fewer than three distinct corners. A cell that
        divides the sphere is taken to be the smaller part.

    Examples
    --------
    >>> octant = Mesh(
    ...     np.array([35.0]), np.array([45.0]),
    ...     np.array([[0.0, 0.0, 90.0]]), np.array([[0.0, 90.0, 0.0]]),
    ... )
    >>> (mesh_area(octant) / (4 * np.pi * EARTH_RADIUS**2)).round(12).tolist()
    [0.125]
    """
    area = np.zeros(mesh.size)
    for cells in batches(mesh):
        turns, under = _circuits(_corners(mesh, cells), cells)
        # Round a pole the rest of the cap, up to the pole that is nearer.
        area[cells] = np.abs(2.0 * np.pi * np.abs(turns) - np.abs(under))
    return EARTH_RADIUS**2 * area


def batches(mesh: Mesh) -> Iterator[slice]:
    """Yield runs of cells that are worked on together.

    Parameters
    ----------
    mesh : Mesh
        Any.

    Yields
    ------
    slice
        Of the cells, in order.
    """
    step = max(1, BATCH // mesh.corner_lat.shape[1])
    for first in range(0, mesh.size, step):
        yield slice(first, min(first + step, mesh.size))


def rings(mesh: Mesh, cells: slice) -> Rings:
    """Return some cells of a mesh as rings in the equal-area plane.

    Arcs are cut where they bend, and each piece is bent out a little so that
    the area beside it is exact. So are the areas of the rings, then.

    Parameters
    ----------
    mesh : Mesh
        The cells.
    cells : slice
        Which of them.

    Returns
    -------
    Rings
        Cells numbered from the first of the slice; those without area have
        no ring.
    """
    return _rings(_corners(mesh, cells), cut_arcs)


def arc_rings(mesh: Mesh, cells: slice) -> Rings:
    """Return some cells of a mesh as rings of arcs of great circles.

    Parameters
    ----------
    mesh : Mesh
        The cells.
    cells : slice
        Which of them.

    Returns
    -------
    Rings
        As `rings`, but each piece is an arc, along which latitude only rises
        or only falls.
    """
    return _rings(_corners(mesh, cells), cut_at_crests)


def _rings(corners: Corners, cut: Cut) -> Rings:
    edge, lon, sine = cut(corners.lon, corners.lat, corners.following)
    cell = corners.cell[edge]
    lon = _unroll(lon, cell)
    following = _following(cell)
    step = turn_degrees(lon[following] - lon)
    turns = np.rint(np.bincount(cell, step) / 360.0)
    if turns.any():
        half = sine / (1.0 + np.sqrt(1.0 - sine**2))
        under = np.bincount(cell, integral(np.radians(step), half, half[following]))
        polar = np.flatnonzero(turns)
        pole = np.sign(turns * under)[polar]
        lon, sine, cell = _close_at_pole((lon, sine, cell), polar, turns[polar], pole)
    return Rings(lon, sine, cell, _following(cell))


def _corners(mesh: Mesh, cells: slice) -> Corners:
    lat = np.clip(np.asarray(mesh.corner_lat[cells], "float64"), -90.0, 90.0)
    lon = np.asarray(mesh.corner_lon[cells], "float64")
    pole = np.abs(lat) >= 90.0 - SAME
    lat = np.where(pole, np.copysign(90.0, lat), lat)
    level = np.abs(lat - np.roll(lat, 1, axis=1)) <= SAME
    beside = np.abs(turn_degrees(lon - np.roll(lon, 1, axis=1))) <= SAME
    distinct = ~(level & (beside | pole))
    distinct[distinct.sum(axis=1) < 3] = False
    cell = np.nonzero(distinct)[0]
    return _over_poles(lon[distinct], lat[distinct], cell)


def _over_poles(lon: np.ndarray, lat: np.ndarray, cell: np.ndarray) -> Corners:
    """Reach and leave poles along meridians, where corners or edges meet them."""
    following = _following(cell)
    pole = np.abs(lat) == 90.0
    over = np.abs(turn_degrees(lon[following] - lon)) >= 180.0 - OVER
    over &= ~pole & ~pole[following]
    if not (pole | over).any():
        return Corners(lon, lat, cell, following)
    before = np.empty_like(following)
    before[following] = np.arange(cell.size)
    copies = 1 + pole + 2 * over
    last = np.cumsum(copies) - 1
    wide, high, owner = (np.repeat(part, copies) for part in (lon, lat, cell))
    wide[last[pole] - 1] = lon[before[pole]]
    wide[last[pole | over]] = lon[following[pole | over]]
    high[last[over] - 1] = np.copysign(90.0, (lat + lat[following])[over])
    high[last[over]] = high[last[over] - 1]
    return Corners(wide, high, owner, _following(owner))


def _following(cell: np.ndarray) -> np.ndarray:
    """Return the index of the next point of the same ring, cyclically."""
    following = np.arange(1, cell.size + 1)
    last = np.flatnonzero(np.diff(cell, append=-1))
    following[last] = np.concatenate([[0], last[:-1] + 1])[: last.size]
    return following


def _circuits(corners: Corners, cells: slice) -> tuple[np.ndarray, np.ndarray]:
    """Return how often each cell goes round the pole, and the area beneath it."""
    count = cells.stop - cells.start
    turn = np.radians(turn_degrees(corners.lon[corners.following] - corners.lon))
    half = np.tan(np.radians(corners.lat) / 2.0)
    under = integral(turn, half, half[corners.following])
    turns = np.bincount(corners.cell, turn, minlength=count) / (2.0 * np.pi)
    return np.rint(turns), np.bincount(corners.cell, under, minlength=count)


def _unroll(lon: np.ndarray, cell: np.ndarray) -> np.ndarray:
    """Add whole turns, so that longitude never jumps along a ring."""
    turns = np.zeros(lon.size)
    turns[1:] = np.where(np.diff(cell) == 0, -np.rint(np.diff(lon) / 360.0), 0.0)
    turns = np.cumsum(turns)
    first = np.flatnonzero(np.diff(cell, prepend=-1))
    sizes = np.diff(np.append(first, cell.size))
    return lon + 360.0 * (turns - np.repeat(turns[first], sizes))


def _close_at_pole(
    points: tuple[np.ndarray, np.ndarray, np.ndarray],
    polar: np.ndarray,
    turns: np.ndarray,
    pole: np.ndarray,
) -> tuple[np.ndarray, ...]:
    """Lead the rings that go round a pole up to it, along it and back."""
    lon, sine, cell = points
    first = np.searchsorted(cell, polar)
    end = np.repeat(np.searchsorted(cell, polar, side="right"), 3)
    around, start = lon[first] + 360.0 * turns, lon[first]
    edge_lon = np.column_stack([around, around, start])
    edge_sine = np.column_stack([sine[first], pole, pole])
    return (
        np.insert(lon, end, edge_lon.ravel()),
        np.insert(sine, end, edge_sine.ravel()),
        np.insert(cell, end, np.repeat(polar, 3)),
    )

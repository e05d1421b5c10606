"""Areas that rings in a plane share with rectangles, from their boundaries.

A piece of a ring's boundary within one rectangle bounds an area to its east:
part of that rectangle and all of the same row further east. Summed along the
rows over the whole boundary, with the sign of its direction, this is what the
ring shares with each rectangle, whether convex or not.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from benchmark.regrid.plane import Rings

BLOCKS = 2**21
"""Pairs of ring and rectangle worked on at a time, which bounds the memory."""

Shared = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]


class _Boundary(NamedTuple):
    """Straight pieces: which ring, and both ends."""

    ring: np.ndarray
    x: tuple[np.ndarray, np.ndarray]
    y: tuple[np.ndarray, np.ndarray]


class _Boxes(NamedTuple):
    """The rectangles around each ring: first row and column, and how many."""

    row: np.ndarray
    column: np.ndarray
    rows: np.ndarray
    columns: np.ndarray


def shared_areas(
    rings: Rings, rows: np.ndarray, columns: np.ndarray
) -> Iterator[Shared]:
    """Yield what rings share with the rectangles of a grid.

    Parameters
    ----------
    rings : Rings
        Closed rings in the plane, in either direction.
    rows, columns : numpy.ndarray
        Ascending edges: sine of latitude (row + 1,), and longitude
        (column + 1,) in degrees, at any whole turn.

    Yields
    ------
    tuple of numpy.ndarray
        Cell, row, column and shared area (degrees times 1) of some pairs. A
        pair may come twice, and pairs around a ring that share nothing
        come with rounding.
    """
    if not rings.cell.size:
        return
    first = np.flatnonzero(np.diff(rings.cell, prepend=-1))
    cell, size = rings.cell[first], np.diff(np.append(first, rings.cell.size))
    west, east = (f.reduceat(rings.lon, first) for f in (np.minimum, np.maximum))
    turns = 360.0 * np.floor((west - columns[0]) / 360.0)
    for shift in (0.0, 360.0):
        # Rings start on the first turn of the grid; some reach the second.
        low, high = west - turns - shift, east - turns - shift
        ring = np.flatnonzero((low < columns[-1]) & (high > columns[0]))
        boxes = _boxes(rings, (low, high), (rows, columns), first)
        for some in _portions(ring, boxes):
            point = _points(first[some], size[some])
            owner = np.repeat(np.arange(some.size), size[some])
            offset = np.repeat(turns[some] + shift, size[some])
            boundary = _boundary(rings, point, owner, offset)
            part = _Boxes(*(box[some] for box in boxes))
            pairs = _sweep(boundary, part, rows, columns)
            yield cell[some[pairs[0]]], *pairs[1:]


def _boxes(
    rings: Rings,
    extent: tuple[np.ndarray, np.ndarray],
    edges: tuple[np.ndarray, np.ndarray],
    first: np.ndarray,
) -> _Boxes:
    rows, columns = edges
    south, north = (f.reduceat(rings.sine, first) for f in (np.minimum, np.maximum))
    top, bottom = _inside(south, rows), _inside(north, rows)
    left, right = _inside(extent[0], columns), _inside(extent[1], columns)
    return _Boxes(top, left, bottom - top + 1, right - left + 1)


def _inside(x: np.ndarray, edges: np.ndarray) -> np.ndarray:
    """Return the interval each position is in, or the nearest."""
    found: np.ndarray = np.searchsorted(edges[1:-1], x, side="right")
    return found


def _portions(ring: np.ndarray, boxes: _Boxes) -> Iterator[np.ndarray]:
    """Split rings so that each portion has about `BLOCKS` rectangles."""
    if ring.size:
        blocks = np.cumsum((boxes.rows * boxes.columns)[ring]) // BLOCKS
        yield from np.split(ring, np.flatnonzero(np.diff(blocks)) + 1)


def _points(first: np.ndarray, size: np.ndarray) -> np.ndarray:
    """Return the indices of the points of some rings."""
    start = np.cumsum(size) - size
    point: np.ndarray = np.arange(size.sum()) + np.repeat(first - start, size)
    return point


def _boundary(
    rings: Rings, point: np.ndarray, owner: np.ndarray, offset: np.ndarray
) -> _Boundary:
    following = rings.following[point]
    x = rings.lon[point] - offset, rings.lon[following] - offset
    return _Boundary(owner, x, (rings.sine[point], rings.sine[following]))


def _sweep(
    boundary: _Boundary, boxes: _Boxes, rows: np.ndarray, columns: np.ndarray
) -> Shared:
    """Add up the area east of every piece, along each row of each box."""
    ring, x, y = boundary
    ring, x, y = _cut(_Boundary(ring, x, y), columns)
    ring, (y0, y1), (x0, x1) = _cut(_Boundary(ring, y, x), rows)
    y0, y1 = np.clip(y0, rows[0], rows[-1]), np.clip(y1, rows[0], rows[-1])
    middle = np.clip((x0 + x1) / 2.0, columns[0], columns[-1])
    column, row = _inside(middle, columns), _inside((y0 + y1) / 2.0, rows)
    blocks = boxes.rows * boxes.columns
    start = np.cumsum(blocks) - blocks
    place = start[ring] + column - boxes.column[ring]
    place += (row - boxes.row[ring]) * boxes.columns[ring]
    count, tall = int(blocks.sum()), y1 - y0
    beside = np.bincount(place, tall * (columns[column + 1] - middle), minlength=count)
    beyond = np.cumsum(np.bincount(place, tall, minlength=count))

    owner = np.repeat(np.arange(blocks.size), blocks)
    row, column = np.divmod(np.arange(count) - start[owner], boxes.columns[owner])
    begin = np.arange(count) - column
    before = np.append(0.0, beyond)
    beside += (before[:-1] - before[begin]) * np.diff(columns)[
        column + boxes.column[owner]
    ]
    sign = np.sign(np.bincount(owner, beside))[owner]
    return owner, row + boxes.row[owner], column + boxes.column[owner], sign * beside


def _cut(boundary: _Boundary, edges: np.ndarray) -> _Boundary:
    """Cut pieces at the edges they cross along x."""
    ring, x, y = boundary
    first, last = (np.searchsorted(edges, end, side="right") for end in x)
    crossings = np.abs(last - first)
    crossed, whole = np.flatnonzero(crossings), crossings == 0
    if not crossed.size:
        return boundary
    parts = crossings[crossed] + 1
    index = np.repeat(crossed, parts)
    number = _points(np.zeros(crossed.size, dtype=int), parts)
    (begin, end), (low, high) = ((pair[0][index], pair[1][index]) for pair in (x, y))
    slope = (high - low) / (end - begin)
    ends = []
    for n in (number, number + 1):
        up = last[index] > first[index]
        line = np.where(up, first[index] + n - 1, first[index] - n)
        along = edges[np.clip(line, 0, edges.size - 1)]
        across = low + slope * (along - begin)
        start, stop = n == 0, n > crossings[index]
        ends.append(
            (
                np.where(start, begin, np.where(stop, end, along)),
                np.where(start, low, np.where(stop, high, across)),
            )
        )
    cut = [np.concatenate([x[k][whole], ends[k][0]]) for k in (0, 1)]
    other = [np.concatenate([y[k][whole], ends[k][1]]) for k in (0, 1)]
    owner = np.concatenate([ring[whole], ring[index]])
    return _Boundary(owner, (cut[0], cut[1]), (other[0], other[1]))

"""Areas that rings share with rectangles in a plane, from their boundaries.

The plane is that of longitude and the sine of latitude; a piece of a boundary is
an arc of a great circle, cut where it crosses meridians and parallels. A piece
within one rectangle bounds an area to its east: part of that rectangle and all of
the same row further east. Summed along the rows over the whole boundary, with the
sign of its direction, this is what the ring shares with each rectangle, whether
convex or not.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from benchmark.regrid.great_circle import circle, integral
from benchmark.regrid.plane import Rings

BLOCKS = 2**21
"""Pairs of ring and rectangle worked on at a time, which bounds the memory."""

Ends = tuple[np.ndarray, np.ndarray]

Shared = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]


class _Boundary(NamedTuple):
    """Arcs: which ring, and longitude (degrees) and sine of both ends."""

    ring: np.ndarray
    x: Ends
    y: Ends


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
        Closed rings of arcs, in either direction, from `arc_rings`.
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
    ring, x, y = _cut_at_rows(_cut_at_columns(boundary, columns), rows)
    middle, level = (x[0] + x[1]) / 2.0, (y[0] + y[1]) / 2.0
    within = (columns[0] < middle) & (middle < columns[-1])
    within &= (rows[0] < level) & (level < rows[-1])
    # What lies between the arc and its chord.
    bent = np.where(within, _bend(x, y), 0.0)
    tall = np.diff(np.clip(y, rows[0], rows[-1]), axis=0)[0]
    middle = np.clip(middle, columns[0], columns[-1])
    column, row = _inside(middle, columns), _inside(level, rows)
    blocks = boxes.rows * boxes.columns
    start = np.cumsum(blocks) - blocks
    place = start[ring] + column - boxes.column[ring]
    place += (row - boxes.row[ring]) * boxes.columns[ring]
    count = int(blocks.sum())
    east = tall * (columns[column + 1] - middle) + bent
    beside = np.bincount(place, east, minlength=count)
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


def _bend(x: Ends, y: Ends) -> np.ndarray:
    turn = np.radians(x[1] - x[0])
    half = [sine / (1.0 + _cosine(sine)) for sine in y]
    return np.degrees(integral(turn, *half) - turn * (y[0] + y[1]) / 2.0)


def _cosine(sine: np.ndarray) -> np.ndarray:
    cosine: np.ndarray = np.sqrt((1.0 - sine) * (1.0 + sine))
    return cosine


def _cut_at_columns(boundary: _Boundary, columns: np.ndarray) -> _Boundary:
    """Cut arcs where they cross meridians."""
    ring, x, y = boundary
    owner, place, index, at = _crossings(x, columns)
    if not index.size:
        return boundary
    (x0, x1), (y0, y1) = (part[:, index] for part in (np.stack(x), np.stack(y)))
    part, rest, turn = (np.radians(d) for d in (at - x0, x1 - at, x1 - x0))
    rise = y0 * _cosine(y1) * np.sin(rest) + y1 * _cosine(y0) * np.sin(part)
    run = _cosine(y0) * _cosine(y1) * np.sin(turn)
    length = np.hypot(rise, run)
    # An edge along a pole has no length, and stays there.
    sine = np.divide(rise * np.sign(run), length, out=y0.copy(), where=length > 0.0)
    sine = np.clip(sine, np.minimum(y0, y1), np.maximum(y0, y1))
    return _Boundary(
        ring[owner], _split(x, owner, place, at), _split(y, owner, place, sine)
    )


def _cut_at_rows(boundary: _Boundary, rows: np.ndarray) -> _Boundary:
    """Cut arcs, along which latitude never turns, where they cross parallels."""
    ring, x, y = boundary
    owner, place, index, at = _crossings(y, rows)
    if not index.size:
        return boundary
    (x0, x1), (y0, y1) = (part[:, index] for part in (np.stack(x), np.stack(y)))
    turn, cosine = np.radians(x1 - x0), _cosine(at)
    along, across, wide = circle((y0, y1), (_cosine(y0), _cosine(y1)), turn)
    along, across, wide = along * cosine, across * cosine, wide * at
    # Of both crossings of the circle that where it rises as the arc does.
    root = np.sqrt(np.maximum(along**2 + across**2 - wide**2, 0.0))
    root *= np.sign(y1 - y0)
    part = np.arctan2(across * wide - along * root, along * wide + across * root)
    lon = np.clip(x0 + np.degrees(part), np.minimum(x0, x1), np.maximum(x0, x1))
    return _Boundary(
        ring[owner], _split(x, owner, place, lon), _split(y, owner, place, at)
    )


def _crossings(
    ends: Ends, edges: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return the piece each part is of; and of crossings the part before, piece, edge.

    Parts of a piece follow each other from its begin to its end.
    """
    first, last = (np.searchsorted(edges, end, side="right") for end in ends)
    crossings = np.abs(last - first)
    owner = np.repeat(np.arange(crossings.size), 1 + crossings)
    crossed = np.flatnonzero(crossings)
    index = np.repeat(crossed, crossings[crossed])
    number = _points(np.zeros(crossed.size, dtype=int), crossings[crossed])
    up = last[index] > first[index]
    at = edges[np.where(up, first[index] + number, first[index] - 1 - number)]
    return owner, index + np.arange(index.size), index, at


def _split(ends: Ends, owner: np.ndarray, place: np.ndarray, at: np.ndarray) -> Ends:
    """Return the ends of parts, which meet at the crossings."""
    begin, end = ends[0][owner], ends[1][owner]
    end[place], begin[place + 1] = at, at
    return begin, end

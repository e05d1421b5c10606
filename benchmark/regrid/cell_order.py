"""In which order a weight file numbers the cells of our grids."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path

import numpy as np

from benchmark.errors import InputError
from benchmark.regrid.cells import Cells, unit_vectors
from benchmark.regrid.weight_layouts import Centres, Links, Side

SAMPLE = 20_000
"""How many links are looked at to tell an order from another."""

REACH = 1.05
"""Centres of cells that touch are no farther apart than both radii, times this."""

REACH_OF_OTHERS = 3.0
"""The same for weights that interpolate, or do not say how they were made."""


def cell_order(
    links: Links, cells: Cells, wanted: Cells, path: Path
) -> tuple[Links, list[str]]:
    """Return the links of a weight file with our numbers of the cells.

    Parameters
    ----------
    links : Links
        As the file has them.
    cells, wanted : Cells
        Our source and target.
    path : Path
        For messages.

    Returns
    -------
    links : Links
        With rows, columns, masks and fractions in our order.
    remarks : list of str
        What was turned, and what was not said.

    Raises
    ------
    InputError
        If sizes or centres differ, or no order joins cells that touch.
    """
    _check_size(links.source, links.column, cells, "source", path)
    _check_size(links.target, links.row, wanted, "target", path)
    rows = _possible(links.target, wanted, "target", path)
    columns = _possible(links.source, cells, "source", path)
    # The usual order comes first, and stays if no other joins nearer cells.
    gaps = [(_gap(links, row, column, cells, wanted), row, column)
            for row, column in product(rows, columns)]  # fmt: skip
    gap, row, column = min(gaps, key=lambda found: round(found[0], 6))
    if gap < np.inf:
        return _turned(links, column, row), [
            *_said(column, "source", links.source),
            *_said(row, "target", links.target),
        ]
    msg = (
        f"{path}: joins cells that are far apart on the two grids; expected weights "
        f"from the source's {cells.shape} cells to the target's {wanted.shape}. It was "
        "made for other grids, or another order of their cells."
    )
    raise InputError(msg)


def _said(order: np.ndarray, what: str, side: Side) -> list[str]:
    if np.array_equal(order, np.arange(order.size)):
        return []
    how = "so that linked cells touch" if side.centres is None else "by their centres"
    return [f"{what} cells are numbered in another order: matched {how}"]


def _check_size(
    side: Side, index: np.ndarray, cells: Cells, what: str, path: Path
) -> None:
    least = int(index.max()) + 1
    if least > cells.size or side.size not in (None, cells.size):
        found = side.size if side.size is not None else f"at least {least}"
        shape = " x ".join(map(str, cells.shape))
        msg = (
            f"{path}: the {what} has {found} cells; expected {cells.size} ({shape}), "
            f"as the {what} grid here. Name the file that was made for it under "
            "'regrid: weights:'."
        )
        raise InputError(msg)


def _possible(side: Side, cells: Cells, what: str, path: Path) -> list[np.ndarray]:
    """Return the order that the centres say, or all usual ones."""
    if side.centres is None:
        return list(_orders(cells))
    return [_matched(side.centres, cells, what, path)]


def _matched(centres: Centres, cells: Cells, what: str, path: Path) -> np.ndarray:
    """Return which of our cells each cell of the file is."""
    from scipy.spatial import cKDTree

    found = cKDTree(cells.centres).query(unit_vectors(*centres))
    distance, ours = np.asarray(found[0]), np.asarray(found[1])
    # Two centres on one pole are the same position: their longitudes tell them apart.
    ours = _at_poles(ours, centres, cells)
    worst = int(np.argmax(distance - cells.radius[ours]))
    if distance[worst] > cells.radius[ours[worst]] or np.unique(ours).size != ours.size:
        lat, lon = (float(part[worst]) for part in centres)
        msg = (
            f"{path}: {what} cell {worst + 1} has its centre at ({lat:g}, {lon:g}); "
            f"the nearest cell of the {what} here is at ({cells.lat[ours[worst]]:g}, "
            f"{cells.lon[ours[worst]]:g}). Name weights of this grid under "
            "'regrid: weights:'."
        )
        raise InputError(msg)
    return ours


def _at_poles(ours: np.ndarray, centres: Centres, cells: Cells) -> np.ndarray:
    lat, lon = centres
    ours = ours.copy()
    for pole in (-90.0, 90.0):
        theirs = np.flatnonzero(np.abs(lat - pole) < 1e-6)
        there = np.flatnonzero(np.abs(cells.lat - pole) < 1e-6)
        if theirs.size != there.size:
            continue
        ours[theirs[np.argsort(np.round(lon[theirs] % 360.0, 6), kind="stable")]] = (
            there[np.argsort(np.round(cells.lon[there] % 360.0, 6), kind="stable")]
        )
    return ours


def _orders(cells: Cells) -> Iterator[np.ndarray]:
    """Yield the orders in which files number latitude-longitude cells."""
    ours = np.arange(cells.size)
    yield ours
    if len(cells.shape) != 2:
        return
    grid = ours.reshape(cells.shape)
    lon = cells.lon.reshape(cells.shape)[0]
    east = np.roll(grid, -int(np.argmin(lon % 360.0)), axis=1)
    west = np.roll(grid, -int(np.argmin((lon + 180.0) % 360.0)), axis=1)
    for turned in (grid, east, west):
        yield turned.ravel()
        yield turned[::-1].ravel()


def _turned(links: Links, columns: np.ndarray, rows: np.ndarray) -> Links:
    return replace(
        links,
        column=columns[links.column],
        row=rows[links.row],
        source=_side(links.source, columns),
        target=_side(links.target, rows),
    )


def _side(side: Side, order: np.ndarray) -> Side:
    def moved(values: np.ndarray | None) -> np.ndarray | None:
        if values is None:
            return None
        ours = np.empty_like(values)
        ours[order] = values
        return ours

    mask, fraction = moved(side.mask), moved(side.fraction)
    return replace(side, centres=None, mask=mask, fraction=fraction)


def _gap(
    links: Links, rows: np.ndarray, columns: np.ndarray, cells: Cells, wanted: Cells
) -> float:
    """Return how far apart linked cells are, over their radii; inf if too far.

    A sample of the links is looked at. Interpolation reaches beyond the cells
    that touch, by a few cells.
    """
    step = max(1, links.weight.size // SAMPLE)
    some = np.flatnonzero(np.abs(links.weight) > 1e-6)[::step]
    row, column = rows[links.row[some]], columns[links.column[some]]
    apart = np.linalg.norm(wanted.centres[row] - cells.centres[column], axis=1)
    gap = apart / (wanted.radius[row] + cells.radius[column])
    furthest = REACH if "conserv" in links.method else REACH_OF_OTHERS
    return float(gap.mean()) if np.mean(gap <= furthest) > 0.99 else np.inf

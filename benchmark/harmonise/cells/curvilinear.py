"""Corners of curvilinear cells from the centres around them."""

import numpy as np

from benchmark.errors import InputError
from benchmark.harmonise.cells.sphere import positions, unit_vectors

# A first column this many steps after the last one follows it round the globe.
_NEXT = 1.5


def inferred_corners(
    lat: np.ndarray, lon: np.ndarray, where: str
) -> tuple[np.ndarray, np.ndarray]:
    """Return four corners of each cell, in the middle of the centres around them.

    Parameters
    ----------
    lat, lon : numpy.ndarray
        Centres (y, x), degrees, NaN where missing.
    where : str
        File and variable, for messages.

    Returns
    -------
    corner_lat, corner_lon : numpy.ndarray
        (y, x, 4), degrees, anticlockwise where y is northward and x eastward.
        Cells at an edge of the grid, or of its missing part, reach as far out
        as in; columns or rows that close round the globe share their corners.

    Raises
    ------
    InputError
        If there are fewer than two rows or columns, or centres repeat.

    Examples
    --------
    >>> lon, lat = np.meshgrid([10.0, 12.0], [-1.0, 1.0])
    >>> north, east = inferred_corners(lat, lon, "a.nc")
    >>> north[0, 0].round(2).tolist(), east[0, 0].round(2).tolist()
    ([-2.0, -2.0, 0.0, 0.0], [9.0, 11.0, 11.0, 9.0])
    """
    if min(lat.shape) < 2:
        msg = (
            f"{where}: {lat.shape} cells without corners; expected two rows and "
            "columns at least, or bounds in the file."
        )
        raise InputError(msg)
    centres = unit_vectors(lat, lon)
    _check_repeats(centres, where)
    padded = centres
    for axis in (0, 1):
        width = [(1, 1) if part == axis else (0, 0) for part in range(3)]
        if _closes(centres, axis):
            padded = np.pad(padded, width, mode="wrap")
        else:
            padded = np.pad(padded, width, constant_values=np.nan)
    # Twice: outermost corners continue rows that were continued themselves.
    padded = _continued(_continued(padded))
    middle = padded[:-1, :-1] + padded[:-1, 1:] + padded[1:, 1:] + padded[1:, :-1]
    ring = [middle[:-1, :-1], middle[:-1, 1:], middle[1:, 1:], middle[1:, :-1]]
    return positions(np.stack(ring, axis=2))


def depth_inside(shape: tuple[int, ...]) -> np.ndarray:
    """Return an order of cells from the middle of the array to its edge.

    Parameters
    ----------
    shape : tuple of int
        (y, x).

    Returns
    -------
    numpy.ndarray
        (y * x,), smaller for cells further inside, by the nearer edge first: of
        cells that repeat, that one is kept.

    Examples
    --------
    >>> depth_inside((3, 3)).tolist()
    [0, -1, 0, -1, -8, -1, 0, -1, 0]
    """
    steps = [np.minimum(np.arange(n), n - 1 - np.arange(n)) for n in shape]
    down, right = np.meshgrid(*steps, indexing="ij")
    return -(np.minimum(down, right) * sum(shape) + down + right).ravel()


def _check_repeats(centres: np.ndarray, where: str) -> None:
    """Refuse centres that repeat more than the fold and halo of an ocean grid."""
    known = centres[np.isfinite(centres).all(axis=-1)]
    distinct = len(np.unique(known.round(6), axis=0))
    rows, columns = centres.shape[:2]
    repeats = len(known) - distinct
    if repeats > min(2 * columns + 2 * rows, len(known) // 2):
        msg = (
            f"{where}: {repeats} of {rows * columns} centres repeat others; expected "
            "one place for each cell. Mark cells without a place as missing, or give "
            "their corners in a 'grid:' file."
        )
        raise InputError(msg)


def _closes(centres: np.ndarray, axis: int) -> bool:
    """Tell whether the grid goes once round along an axis and meets itself."""
    along = np.moveaxis(centres, axis, 0)
    steps = np.diff(along, axis=0)
    gap = along[0] - along[-1]
    # A grid of two cells has no direction; one that turns back is a halo.
    if len(along) < 4 or not np.isfinite(gap).all(axis=-1).any():
        return False
    with np.errstate(invalid="ignore"):
        length = np.linalg.norm(gap, axis=-1)
        ends = (
            np.linalg.norm(steps[0], axis=-1) + np.linalg.norm(steps[-1], axis=-1)
        ) / 2
        onward = (gap * steps[0]).sum(axis=-1) > 0
        near = (length < _NEXT * ends) & (length > 0.1 * ends) & onward
    known = np.isfinite(length) & np.isfinite(ends)
    return bool(known.any() and near[known].mean() > 0.5)


def _continued(vectors: np.ndarray) -> np.ndarray:
    """Fill missing vectors beside known ones: as far on as the step before."""
    rows, columns = vectors.shape[:2]
    padded = np.pad(vectors, ((2, 2), (2, 2), (0, 0)), constant_values=np.nan)
    total = np.zeros_like(vectors)
    count = np.zeros((rows, columns, 1))
    for down, right in ((0, 1), (0, -1), (1, 0), (-1, 0)):
        one, two = (
            padded[
                2 + n * down : 2 + n * down + rows,
                2 + n * right : 2 + n * right + columns,
            ]
            for n in (1, 2)
        )
        guess = 2.0 * one - two
        known = np.isfinite(guess).all(axis=-1, keepdims=True)
        total += np.where(known, guess, 0.0)
        count += known
    filled = np.where(count > 0, total / np.maximum(count, 1), np.nan)
    return np.where(np.isfinite(vectors), vectors, filled)

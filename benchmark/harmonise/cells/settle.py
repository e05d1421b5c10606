"""Cells as a file gives them, and what has to be put right before use."""

from dataclasses import dataclass, field

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from benchmark.errors import InputError
from benchmark.harmonise.cells.sphere import positions, signed_areas, unit_vectors
from benchmark.regrid.mesh import Mesh

# Six metres on the ground: what float32 keeps of a longitude.
_SAME_PLACE = 1e-6
# A ring of corners that has less of the area of the sorted ring crosses itself.
_CROSSED = 0.7


@dataclass(frozen=True)
class Cells:
    """Cells along the horizontal dimensions of a variable, as read.

    Parameters
    ----------
    dims : tuple of str
        Horizontal dimensions of the variable, in the order of the cells.
    lat, lon : numpy.ndarray
        Centres (cell,), degrees, NaN where missing.
    corner_lat, corner_lon : numpy.ndarray
        (cell, corner), degrees, NaN where a cell has fewer.
    description : str
        What kind of grid it is.
    remarks : tuple of str
        What was inferred.
    rank : numpy.ndarray, optional
        (cell,): of cells in the same place the one with the smallest is kept.
    computed : bool
        Whether corners come from a formula, so that they need no checks.
    inferred : bool
        Whether corners come from the centres.
    """

    dims: tuple[str, ...]
    lat: np.ndarray
    lon: np.ndarray
    corner_lat: np.ndarray
    corner_lon: np.ndarray
    description: str
    remarks: tuple[str, ...] = field(default=())
    rank: np.ndarray | None = None
    computed: bool = False
    inferred: bool = False


def settle(cells: Cells, where: str) -> tuple[Mesh, np.ndarray, list[str]]:
    """Return a mesh whose cells do not overlap, and which cells have values.

    Cells without a position or with fewer than three corners, and all but one
    of the cells that lie on the same place (fold of a tripolar grid, halo
    columns), keep their place in the mesh but shrink to a point: their area is
    zero and no area is counted twice.

    Parameters
    ----------
    cells : Cells
        As read.
    where : str
        File and variable, for messages.

    Returns
    -------
    mesh : Mesh
        As many cells as were read.
    keep : numpy.ndarray of bool
        (cell,): False for those that shrank.
    remarks : list of str
        What was put right.

    Raises
    ------
    InputError
        If no cell is left, or centres lie outside of their corners.
    """
    remarks = list(cells.remarks)
    vectors, keep = _packed(unit_vectors(cells.corner_lat, cells.corner_lon))
    keep &= np.isfinite(cells.lat) & np.isfinite(cells.lon)
    if not keep.any():
        msg = f"{where}: none of {keep.size} cells has a centre and three corners."
        raise InputError(msg)
    if not keep.all():
        remarks.append(f"{(~keep).sum()} of {keep.size} cells have no position: masked")
    centres = unit_vectors(cells.lat, cells.lon)
    if not cells.computed:
        vectors, crossed = _uncrossed(vectors, keep)
        if crossed:
            remarks.append(
                f"corners of {crossed} of {keep.size} cells are not in the order of a "
                "ring: sorted around the cell"
            )
        _check_centres(cells, centres, vectors, keep, where)
        repeated = _repeated(cells, centres, vectors, keep)
        if repeated.any():
            keep = keep & ~repeated
            remarks.append(
                f"{repeated.sum()} of {keep.size} cells repeat others (a fold or a "
                "halo): masked, so that no area counts twice"
            )
    return _mesh(cells, vectors, centres, keep), keep, remarks


def _packed(vectors: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return corners with missing ones replaced by the last, and who has three."""
    valid = np.isfinite(vectors).all(axis=-1)
    if valid.all():
        return vectors, np.ones(len(vectors), dtype=bool)
    order = np.argsort(~valid, axis=1, kind="stable")
    count = valid.sum(axis=1)
    last = np.maximum(count - 1, 0)[:, None]
    order = np.take_along_axis(
        order, np.minimum(np.arange(order.shape[1])[None, :], last), axis=1
    )
    return np.take_along_axis(vectors, order[..., None], axis=1), count >= 3


def _uncrossed(vectors: np.ndarray, keep: np.ndarray) -> tuple[np.ndarray, int]:
    """Sort the corners of cells whose edges cross: row by row is no ring."""
    middle = vectors.mean(axis=1, keepdims=True)
    # Any direction across the middle will do to count angles from.
    away = np.eye(3)[np.argmin(np.abs(middle[:, 0]), axis=-1)][:, None, :]
    east = np.cross(away, middle)
    angle = np.arctan2(
        (vectors * np.cross(middle, east)).sum(axis=-1)
        / np.maximum(np.linalg.norm(middle, axis=-1), 1e-30),
        (vectors * east).sum(axis=-1),
    )
    order = np.argsort(angle, axis=1, kind="stable")
    ring = np.take_along_axis(vectors, order[..., None], axis=1)
    crossed = np.abs(signed_areas(vectors)) < _CROSSED * np.abs(signed_areas(ring))
    crossed &= keep
    return np.where(crossed[:, None, None], ring, vectors), int(crossed.sum())


def _check_centres(
    cells: Cells,
    centres: np.ndarray,
    vectors: np.ndarray,
    keep: np.ndarray,
    where: str,
) -> None:
    """Refuse centres that are more than a cell away from their corners."""
    middle = vectors.mean(axis=1)
    middle = middle / np.maximum(np.linalg.norm(middle, axis=1), 1e-30)[:, None]
    radius = np.linalg.norm(vectors - middle[:, None, :], axis=-1).max(axis=1)
    distance = np.linalg.norm(centres - middle, axis=1)
    outside = keep & (distance > 2.0 * radius + _SAME_PLACE)
    if outside.any():
        index = int(np.argmax(outside))
        lats, lons = positions(vectors[index])
        corners = ", ".join(
            f"({lat:g}, {lon:g})"
            for lat, lon in zip(lats[:6].round(4), lons[:6].round(4), strict=True)
        )
        msg = (
            f"{where}: {outside.sum()} of {keep.size} cells lie apart from their "
            f"corners: the centre of cell {index} is ({cells.lat[index]:g}, "
            f"{cells.lon[index]:g}), its corners are {corners}; expected bounds around "
            "each centre. Correct the bounds, or remove them."
        )
        raise InputError(msg)


def _repeated(
    cells: Cells, centres: np.ndarray, vectors: np.ndarray, keep: np.ndarray
) -> np.ndarray:
    """Return which cells lie where a cell of smaller rank lies."""
    place = centres if cells.inferred else vectors.mean(axis=1)
    index = np.flatnonzero(keep)
    pairs = cKDTree(place[index]).query_pairs(_SAME_PLACE, output_type="ndarray")
    if not cells.inferred and len(pairs):
        area = np.abs(signed_areas(vectors[index]))
        one, other = area[pairs].T
        pairs = pairs[np.abs(one - other) <= 0.05 * np.maximum(one, other)]
    repeated = np.zeros(keep.size, dtype=bool)
    if not len(pairs):
        return repeated
    links = coo_array(
        (np.ones(len(pairs), dtype=bool), (pairs[:, 0], pairs[:, 1])),
        shape=(index.size, index.size),
    )
    _, group = connected_components(links, directed=False)
    rank = np.arange(keep.size) if cells.rank is None else cells.rank
    order = np.lexsort((rank[index], group))
    later = np.r_[False, np.diff(group[order]) == 0]
    repeated[index[order[later]]] = True
    return repeated


def _mesh(
    cells: Cells, vectors: np.ndarray, centres: np.ndarray, keep: np.ndarray
) -> Mesh:
    lat, lon = positions(vectors)
    # Positions without a cell get a point inside of the grid, never 0, 0.
    inside = int(np.argmax(keep))
    known = np.isfinite(centres).all(axis=1)
    centre_lat = np.where(known, cells.lat, cells.lat[inside])
    centre_lon = np.where(known, cells.lon, cells.lon[inside])
    shrunk = ~keep[:, None]
    return Mesh(
        centre_lat,
        centre_lon,
        np.where(shrunk, centre_lat[:, None], lat),
        np.where(shrunk, centre_lon[:, None], lon),
        cells.description,
    )

"""Weights that another tool wrote, checked against our grids and applied here."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from benchmark.errors import InputError, NoOverlapError
from benchmark.regrid.axis import Grid
from benchmark.regrid.cell_order import cell_order
from benchmark.regrid.cells import Cells, cells_in
from benchmark.regrid.grid import grid_of
from benchmark.regrid.overlap import Overlap
from benchmark.regrid.weight_layouts import Links, read_links

if TYPE_CHECKING:
    from scipy.sparse import csr_array

ROUNDING = 1e-3
"""Difference of a sum of weights from one that is taken as that of other areas."""

# As ESMF, SCRIP, CDO and YAC name them; one of them writes "Neareast".
_INTERPOLATES = ("bilinear", "patch", "neare", "neighbo", "distance", "largest area")


def read_weights(path: Path, source: Grid, target: Grid) -> Overlap:
    r"""Return the overlap that a weight file describes.

    Only which cells overlap and by what part of the target cell is taken from
    the file; areas are those of our grids. With the file's weight w, target
    area A and covered part c of the target cell, the shared area is
    :math:`wA` (``normalization`` destarea, or not said), :math:`wcA`
    (fracarea), or w over the sum of w, times cA (none). Interpolation weights
    (bilinear, patch, nearest) are divided by their sum and multiplied by A:
    integrals are then not conserved. Missing values, land and coverage are
    handled where the overlap is applied, as for every engine.

    Cells are matched by the centres that the file gives. Without centres they
    are taken as the fields have them, from south to north and west to east,
    or in the other direction or from another meridian if only that joins
    cells that touch.

    Parameters
    ----------
    path : Path
        A NetCDF file of ESMF, xESMF, NCO, SCRIP, CDO or YAC.
    source, target : xarray.Dataset or xarray.DataArray
        The grids that it must be for, with bounds in degrees.

    Returns
    -------
    Overlap
        Shared areas (n_target, n_source), m2, with remarks on what the file
        does not say.

    Raises
    ------
    InputError
        If it is no weight file, was made for other grids, or has a mask
        without which its weights cannot be used.
    NoOverlapError
        If it links no cells.
    """
    links = read_links(path)
    if links.weight.size == 0:
        msg = f"{path}: links no cells of the two grids."
        raise NoOverlapError(msg)
    cells, wanted = cells_in(source), cells_in(target)
    links, remarks = cell_order(links, cells, wanted, path)
    shared, more = _shared_areas(links, wanted, path)
    matrix = _matrix(links, shared, cells, wanted)
    more += _too_much(matrix, cells, links)
    return Overlap(
        matrix,
        cells.area,
        wanted.area,
        grid_of(target),
        tuple(f"{path.name}: {text}" for text in [*remarks, *more]),
    )


def _shared_areas(
    links: Links, wanted: Cells, path: Path
) -> tuple[np.ndarray, list[str]]:
    """Return the shared area of each link, m2, and what had to be assumed."""
    remarks = _mask_remarks(links)
    area = wanted.area[links.row]
    total = np.bincount(links.row, links.weight, minlength=wanted.size)[links.row]
    summed = links.weight / np.where(total > 0.0, total, np.inf)
    fraction = links.target.fraction
    if any(word in links.method for word in _INTERPOLATES):
        remarks.append(f"weights are '{links.method}': integrals are not conserved")
        return summed * area, remarks
    if links.normalization == "none":
        if fraction is None:
            msg = (
                f"{path}: has 'normalization: none' and no dst_grid_frac, by which "
                "areas are told. Write the weights again, normalised by destarea."
            )
            raise InputError(msg)
        return summed * fraction[links.row] * area, remarks
    if total.max() > 1.0 + ROUNDING:
        msg = (
            f"{path}: the weights of one target cell sum to {total.max():g}; expected "
            "at most 1. Write the weights again, normalised by destarea."
        )
        raise InputError(msg)
    covered, more = _covered(links)
    return links.weight * covered[links.row] * area, remarks + more


def _too_much(matrix: csr_array, cells: Cells, links: Links) -> list[str]:
    """Say where the covered part of target cells is wrong: CDO writes 1 for it."""
    beyond = matrix.sum(axis=0) > 1.01 * cells.area
    if links.normalization != "fracarea" or not beyond.any():
        return []
    return [
        "target cells that the source covers in part count as covered whole, because "
        "it does not give the part; write it with normalization destarea (of CDO: "
        "CDO_REMAP_NORM=destarea)"
    ]


def _covered(links: Links) -> tuple[np.ndarray, list[str]]:
    """Return by what to multiply weights to have parts of the target cells."""
    whole = np.ones(int(links.row.max()) + 1)
    if links.normalization == "fracarea":
        if links.target.fraction is not None:
            return links.target.fraction, []
        return whole, [
            "normalised by the covered area, which it does not give: target cells "
            "count as covered whole"
        ]
    if links.normalization == "destarea":
        return whole, []
    return whole, ["does not say its normalization: taken as destarea"]


def _mask_remarks(links: Links) -> list[str]:
    """Say which cells the weights leave out, whatever values they have."""
    remarks = []
    for side, what in ((links.source, "source"), (links.target, "target")):
        if side.mask is not None and not side.mask.all():
            remarks.append(
                f"{np.count_nonzero(~side.mask)} of {side.mask.size} {what} cells are "
                "masked in the weights: they stay left out"
            )
    return remarks


def _matrix(links: Links, shared: np.ndarray, cells: Cells, wanted: Cells) -> csr_array:
    from scipy.sparse import coo_array

    index = (links.row, links.column)
    matrix = coo_array((shared, index), shape=(wanted.size, cells.size)).tocsr()
    matrix.eliminate_zeros()
    return matrix

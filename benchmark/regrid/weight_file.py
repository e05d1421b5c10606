"""Weights that another tool wrote, checked against our grids and applied here."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from benchmark.errors import InputError, NoOverlapError
from benchmark.regrid.axis import Grid
from benchmark.regrid.cell_order import cell_order
from benchmark.regrid.cells import Cells, cells_in
from benchmark.regrid.grid import grid_of
from benchmark.regrid.overlap import Overlap
from benchmark.regrid.weight_layouts import Links, read_links

ROUNDING = 1e-6
"""Difference of a sum of weights from one that is taken as rounding."""


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
    return Overlap(
        _matrix(links, shared, cells, wanted),
        cells.area,
        wanted.area,
        grid_of(target),
        tuple(f"{path.name}: {text}" for text in [*remarks, *more]),
    )


def interpolates(links: Links) -> bool:
    """Tell whether weights say that they interpolate rather than conserve.

    Parameters
    ----------
    links : Links
        From a file.

    Returns
    -------
    bool
        False if the file does not say.
    """
    words = ("bilinear", "patch", "nearest", "bicubic", "distance", "neighbo", "neareast")
    return any(word in links.method for word in words)


def row_sums(row: np.ndarray, weight: np.ndarray, size: int) -> np.ndarray:
    """Return the sum (target,) of the weights of each target cell."""
    return np.bincount(row, weights=weight, minlength=size)


def _shared_areas(
    links: Links, wanted: Cells, path: Path
) -> tuple[np.ndarray, list[str]]:
    """Return the shared area of each link, m2, and what had to be assumed."""
    remarks = _mask_remarks(links)
    total = row_sums(links.row, links.weight, wanted.size)[links.row]
    area = wanted.area[links.row]
    if interpolates(links):
        remarks.append(f"'{links.method}' weights: integrals are not conserved")
        kept = total > 0.0
        return np.where(kept, links.weight, 0.0) / np.where(kept, total, 1.0) * area, (
            remarks
        )
    fraction = links.target.fraction
    if links.normalization == "none":
        _require(fraction is not None, "'normalization: none' needs dst_grid_frac", path)
        return links.weight / total * fraction[links.row] * area, remarks  # type: ignore[index]
    _require(
        float(total.max()) <= 1.0 + 1e-3,
        f"weights of one target cell sum to {total.max():g}, expected at most 1",
        path,
    )
    if links.normalization == "fracarea":
        if fraction is not None:
            return links.weight * fraction[links.row] * area, remarks
        remarks.append(
            "normalised by the covered area, which it does not give: target cells are "
            "taken as covered whole"
        )
    elif links.normalization != "destarea":
        remarks.append("does not say its normalization: taken as destarea")
    return links.weight * area, remarks


def _require(fits: bool, what: str, path: Path) -> None:
    if not fits:
        msg = f"{path}: {what}. Write the weights again, normalised by destarea."
        raise InputError(msg)


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


def _matrix(links: Links, shared: np.ndarray, cells: Cells, wanted: Cells):  # type: ignore[no-untyped-def]
    from scipy.sparse import coo_array

    kept = shared != 0.0
    links = replace(links, row=links.row[kept], column=links.column[kept])
    matrix = coo_array(
        (shared[kept], (links.row, links.column)), shape=(wanted.size, cells.size)
    )
    return matrix.tocsr()

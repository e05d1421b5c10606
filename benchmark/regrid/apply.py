"""The one kernel that applies the overlap of any engine to values."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from scipy.sparse import csr_array


def apply_overlap(
    values: np.ndarray,
    *,
    land: csr_array,
    target_area: np.ndarray,
    shape: tuple[int, int],
    source_dims: int = 2,
    minimum_valid_fraction: float,
) -> tuple[np.ndarray, np.ndarray]:
    """Average values over the valid land that each target cell shares.

    With L = `land`, x the values and v = 1 where x is not NaN, the value is
    L(v x) / L(v) and the valid fraction L(v) / target area, both summed in
    double precision. Masked cells are left out, so NaN never spreads.

    Parameters
    ----------
    values : numpy.ndarray
        Values (..., lat, lon) or (..., cell) of any unit; NaN is missing.
    land : scipy.sparse.csr_array
        Shared land area (n_target, n_source), m2: the overlap times the
        source's land fraction.
    target_area : numpy.ndarray
        Areas (n_target,) of the target cells, m2.
    shape : tuple of int
        Sizes of lat and lon of the target.
    source_dims : int, optional
        How many horizontal dimensions the values have: lat and lon, or cell.
    minimum_valid_fraction : float
        Cells with less valid land than this (0..1) become NaN.

    Returns
    -------
    value : numpy.ndarray
        Means (..., lat, lon), float64 or complex128, unit of `values`.
    valid_fraction : numpy.ndarray
        Valid land over target area (..., lat, lon), 0..1; a read-only
        view where the mask is the same in all leading positions.
    """
    flat = values.reshape(-1, land.shape[1])
    least = minimum_valid_fraction * target_area
    value, shared = _average(flat, *_valid_cells(flat), land, least)
    fraction = np.minimum(shared / target_area, 1.0)
    full = (*values.shape[:-source_dims], *shape)
    maps = full if len(shared) == len(flat) else shape
    return value.reshape(full), np.broadcast_to(fraction.reshape(maps), full)


def _valid_cells(flat: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the cells that are valid always, and those that are sometimes."""
    always = np.ones(flat.shape[1], dtype=bool)
    ever = np.zeros(flat.shape[1], dtype=bool)
    for row in flat:
        valid = ~np.isnan(row)
        always &= valid
        ever |= valid
    return always & ever, ever & ~always


def _average(
    flat: np.ndarray,
    always: np.ndarray,
    sometimes: np.ndarray,
    land: csr_array,
    least: np.ndarray,
) -> tuple[np.ndarray, np.ndarray]:
    """Return the values and the valid land; the latter once if constant.

    Cells that are never valid are dropped, and the land of those that are
    always valid is summed once, so that only the changing part of the mask
    costs a second product per map.
    """
    columns, changing = np.flatnonzero(always | sometimes), np.flatnonzero(sometimes)
    certain = land[:, np.flatnonzero(always)].sum(axis=1)
    possible = land[:, changing]
    land = land[:, columns]
    alone = np.flatnonzero(np.diff(land.indptr) == 1)
    only = land.indices[land.indptr[alone]]
    value = np.empty((len(flat), least.size), np.result_type(flat.dtype, np.float64))
    shared = np.tile(certain, (len(flat) if changing.size else 1, 1))
    for k, row in enumerate(flat):
        x = row[columns].astype(value.dtype)
        if changing.size:
            shared[k] += possible @ (~np.isnan(row[changing])).astype("float64")
            x[np.isnan(x)] = 0.0
        value[k] = _divide(land @ x, shared[k if changing.size else 0], least)
        # Exactly, so that a class or a copy is not changed by rounding.
        value[k, alone] = np.where(np.isnan(value[k, alone]), np.nan, x[only])
    return value, shared


def _divide(total: np.ndarray, shared: np.ndarray, least: np.ndarray) -> np.ndarray:
    enough = (shared > 0.0) & (shared >= least)
    return np.where(enough, total / np.where(enough, shared, 1.0), np.nan)

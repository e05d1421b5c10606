"""Cells given by their centres, as a rectilinear grid with gaps."""

from dataclasses import dataclass

import numpy as np

from benchmark.errors import InputError

# Of half a degree or an eighth, two digits after the point are off by 2 %.
_ROUNDING = 0.021

# A grid of so many cells of which so few are given is a list of sites.
_CELLS, _GIVEN = 2_000_000, 0.02


@dataclass(frozen=True)
class Lattice:
    """A grid of equal steps, and where on it each cell is.

    Parameters
    ----------
    lat, lon : ndarray
        Centres in degrees, ascending.
    lat_step, lon_step : float
        Degrees.
    row, column : ndarray of int
        (cell): index into `lat` and `lon`.
    """

    lat: np.ndarray
    lon: np.ndarray
    lat_step: float
    lon_step: float
    row: np.ndarray
    column: np.ndarray


def lattice_of(lat: np.ndarray, lon: np.ndarray, where: str) -> Lattice:
    """Return the grid of equal steps that centres of cells stand on.

    Parameters
    ----------
    lat, lon : ndarray
        (cell), degrees.
    where : str
        File, for messages.

    Returns
    -------
    Lattice

    Raises
    ------
    InputError
        If the centres stand on no such grid, or there is one row or column.

    Examples
    --------
    >>> grid = lattice_of(np.array([60.25, 61.25]), np.array([10.25, 10.75]), "a.out")
    >>> grid.lat_step, grid.lon.tolist(), grid.row.tolist()
    (1.0, [10.25, 10.75], [0, 1])
    """
    rows = _axis(np.asarray(lat, dtype=float), "lat", where)
    columns = _axis(np.asarray(lon, dtype=float), "lon", where)
    size = rows[0].size * columns[0].size
    if size > _CELLS and len(rows[2]) < _GIVEN * size:
        msg = (
            f"{where}: {len(rows[2])} cells fit a grid of {rows[1]:.3g} by "
            f"{columns[1]:.3g} degrees only, of {size} cells; expected most cells of a "
            "grid. A list of sites is no map."
        )
        raise InputError(msg)
    return Lattice(rows[0], columns[0], rows[1], columns[1], rows[2], columns[2])


def _axis(
    values: np.ndarray, name: str, where: str
) -> tuple[np.ndarray, float, np.ndarray]:
    """Return the centres of an axis, their step, and the index of each value."""
    unique, inverse = np.unique(np.round(values, 4), return_inverse=True)
    if unique.size < 2:
        msg = (
            f"{where}: all cells have {name} {unique[0]:g}; expected cells of a grid, "
            "two rows and two columns at least. A single site is no map."
        )
        raise InputError(msg)
    gaps = np.diff(unique)
    step = float(np.median(gaps[gaps <= 1.5 * gaps.min()]))
    # Counted from neighbour to neighbour: rounded digits do not add up.
    index = np.concatenate([[0], np.cumsum(np.round(gaps / step).astype(int))])
    step = float((unique[-1] - unique[0]) / index[-1])
    off = np.abs(unique - (unique[0] + step * index))
    worst = int(np.argmax(off))
    if off[worst] > _ROUNDING * step or np.any(np.diff(index) == 0):
        msg = (
            f"{where}: {name} {unique[worst]:g} is {off[worst]:.3g} degrees off a grid "
            f"of equal steps of {step:.4g} degrees; expected centres of a "
            "latitude-longitude grid, printed with two digits or more after the point."
        )
        raise InputError(msg)
    centres = unique[0] + step * np.arange(index[-1] + 1)
    return np.round(centres, 6), step, index[inverse]

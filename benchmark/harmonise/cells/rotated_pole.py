"""Cells between rows and columns of a grid whose pole is moved."""

from collections.abc import Mapping

import numpy as np

from benchmark.errors import InputError

# An arc this long, cut into one piece, is within 1e-6 of the area of its cell.
_PIECE = 6e-6**0.5


def turned_back(
    lat: np.ndarray, lon: np.ndarray, attrs: Mapping[str, object], where: str
) -> tuple[np.ndarray, np.ndarray]:
    """Return true latitudes and longitudes of rotated ones.

    Parameters
    ----------
    lat, lon : numpy.ndarray
        Grid latitude and longitude, degrees.
    attrs : mapping
        Of the grid mapping: ``grid_north_pole_latitude``,
        ``grid_north_pole_longitude`` and ``north_pole_grid_longitude``.
    where : str
        File and variable, for messages.

    Returns
    -------
    lat, lon : numpy.ndarray
        Degrees.

    Raises
    ------
    InputError
        If the grid mapping does not say where the pole is.

    Notes
    -----
    With the pole at (p, q): sin(lat) = sin p sin b + cos p cos b cos l;
    tan(lon - q) = -cos b sin l / (cos p sin b - sin p cos b cos l), for grid
    latitude b and grid longitude l, counted from where the true north pole is.

    Examples
    --------
    >>> pole = {"grid_north_pole_latitude": 40.0, "grid_north_pole_longitude": 170.0}
    >>> lat, lon = turned_back(np.array([0.0]), np.array([0.0]), pole, "a.nc")
    >>> lat.round(9).tolist(), lon.round(9).tolist()
    ([50.0], [-10.0])
    """
    try:
        pole = np.radians(float(str(attrs["grid_north_pole_latitude"])))
        meridian = float(str(attrs["grid_north_pole_longitude"]))
        turn = float(str(attrs.get("north_pole_grid_longitude", 0.0)))
    except (KeyError, ValueError) as error:
        msg = (
            f"{where}: the rotated pole lacks {error}; expected a grid_mapping with "
            "numbers grid_north_pole_latitude and grid_north_pole_longitude."
        )
        raise InputError(msg) from error
    b, along = np.radians(lat), np.radians(lon - turn)
    up = np.sin(pole) * np.sin(b) + np.cos(pole) * np.cos(b) * np.cos(along)
    ahead = np.cos(pole) * np.sin(b) - np.sin(pole) * np.cos(b) * np.cos(along)
    aside = -np.cos(b) * np.sin(along)
    true_lon = meridian + np.degrees(np.arctan2(aside, ahead))
    # From all three parts: the arcsine alone loses half the digits at the poles.
    true_lat = np.degrees(np.arctan2(up, np.hypot(ahead, aside)))
    return true_lat, (true_lon + 180.0) % 360.0 - 180.0


def pieces_for(step: float) -> int:
    """Return into how many arcs an edge is cut to follow a parallel.

    Parameters
    ----------
    step : float
        Length of the edge, radians.

    Returns
    -------
    int
        1 to 64.

    Notes
    -----
    A cell between great circles instead of parallels is off by at most
    step**2 / 6 of its area, and by that over k**2 with k pieces.

    Examples
    --------
    >>> pieces_for(np.radians(0.11)), pieces_for(np.radians(0.44))
    (1, 4)
    """
    return int(np.clip(np.ceil(step / _PIECE), 1, 64))


def box_corners(
    rows: np.ndarray, columns: np.ndarray, pieces: int
) -> tuple[np.ndarray, np.ndarray]:
    """Return points round each box of a grid of rows and columns.

    Parameters
    ----------
    rows, columns : numpy.ndarray
        Edges (y, 2) and (x, 2), in the units of the grid.
    pieces : int
        How many to each side.

    Returns
    -------
    row, column : numpy.ndarray
        (y * x, 4 * pieces).

    Examples
    --------
    >>> row, column = box_corners(np.array([[0, 1]]), np.array([[5, 7]]), 1)
    >>> row.tolist(), column.tolist()
    ([[0.0, 0.0, 1.0, 1.0]], [[5.0, 7.0, 7.0, 5.0]])
    """
    part = np.arange(pieces) / pieces
    none, whole = np.zeros(pieces), np.ones(pieces)
    up = np.concatenate([none, part, whole, 1 - part])
    right = np.concatenate([part, whole, 1 - part, none])
    y = rows[:, :1] + up * (rows[:, 1:] - rows[:, :1])
    x = columns[:, :1] + right * (columns[:, 1:] - columns[:, :1])
    shape = (len(rows), len(columns), 4 * pieces)
    row = np.broadcast_to(y[:, None, :], shape).reshape(-1, 4 * pieces)
    column = np.broadcast_to(x[None, :, :], shape).reshape(-1, 4 * pieces)
    return row, column

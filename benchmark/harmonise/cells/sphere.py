"""Positions on the unit sphere as vectors, and the areas of polygons there."""

import numpy as np


def unit_vectors(lat: np.ndarray, lon: np.ndarray) -> np.ndarray:
    """Return unit vectors of positions.

    Parameters
    ----------
    lat, lon : numpy.ndarray
        Degrees, any shape; missing ones stay missing.

    Returns
    -------
    numpy.ndarray
        (..., 3): towards 0 E on the equator, 90 E, the north pole.

    Examples
    --------
    >>> unit_vectors(np.array([90.0]), np.array([0.0])).round(6).tolist()
    [[0.0, 0.0, 1.0]]
    """
    phi, lam = np.radians(lat), np.radians(lon)
    around = np.cos(phi)
    return np.stack([around * np.cos(lam), around * np.sin(lam), np.sin(phi)], axis=-1)


def positions(vectors: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return latitudes and longitudes of vectors of any length.

    Parameters
    ----------
    vectors : numpy.ndarray
        (..., 3).

    Returns
    -------
    lat, lon : numpy.ndarray
        Degrees, longitude within -180..180.

    Examples
    --------
    >>> [float(part) for part in positions(np.array([0.0, 2.0, 0.0]))]
    [0.0, 90.0]
    """
    x, y, z = np.moveaxis(vectors, -1, 0)
    return np.degrees(np.arctan2(z, np.hypot(x, y))), np.degrees(np.arctan2(y, x))


def signed_areas(corners: np.ndarray) -> np.ndarray:
    """Return areas of polygons on the unit sphere whose edges are great circles.

    Parameters
    ----------
    corners : numpy.ndarray
        Unit vectors (cell, corner, 3); repeated corners add nothing.

    Returns
    -------
    numpy.ndarray
        (cell,), steradians; positive where corners go anticlockwise as seen from
        outside. A polygon that crosses itself has the difference of its parts.

    Notes
    -----
    A fan of triangles, each by tan(E / 2) = a . (b x c) / (1 + ab + bc + ca)
    (Van Oosterom and Strackee 1983, doi:10.1109/TBME.1983.325207).

    Examples
    --------
    >>> octant = unit_vectors(np.array([[0.0, 0, 90]]), np.array([[0.0, 90, 0]]))
    >>> bool(np.isclose(signed_areas(octant)[0], np.pi / 2))
    True
    """
    first = corners[:, 0]
    total = np.zeros(len(corners))
    for index in range(1, corners.shape[1] - 1):
        second, third = corners[:, index], corners[:, index + 1]
        # From differences, so that the product of small cells keeps its digits.
        across = np.cross(second - first, third - first)
        volume = np.einsum("ij,ij->i", first, across)
        below = 1.0 + sum(
            np.einsum("ij,ij->i", a, b)
            for a, b in ((first, second), (second, third), (third, first))
        )
        total += 2.0 * np.arctan2(volume, below)
    return total

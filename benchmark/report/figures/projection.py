"""The north-polar equal-area projection, there and back, and a grid upon it."""

from itertools import pairwise

import numpy as np

SOUTH = 45.0


def project(
    lon: np.ndarray, lat: np.ndarray, centre: float = 0.0
) -> tuple[np.ndarray, np.ndarray]:
    """Project to the north-polar Lambert azimuthal equal-area plane.

    Parameters
    ----------
    lon, lat : ndarray
        Degrees.
    centre : float, default 0
        The meridian that points down.

    Returns
    -------
    x, y : ndarray
        In units of the radius of the parallel 45 N; the pole is (0, 0).

    Notes
    -----
    r = 2 sin((90 - lat) / 2) R; Snyder (1987), doi:10.3133/pp1395, eq. 24-2.

    Examples
    --------
    >>> x, y = project(np.array([0.0, 90.0]), np.array([45.0, 90.0]))
    >>> np.round(x, 9) + 0.0, np.round(y, 9) + 0.0
    (array([0., 0.]), array([-1.,  0.]))
    """
    radius = np.sin(np.radians(90 - lat) / 2) / np.sin(np.radians(90 - SOUTH) / 2)
    angle = np.radians(lon - centre)
    return radius * np.sin(angle), -radius * np.cos(angle)


def unproject(
    x: np.ndarray, y: np.ndarray, centre: float = 0.0
) -> tuple[np.ndarray, np.ndarray]:
    """Return where on the sphere a point of the plane of `project` lies.

    Parameters
    ----------
    x, y : ndarray
        In units of the radius of the parallel 45 N.
    centre : float, default 0
        The meridian that points down.

    Returns
    -------
    lon, lat : ndarray
        Degrees, longitude -180 to 180; NaN south of 45 N.

    Examples
    --------
    >>> lon, lat = unproject(*project(np.array([100.0]), np.array([60.0])))
    >>> lon.round(6), lat.round(6)
    (array([100.]), array([60.]))
    """
    radius = np.hypot(x, y)
    radius = np.where(radius <= 1.0, radius, np.nan)
    lat = 90 - 2 * np.degrees(np.arcsin(radius * np.sin(np.radians(90 - SOUTH) / 2)))
    lon = np.degrees(np.arctan2(x, -y)) + centre
    return (lon + 180) % 360 - 180, lat


def corners(bounds: np.ndarray, step: float) -> tuple[np.ndarray, np.ndarray]:
    """Return the edges of a row of cells, and which cell lies between them.

    Parameters
    ----------
    bounds : ndarray
        Lower and upper bound of each cell, shape (n, 2), ascending.
    step : float
        Edges are at most this far apart, so that wide cells bend with
        their parallel.

    Returns
    -------
    edges : ndarray
        Shape (m + 1,).
    index : ndarray of int
        Shape (m,): the cell between two edges; -1 where there is a gap.

    Examples
    --------
    >>> corners(np.array([[0.0, 1.0], [2.0, 4.0]]), step=1.0)
    (array([0., 1., 2., 3., 4.]), array([ 0, -1,  1,  1]))
    """
    bounds = np.round(np.sort(bounds, axis=1), 6)
    ends = np.unique(bounds)
    pieces = [
        np.linspace(a, b, max(1, int(np.ceil((b - a) / step))), endpoint=False)
        for a, b in pairwise(ends)
    ]
    edges = np.append(np.concatenate(pieces), ends[-1])
    middle = (edges[:-1] + edges[1:]) / 2
    index = np.searchsorted(bounds[:, 0], middle) - 1
    inside = middle < bounds[index, 1]
    return edges, np.where(inside & (index >= 0), index, -1)

"""Arcs of great circles in longitude and the sine of latitude."""

from __future__ import annotations

import numpy as np


def turn_degrees(degrees: np.ndarray) -> np.ndarray:
    """Bring differences of longitude into -180..180.

    Parameters
    ----------
    degrees : numpy.ndarray
        Any.

    Returns
    -------
    numpy.ndarray

    Examples
    --------
    >>> turn_degrees(np.array([350.0, 10.0, -725.0])).tolist()
    [-10.0, 10.0, -5.0]
    """
    return degrees - 360.0 * np.rint(degrees / 360.0)


def integral(turn: np.ndarray, half_0: np.ndarray, half_1: np.ndarray) -> np.ndarray:
    """Integrate the sine of latitude over longitude along great circles.

    Parameters
    ----------
    turn : numpy.ndarray
        Difference of longitude from the first end to the second, radians.
    half_0, half_1 : numpy.ndarray
        Tangent of half the latitude at the ends.

    Returns
    -------
    numpy.ndarray
        Area between the arc and the equator on the unit sphere, positive
        for an arc that runs eastward in the northern hemisphere.
    """
    return 2.0 * np.arctan2(
        np.sin(turn / 2.0) * (half_0 + half_1),
        np.cos(turn / 2.0) * (1.0 + half_0 * half_1),
    )


def cut_at_crests(
    lon: np.ndarray, lat: np.ndarray, following: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Cut arcs where they are nearest a pole, so that latitude turns nowhere.

    Parameters
    ----------
    lon, lat : numpy.ndarray
        Points (point,), degrees.
    following : numpy.ndarray
        Index of the point where the arc from each point ends.

    Returns
    -------
    edge : numpy.ndarray
        Point (piece,) at which the arc of the piece begins, ascending.
    lon, sine : numpy.ndarray
        Where each piece (piece,) starts: longitude in degrees, to a whole
        turn, and sine of latitude.

    Examples
    --------
    >>> lon, lat = np.array([-60.0, 60.0]), np.array([45.0, 45.0])
    >>> edge, at, sine = cut_at_crests(lon, lat, np.array([1, 0]))
    >>> edge.tolist(), at.round().astype(int).tolist()
    ([0, 0, 1, 1], [-60, 0, 60, 0])
    >>> (np.tan(np.arcsin(sine)) ** 2).round(9).tolist()
    [1.0, 4.0, 1.0, 4.0]
    """
    phi = np.radians(lat)
    sine, cosine = np.sin(phi), np.cos(phi)
    turn = np.radians(turn_degrees(lon[following] - lon))
    along, across, wide = circle(
        (sine, sine[following]), (cosine, cosine[following]), turn
    )
    over = across * (across * np.cos(turn) - along * np.sin(turn)) < 0.0
    edge = np.repeat(np.arange(lon.size), 1 + over)
    crest = np.cumsum(1 + over)[over] - 1
    lon, sine = lon[edge], sine[edge]
    part = np.arctan2(across[over], along[over]) % np.pi
    part = np.where(turn[over] < 0.0, part - np.pi, part)
    # One that rounding puts beyond the arc is at its start.
    part = np.where(np.abs(part) < np.abs(turn[over]), part, 0.0)
    lon[crest] += np.degrees(part)
    rise = along[over] * np.cos(part) + across[over] * np.sin(part)
    sine[crest] = rise * np.sign(wide[over]) / np.hypot(rise, wide[over])
    return edge, lon, sine


def circle(
    sine: tuple[np.ndarray, np.ndarray],
    cosine: tuple[np.ndarray, np.ndarray],
    turn: np.ndarray,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the great circles through pairs of points.

    Parameters
    ----------
    sine, cosine : tuple of numpy.ndarray
        Of the latitudes of both points.
    turn : numpy.ndarray
        Longitude of the second less that of the first, radians.

    Returns
    -------
    along, across, wide : numpy.ndarray
        ``wide tan(lat) = along cos(x) + across sin(x)``, with x the longitude
        less that of the first point.
    """
    along = sine[0] * cosine[1] * np.sin(turn)
    across = sine[1] * cosine[0] - sine[0] * cosine[1] * np.cos(turn)
    return along, across, cosine[0] * cosine[1] * np.sin(turn)

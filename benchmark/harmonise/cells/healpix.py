"""Pixels of HEALPix: equal areas, numbered along rings or nested in squares."""

import numpy as np

from benchmark.errors import InputError

# Edges are no great circles; fourteen arcs each keep every area to 1e-3.
PIECES = 14


def healpix_pixels(
    index: np.ndarray, nside: int, order: str, pieces: int = PIECES
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return centres and outlines of pixels.

    Parameters
    ----------
    index : numpy.ndarray
        Pixel numbers (cell,), from 0.
    nside : int
        Pixels along the edge of one of the twelve base pixels.
    order : {"nested", "ring"}
        How pixels are numbered; nested needs a power of two.
    pieces : int
        Points on each of the four edges.

    Returns
    -------
    lat, lon : numpy.ndarray
        Centres (cell,), degrees.
    corner_lat, corner_lon : numpy.ndarray
        (cell, 4 * pieces), degrees.

    Raises
    ------
    InputError
        If a number is not that of a pixel, or nside and order do not fit.

    Notes
    -----
    Pixels are squares on their corners in the plane (x, y) of the projection
    HPX (Gorski et al. 2005, doi:10.1086/427976; Calabretta and Roukema 2007,
    doi:10.1111/j.1365-2966.2007.12297.x). With sin(lat) = 8 y / (3 pi) for
    |y| <= pi / 4; beyond, s = 2 - 4 |y| / pi, sin(lat) = 1 - s**2 / 3, and
    longitudes spread by 1 / s from the middle of their quadrant.

    Examples
    --------
    >>> lat, lon, _, _ = healpix_pixels(np.arange(12), 1, "nested")
    >>> lat.round(2)[[0, 4, 8]].tolist(), lon[[0, 4, 8]].tolist()
    ([41.81, 0.0, -41.81], [45.0, 0.0, 45.0])
    """
    if nside < 1 or (order == "nested" and nside & (nside - 1)):
        msg = f"HEALPix: nside is {nside}; expected a power of two."
        raise InputError(msg)
    if index.size and not 0 <= index.min() <= index.max() < 12 * nside**2:
        msg = (
            f"HEALPix: pixels {index.min()} to {index.max()} of nside {nside}; "
            f"expected 0 to {12 * nside**2 - 1}."
        )
        raise InputError(msg)
    x, y = (_nested if order == "nested" else _ring)(index.astype(np.int64), nside)
    half = np.pi / (4 * nside)
    part = np.arange(pieces) / pieces
    aside = half * np.concatenate([part, 1 - part, -part, part - 1])
    above = half * np.concatenate([part - 1, part, 1 - part, -part])
    middle = np.pi / 4 + np.pi / 2 * np.floor(x / (np.pi / 2))
    lat, lon = _sphere(x, y, middle)
    corner_lat, corner_lon = _sphere(
        x[:, None] + aside, y[:, None] + above, middle[:, None]
    )
    return lat, lon, corner_lat, corner_lon


def _nested(index: np.ndarray, nside: int) -> tuple[np.ndarray, np.ndarray]:
    """Return centres in the plane of nested pixels."""
    base, within = np.divmod(index, nside**2)
    right, left = _even_bits(within), _even_bits(within >> 1)
    row, column = np.divmod(base, 4)
    x = np.pi / 4 * (2 * column + (row != 1))
    y = np.pi / 4 * (1 - row)
    half = np.pi / (4 * nside)
    x = (x + half * (right - left)) % (2 * np.pi)
    return x, y + half * (right + left + 1 - nside)


def _even_bits(number: np.ndarray) -> np.ndarray:
    """Return the number made of every second bit."""
    found = np.zeros_like(number)
    for bit in range(31):
        found |= ((number >> (2 * bit)) & 1) << bit
    return found


def _ring(index: np.ndarray, nside: int) -> tuple[np.ndarray, np.ndarray]:
    """Return centres in the plane of pixels counted along rings from the north."""
    total, cap = 12 * nside**2, 2 * nside * (nside - 1)
    south = index >= total - cap
    mirrored = np.where(south, total - 1 - index, index)
    polar = mirrored < cap
    # Ring i of a polar cap begins at pixel 2 i (i - 1).
    ring = np.floor((1 + np.sqrt(1 + 2 * mirrored.astype(float))) / 2).astype(np.int64)
    ring += 2 * ring * (ring + 1) <= mirrored
    ring -= 2 * ring * (ring - 1) > mirrored
    ring = np.maximum(ring, 1)
    belt, along = np.divmod(index - cap, 4 * nside)
    ring = np.where(polar, ring, belt + nside)
    quadrant, step = np.divmod(mirrored - 2 * ring * (ring - 1), ring)
    capped = np.pi / 2 * (quadrant + 0.5 + (step - (ring - 1) / 2) / nside)
    capped = np.where(south, 2 * np.pi - capped, capped)
    shift = ((ring - nside) % 2 == 0) / 2
    x = np.where(polar, capped, np.pi / (2 * nside) * (along + shift))
    y = np.pi / 2 * (1 - ring / (2 * nside))
    return x, np.where(south & polar, -y, y)


def _sphere(
    x: np.ndarray, y: np.ndarray, middle: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return latitude and longitude of points of the plane."""
    s = np.maximum(2 - 4 * np.abs(y) / np.pi, 0.0)
    polar = s < 1.0
    # The arc from the pole by its sine: the arcsine loses digits there.
    cap = np.pi / 2 - 2 * np.arcsin(np.minimum(s / np.sqrt(6.0), 1.0))
    belt = np.arcsin(np.clip(8 * y / (3 * np.pi), -1.0, 1.0))
    spread = np.where(s > 1e-12, np.minimum(s, 1.0), 1.0)
    lat = np.where(polar, np.sign(y) * cap, belt)
    lon = np.where(polar, middle + (x - middle) / spread, x)
    return np.degrees(lat), np.degrees(lon) % 360.0

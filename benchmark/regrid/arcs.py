"""Arcs of great circles, cut into straight pieces of the equal-area plane."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from benchmark.regrid.great_circle import integral, turn_degrees

BEND = 2e-4
"""Area between an arc's pieces and the arc, over the square of its length."""

STRAIGHT = 1e-10
"""Arcs that bend less are meridians or the equator, with rounding."""

FINEST = 10
"""An arc is cut into 2**FINEST pieces at most."""


class _Arcs(NamedTuple):
    """Ends of arcs: longitude (degrees), sine of latitude, tan(latitude / 2)."""

    lon: tuple[np.ndarray, np.ndarray]
    sine: tuple[np.ndarray, np.ndarray]
    half: tuple[np.ndarray, np.ndarray]
    chord: np.ndarray


def cut_arcs(
    lon: np.ndarray, lat: np.ndarray, following: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Cut the arcs between points into pieces that are straight in the plane.

    An arc is halved until the area between it and its chords is below `BEND`
    times its length squared. Every chord is then bent at its middle so that
    the area beside it is that beside the arc.

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
    """
    arcs = _arcs(lon, lat, following)
    bend = _bend(arcs)
    level = _halvings(bend, arcs.chord)
    found, wait = [], level >= 0
    found.append((np.flatnonzero(~wait), lon[~wait, None], arcs.sine[0][~wait, None]))
    for n in range(FINEST + 1):
        todo = np.flatnonzero(wait & (level <= n))
        if todo.size:
            points, error = _pieces(_take(arcs, todo), 2**n)
            done = (error <= BEND * arcs.chord[todo] ** 2) | (n == FINEST)
            found.append((todo[done], points[0][done], points[1][done]))
            wait[todo[done]] = False
    return _in_order(found, lon.size)


def _arcs(lon: np.ndarray, lat: np.ndarray, following: np.ndarray) -> _Arcs:
    phi = np.radians(lat)
    sine, cosine, half = np.sin(phi), np.cos(phi), np.tan(phi / 2.0)
    # Haversine, exact for short arcs: the chord is twice its root.
    turn = np.radians(lon[following] - lon) / 2.0
    rise = np.sin((phi[following] - phi) / 2.0) ** 2
    across = cosine * cosine[following] * np.sin(turn) ** 2
    return _Arcs(
        (lon, lon[following]),
        (sine, sine[following]),
        (half, half[following]),
        2.0 * np.sqrt(np.minimum(rise + across, 1.0)),
    )


def _take(arcs: _Arcs, which: np.ndarray) -> _Arcs:
    pairs = [(a[which], b[which]) for a, b in arcs[:3]]
    return _Arcs(pairs[0], pairs[1], pairs[2], arcs.chord[which])


def _bend(arcs: _Arcs) -> np.ndarray:
    """Return the area between each arc and its chord, with a sign."""
    turn = np.radians(turn_degrees(arcs.lon[1] - arcs.lon[0]))
    return integral(turn, *arcs.half) - turn * (arcs.sine[0] + arcs.sine[1]) / 2.0


def _halvings(bend: np.ndarray, chord: np.ndarray) -> np.ndarray:
    """Guess how often to halve an arc: that quarters the error; -1 is straight."""
    square = chord**2
    straight = np.abs(bend) <= STRAIGHT * square
    ratio = np.abs(bend) / np.where(straight, 1.0, BEND * square)
    guess = np.ceil(np.log2(np.maximum(ratio, 1.0)) / 2.0)
    return np.where(straight, -1.0, np.minimum(guess, FINEST))


def _pieces(
    arcs: _Arcs, count: int
) -> tuple[tuple[np.ndarray, np.ndarray], np.ndarray]:
    """Return the starts (arc, 2 x count) of the pieces, and the summed error."""
    lon, sine, half = _along(arcs, 2 * count)
    turn = turn_degrees(lon[:, 2::2] - lon[:, :-1:2])
    low, high = sine[:, :-1:2], sine[:, 2::2]
    wide, tall = np.radians(turn), high - low
    bend = integral(wide, half[:, :-1:2], half[:, 2::2]) - wide * (low + high) / 2.0
    aside = turn_degrees(lon[:, 1::2] - lon[:, :-1:2]) - turn / 2.0
    above = sine[:, 1::2] - (low + high) / 2.0
    bent = (wide * above - tall * np.radians(aside)) / 2.0
    length = wide**2 + tall**2
    push = 2.0 * (bend - bent) / np.where(length > 0.0, length, 1.0)
    lon[:, 1::2] = lon[:, :-1:2] + turn / 2.0 + aside - np.degrees(push * tall)
    sine[:, 1::2] = (low + high) / 2.0 + above + push * wide
    beyond = (np.abs(sine) > 1.0).any(axis=1)
    error = np.where(beyond, np.inf, np.abs(bend).sum(axis=1))
    return (lon[:, :-1], np.clip(sine[:, :-1], -1.0, 1.0)), error


def _along(arcs: _Arcs, count: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the points (arc, count + 1) that divide each arc equally."""
    angle = 2.0 * np.arcsin(arcs.chord / 2.0)[:, None]
    part = np.linspace(0.0, 1.0, count + 1)[1:-1]
    weights = np.sin(angle * (1.0 - part)), np.sin(angle * part)
    x = y = z = np.zeros(())
    for weight, lon, sine in zip(weights, arcs.lon, arcs.sine, strict=True):
        radius = np.sqrt(1.0 - sine**2)
        x = x + weight * (radius * np.cos(np.radians(lon)))[:, None]
        y = y + weight * (radius * np.sin(np.radians(lon)))[:, None]
        z = z + weight * sine[:, None]
    flat = np.hypot(x, y)
    length = np.hypot(flat, z)
    z, flat = z / length, flat / length
    inner = np.degrees(np.arctan2(y, x)), z, z / (1.0 + flat)
    ends = (arcs.lon, arcs.sine, arcs.half)
    whole = [
        np.column_stack([first, middle, last])
        for (first, last), middle in zip(ends, inner, strict=True)
    ]
    return whole[0], whole[1], whole[2]


def _in_order(
    found: list[tuple[np.ndarray, np.ndarray, np.ndarray]], size: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Put the pieces of all arcs one behind the other."""
    counts = np.zeros(size, dtype=int)
    for which, lon, _ in found:
        counts[which] = lon.shape[1]
    start = np.cumsum(counts) - counts
    total = int(counts.sum())
    all_lon, all_sine = np.empty(total), np.empty(total)
    for which, lon, sine in found:
        place = start[which][:, None] + np.arange(lon.shape[1])
        all_lon[place], all_sine[place] = lon, sine
    return np.repeat(np.arange(size), counts), all_lon, all_sine

"""Small maps of where a region is, as paths that a page draws itself."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from benchmark.regions import Region
from benchmark.report.figures.projection import SOUTH, project

SCALE = 100  # the disc has this radius in the units of the paths
TOLERANCE = 0.4


def region_path(region: Region) -> str:
    """Return the outline of a region as an SVG path.

    Parameters
    ----------
    region : Region
        Any region; what lies south of 45 N is cut.

    Returns
    -------
    str
        The ``d`` of a path in a disc of radius 100 around the pole; empty
        if the region does not reach north of 45 N.
    """
    from shapely import box

    north = region.geometry.intersection(box(-180.0, SOUTH, 180.0, 90.0))
    return "".join(_path(ring) for ring in _rings(north))


def coast_path(coast: Sequence[np.ndarray]) -> str:
    """Return the coastline as an SVG path.

    Parameters
    ----------
    coast : sequence of ndarray
        Lines (n, 2) of longitude and latitude.

    Returns
    -------
    str
        The ``d`` of a path in a disc of radius 100 around the pole.
    """
    parts: list[str] = []
    for line in coast:
        north = line[:, 1] >= SOUTH
        cuts = np.flatnonzero(np.diff(north.astype(int))) + 1
        pieces = np.split(line, cuts)
        parts += [_steps(p) for p in pieces if p[0, 1] >= SOUTH]
    return "".join(parts)


def anchor(region: Region) -> tuple[float, float]:
    """Return a point inside a region, where its number is written.

    Parameters
    ----------
    region : Region
        Any region.

    Returns
    -------
    x, y : float
        In the units of the paths, y downward.
    """
    parts = getattr(region.geometry, "geoms", [region.geometry])
    point = max(parts, key=lambda part: part.area).representative_point()
    x, y = project(np.array(point.x), np.array(point.y))
    return float(x) * SCALE, -float(y) * SCALE


def _rings(geometry: Any) -> list[np.ndarray]:
    parts = getattr(geometry, "geoms", [geometry])
    return [
        _dense(np.asarray(ring.coords))
        for part in parts
        if part.geom_type == "Polygon" and not part.is_empty
        for ring in (part.exterior, *part.interiors)
    ]


def _dense(line: np.ndarray) -> np.ndarray:
    """Add points so that long edges along a parallel bend with it."""
    steps = np.maximum(1, np.ceil(np.abs(np.diff(line[:, 0])) / 3)).astype(int)
    pieces = [
        np.linspace(a, b, n, endpoint=False)
        for a, b, n in zip(line[:-1], line[1:], steps, strict=True)
    ]
    return np.vstack([*pieces, line[-1:]])


def _path(line: np.ndarray) -> str:
    points = _simple(line)
    if not len(points):
        return ""
    text = "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    return f"M{text}Z"


def _steps(line: np.ndarray) -> str:
    """Write a line as steps: shorter than places, and ending at the same tenths."""
    tenths = np.round(_simple(line) * 10).astype(int)
    if not len(tenths):
        return ""
    parts = tenths[:1], np.diff(tenths, axis=0)
    start, rest = ("".join(_tenth(x) + _tenth(y) for x, y in part) for part in parts)
    return f"M{start.strip()}l{rest.strip()}"


def _tenth(number: int) -> str:
    """Write a number of tenths, and what parts it from the one before.

    Examples
    --------
    >>> _tenth(-3) + _tenth(0) + _tenth(120)
    '-.3 0 12'
    """
    sign = "-" if number < 0 else " "
    whole, part = divmod(abs(number), 10)
    return f"{sign}{whole or ''}.{part}" if part else f"{sign}{whole}"


def _simple(line: np.ndarray) -> np.ndarray:
    """Return the points of a line that show; none of one that is too small."""
    from shapely import LineString

    x, y = project(line[:, 0], line[:, 1])
    points = np.column_stack([x, -y])[:, :2] * SCALE
    if len(points) < 2:
        return points[:0]
    points = np.asarray(LineString(points).simplify(TOLERANCE).coords)
    small = len(points) < 3 and np.ptp(points, axis=0).max() < TOLERANCE
    return points[:0] if small else points

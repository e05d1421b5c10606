"""Unions, intersections and differences of regions."""

from collections.abc import Iterable
from functools import reduce
from typing import TYPE_CHECKING

from benchmark.regions.geometry import area_km2, polygonal

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

#: Parts smaller than this are left over where two outlines of the same border
#: run beside each other; they are dropped.
SLIVER_KM2 = 1.0


def union(shapes: Iterable["BaseGeometry"]) -> "BaseGeometry":
    """Return what is in any of the shapes.

    Parameters
    ----------
    shapes : iterable of shapely geometry
        Valid polygons within -180..180.

    Returns
    -------
    shapely geometry
        Polygon or MultiPolygon.

    Examples
    --------
    >>> import shapely
    >>> union([shapely.box(0, 0, 2, 1), shapely.box(1, 0, 3, 1)]).area
    3.0
    """
    import shapely

    return polygonal(shapely.union_all(list(shapes)))


def intersection(shapes: Iterable["BaseGeometry"]) -> "BaseGeometry":
    """Return what is in all of the shapes, without slivers.

    Parameters
    ----------
    shapes : iterable of shapely geometry
        Valid polygons within -180..180.

    Returns
    -------
    shapely geometry
        Polygon or MultiPolygon, empty if nothing of 1 km2 is left.

    Examples
    --------
    >>> import shapely
    >>> intersection([shapely.box(0, 0, 2, 1), shapely.box(1, 0, 3, 1)]).area
    1.0
    """
    import shapely

    return _without_slivers(reduce(shapely.intersection, shapes))


def difference(shape: "BaseGeometry", cut: "BaseGeometry") -> "BaseGeometry":
    """Return what is in `shape` and not in `cut`, without slivers.

    Parameters
    ----------
    shape, cut : shapely geometry
        Valid polygons within -180..180.

    Returns
    -------
    shapely geometry
        Polygon or MultiPolygon, empty if nothing of 1 km2 is left.

    Examples
    --------
    >>> import shapely
    >>> difference(shapely.box(0, 0, 2, 1), shapely.box(1, 0, 3, 1)).area
    1.0
    """
    return _without_slivers(shape.difference(cut))


def _without_slivers(geometry: "BaseGeometry") -> "BaseGeometry":
    import shapely

    parts = shapely.get_parts(polygonal(geometry))
    kept = [part for part in parts if area_km2(part) >= SLIVER_KM2]
    return shapely.MultiPolygon(kept) if len(kept) != 1 else kept[0]

"""Put polygons into one form: longitude in -180..180, valid, densified."""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from shapely import Polygon
    from shapely.geometry.base import BaseGeometry

#: Longest edge, in degrees, that is straight in longitude and latitude
#: before it is taken as straight in longitude and the sine of latitude.
LONGEST_EDGE = 0.1
EARTH_RADIUS_KM = 6371.0


def box_geometry(
    south: float, north: float, west: float, east: float
) -> "BaseGeometry":
    """Make the polygon of a box running eastward from `west` to `east`.

    Parameters
    ----------
    south, north, west, east : float
        Limits in degrees.

    Returns
    -------
    shapely geometry
        One polygon, or two if the box crosses the dateline.
    """
    import shapely

    width = (east - west) % 360 or 360
    start = (west + 180) % 360 - 180
    return wrap_longitude(shapely.box(start, south, start + width, north))


def normalise(geometry: "BaseGeometry", where: str) -> "BaseGeometry":
    """Return a valid polygon within -180..180 with no long slanted edge.

    The direction of the rings does not matter.

    Parameters
    ----------
    geometry : shapely geometry
        Polygons in longitude (-360..540) and latitude, in degrees.
    where : str
        What the polygon is, for messages.

    Returns
    -------
    shapely geometry
        Polygon or MultiPolygon. Edges along parallels and meridians are
        kept; the others are cut into pieces of at most `LONGEST_EDGE`.

    Raises
    ------
    ValueError
        If there is no area, if coordinates are outside their range, or if
        an edge jumps across the dateline.
    """
    import shapely

    _check(geometry, where)
    valid = polygonal(shapely.make_valid(geometry))
    wrapped = wrap_longitude(valid)
    if wrapped.is_empty:
        msg = f"{where}: the geometry ({geometry.geom_type}) has no area."
        raise ValueError(msg)
    return densify(wrapped)


def polygonal(geometry: "BaseGeometry") -> "BaseGeometry":
    """Drop the points and lines of a geometry, keep its polygons.

    Parameters
    ----------
    geometry : shapely geometry
        Anything.

    Returns
    -------
    shapely geometry
        Polygon or MultiPolygon, which may be empty.
    """
    import shapely

    if geometry.geom_type in ("Polygon", "MultiPolygon"):
        return geometry
    parts = shapely.get_parts(shapely.get_parts(geometry))
    return shapely.union_all(parts[shapely.get_dimensions(parts) == 2])


def wrap_longitude(geometry: "BaseGeometry") -> "BaseGeometry":
    """Bring polygons anywhere within -540..540 to -180..180.

    Parameters
    ----------
    geometry : shapely geometry
        Valid polygons.

    Returns
    -------
    shapely geometry
        The same part of the Earth, cut at the dateline.
    """
    import shapely
    from shapely.affinity import translate

    west, _, east, _ = geometry.bounds
    if geometry.is_empty or (west >= -180 and east <= 180):
        return geometry
    world = shapely.box(-180, -90, 180, 90)
    turns = [translate(geometry, shift) for shift in (-360, 0, 360)]
    return polygonal(
        shapely.union_all([polygonal(turn.intersection(world)) for turn in turns])
    )


def equal_area(geometry: "BaseGeometry") -> "BaseGeometry":
    """Map longitude and latitude (degrees) to longitude and sine of latitude.

    Parameters
    ----------
    geometry : shapely geometry
        Polygons in longitude and latitude, in degrees.

    Returns
    -------
    shapely geometry
        Valid polygons, the area of which is in degrees of longitude.
    """
    import shapely

    plane = shapely.transform(geometry, _with_sine)
    # Bending the edges can make two that nearly touch cross.
    return plane if plane.is_valid else polygonal(shapely.make_valid(plane))


def _with_sine(points: np.ndarray) -> np.ndarray:
    return np.column_stack([points[:, 0], np.sin(np.radians(points[:, 1]))])


def area_km2(geometry: "BaseGeometry") -> float:
    """Return the area of polygons on the sphere.

    Parameters
    ----------
    geometry : shapely geometry
        Polygons in longitude and latitude, in degrees.

    Returns
    -------
    float
        Area in km2, on a sphere of radius 6371 km.

    Examples
    --------
    >>> round(area_km2(box_geometry(0, 90, -180, 180)))
    255032236
    """
    return float(equal_area(geometry).area * np.radians(1) * EARTH_RADIUS_KM**2)


def densify(geometry: "BaseGeometry") -> "BaseGeometry":
    """Cut slanted edges into pieces of at most `LONGEST_EDGE` degrees.

    Parameters
    ----------
    geometry : shapely geometry
        Polygon or MultiPolygon.

    Returns
    -------
    shapely geometry
        The same shape in longitude and latitude.
    """
    import shapely

    def densify_polygon(polygon: "BaseGeometry") -> "Polygon":
        shell, *holes = (
            _densify_ring(shapely.get_coordinates(ring))
            for ring in shapely.get_rings(polygon)
        )
        return shapely.Polygon(shell, holes)

    parts = [densify_polygon(part) for part in shapely.get_parts(geometry)]
    return shapely.MultiPolygon(parts) if len(parts) > 1 else parts[0]


def _densify_ring(points: np.ndarray) -> np.ndarray:
    step = np.diff(points, axis=0)
    slanted = (step != 0).all(axis=1)
    pieces = np.where(slanted, np.ceil(np.hypot(*step.T) / LONGEST_EDGE), 1).astype(int)
    edge = np.repeat(np.arange(len(step)), pieces)
    first = np.repeat(np.cumsum(pieces) - pieces, pieces)
    along = (np.arange(len(edge)) - first) / pieces[edge]
    return np.vstack([points[edge] + along[:, None] * step[edge], points[-1:]])


def _check(geometry: "BaseGeometry", where: str) -> None:
    import shapely

    if geometry.is_empty:
        msg = f"{where}: the geometry is empty."
        raise ValueError(msg)
    west, south, east, north = geometry.bounds
    if not (west >= -360 and east <= 540 and south >= -90 and north <= 90):
        msg = (
            f"{where}: coordinates must be longitude (-360..540) then latitude "
            f"(-90..90) in degrees, found {west:g}..{east:g} and {south:g}..{north:g}."
        )
        raise ValueError(msg)
    for part in shapely.get_parts(geometry):
        for ring in shapely.get_rings(part):
            jump = np.abs(np.diff(shapely.get_coordinates(ring)[:, 0])).max()
            if 180 < jump < 360:
                msg = (
                    f"{where}: an edge spans {jump:g} degrees of longitude, so it is "
                    "not clear which way round it goes. To cross the dateline write "
                    "longitudes past 180 (190 for 170 W); for a wide region add "
                    "vertices, or give a box (lat: [south, north], lon: [west, east])."
                )
                raise ValueError(msg)

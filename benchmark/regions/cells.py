"""The outline of a set of grid cells."""

from typing import TYPE_CHECKING

import numpy as np

from benchmark.regions.geometry import polygonal, wrap_longitude

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry


def outline_of_cells(
    inside: np.ndarray, lat_edges: np.ndarray, lon_edges: np.ndarray
) -> "BaseGeometry":
    """Join grid cells into polygons, exactly.

    Cells that follow each other along a parallel become one rectangle, and
    the rectangles are joined. The area is the sum of the areas of the cells.

    Parameters
    ----------
    inside : numpy.ndarray of bool
        Which cells belong to the region, (lat, lon).
    lat_edges, lon_edges : numpy.ndarray
        Limits of the cells in degrees, one more than cells, ascending.

    Returns
    -------
    shapely geometry
        Polygon or MultiPolygon within -180..180, empty if no cell is inside.

    Examples
    --------
    >>> import numpy as np
    >>> inside = np.array([[True, True, False], [False, True, True]])
    >>> outline_of_cells(inside, np.arange(3) * 10, np.arange(4) * 10).area
    400.0
    """
    import shapely

    padded = np.zeros((inside.shape[0], inside.shape[1] + 2), dtype=np.int8)
    padded[:, 1:-1] = inside
    change = np.diff(padded, axis=1)
    row, first = np.nonzero(change == 1)
    _, past_last = np.nonzero(change == -1)
    runs = shapely.box(
        lon_edges[first], lat_edges[row], lon_edges[past_last], lat_edges[row + 1]
    )
    return wrap_longitude(polygonal(shapely.union_all(runs)))

"""Corners that are boxes between two latitudes and two longitudes."""

from dataclasses import dataclass

import numpy as np
import xarray as xr

from benchmark.harmonise.cells.coordinates import degrees
from benchmark.harmonise.cells.corners import file_corners

# Corners this part of a box away from its edges are no box.
_SLACK = 1e-2


class NotBoxes(Exception):
    """The corners of a file are no boxes of latitude and longitude."""


@dataclass(frozen=True)
class Boxes:
    """Edges of boxes, shaped as the centres.

    Parameters
    ----------
    lat, lon : tuple of numpy.ndarray
        Lower and upper edges, degrees.
    """

    lat: tuple[np.ndarray, np.ndarray]
    lon: tuple[np.ndarray, np.ndarray]

    def fill(self, rows: np.ndarray, columns: np.ndarray) -> bool:
        """Tell whether boxes are as high and wide as rows and columns are apart.

        Parameters
        ----------
        rows, columns : numpy.ndarray
            Axes, degrees.

        Returns
        -------
        bool
        """
        step = [float(np.median(np.diff(axis))) for axis in (rows, columns)]
        size = [np.median(high - low) for low, high in (self.lat, self.lon)]
        return all(
            abs(one - other) <= 0.02 * one
            for one, other in zip(step, size, strict=True)
        )


def boxes_of(
    data: xr.Dataset, names: tuple[str, str], units: str, where: str
) -> Boxes | None:
    """Return the boxes that the corners of a file are.

    Parameters
    ----------
    data : xarray.Dataset
        The file.
    names : tuple of str
        Latitude and longitude of the centres.
    units : str
        Of the centres.
    where : str
        File and variable, for messages.

    Returns
    -------
    Boxes or None
        None if the file has no corners.

    Raises
    ------
    NotBoxes
        If corners lie elsewhere than at two latitudes and two longitudes.
    """
    dims = data[names[0]].dims
    found = file_corners(data, names, units, where)
    if found is None:
        return None
    turned = data.transpose(*dims, ...)
    centre = degrees(turned, names[1], where, units)[..., None]
    lat, lon = found
    lon = lon - 360.0 * np.round((lon - centre) / 360.0)
    edges = []
    if not (np.isfinite(lat) & np.isfinite(lon)).all():
        raise NotBoxes
    for corner in (lat, lon):
        low, high = corner.min(axis=-1), corner.max(axis=-1)
        size = (high - low)[..., None]
        off = np.minimum(corner - low[..., None], high[..., None] - corner)
        if not (off <= _SLACK * size).all():
            raise NotBoxes
        edges.append((low, high))
    return Boxes(*edges)

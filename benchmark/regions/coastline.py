"""Coastline of the north, for maps."""

import json

import numpy as np

from benchmark.regions.shipped import shipped


def coastline() -> list[np.ndarray]:
    """Read the coastline north of 40 N.

    Returns
    -------
    list of numpy.ndarray
        Lines of shape (n, 2): longitude and latitude in degrees. No line
        crosses the dateline.

    Notes
    -----
    Natural Earth, 1:50 million, simplified; public domain.

    Examples
    --------
    >>> bool(min(line[:, 1].min() for line in coastline()) >= 40)
    True
    """
    text = shipped("coastline", "north.geojson").read_text(encoding="utf-8")
    (feature,) = json.loads(text)["features"]
    return [np.array(line) for line in feature["geometry"]["coordinates"]]

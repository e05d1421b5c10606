"""Finds fields that are 0 over the sea, where they should be missing."""

import numpy as np
import xarray as xr

from benchmark.regrid.axis import EDGE_NAMES

# Boxes of south, north, west, east in degrees that hold no land larger than an
# islet: parts of the Arctic, Atlantic, Pacific, Indian and Southern Ocean.
OPEN_SEA = (
    (84.0, 90.0, -180.0, 180.0),
    (67.0, 70.0, -10.0, 10.0),
    (45.0, 58.0, -45.0, -20.0),
    (40.0, 50.0, 165.0, 180.0),
    (40.0, 53.0, -180.0, -140.0),
    (-50.0, -25.0, -130.0, -85.0),
    (-40.0, -20.0, 80.0, 105.0),
    (-62.0, -56.0, -180.0, 180.0),
)
# All but a few: values that interpolation spilled over the coast.
_MOST = 0.9


def zeros_at_sea(field: xr.DataArray) -> xr.DataArray | None:
    """Return the share of exact zeros among all values of the open sea.

    Parameters
    ----------
    field : DataArray
        (time, lat, lon) or (lat, lon), with its cell edges and
        ``land_fraction``.

    Returns
    -------
    DataArray or None
        0 to 1, lazy; None where a land fraction is stated, or where no cell
        lies in the open sea.
    """
    if (field["land_fraction"] < 1.0).any():
        return None
    sea = _sea(field)
    rows, columns = sea.any(axis=1), sea.any(axis=0)
    if not sea.any():
        return None
    inside = xr.DataArray(sea[rows][:, columns], dims=("lat", "lon"))
    part = field.reset_coords(drop=True).drop_vars(("lat", "lon"))
    zero = part.isel(lat=rows, lon=columns) == 0
    share: xr.DataArray = zero.where(inside).mean()
    return share


def sea_warning(share: float) -> list[str]:
    """Return what to say of a field that is 0 at sea.

    Parameters
    ----------
    share : float
        From `zeros_at_sea`.

    Returns
    -------
    list of str
        Of one text or none.

    Examples
    --------
    >>> sea_warning(0.0)
    []
    """
    if not share >= _MOST:
        return []
    return [
        "0 rather than missing over the open sea, and no land fraction: coastal cells "
        "count their sea as land. Write 'land_fraction:', or 'fill_value: 0' if no "
        "land is 0"
    ]


def _sea(field: xr.DataArray) -> np.ndarray:
    """Return which cells (lat, lon) lie wholly in a box."""
    lower, upper, first, last = (
        field[name].to_numpy() for name in (*EDGE_NAMES["lat"], *EDGE_NAMES["lon"])
    )
    centre = ((first + last) / 2 + 180.0) % 360.0 - 180.0
    half = (last - first) / 2
    sea = np.zeros((lower.size, first.size), dtype=bool)
    for south, north, west, east in OPEN_SEA:
        rows = (lower >= south) & (upper <= north)
        all_round = east - west >= 360.0
        columns = (centre - half >= west) & (centre + half <= east) | all_round
        sea |= rows[:, None] & columns[None, :]
    return sea

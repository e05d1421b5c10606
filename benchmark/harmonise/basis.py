"""Rates per second of true months, and values per area of land."""

import numpy as np
import xarray as xr

from benchmark.errors import InputError
from benchmark.regrid import horizontal


def per_second(values: xr.DataArray, where: str) -> xr.DataArray:
    """Return rates per second, given those per month of 365.2425 / 12 days.

    Parameters
    ----------
    values : DataArray
        (time, ...) with ``month`` and ``days`` along time.
    where : str
        File and variable, for messages.

    Returns
    -------
    DataArray
        Divided by the length of each month in its own calendar.

    Raises
    ------
    InputError
        If there are no months.
    """
    if "month" not in values.coords:
        msg = (
            f"{where}: is a rate per month but has no months; expected a monthly time "
            "axis. State 'units:' per year or per second."
        )
        raise InputError(msg)
    # pint's month is a twelfth of the year; take that out, put the true one in.
    return values * (365.2425 / 12.0 / values["days"])


def per_land(
    values: xr.DataArray, land: np.ndarray, where: str, *, stated: bool
) -> xr.DataArray:
    """Return values per area of land, given those per area of the whole cell.

    Parameters
    ----------
    values : DataArray
        On the axes of the grid.
    land : ndarray
        Land fraction of each cell, 0 to 1.
    where : str
        File and variable, for messages.
    stated : bool
        Whether the model gives its land at all.

    Returns
    -------
    DataArray
        NaN where there is no land.

    Raises
    ------
    InputError
        If the area is not known.
    """
    if not stated:
        msg = (
            f"{where}: per area of the whole cell, so the land in each cell is "
            "needed; write 'land_fraction:' or 'land_area:' for the model, or "
            "'area_basis: land' if values are per area of land and no cell_methods "
            "say otherwise."
        )
        raise InputError(msg)
    fraction = xr.DataArray(land, dims=horizontal(values))
    return values / fraction.where(fraction > 0)

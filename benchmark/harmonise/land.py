"""The land of each cell, with and without ice, and values per area of it."""

from dataclasses import dataclass

import numpy as np
import xarray as xr

from benchmark.harmonise.areas import land_of, off_ice, without_ice
from benchmark.harmonise.basis import per_land


@dataclass(frozen=True)
class Land:
    """The land of each cell of a variable.

    Parameters
    ----------
    whole, left : ndarray
        (lat, lon) or (cell,), 0 to 1: with land ice, and without.
    stated : bool
        Whether the model gives its land at all.
    iced : tuple of str
        What was done about ice, if there is any.
    warnings : tuple of str
    """

    whole: np.ndarray
    left: np.ndarray
    stated: bool
    iced: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def land_in_cells(
    grid: xr.Dataset,
    where: str,
    *,
    cell_area: xr.DataArray | None,
    land_area: xr.DataArray | None,
    land_fraction: xr.DataArray | None,
    ice_fraction: xr.DataArray | None,
) -> Land:
    """Return the land of each cell, from what the model states.

    Parameters
    ----------
    grid : Dataset
        The variable's grid, with ``cell_area`` from its bounds.
    where : str
        File and variable, for messages.
    cell_area, land_area, land_fraction, ice_fraction : DataArray or None
        (lat, lon) or (cell,), see `benchmark.harmonise.areas`.

    Returns
    -------
    Land

    Raises
    ------
    InputError
        If one is on another grid, or no fraction.
    """
    whole, warnings = land_of(grid, cell_area, land_area, land_fraction, where)
    left, iced = without_ice(whole, grid, ice_fraction, where)
    stated = land_area is not None or land_fraction is not None
    return Land(whole, left, stated, tuple(iced), tuple(warnings))


def per_area_of_land(
    values: xr.DataArray, land: Land, basis: str, where: str
) -> tuple[xr.DataArray, list[str]]:
    """Return values per area of ice-free land, and what was done.

    Parameters
    ----------
    values : DataArray
        On the axes of the grid, per area of `basis`.
    land : Land
        Of its cells.
    basis : {"land", "cell", "wetland"}
        Values per area of wetland are returned as they are: what they need
        is another variable, see `benchmark.harmonise.wetland`.
    where : str
        File and variable, for messages.

    Returns
    -------
    values : DataArray
    done : list of str

    Raises
    ------
    InputError
        If values are per area of the cell, whose land nobody states.
    """
    if basis == "wetland":
        return values, []
    if basis == "land":
        return (off_ice(values, land.whole, land.left) if land.iced else values), []
    values = per_land(values, land.left, where, stated=land.stated)
    return values, ["per cell area: divided by the land fraction"]

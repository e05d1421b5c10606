"""Areas and land fractions that models state, checked against their grid."""

import numpy as np
import xarray as xr

from benchmark.config.descriptors import GridMeasure
from benchmark.errors import InputError
from benchmark.harmonise.axes import only_dimensions
from benchmark.harmonise.grid import AREA_TOLERANCE, area_ratio
from benchmark.harmonise.horizontal import on_its_grid
from benchmark.harmonise.identify import missing_variable
from benchmark.harmonise.units import dimensional_factor
from benchmark.regrid import has_mesh, horizontal

_AXES = ("lat", "lon")

SLIVER = 0.01
"""Land with less than this share free of ice counts as ice: rounding, mostly."""


def read_measure(
    data: xr.Dataset, measure: GridMeasure, canonical: str
) -> xr.DataArray:
    """Return an area or a land fraction on the standard grid.

    Parameters
    ----------
    data : Dataset
        The file it is in.
    measure : GridMeasure
        Its name, and its units where the file has none.
    canonical : {"m2", "1"}
        Units to return.

    Returns
    -------
    DataArray
        (lat, lon), missing values as 0.

    Raises
    ------
    InputError
        If the variable or its units are not understood.
    """
    where = f"{data.attrs.get('files', ['?'])[0]}: {measure.name}"
    if measure.name not in data.variables:
        raise InputError(missing_variable(data, measure.name, where))
    values = data[measure.name]
    written = measure.units or str(values.attrs.get("units", ""))
    try:
        factor = 1.0 if written == canonical else dimensional_factor(written, canonical)
    except ValueError as error:
        msg = f"{where}: {error}; write 'units:' there, such as m2, km2 or %."
        raise InputError(msg) from error
    grid, _ = on_its_grid(values, data, measure.name, where)
    if "time" in grid.dims:
        # Areas do not change; a time axis is that of the other variables.
        grid = grid.isel(time=0, drop=True)
    flat = only_dimensions(grid["value"], where)
    return (flat * factor).fillna(0.0).drop_attrs()


def land_of(
    grid: xr.Dataset,
    cell_area: xr.DataArray | None,
    land_area: xr.DataArray | None,
    land_fraction: xr.DataArray | None,
    where: str,
) -> tuple[np.ndarray, list[str]]:
    """Return the land fraction of each cell, from what the model states.

    Parameters
    ----------
    grid : Dataset
        The variable's grid, with ``cell_area`` from its bounds.
    cell_area : DataArray or None
        (lat, lon), m2: only compared with the bounds, and never used.
    land_area : DataArray or None
        (lat, lon), m2.
    land_fraction : DataArray or None
        (lat, lon), 0 to 1.
    where : str
        File and variable, for messages.

    Returns
    -------
    land : ndarray
        (lat, lon), 0 to 1; 1 where the model states nothing.
    warnings : list of str

    Raises
    ------
    InputError
        If it is on another grid, or no fraction.
    """
    computed = grid["cell_area"]
    warnings = []
    if cell_area is not None:
        ratio = area_ratio(cell_area, computed)
        if not abs(ratio - 1.0) <= AREA_TOLERANCE:
            warnings.append(
                f"the stated cell area sums to {ratio:.3g} times the area of the "
                "cells' bounds: not used, areas are computed from the bounds"
            )
    if land_area is not None:
        area = _on_grid(land_area, grid, "land_area", where)
        fraction = area / np.where(computed > 0, computed, np.inf)
        if np.nanmax(fraction) > 1.0 + 0.05:
            warnings.append(
                f"the stated land area is up to {np.nanmax(fraction):.3g} times the "
                "cell: cut to the cell"
            )
        land = np.clip(fraction, 0.0, 1.0)
    elif land_fraction is not None:
        land = _on_grid(land_fraction, grid, "land_fraction", where)
        if land.max() > 1.0 + 0.05:
            msg = (
                f"{where}: the land fraction runs to {land.max():g}; expected 0 to 1. "
                "Write 'units: \"%\"' under land_fraction if it is a percentage."
            )
            raise InputError(msg)
        land = np.clip(land, 0.0, 1.0)
    else:
        land = np.ones(computed.shape)
    return land, warnings


def without_ice(
    land: np.ndarray, grid: xr.Dataset, ice: xr.DataArray | None, where: str
) -> tuple[np.ndarray, list[str]]:
    """Return the land fraction without ice sheets and glaciers, and a remark.

    Parameters
    ----------
    land : ndarray
        (lat, lon), 0 to 1, from `land_of`.
    grid : Dataset
        The variable's grid, with ``cell_area``.
    ice : DataArray or None
        (lat, lon), 0 to 1: the part of the whole cell under land ice, as
        CMIP6's `sftgif` counts it.
    where : str
        File and variable, for messages.

    Returns
    -------
    land : ndarray
        Never below 0, and 0 where less than a hundredth of the land is left.
    remarks : list of str

    Raises
    ------
    InputError
        If the ice is on another grid, or no fraction.
    """
    if ice is None:
        return land, []
    covered = _on_grid(ice, grid, "ice_fraction", where)
    if covered.max() > 1.0 + 0.05:
        msg = (
            f"{where}: the ice fraction runs to {covered.max():g}; expected 0 to 1. "
            "Write 'units: \"%\"' under ice_fraction if it is a percentage."
        )
        raise InputError(msg)
    left = np.clip(land - np.clip(covered, 0.0, 1.0), 0.0, 1.0)
    left[left < SLIVER * land] = 0.0
    area = grid["cell_area"].to_numpy()
    share = 1.0 - (left * area).sum() / max((land * area).sum(), 1e-30)
    return left, [
        f"land ice, {share:.2%} of the land, subtracted from it: values are per area "
        "of the rest, and their totals as before"
    ]


def off_ice(values: xr.DataArray, land: np.ndarray, left: np.ndarray) -> xr.DataArray:
    """Return values per area of ice-free land, given those per area of all land.

    Nothing lives on ice, and a mean over land counts it as 0. Were only the
    area less, totals would lose the share of the ice.

    Parameters
    ----------
    values : DataArray
        (..., lat, lon) or (..., cell), per area of land with its ice.
    land, left : ndarray
        (lat, lon) or (cell,), 0 to 1: from `land_of` and `without_ice`.

    Returns
    -------
    DataArray
        Missing where no land is left.

    Examples
    --------
    >>> some = xr.DataArray([5.0], dims="cell")
    >>> off_ice(some, np.array([0.8]), np.array([0.5])).round(9).item()
    8.0
    """
    share = np.divide(land, left, out=np.full(land.shape, np.nan), where=left > 0)
    return values * xr.DataArray(share.astype(values.dtype), dims=horizontal(values))


def _on_grid(
    measure: xr.DataArray, grid: xr.Dataset, key: str, where: str
) -> np.ndarray:
    nudge = 1e-3
    if has_mesh(grid) or has_mesh(measure):
        return _on_mesh(measure, grid, key, where, nudge)
    # Its longitudes may be counted from another meridian than the variable's.
    turned = measure.assign_coords(lon=(measure["lon"] + nudge) % 360.0).sortby("lon")
    lon = (grid["lon"] + nudge) % 360.0
    try:
        found = turned.sel(lat=grid["lat"], lon=lon, method="nearest", tolerance=nudge)
    except (KeyError, ValueError) as error:
        shapes = measure.shape, tuple(grid.sizes[dim] for dim in ("lat", "lon"))
        msg = (
            f"{where}: {key} is on another grid, (lat, lon) {shapes[0]}, than the "
            f"variable, {shapes[1]}; expected the same cells."
        )
        raise InputError(msg) from error
    return found.transpose("lat", "lon").to_numpy()


def _on_mesh(
    measure: xr.DataArray, grid: xr.Dataset, key: str, where: str, nudge: float
) -> np.ndarray:
    same = measure.dims == grid["cell_area"].dims and measure.shape == (
        grid["cell_area"].shape
    )
    if same:
        apart = [measure[axis].to_numpy() - grid[axis].to_numpy() for axis in _AXES]
        apart[1] -= 360.0 * np.round(apart[1] / 360.0)
        # Meridians meet at the poles, where a longitude means nothing.
        apart[1] *= np.cos(np.radians(grid["lat"].to_numpy()))
        same = max(np.nanmax(np.abs(degrees)) for degrees in apart) <= nudge
    if not same:
        msg = (
            f"{where}: {key} is on another grid, {dict(measure.sizes)}, than the "
            f"variable, {dict(grid['cell_area'].sizes)}; expected the same cells."
        )
        raise InputError(msg)
    return measure.to_numpy()

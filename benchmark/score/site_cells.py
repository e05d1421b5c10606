"""The cells of a model that hold the sites of a reference, and what is in them."""

from dataclasses import dataclass

import numpy as np
import xarray as xr

from benchmark.regions import Regions, regions_of_points
from benchmark.regrid import NOWHERE, cells_containing, horizontal

_KEPT = ("time", "year", "month", "days")


@dataclass(frozen=True)
class SiteCells:
    """Sites of a reference on the grid of a model.

    Parameters
    ----------
    names, lat, lon, classes : ndarray
        Of the sites (site,).
    inside : ndarray of bool
        (region, site).
    regions : tuple of str
        Ids.
    cell : ndarray of int
        The cell that holds each site, `benchmark.regrid.NOWHERE` off the grid.
    """

    names: np.ndarray
    lat: np.ndarray
    lon: np.ndarray
    classes: np.ndarray
    inside: np.ndarray
    regions: tuple[str, ...]
    cell: np.ndarray

    @property
    def on_grid(self) -> np.ndarray:
        """Which sites lie on the grid (site,)."""
        return self.cell != NOWHERE


def place_sites(
    sites: xr.DataArray, field: xr.DataArray, regions: Regions
) -> SiteCells:
    """Return in which cells and regions sites lie.

    Parameters
    ----------
    sites : DataArray
        (..., site) with ``lat``, ``lon`` and ``site_class``.
    field : DataArray
        Of the model, on a grid or a mesh.
    regions : Regions
        Where.

    Returns
    -------
    SiteCells
    """
    lat, lon = (sites[name].to_numpy().astype(float) for name in ("lat", "lon"))
    inside = regions_of_points(regions, lat, lon)
    return SiteCells(
        sites["site"].to_numpy().astype(str),
        lat,
        lon,
        sites["site_class"].to_numpy().astype(str),
        inside.to_numpy(),
        tuple(regions.ids),
        cells_containing(field, lat, lon),
    )


def at_cells(field: xr.DataArray, cell: np.ndarray) -> xr.DataArray:
    """Return a field in some of its cells, NaN where they have no land.

    Parameters
    ----------
    field : DataArray
        (time, lat, lon), (lat, lon), (time, cell) or (cell,), lazy or not.
    cell : ndarray of int
        Numbers of cells (place,) from `benchmark.regrid.cells_containing`.

    Returns
    -------
    DataArray
        (time, place) or (place,); only these cells are ever computed.
    """
    dims = horizontal(field)
    if len(dims) == 1:
        where = {dims[0]: xr.DataArray(cell, dims="place")}
    else:
        rows, columns = np.divmod(cell, field.sizes[dims[1]])
        where = {
            name: xr.DataArray(index, dims="place")
            for name, index in zip(dims, (rows, columns), strict=True)
        }
    picked = field.isel(where)
    values = picked.where(picked["land_fraction"] > 0)
    extra = [name for name in values.coords if name not in _KEPT]
    return values.drop_vars(extra).transpose(..., "place").assign_attrs(field.attrs)


def at_sites(values: xr.DataArray, cell: np.ndarray) -> xr.DataArray:
    """Return values of distinct cells as values at sites.

    Parameters
    ----------
    values : DataArray
        (..., place), the places being the cells that `distinct` gives.
    cell : ndarray of int
        Of each site; `benchmark.regrid.NOWHERE` is NaN.

    Returns
    -------
    DataArray
        (..., site), without coordinates of the sites.
    """
    known = distinct(cell)
    index = np.clip(np.searchsorted(known, cell), 0, known.size - 1)
    picked = values.isel(place=xr.DataArray(index, dims="site"))
    off = xr.DataArray(cell != NOWHERE, dims="site")
    return picked.where(off).assign_attrs(values.attrs)


def distinct(cell: np.ndarray) -> np.ndarray:
    """Return the cells that hold any site, sorted and once each."""
    return np.unique(cell[cell != NOWHERE])

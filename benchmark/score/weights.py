"""Region weights, made once for each grid of a run."""

from collections import OrderedDict

import xarray as xr

from benchmark.regions import Regions, region_weights
from benchmark.regrid import cell_area, grid_of

_KEPT = 12
_made: OrderedDict[tuple[object, ...], xr.DataArray] = OrderedDict()


def cached_weights(regions: Regions, grid: xr.Dataset | xr.DataArray) -> xr.DataArray:
    """Return `region_weights`, from memory if they were just made.

    Parameters
    ----------
    regions : Regions
        Where.
    grid : Dataset or DataArray
        With bounds or cell edges.

    Returns
    -------
    DataArray
        (region, lat, lon), fractions.
    """
    grid = grid_of(grid)
    key = (
        regions.name,
        tuple(region.geometry.wkb for region in regions),
        grid["lat_bnds"].to_numpy().tobytes(),
        grid["lon_bnds"].to_numpy().tobytes(),
    )
    if key not in _made:
        made = region_weights(regions, grid).reset_coords(drop=True)
        _made[key] = made.drop_attrs()
        while len(_made) > _KEPT:
            _made.popitem(last=False)
    _made.move_to_end(key)
    found = _made[key]
    return found.assign_coords(lat=grid["lat"], lon=grid["lon"])


def shape_areas(regions: Regions) -> xr.DataArray:
    """Return the area of each region's shape, sea included.

    Parameters
    ----------
    regions : Regions
        The regions.

    Returns
    -------
    DataArray
        (region,), m2.
    """
    edges = {
        "lat_bnds": [[-90.0, 0.0], [0.0, 90.0]],
        "lon_bnds": [[-180.0, 0.0], [0.0, 180.0]],
    }
    sphere = xr.Dataset(
        coords={
            "lat": [-45.0, 45.0],
            "lon": [-90.0, 90.0],
            **{name: ((name[:3], "bnds"), value) for name, value in edges.items()},
        }
    )
    shares = cached_weights(regions, sphere)
    area = cell_area(sphere["lat_bnds"], sphere["lon_bnds"])
    return (shares * area).sum(["lat", "lon"])

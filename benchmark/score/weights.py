"""Region weights, made once for each grid of a run."""

import xarray as xr

from benchmark.recent import Recent
from benchmark.regions import Regions, region_weights
from benchmark.regrid import cell_area, grid_of, has_mesh, mesh_of

_made: Recent[xr.DataArray] = Recent(12)


def cached_weights(regions: Regions, grid: xr.Dataset | xr.DataArray) -> xr.DataArray:
    """Return `region_weights`, from memory if they were just made.

    Parameters
    ----------
    regions : Regions
        Where.
    grid : Dataset or DataArray
        With bounds, cell edges or a mesh.

    Returns
    -------
    DataArray
        (region, lat, lon) or (region, cell), fractions.
    """
    shapes = tuple(region.geometry.wkb for region in regions), tuple(regions.ids)
    if has_mesh(grid):
        on_mesh = (*shapes, mesh_of(grid).digest)
        return _made.get(on_mesh, lambda: _bare_weights(regions, grid))
    grid = grid_of(grid)
    key = (
        *shapes,
        grid["lat_bnds"].to_numpy().tobytes(),
        grid["lon_bnds"].to_numpy().tobytes(),
    )
    found = _made.get(key, lambda: _bare_weights(regions, grid))
    return found.assign_coords(lat=grid["lat"], lon=grid["lon"])


def _bare_weights(regions: Regions, grid: xr.Dataset | xr.DataArray) -> xr.DataArray:
    return region_weights(regions, grid).reset_coords(drop=True).drop_attrs()


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

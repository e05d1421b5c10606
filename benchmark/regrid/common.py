"""The grid on which a model and a reference are compared."""

import xarray as xr

from benchmark.regrid.axis import Grid
from benchmark.regrid.conservative import build_conservative
from benchmark.regrid.grid import grid_of


def common_grid(a: Grid, b: Grid) -> xr.Dataset:
    """Return the coarser of two grids, uncut.

    Coarser is the grid with the larger mean cell area over the extent that
    both cover. Grids within 1 % of each other are tied, and the second,
    by convention the reference's, is returned.

    Parameters
    ----------
    a, b : xarray.Dataset or xarray.DataArray
        Grids with bounds in degrees; `b` is the reference's.

    Returns
    -------
    xarray.Dataset
        The coarser grid, as :func:`grid_of` gives it.

    Raises
    ------
    InputError
        If bounds are missing or wrong.
    NoOverlapError
        If the grids share no area.

    Examples
    --------
    >>> import xarray as xr
    >>> def band(edges):
    ...     pairs = list(zip(edges[:-1], edges[1:]))
    ...     return xr.Dataset({
    ...         "lat_bnds": (("lat", "bnds"), [[0.0, 30.0]]),
    ...         "lon_bnds": (("lon", "bnds"), pairs),
    ...     })
    >>> dict(common_grid(band(range(0, 91, 10)), band(range(0, 91, 30))).sizes)
    {'lat': 1, 'bnds': 2, 'lon': 3}
    """
    overlap = build_conservative(grid_of(a), grid_of(b))
    cells_a = (overlap.matrix.sum(axis=0) / overlap.source_area).sum()
    cells_b = (overlap.matrix.sum(axis=1) / overlap.target_area).sum()
    return grid_of(a if cells_a < 0.99 * cells_b else b)

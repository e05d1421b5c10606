"""Regional means and totals of a field, on its own grid."""

import xarray as xr

from benchmark.regions import Regions
from benchmark.regrid import horizontal
from benchmark.score.region_state import MINIMUM_COVERAGE
from benchmark.score.weights import cached_weights


def lazy_series(field: xr.DataArray, regions: Regions) -> dict[str, xr.DataArray]:
    r"""Return the regional mean of a field at each time, still to be computed.

    A month in which less than 80 % of the region's usual cells have a value
    is missing.

    .. math:: \bar x_r = \frac{\sum_i w_{ri} A_i f_i x_i}{\sum_i w_{ri} A_i f_i}

    over the cells with a value, with w the fraction of the cell in the region,
    A its area and f its land fraction.

    Parameters
    ----------
    field : DataArray
        (time, lat, lon), (lat, lon), (time, cell) or (cell,) with
        ``cell_area`` and ``land_fraction``.
    regions : Regions
        Where.

    Returns
    -------
    dict
        ``mean`` (time, region) in the units of the field, ``area``
        (time, region), the valid land area in m2, ``whole_area`` (region,),
        the land area with or without values, and ``extent`` (region,), the
        area of the region's shape inside the grid, m2.
    """
    cells = horizontal(field)
    area = cached_weights(regions, field) * field["cell_area"].reset_coords(drop=True)
    weights = (area * field["land_fraction"].reset_coords(drop=True)).reset_coords(
        drop=True
    )
    valid = xr.dot(weights, field.notnull().astype(weights.dtype), dim=cells)
    total = xr.dot(weights, field.fillna(0.0), dim=cells)
    enough = valid > 0
    if "time" in valid.dims:
        # A month with data in a corner of the region is no month of the region.
        enough = valid >= MINIMUM_COVERAGE * valid.max("time").where(valid > 0)
    mean = (total / valid.where(enough)).transpose(..., "region")
    mean.attrs = {**field.attrs, "statistic": "mean"}
    kept = {n: field[n] for n in ("year", "month", "days") if n in field.coords}
    return {
        "mean": mean.assign_coords(kept).rename(field.name),
        "area": valid.transpose(..., "region"),
        "whole_area": weights.sum(cells),
        "extent": area.sum(cells).reset_coords(drop=True),
    }

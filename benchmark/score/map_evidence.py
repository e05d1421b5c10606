"""What a gridded pair leaves for the report: its maps and its cycles."""

from collections.abc import Mapping

import xarray as xr

from benchmark.harmonise.variable import Variable
from benchmark.metrics.aggregate import aggregate
from benchmark.regrid import grid_of
from benchmark.score.result import Evidence


def map_evidence(
    statistics: Mapping[str, xr.DataArray],
    weights: xr.DataArray,
    variable: Variable,
    cells: xr.DataArray | None,
) -> Evidence:
    """Return the maps and the cycles of a gridded pair, in report units.

    Parameters
    ----------
    statistics : mapping of str to DataArray
        ``model_mean`` and ``reference_mean`` (lat, lon); the cycles are made
        where ``model_climatology`` and ``reference_climatology`` (month, lat,
        lon) are there.
    weights : DataArray
        Areas (region, lat, lon), m2.
    variable : Variable
        What was compared.
    cells : DataArray or None
        From `score_map`.

    Returns
    -------
    Evidence
    """
    factor = variable.report_factor
    maps = xr.Dataset(
        {
            "model": statistics["model_mean"] * factor,
            "reference": statistics["reference_mean"] * factor,
        }
    )
    maps["difference"] = maps["model"] - maps["reference"]
    if cells is not None:
        maps["score"] = cells
    maps = maps.assign_coords(grid_of(maps).coords)
    cycle = None
    if {"model_climatology", "reference_climatology"} <= set(statistics):
        cycle = xr.Dataset(
            {
                side: aggregate(statistics[f"{side}_climatology"], weights) * factor
                for side in ("model", "reference")
            }
        ).reset_coords(drop=True)
    for data in (maps, cycle):
        if data is not None:
            data.attrs["units"] = variable.report_units
    return Evidence(maps=maps, cycle=cycle)

"""On which grid a pair is compared, and by what its sides get there."""

from collections.abc import Mapping

import xarray as xr

from benchmark.regrid import (
    Engine,
    common_grid,
    grid_of,
    regridding_remarks,
    same_grid,
)

Engines = Mapping[str, Engine | None]
NONE_CHOSEN: Engines = {"model": None, "reference": None}


def target_grid(model: xr.DataArray, reference: xr.DataArray) -> xr.Dataset:
    """Return the grid both are compared on: theirs if equal, else the coarser.

    Parameters
    ----------
    model, reference : DataArray
        (..., lat, lon) with bounds.

    Returns
    -------
    Dataset
        Coordinates with bounds.
    """
    if same_grid(model, reference):
        return grid_of(reference)
    return common_grid(model, reference)


def pair_remarks(model: xr.DataArray, reference: xr.DataArray, engines: Engines) -> str:
    """Return what rows have to say of how the two sides are regridded.

    Parameters
    ----------
    model, reference : DataArray
        As given to `lazy_statistics`.
    engines : dict
        By what ``model`` and ``reference`` are regridded.

    Returns
    -------
    str
        Empty where nothing was chosen, or nothing is lost by it.
    """
    target = target_grid(model, reference)
    said = [
        f"{side} regridded: {text}"
        for side, field in (("model", model), ("reference", reference))
        if engines[side] is not None and not same_grid(field, target)
        for text in regridding_remarks(field, target, engines[side])
    ]
    return "; ".join(said)

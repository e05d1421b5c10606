"""Opens the areas, land and ice that a model states, on its standard grid."""

import xarray as xr

from benchmark.config.descriptors import GridFile, GridMeasure, Model
from benchmark.harmonise.areas import read_measure
from benchmark.readers import open_grid
from benchmark.readers.grid_file import with_grid
from benchmark.readers.select import Wanted

_MEASURES = {
    "cell_area": "m2",
    "land_area": "m2",
    "land_fraction": "1",
    "ice_fraction": "1",
}


def measures_of(model: Model, data: xr.Dataset) -> dict[str, xr.DataArray]:
    """Return the areas and fractions of a model, those that there are.

    Parameters
    ----------
    model : Model
        What it declares comes first.
    data : Dataset
        A file of it; its reader may have found measures beside it.

    Returns
    -------
    dict of str to DataArray
        (lat, lon) or (cell,): ``cell_area`` and ``land_area`` in m2,
        ``land_fraction`` and ``ice_fraction`` from 0 to 1.

    Raises
    ------
    InputError
        If a file cannot be understood.
    """
    found = data.attrs.get("measures", {})
    return {
        key: measured(measure, canonical, model.grid)
        for key, canonical in _MEASURES.items()
        if (measure := getattr(model, key) or found.get(key)) is not None
    }


def measured(
    measure: GridMeasure, canonical: str, grid: GridFile | None
) -> xr.DataArray:
    """Return one area or fraction.

    Parameters
    ----------
    measure : GridMeasure
        Its file and name.
    canonical : {"m2", "1"}
        Units to return.
    grid : GridFile or None
        Where its coordinates are, if not beside it.

    Returns
    -------
    DataArray
        (lat, lon) or (cell,).

    Raises
    ------
    InputError
        If the file cannot be understood.
    """
    wanted = Wanted((measure.name,), whole=measure.name)
    data = open_grid(measure.files, time=False, wanted=wanted)
    if grid is not None:
        data = with_grid(data, grid)
    return read_measure(data, measure, canonical)

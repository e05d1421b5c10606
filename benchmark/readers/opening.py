"""The one way from a source in the configuration to a Dataset with its grid."""

import xarray as xr

from benchmark.config.descriptors import Model, Reference, VariableSource
from benchmark.errors import InputError
from benchmark.readers.grid_file import with_grid
from benchmark.readers.registry import readers


def open_source(source: VariableSource, model: Model) -> xr.Dataset:
    """Open one variable by the model's reader, with the grid that it states.

    Parameters
    ----------
    source : VariableSource
        Where the variable is.
    model : Model
        Its `reader`, `select`, `targets` and `grid`.

    Returns
    -------
    Dataset
        As the reader gave it. The attribute ``remarks`` says what was inferred,
        ``measures`` which areas and land fractions were found beside it.

    Raises
    ------
    InputError
        If it cannot be opened, or is a set of sites, which no map can be.
    """
    try:
        read = readers.get(model.reader)
    except KeyError as error:
        msg = f"{model.source}: {error.args[0]}"
        raise InputError(msg) from error
    data = read(source, model)
    if "site" in data.dims:
        where = data.attrs.get("files", source.files)[0]
        msg = (
            f"{where}: holds {data.sizes['site']} sites; expected a grid or a table "
            "of regions. Sites cannot be scored on maps yet."
        )
        raise InputError(msg)
    if model.grid is None:
        return data
    return with_grid(data, model.grid).assign_attrs(cells=model.grid.cells)


def open_reference_source(reference: Reference) -> xr.Dataset:
    """Open the data of a gridded reference as those of a model are.

    Parameters
    ----------
    reference : Reference
        Its `data` and `grid`.

    Returns
    -------
    Dataset
        See `open_source`.

    Raises
    ------
    InputError
        If it cannot be opened.
    """
    owner = Model(reference.name, {}, reference.source, grid=reference.grid)
    return open_source(reference.data, owner)

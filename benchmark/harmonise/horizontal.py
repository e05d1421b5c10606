"""Which road a variable takes to its cells: latitude by longitude, or a mesh."""

import xarray as xr

from benchmark.harmonise.axes import with_axes
from benchmark.harmonise.cells.mesh import as_rectilinear, mesh_grid
from benchmark.harmonise.grid import standard_grid
from benchmark.regrid import (
    has_mesh,
    mesh_area,
    mesh_of,
    with_cell_edges,
    with_mesh,
)


def on_its_grid(
    values: xr.DataArray, data: xr.Dataset, name: str, where: str
) -> tuple[xr.Dataset, list[str]]:
    """Return a variable as `value` on its grid, whatever kind of grid it is.

    Parameters
    ----------
    values : DataArray
        As the file has it.
    data : Dataset
        The file, with its coordinates and bounds.
    name : str
        What the variable is called there.
    where : str
        File and variable, for messages.

    Returns
    -------
    data : Dataset
        ``value`` (..., lat, lon) with bounds, or (..., cell) with a mesh; the
        time axis with its bounds; ``cell_area`` in m2.
    remarks : list of str
        What was inferred or put right.

    Raises
    ------
    InputError
        If the cells cannot be understood.
    """
    data = data.assign({name: values})
    rows = as_rectilinear(data, name, where)
    if rows is not None:
        grid, remarks = standard_grid(with_axes(rows[name], rows, where), where)
        if rows[name].ndim > values.ndim:
            remarks = ["a list of cells: put back on its rows and columns", *remarks]
        return grid, remarks
    cells, mesh, remarks = mesh_grid(data, name, where, data.attrs.get("cells"))
    cells = with_mesh(cells.reset_coords(drop=True), mesh, mesh_area(mesh))
    time = {key: data[key] for key in ("time", "time_bnds") if key in data.variables}
    return cells.to_dataset(name="value").assign_coords(time), remarks


def carrying(values: xr.DataArray, grid: xr.Dataset) -> xr.DataArray:
    """Return values that carry the cells of a grid, and their areas.

    Parameters
    ----------
    values : DataArray
        (..., lat, lon) or (..., cell).
    grid : Dataset
        From `on_its_grid`.

    Returns
    -------
    DataArray
    """
    if has_mesh(grid):
        return with_mesh(values, mesh_of(grid), grid["cell_area"].to_numpy())
    return with_cell_edges(values, grid)

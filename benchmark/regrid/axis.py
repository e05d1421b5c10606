"""Cells along latitude or longitude, from their bounds in degrees."""

from dataclasses import dataclass
from typing import Literal, TypeVar

import numpy as np
import xarray as xr

from benchmark.errors import InputError
from benchmark.regrid.checks import (
    check_contiguous,
    check_has_axes,
    check_monotonic,
    check_pairs,
    check_span,
    check_width,
)

AxisName = Literal["lat", "lon"]
Grid = xr.Dataset | xr.DataArray
GridLike = TypeVar("GridLike", xr.Dataset, xr.DataArray)

EDGE_NAMES = {"lat": ("lat_south", "lat_north"), "lon": ("lon_west", "lon_east")}


@dataclass(frozen=True, eq=False)
class Axis:
    """Contiguous cells of one axis.

    Parameters
    ----------
    edges : numpy.ndarray
        Ascending cell edges (n + 1,), degrees; longitudes are unrolled.
    order : numpy.ndarray
        Index (n,) in the grid of the cell between edges k and k + 1.
    """

    edges: np.ndarray
    order: np.ndarray


def read_axis(grid: Grid, name: AxisName) -> Axis:
    """Read and check the cells of one axis of a grid.

    Parameters
    ----------
    grid : xarray.Dataset or xarray.DataArray
        Carries ``{name}_bnds`` (n, 2) or two edge coordinates, degrees.
    name : {"lat", "lon"}
        The axis.

    Returns
    -------
    Axis
        Its cells, from south to north or west to east.

    Raises
    ------
    InputError
        If bounds are missing, the coordinate is not monotonic, a cell has
        no width, or neighbours leave a gap or overlap.
    """
    bounds = bounds_of(grid, name)
    check_monotonic(_centres(bounds, name), name)
    cells = cells_of(bounds, name)
    order = np.arange(len(cells))
    if _descends(cells, bounds, name):
        order = order[::-1]
    cells = cells[order]
    check_contiguous(cells, order, name)
    edges = np.append(cells[:, 0], cells[-1, 1])
    if name == "lon":
        check_span(edges, _tolerance(cells))
    return Axis(edges, order)


def bounds_of(grid: Grid, name: AxisName) -> xr.DataArray:
    """Return the (n, 2) bounds of one axis in degrees, with its coordinate.

    Parameters
    ----------
    grid : xarray.Dataset or xarray.DataArray
        Carries ``{name}_bnds``, or, since a DataArray cannot hold
        coordinates with an extra dimension, ``lat_south`` and ``lat_north``
        or ``lon_west`` and ``lon_east``.
    name : {"lat", "lon"}
        The axis.

    Returns
    -------
    xarray.DataArray
        Bounds (name, bnds) in degrees, as the grid gives them.

    Raises
    ------
    InputError
        If the grid has no such bounds, or is a mesh.
    """
    check_has_axes(grid)
    available = grid.coords if isinstance(grid, xr.DataArray) else grid.variables
    lower, upper = EDGE_NAMES[name]
    if f"{name}_bnds" in available:
        bounds = grid[f"{name}_bnds"]
    elif lower in available and upper in available:
        pair = [grid[lower].variable, grid[upper].variable]
        variable = xr.Variable.concat(pair, "bnds").transpose(name, "bnds")
        bounds = xr.DataArray(variable, coords=_coordinate(grid, name))
    else:
        msg = (
            f"The grid has no cell bounds along {name}: found {list(available)}; "
            f"expected '{name}_bnds' ({name}, bnds) in degrees, or on a DataArray "
            f"'{lower}' and '{upper}'. Attach them with with_cell_edges()."
        )
        raise InputError(msg)
    check_pairs(bounds, name)
    return bounds


def cells_of(bounds: xr.DataArray, name: AxisName) -> np.ndarray:
    """Return the lower and upper edge of each cell, ordered and unrolled.

    Edges of neighbours that differ only by rounding are made equal, so that
    areas and overlaps agree. Latitudes are clipped to the poles.

    Parameters
    ----------
    bounds : xarray.DataArray
        Bounds (n, 2) in degrees, each pair in any order.
    name : {"lat", "lon"}
        The axis.

    Returns
    -------
    numpy.ndarray
        Cells (n, 2) in the order of the grid, degrees.

    Raises
    ------
    InputError
        If a cell has no width.
    """
    cells = np.sort(np.asarray(bounds, dtype="float64"), axis=1)
    if name == "lat":
        cells = np.clip(cells, -90.0, 90.0)
    else:
        cells = _orient(cells, _centres(bounds, name))
    check_width(cells, np.asarray(bounds), name)
    step = -1 if _descends(cells, bounds, name) else 1
    return _join(cells[::step], name)[::step]


def _coordinate(grid: Grid, name: str) -> dict[str, xr.DataArray]:
    return {name: grid[name]} if name in grid.coords else {}


def _centres(bounds: xr.DataArray, name: str) -> np.ndarray | None:
    if name not in bounds.coords or bounds[name].ndim != 1:
        return None
    return np.asarray(bounds[name], dtype="float64")


def _orient(cells: np.ndarray, centres: np.ndarray | None) -> np.ndarray:
    """Decide on which side of the circle each pair of meridians lies."""
    middle = cells.mean(axis=1)
    wide = np.diff(cells)[:, 0]
    if centres is not None:
        other = (np.abs(_turn(centres - middle)) > 90.0) & (wide < 360.0)
    else:
        # A pair such as (358.75, 1.25) reads as 357.5 degrees wide.
        other = (wide > 180.0) & (wide.sum() > 360.0 + _tolerance(cells))
    swapped = np.column_stack([cells[:, 1], cells[:, 0] + 360.0])
    return np.where(other[:, None], swapped, cells)


def _turn(degrees: np.ndarray) -> np.ndarray:
    """Bring differences of longitude into -180..180."""
    return degrees - 360.0 * np.round(degrees / 360.0)


def _descends(cells: np.ndarray, bounds: xr.DataArray, name: str) -> bool:
    centres = _centres(bounds, name)
    if centres is not None:
        return bool(centres[-1] < centres[0])
    steps = np.diff(cells.mean(axis=1))
    return bool(np.median(_turn(steps)) < 0.0) if steps.size else False


def _join(cells: np.ndarray, name: str) -> np.ndarray:
    """Unroll longitudes and make shared edges equal (ascending cells)."""
    cells = cells.copy()
    if name == "lon":
        turns = np.round((cells[1:, 0] - cells[:-1, 1]) / 360.0)
        cells[1:] -= 360.0 * np.cumsum(turns)[:, None]
    tolerance = _tolerance(cells)
    close = np.abs(cells[1:, 0] - cells[:-1, 1]) <= tolerance
    cells[:-1, 1] = np.where(close, cells[1:, 0], cells[:-1, 1])
    if name == "lon" and abs(cells[-1, 1] - cells[0, 0] - 360.0) <= tolerance:
        cells[-1, 1] = cells[0, 0] + 360.0
    return cells


def _tolerance(cells: np.ndarray) -> float:
    """Difference of edges taken as rounding: float32 resolves 3e-5 at 360."""
    return max(5e-5, 1e-3 * float(np.min(np.diff(cells))))

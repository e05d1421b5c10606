"""What is wrong with the bounds of an axis, said where it was found."""

import numpy as np
import xarray as xr

from benchmark.errors import InputError
from benchmark.regrid.mesh import has_mesh, mesh_of


def check_has_axes(grid: xr.Dataset | xr.DataArray) -> None:
    """Raise InputError if the cells are not along latitude and longitude."""
    if has_mesh(grid):
        name, mesh = getattr(grid, "name", None), mesh_of(grid)
        msg = (
            f"{f'{name!r}' if name else 'The grid'} lies on a mesh "
            f"({mesh.description}, {mesh.size} cells); expected cells between "
            "parallels and meridians here. Regrid it first: regrid(field, target), "
            "with method 'polygons' or none."
        )
        raise InputError(msg)


def check_pairs(bounds: xr.DataArray, name: str) -> None:
    """Raise InputError unless bounds are pairs (n, 2)."""
    if bounds.ndim != 2 or bounds.shape[1] != 2:
        msg = (
            f"{name}_bnds has dimensions {dict(bounds.sizes)}; expected "
            f"({name}, 2): only grids with one pair of bounds per {name} are regridded."
        )
        raise InputError(msg)


def check_monotonic(centres: np.ndarray | None, name: str) -> None:
    """Raise InputError unless cell centres (n,) strictly rise or fall."""
    if centres is None or centres.size < 2:
        return
    steps = np.diff(centres)
    wrong = np.flatnonzero(~(steps * np.sign(centres[-1] - centres[0]) > 0.0))
    if wrong.size:
        i = int(wrong[0])
        msg = (
            f"{name} is not monotonic: index {i} is {centres[i]:g} and index "
            f"{i + 1} is {centres[i + 1]:g}; expected strictly ascending or "
            f"descending values. Sort the field with .sortby('{name}')."
        )
        raise InputError(msg)


def check_width(cells: np.ndarray, given: np.ndarray, name: str) -> None:
    """Raise InputError if one of the cells (n, 2) has no or endless width."""
    width = np.diff(cells)[:, 0]
    wrong = np.flatnonzero(~((width > 0.0) & (width <= 360.0 + 5e-5)))
    if wrong.size:
        i = int(wrong[0])
        msg = (
            f"{name}_bnds at index {i} are {given[i].tolist()}; expected two "
            f"different finite values in degrees (latitudes within -90..90)."
        )
        raise InputError(msg)


def check_contiguous(cells: np.ndarray, order: np.ndarray, name: str) -> None:
    """Raise InputError unless each of the cells (n, 2) ends where the next starts."""
    gap = cells[1:, 0] - cells[:-1, 1]
    wrong = np.flatnonzero(gap != 0.0)
    if wrong.size:
        k = int(wrong[0])
        kind = "leave a gap" if gap[k] > 0.0 else "overlap"
        msg = (
            f"{name}_bnds {kind} of {abs(gap[k]):g} degrees between index "
            f"{order[k]}, which ends at {cells[k, 1]:g}, and index "
            f"{order[k + 1]}, which starts at {cells[k + 1, 0]:g}; expected equal "
            f"edges. Check the bounds; fill missing rows or columns with NaN."
        )
        raise InputError(msg)


def check_span(edges: np.ndarray, tolerance: float) -> None:
    """Raise InputError if longitudes (n + 1,) go round more than once."""
    span = edges[-1] - edges[0]
    if span > 360.0 + tolerance:
        msg = (
            f"lon: the cells span {span:g} degrees, from {edges[0]:g} to "
            f"{edges[-1]:g}; expected at most 360. Drop the repeated columns."
        )
        raise InputError(msg)

"""Weights of xESMF and ESMF, applied by our kernel: a plug-in chosen by name."""

from __future__ import annotations

import subprocess
import sys
import warnings
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from typing import TYPE_CHECKING

import numpy as np
import xarray as xr

from benchmark.errors import InputError, NoOverlapError
from benchmark.regrid.axis import Grid, read_axis
from benchmark.regrid.cached import cached_overlap
from benchmark.regrid.cells import Cells, cells_in
from benchmark.regrid.grid import AXES, grid_of
from benchmark.regrid.mesh import has_mesh, mesh_of
from benchmark.regrid.overlap import Overlap, regridders

if TYPE_CHECKING:
    from scipy.sparse import coo_array

CONSERVATIVE = ("conservative", "conservative_normed")
METHODS = (*CONSERVATIVE, "bilinear", "patch", "nearest_s2d", "nearest_d2s")
"""What `build_xesmf` can be asked for."""

INSTALL = "conda env create -f environment.yml"
_PROBE = "import netCDF4, esmpy, xesmf; esmpy.Manager()"


@regridders.register("xesmf")
def build_xesmf(source: Grid, target: Grid, method: str = "conservative") -> Overlap:
    r"""Return the overlap that ESMF finds.

    Built without masks, since the kernel handles missing values. ESMF takes
    all edges as arcs of great circles, so it differs from true cells between
    parallels by some 1e-5 of their area; overlaps are scaled to true target
    areas. ``conservative`` and ``conservative_normed`` differ only in the
    normalisation, which is the kernel's here, and give the same. Weights w of
    the other methods are no areas: they become :math:`w_{ji} A_j / \sum_i
    w_{ji}` with the target area A, and **integrals are then not conserved**.

    Parameters
    ----------
    source, target : xarray.Dataset or xarray.DataArray
        Grids with bounds in degrees; the source may be a mesh.
    method : str, optional
        One of `METHODS`.

    Returns
    -------
    Overlap
        Shared areas (n_target, n_source), m2.

    Raises
    ------
    InputError
        If xESMF or ESMF is not installed or broken, ESMF refuses the grids,
        or the method is unknown.
    NoOverlapError
        If the grids share no area.
    """
    if method not in METHODS:
        msg = f"method '{method}' of xesmf is unknown; known: {', '.join(METHODS)}."
        raise InputError(msg)
    reason = why_no_xesmf()
    if reason:
        raise InputError(reason)
    kind = "conservative" if method in CONSERVATIVE else method
    name = f"xesmf {version('xesmf')} esmpy {version('esmpy')} {kind}"
    return cached_overlap(name, source, target, lambda: _build(source, target, kind))


@cache
def why_no_xesmf() -> str:
    """Say why the engine cannot be used; empty if it can.

    The import is tried in another process once, because an ESMF built against
    other libraries ends the process that loads it.

    Returns
    -------
    str
    """
    missing = [name for name in ("esmpy", "xesmf") if find_spec(name) is None]
    if missing:
        what = f"{' and '.join(missing)} {'is' if len(missing) == 1 else 'are'} absent"
        return f"regridder 'xesmf': {what}, and pip cannot install ESMF. {_advice()}"
    try:
        for name in ("esmpy", "xesmf"):
            version(name)
        command = [sys.executable, "-W", "ignore", "-c", _PROBE]
        tried = subprocess.run(command, capture_output=True, text=True, timeout=300)
    except (OSError, subprocess.TimeoutExpired, PackageNotFoundError) as error:
        return f"regridder 'xesmf': cannot be tried ({error}). {_advice()}"
    if tried.returncode:
        said = tried.stderr.strip().splitlines() or [f"exit code {tried.returncode}"]
        return f"regridder 'xesmf': cannot be imported ({said[-1]}). {_advice()}"
    return ""


def _advice() -> str:
    return f"Write: {INSTALL}"


def _build(source: Grid, target: Grid, method: str) -> Overlap:
    cells, wanted = cells_in(source), cells_in(target)
    # ESMF and netCDF4 bring libraries of the same names: this order works.
    import netCDF4  # noqa: F401

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            if has_mesh(source):
                from benchmark.regrid.esmf_mesh import mesh_weights

                weights = mesh_weights(mesh_of(source), _edges(target), method)
                weights = _placed(weights, None, target)
            else:
                weights = _placed(_weights(source, target, method), source, target)
    except (ValueError, RuntimeError, ArithmeticError, AssertionError) as error:
        msg = f"regridder 'xesmf': ESMF refuses the grids ({error})."
        raise InputError(msg) from error
    return _overlap(weights, method, cells, wanted, target)


def _weights(source: Grid, target: Grid, method: str) -> coo_array:
    """Return weights between grids whose axes ascend."""
    import xesmf
    from scipy.sparse import coo_array

    edges = _edges(source)
    regridder = xesmf.Regridder(
        edges,
        _edges(target),
        method,
        # Bounds close the circle; without them the first meridian follows the last.
        periodic=method not in CONSERVATIVE and _is_round(edges),
        ignore_degenerate=True,
        unmapped_to_nan=False,
    )
    weights = regridder.weights.data
    return coo_array((weights.data, weights.coords), shape=weights.shape)


def _is_round(edges: xr.Dataset) -> bool:
    lon = edges["lon_b"].to_numpy()
    return bool(lon[-1] - lon[0] >= 360.0 - 1e-6)


def _edges(grid: Grid) -> xr.Dataset:
    """Return a grid as xESMF takes it: ascending, its edges within the poles."""
    cells = grid_of(grid)
    dataset = xr.Dataset()
    for name in AXES:
        axis = read_axis(cells, name)
        centres = np.asarray(cells[name], dtype="float64")[axis.order]
        dataset = dataset.assign_coords(
            {name: (name, centres), f"{name}_b": (f"{name}_b", axis.edges)}
        )
    return dataset


def _placed(weights: coo_array, source: Grid | None, target: Grid) -> coo_array:
    """Return weights between cells as the grids number them, not from south."""
    from scipy.sparse import coo_array

    row, column = weights.coords
    row = _order(target)[row]
    if source is not None:
        column = _order(source)[column]
    return coo_array((weights.data, (row, column)), shape=weights.shape)


def _order(grid: Grid) -> np.ndarray:
    lat, lon = (read_axis(grid, name).order for name in AXES)
    return (lat[:, None] * lon.size + lon).ravel()


def _overlap(
    weights: coo_array, method: str, cells: Cells, wanted: Cells, target: Grid
) -> Overlap:
    matrix = weights.tocsr()
    matrix.sum_duplicates()
    matrix.eliminate_zeros()
    if matrix.nnz == 0:
        msg = "The grids do not overlap: ESMF finds no cells that share area."
        raise NoOverlapError(msg)
    factor = wanted.area
    remarks: tuple[str, ...] = ()
    if method not in CONSERVATIVE:
        total = matrix.sum(axis=1)
        some = total > 0.0
        factor = np.where(some, wanted.area / np.where(some, total, 1.0), 0.0)
        remarks = (f"xesmf {method}: integrals are not conserved",)
    matrix.data *= np.repeat(factor, np.diff(matrix.indptr))
    return Overlap(matrix, cells.area, wanted.area, grid_of(target), remarks)

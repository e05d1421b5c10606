"""Regrid a field: find the overlap, apply it, dress the result."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import xarray as xr

from benchmark.errors import InputError
from benchmark.recent import Recent
from benchmark.regrid.apply import apply_overlap
from benchmark.regrid.axis import Grid, bounds_of
from benchmark.regrid.grid import AXES
from benchmark.regrid.mesh import has_mesh, horizontal, mesh_of
from benchmark.regrid.overlap import Engine, Overlap, regridders

if TYPE_CHECKING:
    from scipy.sparse import csr_array

CHUNK_BYTES = 128 * 2**20
"""Largest lazy chunk made when horizontal chunks are joined, bytes."""

_overlaps: Recent[Overlap] = Recent(4)


def regrid(
    field: xr.DataArray,
    target: Grid,
    *,
    method: str | Engine | None = None,
    minimum_valid_fraction: float = 1e-3,
    source: Grid | None = None,
) -> xr.Dataset:
    r"""Regrid a field conservatively, weighting by valid land.

    With A the shared areas, f the land fraction and v = 1 where x is not
    NaN, the value of target cell j is
    :math:`\sum_i A_{ji} f_i v_i x_i / \sum_i A_{ji} f_i v_i` and its valid
    fraction :math:`\sum_i A_{ji} f_i v_i / A_j`. Totals over the target are
    value x valid_fraction x cell area; they equal the source's integral over
    the target to rounding when `minimum_valid_fraction` is 0. Otherwise
    cells with less valid land are NaN, and at most that fraction of their
    own area is lost; their valid_fraction is kept, so the loss is known.

    Parameters
    ----------
    field : xarray.DataArray
        Field (..., lat, lon), or (..., cell) on a mesh, of any unit; NaN is
        missing. Coordinate land_fraction (lat, lon) or (cell), 0..1, weights
        the cells if present.
    target : xarray.Dataset or xarray.DataArray
        Grid with lat_bnds and lon_bnds, degrees.
    method : str or callable, optional
        Name of an engine in ``benchmark.regrid.regridders``, or an engine,
        such as a :class:`benchmark.regrid.Regridding`; by default
        ``polygons`` for a field on a mesh, otherwise ``conservative``.
    minimum_valid_fraction : float, optional
        Target cells with less valid land (0..1) are NaN, so that slivers do
        not create cells.
    source : xarray.Dataset or xarray.DataArray, optional
        Grid of the field; by default the field carries it.

    Returns
    -------
    xarray.Dataset
        value (..., lat, lon), float64, with the attributes of the field, and
        valid_fraction, 1: (lat, lon) where it is the same in all leading
        positions of a field in memory, otherwise (..., lat, lon). Lazy if
        the field is lazy, one task per chunk of the leading dimensions.

    Raises
    ------
    InputError
        If the field has no lat and lon and no mesh, bounds are missing or
        wrong, land fractions are outside 0..1, or the method is not for
        this grid.
    NoOverlapError
        If the grids share no area.
    ValueError
        If `minimum_valid_fraction` is outside 0..1.
    KeyError
        If `method` is unknown.

    Examples
    --------
    >>> import numpy as np
    >>> import xarray as xr
    >>> def grid(n):
    ...     edges = np.linspace(0, 40, n + 1)
    ...     pairs = np.column_stack([edges[:-1], edges[1:]])
    ...     return xr.Dataset(
    ...         coords={
    ...             "lat_bnds": (("lat", "bnds"), [[-10.0, 10.0]]),
    ...             "lon_bnds": (("lon", "bnds"), pairs),
    ...         }
    ...     )
    >>> field = xr.DataArray([[1.0, 3.0, 5.0, np.nan]], dims=("lat", "lon"))
    >>> result = regrid(field, grid(2), source=grid(4))
    >>> result["value"].values.round(12)
    array([[2., 5.]])
    >>> result["valid_fraction"].values.round(12)
    array([[1. , 0.5]])
    """
    _check_field(field)
    _check_minimum(minimum_valid_fraction)
    grid = field if source is None else source
    overlap = _overlap_of(method or _default(grid), grid, target)
    _check_size(field, overlap)
    dims = horizontal(field)
    field = field.transpose(..., *dims).drop_vars("mesh", errors="ignore")
    value, fraction = xr.apply_ufunc(
        apply_overlap,
        _join_horizontal_chunks(field),
        input_core_dims=[dims],
        output_core_dims=[AXES, AXES],
        exclude_dims=set(dims),
        dask="parallelized",
        kwargs=_kernel_options(field, overlap, minimum_valid_fraction),
        output_dtypes=[np.result_type(field.dtype, np.float64), np.float64],
        dask_gufunc_kwargs={"output_sizes": {d: overlap.target.sizes[d] for d in AXES}},
        keep_attrs=True,
    )
    return _dress(field, value, fraction, overlap.target)


def regridding_remarks(
    field: xr.DataArray, target: Grid, method: str | Engine | None = None
) -> tuple[str, ...]:
    """Return what a reader has to know of how a field is regridded.

    Parameters
    ----------
    field, target, method
        As for :func:`regrid`, after which this costs nothing.

    Returns
    -------
    tuple of str
        Such as that integrals are not conserved; empty for our own engines.
    """
    return _overlap_of(method or _default(field), field, target).remarks


def _overlap_of(method: str | Engine, source: Grid, target: Grid) -> Overlap:
    """Build an overlap, or take that of a field just regridded the same way."""
    key = (method, _identity(source), _identity(target))
    engine = regridders.get(method) if isinstance(method, str) else method
    return _overlaps.get(key, lambda: engine(source, target))


def _default(source: Grid) -> str:
    return "polygons" if has_mesh(source) else "conservative"


def _identity(grid: Grid) -> tuple[object, ...]:
    """Return what tells the cells of a grid from those of others."""
    if has_mesh(grid):
        return ("mesh", mesh_of(grid).digest)
    return tuple(bounds_of(grid, name).to_numpy().tobytes() for name in AXES)


def _kernel_options(
    field: xr.DataArray, overlap: Overlap, minimum_valid_fraction: float
) -> dict[str, object]:
    return {
        "land": _shared_land(field, overlap),
        "target_area": overlap.target_area,
        "shape": tuple(overlap.target.sizes[d] for d in AXES),
        "source_dims": len(horizontal(field)),
        "minimum_valid_fraction": minimum_valid_fraction,
    }


def _shared_land(field: xr.DataArray, overlap: Overlap) -> csr_array:
    if "land_fraction" not in field.coords:
        return overlap.matrix
    fraction = field["land_fraction"].transpose(*horizontal(field))
    # A coordinate of one map: the weights must be known to build the operator.
    land = np.nan_to_num(np.asarray(fraction, dtype="float64")).ravel()
    if land.size and (land.min() < 0.0 or land.max() > 1.0 + 1e-6):
        msg = (
            f"'{field.name}': land_fraction is within {land.min():g}.."
            f"{land.max():g}; expected 0..1 (percent must be divided by 100)."
        )
        raise InputError(msg)
    matrix = overlap.matrix.copy()
    matrix.data *= land[matrix.indices]
    matrix.eliminate_zeros()
    return matrix


def _join_horizontal_chunks(field: xr.DataArray) -> xr.DataArray:
    """Put each map in one chunk, cutting leading dimensions if it grows."""
    if field.chunks is None:
        return field
    # Only the values: DataArray.chunk would also cut the coordinates along time.
    count = len(horizontal(field))
    whole = (-1,) * count
    joined = field.data.rechunk(dict.fromkeys(range(-count, 0), -1))
    if math.prod(joined.chunksize) * field.dtype.itemsize <= CHUNK_BYTES:
        return field.copy(data=joined)
    leading = ("auto",) * (field.ndim - count)
    pieces = field.data.rechunk((*leading, *whole), block_size_limit=CHUNK_BYTES)
    return field.copy(data=pieces)


def _dress(
    field: xr.DataArray, value: xr.DataArray, fraction: xr.DataArray, grid: xr.Dataset
) -> xr.Dataset:
    leading = fraction.dims[:-2]
    first = dict.fromkeys(leading, 0)
    if field.chunks is None and leading and fraction.size:
        constant = fraction.isel(first, drop=True)
        if bool((fraction == constant).all()):
            fraction = constant.copy()
    fraction = fraction.drop_attrs().assign_attrs(
        long_name="valid land over cell area", units="1"
    )
    result = xr.Dataset({"value": value, "valid_fraction": fraction})
    return result.assign_coords(grid.coords)


def _check_field(field: xr.DataArray) -> None:
    missing = [name for name in horizontal(field) if name not in field.dims]
    if missing:
        msg = (
            f"'{field.name}' has dimensions {field.dims}; expected 'lat' and "
            f"'lon' (or 'cell', on a mesh) among them, missing {missing}. Rename "
            "the dimensions."
        )
        raise InputError(msg)


def _check_size(field: xr.DataArray, overlap: Overlap) -> None:
    dims = horizontal(field)
    sizes = [field.sizes[name] for name in dims]
    if math.prod(sizes) != overlap.source_area.size:
        msg = (
            f"'{field.name}' has {' x '.join(map(str, sizes))} ({' x '.join(dims)}) "
            f"cells; the source grid has {overlap.source_area.size}."
        )
        raise InputError(msg)


def _check_minimum(fraction: float) -> None:
    if not 0.0 <= fraction <= 1.0:
        msg = f"minimum_valid_fraction is {fraction}; expected a fraction in 0..1."
        raise ValueError(msg)

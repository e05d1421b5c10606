"""HEALPix pixels of a file: how many, in which order, and which are there."""

import numpy as np
import xarray as xr

from benchmark.errors import InputError
from benchmark.harmonise.cells.healpix import healpix_pixels
from benchmark.harmonise.cells.projection import mapping_of
from benchmark.harmonise.cells.settle import Cells

_INDEX = ("healpix_index", "cell", "cells", "cell_ids", "ipix", "pix", "pixel")
_LEVEL = ("refinement_level", "healpix_level", "level", "healpix_zoom", "zoom")
_NSIDE = ("healpix_nside", "nside")
_ORDER = ("indexing_scheme", "healpix_order", "order", "ordering", "nest")
_ORDERS = {"nest": "nested", "nested": "nested", "true": "nested", "ring": "ring"}
_ORDERS |= {"false": "ring"}


def pixel_attrs(data: xr.Dataset, values: xr.DataArray) -> dict[str, object] | None:
    """Return what a file says about its HEALPix grid.

    Parameters
    ----------
    data : xarray.Dataset
        The file.
    values : xarray.DataArray
        The variable.

    Returns
    -------
    dict or None
        Attributes of the grid mapping, or of the coordinate of pixel numbers
        with ``grid_name: healpix``; None if it is no HEALPix.
    """
    mapping = mapping_of(data, values)
    names = ([mapping] if mapping else []) + [str(name) for name in data.variables]
    for name in names:
        attrs = data[name].attrs
        for key in ("grid_mapping_name", "grid_name"):
            if str(attrs.get(key, "")).lower() == "healpix":
                return {**attrs}
    own = {**values.attrs}
    return (
        own if any(key in own for key in ("healpix_nside", "healpix_order")) else None
    )


def pixel_cells(
    data: xr.Dataset, values: xr.DataArray, attrs: dict[str, object], where: str
) -> Cells:
    """Return the pixels of a variable on a HEALPix grid.

    Parameters
    ----------
    data : xarray.Dataset
        The file.
    values : xarray.DataArray
        The variable.
    attrs : dict
        From `pixel_attrs`.
    where : str
        File and variable, for messages.

    Returns
    -------
    Cells

    Raises
    ------
    InputError
        If size or order are not stated, or a part of the pixels is given
        without their numbers.
    """
    nside, order = _nside(attrs, where), _order(attrs, where)
    dim, index = _index(data, values, nside, where)
    if len(np.unique(index)) < index.size:
        msg = f"{where}: pixel numbers along '{dim}' repeat; expected each once."
        raise InputError(msg)
    label = f"HEALPix nside {nside} {order}"
    pixels = healpix_pixels(index, nside, order)
    return Cells((dim,), *pixels, label, computed=True)


def _nside(attrs: dict[str, object], where: str) -> int:
    for names, power in ((_NSIDE, False), (_LEVEL, True)):
        for name in names:
            if name in attrs:
                number = int(float(str(attrs[name])))
                if 0 <= number <= (24 if power else 2**24):
                    return 2**number if power else number
    msg = (
        f"{where}: HEALPix with attributes {', '.join(map(str, attrs))}; expected "
        "refinement_level (0 to 24), or healpix_nside."
    )
    raise InputError(msg)


def _order(attrs: dict[str, object], where: str) -> str:
    stated = next((str(attrs[name]).lower() for name in _ORDER if name in attrs), None)
    found = _ORDERS.get(stated or "")
    if found is None:
        msg = (
            f"{where}: HEALPix pixels in order '{stated}'; expected indexing_scheme "
            "(or healpix_order) nested or ring."
        )
        raise InputError(msg)
    return found


def _index(
    data: xr.Dataset, values: xr.DataArray, nside: int, where: str
) -> tuple[str, np.ndarray]:
    """Return the dimension of pixels and their numbers."""
    total = 12 * nside**2
    for name, array in data.variables.items():
        known = array.attrs.get("standard_name") == "healpix_index" or (
            str(name).lower() in _INDEX and array.dtype.kind in "iuf"
        )
        if known and array.ndim == 1 and array.dims[0] in values.dims:
            index = np.asarray(array.to_numpy())
            if not np.isfinite(index).all():
                msg = f"{where}: {name} has missing pixel numbers; expected all."
                raise InputError(msg)
            return str(array.dims[0]), index.astype(np.int64)
    whole = [str(dim) for dim in values.dims if values.sizes[dim] == total]
    if not whole:
        msg = (
            f"{where}: HEALPix of {total} pixels (nside {nside}), the variable has "
            f"{dict(values.sizes)}; expected all of them, or their numbers in a "
            "coordinate 'healpix_index' along the same dimension."
        )
        raise InputError(msg)
    return whole[-1], np.arange(total)

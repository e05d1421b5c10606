"""Edges of soil layers from their thickness, as CLM and ELM write it."""

from collections.abc import Hashable

import numpy as np
import xarray as xr

from benchmark.config.descriptors import Layers
from benchmark.errors import InputError
from benchmark.harmonise.soil.metres import metres, mid_depths


def from_thickness(
    name: str, dimension: Hashable, data: xr.Dataset, layers: Layers, where: str
) -> tuple[np.ndarray, tuple[str, ...]]:
    """Return the edges of layers that lie upon each other from the surface.

    Parameters
    ----------
    name : str
        The thickness, one for each layer, or the same in every cell.
    dimension : Hashable
        That of the soil layers.
    data : Dataset
        The file.
    layers : Layers
        What the configuration says.
    where : str
        File and variable, for messages.

    Returns
    -------
    edges : ndarray
        (layer, 2), upper and lower depth in m.
    remarks : tuple of str

    Raises
    ------
    InputError
        If the thickness is along another axis, or differs between cells.
    """
    found = metres(name, dimension, data, layers, where)
    dims = data[name].dims
    along = dimension if dimension in dims else _same_axis(name, dimension, data)
    if along is None:
        msg = (
            f"{where}: {name} has dimensions {dims}; expected '{dimension}' of the "
            "soil layers, or one that begins with the same depths."
        )
        raise InputError(msg)
    size = data.sizes[dimension]
    columns = np.moveaxis(found, dims.index(along), 0)[:size].reshape(size, -1)
    valid = columns[:, np.isfinite(columns).all(axis=0)]
    if not valid.size or (np.ptp(valid, axis=1) > 0.01 * valid.mean(axis=1)).any():
        msg = f"{where}: {name} differs from cell to cell; expected one per layer."
        raise InputError(msg)
    thick = valid[:, 0]
    centres = mid_depths(dimension, data)
    upward = centres is not None and centres[0] > centres[-1]
    order = slice(None, None, -1) if upward else slice(None)
    bottom = np.cumsum(thick[order])[order]
    text = f"soil layers from their thickness, {name}"
    if centres is None:
        text += ", the first one at the surface"
    return np.stack([bottom - thick, bottom], axis=1), (text,)


def _same_axis(name: str, dimension: Hashable, data: xr.Dataset) -> Hashable | None:
    """Return an axis that begins as `dimension` does: levgrnd for levdcmp."""
    if dimension not in data.variables:
        return None
    ours = np.asarray(data[dimension], dtype=float)
    for dim in data[name].dims:
        if dim in data.variables and data.sizes[dim] >= ours.size:
            theirs = np.asarray(data[dim])[: ours.size]
            if theirs.dtype.kind in "fiu" and np.allclose(theirs, ours, rtol=1e-3):
                return dim
    return None

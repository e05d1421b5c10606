"""Depths and thicknesses of soil layers in metres."""

from collections.abc import Hashable

import numpy as np
import xarray as xr

from benchmark.config.descriptors import Layers
from benchmark.errors import InputError
from benchmark.harmonise.units import dimensional_factor

WRITE = "write 'layers:' under variables.cSoil"


def metres(
    name: Hashable, dimension: Hashable, data: xr.Dataset, layers: Layers, where: str
) -> np.ndarray:
    """Return depths or thicknesses in m, as magnitudes.

    Parameters
    ----------
    name : Hashable
        The variable that holds them.
    dimension : Hashable
        That of the soil layers.
    data : Dataset
        The file.
    layers : Layers
        What the configuration says; its `units` come first.
    where : str
        File and variable, for messages.

    Returns
    -------
    ndarray
        As the file has them.

    Raises
    ------
    InputError
        If there is no such variable, or its units or its sign are unclear.
    """
    if name not in data.variables:
        msg = f"{where}: the file has no '{name}'; correct it under 'layers:'."
        raise InputError(msg)
    of_axis = data[dimension].attrs if dimension in data.variables else {}
    units = layers.units or data[name].attrs.get("units") or of_axis.get("units")
    if not units:
        msg = (
            f"{where}: the soil layers ({name}) have no units, so they may be indices; "
            f"expected metres. {WRITE}: {{units: m}} if they are depths, or the names "
            "of their bounds or thickness."
        )
        raise InputError(msg)
    try:
        factor = dimensional_factor(str(units), "m")
    except ValueError as error:
        msg = f"{where}: soil layers ({name}): {error}; {WRITE}: {{units: m}}."
        raise InputError(msg) from error
    values = np.asarray(data[name], dtype=float) * factor
    finite = values[np.isfinite(values)]
    upward = str(data[name].attrs.get("positive", "")).lower() == "up"
    if (finite.min(initial=0) < 0 < finite.max(initial=0)) or (
        upward and finite.max(initial=0) > 0
    ):
        msg = (
            f"{where}: {name} runs from {finite.min():g} to {finite.max():g} m"
            f"{', positive up' if upward else ''}; expected depths below the surface, "
            f"of one sign. {WRITE}: {{bounds: NAME}}."
        )
        raise InputError(msg)
    return np.abs(values)


def mid_depths(dimension: Hashable, data: xr.Dataset) -> np.ndarray | None:
    """Return the depths at which layers are given, as magnitudes.

    Parameters
    ----------
    dimension : Hashable
        That of the soil layers.
    data : Dataset
        The file.

    Returns
    -------
    ndarray or None
        (layer,), in the file's units; None if the axis has no numbers.
    """
    if dimension not in data.variables or data[dimension].dtype.kind not in "fiu":
        return None
    return np.abs(np.asarray(data[dimension], dtype=float))

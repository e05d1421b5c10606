"""How deep each soil layer of a file reaches."""

from collections.abc import Hashable
from dataclasses import dataclass

import numpy as np
import xarray as xr

from benchmark.config.descriptors import Layers
from benchmark.errors import InputError
from benchmark.harmonise.units import dimensional_factor

# Dimensions of soil layers: CMIP5 and CMIP6, CLM and ELM, ISIMIP, and others.
NAMES = {
    "depth", "sdepth", "depth_soil", "soildepth", "soil_depth", "solth", "levdcmp",
    "levsoi", "levgrnd", "soil", "soil_layer", "soil_layers", "soillayer", "nsoil",
    "lsoil", "layer", "lev", "level", "z",
}  # fmt: skip
_BOUNDS = ("depth_bnds", "depth_bounds", "sdepth_bnds", "solth_bnds")
# CLM and ELM write the thickness of their layers in place of bounds.
_THICKNESS = ("DZSOI",)
_WRITE = "write 'layers:' under variables.cSoil"


@dataclass(frozen=True)
class SoilLayers:
    """The layers of one variable.

    Parameters
    ----------
    dimension : Hashable
        Along which they lie.
    edges : ndarray
        (layer, 2), upper and lower depth below the surface in m, in the order
        of the file.
    remarks : tuple of str
        What was inferred.
    """

    dimension: Hashable
    edges: np.ndarray
    remarks: tuple[str, ...] = ()


def soil_dimension(
    values: xr.DataArray, data: xr.Dataset, layers: Layers | None, where: str
) -> Hashable | None:
    """Return the dimension of soil layers, None where there is none.

    Parameters
    ----------
    values : DataArray
        The variable.
    data : Dataset
        Its file.
    layers : Layers or None
        What the configuration says.
    where : str
        File and variable, for messages.

    Returns
    -------
    Hashable or None

    Raises
    ------
    InputError
        If the stated dimension is not there, or two could be it.

    Examples
    --------
    >>> soil = xr.Dataset({"c": (("sdepth", "lat"), np.ones((3, 2)))})
    >>> soil_dimension(soil["c"], soil, None, "a.nc: c")
    'sdepth'
    """
    shown = ", ".join(str(dim) for dim in values.dims)
    if layers is not None and layers.dimension is not None:
        if layers.dimension in values.dims:
            return layers.dimension
        msg = (
            f"{where}: has no dimension '{layers.dimension}', but ({shown}); correct "
            "'dimension:' under variables.cSoil.layers."
        )
        raise InputError(msg)
    found = [dim for dim in values.dims if _is_depth(dim, data)]
    if len(found) > 1:
        msg = (
            f"{where}: {' and '.join(map(str, found))} could both be soil layers; "
            f"{_WRITE}: {{dimension: {found[0]}}}."
        )
        raise InputError(msg)
    if layers is not None and not found:
        msg = (
            f"{where}: has dimensions ({shown}), none known as soil layers; {_WRITE}: "
            "{dimension: NAME}."
        )
        raise InputError(msg)
    # A single layer is a plain map, whose depth 'depth:' states.
    single = bool(found) and values.sizes[found[0]] == 1 and layers is None
    return found[0] if found and not single else None


def soil_layers(
    dimension: Hashable, data: xr.Dataset, layers: Layers | None, where: str
) -> SoilLayers:
    """Return the depths of soil layers, from bounds, thickness or mid-depths.

    Parameters
    ----------
    dimension : Hashable
        From `soil_dimension`.
    data : Dataset
        Coordinate, bounds or thickness of the layers; depths count down or up
        from the surface, in any order.
    layers : Layers or None
        Their names and units, where the file does not say.
    where : str
        File and variable, for messages.

    Returns
    -------
    SoilLayers

    Raises
    ------
    InputError
        If depths or their units are not stated, or layers leave gaps.

    Examples
    --------
    >>> soil = xr.Dataset(coords={"sdepth": ("sdepth", [5.0, 20.0], {"units": "cm"})})
    >>> soil_layers("sdepth", soil, None, "a.nc: c").edges.round(4).tolist()
    [[0.0, 0.125], [0.125, 0.275]]
    """
    layers = layers or Layers()
    bounds = layers.bounds or _stated_bounds(dimension, data)
    thickness = layers.thickness or next((n for n in _THICKNESS if n in data), "")
    remarks: tuple[str, ...] = ()
    if bounds and (layers.bounds or not layers.thickness):
        edges = _from_bounds(bounds, dimension, data, layers, where)
    elif thickness:
        edges, remarks = _from_thickness(thickness, dimension, data, layers, where)
    else:
        edges = _inferred(dimension, data, layers, where)
        remarks = ("bounds of soil layers are absent: half-way between depths, from 0",)
    edges = np.sort(edges, axis=1)
    _check(edges, where)
    return SoilLayers(dimension, edges, remarks)


def _is_depth(dim: Hashable, data: xr.Dataset) -> bool:
    if str(dim).lower() in NAMES:
        return True
    attrs = data[dim].attrs if dim in data.variables else {}
    stated = attrs.get("axis") == "Z" or attrs.get("standard_name") == "depth"
    return stated or str(attrs.get("positive", "")).lower() in ("up", "down")


def _stated_bounds(dimension: Hashable, data: xr.Dataset) -> str:
    attrs = data[dimension].attrs if dimension in data.variables else {}
    names = (str(attrs.get("bounds", "")), f"{dimension}_bnds", f"{dimension}_bounds")
    return next(
        (n for n in (*names, *_BOUNDS) if n in data and dimension in data[n].dims), ""
    )


def _metres(
    name: Hashable, dimension: Hashable, data: xr.Dataset, layers: Layers, where: str
) -> np.ndarray:
    """Return depths or thicknesses in m, as magnitudes."""
    if name not in data.variables:
        msg = f"{where}: the file has no '{name}'; correct it under 'layers:'."
        raise InputError(msg)
    of_axis = data[dimension].attrs if dimension in data.variables else {}
    units = layers.units or data[name].attrs.get("units") or of_axis.get("units")
    if not units:
        msg = (
            f"{where}: the soil layers ({name}) have no units, so they may be indices; "
            f"expected metres. {_WRITE}: {{units: m}} if they are depths, or the names "
            "of their bounds or thickness."
        )
        raise InputError(msg)
    try:
        factor = dimensional_factor(str(units), "m")
    except ValueError as error:
        msg = f"{where}: soil layers ({name}): {error}; {_WRITE}: {{units: m}}."
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
            f"of one sign. {_WRITE}: {{bounds: NAME}}."
        )
        raise InputError(msg)
    return np.abs(values)


def _from_bounds(
    name: str, dimension: Hashable, data: xr.Dataset, layers: Layers, where: str
) -> np.ndarray:
    edges = _metres(name, dimension, data, layers, where)
    size = data.sizes[dimension]
    if edges.shape != (size, 2):
        msg = f"{where}: {name} has shape {edges.shape}; expected ({size}, 2)."
        raise InputError(msg)
    return edges


def _from_thickness(
    name: str, dimension: Hashable, data: xr.Dataset, layers: Layers, where: str
) -> tuple[np.ndarray, tuple[str, ...]]:
    metres = _metres(name, dimension, data, layers, where)
    dims = data[name].dims
    along = dimension if dimension in dims else _same_axis(name, dimension, data)
    if along is None:
        msg = (
            f"{where}: {name} has dimensions {dims}; expected '{dimension}' of the "
            "soil layers, or one that begins with the same depths."
        )
        raise InputError(msg)
    size = data.sizes[dimension]
    columns = np.moveaxis(metres, dims.index(along), 0)[:size].reshape(size, -1)
    valid = columns[:, np.isfinite(columns).all(axis=0)]
    if not valid.size or (np.ptp(valid, axis=1) > 0.01 * valid.mean(axis=1)).any():
        msg = f"{where}: {name} differs from cell to cell; expected one per layer."
        raise InputError(msg)
    thick = valid[:, 0]
    centres = _mid_depths(dimension, data)
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


def _mid_depths(dimension: Hashable, data: xr.Dataset) -> np.ndarray | None:
    if dimension not in data.variables or data[dimension].dtype.kind not in "fiu":
        return None
    return np.abs(np.asarray(data[dimension], dtype=float))


def _inferred(
    dimension: Hashable, data: xr.Dataset, layers: Layers, where: str
) -> np.ndarray:
    if _mid_depths(dimension, data) is None:
        msg = (
            f"{where}: '{dimension}' has no depths, only an index; {_WRITE}: "
            "{bounds: NAME} or {thickness: NAME}, a variable of the file."
        )
        raise InputError(msg)
    centres = _metres(dimension, dimension, data, layers, where)
    order = np.argsort(centres)
    nodes = centres[order]
    middle = (nodes[1:] + nodes[:-1]) / 2
    tops = np.concatenate([[0.0], middle])
    bottoms = np.concatenate([middle, [2 * nodes[-1] - tops[-1]]])
    edges = np.empty((nodes.size, 2))
    edges[order] = np.stack([tops, bottoms], axis=1)
    return edges


def _check(edges: np.ndarray, where: str) -> None:
    """Refuse layers that have no thickness, leave gaps or overlap."""
    ordered = edges[np.argsort(edges[:, 0])]
    thick = ordered[:, 1] - ordered[:, 0]
    if not np.isfinite(edges).all() or (thick <= 0).any():
        msg = f"{where}: a soil layer has no thickness; correct its bounds."
        raise InputError(msg)
    gaps = np.abs(ordered[1:, 0] - ordered[:-1, 1])
    apart = gaps > 0.01 * np.minimum(thick[1:], thick[:-1])
    if apart.any():
        index = int(np.argmax(apart))
        msg = (
            f"{where}: one soil layer ends at {ordered[index, 1]:g} m, the next begins "
            f"at {ordered[index + 1, 0]:g} m; expected layers that touch. {_WRITE}: "
            "{bounds: NAME} or {thickness: NAME}."
        )
        raise InputError(msg)

"""How deep each soil layer of a file reaches."""

from collections.abc import Hashable
from dataclasses import dataclass

import numpy as np
import xarray as xr

from benchmark.config.descriptors import Layers
from benchmark.errors import InputError
from benchmark.harmonise.soil.metres import WRITE, metres, mid_depths
from benchmark.harmonise.soil.thickness import from_thickness

# Dimensions of soil layers: CMIP5 and CMIP6, CLM and ELM, ISIMIP, and others.
NAMES = {
    "depth", "sdepth", "depth_soil", "soildepth", "soil_depth", "solth", "levdcmp",
    "levsoi", "levgrnd", "soil", "soil_layer", "soil_layers", "soillayer", "nsoil",
    "lsoil", "layer", "lev", "level", "z",
}  # fmt: skip
_BOUNDS = ("depth_bnds", "depth_bounds", "sdepth_bnds", "solth_bnds")
# CLM and ELM write the thickness of their layers in place of bounds.
_THICKNESS = ("DZSOI",)


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
            f"{WRITE}: {{dimension: {found[0]}}}."
        )
        raise InputError(msg)
    if layers is not None and not found:
        msg = (
            f"{where}: has dimensions ({shown}), none known as soil layers; {WRITE}: "
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
        edges, remarks = from_thickness(thickness, dimension, data, layers, where)
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


def _from_bounds(
    name: str, dimension: Hashable, data: xr.Dataset, layers: Layers, where: str
) -> np.ndarray:
    edges = metres(name, dimension, data, layers, where)
    size = data.sizes[dimension]
    if edges.shape != (size, 2):
        msg = f"{where}: {name} has shape {edges.shape}; expected ({size}, 2)."
        raise InputError(msg)
    return edges


def _inferred(
    dimension: Hashable, data: xr.Dataset, layers: Layers, where: str
) -> np.ndarray:
    if mid_depths(dimension, data) is None:
        msg = (
            f"{where}: '{dimension}' has no depths, only an index; {WRITE}: "
            "{bounds: NAME} or {thickness: NAME}, a variable of the file."
        )
        raise InputError(msg)
    centres = metres(dimension, dimension, data, layers, where)
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
            f"at {ordered[index + 1, 0]:g} m; expected layers that touch. {WRITE}: "
            "{bounds: NAME} or {thickness: NAME}."
        )
        raise InputError(msg)

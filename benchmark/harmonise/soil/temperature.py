"""Soil temperature of layers: all of them, or the mean at the depth of roots."""

from collections.abc import Hashable
from dataclasses import dataclass, field

import numpy as np
import xarray as xr

from benchmark.config.descriptors import Depth, Layers, VariableSource
from benchmark.errors import InputError, NotCoveredError
from benchmark.harmonise.soil.layers import SoilLayers, soil_dimension, soil_layers
from benchmark.harmonise.soil.metres import metres, mid_depths
from benchmark.harmonise.soil.summing import overlap

LAYER = "soil_layer_"
"""The dimension of soil layers that are kept, from the surface downward."""

NEAR_SURFACE: Depth = (0.1, 0.2)
"""Where soil temperature is taken as a companion, m (science brief, 2.5)."""


@dataclass(frozen=True)
class KeptLayers(SoilLayers):
    """Layers with the depths, m, that their temperatures are of."""

    nodes: np.ndarray = field(default_factory=lambda: np.empty(0))


def near_surface(
    values: xr.DataArray, data: xr.Dataset, source: VariableSource, where: str
) -> tuple[xr.DataArray, str]:
    """Return soil temperature at 0.1-0.2 m, and how it came to that.

    Parameters
    ----------
    values : DataArray
        With a dimension of soil layers, or without: then returned as it is.
    data : Dataset
        Its file, with depths or bounds of the layers.
    source : VariableSource
        Its `layers`, and `depth` where there are none.
    where : str
        File and variable, for messages.

    Returns
    -------
    values : DataArray
        The mean of the layers, each by its thickness within 0.1-0.2 m; a
        thick layer around both stands for them. Lazy where the input is.
    remark : str

    Raises
    ------
    NotCoveredError
        If the layers lie elsewhere.
    InputError
        If the layers are not understood.
    """
    layers = _layers(values, data, source, where)
    if layers is None:
        return values, _of_no_layers(source)
    inside = overlap(layers.edges, NEAR_SURFACE)
    if not inside.any():
        top, bottom = layers.edges.min(), layers.edges.max()
        msg = (
            f"{where}: the soil layers are of {top:.3g}-{bottom:.3g} m; soil "
            f"temperature is needed at {NEAR_SURFACE[0]}-{NEAR_SURFACE[1]} m."
        )
        raise NotCoveredError(msg)
    used = np.flatnonzero(inside)
    weights = xr.DataArray(inside[used], dims=[layers.dimension])
    mean = values.isel({layers.dimension: used}).weighted(weights)
    found = mean.mean([layers.dimension], keep_attrs=True).rename(values.name)
    kind = values.dtype if values.dtype.kind == "f" else np.dtype(float)
    text = f"mean of {NEAR_SURFACE[0]}-{NEAR_SURFACE[1]} m from {used.size} soil layers"
    return found.astype(kind), text


def in_layers(
    values: xr.DataArray, data: xr.Dataset, source: VariableSource, where: str
) -> tuple[xr.DataArray, "KeptLayers"]:
    """Return soil temperature by layers from the surface downward.

    Parameters
    ----------
    values : DataArray
        With a dimension of soil layers.
    data : Dataset
        Its file, with depths or bounds of the layers.
    source : VariableSource
        Its `layers`.
    where : str
        File and variable, for messages.

    Returns
    -------
    values : DataArray
        The dimension of the layers is `LAYER`.
    layers : KeptLayers
        Edges and depths in the same order.

    Raises
    ------
    NotCoveredError
        If there are no layers.
    InputError
        If the layers are not understood.
    """
    layers = _layers(values, data, source, where)
    if layers is None:
        held = ", ".join(map(str, values.dims))
        msg = f"{where}: needs soil temperature by layers; it has dimensions ({held})"
        raise NotCoveredError(msg)
    order = np.argsort(layers.edges[:, 0])
    nodes = _nodes(layers, data, source, where)[order]
    kept = values.isel({layers.dimension: order}).rename({layers.dimension: LAYER})
    edges = layers.edges[order]
    kept = kept.drop_vars(LAYER, errors="ignore")
    return kept, KeptLayers(LAYER, edges, layers.remarks, nodes)


def with_depths(values: xr.DataArray, layers: "KeptLayers") -> xr.DataArray:
    """Return a field with the depths of its layers as coordinates.

    Parameters
    ----------
    values : DataArray
        With the dimension `LAYER`.
    layers : KeptLayers
        From `in_layers`.

    Returns
    -------
    DataArray
        ``top``, ``node`` and ``bottom`` along `LAYER`, m below the surface.
    """
    top, bottom = layers.edges.T
    return values.assign_coords(
        top=(LAYER, top), node=(LAYER, layers.nodes), bottom=(LAYER, bottom)
    )


def _nodes(
    layers: SoilLayers, data: xr.Dataset, source: VariableSource, where: str
) -> np.ndarray:
    """Return the depths that temperatures are of: those of the file, if it says.

    Layers grow thicker downward, so that a depth is not the middle of bounds
    that are taken half-way between depths.
    """
    top, bottom = layers.edges.T
    stated = data[layers.dimension].attrs if layers.dimension in data.variables else {}
    if mid_depths(layers.dimension, data) is None or "units" not in stated:
        return (top + bottom) / 2.0
    known = source.layers or Layers()
    found = metres(layers.dimension, layers.dimension, data, known, where)
    inside = ((found >= top) & (found <= bottom)).all()
    return found if inside else (top + bottom) / 2.0


def _layers(
    values: xr.DataArray, data: xr.Dataset, source: VariableSource, where: str
) -> SoilLayers | None:
    try:
        dimension: Hashable | None = soil_dimension(values, data, source.layers, where)
        if dimension is None:
            return None
        return soil_layers(dimension, data, source.layers, where)
    except InputError as error:
        # The readers of layers speak of soil carbon.
        msg = str(error).replace("variables.cSoil", "variables.tsl")
        raise InputError(msg) from error


def _of_no_layers(source: VariableSource) -> str:
    if isinstance(source.depth, tuple):
        return f"soil temperature of {source.depth[0]:g}-{source.depth[1]:g} m, stated"
    return "soil temperature of one depth, which is not stated: write 'depth:'"

"""Sums of soil layers, each by the part of it that lies between two depths."""

import numpy as np
import xarray as xr

from benchmark.config.descriptors import Depth
from benchmark.harmonise.soil.layers import SoilLayers


def overlap(edges: np.ndarray, depth: Depth) -> np.ndarray:
    """Return how much of each layer lies between two depths.

    Parameters
    ----------
    edges : ndarray
        (layer, 2), upper and lower depth, m.
    depth : tuple of float
        Upper and lower depth, m.

    Returns
    -------
    ndarray
        (layer,), m.

    Examples
    --------
    >>> overlap(np.array([[0.0, 0.2], [0.2, 0.6], [0.6, 2.0]]), (0.0, 1.0)).tolist()
    [0.2, 0.39999999999999997, 0.4]
    """
    lower = np.minimum(edges[:, 1], depth[1])
    return np.clip(lower - np.maximum(edges[:, 0], depth[0]), 0.0, None)


def summed(
    values: xr.DataArray, layers: SoilLayers, weights: np.ndarray
) -> xr.DataArray:
    """Return the weighted sum over soil layers, lazy where the values are.

    A missing layer counts as 0 below a valid one, where it is bedrock; above,
    the column is missing.

    Parameters
    ----------
    values : DataArray
        (..., layer), kg m-3 or kg m-2 or the file's form of it.
    layers : SoilLayers
        Their dimension and edges.
    weights : ndarray
        (layer,), from `overlap`, or its share of the layer.

    Returns
    -------
    DataArray
        (...), units of `values` times those of `weights`.
    """
    dimension = layers.dimension
    if values.chunks is not None:
        values = values.chunk({dimension: -1})
    kind = values.dtype if values.dtype.kind == "f" else np.dtype(float)
    summed: xr.DataArray = xr.apply_ufunc(
        _sum_layers,
        values.astype(kind),
        input_core_dims=[[dimension]],
        kwargs={"weights": weights, "order": np.argsort(layers.edges[:, 0])},
        dask="parallelized",
        output_dtypes=[kind],
        keep_attrs=True,
    )
    return summed.rename(values.name)


def _sum_layers(
    values: np.ndarray, *, weights: np.ndarray, order: np.ndarray
) -> np.ndarray:
    """Sum (..., layer) with weights; bedrock as 0."""
    downward, factors = values[..., order], weights[order]
    valid = ~np.isnan(downward)
    above = np.logical_or.accumulate(valid, axis=-1)
    below = np.logical_or.accumulate(valid[..., ::-1], axis=-1)[..., ::-1]
    known = valid | (above & ~below)
    total = np.where(valid, downward, 0.0) @ factors
    missing = ~known[..., factors > 0].all(axis=-1)
    return np.where(missing, np.nan, total).astype(values.dtype)

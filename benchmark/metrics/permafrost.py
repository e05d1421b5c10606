"""Permafrost and thaw: extent, active layer and zero curtain."""

import numpy as np
import xarray as xr

from benchmark.metrics import scores
from benchmark.metrics.aggregate import collected, paired
from benchmark.metrics.checks import require_totals
from benchmark.metrics.registry import metric
from benchmark.statistics.elementwise import dot, exp, maximum

_SHARE = 0.3
"""An error of this share of the reference's active layer scores 1/e."""


@metric(
    long_name="permafrost area",
    equation=r"S = \exp(-\max(0, l - x, x - h) / s),\ s = (h - l) / 2\ \mathrm{if\ "
    r"none\ is\ given}",
    perfect=np.nan,
    bounds=(0.0, np.inf),
    direction="reference",
    units="total",
    source="interval score of this package, of the area by the rule of Slater and "
    "Lawrence (2013), https://doi.org/10.1175/JCLI-D-12-00341.1",
    kinds=("regional",),
)
def permafrost_area(
    model_mean: xr.DataArray,
    reference_low: xr.DataArray,
    reference_high: xr.DataArray,
    scale: float | None = None,
    *,
    weights: xr.DataArray | None = None,
) -> xr.Dataset:
    """Area of permafrost in each region, against a range.

    Parameters
    ----------
    model_mean : xarray.DataArray
        Totals (region,), m2: permafrost fraction of land times land area.
    reference_low, reference_high : xarray.DataArray
        Bounds (region,), same units. They have to be of the same domain: an
        area of the northern hemisphere is no area of a permafrost region.
    scale : float, optional
        s > 0, same units; half the width of the range if not given.
    weights : None
        Totals have none.

    Returns
    -------
    xarray.Dataset
        value (region,), the model's area; score, 1 inside the range.

    Raises
    ------
    ValueError
        If s <= 0, also because the two bounds are equal, a lower bound is
        above the upper, or these are no totals.

    Examples
    --------
    >>> at = {"region": ["north"]}
    >>> model, low, high = (xr.DataArray([v], at) for v in (16.55e12, 14e12, 15.7e12))
    >>> permafrost_area(model, low, high)["score"].round(4).item()
    0.3679
    """
    require_totals("permafrost_area", weights, model_mean)
    size = (reference_high - reference_low) / 2 if scale is None else scale
    score = scores.interval(model_mean, reference_low, reference_high, scale=size)
    return xr.Dataset({"value": model_mean, "score": score})


@metric(
    long_name="overlap of permafrost extent",
    equation=r"S = \sum_i A_i \min(m_i, r_i) / \sum_i A_i \max(m_i, r_i)",
    perfect=1.0,
    bounds=(0.0, 1.0),
    direction="higher",
    units="1",
    source="this package: intersection over union, of fractions",
    kinds=("map",),
)
def permafrost_iou(
    model_mean: xr.DataArray,
    reference_mean: xr.DataArray,
    *,
    weights: xr.DataArray | None = None,
) -> xr.Dataset:
    """Area in which both have permafrost, over that in which either has.

    Parameters
    ----------
    model_mean, reference_mean : xarray.DataArray
        Permafrost fraction of land (lat, lon), 0 to 1.
    weights : xarray.DataArray
        Land areas (region, lat, lon), m2.

    Returns
    -------
    xarray.Dataset
        value and score (region,), the same number; message, the areas that
        overlap, that the model misses, and that it has in excess, unless
        values are lazy. NaN where neither has permafrost.

    Raises
    ------
    ValueError
        If there are no weights.

    Notes
    -----
    Of whole cells this is overlap / (overlap + missed + excess).

    Examples
    --------
    >>> at = {"lat": [65.0], "lon": [0.0, 1.0, 2.0]}
    >>> sides = [1.0, 1.0, 0.0], [1.0, 0.0, 0.0]
    >>> model, reference = (xr.DataArray([v], at, ("lat", "lon")) for v in sides)
    >>> area = xr.DataArray([[[2.0, 1.0, 1.0]]], {"region": ["r"], **at})
    >>> permafrost_iou(model, reference, weights=area)["score"].round(4).values
    array([0.6667])
    """
    if weights is None:
        msg = "permafrost_iou: compares maps (lat, lon); found no weights."
        raise ValueError(msg)
    model, reference = paired(model_mean, reference_mean)
    model, reference = model.clip(0.0, 1.0), reference.clip(0.0, 1.0)
    both = maximum(model, reference)
    either = _area(both, weights)
    overlap = _area(model + reference - both, weights)
    value = overlap / either.where(either > 0)
    found = {"value": value, "score": value}
    if value.chunks is None:
        missed, excess = (_area(side, weights) - overlap for side in (reference, model))
        found["message"] = _told(overlap, missed, excess)
    return xr.Dataset(found)


@metric(
    long_name="active layer thickness",
    equation=r"S = \exp(-|m - r| / \max(0.3 r, u))",
    perfect=0.0,
    bounds=(-np.inf, np.inf),
    direction="zero",
    units="variable",
    source="this package: a share of the reference, for sites and cells differ more "
    "where the active layer is deep",
    kinds=("map", "regional", "sites"),
)
def active_layer_thickness(
    model_mean: xr.DataArray,
    reference_mean: xr.DataArray,
    tolerance: float = 0.0,
    *,
    weights: xr.DataArray | None = None,
) -> xr.Dataset:
    """Error of the active layer thickness, scored as a share of the reference.

    Parameters
    ----------
    model_mean, reference_mean : xarray.DataArray
        Means over years, m: (region,), (site,) or (lat, lon). NaN where a
        column has no active layer; it is left out on both sides.
    tolerance : float
        u >= 0, m: the uncertainty of the reference, below which no error is
        large.
    weights : xarray.DataArray, optional
        (region, site) of 1 and 0, or areas (region, lat, lon); None for
        regions.

    Returns
    -------
    xarray.Dataset
        value (region,), model minus reference; score, 0.37 for an error of
        0.3 of the reference; with places also their maps.

    Raises
    ------
    ValueError
        If the tolerance is negative.

    Examples
    --------
    >>> at = {"region": ["north_slope"]}
    >>> model, reference = (xr.DataArray([v], at) for v in (0.65, 0.5))
    >>> active_layer_thickness(model, reference)["score"].round(4).values
    array([0.3679])
    """
    if tolerance < 0:
        msg = f"active_layer_thickness: tolerance must be >= 0, found {tolerance}."
        raise ValueError(msg)
    bias = model_mean - reference_mean
    size = (_SHARE * reference_mean).clip(min=tolerance)
    return collected(value=bias, score=scores.relative(bias, size), weights=weights)


@metric(
    long_name="duration of the zero curtain",
    equation=r"S = \exp(-|m - r| / s)",
    perfect=0.0,
    bounds=(-np.inf, np.inf),
    direction="zero",
    units="variable",
    source="exponential score of this package; what counts as 0 degC is unconfirmed",
    kinds=("map", "regional", "sites"),
)
def zero_curtain_duration(
    model_mean: xr.DataArray,
    reference_mean: xr.DataArray,
    scale: float,
    *,
    weights: xr.DataArray | None = None,
) -> xr.Dataset:
    """Error of the days that soil stays at 0 degC in autumn.

    Parameters
    ----------
    model_mean, reference_mean : xarray.DataArray
        Means over years, days: (region,), (site,) or (lat, lon).
    scale : float
        s > 0, days: the standard deviation of the reference.
    weights : xarray.DataArray, optional
        (region, site) of 1 and 0, or areas (region, lat, lon).

    Returns
    -------
    xarray.Dataset
        value (region,), model minus reference; score; with places also their
        maps.

    Raises
    ------
    ValueError
        If s <= 0.

    Examples
    --------
    >>> at = {"region": ["north_slope"]}
    >>> model, reference = (xr.DataArray([v], at) for v in (40.0, 60.0))
    >>> zero_curtain_duration(model, reference, scale=20.0)["score"].round(4).values
    array([0.3679])
    """
    if scale <= 0:
        msg = f"zero_curtain_duration: the scale must be > 0, found {scale}."
        raise ValueError(msg)
    bias = model_mean - reference_mean
    return collected(value=bias, score=exp(-abs(bias) / scale), weights=weights)


def _area(fraction: xr.DataArray, weights: xr.DataArray) -> xr.DataArray:
    return dot(weights, fraction.fillna(0.0), dim=["lat", "lon"])


def _told(
    overlap: xr.DataArray, missed: xr.DataArray, excess: xr.DataArray
) -> xr.DataArray:
    texts = [
        f"permafrost: {a / 1e12:.3g} Mkm2 in both, {b / 1e12:.3g} missed, "
        f"{c / 1e12:.3g} in excess"
        for a, b, c in zip(overlap.values, missed.values, excess.values, strict=True)
    ]
    return overlap.copy(data=np.array(texts, dtype=object)).drop_attrs()

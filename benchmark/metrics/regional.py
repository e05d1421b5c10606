"""Regional means and totals against a reference and its uncertainty.

Tolerances and scales are given with each benchmark; none is guessed. The
score is either ``sigma`` (distance beyond a tolerance) or ``interval``
(distance to the nearest bound), as the name of the metric says.
"""

from collections.abc import Sequence

import numpy as np
import xarray as xr

from benchmark.metrics import scores
from benchmark.metrics.aggregate import aggregate, paired, total
from benchmark.metrics.checks import require_totals
from benchmark.metrics.null_models import best_null, null_finding, null_scores
from benchmark.metrics.registry import metric

SIGMA = r"S = \exp(-\max(0, |x - \mu| - u) / s)"
INTERVAL = r"S = \exp(-\max(0, l - x, x - h) / s)"
SOURCE = (
    "exponential score with tolerance, as the land carbon trajectory score of "
    "ILAMB: Collier et al. (2018), https://doi.org/10.1029/2018MS001354"
)


@metric(
    long_name="regional mean",
    equation=SIGMA,
    perfect=np.nan,
    bounds=(-np.inf, np.inf),
    direction="reference",
    units="variable",
    source=SOURCE,
)
def regional_mean(
    model_mean: xr.DataArray,
    reference_mean: xr.DataArray,
    tolerance: float,
    scale: float,
    null_values: Sequence[float] | None = None,
    *,
    weights: xr.DataArray | None = None,
) -> xr.Dataset:
    """Mean of each region, scored by its distance beyond a tolerance.

    Parameters
    ----------
    model_mean, reference_mean : xarray.DataArray
        Means (region,), or maps (lat, lon) where weights are given; each side
        may be either. Same units. Of two maps only common cells count.
    tolerance, scale : float
        u >= 0 and s > 0 in units of the means.
    null_values : sequence of float, optional
        Null models: one constant each, the same in every region, in units of
        the means (for net ecosystem exchange: 0, -30 g C m-2 yr-1 and the
        median over regions).
    weights : xarray.DataArray, optional
        Areas (region, lat, lon).

    Returns
    -------
    xarray.Dataset
        value (region,), the model's mean; score; score_u0, with u = 0; and
        score_null, of the null model with the best mean score over regions;
        message, what each null model reaches and whether the model beats them.

    Raises
    ------
    ValueError
        If s <= 0 or u < 0.

    Examples
    --------
    >>> at = {"region": ["alaska", "western_siberia"]}
    >>> model, reference = (xr.DataArray(v, at) for v in ([0.0, -80.0], [-3.0, -40.0]))
    >>> result = regional_mean(model, reference, tolerance=10.0, scale=20.0)
    >>> result["score"].round(4).values
    array([1.    , 0.2231])
    """
    model, reference = paired(model_mean, reference_mean)
    model, reference = aggregate(model, weights), aggregate(reference, weights)
    return _sigma(model, reference, tolerance, scale, null_values)


@metric(
    long_name="regional total",
    equation=SIGMA,
    perfect=np.nan,
    bounds=(-np.inf, np.inf),
    direction="reference",
    units="total",
    source=SOURCE,
)
def regional_total(
    model_mean: xr.DataArray,
    reference_mean: xr.DataArray,
    tolerance: float,
    scale: float,
    null_values: Sequence[float] | None = None,
    *,
    weights: xr.DataArray | None = None,
) -> xr.Dataset:
    """Total of each region, scored by its distance beyond a tolerance.

    Parameters
    ----------
    model_mean, reference_mean : xarray.DataArray
        Totals (region,), kg s-1; or, with weights, maps (lat, lon) per m2.
    tolerance, scale, null_values
        See `regional_mean`, in units of the totals.
    weights : xarray.DataArray, optional
        Areas (region, lat, lon) in m2; None for totals.

    Returns
    -------
    xarray.Dataset
        As `regional_mean`, of totals; of two maps only common cells count.

    Raises
    ------
    ValueError
        If s <= 0, u < 0, or totals meet means.
    """
    require_totals("regional_total", weights, model_mean, reference_mean)
    model, reference = paired(model_mean, reference_mean)
    model, reference = total(model, weights), total(reference, weights)
    return _sigma(model, reference, tolerance, scale, null_values)


@metric(
    long_name="regional mean within an interval",
    equation=INTERVAL,
    perfect=np.nan,
    bounds=(-np.inf, np.inf),
    direction="reference",
    units="variable",
    source=SOURCE,
)
def regional_mean_interval(
    model_mean: xr.DataArray,
    reference_low: xr.DataArray,
    reference_high: xr.DataArray,
    scale: float,
    *,
    weights: xr.DataArray | None = None,
) -> xr.Dataset:
    """Mean of each region, scored by its distance to the reference's range.

    Parameters
    ----------
    model_mean : xarray.DataArray
        Means (region,), or a map (lat, lon) with weights.
    reference_low, reference_high : xarray.DataArray
        Bounds (region,), same units. A wide range is an easy test: print its
        width beside the score.
    scale : float
        s > 0 in units of the means.
    weights : xarray.DataArray, optional
        Areas (region, lat, lon).

    Returns
    -------
    xarray.Dataset
        value (region,), the model's mean; score, 1 inside the range.

    Raises
    ------
    ValueError
        If s <= 0 or a lower bound is above the upper.
    """
    value = aggregate(model_mean, weights)
    score = scores.interval(value, reference_low, reference_high, scale=scale)
    return xr.Dataset({"value": value, "score": score})


@metric(
    long_name="regional total within an interval",
    equation=INTERVAL,
    perfect=np.nan,
    bounds=(-np.inf, np.inf),
    direction="reference",
    units="total",
    source=SOURCE,
)
def regional_total_interval(
    model_mean: xr.DataArray,
    reference_low: xr.DataArray,
    reference_high: xr.DataArray,
    scale: float,
    *,
    weights: xr.DataArray | None = None,
) -> xr.Dataset:
    """Total of each region, scored by its distance to the reference's range.

    Parameters
    ----------
    model_mean : xarray.DataArray
        Totals (region,), kg s-1; or, with weights, maps (lat, lon) per m2.
    reference_low, reference_high, scale
        See `regional_mean_interval`, in units of the totals.
    weights : xarray.DataArray, optional
        Areas (region, lat, lon) in m2; None for totals.

    Returns
    -------
    xarray.Dataset
        value (region,), the model's total; score, 1 inside the range.

    Raises
    ------
    ValueError
        If s <= 0, a lower bound is above the upper, or totals meet means.
    """
    require_totals("regional_total_interval", weights, model_mean)
    value = total(model_mean, weights)
    score = scores.interval(value, reference_low, reference_high, scale=scale)
    return xr.Dataset({"value": value, "score": score})


def _sigma(
    value: xr.DataArray,
    reference: xr.DataArray,
    tolerance: float,
    scale: float,
    null_values: Sequence[float] | None,
) -> xr.Dataset:
    result = {
        "value": value,
        "score": scores.sigma(value, reference, tolerance=tolerance, scale=scale),
        "score_u0": scores.sigma(value, reference, tolerance=0.0, scale=scale),
    }
    if null_values is not None:
        each = null_scores(null_values, reference, tolerance=tolerance, scale=scale)
        result["score_null"] = best_null(each)
        if result["score"].chunks is None:
            # The finding is one for all regions, so each row says it. Words of
            # lazy numbers would compute them.
            units = str(reference.attrs.get("units", ""))
            text = null_finding(result["score"], each, units)
            names = value["region"]
            result["message"] = xr.DataArray([text] * names.size, {"region": names})
    return xr.Dataset(result)

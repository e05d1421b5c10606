"""Stocks: positive quantities, compared as a ratio."""

import numpy as np
import xarray as xr

from benchmark.metrics import scores
from benchmark.metrics.aggregate import aggregate, paired, total
from benchmark.metrics.checks import require_totals
from benchmark.metrics.registry import metric
from benchmark.statistics.elementwise import where


@metric(
    long_name="regional stock",
    equation=(
        r"S = \exp(-\max(0, |\ln(x / r)| - \ln(1 + u)) / \ln 2),"
        r"\ \mathrm{or\ the\ distance\ in}\ \ln\ \mathrm{to}\ [l, h]"
    ),
    perfect=np.nan,
    bounds=(-np.inf, np.inf),
    direction="reference",
    units="total",
    source="log-ratio score of this package: a factor 2 beyond the "
    "uncertainty scores 0.37",
    relative=True,
)
def stock_total(
    model_mean: xr.DataArray,
    reference_mean: xr.DataArray,
    tolerance: float | None = None,
    reference_low: xr.DataArray | None = None,
    reference_high: xr.DataArray | None = None,
    *,
    weights: xr.DataArray | None = None,
) -> xr.Dataset:
    """Total stock of a region, scored in factors and not in differences.

    The score is 1 inside the reference's range: the bounds where both are
    given, else reference / (1 + u) to reference x (1 + u).

    Parameters
    ----------
    model_mean, reference_mean : xarray.DataArray
        Totals (region,) in kg; or, with weights, maps (lat, lon) in kg m-2.
    tolerance : float, optional
        u >= 0, relative uncertainty of the reference.
    reference_low, reference_high : xarray.DataArray, optional
        Bounds (region,), units of the totals; NaN where a region has none.
    weights : xarray.DataArray, optional
        Areas (region, lat, lon) in m2; None for totals.

    Returns
    -------
    xarray.Dataset
        value (region,), the model's total; score; score_u0 (no tolerance);
        message (region,), text, empty where there is nothing to say. A total
        that is not positive scores 0 ("wrong sign"); a reference that is not
        positive is not assessed (NaN).

    Raises
    ------
    ValueError
        If neither a tolerance nor both bounds are given, the tolerance is
        negative, a lower bound is above the upper, or totals meet means.

    Examples
    --------
    >>> at = {"region": ["east", "west"]}
    >>> model, reference = (xr.DataArray(v, at) for v in ([55.0, 44.0], [50.0, 20.0]))
    >>> stock_total(model, reference, tolerance=0.1)["score"].round(4).values
    array([1.    , 0.3679])
    """
    require_totals("stock_total", weights, model_mean, reference_mean)
    sides = paired(model_mean, reference_mean)
    value, given = (total(side, weights) for side in sides)
    reference = given.where(given > 0)
    low, high = stated_range(
        "stock_total", reference, tolerance, reference_low, reference_high
    )
    return xr.Dataset(
        {
            "value": value,
            "score": scores.logratio(value, low, high),
            "score_u0": scores.logratio(value, reference, reference),
            "message": _message(value, given),
        }
    )


@metric(
    long_name="mean stock per area",
    equation=r"S = \exp(-\max(0, |\ln(x / r)| - \ln(1 + u)) / \ln 2)",
    perfect=np.nan,
    bounds=(-np.inf, np.inf),
    direction="reference",
    units="variable",
    source="log-ratio score of this package, of means over the same places",
    kinds=("map", "regional", "sites"),
    relative=True,
)
def stock_density(
    model_mean: xr.DataArray,
    reference_mean: xr.DataArray,
    tolerance: float,
    *,
    weights: xr.DataArray | None = None,
) -> xr.Dataset:
    """Mean stock of a region over the same cells or sites, scored in factors.

    Parameters
    ----------
    model_mean, reference_mean : xarray.DataArray
        Means (region,), maps (lat, lon) or sites (site,) in kg m-2. Only
        places valid in both count.
    tolerance : float
        u >= 0, relative uncertainty of the reference.
    weights : xarray.DataArray, optional
        Areas (region, lat, lon), or which sites a region has (region, site).

    Returns
    -------
    xarray.Dataset
        value (region,), the model's mean; score; score_u0; message as
        `stock_total`.

    Raises
    ------
    ValueError
        If the tolerance is negative.

    Examples
    --------
    >>> pedons, model = (xr.DataArray(v, dims="site") for v in ([60.0, 20], [20.0, 20]))
    >>> inside = xr.DataArray([[1.0, 1.0]], dims=("region", "site"))
    >>> found = stock_density(model, pedons, 0.0, weights=inside)
    >>> found["value"].item(), found["score"].round(4).item()
    (20.0, 0.3679)
    """
    sides = paired(model_mean, reference_mean)
    value, given = (aggregate(side, weights) for side in sides)
    reference = given.where(given > 0)
    band = stated_range("stock_density", reference, tolerance, None, None)
    return xr.Dataset(
        {
            "value": value,
            "score": scores.logratio(value, *band),
            "score_u0": scores.logratio(value, reference, reference),
            "message": _message(value, given),
        }
    )


def stated_range(
    metric: str,
    reference: xr.DataArray,
    tolerance: float | None,
    low: xr.DataArray | None,
    high: xr.DataArray | None,
) -> tuple[xr.DataArray, xr.DataArray]:
    """Return the range of a reference: its bounds, else its relative uncertainty.

    Parameters
    ----------
    metric : str
        Name of the metric, for messages.
    reference : xarray.DataArray
        Totals (region,).
    tolerance : float or None
        u >= 0, relative: the range is reference / (1 + u) to reference (1 + u).
    low, high : xarray.DataArray or None
        Bounds (region,); NaN where a region has none.

    Returns
    -------
    tuple of xarray.DataArray
        Lower and upper bound (region,).

    Raises
    ------
    ValueError
        If neither is given, or the tolerance is negative.
    """
    if tolerance is not None and tolerance < 0:
        msg = f"{metric}: the tolerance must be >= 0, found {tolerance}."
        raise ValueError(msg)
    if low is not None and high is not None:
        if tolerance is None:
            return low, high
        given = low.notnull() & high.notnull()
        band = reference / (1.0 + tolerance), reference * (1.0 + tolerance)
        return low.where(given, band[0]), high.where(given, band[1])
    if tolerance is None or low is not None or high is not None:
        msg = (
            f"{metric}: give a tolerance (relative uncertainty), or both "
            f"reference_low and reference_high; found tolerance {tolerance}, "
            f"reference_low {'missing' if low is None else 'given'}, "
            f"reference_high {'missing' if high is None else 'given'}."
        )
        raise ValueError(msg)
    return reference / (1.0 + tolerance), reference * (1.0 + tolerance)


def _message(value: xr.DataArray, reference: xr.DataArray) -> xr.DataArray:
    text = where(value <= 0, "wrong sign: the model's stock is not positive", "")
    wrong = "the reference is not positive: a ratio cannot be assessed"
    return where(reference <= 0, wrong, text)

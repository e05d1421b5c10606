"""How much of a year's emission falls in the shoulder seasons."""

import xarray as xr

from benchmark.metrics.cold_months import AUTUMN, SEP_MAY, SHOULDER
from benchmark.metrics.registry import metric
from benchmark.metrics.shares import (
    EQUATION,
    SCALE,
    SOURCE,
    compared_share,
    share_of_months,
)


@metric(
    long_name="share of the shoulder seasons",
    equation=r"f = \sum_{m \in M} d_m F_m / \sum_m d_m F_m,\ M = \{5, 9, 10\};\ "
    + EQUATION,
    perfect=float("nan"),
    bounds=(-0.1, 1.1),
    direction="reference",
    units="1",
    source=SOURCE,
    kinds=("map", "regional", "sites"),
    variables=("ch4", "reco"),
)
def shoulder_share(
    model_climatology: xr.DataArray,
    month_length: xr.DataArray,
    reference_climatology: xr.DataArray | None = None,
    reference_mean: xr.DataArray | None = None,
    tolerance: float = 0.0,
    scale: float = SCALE,
    *,
    weights: xr.DataArray | None = None,
) -> xr.Dataset:
    """Share of the annual emission in May, September and October.

    Parameters
    ----------
    model_climatology, month_length, reference_climatology, reference_mean, tolerance,
    scale, weights
        See `benchmark.metrics.cold_season.share_oct_apr`.

    Returns
    -------
    xarray.Dataset
        As `share_oct_apr`.

    Examples
    --------
    >>> at = {"month": range(1, 13), "region": ["east"]}
    >>> flat = xr.DataArray([[1.0]] * 12, at, ("month", "region"))
    >>> days = xr.DataArray([30.0] * 12, {"month": range(1, 13)})
    >>> found = shoulder_share(flat, days, flat)
    >>> found["value"].round(4).item(), found["score"].item()
    (0.25, 1.0)
    """
    model, reference = share_of_months(
        "shoulder_share",
        (model_climatology, reference_climatology),
        reference_mean,
        month_length,
        SHOULDER,
        weights,
    )
    return compared_share(model, reference, tolerance, scale)


@metric(
    long_name="share of September and October in September to May",
    equation=r"f = \sum_{m \in M} d_m F_m / \sum_{m \in N} d_m F_m,"
    r"\ M = \{9, 10\},\ N = \{9, ..., 5\};\ " + EQUATION,
    perfect=float("nan"),
    bounds=(-0.1, 1.1),
    direction="reference",
    units="1",
    source=SOURCE,
    kinds=("map", "regional", "sites"),
    variables=("ch4", "reco"),
)
def share_autumn_of_cold_season(
    model_climatology: xr.DataArray,
    month_length: xr.DataArray,
    reference_climatology: xr.DataArray | None = None,
    reference_mean: xr.DataArray | None = None,
    tolerance: float = 0.0,
    scale: float = SCALE,
    *,
    weights: xr.DataArray | None = None,
) -> xr.Dataset:
    """Part of the emission of September to May that falls in September and October.

    Parameters
    ----------
    model_climatology, month_length, reference_climatology, reference_mean, tolerance,
    scale, weights
        See `benchmark.metrics.cold_season.share_oct_apr`.

    Returns
    -------
    xarray.Dataset
        As `share_oct_apr`.

    Examples
    --------
    >>> at = {"month": range(1, 13), "region": ["east"]}
    >>> flat = xr.DataArray([[1.0]] * 12, at, ("month", "region"))
    >>> days = xr.DataArray([30.0] * 12, {"month": range(1, 13)})
    >>> found = share_autumn_of_cold_season(flat, days, flat)
    >>> found["value"].round(4).item(), found["score"].item()
    (0.2222, 1.0)
    """
    model, reference = share_of_months(
        "share_autumn_of_cold_season",
        (model_climatology, reference_climatology),
        reference_mean,
        month_length,
        AUTUMN,
        weights,
        of=SEP_MAY,
    )
    return compared_share(model, reference, tolerance, scale)

r"""How much of a year's emission falls in the cold season.

A share is for emissions (methane, respiration): the annual sum of a net flux
crosses zero, so its share is undefined and `cold_season_amount` compares it.
Shares are of calendar months over whole years: October to April are January to
April and October to December of the same years, which in the mean over years is
the share of winters but for the first and the last. The tolerance u is what
observations are uncertain by, with the same definition of the season; the
spread of models is no such uncertainty.
"""

import xarray as xr

from benchmark.metrics.cold_months import OCT_APR, SEP_MAY
from benchmark.metrics.registry import metric
from benchmark.metrics.shares import (
    EQUATION,
    SCALE,
    SOURCE,
    compared_share,
    share_of_months,
)


@metric(
    long_name="share of October to April",
    equation=r"f = \sum_{m \in M} d_m F_m / \sum_m d_m F_m,\ M = \{10, ..., 4\};\ "
    + EQUATION,
    perfect=float("nan"),
    bounds=(-0.1, 1.1),
    direction="reference",
    units="1",
    source=SOURCE,
    kinds=("map", "regional", "sites"),
    variables=("ch4", "reco"),
)
def share_oct_apr(
    model_climatology: xr.DataArray,
    month_length: xr.DataArray,
    reference_climatology: xr.DataArray | None = None,
    reference_mean: xr.DataArray | None = None,
    tolerance: float = 0.0,
    scale: float = SCALE,
    *,
    weights: xr.DataArray | None = None,
) -> xr.Dataset:
    """Share of the annual emission in October to April.

    Parameters
    ----------
    model_climatology : xarray.DataArray
        Twelve months (month, region), (month, lat, lon) or (month, site).
    month_length : xarray.DataArray
        Dimension (month,), days of the model's calendar, used for both sides.
    reference_climatology : xarray.DataArray, optional
        Twelve months of the reference.
    reference_mean : xarray.DataArray, optional
        The share itself (region,), where its attribute ``value_of`` names
        this metric; a mean flux without months is not enough.
    tolerance, scale : float, optional
        u and s of the score, as shares.
    weights : xarray.DataArray, optional
        Areas (region, lat, lon), or 1 and 0 (region, site).

    Returns
    -------
    xarray.Dataset
        value (region,), the model's share; score; score_u0; message, with the
        reference's share. NaN unless all twelve months are valid.

    Raises
    ------
    ValueError
        If the reference has neither months nor a share of these months.

    Examples
    --------
    >>> at = {"month": range(1, 13), "region": ["east"]}
    >>> flat = xr.DataArray([[1.0]] * 12, at, ("month", "region"))
    >>> days = xr.DataArray([30.0] * 12, {"month": range(1, 13)})
    >>> found = share_oct_apr(flat, days, flat)
    >>> found["value"].round(4).item(), found["score"].item()
    (0.5833, 1.0)
    """
    model, reference = share_of_months(
        "share_oct_apr",
        (model_climatology, reference_climatology),
        reference_mean,
        month_length,
        OCT_APR,
        weights,
    )
    return compared_share(model, reference, tolerance, scale)


@metric(
    long_name="share of September to May",
    equation=r"f = \sum_{m \in M} d_m F_m / \sum_m d_m F_m,\ M = \{9, ..., 5\};\ "
    + EQUATION,
    perfect=float("nan"),
    bounds=(-0.1, 1.1),
    direction="reference",
    units="1",
    source=SOURCE,
    kinds=("map", "regional", "sites"),
    variables=("ch4", "reco"),
)
def share_sep_may(
    model_climatology: xr.DataArray,
    month_length: xr.DataArray,
    reference_climatology: xr.DataArray | None = None,
    reference_mean: xr.DataArray | None = None,
    tolerance: float = 0.0,
    scale: float = SCALE,
    *,
    weights: xr.DataArray | None = None,
) -> xr.Dataset:
    """Share of the annual emission in September to May.

    Parameters
    ----------
    model_climatology, month_length, reference_climatology, reference_mean, tolerance,
    scale, weights
        See `share_oct_apr`.

    Returns
    -------
    xarray.Dataset
        As `share_oct_apr`.

    Examples
    --------
    >>> at = {"month": range(1, 13), "region": ["east"]}
    >>> flat = xr.DataArray([[1.0]] * 12, at, ("month", "region"))
    >>> days = xr.DataArray([30.0] * 12, {"month": range(1, 13)})
    >>> found = share_sep_may(flat, days, flat)
    >>> found["value"].round(4).item(), found["score"].item()
    (0.75, 1.0)
    """
    model, reference = share_of_months(
        "share_sep_may",
        (model_climatology, reference_climatology),
        reference_mean,
        month_length,
        SEP_MAY,
        weights,
    )
    return compared_share(model, reference, tolerance, scale)

"""Error of the seasonal cycle, month by month."""

import numpy as np
import xarray as xr

from benchmark.metrics import scores
from benchmark.metrics.aggregate import (
    aggregate,
    on_cells,
    paired,
    root_mean_square,
    with_maps,
)
from benchmark.metrics.registry import metric
from benchmark.metrics.seasons import amplitude, centralised_rmse


@metric(
    long_name="centralised RMSE of the seasonal cycle",
    equation=(
        r"E = \sqrt{\sum_m w_m (m_m - \bar m - (r_m - \bar r))^2};"
        r" S = \exp(-E / \sigma_r)"
    ),
    perfect=0.0,
    bounds=(0.0, np.inf),
    direction="zero",
    units="variable",
    source="after Collier et al. (2018), https://doi.org/10.1029/2018MS001354",
)
def rmse(
    model_climatology: xr.DataArray,
    reference_climatology: xr.DataArray,
    reference_crms: xr.DataArray,
    month_length: xr.DataArray,
    *,
    weights: xr.DataArray | None = None,
) -> xr.Dataset:
    """RMS error of the cycle without the bias, averaged first and then scored.

    Parameters
    ----------
    model_climatology, reference_climatology : xarray.DataArray
        Twelve months, (month, lat, lon) or (month, region), same units.
    reference_crms : xarray.DataArray
        RMS of the full reference series about its mean, (lat, lon) or
        (region,), same units.
    month_length : xarray.DataArray
        Dimension (month,), days.
    weights : xarray.DataArray, optional
        Areas (region, lat, lon); None for regional statistics. With maps the
        error and the divisor are root mean squares over the cells.

    Returns
    -------
    xarray.Dataset
        value (region,) in units of the variable; score; value_map for maps.
        The score is NaN where the reference is constant.

    Examples
    --------
    >>> month, east = np.arange(1, 13), {"month": np.arange(1, 13), "region": ["east"]}
    >>> cycle = xr.DataArray(np.cos(month)[:, None], east, ("month", "region"))
    >>> spread = xr.DataArray([0.7], {"region": ["east"]})
    >>> days = xr.DataArray(np.full(12, 30.0), {"month": month})
    >>> float(rmse(cycle + 5.0, cycle, spread, days)["score"].round(12)[0])
    1.0
    """
    error = centralised_rmse(model_climatology, reference_climatology, month_length)
    if on_cells(reference_crms):
        reference_crms = reference_crms.where(error.notnull())
    value = root_mean_square(error, weights)
    scale = root_mean_square(reference_crms, weights)
    return with_maps(
        {"value": value, "score": scores.relative(value, scale)}, value_map=error
    )


@metric(
    long_name="centralised RMSE of the regional seasonal cycle",
    equation=r"E = \sqrt{\sum_k w_k (m_k - \bar m - (r_k - \bar r))^2};"
    r" S = \exp(-E / \sqrt{\sum_k w_k (r_k - \bar r)^2})",
    perfect=0.0,
    bounds=(0.0, np.inf),
    direction="zero",
    units="variable",
    source="after Collier et al. (2018), https://doi.org/10.1029/2018MS001354, with "
    "the cycle of the region and its own spread",
    kinds=("map", "regional", "sites"),
)
def cycle_rmse(
    model_climatology: xr.DataArray,
    reference_climatology: xr.DataArray,
    month_length: xr.DataArray,
    *,
    weights: xr.DataArray | None = None,
) -> xr.Dataset:
    """Error of the cycle of the whole region, without the bias.

    Cells are averaged month by month before anything is compared, and the
    scale is the spread of the reference's twelve months: it needs no series
    and suits a regional climatology. `rmse` and `ilamb_rmse` compare cells.

    Parameters
    ----------
    model_climatology, reference_climatology : xarray.DataArray
        Twelve months (month, region), (month, site) or (month, lat, lon), same
        units. Months valid in both count, three or more.
    month_length : xarray.DataArray
        Dimension (month,), days.
    weights : xarray.DataArray, optional
        (region, lat, lon) or (region, site); None for regional statistics.

    Returns
    -------
    xarray.Dataset
        value (region,) in units of the variable; score. NaN where the
        reference is flat.
    """
    sides = paired(model_climatology, reference_climatology)
    model, reference = (aggregate(side, weights) for side in sides)
    error = centralised_rmse(model, reference, month_length)
    reference = reference.where(model.notnull())
    spread = centralised_rmse(reference, reference * 0.0, month_length)
    spread = spread.where(amplitude(reference) > 0)
    score = scores.relative(error, spread)
    return xr.Dataset({"value": error.where(spread.notnull()), "score": score})

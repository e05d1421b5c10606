"""How much of the net flux is in summer."""

import numpy as np
import xarray as xr

from benchmark.metrics import scores
from benchmark.metrics.aggregate import aggregate, paired
from benchmark.metrics.peak import NET_CARBON, require_variable
from benchmark.metrics.registry import metric

SUMMER = (6, 7, 8)


@metric(
    long_name="net flux of June to August",
    equation=r"J = \sum_{JJA} d_k x_k / \sum_{year} d_k;"
    r" S = \exp(-\max(0, |J_m - J_r| - u) / s)",
    perfect=0.0,
    bounds=(-np.inf, np.inf),
    direction="zero",
    units="variable",
    source="exponential score with tolerance, as the land carbon trajectory score of "
    "ILAMB: Collier et al. (2018), https://doi.org/10.1029/2018MS001354",
    kinds=("map", "regional", "sites"),
)
def summer_uptake(
    model_climatology: xr.DataArray,
    reference_climatology: xr.DataArray,
    month_length: xr.DataArray,
    tolerance: float,
    scale: float,
    *,
    weights: xr.DataArray | None = None,
) -> xr.Dataset:
    """Part of the annual net flux that falls in June to August, model minus reference.

    In g m-2 yr-1 the number is the sum of the three months in g m-2. Regional
    cycles are averaged over the places first.

    Parameters
    ----------
    model_climatology, reference_climatology : xarray.DataArray
        Twelve months of a net carbon flux, positive upward, with the attribute
        ``variable``; (month, region), (month, site) or (month, lat, lon).
    month_length : xarray.DataArray
        Dimension (month,), days.
    tolerance, scale : float
        u >= 0 and s > 0 in units of the climatology.
    weights : xarray.DataArray, optional
        (region, lat, lon) or (region, site); None for regional statistics.

    Returns
    -------
    xarray.Dataset
        value (region,) in units of the variable, negative if the model takes
        up more; score; score_u0 with u = 0; reference_value.

    Raises
    ------
    ValueError
        If the variable is not said or not a net carbon flux, s <= 0 or u < 0.
    """
    require_variable("summer_uptake", NET_CARBON, model_climatology)
    sides = paired(model_climatology, reference_climatology)
    days = month_length.fillna(0.0)
    part = (days / days.sum()).where(days["month"].isin(SUMMER), 0.0)
    model, reference = (
        (aggregate(side, weights) * part).sum("month", skipna=False) for side in sides
    )
    error = model - reference
    return xr.Dataset(
        {
            "value": error,
            "score": scores.sigma(error, 0.0, tolerance=tolerance, scale=scale),
            "score_u0": scores.sigma(error, 0.0, tolerance=0.0, scale=scale),
            "reference_value": reference,
        }
    )

"""Error of the mean."""

import numpy as np
import xarray as xr

from benchmark.metrics import scores
from benchmark.metrics.aggregate import (
    aggregate,
    on_cells,
    root_mean_square,
    with_maps,
)
from benchmark.metrics.registry import metric


@metric(
    long_name="bias of the mean",
    equation=r"B = \bar m - \bar r; S = \exp(-|B| / \sigma_r)",
    perfect=0.0,
    bounds=(-np.inf, np.inf),
    direction="zero",
    units="variable",
    source="after Collier et al. (2018), https://doi.org/10.1029/2018MS001354",
)
def bias(
    model_mean: xr.DataArray,
    reference_mean: xr.DataArray,
    reference_crms: xr.DataArray,
    *,
    weights: xr.DataArray | None = None,
) -> xr.Dataset:
    """Error of the regional mean, scored against the reference's variability.

    The error is averaged first and then scored, so errors of opposite sign
    within a region cancel; `ilamb_bias` scores each cell first.

    Parameters
    ----------
    model_mean, reference_mean, reference_crms : xarray.DataArray
        Time means and RMS about the mean, (lat, lon) or (region,), same units.
        With maps the divisor is the root mean square of the cells' crms; give
        a regional `reference_crms` to use that of the regional series.
    weights : xarray.DataArray, optional
        Areas (region, lat, lon); None for regional statistics.

    Returns
    -------
    xarray.Dataset
        value (region,) in units of the variable, model minus reference; score;
        value_map for maps. The score is NaN where the reference is constant.

    Examples
    --------
    >>> east = {"region": ["east"]}
    >>> m, r, s = (xr.DataArray([x], east) for x in (5.0, 3.0, 4.0))
    >>> result = bias(m, r, s)
    >>> float(result["value"][0]), round(float(result["score"][0]), 4)
    (2.0, 0.6065)
    """
    error = model_mean - reference_mean
    if on_cells(reference_crms):
        reference_crms = reference_crms.where(error.notnull())
    value = aggregate(error, weights)
    scale = root_mean_square(reference_crms, weights)
    return with_maps(
        {"value": value, "score": scores.relative(value, scale)}, value_map=error
    )

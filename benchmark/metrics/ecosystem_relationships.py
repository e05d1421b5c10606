"""Relationships to the water table and to production."""

import numpy as np
import xarray as xr

from benchmark.metrics.registry import metric
from benchmark.metrics.relationship import EQUATION, SOURCE, of_pairs


@metric(
    long_name="relationship to water table depth",
    equation=EQUATION,
    perfect=0.0,
    bounds=(0.0, np.inf),
    direction="zero",
    units="1",
    source=SOURCE,
    kinds=("pattern", "map", "sites"),
)
def relationship_wtd(
    model_mean: xr.DataArray,
    reference_mean: xr.DataArray,
    model_wtd_mean: xr.DataArray,
    reference_wtd_mean: xr.DataArray,
    model_annual: xr.DataArray | None = None,
    reference_annual: xr.DataArray | None = None,
    model_wtd_annual: xr.DataArray | None = None,
    reference_wtd_annual: xr.DataArray | None = None,
    model_climatology: xr.DataArray | None = None,
    reference_climatology: xr.DataArray | None = None,
    model_wtd_climatology: xr.DataArray | None = None,
    reference_wtd_climatology: xr.DataArray | None = None,
    *,
    weights: xr.DataArray | None = None,
) -> xr.Dataset:
    r"""Conditional means in bins of 5 cm of the depth of the water table.

    Parameters
    ----------
    model_mean, reference_mean, model_annual, reference_annual, \
model_climatology, reference_climatology, weights
        See `relationship_tas`.
    model_wtd_mean, reference_wtd_mean, model_wtd_annual, reference_wtd_annual, \
model_wtd_climatology, reference_wtd_climatology : xarray.DataArray
        Depth of the water table in m, positive down.

    Returns
    -------
    xarray.Dataset
        See `relationship_tas`.

    Raises
    ------
    ValueError
        If wtd has other units.
    """
    return of_pairs(
        "wtd",
        weights,
        (model_mean, model_wtd_mean, reference_mean, reference_wtd_mean),
        (model_annual, model_wtd_annual, reference_annual, reference_wtd_annual),
        (
            model_climatology,
            model_wtd_climatology,
            reference_climatology,
            reference_wtd_climatology,
        ),
    )


@metric(
    long_name="relationship to net primary production",
    equation=EQUATION,
    perfect=0.0,
    bounds=(0.0, np.inf),
    direction="zero",
    units="1",
    source=SOURCE,
    kinds=("pattern", "map", "sites"),
)
def relationship_npp(
    model_mean: xr.DataArray,
    reference_mean: xr.DataArray,
    model_npp_mean: xr.DataArray,
    reference_npp_mean: xr.DataArray,
    model_annual: xr.DataArray | None = None,
    reference_annual: xr.DataArray | None = None,
    model_npp_annual: xr.DataArray | None = None,
    reference_npp_annual: xr.DataArray | None = None,
    model_climatology: xr.DataArray | None = None,
    reference_climatology: xr.DataArray | None = None,
    model_npp_climatology: xr.DataArray | None = None,
    reference_npp_climatology: xr.DataArray | None = None,
    *,
    weights: xr.DataArray | None = None,
) -> xr.Dataset:
    r"""Conditional means in bins of 50 g m-2 yr-1 of net primary production.

    Parameters
    ----------
    model_mean, reference_mean, model_annual, reference_annual, \
model_climatology, reference_climatology, weights
        See `relationship_tas`.
    model_npp_mean, reference_npp_mean, model_npp_annual, reference_npp_annual, \
model_npp_climatology, reference_npp_climatology : xarray.DataArray
        Net primary production in kg m-2 s-1.

    Returns
    -------
    xarray.Dataset
        See `relationship_tas`.

    Raises
    ------
    ValueError
        If npp has other units.
    """
    return of_pairs(
        "npp",
        weights,
        (model_mean, model_npp_mean, reference_mean, reference_npp_mean),
        (model_annual, model_npp_annual, reference_annual, reference_npp_annual),
        (
            model_climatology,
            model_npp_climatology,
            reference_climatology,
            reference_npp_climatology,
        ),
    )

"""Relationships to the temperature of the air and of the soil."""

import numpy as np
import xarray as xr

from benchmark.metrics.registry import metric
from benchmark.metrics.relationship import EQUATION, SOURCE, of_pairs


@metric(
    long_name="relationship to near-surface air temperature",
    equation=EQUATION,
    perfect=0.0,
    bounds=(0.0, np.inf),
    direction="zero",
    units="1",
    source=SOURCE,
    kinds=("pattern", "map", "sites"),
)
def relationship_tas(
    model_mean: xr.DataArray,
    reference_mean: xr.DataArray,
    model_tas_mean: xr.DataArray,
    reference_tas_mean: xr.DataArray,
    model_annual: xr.DataArray | None = None,
    reference_annual: xr.DataArray | None = None,
    model_tas_annual: xr.DataArray | None = None,
    reference_tas_annual: xr.DataArray | None = None,
    model_climatology: xr.DataArray | None = None,
    reference_climatology: xr.DataArray | None = None,
    model_tas_climatology: xr.DataArray | None = None,
    reference_tas_climatology: xr.DataArray | None = None,
    *,
    weights: xr.DataArray | None = None,
) -> xr.Dataset:
    r"""Conditional means in bins of 2 K of air temperature.

    Of tables of regions, each region and year is a pair, and all regions make
    one relationship. Of maps each cell is a pair, of sites each site and month
    of the mean year, for each region. Bins are the same for every model; a bin
    has a mean from 5 pairs on. An error within the standard error of the
    reference's mean costs nothing; what the model's bins do not cover of the
    reference's pairs lowers the score by that share, to 0 without any (E is 1
    then). The norm is never of logarithms, so that no unit matters.

    Parameters
    ----------
    model_mean, reference_mean : xarray.DataArray
        (region,), (site,) or (lat, lon), same units.
    model_tas_mean, reference_tas_mean : xarray.DataArray
        Air temperature in K, of each side.
    model_annual, reference_annual, model_tas_annual, reference_tas_annual
        (year, region); used for tables of regions where all four are given.
    model_climatology, reference_climatology, model_tas_climatology, \
reference_tas_climatology
        (month, site); used for sites where all four are given.
    weights : xarray.DataArray, optional
        (region, lat, lon) or (region, site); None for tables of regions.

    Returns
    -------
    xarray.Dataset
        value, E, the error of the means relative to their size; score;
        score_u0, without the tolerance; message; and the bins: bin_driver,
        bin_model, bin_reference, bin_error, bin_model_count and
        bin_reference_count.

    Raises
    ------
    ValueError
        If tas has other units.
    """
    return of_pairs(
        "tas",
        weights,
        (model_mean, model_tas_mean, reference_mean, reference_tas_mean),
        (model_annual, model_tas_annual, reference_annual, reference_tas_annual),
        (
            model_climatology,
            model_tas_climatology,
            reference_climatology,
            reference_tas_climatology,
        ),
    )


@metric(
    long_name="relationship to soil temperature at 0.1 to 0.2 m",
    equation=EQUATION,
    perfect=0.0,
    bounds=(0.0, np.inf),
    direction="zero",
    units="1",
    source=SOURCE,
    kinds=("pattern", "map", "sites"),
)
def relationship_tsl(
    model_mean: xr.DataArray,
    reference_mean: xr.DataArray,
    model_tsl_mean: xr.DataArray,
    reference_tsl_mean: xr.DataArray,
    model_annual: xr.DataArray | None = None,
    reference_annual: xr.DataArray | None = None,
    model_tsl_annual: xr.DataArray | None = None,
    reference_tsl_annual: xr.DataArray | None = None,
    model_climatology: xr.DataArray | None = None,
    reference_climatology: xr.DataArray | None = None,
    model_tsl_climatology: xr.DataArray | None = None,
    reference_tsl_climatology: xr.DataArray | None = None,
    *,
    weights: xr.DataArray | None = None,
) -> xr.Dataset:
    r"""Conditional means in bins of 2 K of soil temperature.

    Parameters
    ----------
    model_mean, reference_mean, model_annual, reference_annual, \
model_climatology, reference_climatology, weights
        See `relationship_tas`.
    model_tsl_mean, reference_tsl_mean, model_tsl_annual, reference_tsl_annual, \
model_tsl_climatology, reference_tsl_climatology : xarray.DataArray
        Soil temperature in K.

    Returns
    -------
    xarray.Dataset
        See `relationship_tas`.

    Raises
    ------
    ValueError
        If tsl has other units.
    """
    return of_pairs(
        "tsl",
        weights,
        (model_mean, model_tsl_mean, reference_mean, reference_tsl_mean),
        (model_annual, model_tsl_annual, reference_annual, reference_tsl_annual),
        (
            model_climatology,
            model_tsl_climatology,
            reference_climatology,
            reference_tsl_climatology,
        ),
    )

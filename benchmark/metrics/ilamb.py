"""The five scores of ILAMB 2.7.

The published formulas to the last digit on a common grid, without the known
faults of the implementation: missing cells are missing and not zero, areas are
true areas, a series starts in any month, no mass weighting (a signed flux gives
scores outside 0 to 1), no absolute tolerance (fluxes are of the order of 1e-9),
no peak in a month that one side lacks.
"""

import numpy as np
import xarray as xr

from benchmark.metrics import scores
from benchmark.metrics.aggregate import collected
from benchmark.metrics.registry import metric
from benchmark.metrics.seasons import (
    centralised_rmse,
    common_months,
    peak_day,
    year_angle,
)
from benchmark.metrics.spatial import pattern

COLLIER_2018 = "Collier et al. (2018), https://doi.org/10.1029/2018MS001354"


@metric(
    long_name="ILAMB bias",
    equation=r"S = \langle \exp(-|\bar m - \bar r| / \sigma_r) \rangle",
    perfect=0.0,
    bounds=(-np.inf, np.inf),
    direction="zero",
    units="variable",
    source=COLLIER_2018,
)
def ilamb_bias(
    model_mean: xr.DataArray,
    reference_mean: xr.DataArray,
    reference_crms: xr.DataArray,
    *,
    weights: xr.DataArray | None = None,
) -> xr.Dataset:
    """Error of the mean, scored cell by cell and then averaged.

    Parameters
    ----------
    model_mean, reference_mean, reference_crms : xarray.DataArray
        Time means and RMS about the mean, (lat, lon) or (region,), same units.
    weights : xarray.DataArray, optional
        Areas (region, lat, lon); None for regional statistics.

    Returns
    -------
    xarray.Dataset
        value (region,) in units of the variable, model minus reference; score;
        value_map and score_map for maps. Cells with a constant reference have
        no score (NaN).
    """
    error = model_mean - reference_mean
    score = scores.relative(error, reference_crms)
    return collected(value=error, score=score, weights=weights)


@metric(
    long_name="ILAMB centralised RMSE of the seasonal cycle",
    equation=r"S = \langle \exp(-\mathrm{CRMSE}_{12} / \sigma_r) \rangle",
    perfect=0.0,
    bounds=(0.0, np.inf),
    direction="zero",
    units="variable",
    source=COLLIER_2018,
)
def ilamb_rmse(
    model_climatology: xr.DataArray,
    reference_climatology: xr.DataArray,
    reference_crms: xr.DataArray,
    month_length: xr.DataArray,
    *,
    weights: xr.DataArray | None = None,
) -> xr.Dataset:
    """Error of the cycle without the bias, ILAMB's default since 2.7.

    Parameters
    ----------
    model_climatology, reference_climatology : xarray.DataArray
        Twelve months, (month, lat, lon) or (month, region), same units.
    reference_crms : xarray.DataArray
        RMS of the full reference series about its mean (not of its cycle).
    month_length : xarray.DataArray
        Dimension (month,), days.
    weights : xarray.DataArray, optional
        Areas (region, lat, lon); None for regional statistics.

    Returns
    -------
    xarray.Dataset
        value (region,) in units of the variable; score; value_map and
        score_map for maps. Cells with a constant reference have no score.
    """
    error = centralised_rmse(model_climatology, reference_climatology, month_length)
    score = scores.relative(error, reference_crms)
    return collected(value=error, score=score, weights=weights)


@metric(
    long_name="ILAMB centralised RMSE of the monthly series",
    equation=r"S = \langle \exp(-\mathrm{CRMSE} / \sigma_r) \rangle",
    perfect=0.0,
    bounds=(0.0, np.inf),
    direction="zero",
    units="variable",
    source=COLLIER_2018,
)
def ilamb_rmse_series(
    series_crmse: xr.DataArray,
    reference_crms: xr.DataArray,
    *,
    weights: xr.DataArray | None = None,
) -> xr.Dataset:
    """Error of the full monthly series without the bias, as in the 2018 paper.

    Parameters
    ----------
    series_crmse, reference_crms : xarray.DataArray
        Centralised RMS error of the pair, and RMS of the reference about its
        mean, (lat, lon) or (region,), same units.
    weights : xarray.DataArray, optional
        Areas (region, lat, lon); None for regional statistics.

    Returns
    -------
    xarray.Dataset
        value (region,) in units of the variable; score; value_map and
        score_map for maps. Cells with a constant reference have no score.
    """
    score = scores.relative(series_crmse, reference_crms)
    return collected(value=series_crmse, score=score, weights=weights)


@metric(
    long_name="ILAMB shift of the month of the maximum",
    equation=r"S = \langle (1 + \cos(2\pi \Delta t / 365)) / 2 \rangle",
    perfect=0.0,
    bounds=(-182.5, 182.5),
    direction="zero",
    units="day",
    source=COLLIER_2018,
)
def ilamb_phase(
    model_climatology: xr.DataArray,
    reference_climatology: xr.DataArray,
    *,
    weights: xr.DataArray | None = None,
) -> xr.Dataset:
    """Shift of the month of the maximum, in steps of a month.

    For a net flux positive upward that is peak release: use `seasonal_phase`.

    Parameters
    ----------
    model_climatology, reference_climatology : xarray.DataArray
        Twelve months, (month, lat, lon) or (month, region), same units. The
        maximum is sought in the months valid in both.
    weights : xarray.DataArray, optional
        Areas (region, lat, lon); None for regional statistics.

    Returns
    -------
    xarray.Dataset
        value (region,) in days, positive if the model is later; score;
        value_map and score_map for maps. NaN where either cycle is flat.
    """
    model, reference = common_months(model_climatology, reference_climatology)
    shift = peak_day(model) - peak_day(reference)
    shift = shift - 365.0 * ((shift > 182.5) * 1.0 - (shift < -182.5) * 1.0)
    score = scores.cosine(year_angle(shift))
    return collected(value=shift, score=score, weights=weights)


@metric(
    long_name="ILAMB interannual variability",
    equation=r"S = \langle \exp(-|v_m - v_r| / v_r) \rangle",
    perfect=0.0,
    bounds=(-np.inf, np.inf),
    direction="zero",
    units="variable",
    source=COLLIER_2018,
)
def ilamb_iav(
    model_iav: xr.DataArray,
    reference_iav: xr.DataArray,
    *,
    weights: xr.DataArray | None = None,
) -> xr.Dataset:
    """Error of the RMS of the series about its mean annual cycle.

    Parameters
    ----------
    model_iav, reference_iav : xarray.DataArray
        RMS about the climatology, (lat, lon) or (region,), same units.
    weights : xarray.DataArray, optional
        Areas (region, lat, lon); None for regional statistics.

    Returns
    -------
    xarray.Dataset
        value (region,) in units of the variable, model minus reference; score;
        value_map and score_map for maps. Cells where the reference repeats
        its cycle exactly have no score (NaN).
    """
    error = model_iav - reference_iav
    score = scores.relative(error, reference_iav)
    return collected(value=error, score=score, weights=weights)


@metric(
    long_name="ILAMB spatial distribution",
    equation=r"S = 4 (1 + R) / ((\sigma + 1/\sigma)^2 (1 + R_0)),\ R_0 = 1",
    perfect=1.0,
    bounds=(0.0, 1.0),
    direction="higher",
    units="1",
    source=COLLIER_2018,
    kinds=("map",),
)
def ilamb_space(
    model_mean: xr.DataArray,
    reference_mean: xr.DataArray,
    *,
    weights: xr.DataArray,
) -> xr.Dataset:
    """Taylor score of the pattern of the mean over the valid cells, by area.

    Parameters
    ----------
    model_mean, reference_mean, weights : xarray.DataArray
        See `spatial_distribution`.

    Returns
    -------
    xarray.Dataset
        value and score (region,), the same number.

    Raises
    ------
    ValueError
        If the means are not maps or weights is None.
    """
    score = scores.taylor(*pattern(model_mean, reference_mean, weights))
    return xr.Dataset({"value": score, "score": score})

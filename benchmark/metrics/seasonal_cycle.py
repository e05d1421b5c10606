"""Timing and size of the seasonal cycle."""

import numpy as np
import xarray as xr

from benchmark.metrics import scores
from benchmark.metrics.aggregate import aggregate, collected
from benchmark.metrics.registry import metric
from benchmark.metrics.seasons import amplitude, common_months, harmonic, has_cycle
from benchmark.statistics.elementwise import arctan2, cos, sin, where

DAYS_PER_YEAR = 365.2425
NO_CYCLE = (
    "no cycle to time: a month is missing, the model is flat, or the reference has "
    "no seasonal cycle above its mean and noise"
)


@metric(
    long_name="shift of the seasonal cycle",
    equation=(
        r"\Delta = \arg(h_m / h_r),\ h = \sum_k c_k e^{i\theta_k};"
        r" S = (1 + \cos\Delta) / 2"
    ),
    perfect=0.0,
    bounds=(-DAYS_PER_YEAR / 2, DAYS_PER_YEAR / 2),
    direction="zero",
    units="day",
    source="score of Collier et al. (2018), https://doi.org/10.1029/2018MS001354, "
    "with the phase of the first harmonic in place of the month of the maximum",
    kinds=("map", "regional", "sites"),
)
def seasonal_phase(
    model_climatology: xr.DataArray,
    reference_climatology: xr.DataArray,
    reference_iav: xr.DataArray | None = None,
    *,
    weights: xr.DataArray | None = None,
) -> xr.Dataset:
    """Days by which the model's cycle is later, from the first harmonic.

    Finer than a month, and the same for a maximum (gpp) and a minimum (nee).
    Not assessed (NaN) unless all twelve months are valid in both and the
    reference has a cycle to time, see `benchmark.metrics.seasons.has_cycle`.
    A flat model has no phase either; `seasonal_amplitude` scores it 0.

    Parameters
    ----------
    model_climatology, reference_climatology : xarray.DataArray
        Twelve months, (month, lat, lon) or (month, region), same units.
    reference_iav : xarray.DataArray, optional
        RMS of the reference about its climatology, (lat, lon) or (region,).
    weights : xarray.DataArray, optional
        Areas (region, lat, lon); None for regional statistics. Maps are
        scored cell by cell; the value is the circular mean of the cells.

    Returns
    -------
    xarray.Dataset
        value (region,) in days, positive if the model is later, between plus
        and minus half a year; score; message; value_map and score_map for maps.

    Examples
    --------
    >>> month = np.arange(12)[:, None]
    >>> at = {"month": month[:, 0] + 1, "region": ["east"]}
    >>> cycles = [np.cos((month - peak) * np.pi / 6) for peak in (7, 6)]
    >>> model, reference = (xr.DataArray(c, at, ("month", "region")) for c in cycles)
    >>> float(seasonal_phase(model, reference)["value"].round()[0])
    30.0
    """
    angle = _angle(model_climatology) - _angle(reference_climatology)
    angle = angle.where(has_cycle(reference_climatology, reference_iav))
    sine, cosine = (aggregate(part(angle), weights) for part in (sin, cos))
    shift = _days(sine, cosine)
    result = collected(
        value=_days(sin(angle), cos(angle)),
        score=scores.cosine(angle),
        weights=weights,
        regional_value=shift,
    )
    return result.assign(message=where(shift.isnull(), NO_CYCLE, ""))


@metric(
    long_name="ratio of seasonal amplitudes",
    equation=r"q = (\max m - \min m) / (\max r - \min r); S = \exp(-|\ln q| / \ln 2)",
    perfect=1.0,
    bounds=(0.0, np.inf),
    direction="one",
    units="1",
    source="log-ratio score of this package: a factor 2 scores 0.37",
    kinds=("map", "regional", "sites"),
)
def seasonal_amplitude(
    model_climatology: xr.DataArray,
    reference_climatology: xr.DataArray,
    *,
    weights: xr.DataArray | None = None,
) -> xr.Dataset:
    """Ratio of the ranges of the two cycles over their common months.

    Parameters
    ----------
    model_climatology, reference_climatology : xarray.DataArray
        Twelve months, (month, lat, lon) or (month, region), same units.
    weights : xarray.DataArray, optional
        Areas (region, lat, lon); None for regional statistics. Maps are
        scored cell by cell; the value is the ratio of the mean ranges.

    Returns
    -------
    xarray.Dataset
        value (region,), 1; score; value_map and score_map for maps. NaN where
        the reference is flat; 0 where only the model is.

    Examples
    --------
    >>> month, east = np.arange(1, 13), {"month": np.arange(1, 13), "region": ["east"]}
    >>> cycle = xr.DataArray(np.cos(month)[:, None], east, ("month", "region"))
    >>> result = seasonal_amplitude(2.0 * cycle, cycle)
    >>> round(float(result["value"][0]), 6), round(float(result["score"][0]), 4)
    (2.0, 0.3679)
    """
    model, reference = common_months(model_climatology, reference_climatology)
    of_model, of_reference = amplitude(model), amplitude(reference)
    of_reference = of_reference.where(of_reference > 0)
    of_model = of_model.where(of_reference.notnull())
    value = of_model / of_reference
    return collected(
        value=value,
        score=scores.ratio(value),
        weights=weights,
        regional_value=aggregate(of_model, weights) / aggregate(of_reference, weights),
    )


def _angle(cycle: xr.DataArray) -> xr.DataArray:
    _, cosine, sine = harmonic(cycle)
    return arctan2(sine, cosine).where(amplitude(cycle) > 0)


def _days(sine: xr.DataArray, cosine: xr.DataArray) -> xr.DataArray:
    return arctan2(sine, cosine) * DAYS_PER_YEAR / (2.0 * np.pi)

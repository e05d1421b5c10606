"""When in the year the peak is: uptake, productivity, respiration, emission."""

import numpy as np
import xarray as xr

from benchmark.metrics import scores
from benchmark.metrics.aggregate import aggregate, collected
from benchmark.metrics.peak import peak_angle, peak_month, upright
from benchmark.metrics.registry import metric
from benchmark.metrics.seasonal_cycle import DAYS_PER_YEAR
from benchmark.metrics.seasons import has_cycle
from benchmark.statistics.elementwise import arctan2, cos, sin, where

_YEAR = 2.0 * np.pi
NO_PEAK = (
    "no peak to time: a month is missing, the model is flat, or the reference has "
    "no seasonal cycle above its mean and noise"
)


@metric(
    long_name="shift of the seasonal peak",
    equation=r"\Delta = t^*_m - t^*_r; S = (1 + \cos(2\pi\Delta / 365.2425)) / 2",
    perfect=0.0,
    bounds=(-DAYS_PER_YEAR / 2, DAYS_PER_YEAR / 2),
    direction="zero",
    units="day",
    source="score of Collier et al. (2018), https://doi.org/10.1029/2018MS001354, "
    "with the peak between months; the minimum of a net carbon flux",
    kinds=("map", "regional", "sites"),
)
def extremum_shift(
    model_climatology: xr.DataArray,
    reference_climatology: xr.DataArray,
    reference_iav: xr.DataArray | None = None,
    *,
    weights: xr.DataArray | None = None,
) -> xr.Dataset:
    """Days by which the model's peak is later: peak uptake of a net carbon flux.

    The peak is that of a wave through the extreme month and its neighbours, so
    shoulders and a long winter do not move it, as they move the first harmonic
    of `seasonal_phase`. Not assessed where the reference has no cycle to time
    (`benchmark.metrics.seasons.has_cycle`).

    Parameters
    ----------
    model_climatology, reference_climatology : xarray.DataArray
        Twelve months (month, region), (month, site) or (month, lat, lon), same
        units, with the attribute ``variable``: the minimum of nee, nbe and
        nep, the maximum of gpp, npp, ra, rh, reco and ch4.
    reference_iav : xarray.DataArray, optional
        RMS of the reference about its climatology.
    weights : xarray.DataArray, optional
        (region, lat, lon) or (region, site); None for regional statistics.
        Places are scored one by one; the value is their circular mean.

    Returns
    -------
    xarray.Dataset
        value (region,) in days, positive if the model is later; score;
        message; value_map and score_map for maps.

    Raises
    ------
    ValueError
        If the variable is not said, or it is not known which extreme is meant.

    Examples
    --------
    >>> at = {"month": np.arange(1, 13), "region": ["east"]}
    >>> cycles = np.zeros((2, 12, 1))
    >>> cycles[0, 5:8, 0], cycles[1, 5:8, 0] = (-2, -3, -2), (-3, -2, 0)
    >>> model, reference = (
    ...     xr.DataArray(c, at, ("month", "region"), attrs={"variable": "nee"})
    ...     for c in cycles)
    >>> float(extremum_shift(model, reference)["value"].round()[0])
    23.0
    """
    cycles = upright("extremum_shift", model_climatology, reference_climatology)
    angle = peak_angle(cycles[0]) - peak_angle(cycles[1])
    angle = angle.where(has_cycle(reference_climatology, reference_iav))
    return _on_the_circle(angle, DAYS_PER_YEAR, weights)


@metric(
    long_name="shift of the month of the peak",
    equation=r"\Delta = (k_m - k_r)\ \mathrm{mod}\ 12; S = (1 + \cos(2\pi\Delta/12))/2",
    perfect=0.0,
    bounds=(-6.0, 6.0),
    direction="zero",
    units="month",
    source="score of Collier et al. (2018), https://doi.org/10.1029/2018MS001354; "
    "the minimum of a net carbon flux",
    kinds=("map", "regional", "sites"),
)
def month_of_peak(
    model_climatology: xr.DataArray,
    reference_climatology: xr.DataArray,
    reference_iav: xr.DataArray | None = None,
    *,
    weights: xr.DataArray | None = None,
) -> xr.Dataset:
    """Whole months by which the model's peak is later, the short way round.

    Parameters
    ----------
    model_climatology, reference_climatology, reference_iav, weights
        See `extremum_shift`.

    Returns
    -------
    xarray.Dataset
        value (region,) in months, positive if the model is later, 6 for half a
        year; score: 1, 0.93, 0.75, 0.5, 0.25, 0.07, 0 for 0 to 6 months;
        message; value_map and score_map for maps.

    Raises
    ------
    ValueError
        If the variable is not said, or it is not known which extreme is meant.
    """
    cycles = upright("month_of_peak", model_climatology, reference_climatology)
    months = peak_month(cycles[0]) - peak_month(cycles[1])
    months = months.where(has_cycle(reference_climatology, reference_iav))
    return _on_the_circle(months * _YEAR / 12.0, 12.0, weights)


def _on_the_circle(
    angle: xr.DataArray, length: float, weights: xr.DataArray | None
) -> xr.Dataset:
    """Return angles of places as shifts in a year of some length, averaged."""
    sine, cosine = (aggregate(part(angle), weights) for part in (sin, cos))
    shift = _shift(sine, cosine, length)
    result = collected(
        value=_shift(sin(angle), cos(angle), length),
        score=scores.cosine(angle),
        weights=weights,
        regional_value=shift,
    )
    return result.assign(message=where(shift.isnull(), NO_PEAK, ""))


def _shift(sine: xr.DataArray, cosine: xr.DataArray, length: float) -> xr.DataArray:
    """Return a shift, the half year positive whatever rounding makes of it."""
    shift = arctan2(sine, cosine) * length / _YEAR
    return shift.where(~(shift < -length / 2 * (1 - 1e-12)), length / 2)

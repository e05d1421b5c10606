"""How long the season of uptake and the season of growth are."""

import numpy as np
import xarray as xr

from benchmark.metrics.aggregate import aggregate, collected
from benchmark.metrics.peak import NET_CARBON, require_variable
from benchmark.metrics.registry import metric
from benchmark.metrics.seasons import MID_MONTH, year_angle
from benchmark.statistics.elementwise import dot, exp, where

SCALE_DAYS = 10.0
"""A season that is wrong by this many days scores 0.37."""

GROWING_THRESHOLD = 0.2
"""Part of the largest productivity of the year above which plants grow."""

NOT_WHOLE = "a month is missing, or a side has no season at all"
_OF_THIS_PACKAGE = (
    "scale of 10 days of this package, a quarter of the shortest season that is "
    "compared; no literature value is known"
)


@metric(
    long_name="length of the carbon uptake period",
    equation=r"\Delta = n_m - n_r; S = \exp(-|\Delta| / 10\,\mathrm{d})",
    perfect=0.0,
    bounds=(-365.0, 365.0),
    direction="zero",
    units="day",
    source=_OF_THIS_PACKAGE,
    kinds=("map", "regional", "sites"),
)
def uptake_period(
    model_climatology: xr.DataArray,
    reference_climatology: xr.DataArray,
    *,
    weights: xr.DataArray | None = None,
) -> xr.Dataset:
    """Days of the mean year with net uptake, model minus reference.

    Between the middles of months the cycle is a straight line, from December
    to January too; the days are those on which it is below zero. A side that
    never takes up has 0 days. The scale is a proposal of this package.

    Parameters
    ----------
    model_climatology, reference_climatology : xarray.DataArray
        Twelve months of a net carbon flux, positive upward, (month, region),
        (month, site) or (month, lat, lon), with the attribute ``variable``.
    weights : xarray.DataArray, optional
        (region, lat, lon) or (region, site); None for regional statistics.
        Places are compared one by one and averaged.

    Returns
    -------
    xarray.Dataset
        value (region,) in days; score; reference_value, the reference's days;
        message; value_map and score_map for maps. NaN unless twelve months of
        both are valid.

    Raises
    ------
    ValueError
        If the variable is not said, or is not a net carbon flux.

    Examples
    --------
    >>> at = {"month": np.arange(1, 13), "region": ["east"]}
    >>> years = np.ones((2, 12, 1))
    >>> years[0, 5:8], years[1, 5:7] = -1.0, -1.0
    >>> model, reference = (
    ...     xr.DataArray(y, at, ("month", "region"), attrs={"variable": "nee"})
    ...     for y in years)
    >>> result = uptake_period(model, reference)
    >>> float(result["value"][0]), float(result["reference_value"][0])
    (30.75, 61.25)
    """
    sides = model_climatology, reference_climatology
    require_variable("uptake_period", NET_CARBON, *sides)
    lengths = [_days_below(side, "month", MID_MONTH.to_numpy()) for side in sides]
    return _compared(lengths[0], lengths[1], weights)


@metric(
    long_name="length of the growing season",
    equation=r"n = |\{d: g(d) > 0.2 \max g\}|; S = \exp(-|n_m - n_r| / 10\,\mathrm{d})",
    perfect=0.0,
    bounds=(-365.0, 365.0),
    direction="zero",
    units="day",
    source=_OF_THIS_PACKAGE,
    kinds=("map", "regional", "sites"),
)
def growing_season_length(
    model_climatology: xr.DataArray,
    reference_climatology: xr.DataArray,
    *,
    weights: xr.DataArray | None = None,
) -> xr.Dataset:
    """Days with more than a fifth of the largest GPP of the mean year.

    A mean and three harmonics are fitted to the twelve months; the days are
    those of the fitted curve. The scale is a proposal of this package.

    Parameters
    ----------
    model_climatology, reference_climatology : xarray.DataArray
        Twelve months of gpp (month, region), (month, site) or
        (month, lat, lon), with the attribute ``variable``.
    weights : xarray.DataArray, optional
        See `uptake_period`.

    Returns
    -------
    xarray.Dataset
        As `uptake_period`; value is model minus reference. NaN also where a
        side has no productivity at all.

    Raises
    ------
    ValueError
        If the variable is not said, or is not gpp.
    """
    sides = model_climatology, reference_climatology
    require_variable("growing_season_length", {"gpp"}, *sides)
    lengths = [_growing_days(side) for side in sides]
    return _compared(lengths[0], lengths[1], weights)


def _compared(
    model: xr.DataArray, reference: xr.DataArray, weights: xr.DataArray | None
) -> xr.Dataset:
    """Return the difference of two lengths in days, place by place, averaged."""
    days = model - reference
    result = collected(value=days, score=exp(-abs(days) / SCALE_DAYS), weights=weights)
    shown = aggregate(reference.where(days.notnull()), weights)
    message = where(result["value"].isnull(), NOT_WHOLE, "")
    return result.assign(reference_value=shown, message=message)


def _days_below(field: xr.DataArray, dimension: str, days: np.ndarray) -> xr.DataArray:
    """Return days on which the line through values at days of the year is below 0."""
    gaps = np.diff(np.append(days, days[0] + 365.0))
    after = field.roll({dimension: -1}, roll_coords=False)
    below = (-field).clip(min=0.0) + (-after).clip(min=0.0)
    size = abs(field) + abs(after)
    # Two zeros are not below zero.
    share = (below / size.where(size > 0)).where(~(size == 0), 0.0)
    length = xr.DataArray(gaps, {dimension: field[dimension]}, (dimension,))
    return (share * length).sum(dimension, skipna=False)


def _growing_days(cycle: xr.DataArray) -> xr.DataArray:
    curve = dot(
        xr.DataArray(_HARMONICS, {"month": cycle["month"]}, ("day", "month")),
        cycle,
        dim="month",
    ).assign_coords(day=_DAYS)
    largest = curve.max("day")
    length = _days_below(GROWING_THRESHOLD * largest - curve, "day", _DAYS)
    return length.where(largest > 0)


def _three_harmonics(days: np.ndarray) -> np.ndarray:
    """Return (day, month): twelve months to a fit of a mean and three harmonics."""

    def terms(angle: np.ndarray) -> np.ndarray:
        waves = [f(k * angle) for k in (1, 2, 3) for f in (np.cos, np.sin)]
        return np.stack([np.ones(angle.size), *waves], axis=1)

    months = year_angle(MID_MONTH).to_numpy()
    return terms(2.0 * np.pi / 365.0 * days) @ np.linalg.pinv(terms(months))


_DAYS = np.arange(0.0, 365.0, 5.0)
_HARMONICS = _three_harmonics(_DAYS)

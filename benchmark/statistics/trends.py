"""Slope and direction of annual means, by rank."""

import warnings
from typing import NamedTuple

import numpy as np
import xarray as xr
from scipy.stats import theilslopes

from benchmark.statistics.years import std_between_years

MINIMUM_YEARS = 15
"""Years below which a trend is not told from variability."""

SIGNIFICANCE = 0.05
LAGS = 3


def slopes(
    annual: xr.DataArray, years: np.ndarray, enough: xr.DataArray
) -> list[xr.DataArray]:
    """Median slope of annual means over the years, with its 95 % interval.

    Parameters
    ----------
    annual : xarray.DataArray
        (year, ...), any units; NaN in years that do not count.
    years : ndarray
        The years as numbers.
    enough : xarray.DataArray
        (...), where there are `MINIMUM_YEARS`.

    Returns
    -------
    list of xarray.DataArray
        Lower bound, slope and upper bound (...), per year.

    References
    ----------
    Sen (1968), https://doi.org/10.1080/01621459.1968.10480934
    """

    def fit(values: np.ndarray) -> tuple[float, float, float]:
        valid = np.isfinite(values)
        if valid.sum() < MINIMUM_YEARS:
            return (np.nan,) * 3
        # Fluxes of 1e-9 are scaled, so that no tolerance can matter.
        size = float(np.ptp(values[valid])) or 1.0
        found = theilslopes(values[valid] / size, years[valid], alpha=0.95)
        slopes = found.low_slope, found.slope, found.high_slope
        return tuple(float(slope) * size for slope in slopes)  # type: ignore[return-value]

    made = xr.apply_ufunc(
        fit,
        annual.chunk(year=-1) if annual.chunks else annual,
        vectorize=True,
        input_core_dims=[["year"]],
        output_core_dims=[[], [], []],
        dask="parallelized",
        output_dtypes=[float] * 3,
    )
    return [one.where(enough) for one in made]


def directions(
    annual: xr.DataArray, enough: xr.DataArray
) -> tuple[xr.DataArray, xr.DataArray]:
    """Direction of the trend by `trend_test`, and its p.

    Parameters
    ----------
    annual : xarray.DataArray
        (year, ...), any units; NaN in years that do not count.
    enough : xarray.DataArray
        (...), where there are `MINIMUM_YEARS`.

    Returns
    -------
    tuple of xarray.DataArray
        -1, 0 or 1, and p, each (...).
    """

    def test(values: np.ndarray) -> tuple[float, float]:
        if np.isfinite(values).sum() < MINIMUM_YEARS:
            return np.nan, np.nan
        return trend_test(values)

    direction, p = xr.apply_ufunc(
        test,
        annual.chunk(year=-1) if annual.chunks else annual,
        vectorize=True,
        input_core_dims=[["year"]],
        output_core_dims=[[], []],
        dask="parallelized",
        output_dtypes=[float] * 2,
    )
    return direction.where(enough), p.where(enough)


def drift(annual: xr.DataArray, years: np.ndarray) -> xr.DataArray:
    """Divide the standard deviation of the years by the length of the record.

    Parameters
    ----------
    annual : xarray.DataArray
        (year, ...), any units; NaN in years that do not count.
    years : ndarray
        The years as numbers.

    Returns
    -------
    xarray.DataArray
        (...), units of `annual` per year: a slope that moves the mean by one
        standard deviation from the first year to the last.
    """
    labels = xr.DataArray(years, {"year": annual["year"]}, ("year",))
    labels = labels.where(annual.notnull())
    span = labels.max("year") - labels.min("year")
    return std_between_years(annual) / span.where(span > 0)


class Direction(NamedTuple):
    """Direction -1, 0 or 1, and the p of the test."""

    direction: float
    p: float


def trend_test(values: np.ndarray) -> Direction:
    """Test one series for a monotonic trend, corrected for autocorrelation.

    Parameters
    ----------
    values : ndarray
        (year,), any units, in order; NaN are left out.

    Returns
    -------
    Direction

    References
    ----------
    Hamed and Rao (1998), https://doi.org/10.1016/S0022-1694(97)00125-X
    """
    # Only this function needs it, and it imports slowly.
    import pymannkendall

    values = values[np.isfinite(values)]
    if np.ptp(values) == 0:
        return Direction(0.0, 1.0)
    plain = pymannkendall.original_test(values, alpha=SIGNIFICANCE)
    with np.errstate(invalid="ignore", divide="ignore"), warnings.catch_warnings():
        # Strong alternation makes the variance negative, its root is no number.
        warnings.simplefilter("ignore", RuntimeWarning)
        corrected = pymannkendall.hamed_rao_modification_test(
            values, alpha=SIGNIFICANCE, lag=LAGS
        )
    chosen = corrected if corrected.var_s > plain.var_s else plain
    return Direction(float(np.sign(chosen.s)) if chosen.h else 0.0, float(chosen.p))

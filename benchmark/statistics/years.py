"""Annual means and the spread between years."""

import numpy as np
import xarray as xr

from benchmark.statistics.sums import like, root, split, sums

MINIMUM_YEARS = 3
"""Complete years below which a spread between years is not a number."""

# Annual means that agree to this part of their mean square are equal years.
_SAME_YEARS = 1e-25


def annual_means(field: xr.DataArray) -> xr.DataArray:
    """Average each year, months weighted by their length in days.

    Parameters
    ----------
    field : xarray.DataArray
        Dimensions (time, ...), any units.

    Returns
    -------
    xarray.DataArray
        Dimensions (year, ...), units of `field`; NaN in a year with fewer
        than 12 valid months.

    Raises
    ------
    ValueError
        If `field` has no time dimension or lacks year, month or days.
    """
    series, calendar = split(field, "annual_means")
    years = xr.DataArray(np.unique(calendar["year"]), dims="year")
    rows = (years == calendar["year"]).assign_coords(year=years.data)
    total, amount = sums(series, rows * calendar["days"])
    _, months = sums(series, rows.astype(float))
    return like(total / amount.where(months == 12), field)


def annual_std(field: xr.DataArray) -> xr.DataArray:
    """Sample standard deviation of the annual means.

    Parameters
    ----------
    field : xarray.DataArray
        Dimensions (time, ...), any units.

    Returns
    -------
    xarray.DataArray
        Dimensions (...), units of `field`; NaN with fewer than
        `MINIMUM_YEARS` complete years.

    Raises
    ------
    ValueError
        If `field` has no time dimension or lacks year, month or days.
    """
    return std_between_years(annual_means(field))


def std_between_years(annual: xr.DataArray) -> xr.DataArray:
    """Sample standard deviation (ddof 1) of annual means over ``year``.

    Parameters
    ----------
    annual : xarray.DataArray
        Annual means (year, ...), any units; NaN in incomplete years.

    Returns
    -------
    xarray.DataArray
        Dimensions (...), same units; NaN with fewer than `MINIMUM_YEARS`
        years. Exactly 0 when the years are equal but for rounding.
    """
    count = annual.notnull().sum("year")
    count = count.where(count >= MINIMUM_YEARS)
    departure = annual - annual.max("year")
    centre = departure.sum("year") / count
    variance = ((departure - centre) ** 2).sum("year") / (count - 1)
    rounding = _SAME_YEARS * (annual**2).sum("year") / count
    return like(root(variance, rounding), annual)

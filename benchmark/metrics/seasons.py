"""The twelve months of two climatologies side by side."""

import numpy as np
import xarray as xr

from benchmark.statistics.elementwise import dot, sqrt

MINIMUM_MONTHS = 3
"""Fewer common months cannot show a cycle (a mean, a sine and a cosine)."""

SMALLEST_PART_OF_MEAN = 0.05
"""A first harmonic below this part of the mean is no seasonal cycle."""

SMALLEST_SHARE = 0.25
"""Share of the variance of the 12 months the first harmonic must explain."""

# Days of the year in the middle of each month, without 29 February.
_MIDDLE = [15.5, 45, 74.5, 105, 135.5, 166, 196.5, 227.5, 258, 288.5, 319, 349.5]
MID_MONTH = xr.DataArray(_MIDDLE, dims="month", coords={"month": np.arange(1, 13)})

# A range below this part of the largest value is rounding.
_ROUNDING = 1e-12


def common_months(
    model: xr.DataArray, reference: xr.DataArray
) -> tuple[xr.DataArray, xr.DataArray]:
    """Keep the months valid in both.

    A cycle observed from April to November is compared over these months: a
    peak in an unobserved month of one side says nothing.

    Parameters
    ----------
    model, reference : xarray.DataArray
        Climatologies (month, ...), same units.

    Returns
    -------
    tuple of xarray.DataArray
        Both (month, ...), NaN in other months and everywhere if fewer than
        `MINIMUM_MONTHS` remain.
    """
    both = model.notnull() & reference.notnull()
    both = both & (both.sum("month") >= MINIMUM_MONTHS)
    return model.where(both), reference.where(both)


def amplitude(cycle: xr.DataArray) -> xr.DataArray:
    """Largest minus smallest month; exactly 0 for a cycle flat but for rounding.

    Parameters
    ----------
    cycle : xarray.DataArray
        Climatology (month, ...), any units.

    Returns
    -------
    xarray.DataArray
        Dimensions (...), same units, >= 0.
    """
    span = cycle.max("month") - cycle.min("month")
    return span.where(~(span <= _ROUNDING * abs(cycle).max("month")), 0.0)


def peak_day(cycle: xr.DataArray) -> xr.DataArray:
    """Day of the year in the middle of the month of the maximum.

    Parameters
    ----------
    cycle : xarray.DataArray
        Climatology (month, ...), any units.

    Returns
    -------
    xarray.DataArray
        Dimensions (...), days; NaN where the cycle is missing or flat.
    """
    # The first of equal months, as argmax has it.
    day = MID_MONTH.where(cycle == cycle.max("month")).min("month")
    return day.where(amplitude(cycle) > 0)


def centralised_rmse(
    model: xr.DataArray, reference: xr.DataArray, month_length: xr.DataArray
) -> xr.DataArray:
    r"""RMS difference of two cycles after removing the mean of each.

    .. math:: \sqrt{\sum_m w_m (c_m - \bar c - (r_m - \bar r))^2}

    with plain means over the common months and w the share of the days.

    Parameters
    ----------
    model, reference : xarray.DataArray
        Climatologies (month, ...), same units.
    month_length : xarray.DataArray
        Dimension (month,), days.

    Returns
    -------
    xarray.DataArray
        Dimensions (...), same units.

    References
    ----------
    Collier et al. (2018), https://doi.org/10.1029/2018MS001354
    """
    model, reference = common_months(model, reference)
    difference = model - model.mean("month") - (reference - reference.mean("month"))
    days = month_length.fillna(0.0) * difference.notnull()
    count = days.sum("month")
    squares = (days * difference**2).sum("month")
    return sqrt(squares / count.where(count > 0))


def harmonic(cycle: xr.DataArray) -> tuple[xr.DataArray, xr.DataArray, xr.DataArray]:
    """Fit the first harmonic by least squares to twelve valid months.

    Parameters
    ----------
    cycle : xarray.DataArray
        Climatology (month, ...), any units.

    Returns
    -------
    tuple of xarray.DataArray
        Mean, and the coefficients of the cosine and the sine of the angle of
        the year, each (...) in units of `cycle`; NaN unless all twelve months
        are valid. They are linear in `cycle`; the angle is not.
    """
    angle = year_angle(MID_MONTH).values
    terms = np.stack([np.ones(12), np.cos(angle), np.sin(angle)], axis=1)
    fit = xr.DataArray(
        np.linalg.pinv(terms),
        dims=("term", "month"),
        coords={"month": MID_MONTH["month"]},
    )
    mean, cosine, sine = (
        dot(fit.isel(term=term), cycle, dim="month") for term in range(3)
    )
    return mean, cosine, sine


def has_cycle(cycle: xr.DataArray, noise: xr.DataArray | None = None) -> xr.DataArray:
    """Return where there is a seasonal cycle to time.

    Its first harmonic must be at least `SMALLEST_PART_OF_MEAN` of the size of
    the mean, explain `SMALLEST_SHARE` of the variance of the twelve months
    and not be smaller than the noise.

    Parameters
    ----------
    cycle : xarray.DataArray
        Climatology (month, ...), any units.
    noise : xarray.DataArray, optional
        RMS of the series about its climatology, (...), same units.

    Returns
    -------
    xarray.DataArray
        Dimensions (...), true or false; false unless all months are valid.
    """
    mean, cosine, sine = harmonic(cycle)
    size = sqrt(cosine**2 + sine**2)
    share = size**2 / 2.0 >= SMALLEST_SHARE * ((cycle - mean) ** 2).mean("month")
    clear = (size >= SMALLEST_PART_OF_MEAN * abs(mean)) & share
    return clear if noise is None else clear & (size >= noise)


def year_angle(day: xr.DataArray) -> xr.DataArray:
    """Angle in radians of a day of the 365-day year.

    Parameters
    ----------
    day : xarray.DataArray
        Days since the start of the year.

    Returns
    -------
    xarray.DataArray
        Radians, 2 pi for a year.
    """
    return 2.0 * np.pi / 365.0 * day

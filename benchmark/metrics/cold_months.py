"""Sums over months of the year, weighted by the lengths of the months."""

from collections.abc import Sequence

import xarray as xr

OCT_APR = (10, 11, 12, 1, 2, 3, 4)
SEP_MAY = (9, 10, 11, 12, 1, 2, 3, 4, 5)
SHOULDER = (5, 9, 10)
AUTUMN = (9, 10)


def year_mean(cycle: xr.DataArray, days: xr.DataArray) -> xr.DataArray:
    """Return the mean of twelve months, weighted by their lengths.

    Parameters
    ----------
    cycle : xarray.DataArray
        Climatology (month, ...), any units.
    days : xarray.DataArray
        Lengths (month,) in the calendar of the data.

    Returns
    -------
    xarray.DataArray
        Dimensions (...), same units; NaN unless all twelve are valid.
    """
    return part_of_year(cycle, days, range(1, 13))


def part_of_year(
    cycle: xr.DataArray, days: xr.DataArray, months: Sequence[int]
) -> xr.DataArray:
    r"""Return what some months add to the mean of the year.

    .. math:: \sum_{m \in M} d_m F_m / \sum_{m=1}^{12} d_m

    A rate per year: times the seconds of a year it is the amount of these
    months in one year.

    Parameters
    ----------
    cycle : xarray.DataArray
        Climatology (month, ...), any units.
    days : xarray.DataArray
        Lengths (month,) in the calendar of the data.
    months : sequence of int
        Which, 1 to 12. Those of a winter are of one calendar year: October
        to December and January to April of the same years.

    Returns
    -------
    xarray.DataArray
        Dimensions (...), same units; NaN unless all twelve are valid.

    Examples
    --------
    >>> import numpy as np
    >>> at = {"month": np.arange(1, 13)}
    >>> flat, month = xr.DataArray(np.full(12, 4.0), at), xr.DataArray(
    ...     np.full(12, 30.0), at)
    >>> float(part_of_year(flat, month, AUTUMN)), float(year_mean(flat, month))
    (0.6666666666666666, 4.0)
    """
    chosen = cycle["month"].isin(list(months))
    emitted = (cycle * days).where(chosen, 0.0).sum("month", skipna=False)
    complete = (cycle * days).sum("month", skipna=False) * 0.0
    if cycle.sizes["month"] < 12:
        complete = complete * float("nan")
    return emitted / days.sum("month") + complete

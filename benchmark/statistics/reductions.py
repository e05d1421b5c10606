r"""Reduce a monthly field or regional table over time.

Every function takes a ``DataArray`` with a ``time`` dimension and, along it,
the coordinates ``year``, ``month`` (1 to 12) and ``days`` (length of the month
in the data's own calendar); any other dimensions, (lat, lon) or (region,), are
kept. Missing values are NaN. The two sides of a comparison are already cut to
the same months and the same mask. Lazy in, lazy out: each result is a few sums
``weights (group, time) @ field (time, ...)`` made in one pass over the data,
so memory is bounded by the chunks and not by the length of the record. Sums
are float64 and squares are taken about a shift near the data, because fluxes
are of the order of 1e-8 kg m-2 s-1.

Which reductions commute with conservative regridding
-----------------------------------------------------
`LINEAR` names them. Regridding is x -> A x with A fixed as long as the mask
does not change in time, so every weighted sum over time commutes with it:

* ``mean``, ``climatology`` and ``annual_means`` are weighted sums whose
  weights depend on the calendar only, hence exact to rounding;
* ``crms``, ``iav``, ``annual_std`` and ``series_crmse`` are not:
  std(A x) <= A std(x), so the regridded native map is too large (and scores
  that divide by it too lenient). Make them from the regridded series; the
  standard deviation of annual means may be made from regridded annual means.
* ``valid_count`` belongs to a grid and is not regridded at all.

The condition is a mask that is constant in the period; where it varies, mask
both sides month by month before reducing.
"""

from collections.abc import Callable

import xarray as xr

from benchmark.statistics.pairs import series_crmse
from benchmark.statistics.sums import (
    ROUNDING,
    like,
    month_rows,
    root,
    shifted,
    split,
    spread_about_mean,
    sums,
)
from benchmark.statistics.years import annual_means, annual_std, std_between_years

__all__ = [
    "LINEAR",
    "STATISTICS",
    "annual_means",
    "annual_std",
    "climatology",
    "crms",
    "iav",
    "mean",
    "month_length",
    "series_crmse",
    "std_between_years",
    "valid_count",
]

LINEAR: frozenset[str] = frozenset({"mean", "climatology", "annual_means"})
"""Names of the reductions that commute with conservative regridding."""


def mean(field: xr.DataArray) -> xr.DataArray:
    """Average over time, months or years weighted by their length in days.

    Parameters
    ----------
    field : xarray.DataArray
        Dimensions (time, ...), any units; or static, returned as it is.

    Returns
    -------
    xarray.DataArray
        Dimensions (...), units of `field`; NaN where no month is valid.

    Examples
    --------
    >>> time = {d: ("time", v) for d, v in
    ...         [("year", [2001, 2001]), ("month", [1, 2]), ("days", [31., 28.])]}
    >>> gpp = xr.DataArray([0.0, 59.0], dims="time", coords=time)
    >>> float(mean(gpp))
    28.0
    """
    if "time" not in field.dims:
        return field
    series, calendar = split(field, "mean", ("days",))
    total, amount = sums(series, calendar["days"])
    return like(total / amount.where(amount > 0), field)


def climatology(field: xr.DataArray) -> xr.DataArray:
    """Average each calendar month over the years.

    Years count equally; a year in which the month is missing is left out.

    Parameters
    ----------
    field : xarray.DataArray
        Dimensions (time, ...), any units.

    Returns
    -------
    xarray.DataArray
        Dimensions (month, ...) with month 1 to 12, units of `field`; NaN where
        a month is never valid.

    Raises
    ------
    ValueError
        If `field` has no time dimension.
    """
    series, calendar = split(field, "climatology")
    total, count = sums(series, month_rows(calendar))
    return like(total / count.where(count > 0), field)


def crms(field: xr.DataArray) -> xr.DataArray:
    r"""Root mean square about the time mean, ILAMB's scale of variability.

    .. math:: \sqrt{\sum_t d_t (x_t - \bar x)^2 / \sum_t d_t}

    Parameters
    ----------
    field : xarray.DataArray
        Dimensions (time, ...), any units. Without time the result is the
        absolute value, ILAMB's rule for references without a time axis.

    Returns
    -------
    xarray.DataArray
        Dimensions (...), units of `field`, >= 0 and exactly 0 for a constant.

    References
    ----------
    Collier et al. (2018), https://doi.org/10.1029/2018MS001354
    """
    if "time" not in field.dims:
        return like(abs(field), field)
    series, calendar = split(field, "crms")
    return like(spread_about_mean(series, calendar["days"]), field)


def iav(field: xr.DataArray) -> xr.DataArray:
    r"""Root mean square of the series about its mean annual cycle.

    .. math:: \sqrt{\sum_t d_t (x_t - c_{m(t)})^2 / \sum_t d_t}

    with c the climatology. ILAMB calls it interannual variability.

    Parameters
    ----------
    field : xarray.DataArray
        Dimensions (time, ...), any units.

    Returns
    -------
    xarray.DataArray
        Dimensions (...), units of `field`, >= 0.

    Raises
    ------
    ValueError
        If `field` has no time dimension.

    References
    ----------
    Collier et al. (2018), https://doi.org/10.1029/2018MS001354
    """
    series, calendar = split(field, "iav")
    departure, rows = shifted(series), month_rows(calendar)
    plain, count = sums(departure, rows)
    cycle = (plain / count.where(count > 0)).fillna(0.0)
    total, amount = sums(departure, rows * calendar["days"])
    squares, _ = sums(departure**2, calendar["days"])
    days = amount.sum("month")
    days = days.where(days > 0)
    removed = (cycle * (2.0 * total - cycle * amount)).sum("month")
    spread = root((squares - removed) / days, ROUNDING * squares / days)
    return like(spread, field)


def valid_count(field: xr.DataArray) -> xr.DataArray:
    """Count the valid time steps.

    Parameters
    ----------
    field : xarray.DataArray
        Dimensions (time, ...), any units.

    Returns
    -------
    xarray.DataArray
        Dimensions (...), integer number of months.

    Raises
    ------
    ValueError
        If `field` has no time dimension.
    """
    series, _ = split(field, "valid_count", ())
    return series.notnull().sum("time").assign_attrs(units="1")


def month_length(field: xr.DataArray) -> xr.DataArray:
    """Mean length of each calendar month over the series.

    Parameters
    ----------
    field : xarray.DataArray
        Dimensions (time, ...).

    Returns
    -------
    xarray.DataArray
        Dimension (month,), days; NaN for a month that does not occur.

    Raises
    ------
    ValueError
        If `field` has no time dimension.
    """
    _, calendar = split(field, "month_length")
    rows = month_rows(calendar)
    count = rows.sum("time")
    length = (rows * calendar["days"]).sum("time") / count.where(count > 0)
    return length.rename("month_length").assign_attrs(units="days")


STATISTICS: dict[str, Callable[[xr.DataArray], xr.DataArray]] = {
    "mean": mean,
    "climatology": climatology,
    "crms": crms,
    "iav": iav,
    "annual": annual_means,
}
"""What ``model_<name>`` and ``reference_<name>`` of a metric are made with."""

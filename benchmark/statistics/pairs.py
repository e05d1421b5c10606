"""Statistics of a pair of monthly series, which no regridding can carry."""

import numpy as np
import xarray as xr

from benchmark.statistics.sums import like, split, spread_about_mean


def series_crmse(model: xr.DataArray, reference: xr.DataArray) -> xr.DataArray:
    r"""Centralised RMS error of the paired monthly series.

    .. math:: \sqrt{\overline{(m_t - \bar m - (r_t - \bar r))^2}}

    over the months valid in both, weighted by the days of the reference.

    Parameters
    ----------
    model, reference : xarray.DataArray
        Dimensions (time, ...), same units, same months in the same order;
        their calendars may differ.

    Returns
    -------
    xarray.DataArray
        Dimensions (...), units of `reference`.

    Raises
    ------
    ValueError
        If the months or the other coordinates differ, or time is missing.
    """
    left, left_calendar = split(model, "series_crmse")
    right, calendar = split(reference, "series_crmse")
    _same_months(left_calendar, calendar)
    left, right = xr.align(left, right, join="exact", copy=False)
    difference = left.astype(float) - right.astype(float)
    return like(spread_about_mean(difference, calendar["days"]), reference)


def _same_months(model: xr.Dataset, reference: xr.Dataset) -> None:
    for name in ("year", "month"):
        if not np.array_equal(model[name], reference[name]):
            msg = (
                "series_crmse: model and reference are not paired: their "
                f"'{name}' along time differ ({model.sizes['time']} and "
                f"{reference.sizes['time']} steps). Cut both to the common months."
            )
            raise ValueError(msg)

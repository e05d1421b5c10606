"""Weighted sums over time: what every reduction is made of."""

import numpy as np
import xarray as xr

from benchmark.statistics.elementwise import dot, sqrt

# A variance below this part of the mean square is rounding, not variability.
ROUNDING = 1e-13


def split(
    field: xr.DataArray, name: str, needs: tuple[str, ...] = ("year", "month", "days")
) -> tuple[xr.DataArray, xr.Dataset]:
    """Part the values from the calendar, so no index can misalign them."""
    absent = {"time"} - set(field.dims) or set(needs) - set(field.coords)
    if absent:
        msg = (
            f"{name}: '{field.name}' has no {', '.join(sorted(absent))} "
            f"(dimensions {field.dims}, coordinates {sorted(map(str, field.coords))}). "
            f"It needs a time dimension with {', '.join(needs)} along it; "
            "of a static field only mean and crms are defined."
        )
        raise ValueError(msg)
    along = [name for name in field.coords if "time" in field[name].dims]
    calendar = {key: ("time", field[key].data) for key in needs}
    return field.drop_vars(along), xr.Dataset(calendar)


def month_rows(calendar: xr.Dataset) -> xr.DataArray:
    """One row per calendar month: 1.0 where a time step is that month."""
    months = xr.DataArray(np.arange(1, 13), dims="month")
    rows = (months == calendar["month"]).astype(float)
    return rows.assign_coords(month=months.data)


def sums(
    series: xr.DataArray, weights: xr.DataArray
) -> tuple[xr.DataArray, xr.DataArray]:
    """Sum of weight times value, and of the weight of the valid values."""
    total = dot(weights, series.fillna(0.0), dim="time")
    return total, dot(weights, series.notnull(), dim="time")


def shifted(series: xr.DataArray) -> xr.DataArray:
    """Subtract a value of the first year, so that squares do not cancel."""
    start = series.isel(time=slice(0, 12)).max("time").fillna(0.0)
    return series.astype(float) - start.astype(float)


def spread_about_mean(series: xr.DataArray, days: xr.DataArray) -> xr.DataArray:
    """Root mean square about the time mean, months weighted by `days`."""
    departure = shifted(series)
    total, amount = sums(departure, days)
    squares, _ = sums(departure**2, days)
    amount = amount.where(amount > 0)
    square = squares / amount
    return root(square - (total / amount) ** 2, ROUNDING * square)


def root(variance: xr.DataArray, rounding: xr.DataArray) -> xr.DataArray:
    """Square root; exactly 0 where the variance is not above `rounding`."""
    return sqrt(variance.where(~(variance <= rounding), 0.0))


def like(result: xr.DataArray, field: xr.DataArray) -> xr.DataArray:
    """Give `result` the name and attributes of the field it is made of."""
    result = result.rename(field.name)
    result.attrs = dict(field.attrs)
    return result

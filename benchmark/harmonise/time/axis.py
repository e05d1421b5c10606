"""Which dimension of a file is time, whatever it is called there."""

import numpy as np
import xarray as xr

_NAMES = (
    "time",
    "times",
    "t",
    "year",
    "years",
    "yr",
    "time_counter",
    "time_centered",
    "date",
    "dates",
    "yyyymm",
    "yearmonth",
)
_SINCE = (" since ", " as %y")


def with_time(data: xr.Dataset) -> xr.Dataset:
    """Return the data with its dimension of time called `time`.

    It is the dimension ``time``; else the one whose coordinate has the axis T,
    the standard name time or units such as ``days since``; else the one with a
    usual name. Dimensions ``year`` and ``month`` become one.

    Parameters
    ----------
    data : Dataset
        As a file has it, time not decoded.

    Returns
    -------
    Dataset
        Lazy as before. As it was, where no dimension or several could be time.
    """
    if "time" in data.dims:
        return data
    both = _year_and_month(data)
    if both:
        return _stacked(data, *both)
    found = [str(dim) for dim in data.dims if _says_time(data, str(dim))]
    found = found or [str(dim) for dim in data.dims if str(dim).lower() in _NAMES]
    if len(found) != 1:
        return data
    (old,) = found
    # A scalar or another variable of that name would be in the way.
    if "time" in data.variables:
        data = data.drop_vars("time")
    named = data.rename({old: "time"})
    if "time" in named.variables:
        named["time"].attrs.setdefault("written_name", old)
    named.set_close(data.close)
    return named


def _says_time(data: xr.Dataset, dim: str) -> bool:
    if dim not in data.variables:
        return False
    attrs = data[dim].attrs
    units = f" {attrs.get('units', '')} ".lower()
    return (
        attrs.get("axis") == "T"
        or attrs.get("standard_name") == "time"
        or any(word in units for word in _SINCE)
    )


def _year_and_month(data: xr.Dataset) -> tuple[str, str] | None:
    lower = {str(dim).lower(): str(dim) for dim in data.dims}
    year = lower.get("year") or lower.get("years") or lower.get("yr")
    month = lower.get("month") or lower.get("months") or lower.get("mon")
    if year and month and year in data.variables and data.sizes[month] == 12:
        return year, month
    return None


def _stacked(data: xr.Dataset, year: str, month: str) -> xr.Dataset:
    """Return (year, month, ...) as (time, ...) with the months as YYYYMM."""
    years = np.asarray(data[year].to_numpy(), dtype=float)
    dates = (years[:, None] * 100 + np.arange(1, 13)[None, :]).ravel()
    plain = data.drop_vars([year, month], errors="ignore")
    stacked = plain.stack({"time": (year, month)}, create_index=False)
    stacked = stacked.assign_coords(time=("time", dates, {"written_name": year}))
    stacked = stacked.transpose("time", ...)
    stacked.set_close(data.close)
    return stacked

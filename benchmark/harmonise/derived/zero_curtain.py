"""The zero curtain: how long soil stays at 0 degrees Celsius while it freezes."""

import numpy as np
import xarray as xr

from benchmark.harmonise.derived.freezing import FREEZING, as_time, calendar_of
from benchmark.harmonise.derived.registry import Part, Parts, derivation, made_of
from benchmark.harmonise.harmonised import Harmonised

WITHIN = 0.75
"""How far from 0 degC counts as at it, K. Unconfirmed: 0.5 to 0.75 are in use."""

_TEXT = f"longest run of days within {WITHIN} K of 0 degC after the warmest day"
# A year begins in spring: a curtain that begins in autumn may end in the next.
_FIRST = 4


@derivation("zero_curtain", Part("tsl", steps="days"), text=_TEXT)
def zero_curtain(parts: Parts) -> Harmonised:
    """Return the duration of the zero curtain of each year.

    Parameters
    ----------
    parts : mapping of str to Harmonised
        ``tsl`` (time, ...), K, by days, at 0.1-0.2 m.

    Returns
    -------
    Harmonised
        (time, ...), days, yearly, of grade C, because its threshold is not
        confirmed; see `durations`.
    """
    part = parts["tsl"]
    found, counts = durations(part.field)
    north = part.field["lat"] >= 0
    field = as_time(found, calendar_of(part.field)).where(north)
    texts = {
        "unthawed": "columns and years do not thaw: without zero curtain",
        "unfrozen": "columns and years do not freeze up after summer: left out",
        "cut": "columns and years end within their zero curtain: left out",
    }
    numbers = tuple((texts[key], where.sum()) for key, where in counts.items())
    remark = f"zero curtain: within {WITHIN} K of 0 degC, a width that is unconfirmed"
    return made_of(
        "zero_curtain", parts, field, remark=remark, grade="C", counts=numbers
    )


def durations(
    temperature: xr.DataArray, within: float = WITHIN
) -> tuple[xr.DataArray, dict[str, xr.DataArray]]:
    """Return how long soil stays near 0 degC after summer, year by year.

    Parameters
    ----------
    temperature : DataArray
        (time, ...), K, each day of whole years, with ``year`` along time.
    within : float
        How far from 0 degC counts as at it, K.

    Returns
    -------
    duration : DataArray
        (year, ...), days: the longest run of days after the warmest one, from
        April to March of the next year, or to December in the last year. 0
        where soil freezes through within a day. NaN where it does not get
        warmer than `within` or not colder than minus that after summer, or
        where the run is cut by the end of what is there.
    left_out : dict of DataArray
        (year, ...), true or false: ``unthawed``, ``unfrozen``, ``cut``.

    Examples
    --------
    >>> import cftime
    >>> days = xr.date_range("2001-01-01", "2001-12-31", use_cftime=True)
    >>> summer = (days.month > 5) & (days.month < 10)
    >>> kelvin = np.where(summer, 280.0, np.where(days.month == 10, 273.0, 260.0))
    >>> soil = xr.DataArray(
    ...     kelvin, {"time": days, "year": ("time", days.year)}, dims="time"
    ... )
    >>> durations(soil)[0].values
    array([31.])
    """
    if temperature.chunks is not None:
        temperature = temperature.chunk(time=-1)
    windows = _windows(temperature)
    found = [
        xr.apply_ufunc(
            _longest,
            temperature.isel(time=steps).reset_coords(drop=True).drop_vars("time"),
            input_core_dims=[["time"]],
            kwargs={"within": within},
            dask="parallelized",
            output_dtypes=[np.float64],
        )
        for steps in windows.values()
    ]
    codes = xr.concat(found, xr.DataArray(list(windows), dims="year", name="year"))
    kept = {n: c for n, c in temperature.coords.items() if "time" not in c.dims}
    codes = codes.assign_coords(kept)
    reasons = {"unthawed": _UNTHAWED, "unfrozen": _UNFROZEN, "cut": _CUT}
    return codes.where(codes >= 0), {k: codes == code for k, code in reasons.items()}


_UNTHAWED, _UNFROZEN, _CUT = -1.0, -2.0, -3.0


def _windows(temperature: xr.DataArray) -> dict[int, np.ndarray]:
    """Return the steps of each year, from April to March."""
    years = temperature["year"].to_numpy()
    months = np.array([date.month for date in temperature["time"].to_numpy()])
    of = np.where(months >= _FIRST, years, years - 1)
    held = np.unique(years).tolist()
    return {year: np.flatnonzero(of == year) for year in held}


def _longest(kelvin: np.ndarray, *, within: float) -> np.ndarray:
    """Return the longest run of (..., time), or a code for why there is none."""
    celsius = kelvin - FREEZING
    missing = np.isnan(celsius.sum(axis=-1, keepdims=True))
    filled = np.where(missing, 0.0, celsius)
    peak = np.argmax(filled, axis=-1, keepdims=True)
    after = np.arange(filled.shape[-1]) > peak
    near: np.ndarray = np.where(after, np.abs(filled) <= within, False)
    run = longest = np.zeros(filled.shape[:-1])
    for day in range(after.shape[-1]):
        run = np.where(near[..., day], run + 1.0, 0.0)
        longest = np.maximum(longest, run)
    found = np.where(run > 0, _CUT, longest)
    frozen = (after & (filled < -within)).any(axis=-1)
    found = np.where(frozen | (run > 0), found, _UNFROZEN)
    found = np.where(filled.max(axis=-1) <= within, _UNTHAWED, found)
    return np.where(missing[..., 0], np.nan, found)

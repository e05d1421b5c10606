"""Where in the year the peak of a cycle is: finer than a month, and its month."""

from collections.abc import Collection

import numpy as np
import xarray as xr

from benchmark.metrics.seasons import MID_MONTH, amplitude, year_angle
from benchmark.statistics.elementwise import arctan2, dot

NET_CARBON = frozenset({"nee", "nbe", "nep"})
"""Net fluxes of carbon, positive upward: peak uptake is their minimum."""

PEAK_IS_MAXIMUM = frozenset({"gpp", "npp", "ra", "rh", "reco", "ch4"})
"""Fluxes of which the maximum is the peak."""


def variable_of(metric: str, *statistics: xr.DataArray) -> str:
    """Return which variable statistics are of, as their attributes say.

    Parameters
    ----------
    metric : str
        Name of the metric, for messages.
    *statistics : xarray.DataArray
        With the attribute ``variable``; at least one has it.

    Returns
    -------
    str

    Raises
    ------
    ValueError
        If none says it, or they are of different variables.
    """
    found = {str(s.attrs["variable"]) for s in statistics if "variable" in s.attrs}
    if len(found) == 1:
        return found.pop()
    said = f"{' and '.join(sorted(found))}" if found else "none"
    msg = (
        f"{metric}: needs to know which variable it is given, to tell a peak from a "
        f"minimum; the attribute 'variable' says {said}. Set it on both sides, such "
        'as climatology.attrs["variable"] = "nee".'
    )
    raise ValueError(msg)


def require_variable(
    metric: str, allowed: Collection[str], *statistics: xr.DataArray
) -> None:
    """Refuse statistics of a variable that a metric says nothing of.

    Parameters
    ----------
    metric : str
        Name of the metric, for messages.
    allowed : collection of str
        Variables it is for.
    *statistics : xarray.DataArray
        See `variable_of`.

    Raises
    ------
    ValueError
        If the variable is not said, or another one.
    """
    variable = variable_of(metric, *statistics)
    if variable not in allowed:
        msg = (
            f"{metric}: is of {', '.join(sorted(allowed))}; found '{variable}'. "
            "Remove it from the metrics of this reference."
        )
        raise ValueError(msg)


def upright(
    metric: str, model: xr.DataArray, reference: xr.DataArray
) -> tuple[xr.DataArray, xr.DataArray]:
    """Return both cycles such that the peak is the maximum.

    Net carbon fluxes are positive upward, so their peak uptake is a minimum;
    of gross fluxes and of methane the maximum is meant.

    Parameters
    ----------
    metric : str
        Name of the metric, for messages.
    model, reference : xarray.DataArray
        Climatologies (month, ...) with the attribute ``variable``.

    Returns
    -------
    tuple of xarray.DataArray
        Both, negated for net carbon fluxes.

    Raises
    ------
    ValueError
        If the variable is not said, or has no peak of which it is known which
        extreme it is.
    """
    require_variable(metric, NET_CARBON | PEAK_IS_MAXIMUM, model, reference)
    if variable_of(metric, model, reference) in NET_CARBON:
        return -model, -reference
    return model, reference


def peak_month(cycle: xr.DataArray) -> xr.DataArray:
    """Month of the maximum.

    Parameters
    ----------
    cycle : xarray.DataArray
        Climatology (month, ...), any units.

    Returns
    -------
    xarray.DataArray
        1 to 12, (...), the first of equal ones; NaN unless twelve months are
        valid, and where the cycle is flat.
    """
    months = xr.DataArray(np.arange(1.0, 13.0), {"month": cycle["month"]}, ("month",))
    first = months.where(cycle == cycle.max("month")).min("month")
    return first.where((amplitude(cycle) > 0) & cycle.notnull().all("month"))


def peak_angle(cycle: xr.DataArray) -> xr.DataArray:
    """Angle of the year of the maximum, finer than a month.

    A constant and one wave of the year pass through the month of the maximum
    and its two neighbours; the angle is where that wave is largest. It is
    exact for a wave of any mean and size, and lies between the neighbours of
    the month for any cycle.

    Parameters
    ----------
    cycle : xarray.DataArray
        Climatology (month, ...), any units.

    Returns
    -------
    xarray.DataArray
        Radians (...); NaN where `peak_month` is.

    Examples
    --------
    >>> day = 200.0
    >>> cycle = np.cos(2 * np.pi * (MID_MONTH - day) / 365)
    >>> round(float(peak_angle(cycle)) * 365 / (2 * np.pi) % 365, 6)
    200.0
    """
    wave = xr.DataArray(_WAVES, dims=("term", "centre", "month")).assign_coords(
        month=cycle["month"]
    )
    # The largest value is subtracted, so that a small cycle on a large mean
    # is not lost by rounding.
    about = (cycle - cycle.max("month")).fillna(0.0)
    cosine, sine = (dot(wave.isel(term=t), about, dim="month") for t in (0, 1))
    centre = xr.DataArray(np.arange(1.0, 13.0), dims="centre")
    angle = arctan2(sine, cosine).where(centre == peak_month(cycle))
    return angle.max("centre")


def _through_three_months() -> np.ndarray:
    """Return what makes cosine and sine of a wave through months k-1, k, k+1.

    (2, 12, 12): term, month k in the middle, month.
    """
    angle = year_angle(MID_MONTH).to_numpy()
    made = np.zeros((2, 12, 12))
    for month in range(12):
        three = [month - 1, month, (month + 1) % 12]
        terms = np.stack([np.ones(3), np.cos(angle[three]), np.sin(angle[three])], 1)
        made[:, month, three] = np.linalg.inv(terms)[1:]
    return made


_WAVES = _through_three_months()

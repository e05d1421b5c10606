r"""Formulas that turn an error into a score between 0 and 1 (1 is best).

They know nothing of space or time, take numbers or arrays, and are lazy. A
score that cannot be assessed is NaN, never 0 or 1.
"""

from collections.abc import Callable

import numpy as np
import xarray as xr

from benchmark.statistics.elementwise import cos, exp, log, maximum

Number = float | xr.DataArray


def relative(error: xr.DataArray, scale: xr.DataArray) -> xr.DataArray:
    r"""Score an error relative to the variability of the reference.

    .. math:: S = \exp(-|e| / s)

    Parameters
    ----------
    error, scale : xarray.DataArray
        Same units.

    Returns
    -------
    xarray.DataArray
        Score; NaN where `scale` is not positive.

    References
    ----------
    Collier et al. (2018), https://doi.org/10.1029/2018MS001354
    """
    return exp(-abs(error) / scale.where(scale > 0))


def sigma(
    value: xr.DataArray, reference: Number, *, tolerance: Number, scale: Number
) -> xr.DataArray:
    r"""Score the distance to a reference beyond its tolerance.

    .. math:: S = \exp(-\max(0, |x - \mu| - u) / s)

    Parameters
    ----------
    value : xarray.DataArray
        x, any units.
    reference, tolerance, scale : float or xarray.DataArray
        mu, u >= 0 and s > 0, same units. s is the size of error that matters
        to the user, so it does not shrink with a better reference.

    Returns
    -------
    xarray.DataArray
        Score.

    Raises
    ------
    ValueError
        If s <= 0 or u < 0.

    Examples
    --------
    >>> x = xr.DataArray([-3.0, -30.0])
    >>> sigma(x, -3.0, tolerance=10.0, scale=17.0).round(4).values
    array([1.    , 0.3679])
    """
    _require_positive("scale", scale)
    if _any(tolerance, lambda u: u < 0):
        msg = f"sigma: the tolerance must be >= 0, found {np.asarray(tolerance)}."
        raise ValueError(msg)
    return exp(-(abs(value - reference) - tolerance).clip(min=0.0) / scale)


def interval(
    value: xr.DataArray, low: Number, high: Number, *, scale: Number
) -> xr.DataArray:
    r"""Score the distance to the nearest bound of an interval.

    .. math:: S = \exp(-\max(0, l - x, x - h) / s)

    Parameters
    ----------
    value : xarray.DataArray
        x, any units.
    low, high : float or xarray.DataArray
        Bounds l <= h, same units.
    scale : float or xarray.DataArray
        s > 0, same units.

    Returns
    -------
    xarray.DataArray
        Score, 1 inside the interval.

    Raises
    ------
    ValueError
        If s <= 0 or l > h.
    """
    _require_positive("scale", scale)
    _require_ordered(low, high)
    distance = maximum(low - value, value - high).clip(min=0.0)
    return exp(-distance / scale)


def logratio(value: xr.DataArray, low: Number, high: Number) -> xr.DataArray:
    r"""Score the distance in ln to the nearest bound; a factor 2 gives 0.37.

    .. math:: S = \exp(-\max(0, \ln(l / x), \ln(x / h)) / \ln 2)

    For a reference with relative uncertainty u, l = ref / (1 + u) and
    h = ref (1 + u). Only for positive quantities, never for a net flux.

    Parameters
    ----------
    value : xarray.DataArray
        x, any units.
    low, high : float or xarray.DataArray
        Bounds 0 < l <= h, same units.

    Returns
    -------
    xarray.DataArray
        Score; 0 where `value` is not positive, NaN where a bound is not.

    Raises
    ------
    ValueError
        If l > h.
    """
    _require_ordered(low, high)
    x, bounds = _log(value), (_log(low), _log(high))
    distance = maximum(bounds[0] - x, x - bounds[1]).clip(min=0.0)
    score = exp(-distance / np.log(2.0))
    # A reference that is not positive is not assessed, whatever the sign of x.
    wrong_sign = (value <= 0) & ((bounds[0] + bounds[1]) * 0 == 0)
    return score.where(~wrong_sign, 0.0)


def ratio(value: xr.DataArray) -> xr.DataArray:
    r"""Score a ratio of model to reference; a factor 2 gives 0.37.

    .. math:: S = \exp(-|\ln q| / \ln 2)

    Parameters
    ----------
    value : xarray.DataArray
        The ratio q >= 0.

    Returns
    -------
    xarray.DataArray
        Score; 0 where q is 0.
    """
    return logratio(value, 1.0, 1.0)


def cosine(angle: xr.DataArray) -> xr.DataArray:
    r"""Score a shift of the annual cycle given as an angle.

    .. math:: S = (1 + \cos\Delta) / 2

    Parameters
    ----------
    angle : xarray.DataArray
        Shift in radians; a year is 2 pi.

    Returns
    -------
    xarray.DataArray
        Score, 0 for half a year.
    """
    return 0.5 * (1.0 + cos(angle))


def taylor(correlation: xr.DataArray, std_ratio: xr.DataArray) -> xr.DataArray:
    r"""Score a pattern by its correlation and its standard deviation.

    .. math:: S = \frac{4 (1 + R)}{(\sigma + 1/\sigma)^2 (1 + R_0)},\quad R_0 = 1

    Parameters
    ----------
    correlation, std_ratio : xarray.DataArray
        R, and sigma = std(model) / std(reference).

    Returns
    -------
    xarray.DataArray
        Score; 0 where sigma is 0, the limit whatever R.

    References
    ----------
    Taylor (2001), https://doi.org/10.1029/2000JD900719
    """
    spread = std_ratio.where(std_ratio > 0)
    score = 2.0 * (1.0 + correlation) / (spread + 1.0 / spread) ** 2
    return score.where(~(std_ratio == 0), 0.0)


def _log(value: Number) -> Number:
    """Return the natural logarithm, NaN where it has none."""
    if isinstance(value, xr.DataArray):
        return log(value.where(value > 0))
    return float(np.log(value)) if value > 0 else float("nan")


def _require_positive(name: str, value: Number) -> None:
    if _any(value, lambda number: number <= 0):
        found = np.asarray(value)
        msg = f"the {name} of a score must be > 0, found {found}: state its size."
        raise ValueError(msg)


def _require_ordered(low: Number, high: Number) -> None:
    if _any(low - high, lambda gap: gap > 0):
        bounds = f"{np.asarray(low)} and {np.asarray(high)}"
        msg = f"a lower bound is above its upper bound: found {bounds}."
        raise ValueError(msg)


def _any(value: Number, condition: Callable[[Number], Number]) -> bool:
    """Return whether any number meets the condition; lazy ones are not asked."""
    if isinstance(value, xr.DataArray):
        return value.chunks is None and bool(np.any(condition(value)))
    return bool(condition(value))

"""Null models beside a model: constants that know nothing of the regions."""

from collections.abc import Sequence

import numpy as np
import xarray as xr

from benchmark.metrics import scores

_PER_YEAR = 1e3 * 365.2425 * 86400.0


def null_scores(
    null_values: Sequence[float],
    reference: xr.DataArray,
    *,
    tolerance: float,
    scale: float,
) -> xr.DataArray:
    """Score each null model, one constant for all regions, by ``sigma``.

    Parameters
    ----------
    null_values : sequence of float
        The constants, in units of the reference.
    reference : xarray.DataArray
        (region,).
    tolerance, scale : float
        u >= 0 and s > 0, see `benchmark.metrics.scores.sigma`.

    Returns
    -------
    xarray.DataArray
        (null_model, region); the coordinate is the constant.

    Examples
    --------
    >>> reference = xr.DataArray([0.0, -40.0], {"region": ["a", "b"]})
    >>> found = null_scores([0.0, -40.0], reference, tolerance=0.0, scale=40.0)
    >>> found.round(2).values.tolist()
    [[1.0, 0.37], [0.37, 1.0]]
    """
    values = np.asarray(null_values, dtype=float)
    nulls = xr.DataArray(values, {"null_model": values}, ("null_model",))
    return scores.sigma(nulls, reference, tolerance=tolerance, scale=scale)


def best_null(each: xr.DataArray) -> xr.DataArray:
    """Return the scores of the null model with the best mean over regions.

    One null model for all regions: the best of each region would be an oracle
    that no model can beat.

    Parameters
    ----------
    each : xarray.DataArray
        (null_model, region), from `null_scores`.

    Returns
    -------
    xarray.DataArray
        (region,).
    """
    average = _over_parts(each)
    best = each.where(average == average.max("null_model"))
    return best.max("null_model")


def null_finding(score: xr.DataArray, each: xr.DataArray, units: str) -> str:
    """Say what the null models reach, and whether the model beats them.

    Parameters
    ----------
    score : xarray.DataArray
        (region,), of the model; regions without one are left out on both
        sides.
    each : xarray.DataArray
        (null_model, region), from `null_scores`.
    units : str
        Of the constants; kg m-2 s-1 is told as g m-2 yr-1.

    Returns
    -------
    str
        Empty where nothing was scored.

    Examples
    --------
    >>> at = {"region": ["a", "b"]}
    >>> reference = xr.DataArray([-20.0, -40.0], at)
    >>> nulls = null_scores([0.0, -30.0], reference, tolerance=0.0, scale=20.0)
    >>> print(null_finding(xr.DataArray([0.3, 0.5], at), nulls, "g m-2 yr-1"))
    null models, mean over regions: no flux 0.25, a uniform sink of 30 g m-2 yr-1 \
0.61; no regional skill shown: a uniform sink of 30 g m-2 yr-1 scores 0.61, \
the model 0.40
    """
    score, each = xr.broadcast(score, each)
    held = score.notnull() & each.notnull()
    average = _over_parts(each.where(held))
    mine = float(_over_parts(score.where(held)).max())
    if not np.isfinite(mine):
        return ""
    names = [_name(float(value), units) for value in average["null_model"]]
    reached = dict(zip(names, average.to_numpy().tolist(), strict=True))
    listed = ", ".join(f"{name} {value:.2f}" for name, value in reached.items())
    text = f"null models, mean over regions: {listed}"
    best = max(reached, key=lambda name: reached[name])
    # A model that is a null model does not beat itself by rounding.
    if mine > reached[best] + 1e-6:
        return text
    return (
        f"{text}; no regional skill shown: {best} scores {reached[best]:.2f}, "
        f"the model {mine:.2f}"
    )


def _over_parts(each: xr.DataArray) -> xr.DataArray:
    """Average over the regions; the domain they make up is none of them."""
    names = each["region"].to_numpy().astype(str)
    parts = np.array([not name.endswith("_domain") for name in names])
    return each.isel(region=np.flatnonzero(parts if parts.any() else ~parts)).mean(
        "region"
    )


def _name(value: float, units: str) -> str:
    if units == "kg m-2 s-1":
        value, units = value * _PER_YEAR, "g m-2 yr-1"
    value = round(value, 1) + 0.0
    if value == 0:
        return "no flux"
    kind = "sink" if value < 0 else "source"
    return f"a uniform {kind} of {abs(value):g} {units}"

"""Shares of an annual emission, of both sides, and their score."""

from collections.abc import Sequence

import xarray as xr

from benchmark.metrics import scores
from benchmark.metrics.aggregate import SITE, paired, places
from benchmark.metrics.cold_months import part_of_year
from benchmark.metrics.wetland import regional
from benchmark.statistics.elementwise import where

EQUATION = r"S = \exp(-\max(0, |f - f_r| - u) / s)"
SCALE = 0.15
"""s of the score: the size of an error of a share that matters."""
SOURCE = (
    "share of the cold season in annual methane emission, Zona et al. (2016), "
    "https://doi.org/10.1073/pnas.1516017113, with the exponential score of this "
    "package"
)

_CROSSES = 0.1
"""Months of the other sign may take up this part of what the rest emits."""


def share_of_months(
    name: str,
    cycles: tuple[xr.DataArray, xr.DataArray | None],
    stated: xr.DataArray | None,
    days: xr.DataArray,
    months: Sequence[int],
    weights: xr.DataArray | None,
    of: Sequence[int] = range(1, 13),
) -> tuple[xr.DataArray, xr.DataArray]:
    """Return the share of some months, of the model and of the reference.

    Parameters
    ----------
    name : str
        Of the metric.
    cycles : tuple
        Climatologies (month, ...) of both; that of the reference or None.
    stated : xarray.DataArray or None
        What the reference states (region,), if ``value_of`` is `name`.
    days : xarray.DataArray
        Lengths (month,).
    months, of : sequence of int
        Which months, and of which.
    weights : xarray.DataArray or None
        Areas (region, lat, lon), or 1 and 0 (region, site).

    Returns
    -------
    tuple of xarray.DataArray
        Both (region,).

    Raises
    ------
    ValueError
        If the reference has neither.
    """
    model, reference = cycles
    if stated is not None and stated.attrs.get("value_of") == name:
        return _share(model, days, months, of, weights), stated
    if reference is None:
        msg = (
            f"{name}: the reference has neither monthly values nor a share. Write "
            f"'value_of: {name}' under 'data:' of the reference if its numbers are "
            "shares of these months."
        )
        raise ValueError(msg)
    model, reference = paired(model, reference)
    model_share, reference_share = (
        _share(cycle, days, months, of, weights) for cycle in (model, reference)
    )
    return model_share, reference_share


def share_of_means(
    name: str,
    model: tuple[xr.DataArray, xr.DataArray],
    reference: tuple[xr.DataArray | None, xr.DataArray],
    weights: xr.DataArray | None,
) -> tuple[xr.DataArray, xr.DataArray]:
    """Return what a part has in a whole, of the model and of the reference.

    Parameters
    ----------
    name : str
        Of the metric.
    model, reference : tuple of xarray.DataArray
        Part and whole (...); the part of the reference is None where its whole
        is the share itself, with ``value_of`` equal to `name`.
    weights : xarray.DataArray or None
        Areas (region, lat, lon), or 1 and 0 (region, site).

    Returns
    -------
    tuple of xarray.DataArray
        Both (region,).

    Raises
    ------
    ValueError
        If the reference has neither.
    """
    if reference[1].attrs.get("value_of") == name:
        return _share_of_means(*model, weights), reference[1]
    part, whole = reference
    if part is None:
        msg = (
            f"{name}: the reference has no flux of the frozen months, and is no share. "
            f"Write 'value_of: {name}' under 'data:' of the reference if its numbers "
            "are such shares, or name the companion under 'companions:'."
        )
        raise ValueError(msg)
    valid = [model[0], model[1], part, whole]
    alike = len({places(field) for field in valid}) == 1 and bool(places(whole))
    if alike:
        held = valid[0].notnull()
        for field in valid[1:]:
            held = held & field.notnull()
        model, part = (model[0].where(held), model[1].where(held)), part.where(held)
        whole = whole.where(held)
    return _share_of_means(*model, weights), _share_of_means(part, whole, weights)


def compared_share(
    model: xr.DataArray, reference: xr.DataArray, tolerance: float, scale: float
) -> xr.Dataset:
    """Return value, scores and message of a share.

    Parameters
    ----------
    model, reference : xarray.DataArray
        Shares (region,).
    tolerance, scale : float
        u >= 0 and s > 0, as shares.

    Returns
    -------
    xarray.Dataset
        value, score, score_u0, reference_value, message, each (region,).
    """
    undefined = (
        "undefined: the emission is missing in some month or changes its sign, so "
        "that its annual sum crosses zero; use cold_season_amount"
    )
    return xr.Dataset(
        {
            "value": model,
            "score": scores.sigma(model, reference, tolerance=tolerance, scale=scale),
            "score_u0": scores.sigma(model, reference, tolerance=0.0, scale=scale),
            "reference_value": reference,
            "message": where((model - reference).isnull(), undefined, _said(reference)),
        }
    )


def share(part: xr.DataArray, whole: xr.DataArray) -> xr.DataArray:
    """Divide, where the whole is an emission and the part belongs to it.

    Parameters
    ----------
    part, whole : xarray.DataArray
        Same dimensions and units.

    Returns
    -------
    xarray.DataArray
        NaN where the whole is not positive, or the part is negative or larger
        by more than a tenth of the whole.
    """
    found = part / whole.where(whole > 0)
    return found.where((found >= -_CROSSES) & (found <= 1.0 + _CROSSES))


def _share(
    cycle: xr.DataArray,
    days: xr.DataArray,
    months: Sequence[int],
    of: Sequence[int],
    weights: xr.DataArray | None,
) -> xr.DataArray:
    # Each site has a share of its own; cells make that of their region.
    cycle = cycle if places(cycle) == SITE else regional(cycle, weights)
    released = part_of_year(cycle.clip(min=0.0), days, range(1, 13))
    taken = part_of_year((-cycle).clip(min=0.0), days, range(1, 13))
    found = share(part_of_year(cycle, days, months), part_of_year(cycle, days, of))
    found = found.where(taken <= _CROSSES * released)
    return regional(found, weights) if places(found) else found


def _said(reference: xr.DataArray) -> xr.DataArray | str:
    # The shares of a lazy field are not computed to be told, nor is every draw.
    if reference.chunks is not None or reference.dims != ("region",):
        return ""
    texts = [f"the reference's share is {100 * v:.1f} %" for v in reference.values]
    return xr.DataArray(texts, {"region": reference["region"]})


def _share_of_means(
    part: xr.DataArray, whole: xr.DataArray, weights: xr.DataArray | None
) -> xr.DataArray:
    if places(whole) == SITE:
        return regional(share(part, whole), weights)
    part, whole = paired(part, whole)
    return share(regional(part, weights), regional(whole, weights))

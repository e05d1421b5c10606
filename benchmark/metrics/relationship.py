"""How a variable depends on a driver: means of the one in bins of the other."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import xarray as xr

from benchmark.metrics.aggregate import SITE, on_cells, places
from benchmark.statistics.binned import DRIVERS, Bins, binned_means

MINIMUM_PAIRS = 5
"""Pairs that a bin needs on a side to have a mean."""

MINIMUM_BINS = 3
"""Bins of the reference that make a relationship."""

EQUATION = (
    r"E = \|f_m - f_r\| / \|f_r\|,\ \|f\|^2 = \sum_b w_b f(b)^2;"
    r" S = c \exp(-\|\max(0, |f_m - f_r| - \epsilon_r)\| / \|f_r\|)"
)
SOURCE = (
    "relationship score of Collier et al. (2018), "
    "https://doi.org/10.1029/2018MS001354, with weights, the standard error of the "
    "reference's means, and the share c of its pairs that the model's bins cover"
)


Sides = tuple[xr.DataArray | None, ...]


class Pairs(NamedTuple):
    """Values, driver and weights of one side, each (pair,)."""

    values: np.ndarray
    driver: np.ndarray
    weights: np.ndarray


class Side(NamedTuple):
    """A variable and its driver, with the same dimensions."""

    variable: xr.DataArray
    driver: xr.DataArray


def relationship(
    name: str, model: Side, reference: Side, weights: xr.DataArray | None
) -> xr.Dataset:
    """Compare the conditional means of two sides.

    Parameters
    ----------
    name : str
        The driver, one of `benchmark.statistics.binned.DRIVERS`.
    model, reference : Side
        Annual means (year, region), or means (region,), without weights: all
        make one relationship. Maps (lat, lon) or sites (site,) or
        (month, site) with weights: one for each region.
    weights : xarray.DataArray or None
        (region, lat, lon) in m2, or (region, site).

    Returns
    -------
    xarray.Dataset
        value, score, score_u0 and message, without dimension or (region,);
        and the bins they are made of: bin_driver (bin,), the middles, and
        bin_model, bin_reference, bin_error, bin_model_count and
        bin_reference_count (..., bin).

    Raises
    ------
    ValueError
        If the driver is in other units than its bins.
    """
    driver = DRIVERS[name]
    for side in (model, reference):
        found = side.driver.attrs.get("units", driver.units)
        if found != driver.units:
            msg = (
                f"relationship_{name}: the bins of {name} are in {driver.units}; found "
                f"'{found}'. Convert it."
            )
            raise ValueError(msg)
    if weights is None or not on_cells(model.variable):
        return _compared(_all_pairs(model), _all_pairs(reference), name)
    both = model.variable.notnull() & reference.variable.notnull()
    both = both & model.driver.notnull() & reference.driver.notnull()
    sides = [Side(*(part.where(both) for part in side)) for side in (model, reference)]
    found = [
        _compared(*pairs, name)
        for pairs in _pairs_of_regions(sides[0], sides[1], weights)
    ]
    return xr.concat(found, weights["region"].reset_coords(drop=True), data_vars="all")


def of_pairs(
    driver: str,
    weights: xr.DataArray | None,
    mean: tuple[xr.DataArray, ...],
    annual: Sides,
    climatology: Sides,
) -> xr.Dataset:
    """Compare by the finest pairs there are for what is compared.

    Parameters
    ----------
    driver : str
        One of `benchmark.statistics.binned.DRIVERS`.
    weights : xarray.DataArray or None
        (region, lat, lon) or (region, site); None for tables of regions.
    mean, annual, climatology : tuple
        Model, its driver, reference and its driver: of maps the means count,
        of sites the months and of tables the years, where all four are given.

    Returns
    -------
    xarray.Dataset
        See `relationship`.
    """
    where = places(mean[0]) if weights is not None else ()
    finer: Sides = ()
    if not where:
        finer = annual
    elif where == SITE:
        finer = climatology
    given = [one for one in finer if one is not None]
    sides = given if len(given) == len(mean) else mean
    return relationship(driver, Side(*sides[:2]), Side(*sides[2:]), weights)


def _all_pairs(side: Side) -> Pairs:
    variable, driver = xr.broadcast(*side)
    return Pairs(
        variable.to_numpy().ravel(),
        driver.transpose(*variable.dims).to_numpy().ravel(),
        np.ones(variable.size),
    )


def _pairs_of_regions(
    model: Side, reference: Side, weights: xr.DataArray
) -> Iterator[tuple[Pairs, Pairs]]:
    sides = []
    for side in (model, reference):
        variable, driver, area = xr.broadcast(
            *side, weights.fillna(0.0).transpose("region", ...)
        )
        arrays = [part.transpose("region", ...) for part in (variable, driver, area)]
        sides.append(arrays)
    for number in range(weights.sizes["region"]):
        parts = [
            Pairs(*(array[number].to_numpy().ravel() for array in arrays))
            for arrays in sides
        ]
        yield parts[0], parts[1]


def _compared(model: Pairs, reference: Pairs, name: str) -> xr.Dataset:
    edges = DRIVERS[name].edges
    own, given = (
        binned_means(*pairs, edges, MINIMUM_PAIRS) for pairs in (model, reference)
    )
    value, score, plain, message = _scored(own, given, name)
    bins = {
        "bin_driver": (edges[1:] + edges[:-1]) / 2.0,
        "bin_model": own.mean,
        "bin_reference": given.mean,
        "bin_error": given.error,
        "bin_model_count": own.count,
        "bin_reference_count": given.count,
    }
    return xr.Dataset(
        {
            "value": value,
            "score": score,
            "score_u0": plain,
            "message": message,
            **{key: ("bin", array) for key, array in bins.items()},
        }
    )


def _scored(own: Bins, given: Bins, name: str) -> tuple[float, float, float, str]:
    """Return the error, the score with and without tolerance, and what to say."""
    nothing = float("nan")
    bins = int((given.weight > 0).sum())
    if bins < MINIMUM_BINS:
        msg = (
            f"the reference has {bins} bins of {name} with {MINIMUM_PAIRS} pairs or "
            f"more; {MINIMUM_BINS} are needed"
        )
        return nothing, nothing, nothing, msg
    shared = (own.weight > 0) & (given.weight > 0)
    cover = given.weight[shared].sum() / given.weight.sum()
    whole = round(cover, 2) == 1
    told = "" if whole else f"the model's {name} covers {cover:.0%} of the bins"
    if not shared.any():
        # As far off as a model that has nothing there; it is not unassessed.
        return 1.0, 0.0, 0.0, told
    weight = np.where(shared, given.weight, 0.0)
    size = np.sqrt(np.nansum(weight * given.mean**2))
    if not size > 0:
        return nothing, nothing, nothing, "the reference is zero in every bin"
    error = np.abs(own.mean - given.mean)
    outside = np.clip(error - given.error, 0.0, None)
    whole, beyond = (
        float(np.sqrt(np.nansum(weight * part**2)) / size) for part in (error, outside)
    )
    return whole, float(cover * np.exp(-beyond)), float(cover * np.exp(-whole)), told

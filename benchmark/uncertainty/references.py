"""Draws of a regional reference: other approaches, or its stated interval."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import xarray as xr

from benchmark.statistics.elementwise import exp, log, where

# Standard deviations from the middle to either end of a 95 % interval.
HALF_WIDTH = 1.96


@dataclass(frozen=True)
class Uncertain:
    """What is known of a regional reference, each (region,) or with approach.

    `families` has the family of each approach; `low` and `high` are the ends of
    the stated range, NaN where none is stated.
    """

    middle: xr.DataArray
    approaches: xr.DataArray
    families: tuple[str, ...]
    low: xr.DataArray
    high: xr.DataArray
    relative: bool


@dataclass(frozen=True)
class Drawn:
    """How far each draw moves a reference (draw, region), and its new range.

    `step` is a difference, or a factor where the reference is `relative`; `low`
    and `high` are the range of the approaches drawn.
    """

    step: xr.DataArray
    relative: bool
    low: xr.DataArray | None = None
    high: xr.DataArray | None = None


_MOVED = ("mean", "annual", "climatology", "series")


def drawn_reference(
    reference: Uncertain, draws: int, random: np.random.Generator
) -> Drawn | None:
    """Return draws of a reference within its uncertainty.

    Of a reference made of several families of approaches, families are drawn
    with replacement, each with all its approaches, and the median is taken
    again. Of another, the stated range is read as a 95 % interval: a normal
    distribution with a width of its own on either side, in the logarithm for
    stocks. One draw moves all regions the same way: how far their errors are
    shared is not known, and this makes no mean over regions look too sure.

    Parameters
    ----------
    reference : Uncertain
        What is known of it.
    draws : int
        How many.
    random : Generator
        From `benchmark.uncertainty.generator`.

    Returns
    -------
    Drawn or None
        None if it states no uncertainty.
    """
    if len(set(reference.families)) > 1:
        return _of_families(reference, draws, random)
    if not bool((reference.low.notnull() & reference.high.notnull()).any()):
        return None
    return _of_interval(reference, random.standard_normal(draws))


def _of_families(
    reference: Uncertain, draws: int, random: np.random.Generator
) -> Drawn:
    names = list(dict.fromkeys(reference.families))
    member = np.array([[own == name for own in reference.families] for name in names])
    counts = random.multinomial(len(names), np.full(len(names), 1 / len(names)), draws)
    approaches = reference.approaches.transpose("region", "approach")
    made = np.array(
        [_median_and_ends(approaches.to_numpy(), times) for times in counts @ member]
    )
    middle, low, high = (
        xr.DataArray(
            made[:, place],
            dims=("draw", "region"),
            coords={"region": approaches["region"]},
        )
        for place in range(3)
    )
    return Drawn(_step(reference, middle), reference.relative, low, high)


def _step(reference: Uncertain, drawn: xr.DataArray) -> xr.DataArray:
    if reference.relative:
        return drawn / reference.middle.where(reference.middle > 0)
    return drawn - reference.middle


def _median_and_ends(values: np.ndarray, times: np.ndarray) -> np.ndarray:
    """Return median, lowest and highest of (region, approach), NaN left out."""
    chosen = np.repeat(values, times, axis=1)
    empty = ~np.isfinite(chosen).any(axis=1)
    filled = np.where(empty[:, None], 0.0, chosen)
    found = np.array(
        [np.nanmedian(filled, 1), np.nanmin(filled, 1), np.nanmax(filled, 1)]
    )
    return np.where(empty, np.nan, found)


def _of_interval(reference: Uncertain, numbers: np.ndarray) -> Drawn:
    number = xr.DataArray(numbers, dims="draw")
    middle, low, high = reference.middle, reference.low, reference.high
    if reference.relative:
        middle, low, high = (side.where(side > 0) for side in (middle, low, high))
        up, down = log(high / middle), log(middle / low)
    else:
        up, down = high - middle, middle - low
    width = where(number > 0, up, down).clip(min=0.0).fillna(0.0)
    moved = number * width / HALF_WIDTH
    step = exp(moved) if reference.relative else moved
    return Drawn(step.transpose("draw", "region"), reference.relative)


def moved_statistics(
    statistics: Mapping[str, xr.DataArray],
    drawn: Drawn,
    names: tuple[str, ...],
    *,
    stated: xr.DataArray,
) -> dict[str, xr.DataArray]:
    """Return the reference's statistics moved to the draws.

    Parameters
    ----------
    statistics : mapping
        As metrics are given them, perhaps with years drawn already.
    drawn : Drawn
        From `drawn_reference`.
    names : tuple of str
        The parameters of a metric.
    stated : DataArray
        (region,), whether the ends of the range are the reference's own: a
        metric that scores against them has them in its score already, and they
        stay where they are.

    Returns
    -------
    dict
        With a dimension ``draw``.
    """
    found: dict[str, xr.DataArray] = {}
    ends = {"reference_low": drawn.low, "reference_high": drawn.high}
    moving = {f"reference_{kind}" for kind in _MOVED}
    for name in {*names} & {*statistics}:
        value = statistics[name]
        end = ends.get(name)
        if name in moving:
            step = drawn.step.sel(region=value["region"])
            moved = value * step if drawn.relative else value + step
        elif end is not None:
            at = value["region"]
            moved = end.sel(region=at).where(~stated.sel(region=at), value)
        else:
            continue
        found[name] = moved.assign_attrs(value.attrs)
    return found

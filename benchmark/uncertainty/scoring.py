"""Scores of draws: at once where a metric allows it, else one after the other."""

from collections.abc import Callable, Hashable, Mapping

import numpy as np
import xarray as xr

Statistics = Mapping[str, xr.DataArray]
Score = Callable[[Statistics], xr.Dataset]


# Metrics, and what was drawn for them, that were seen to take all draws at once.
_trusted: set[tuple[Hashable, ...]] = set()


def draw_scores(
    score: Score, drawn: Statistics, draws: int, *, of: Hashable
) -> xr.DataArray | None:
    """Return the score of each draw and region.

    Metrics are functions of arrays and most of them take one dimension more.
    Whether one does is not taken on trust: a draw scored alone has to give the
    same numbers, or all are scored alone. That is tested once in a process for
    each metric and what is drawn for it.

    Parameters
    ----------
    score : callable
        Scores statistics; raises ValueError where it cannot.
    drawn : mapping
        Statistics, some of them with a dimension ``draw``.
    draws : int
        How many.
    of : hashable
        The metric.

    Returns
    -------
    DataArray or None
        (draw, region), 0 to 1, NaN where a draw cannot be scored; None if no
        draw can, or the metric has no score.
    """
    every = _at_once(score, drawn)
    key = of, *sorted(name for name, value in drawn.items() if "draw" in value.dims)
    middle = draws // 2
    if every is not None and key not in _trusted:
        if _same(every, _alone(score, drawn, middle), middle):
            _trusted.add(key)
        else:
            every = None
    if every is None:
        every = _joined([_alone(score, drawn, number) for number in range(draws)])
    if every is None:
        return None
    return every.clip(0.0, 1.0).transpose("draw", ...)


def _at_once(score: Score, drawn: Statistics) -> xr.DataArray | None:
    try:
        result = score(drawn)
    except (ValueError, TypeError, KeyError, IndexError):
        return None
    if "score" not in result or "draw" not in result["score"].dims:
        return None
    return result["score"].reset_coords(drop=True)


def _alone(score: Score, drawn: Statistics, number: int) -> xr.DataArray | None:
    one = {
        name: value.isel(draw=number) if "draw" in value.dims else value
        for name, value in drawn.items()
    }
    try:
        result = score(one)
    except ValueError:
        return None
    return result["score"].reset_coords(drop=True) if "score" in result else None


def _same(every: xr.DataArray, alone: xr.DataArray | None, number: int) -> bool:
    if alone is None or set(every.dims) != {"draw", *alone.dims}:
        return False
    found = every.isel(draw=number).transpose(*alone.dims)
    return bool(np.allclose(found, alone, rtol=1e-6, atol=1e-9, equal_nan=True))


def _joined(alone: list[xr.DataArray | None]) -> xr.DataArray | None:
    known = next((one for one in alone if one is not None), None)
    if known is None:
        return None
    missing = known * np.nan
    return xr.concat([missing if one is None else one for one in alone], "draw")

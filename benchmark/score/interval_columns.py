"""Puts draws of scores into rows, as intervals."""

import numpy as np
import xarray as xr

from benchmark.score.task import Row
from benchmark.uncertainty.interval import DRAWN, bounds


def with_intervals(rows: list[Row], drawn: xr.DataArray, source: str) -> list[Row]:
    """Return rows with the interval of each score.

    Parameters
    ----------
    rows : list of dict
        Of one metric; those that are not scored stay as they are.
    drawn : DataArray
        (draw, region), scores of the draws; (draw,) for all regions at once.
    source : str
        What was drawn: ``years``, ``reference``, ``space``.

    Returns
    -------
    list of dict
        With ``score_ci_low``, ``score_ci_high`` and ``ci_from``.
    """
    values = np.asarray(drawn.transpose("draw", ...).to_numpy(), dtype=float)
    if "region" in drawn.dims:
        ids = map(str, drawn["region"].to_numpy())
        by_region = {id: values[:, place] for place, id in enumerate(ids)}
    else:
        by_region = {str(row["region"]): values for row in rows}
    return [
        _with_interval(row, by_region.get(str(row["region"])), source) for row in rows
    ]


def _with_interval(row: Row, draws: np.ndarray | None, source: str) -> Row:
    if row["status"] != "scored" or draws is None:
        return row
    low, high = bounds(draws, float(row["score"]))
    if not np.isfinite(low):
        return row
    columns = {"score_ci_low": low, "score_ci_high": high, "ci_from": source}
    return {**row, **columns, DRAWN: draws}

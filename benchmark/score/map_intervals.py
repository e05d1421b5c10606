"""Intervals of scores against maps: other blocks of the region's land."""

from collections.abc import Mapping

import numpy as np
import xarray as xr

from benchmark.metrics import Metric
from benchmark.score.evaluate import NotAssessable, evaluate
from benchmark.score.interval_columns import with_intervals
from benchmark.score.rows import RowMaker
from benchmark.score.task import Numbers, Row
from benchmark.uncertainty.interval import generator
from benchmark.uncertainty.space import (
    Blocks,
    cells_of,
    enough_blocks,
    in_blocks,
    weights_of,
)


class MapIntervals:
    """Draws of one pair of maps.

    They tell how much a score hangs on the places that make it: spatial
    sampling only, no uncertainty of the reference and no years.

    Parameters
    ----------
    statistics : mapping
        Of the pair, (..., lat, lon).
    weights : DataArray
        (region, lat, lon).
    draws : int
        How many; 0 switches intervals off.
    maker : RowMaker
        Knows the names of model and reference.
    """

    def __init__(
        self,
        statistics: Mapping[str, xr.DataArray],
        weights: xr.DataArray,
        draws: int,
        maker: RowMaker,
    ) -> None:
        self._statistics = statistics
        self._weights = weights
        self._drawn: dict[str, xr.DataArray] = {}
        self._blocks: Blocks | None = None
        if draws:
            random = generator(maker.model.name, maker.reference.name, "space")
            self._blocks = in_blocks(weights, draws, random)

    def added(
        self, rows: list[Row], metric: Metric[...], result: xr.Dataset, numbers: Numbers
    ) -> list[Row]:
        """Return the rows of a metric with the intervals of their scores.

        Parameters
        ----------
        rows : list of dict
            Of one metric.
        metric : Metric
            Which.
        result : Dataset
            What it returned.
        numbers : Numbers
            As it was given them.

        Returns
        -------
        list of dict
        """
        if self._blocks is None or "score" not in result:
            return rows
        ids = [str(row["region"]) for row in rows if row["status"] == "scored"]
        drawn = self._draws(metric, result, numbers, self._blocks, ids)
        if drawn is None:
            return rows
        self._drawn[metric.name] = drawn
        return with_intervals(rows, drawn, "space")

    def _draws(
        self,
        metric: Metric[...],
        result: xr.Dataset,
        numbers: Numbers,
        blocks: Blocks,
        ids: list[str],
    ) -> xr.DataArray | None:
        if metric.kinds == ("composite",):
            return self._composed(metric, numbers)
        if not ids or "region" not in result["score"].dims:
            return None
        enough = enough_blocks(blocks)
        if "score_map" in result:
            drawn = blocks.averages(result["score_map"])
            if blocks.same_as_whole(result["score_map"], result["score"], ids):
                return drawn.where(enough)
        if metric.units == "total" and "regional" in metric.kinds:
            return self._of_totals(metric, numbers, blocks).where(enough)
        return self._one_by_one(metric, numbers, blocks, ids)

    def _composed(self, metric: Metric[...], numbers: Numbers) -> xr.DataArray | None:
        if not self._drawn:
            return None
        made = evaluate(metric, {}, weights=None, numbers=numbers, scores=self._drawn)
        return made["score"]

    def _of_totals(
        self, metric: Metric[...], numbers: Numbers, blocks: Blocks
    ) -> xr.DataArray:
        """Score the totals of the draws, which is what such a metric compares."""
        needed = {*metric.needs, *metric.optional}
        totals = {
            name: blocks.totals(value).assign_attrs(value.attrs, statistic="total")
            for name, value in self._statistics.items()
            if name in needed and {"lat", "lon"} == set(value.dims)
        }
        made = evaluate(metric, totals, weights=None, numbers=numbers)
        return made["score"].reset_coords(drop=True).clip(0.0, 1.0)

    def _one_by_one(
        self, metric: Metric[...], numbers: Numbers, blocks: Blocks, ids: list[str]
    ) -> xr.DataArray | None:
        """Score each region with its draws in the place of regions."""
        found = {}
        for id in ids:
            cells, weights = self._cells(metric, blocks, id)
            try:
                made = evaluate(metric, cells, weights=weights, numbers=numbers)
            except NotAssessable:
                continue
            if "score" in made:
                found[id] = np.clip(made["score"].to_numpy(), 0.0, 1.0)
        if not found:
            return None
        drawn = xr.DataArray(
            np.array(list(found.values())), {"region": list(found)}, ("region", "draw")
        )
        return drawn.reindex(region=list(blocks.regions)).where(enough_blocks(blocks))

    def _cells(
        self, metric: Metric[...], blocks: Blocks, id: str
    ) -> tuple[dict[str, xr.DataArray], xr.DataArray]:
        given = {}
        for name in (*metric.needs, *metric.optional):
            value = self._statistics.get(name)
            if value is None:
                continue
            on_map = {"lat", "lon"} <= set(value.dims)
            given[name] = cells_of(value, blocks, id) if on_map else value
        return given, weights_of(blocks, id)

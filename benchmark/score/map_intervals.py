"""Intervals of scores against maps: other blocks of the region's land."""

from collections.abc import Callable, Mapping

import numpy as np
import xarray as xr

from benchmark.metrics import Metric
from benchmark.metrics.aggregate import total
from benchmark.score.evaluate import NotAssessable, evaluate
from benchmark.score.interval_columns import with_intervals
from benchmark.score.rows import RowMaker
from benchmark.score.task import Numbers, Row
from benchmark.uncertainty.interval import generator
from benchmark.uncertainty.scoring import draw_scores
from benchmark.uncertainty.space import (
    Blocks,
    alike,
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
        try:
            drawn = self._draws(metric, result, numbers, self._blocks, ids)
        except NotAssessable:
            # What cannot be drawn has a score without an interval.
            return rows
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
            found = self._of_totals(metric, numbers, blocks, ids, result["score"])
            if found is not None:
                return found.where(enough)
        return self._by_cells(metric, numbers, blocks, ids)

    def _composed(self, metric: Metric[...], numbers: Numbers) -> xr.DataArray | None:
        if not self._drawn:
            return None
        made = evaluate(metric, {}, weights=None, numbers=numbers, scores=self._drawn)
        return made["score"]

    def _of_totals(
        self,
        metric: Metric[...],
        numbers: Numbers,
        blocks: Blocks,
        ids: list[str],
        score: xr.DataArray,
    ) -> xr.DataArray | None:
        """Score the totals of the draws, if totals are all that a metric compares."""
        needed = {*metric.needs, *metric.optional}
        maps = {
            name: value
            for name, value in self._statistics.items()
            if name in needed and {"lat", "lon"} == set(value.dims)
        }

        def scored(sums: Callable[[xr.DataArray], xr.DataArray]) -> xr.DataArray:
            totals = {
                name: sums(value).assign_attrs(value.attrs, statistic="total")
                for name, value in maps.items()
            }
            made = evaluate(metric, totals, weights=None, numbers=numbers)
            return made["score"].reset_coords(drop=True).clip(0.0, 1.0)

        try:
            whole = scored(lambda value: total(value, self._weights)).sel(region=ids)
        except NotAssessable:
            return None
        if not np.allclose(whole, score.sel(region=ids), atol=1e-9, equal_nan=True):
            return None
        return scored(blocks.totals)

    def _by_cells(
        self, metric: Metric[...], numbers: Numbers, blocks: Blocks, ids: list[str]
    ) -> xr.DataArray | None:
        """Score the cells of each region with its draws in the place of regions."""
        found: dict[str, np.ndarray] = {}
        for group in alike(blocks, ids):
            scores = self._together(metric, numbers, blocks, group)
            if scores is not None:
                found |= dict(zip(group, scores, strict=True))
        if not found:
            return None
        drawn = xr.DataArray(
            np.array([*found.values()]), {"region": list(found)}, ("region", "draw")
        ).clip(0.0, 1.0)
        return drawn.reindex(region=list(blocks.regions)).where(enough_blocks(blocks))

    def _together(
        self, metric: Metric[...], numbers: Numbers, blocks: Blocks, ids: list[str]
    ) -> np.ndarray | None:
        """Return the scores (region, draw) of regions of like size."""
        given: dict[str, xr.DataArray] = {}
        for name in (*metric.needs, *metric.optional):
            value = self._statistics.get(name)
            if value is not None:
                on_map = {"lat", "lon"} <= set(value.dims)
                given[name] = cells_of(value, blocks, ids) if on_map else value
        weights = weights_of(blocks, ids)

        def score(some: Mapping[str, xr.DataArray]) -> xr.Dataset:
            return evaluate(
                metric,
                {name: value for name, value in some.items() if name != "weights"},
                weights=some["weights"],
                numbers=numbers,
            )

        parts = {**given, "weights": weights}
        renamed = {
            name: value.rename(part="draw") if "part" in value.dims else value
            for name, value in parts.items()
        }
        # A region is to the metric what a draw of a series is: one dimension more.
        scores = draw_scores(score, renamed, len(ids), of=(metric, "cells"))
        return None if scores is None else scores.to_numpy()

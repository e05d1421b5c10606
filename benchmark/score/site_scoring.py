"""The metrics of a pair at sites: by region, and by class of site."""

from collections.abc import Iterator

import numpy as np
import xarray as xr

from benchmark.metrics import Metric
from benchmark.metrics.methane import SMALLEST_WETLAND
from benchmark.metrics.methane_classes import DRY
from benchmark.score.companions import why_unscored
from benchmark.score.evaluate import NotAssessable, evaluate
from benchmark.score.measured import reported
from benchmark.score.relationship_bins import bins_of
from benchmark.score.represented import land_of
from benchmark.score.result import Evidence
from benchmark.score.rows import RowMaker
from benchmark.score.site_bench import SiteBench
from benchmark.score.site_evidence import site_evidence
from benchmark.score.site_intervals import SiteIntervals
from benchmark.score.site_pair import SitePair
from benchmark.score.site_places import Places, make_places, wet_enough
from benchmark.score.site_remarks import (
    DRY_CELL,
    NO_WETLAND_CLASS,
    Lost,
    groups_of,
    none_compared,
    sites_of,
)
from benchmark.score.site_rows import Asked, site_rows
from benchmark.score.task import Row, Scored


def score_sites(bench: SiteBench, pair: SitePair, maker: RowMaker) -> Scored:
    """Return the rows and the evidence of a pair at sites.

    Parameters
    ----------
    bench : SiteBench
        The reference.
    pair : SitePair
        Both sides, computed.
    maker : RowMaker
        The columns that are known already.

    Returns
    -------
    Scored
        A row for each metric and region, and each class of sites where the
        reference has classes; one for each region without sites.
    """
    return _Scoring(bench, pair, maker).scored()


class _Scoring:
    """What the metrics of one pair have in common."""

    def __init__(self, bench: SiteBench, pair: SitePair, maker: RowMaker) -> None:
        self._bench, self._pair, self._maker = bench, pair, maker
        self._lost = pair.lost()
        self._wet = wet_enough(pair, SMALLEST_WETLAND) if bench.per_wetland else None
        self._intervals = SiteIntervals(bench.draws, maker)
        self._land = land_of(bench.regions)
        self._made: dict[tuple[bytes, bool, bool], Places] = {}

    def scored(self) -> Scored:
        rows = list(self._empty_regions())
        bins: dict[str, xr.Dataset] = {}
        scores: dict[bool, dict[str, xr.DataArray]] = {False: {}, True: {}}
        for metric in self._bench.metrics:
            for by_class in self._groupings(metric):
                rows += self._rows(metric, scores[by_class], bins, by_class=by_class)
        evidence = site_evidence(
            self._pair,
            self._bench.regions,
            self._bench.variable,
            self._wet,
            per_wetland=self._bench.per_wetland,
        )
        return Scored(rows, Evidence(sites=evidence, relationships=bins))

    def _groupings(self, metric: Metric[...]) -> tuple[bool, ...]:
        """Return whether a metric is made by region, and by class of site."""
        has_classes = bool((self._pair.cells.classes != "").any())
        return (False, True) if has_classes and not _of_classes(metric) else (False,)

    def _empty_regions(self) -> Iterator[Row]:
        cells = self._pair.cells
        for region, inside in zip(cells.regions, cells.inside, strict=True):
            if not (inside & self._pair.observed).any():
                msg = "no site of the reference lies in this region"
                yield self._maker.unscored("not_assessed", msg, region=region)

    def _rows(
        self,
        metric: Metric[...],
        scores: dict[str, xr.DataArray],
        bins: dict[str, xr.Dataset],
        *,
        by_class: bool,
    ) -> list[Row]:
        kept, lost = self._kept(metric)
        if not kept.any():
            return self._none(metric, lost, by_class=by_class)
        places = self._places(metric, kept, by_class=by_class)
        numbers = self._bench.numbers.over(reported(metric, self._bench.variable)[0])
        try:
            result = evaluate(
                metric,
                places.statistics,
                weights=places.weights,
                numbers=numbers,
                scores=scores,
            )
        except NotAssessable as reason:
            return self._unscored(metric, reason, by_class=by_class)
        if "score" in result and metric.kinds != ("composite",):
            scores[metric.name] = result["score"]
        if not by_class:
            bins |= bins_of(metric, result, self._bench.variable)
        asked = Asked(metric, numbers, places, result, lost)
        maker = self._maker
        if self._bench.per_wetland and not _of_classes(metric):
            maker = maker.knowing(area_basis="wetland")
        made = site_rows(asked, self._pair, self._bench.variable, self._land, maker)
        return self._intervals.added(made, metric, places, asked.valid, numbers)

    def _kept(self, metric: Metric[...]) -> tuple[np.ndarray, dict[str, np.ndarray]]:
        """Return the sites that a metric compares, and why it leaves others out."""
        pair, lost = self._pair, dict(self._lost)
        kept = pair.used & pair.cells.inside.any(axis=0)
        if not self._bench.per_wetland or _of_classes(metric):
            return kept, lost
        classes = pair.cells.classes
        if (classes != "").any():
            lost[NO_WETLAND_CLASS] = kept & np.isin(classes, ("", *DRY))
            kept = kept & ~lost[NO_WETLAND_CLASS]
        if self._wet is not None:
            lost[DRY_CELL] = kept & ~self._wet
            kept = kept & self._wet
        return kept, lost

    def _places(
        self, metric: Metric[...], kept: np.ndarray, *, by_class: bool
    ) -> Places:
        shared = [
            name
            for name, other in self._bench.companions.reference.items()
            if other == "model"
        ]
        divided = by_class or _of_classes(metric)
        key = kept.tobytes(), divided, by_class
        if key not in self._made:
            self._made[key] = make_places(
                self._pair, kept, shared, divided=divided, by_class=by_class
            )
        return self._made[key]

    def _none(self, metric: Metric[...], lost: Lost, *, by_class: bool) -> list[Row]:
        rows = []
        for id in groups_of(self._pair, by_class=by_class):
            sites = sites_of(id, self._pair)
            maker = self._maker.knowing(metric=metric.name, region=id)
            rows.append(none_compared(metric, lost, self._pair, sites, maker))
        return rows

    def _unscored(
        self, metric: Metric[...], reason: NotAssessable, *, by_class: bool
    ) -> list[Row]:
        status, text = why_unscored(metric, reason, self._bench.companions)
        return [
            self._maker.unscored(status, text, metric=metric.name, region=id)
            for id in groups_of(self._pair, by_class=by_class)
        ]


def _of_classes(metric: Metric[...]) -> bool:
    """Return whether a metric compares classes of sites with each other."""
    return metric.kinds == ("sites",)

"""Intervals of scores against regional references: other years, other references."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

import numpy as np
import xarray as xr

from benchmark.metrics import Metric
from benchmark.metrics.parameters import is_statistic
from benchmark.recent import Recent
from benchmark.score.bench import Bench
from benchmark.score.evaluate import NotAssessable, evaluate
from benchmark.score.interval_columns import with_intervals
from benchmark.score.task import Row
from benchmark.uncertainty.interval import generator
from benchmark.uncertainty.references import (
    Drawn,
    Uncertain,
    drawn_reference,
    moved_statistics,
)
from benchmark.uncertainty.scoring import draw_scores
from benchmark.uncertainty.years import (
    FEWEST_YEARS,
    drawn_mean,
    drawn_statistics,
    drawn_years,
    years_in,
)

Statistics = Mapping[str, xr.DataArray]

_made: Recent[tuple[object, Drawn | None]] = Recent(64)


class RegionalIntervals:
    """Draws of one pair of a model and a regional reference.

    Years of the model are drawn in blocks, those of the reference with them
    where both have the same years; the reference is moved within its
    uncertainty at the same time.

    Parameters
    ----------
    bench : Bench
        The reference; its `draws` may be 0, which switches intervals off.
    series : mapping
        ``mean`` and ``total`` of the model, (time, region) or (region,).
    """

    def __init__(self, bench: Bench, series: Mapping[str, xr.DataArray]) -> None:
        self._bench = bench
        self._series = series
        self._drawn: dict[str, xr.DataArray] = {}
        self._names = bench.maker.model.name, bench.reference.name

    def added(
        self, rows: list[Row], metric: Metric[...], given: Statistics
    ) -> list[Row]:
        """Return the rows of a metric with the intervals of their scores.

        Parameters
        ----------
        rows : list of dict
            As `regional_rows` gives them.
        metric : Metric
            What they are of.
        given : mapping
            The statistics it was given.

        Returns
        -------
        list of dict
        """
        able = self._bench.draws and metric.drawn
        if not able or not any(_has_score(row) for row in rows):
            return rows
        if metric.kinds == ("composite",):
            return self._composed(rows, metric)
        what = _statistic(given)
        wanted = (*metric.needs, *metric.optional)
        names = tuple(name for name in wanted if is_statistic(name))
        years = self._of_years(given, names, what)
        moved = self._of_reference({**given, **years}, names, what)
        rows = [self._short(row, given, what) for row in rows]
        if not years and not moved:
            return rows
        drawn = draw_scores(
            partial(self._score, metric),
            {
                name: {**given, **years, **moved}[name]
                for name in names
                if name in given
            },
            self._bench.draws,
            of=metric,
        )
        if drawn is None:
            return rows
        self._drawn[metric.name] = drawn
        source = ", ".join(
            name for name, some in (("years", years), ("reference", moved)) if some
        )
        return with_intervals(rows, drawn, source)

    def _score(self, metric: Metric[...], statistics: Statistics) -> xr.Dataset:
        # What null models score has no interval, and need not be drawn.
        numbers = replace(self._bench.canonical_numbers(metric), null_values=())
        return evaluate(metric, statistics, weights=None, numbers=numbers)

    def _composed(self, rows: list[Row], metric: Metric[...]) -> list[Row]:
        numbers = self._bench.canonical_numbers(metric)
        if not self._drawn:
            return rows
        try:
            made = evaluate(
                metric, {}, weights=None, numbers=numbers, scores=self._drawn
            )
        except NotAssessable:
            return rows
        return with_intervals(rows, made["score"], "its scores")

    def _of_years(
        self, given: Statistics, names: tuple[str, ...], what: str
    ) -> dict[str, xr.DataArray]:
        series = self._all_series(given, what)
        years = {owner: years_in(values) for owner, values in series.items()}
        annual = given.get("reference_annual")
        if annual is not None and "reference" not in years:
            years["reference"] = annual["year"].to_numpy()
        places = {
            owner: self._places(owner, own)
            for owner, own in years.items()
            if own.size >= FEWEST_YEARS
        }
        found = drawn_statistics(given, series, names, places)
        wanted = "reference_mean" in names and annual is not None
        if wanted and "reference" in places and "reference" not in series:
            # A reference of years alone has its mean from the years drawn.
            mean = drawn_mean(given["reference_annual"], places["reference"])
            attrs = given["reference_mean"].attrs
            found["reference_mean"] = mean.assign_attrs(attrs)
        return found

    def _all_series(self, given: Statistics, what: str) -> dict[str, xr.DataArray]:
        """Return the series of both sides and of their companions."""
        series = {
            name.removesuffix("_series"): value
            for name, value in given.items()
            if name.endswith("_series") and "year" in value.coords
        }
        own = self._series[what]
        if "time" in own.dims:
            regions = given["model_mean"]["region"] if "model_mean" in given else None
            series["model"] = own if regions is None else own.sel(region=regions)
        return series

    def _places(self, owner: str, years: np.ndarray) -> np.ndarray:
        # Equal years are drawn alike on both sides: bad years are bad in both.
        key = ",".join(map(str, years))
        random = generator(*self._names, "years", key)
        return drawn_years(years.size, self._bench.draws, random)

    def _of_reference(
        self, given: Statistics, names: tuple[str, ...], what: str
    ) -> dict[str, xr.DataArray]:
        drawn = _reference(self._bench, what)
        if drawn is None:
            return {}
        return moved_statistics(given, drawn, names, stated=_stated(self._bench))

    def _short(self, row: Row, given: Statistics, what: str) -> Row:
        """Say where a series is too short to show its spread."""
        series = self._all_series(given, what).get("model")
        count = 0 if series is None else years_in(series).size
        if not 0 < count < FEWEST_YEARS or not _has_score(row):
            return row
        text = (
            f"{count} years are too few to draw again: the interval of the score has "
            "none of their spread"
        )
        return {**row, "message": "; ".join(filter(None, (row["message"], text)))}


def _statistic(given: Statistics) -> str:
    """Return whether statistics are of totals or of means."""
    said = (str(value.attrs.get("statistic", "")) for value in given.values())
    return next(filter(None, said), "mean")


def _stated(bench: Bench) -> xr.DataArray:
    """Return where the range is the reference's own (region,)."""
    own = bench.table.own
    return own["mean"].notnull() | own["total"].notnull()


def _reference(bench: Bench, what: str) -> Drawn | None:
    """Return the draws of a reference, the same for every model of a family."""
    table = bench.table
    key = id(table), what, bench.draws

    def make() -> tuple[object, Drawn | None]:
        values = table.values[what]
        uncertain = Uncertain(
            middle=values.mean([name for name in values.dims if name != "region"]),
            approaches=table.approaches[what],
            families=table.families,
            low=table.low[what].where(_stated(bench)),
            high=table.high[what].where(_stated(bench)),
            relative=bench.variable.is_stock,
        )
        random = generator(bench.reference.name, "reference")
        # With the table itself, whose id is no other's as long as it is kept.
        return table, drawn_reference(uncertain, bench.draws, random)

    return _made.get(key, make)[1]


def _has_score(row: Row) -> bool:
    return row["status"] == "scored" and bool(np.isfinite(row["score"]))

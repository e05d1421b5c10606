"""A gridded model against a gridded reference: maps, and regions of them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

import xarray as xr

from benchmark.harmonise.harmonised import Harmonised
from benchmark.harmonise.variable import Variable
from benchmark.metrics import Metric
from benchmark.metrics.aggregate import aggregate
from benchmark.metrics.parameters import companion_of
from benchmark.regions import Regions
from benchmark.regrid import grid_of, horizontal
from benchmark.score.companions import Companions, why_unscored
from benchmark.score.engines import Engines, pair_remarks
from benchmark.score.evaluate import NotAssessable, evaluate
from benchmark.score.map_companions import (
    lazy_companions,
    of_companions,
    say_what_they_are,
)
from benchmark.score.map_evidence import map_evidence
from benchmark.score.map_intervals import MapIntervals
from benchmark.score.map_pair import complete, lazy_statistics
from benchmark.score.measured import by_region, measured, measured_row, reported
from benchmark.score.region_state import RegionState, map_state
from benchmark.score.relationship_bins import bins_of
from benchmark.score.rows import RowMaker
from benchmark.score.same_time import same_time
from benchmark.score.score_map import score_map
from benchmark.score.task import Lazy, Numbers, Row, Scored, Task
from benchmark.score.weights import cached_weights
from benchmark.score.window import years_of
from benchmark.statistics import reductions

_NONE_BESIDE = Companions()


def field_task(
    model: Harmonised,
    reference: Harmonised,
    metrics: Sequence[Metric[...]],
    regions: Regions,
    variable: Variable,
    numbers: Numbers,
    maker: RowMaker,
    draws: int = 0,
    companions: Companions = _NONE_BESIDE,
) -> Task:
    """Return the work of scoring a field against a field.

    Parameters
    ----------
    model, reference : Harmonised
        (time, lat, lon) or (lat, lon), or on a mesh (time, cell) or (cell,).
    metrics : sequence of Metric
        In the order of the rows; composites last.
    regions : Regions
        Where.
    variable : Variable
        What.
    numbers : Numbers
        Tolerance and scale, for metrics that need them.
    maker : RowMaker
        The columns that are known already.
    draws : int
        How many draws the intervals of the scores are made of.
    companions : Companions
        Other variables that metrics ask for, of both sides.

    Returns
    -------
    Task

    Raises
    ------
    NoOverlapError
        If the two share no months, years or cells.
    """
    left, right, remark = same_time(model, reference, variable)
    needs = {name for metric in metrics for name in (*metric.needs, *metric.optional)}
    needs |= {"model_climatology", "reference_climatology"} & _possible(left, right)
    engines = {"model": maker.model.regrid, "reference": maker.reference.regrid}
    lazy = lazy_statistics(left, right, needs, engines)
    beside, companions = lazy_companions(
        (left, right), companions, needs, variable, engines
    )
    maker = maker.knowing(remark=pair_remarks(left, right, engines))
    period = years_of(left) or years_of(right)
    maker = maker.knowing(remark=remark, **({"period": period} if period else {}))
    finish = partial(
        _finish,
        left,
        right,
        needs,
        metrics,
        regions,
        variable,
        numbers,
        maker,
        engines,
        draws,
        companions,
    )
    return Task(finish, lazy | beside)


def _possible(left: xr.DataArray, right: xr.DataArray) -> set[str]:
    found = set()
    for side, field in (("model", left), ("reference", right)):
        if "month" in field.coords and field.sizes["time"] >= 12:
            found.add(f"{side}_climatology")
    return found


def _finish(
    left: xr.DataArray,
    right: xr.DataArray,
    needs: set[str],
    metrics: Sequence[Metric[...]],
    regions: Regions,
    variable: Variable,
    numbers: Numbers,
    maker: RowMaker,
    engines: Engines,
    draws: int,
    companions: Companions,
    computed: Lazy,
) -> Scored:
    statistics = complete(left, right, needs, computed, engines)
    statistics |= of_companions(computed)
    say_what_they_are(statistics, left, right)
    if "month" in right.coords:
        statistics["month_length"] = reductions.month_length(right)
    grid = grid_of(statistics["land"])
    area = cached_weights(regions, grid) * grid["cell_area"].reset_coords(drop=True)
    weights = area * statistics["land"].reset_coords(drop=True)
    states = _states(left, right, area, weights, statistics, regions)
    intervals = MapIntervals(statistics, weights, draws, maker)
    rows: list[Row] = []
    scores: dict[str, xr.DataArray] = {}
    bins: dict[str, xr.Dataset] = {}
    results: dict[str, xr.Dataset] = {}
    for metric in metrics:
        stated = numbers.over(reported(metric, variable)[0])
        try:
            result = evaluate(
                metric, statistics, weights=weights, numbers=stated, scores=scores
            )
        except NotAssessable as reason:
            status, text = why_unscored(metric, reason, companions)
            rows += [
                maker.unscored(
                    state.status or status,
                    state.message or text,
                    metric=metric.name,
                    region=region,
                )
                for region, state in states.items()
            ]
            continue
        results[metric.name] = result
        if "score" in result and metric.kinds != ("composite",):
            scores[metric.name] = result["score"]
        bins |= bins_of(metric, result, variable)
        made = _rows(metric, result, statistics, weights, states, variable, maker)
        rows += intervals.added(made, metric, result, stated)
    cells = score_map(metrics, results, statistics, variable, numbers)
    evidence = map_evidence(statistics, weights, variable, cells)
    if all(_relates(metric) for metric in metrics):
        # Its curves are what is compared, not the maps they are made of.
        evidence = replace(evidence, maps=None)
    return Scored(rows, replace(evidence, relationships=bins))


def _relates(metric: Metric[...]) -> bool:
    """Return whether a metric compares how a variable goes with another."""
    return any(companion_of(name) for name in metric.needs)


def _states(
    left: xr.DataArray,
    right: xr.DataArray,
    area: xr.DataArray,
    weights: xr.DataArray,
    statistics: Mapping[str, xr.DataArray],
    regions: Regions,
) -> dict[str, RegionState]:
    on_grid = [
        by_region(cached_weights(regions, field).sum(horizontal(field)))
        for field in (left, right)
    ]
    land = statistics["model_land"].reset_coords(drop=True)
    modelled = by_region((area * land).sum(["lat", "lon"]))
    # On its own grid, so that what lies off the model's grid counts too.
    native = cached_weights(regions, right) * (
        right["cell_area"] * right["land_fraction"]
    ).reset_coords(drop=True)
    observed = by_region(
        native.where(statistics["reference_count"] > 0).sum(horizontal(right))
    )
    shared = by_region(weights.sum(["lat", "lon"]))
    return {
        region.id: map_state(
            region,
            shared=shared[region.id],
            model=modelled[region.id],
            reference=observed[region.id],
            on_grids=(on_grid[0][region.id] > 0, on_grid[1][region.id] > 0),
        )
        for region in regions
    }


def _rows(
    metric: Metric[...],
    result: xr.Dataset,
    statistics: Mapping[str, xr.DataArray],
    weights: xr.DataArray,
    states: Mapping[str, RegionState],
    variable: Variable,
    maker: RowMaker,
) -> list[Row]:
    factor, units = reported(metric, variable)
    valid = statistics["model_mean"].notnull().reset_coords(drop=True)
    count = by_region(((weights > 0) & valid).sum(["lat", "lon"]))
    reference: dict[str, float] = {}
    if metric.units in ("variable", "total"):
        mean = aggregate(statistics["reference_mean"], weights)
        area = weights.where(valid).sum(["lat", "lon"])
        reference = by_region(mean * area if metric.units == "total" else mean)
    values, messages = measured(result)
    rows = []
    for region, state in states.items():
        common = {
            "metric": metric.name,
            "region": region,
            "coverage": state.coverage,
            "units": units,
        }
        status = state.status
        if metric.units == "total" and state.message:
            status = status or "not_assessed"
        if status:
            rows.append(maker.unscored(status, state.message, **common))
            continue
        common["n"] = count[region]
        if reference:
            common["reference_value"] = reference[region] * factor
        known = maker.knowing(remark=state.message, **common)
        rows.append(measured_row(values, messages, region, factor, known))
    return rows

"""Rows of a regional pair: the reference, its uncertainty, the score's range."""

from collections.abc import Mapping
from typing import Any

import xarray as xr

from benchmark.metrics import Metric
from benchmark.score.bench import Bench
from benchmark.score.evaluate import NotAssessable, evaluate
from benchmark.score.few_sites import few_sites_remarks
from benchmark.score.measured import by_region, measured, measured_row, reported
from benchmark.score.region_state import RegionState
from benchmark.score.task import Row

_BOUNDS = ("reference_low", "reference_high")
_COLUMNS = {"reference_mean": "reference_value", **{name: name for name in _BOUNDS}}


def regional_rows(
    bench: Bench,
    metric: Metric[...],
    result: xr.Dataset,
    statistics: Mapping[str, xr.DataArray],
    states: Mapping[str, RegionState],
) -> list[Row]:
    """Return a row for each region of a metric's result.

    Parameters
    ----------
    bench : Bench
        The reference.
    metric : Metric
        What was computed.
    result : Dataset
        What it returned.
    statistics : mapping
        What it was given.
    states : mapping
        Whether each region can be assessed.

    Returns
    -------
    list of dict
    """
    factor, units = reported(metric, bench.variable)
    values, messages = measured(result)
    columns = _reference_columns(bench, metric, statistics, factor)
    for name, ends in _score_ranges(bench, metric, statistics).items():
        columns[name] = ends
    numbers = _number_columns(bench, metric, factor)
    without = bench.table.many_sites["total" if metric.units == "total" else "mean"]
    given = bench.canonical_numbers(metric)
    few = few_sites_remarks(metric, statistics, without, factor, given)
    rows = []
    for region, state in states.items():
        maker = bench.maker.knowing(
            metric=metric.name, region=region, units=units, coverage=state.coverage
        )
        if state.status:
            rows.append(maker.unscored(state.status, state.message))
            continue
        known: dict[str, Any] = {name: v[region] for name, v in columns.items()}
        if state.period:
            known["period"] = state.period
        maker = maker.knowing(remark=state.message, **known | numbers)
        maker = maker.knowing(remark=few.get(region, ""))
        rows.append(measured_row(values, messages, region, factor, maker))
    return rows


def _reference_columns(
    bench: Bench,
    metric: Metric[...],
    statistics: Mapping[str, xr.DataArray],
    factor: float,
) -> dict[str, dict[str, float]]:
    columns = {"n": by_region(bench.table.count)}
    plain = metric.units not in ("variable", "total")
    if plain and bench.reference.data.value_of != metric.name:
        return columns
    for name, column in _COLUMNS.items():
        if name in statistics:
            columns[column] = by_region(statistics[name] * factor)
    if plain:
        return columns
    per_area = bench.variable.report_factor
    what = metric.compares
    columns["u_meas"] = by_region(bench.table.own[what] * factor)
    columns["u_repr"] = by_region(bench.table.spread * per_area)
    columns["u_space"] = by_region(bench.table.spatial * per_area)
    return columns


def _number_columns(
    bench: Bench, metric: Metric[...], factor: float
) -> dict[str, float]:
    numbers = bench.canonical_numbers(metric)
    columns: dict[str, float] = {}
    known = (*metric.needs, *metric.optional)
    if metric.relative:
        # Where the reference states a range, that is used instead.
        stated = bool(bench.table.own["total"].notnull().all())
        if numbers.relative_tolerance is not None and not stated:
            columns["u_used"] = numbers.relative_tolerance
    elif "tolerance" in known and numbers.tolerance is not None:
        columns["u_used"] = numbers.tolerance * factor
    if "scale" in known and numbers.scale is not None:
        columns["scale"] = numbers.scale * factor
    return columns


def _score_ranges(
    bench: Bench, metric: Metric[...], statistics: Mapping[str, xr.DataArray]
) -> dict[str, dict[str, float]]:
    """Return the lowest and highest score over the reference's approaches."""
    what = metric.compares
    approaches = bench.table.approaches[what]
    several = approaches.sizes["approach"] > 1 and bench.table.kind == "period"
    if not several or "reference_mean" not in metric.needs:
        return {}
    attrs = statistics["reference_mean"].attrs
    regions = statistics["reference_mean"]["region"]
    rest = {name: v for name, v in statistics.items() if name not in _BOUNDS}
    numbers = bench.canonical_numbers(metric)
    found = []
    for name in approaches["approach"].to_numpy():
        value = approaches.sel(approach=name, drop=True).sel(region=regions)
        given = {**rest, "reference_mean": value.assign_attrs(attrs)}
        try:
            result = evaluate(metric, given, weights=None, numbers=numbers)
        except NotAssessable:
            return {}
        if "score" not in result:
            return {}
        found.append(result["score"].reset_coords(drop=True))
    scores = xr.concat(found, "approach")
    return {
        "score_low": by_region(scores.min("approach")),
        "score_high": by_region(scores.max("approach")),
    }

"""A model against a regional reference: series of its regions, then metrics."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import xarray as xr

from benchmark.config.descriptors import Reference
from benchmark.harmonise.field import Harmonised
from benchmark.harmonise.variables import Variable
from benchmark.metrics import Metric
from benchmark.regions import Regions
from benchmark.score.evaluate import NotAssessable, evaluate
from benchmark.score.field_task import measured_row, reported
from benchmark.score.reference_rows import ReferenceTable
from benchmark.score.region_state import RegionState, regional_state, value_at
from benchmark.score.result import Evidence
from benchmark.score.rows import RowMaker
from benchmark.score.series import lazy_series
from benchmark.score.task import Lazy, Numbers, Row, Scored, Task
from benchmark.score.weights import shape_areas
from benchmark.score.window import cut_to_period, whole_years, years_of
from benchmark.statistics import reductions

# Fewer years say nothing of the mean of a flux (science brief, section 2.1).
MINIMUM_YEARS = 3


@dataclass(frozen=True)
class Bench:
    """What a regional pair is scored with."""

    reference: Reference
    table: ReferenceTable
    metrics: Sequence[Metric[...]]
    regions: Regions
    variable: Variable
    numbers: Numbers
    maker: RowMaker


def regional_task(model: Harmonised, bench: Bench) -> Task:
    """Return the work of scoring a model against a regional reference.

    Parameters
    ----------
    model : Harmonised
        (time, lat, lon), (lat, lon) or (time, region).
    bench : Bench
        The rest.

    Returns
    -------
    Task

    Raises
    ------
    NoOverlapError
        If the model has no year of the reference's period.
    """
    field = model.field
    period = _period(bench)
    field = cut_to_period(field, period, model.where)
    if not bench.variable.is_stock:
        field = whole_years(field)
    if field.sizes.get("time") == 0:
        msg = f"{model.where}: has no whole calendar year in {period}"
        rows = [bench.maker.unscored("no_overlap", msg, region=r) for r in _ids(bench)]
        return Task(lambda _: Scored(rows))
    bench = replace(bench, maker=_annotated(bench, field, period))
    if "region" in field.dims:
        return Task(partial(_finish_table, field, bench))
    return Task(partial(_finish_field, bench), lazy_series(field, bench.regions))


def _ids(bench: Bench) -> list[str]:
    return [str(region) for region in bench.table.area["region"].to_numpy()]


def _period(bench: Bench) -> tuple[int, int] | None:
    if bench.table.kind == "annual":
        years = bench.table.values["mean"]["year"].to_numpy()
        return int(years[0]), int(years[-1])
    return None if bench.variable.is_stock else bench.reference.period


def _annotated(
    bench: Bench, field: xr.DataArray, period: tuple[int, int] | None
) -> RowMaker:
    remarks = []
    if bench.table.excluded:
        remarks.append(f"own family left out: {', '.join(bench.table.excluded)}")
    if "time" not in field.dims and period is not None:
        remarks.append(
            f"the model is a mean without time, compared with {period[0]}-{period[1]}"
        )
    common = {"period": years_of(field)} if years_of(field) else {}
    return bench.maker.knowing(remark="; ".join(remarks), **common)


def _finish_field(bench: Bench, computed: Lazy) -> Scored:
    areas = shape_areas(bench.regions)
    valid = computed["area"]
    valid = valid.max("time") if "time" in valid.dims else valid
    states = {
        region.id: regional_state(
            region,
            extent=value_at(computed["extent"], region.id),
            shape_area=value_at(areas, region.id),
            valid_area=value_at(valid, region.id),
        )
        for region in bench.regions
    }
    mean = computed["mean"]
    total = (mean * valid).assign_attrs(mean.attrs)
    return _score(bench, {"mean": mean, "total": total}, states)


def _finish_table(field: xr.DataArray, bench: Bench, _: Lazy) -> Scored:
    held = [str(region) for region in field["region"].to_numpy()]
    shared = [region for region in _ids(bench) if region in held]
    if not shared:
        msg = (
            f"the table gives {', '.join(held)}; the reference has "
            f"{', '.join(_ids(bench))}"
        )
        return Scored([bench.maker.unscored("not_assessed", msg)])
    field = field.sel(region=shared)
    area = bench.table.area.sel(region=shared)
    if field.attrs["statistic"] == "total":
        total, mean = field, (field / area).assign_attrs(field.attrs)
        remark = "mean per area: the table's total over the reference's area"
        bench = replace(bench, maker=bench.maker.knowing(remark=remark))
    else:
        mean, total = field, (field * area).assign_attrs(field.attrs)
    states = {region: RegionState(float("nan")) for region in shared}
    return _score(bench, {"mean": mean, "total": total}, states)


def _score(
    bench: Bench, series: dict[str, xr.DataArray], states: dict[str, RegionState]
) -> Scored:
    rows: list[Row] = []
    scores: dict[str, xr.DataArray] = {}
    regions = list(states)
    for metric in bench.metrics:
        what = "total" if metric.units == "total" else "mean"
        try:
            if _too_short(series[what], bench):
                msg = f"needs {MINIMUM_YEARS} whole years in the reference's period"
                raise NotAssessable(msg)
            statistics = _statistics(bench, series[what], what, regions)
            result = evaluate(
                metric,
                statistics,
                weights=None,
                numbers=_numbers(bench, metric),
                scores=scores,
            )
        except NotAssessable as reason:
            rows += [
                bench.maker.unscored(
                    states[r].status or reason.status,
                    states[r].message or str(reason),
                    metric=metric.name,
                    region=r,
                )
                for r in regions
            ]
            continue
        if "score" in result:
            scores[metric.name] = result["score"]
        rows += _rows(bench, metric, result, statistics, states, what)
    return Scored(rows, _evidence(bench, series["mean"], regions))


def _too_short(series: xr.DataArray, bench: Bench) -> bool:
    if bench.variable.is_stock or "year" not in series.coords:
        return False
    return np.unique(series["year"]).size < MINIMUM_YEARS


def _statistics(
    bench: Bench, series: xr.DataArray, what: str, regions: list[str]
) -> dict[str, xr.DataArray]:
    attrs = {"units": bench.variable.units, "mass_basis": bench.variable.mass_basis}
    reference = bench.table.values[what].sel(region=regions)
    if bench.table.kind == "annual" and "year" in series.coords:
        reference = reference.sel(year=np.unique(series["year"]))
    dimension = {"annual": "year", "climatology": "month"}.get(bench.table.kind)
    found = {"model_mean": _mean(series)}
    found["reference_mean"] = reference.mean(dimension) if dimension else reference
    if "month" in series.coords:
        found["model_climatology"] = reductions.climatology(series)
        found["model_crms"] = reductions.crms(series)
        found["model_iav"] = reductions.iav(series)
        found["month_length"] = reductions.month_length(series)
    if "time" in series.dims:
        found["model_annual"] = _annual(series)
    if bench.table.kind == "climatology":
        found["reference_climatology"] = reference
        found["reference_crms"] = reference.std("month")
    if bench.table.kind == "annual":
        found["reference_annual"] = reference
    for name, bound in (("low", bench.table.low), ("high", bench.table.high)):
        limits = bound[what].sel(region=regions)
        if bool(limits.notnull().any()):
            found[f"reference_{name}"] = limits
    return {
        name: value.reset_coords(drop=True).transpose(..., "region").assign_attrs(attrs)
        if "region" in value.dims
        else value
        for name, value in found.items()
    }


def _mean(series: xr.DataArray) -> xr.DataArray:
    return reductions.mean(series) if "time" in series.dims else series


def _annual(series: xr.DataArray) -> xr.DataArray:
    if "month" in series.coords:
        return reductions.annual_means(series)
    return series.swap_dims(time="year").drop_vars(["days", "time"], errors="ignore")


def _numbers(bench: Bench, metric: Metric[...]) -> Numbers:
    return bench.numbers.over(reported(metric, bench.variable)[0])


def _rows(
    bench: Bench,
    metric: Metric[...],
    result: xr.Dataset,
    statistics: dict[str, xr.DataArray],
    states: dict[str, RegionState],
    what: str,
) -> list[Row]:
    factor, units = reported(metric, bench.variable)
    per_area = bench.variable.report_factor
    ranges = _score_ranges(bench, metric, statistics, what)
    rows = []
    for region, state in states.items():
        common = {
            "metric": metric.name, "region": region, "units": units,
            "coverage": state.coverage,
        }  # fmt: skip
        if state.status:
            rows.append(bench.maker.unscored(state.status, state.message, **common))
            continue
        if metric.units in ("variable", "total"):
            for name in ("mean", "low", "high"):
                key = f"reference_{name}"
                if key in statistics:
                    column = "reference_value" if name == "mean" else key
                    common[column] = value_at(statistics[key], region) * factor
            common["u_repr"] = value_at(bench.table.spread, region) * per_area
            common["u_space"] = value_at(bench.table.spatial, region) * per_area
            numbers = _numbers(bench, metric)
            if "tolerance" in (*metric.needs, *metric.optional):
                relative = numbers.relative_tolerance
                absolute = numbers.tolerance
                if metric.name == "stock_total" and relative is not None:
                    common["u_used"] = relative
                elif absolute is not None:
                    common["u_used"] = absolute * factor
            if "scale" in metric.needs and numbers.scale is not None:
                common["scale"] = numbers.scale * factor
        if region in ranges:
            common["score_low"], common["score_high"] = ranges[region]
        common["n"] = value_at(bench.table.count, region)
        rows.append(measured_row(result, region, factor, bench.maker.knowing(**common)))
    return rows


def _score_ranges(
    bench: Bench,
    metric: Metric[...],
    statistics: dict[str, xr.DataArray],
    what: str,
) -> dict[str, tuple[float, float]]:
    """Return the range of the score over the approaches of the reference."""
    approaches = bench.table.approaches[what]
    if approaches.sizes["approach"] < 2 or "reference_mean" not in metric.needs:
        return {}
    if bench.table.kind != "period":
        return {}
    attrs = statistics["reference_mean"].attrs
    regions = statistics["reference_mean"]["region"]
    found = []
    for name in approaches["approach"].to_numpy():
        value = approaches.sel(approach=name, drop=True).sel(region=regions)
        given = {
            **{k: v for k, v in statistics.items() if k not in _BOUNDS},
            "reference_mean": value.assign_attrs(attrs),
        }
        try:
            result = evaluate(
                metric, given, weights=None, numbers=_numbers(bench, metric)
            )
        except NotAssessable:
            return {}
        if "score" not in result:
            return {}
        found.append(result["score"].reset_coords(drop=True))
    scores = xr.concat(found, "approach")
    low, high = scores.min("approach"), scores.max("approach")
    return {str(r): (value_at(low, r), value_at(high, r)) for r in regions.to_numpy()}


_BOUNDS = ("reference_low", "reference_high")


def _evidence(bench: Bench, series: xr.DataArray, regions: list[str]) -> Evidence:
    factor = bench.variable.report_factor
    cycle = annual = None
    statistics = _statistics(bench, series, "mean", regions)
    if {"model_climatology", "reference_climatology"} <= set(statistics):
        cycle = xr.Dataset(
            {
                side: statistics[f"{side}_climatology"] * factor
                for side in ("model", "reference")
            }
        )
        cycle.attrs["units"] = bench.variable.report_units
    if "model_annual" in statistics:
        annual = statistics["model_annual"].to_dataset(name="model") * factor
        if "reference_annual" in statistics:
            annual["reference"] = statistics["reference_annual"] * factor
        annual.attrs["units"] = bench.variable.report_units
    return Evidence(cycle=cycle, annual=annual)

"""A model against a regional reference: series of its regions, then metrics."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

import numpy as np
import xarray as xr

from benchmark.errors import NoOverlapError
from benchmark.harmonise.harmonised import Harmonised
from benchmark.harmonise.plausibility import check_table
from benchmark.metrics import Metric
from benchmark.score.bench import Bench
from benchmark.score.companions import (
    in_period,
    joint_series,
    why_unscored,
)
from benchmark.score.complete_years import (
    annual_series,
    only_years,
    shared_years,
    states_of_years,
    yearly,
)
from benchmark.score.evaluate import NotAssessable, evaluate
from benchmark.score.given import Given, groups_of, label
from benchmark.score.measured import by_region
from benchmark.score.pattern_rows import pattern_row
from benchmark.score.region_state import RegionState, regional_state
from benchmark.score.regional_intervals import RegionalIntervals
from benchmark.score.regional_rows import regional_rows
from benchmark.score.regional_statistics import regional_evidence
from benchmark.score.rows import RowMaker
from benchmark.score.series import lazy_series
from benchmark.score.task import Lazy, Row, Scored, Task
from benchmark.score.weights import shape_areas
from benchmark.score.window import (
    cut_to_period,
    recent_years,
    whole_years,
    years_of,
)


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
    if "time" not in field.dims and period is not None:
        bench = _years_of_static(bench, model.where)
        period = _period(bench)
    field = cut_to_period(field, period, model.where)
    is_stock = bench.variable.is_stock
    field = recent_years(field) if is_stock else whole_years(field)
    if field.sizes.get("time") == 0:
        msg = f"{model.where}: has no whole calendar year in {period}"
        rows = [
            bench.maker.unscored("no_overlap", msg, region=r) for r in bench.region_ids
        ]
        return Task(lambda _: Scored(rows))
    bench = replace(bench, maker=_annotated(bench, field, period))
    others = {
        name: in_period(other, _years_of(field) or period, is_stock=is_stock)
        for name, other in bench.companions.model.items()
    }
    if "region" in field.dims:
        return Task(partial(_finish_table, field, others, bench, model.where))
    lazy = lazy_series(field, bench.regions)
    for together in groups_of(bench.metrics, others):
        held = {name: others[name] for name in together}
        joint = joint_series(field, held, bench.regions)
        lazy |= {f"{label(together)}{name}": v for name, v in joint.items()}
    return Task(partial(_finish_field, bench), lazy)


def _years_of(field: xr.DataArray) -> tuple[int, int] | None:
    if "year" not in field.coords:
        return None
    years = field["year"].to_numpy()
    return int(years[0]), int(years[-1])


def _period(bench: Bench) -> tuple[int, int] | None:
    if bench.table.kind in ("annual", "monthly"):
        years = bench.table.values["mean"]["year"].to_numpy()
        return int(years[0]), int(years[-1])
    return None if bench.variable.is_stock else bench.reference.period


def _years_of_static(bench: Bench, where: str) -> Bench:
    """Cut an annual reference to the years that a mean without time is of."""
    own = bench.maker.model.period
    if own is None or bench.table.kind not in ("annual", "monthly"):
        return bench
    years = bench.table.values["mean"]["year"]
    inside = np.flatnonzero((years >= own[0]) & (years <= own[1]))
    if inside.size == 0:
        msg = (
            f"{where}: is a mean of {own[0]}-{own[1]}, the reference has "
            f"{int(years[0])} to {int(years[-1])}; expected shared years."
        )
        raise NoOverlapError(msg)
    along = years.dims[0]
    values = {n: v.isel({along: inside}) for n, v in bench.table.values.items()}
    return replace(bench, table=replace(bench.table, values=values))


def _annotated(
    bench: Bench, field: xr.DataArray, period: tuple[int, int] | None
) -> RowMaker:
    remarks = []
    if bench.table.excluded:
        remarks.append(f"own family left out: {', '.join(bench.table.excluded)}")
    if "time" not in field.dims and period is not None:
        own = bench.maker.model.period
        of = f"a mean of {own[0]}-{own[1]}" if own else "a mean of no stated period"
        remarks.append(f"the model is {of}, the reference of {period[0]}-{period[1]}")
    common = {"period": years_of(field)} if years_of(field) else {}
    return bench.maker.knowing(remark="; ".join(remarks), **common)


def _finish_field(bench: Bench, computed: Lazy) -> Scored:
    valid = computed["area"]
    valid = valid.max("time") if "time" in valid.dims else valid
    extent, shapes = (
        by_region(computed["extent"]),
        by_region(shape_areas(bench.regions)),
    )
    area, stated = by_region(valid), by_region(bench.table.area)
    states = {
        region.id: regional_state(
            region,
            extent=extent[region.id],
            shape_area=shapes[region.id],
            valid_area=area[region.id],
            reference_area=stated[region.id],
        )
        for region in bench.regions
    }
    mean = computed["mean"]
    total = (mean * valid).assign_attrs(mean.attrs)
    return _score(bench, {"mean": mean, "total": total}, states, computed)


def _finish_table(
    field: xr.DataArray,
    others: Mapping[str, xr.DataArray],
    bench: Bench,
    where: str,
    _: Lazy,
) -> Scored:
    held = [str(region) for region in field["region"].to_numpy()]
    shared = [region for region in bench.region_ids if region in held]
    if not shared:
        msg = (
            f"the table gives {', '.join(held)}; the reference has "
            f"{', '.join(bench.region_ids)}"
        )
        return Scored([bench.maker.unscored("not_assessed", msg)])
    field = field.sel(region=shared)
    area = _areas(bench, shared)
    if field.attrs["statistic"] == "total":
        total, mean = field, (field / area).assign_attrs(field.attrs)
        remark = "mean per area: the table's total over the reference's area"
        bench = replace(bench, maker=bench.maker.knowing(remark=remark))
    else:
        mean, total = field, (field * area).assign_attrs(field.attrs)
    # A month of summer is beyond what a mean of years may be.
    by_year = annual_series(mean) if "month" in mean.coords else mean
    check_table(by_year * bench.variable.report_factor, bench.variable, where)
    states = {region: RegionState(float("nan")) for region in shared}
    joint: Lazy = {}
    for together in groups_of(bench.metrics, others):
        joint |= {f"{label(together)}mean": mean, f"{label(together)}area": area}
        joint |= {
            f"{label(together)}{name}": _mean_of_table(others[name], shared, area)
            for name in together
        }
    return _score(bench, {"mean": mean, "total": total}, states, joint)


def _mean_of_table(
    field: xr.DataArray, regions: list[str], area: xr.DataArray
) -> xr.DataArray:
    field = field.reindex(region=regions)
    return field / area if field.attrs.get("statistic") == "total" else field


def _areas(bench: Bench, regions: list[str]) -> xr.DataArray:
    """Return the reference's areas, or the regions' own where it states none."""
    stated = bench.table.area.sel(region=regions)
    own = [bench.regions[region].land_area_Mkm2 or np.nan for region in regions]
    return stated.fillna(xr.DataArray(own, dims="region") * 1e12)


def _score(
    bench: Bench,
    series: dict[str, xr.DataArray],
    states: dict[str, RegionState],
    computed: Lazy,
) -> Scored:
    years = None
    if "year" in series["mean"].coords and not bench.variable.is_stock:
        years = shared_years(series["mean"], yearly(bench.table))
        states = states_of_years(states, years)
    statistics = Given(bench, series, list(states), years, computed)
    own = {
        what: values if years is None else only_years(values, years)
        for what, values in series.items()
    }
    intervals = RegionalIntervals(bench, own)
    rows: list[Row] = []
    scores: dict[str, xr.DataArray] = {}
    bins: dict[str, xr.Dataset] = {}
    for metric in bench.metrics:
        given = statistics.of(metric)
        if "pattern" in metric.kinds:
            rows.append(pattern_row(bench, metric, given, states, bins))
            continue
        numbers = bench.canonical_numbers(metric)
        try:
            result = evaluate(
                metric, given, weights=None, numbers=numbers, scores=scores
            )
        except NotAssessable as reason:
            rows += _unscored(bench, metric, reason, states)
            continue
        if "score" in result:
            scores[metric.name] = result["score"]
        made = regional_rows(bench, metric, result, given, states)
        rows += intervals.added(made, metric, given)
    evidence = regional_evidence(bench, statistics.made("mean", ()))
    return Scored(rows, replace(evidence, relationships=bins))


def _unscored(
    bench: Bench,
    metric: Metric[...],
    reason: NotAssessable,
    states: Mapping[str, RegionState],
) -> list[Row]:
    status, text = why_unscored(metric, reason, bench.companions)
    return [
        bench.maker.unscored(
            state.status or status,
            state.message if state.status else text,
            metric=metric.name,
            region=region,
        )
        for region, state in states.items()
    ]

"""Metrics of the pattern over regions: one number for all of them."""

from collections.abc import Mapping
from inspect import signature

import numpy as np
import xarray as xr

from benchmark.metrics import Metric
from benchmark.score.bench import Bench
from benchmark.score.companions import why_unscored
from benchmark.score.evaluate import NotAssessable, evaluate
from benchmark.score.measured import reported
from benchmark.score.region_state import RegionState
from benchmark.score.relationship_bins import bins_of
from benchmark.score.task import Row

ALL_REGIONS = "all_regions"

# The pattern of three regions can hardly be wrong.
FEWEST_REGIONS = 4


def pattern_row(
    bench: Bench,
    metric: Metric[...],
    statistics: Mapping[str, xr.DataArray],
    states: Mapping[str, RegionState],
    bins: dict[str, xr.Dataset],
) -> Row:
    """Return the one row of a metric of the pattern over regions.

    Parameters
    ----------
    bench : Bench
        The reference.
    metric : Metric
        Of kind ``pattern``.
    statistics : mapping
        With the dimension region.
    states : mapping
        Which regions can be assessed; domains, which are made of the others,
        are left out.
    bins : dict
        The bins of relationships are added, by metric.

    Returns
    -------
    dict
        Of the region `ALL_REGIONS`.
    """
    factor, units = reported(metric, bench.variable)
    maker = bench.maker.knowing(metric=metric.name, region=ALL_REGIONS, units=units)
    held = [
        region
        for region, state in states.items()
        if not state.status and not region.endswith("_domain")
    ]
    if len(held) < FEWEST_REGIONS:
        msg = f"{len(held)} regions can be assessed; a pattern needs {FEWEST_REGIONS}"
        return maker.unscored("not_assessed", msg)
    given = {
        name: value.sel(region=held) if "region" in value.dims else value
        for name, value in statistics.items()
    }
    takes_areas = "weights" in signature(metric.function).parameters
    try:
        found = evaluate(
            metric,
            given,
            weights=_areas(bench, held) if takes_areas else None,
            numbers=bench.canonical_numbers(metric),
        )
    except NotAssessable as reason:
        return maker.unscored(*why_unscored(metric, reason, bench.companions))
    bins |= bins_of(metric, found, bench.variable, ALL_REGIONS)
    scores = {
        name: float(found[name].clip(0.0, 1.0))
        for name in ("score", "score_u0", "score_null")
        if name in found
    }
    values = {
        name: float(found[name]) * factor
        for name in ("value", "value_low", "value_high")
        if name in found
    }
    message = str(found["message"].item()) if "message" in found else ""
    known = values["value"] == values["value"]
    if not known or scores.get("score", 0.0) != scores.get("score", 0.0):
        text = message or "undefined here: the regions do not differ"
        return maker.unscored("not_assessed", text)
    columns = {**values, **scores, "n": len(held)}
    return maker.row(status="scored", message=message, **columns)


def _areas(bench: Bench, regions: list[str]) -> xr.DataArray | None:
    """Return the land area of each region in m2, None unless all are known."""
    known = [bench.regions[region].land_area_Mkm2 or np.nan for region in regions]
    area = xr.DataArray(known, {"region": regions}, ("region",)) * 1e12
    area = bench.table.area.sel(region=regions).fillna(area).reset_coords(drop=True)
    return area if bool(area.notnull().all()) else None

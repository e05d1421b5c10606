"""The numbers behind the matrix, small enough to stand in the page itself."""

from collections.abc import Sequence
from math import isfinite
from typing import Any

from benchmark.report import labels
from benchmark.report.cells import cell
from benchmark.report.matrix import Benchmark
from benchmark.report.numbers import interval, number, unit
from benchmark.report.rows import Row, group_by
from benchmark.report.scorecard import Total, scorecard
from benchmark.report.site import Site

# A number that stands for no number: the place of its state in this tuple.
STATES = tuple(labels.STATES)


def embedded(site: Site) -> dict[str, Any]:
    """Return scores and values of every benchmark, region and model.

    Parameters
    ----------
    site : Site
        The run.

    Returns
    -------
    dict
        ``models`` (slugs, in the order of cells), ``states``, ``regions``
        (page slug to name), ``totals`` (the scorecard) and ``benchmarks``: of
        each key (`benchmark_key`) the ``scores`` of the matrix, what its
        value is (``what``, ``unit``) and, by region, the reference in words
        (``ref``) and a cell per model: ``[score, value]``, either may be
        None, or the place of its state in `STATES`, 0 where the pair has no
        row there. A score is that of `cells.cell` for the rows of the region.
    """
    found = group_by(site.rows, "variable", "reference")
    return {
        "models": [site.model_slug[name] for name in site.matrix.models],
        "states": {status: about[:2] for status, about in labels.STATES.items()},
        "regions": {site.page_slug[id]: site.region_name(id) for id in site.pages},
        "benchmarks": {
            benchmark_key(site, benchmark): _benchmark(
                site, benchmark, found[benchmark.variable, benchmark.reference]
            )
            for benchmark in site.matrix.benchmarks
        },
        "totals": {
            total.subject or "overall": {"scores": _totals(total, site.matrix.models)}
            for total in scorecard(site.result)
        },
    }


def benchmark_key(site: Site, benchmark: Benchmark) -> str:
    """Return what addresses call a benchmark."""
    slug = site.reference_slug[benchmark.reference]
    return f"{slug}.{benchmark.variable}.{benchmark.group}"


def _benchmark(site: Site, benchmark: Benchmark, rows: list[Row]) -> dict[str, Any]:
    here = [r for r in rows if r.region and _group(r) == benchmark.group]
    everywhere = [r for r in rows if not r.region and r.status != "scored"]
    main = _main_metric(here)
    by_region = group_by(here, "region")
    units = next((r for r in here if r.metric == main and r.units), None)
    means = (site.matrix.cells[benchmark, name].score for name in site.matrix.models)
    return {
        "scores": [_rounded(mean, ".4f") for mean in means],
        "what": labels.metric(main) if main else "",
        "unit": unit(units.units, units.mass_basis) if units else "",
        "regions": {
            site.page_slug.get(site.page_of(region), region): _place(
                site.matrix.models, by_region[region], everywhere, main
            )
            for region in by_region
        },
    }


def _totals(total: Total, models: Sequence[str]) -> list[float | None]:
    scores = (total.scores.get(name) for name in models)
    return [_rounded(s.score, ".4f") if s else None for s in scores]


def _place(
    models: Sequence[str], rows: list[Row], everywhere: list[Row], main: str
) -> dict[str, Any]:
    own, others = group_by(rows, "model"), group_by(everywhere, "model")
    shown = [row for row in rows if row.metric == main and row.status == "scored"]
    return {
        "ref": _reference(shown),
        "cells": [_cell(own.get(m) or others.get(m, []), main) for m in models],
    }


def _cell(rows: list[Row], main: str) -> list[float | None] | int:
    if not rows:
        return 0
    found = cell(rows)
    values = [r.value for r in rows if r.metric == main and r.status == "scored"]
    value = next((v for v in values if v is not None), None)
    if found.score is None and value is None:
        return STATES.index(found.status) if found.status in STATES else 0
    return [_rounded(found.score, ".4f"), _rounded(value, ".3g")]


def _main_metric(rows: list[Row]) -> str:
    """Return the metric that says how much there is, or else the first."""
    scored = [row for row in rows if row.status == "scored"] or rows
    levels = [r.metric for r in scored if r.is_level and "bias" not in r.metric]
    united = [r.metric for r in scored if unit(r.units, r.mass_basis)]
    return next(iter([*levels, *united, *(r.metric for r in scored)]), "")


def _reference(rows: list[Row]) -> str:
    """Write what the reference has; models may meet different parts of it."""
    middles = [r.reference_value for r in rows if r.reference_value is not None]
    lows = [r.reference_low for r in rows if r.reference_low is not None]
    highs = [r.reference_high for r in rows if r.reference_high is not None]
    ends = [*middles, *lows, *highs]
    if not ends:
        return ""
    if number(min(ends)) == number(max(ends)):
        return number(ends[0])
    spread = interval(min(ends), max(ends))
    if len({number(m) for m in middles}) == 1:
        return f"{number(middles[0])} ({spread})"
    return spread


def _group(row: Row) -> str:
    return labels.region_group(row.region)


def _rounded(value: float | None, form: str) -> float | None:
    """Round a number as a format does; what is not finite has no JSON."""
    return float(format(value, form)) if value is not None and isfinite(value) else None

"""Models by regions, with what a null model and another reference score there."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

import pandas as pd

from benchmark.report import labels
from benchmark.report.cells import Cell, cell
from benchmark.report.rows import Row, group_by
from benchmark.report.site import Site

NULL, CEILING = "Null model", "Another reference in its place"


@dataclass(frozen=True)
class Column:
    """A column: a short name and a full name."""

    name: str
    title: str


@dataclass(frozen=True)
class Yardstick:
    """Scores by column that are no model's, and the metrics they are of."""

    name: str
    metrics: tuple[str, ...]
    scores: tuple[float | None, ...]
    titles: tuple[str, ...]


@dataclass(frozen=True)
class ScoreTable:
    """Lines (a model and its cells), their columns, and what to hold them against."""

    columns: tuple[Column, ...]
    lines: tuple[tuple[str, tuple[Cell, ...]], ...]
    yardsticks: tuple[Yardstick, ...]


def by_regions(site: Site, reference: str) -> ScoreTable:
    """Lay out the scores against a reference: models by regions.

    Parameters
    ----------
    site : Site
        The run.
    reference : str
        Id of the reference.

    Returns
    -------
    ScoreTable
        First the cells of the index, then a column for each region; only
        models that have a number.
    """
    rows = site.by_reference.get(reference, [])
    models = [m for m in site.matrix.models if (m, reference) in site.scored_pairs]
    shown = {row.region for row in rows if row.score is not None}
    regions = [id for id in site.region_ids if id in shown]
    if "" in shown:
        regions.append("")
    sets = [one for one in site.matrix.of(reference) if site.matrix.scored(one)]
    # The mean of a set of one region is the column of that region.
    sets = [one for one in sets if len(_regions_of(one.group, regions)) > 1]
    heads = [Column(f"Mean of {one.where}", one.title) for one in sets]
    heads += [_column(site, id) for id in regions]
    lines = []
    for model in models:
        groups = group_by(site.by_pair[model, reference], "region")
        cells = [site.matrix.cells[one, model] for one in sets]
        cells += [cell(groups.get(id, []), elsewhere=True) for id in regions]
        lines.append((model, tuple(cells)))
    ids = [tuple(_regions_of(one.group, regions)) for one in sets]
    ids += [(id,) for id in regions]
    tops, who = _ceilings(site, reference)
    sticks = [
        _of_regions(NULL, _nulls(rows), ids, {}),
        _of_regions(CEILING, tops, ids, who),
    ]
    return ScoreTable(
        tuple(heads), tuple(lines), tuple(stick for stick in sticks if stick)
    )


def by_metrics(site: Site, reference: str) -> ScoreTable | None:
    """Lay out the scores against a reference: models by metrics.

    Parameters
    ----------
    site : Site
        The run.
    reference : str
        Id of the reference.

    Returns
    -------
    ScoreTable or None
        A cell is the mean over regions; None for a single metric.
    """
    rows = site.by_reference.get(reference, [])
    scored = [row.metric for row in rows if row.score is not None]
    names = list(dict.fromkeys(scored))
    if len(names) < 2:
        return None
    lines = []
    for model in site.matrix.models:
        if (model, reference) not in site.scored_pairs:
            continue
        groups = group_by(site.by_pair[model, reference], "metric")
        cells = (cell(_regional(groups.get(n, [])), elsewhere=True) for n in names)
        lines.append((model, tuple(cells)))
    columns = tuple(Column(labels.metric(name), name) for name in names)
    nulls = _nulls(rows)
    tops, who = _ceilings(site, reference)
    sticks = [
        _of_metrics(NULL, nulls, names, {}),
        _of_metrics(CEILING, tops, names, who),
    ]
    return ScoreTable(columns, tuple(lines), tuple(s for s in sticks if s))


def _regional(rows: Sequence[Row]) -> list[Row]:
    regional = [row for row in rows if "domain" not in row.region]
    return regional if any(row.score is not None for row in regional) else list(rows)


def _column(site: Site, id: str) -> Column:
    if not id:
        return Column(
            "Across regions", "one number for all regions, such as their order"
        )
    name = site.region_label(id)
    return Column(name, name)


def _regions_of(group: str, regions: Iterable[str]) -> list[str]:
    return [id for id in regions if id and labels.region_group(id) == group]


def _nulls(rows: Iterable[Row]) -> dict[tuple[str, str], float]:
    """Return the scores of the null model by region and metric."""
    known = [row for row in rows if row.score_null is not None]
    # The same whatever the model, but for families that are left out.
    return {
        key: fmean(row.score_null for row in group if row.score_null is not None)
        for key, group in group_by(known, "region", "metric").items()
    }


def _ceilings(
    site: Site, reference: str
) -> tuple[dict[tuple[str, str], float], dict[tuple[str, str], str]]:
    """Return the best scores of other references, and whose they are."""
    table = site.result.ceilings
    found: dict[tuple[str, str], float] = {}
    who: dict[tuple[str, str], str] = {}
    if not len(table):
        return found, who
    mine = table[table["reference"] == reference].dropna(subset=["best"])
    for region, metric, best, name in zip(
        mine["region"], mine["metric"], mine["best"], mine["best_from"], strict=True
    ):
        key = ("" if pd.isna(region) else str(region), str(metric))
        found[key], who[key] = float(best), str(name)
    return found, who


def _of_regions(
    name: str,
    found: Mapping[tuple[str, str], float],
    columns: Sequence[tuple[str, ...]],
    who: Mapping[tuple[str, str], str],
) -> Yardstick | None:
    """Average over metrics, then over the regions of a column."""
    scores: list[float | None] = []
    titles = []
    for regions in columns:
        each = [
            fmean(here)
            for id in regions
            if (here := [x for (region, _), x in found.items() if region == id])
        ]
        scores.append(fmean(each) if each else None)
        titles.append(_names(who[key] for key in who if key[0] in regions))
    return _yardstick(name, found, scores, titles)


def _of_metrics(
    name: str,
    found: Mapping[tuple[str, str], float],
    columns: Sequence[str],
    who: Mapping[tuple[str, str], str],
) -> Yardstick | None:
    """Average over the regions, a domain only where there is nothing else."""
    scores: list[float | None] = []
    titles = []
    for metric in columns:
        every = {region: x for (region, own), x in found.items() if own == metric}
        parts = {region: x for region, x in every.items() if "domain" not in region}
        scores.append(fmean((parts or every).values()) if every else None)
        titles.append(_names(who[key] for key in who if key[1] == metric))
    return _yardstick(name, found, scores, titles)


def _yardstick(
    name: str,
    found: Iterable[tuple[str, str]],
    scores: Sequence[float | None],
    titles: Sequence[str],
) -> Yardstick | None:
    if all(score is None for score in scores):
        return None
    metrics = tuple(dict.fromkeys(labels.metric(metric) for _, metric in found))
    return Yardstick(name, metrics, tuple(scores), tuple(titles))


def _names(names: Iterable[str]) -> str:
    each = list(dict.fromkeys(names))
    return "; ".join(each) if len(each) < 6 else ""

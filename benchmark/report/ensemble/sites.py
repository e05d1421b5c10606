"""Methane of sites, models and ranges by region and by class."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from benchmark.report import labels
from benchmark.report.ensemble.levels import Levels, all_levels
from benchmark.report.figures.boxes import (
    Place,
    Sample,
    Span,
)
from benchmark.report.site import Site

CLASSES = (
    "marsh",
    "fen",
    "bog",
    "permafrost_wetland",
    "permafrost_bog",
    "boreal_forest",
    "upland_tundra",
)


@dataclass(frozen=True)
class Sites:
    """The site values of one reference, g CH4 m-2 yr-1."""

    label: str
    table: pd.DataFrame


def site_values(site: Site) -> list[Sites]:
    """Return the methane of sites, a table for each reference that has it."""
    known = site.result.references
    return [
        Sites(site.reference_label(name), table.assign(site_class=_classes(table)))
        for name, table in site.result.sites.items()
        if name in known and known[name].variable == "ch4" and len(table)
    ]


def _classes(table: pd.DataFrame) -> pd.Series:
    return table["site_class"].fillna("").astype(str)


def region_places(site: Site, data: Sequence[Sites]) -> list[Place]:
    """Return the regions of the paper with their sites, models and scored median."""
    unions = {region.part_of for region in site.result.regions.values()}
    ids = [
        page
        for page in site.pages
        if page not in unions and labels.region_group(page) == "regions"
    ]
    levels = _densities(site)
    places = []
    for id in ids:
        samples = tuple(
            Sample(one.label, _finite(one.table.loc[_of_page(one, id), "value"]))
            for one in data
        )
        models = levels.of_region(id) if levels else {}
        place = Place(
            site.region_name(id), samples, tuple(models.items()), _scored(levels, id)
        )
        if models or any(sample.fluxes for sample in samples):
            places.append(place)
    return places


def _of_page(one: Sites, id: str) -> pd.Series:
    # A region and its twin without a permafrost limit are one row.
    regions = one.table["region"].fillna("").astype(str)
    return regions.str.removesuffix(labels.SUFFIX) == id


def _densities(site: Site) -> Levels | None:
    """Return the methane per wetland area of models with most pairs."""
    known = site.result.references
    found = [
        one
        for one in all_levels(site)
        if one.metric == "ch4_density" and known[one.reference].kind == "regional"
    ]
    own = [one for one in found if not _is_range(site, one.reference)]
    return max(own or found, key=lambda one: len(one.model), default=None)


def _is_range(site: Site, reference: str) -> bool:
    table = site.result.approaches.get(reference)
    return table is not None and bool(table["value"].isna().all())


def _scored(levels: Levels | None, region: str) -> float | None:
    if levels is None:
        return None
    found = [v for (_, id), v in levels.against.items() if id == region]
    return found[0] if found else None


def published_ranges(site: Site) -> list[Span]:
    """Return the ranges that references give for all regions, widest first."""
    spans = []
    for name, table in site.result.approaches.items():
        known = site.result.references.get(name)
        density = known is not None and "ch4_density" in known.scoring.metrics
        if not density or not _is_range(site, name):
            continue
        ends = table[["low", "high"]].dropna().drop_duplicates()
        if len(ends) == 1:
            low, high = (float(x) for x in ends.iloc[0])
            spans.append(Span(site.reference_label(name), low, high))
    return sorted(spans, key=lambda span: span.low - span.high)


def class_places(site: Site, data: Sequence[Sites]) -> list[Place]:
    """Return the classes that sites have, in the order of the paper."""
    held = {kind for one in data for kind in one.table["site_class"] if kind}
    order = [*(kind for kind in CLASSES if kind in held), *sorted(held - {*CLASSES})]
    models = _models_by_class(site)
    return [
        Place(
            labels_of(kind),
            tuple(
                Sample(
                    one.label,
                    _finite(one.table.loc[one.table["site_class"] == kind, "value"]),
                )
                for one in data
            ),
            tuple(models.get(kind, {}).items()),
        )
        for kind in order
    ]


def _models_by_class(site: Site) -> dict[str, dict[str, float]]:
    """Return the median of each model over the sites of a class."""
    found: dict[str, dict[str, float]] = {}
    for (model, reference), evidence in site.result.evidence.items():
        known = site.result.references.get(reference)
        if evidence.sites is None or known is None or known.variable != "ch4":
            continue
        table = pd.DataFrame(
            {
                "kind": evidence.sites["site_class"].to_numpy(),
                "value": evidence.sites["model"].to_numpy(),
            }
        ).dropna()
        for kind, value in table.groupby("kind")["value"].median().items():
            found.setdefault(str(kind), {}).setdefault(model, float(value))
    return found


def labels_of(kind: str) -> str:
    """Return what a class is called.

    Examples
    --------
    >>> labels_of("permafrost_bog")
    'Permafrost bog'
    """
    return labels.sentence(kind.replace("_", " "))


def _finite(values: Iterable[float]) -> tuple[float, ...]:
    return tuple(float(v) for v in values if np.isfinite(v))

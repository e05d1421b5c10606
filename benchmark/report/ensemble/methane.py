"""Wetland methane by region and by class: Fig. 5 and 3 of the source paper."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from benchmark.metrics.methane_classes import PERMAFROST_BOG as BOG
from benchmark.metrics.methane_classes import UPLAND_TUNDRA, WET
from benchmark.report import labels
from benchmark.report.drawing import Studio
from benchmark.report.ensemble.levels import Levels, all_levels
from benchmark.report.ensemble.section import Section, listed
from benchmark.report.figures.boxes import (
    FEWEST,
    FLOOR,
    Place,
    Sample,
    Span,
    describe,
    draw_boxes,
)
from benchmark.report.numbers import count, number, unit
from benchmark.report.site import Site

BY_REGION = ("methane", "Wetland methane by region")
BY_CLASS = ("methane-classes", "Methane by class of wetland")
UNIT = unit("g m-2 yr-1", "CH4")
CLASSES = (
    "marsh",
    "fen",
    "bog",
    "permafrost_wetland",
    "permafrost_bog",
    "boreal_forest",
    "upland_tundra",
)
NO_SITES = "This run has no reference with methane of single sites"
CANNOT = (
    "Sites are where people measured, not a sample of the region; rows of one site and "
    "class are one value however many years they have.",
    "The data sets share sites, so they are not independent of each other.",
)


@dataclass(frozen=True)
class Sites:
    """The site values of one reference, g CH4 m-2 yr-1."""

    label: str
    table: pd.DataFrame


def methane_section(site: Site, studio: Studio) -> Section:
    """Return the section of methane by region, and draw its figure.

    Parameters
    ----------
    site : Site
        The run.
    studio : Studio
        Knows where figures go.

    Returns
    -------
    Section
    """
    data = site_values(site)
    places = region_places(site, data)
    if not any(sample.fluxes for place in places for sample in place.samples):
        return Section(*BY_REGION, empty=f"{NO_SITES}, so there is nothing to draw.")
    spans = published_ranges(site)
    words = (region_finding(places), describe(places, "Wetland methane", UNIT))
    twin = draw_boxes(
        places, spans, UNIT, words, studio.folder, "ensemble-methane-regions"
    )
    return Section(
        *BY_REGION,
        words[0],
        words=(_models_words(places),),
        read=_read(data, places, spans, "region"),
        cannot=CANNOT,
        key="boxes",
        names=tuple(one.label for one in data),
        twins=(twin,),
    )


def class_section(site: Site, studio: Studio) -> Section:
    """Return the section of methane by class, and draw its figure.

    Parameters
    ----------
    site : Site
        The run.
    studio : Studio
        Knows where figures go.

    Returns
    -------
    Section
    """
    data = [one for one in site_values(site) if one.table["site_class"].ne("").any()]
    places = class_places(site, data)
    if not places:
        return Section(*BY_CLASS, empty=f"{NO_SITES} and their class of wetland.")
    words = (class_finding(places), describe(places, "Methane by class", UNIT))
    twin = draw_boxes(
        places, (), UNIT, words, studio.folder, "ensemble-methane-classes"
    )
    absent = [labels_of(id) for id in CLASSES if labels_of(id) not in _names(places)]
    said = f"No site of this run is of the class {listed(absent)}." if absent else ""
    return Section(
        *BY_CLASS,
        words[0],
        words=tuple(filter(None, (said,))),
        read=_read(data, places, (), "class"),
        cannot=(
            "Ratios of classes hang on the statistic and on the sites: the same "
            "classes "
            "give other ratios for means than for medians.",
            *CANNOT,
        ),
        key="boxes",
        names=tuple(one.label for one in data),
        twins=(twin,),
    )


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
    found = [one for one in all_levels(site) if one.metric == "ch4_density"]
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


def _names(places: Sequence[Place]) -> list[str]:
    return [place.name for place in places]


def _pooled(place: Place) -> list[float]:
    return [value for sample in place.samples for value in sample.fluxes]


def region_finding(places: Sequence[Place]) -> str:
    """Say where sites emit most and least, and how many regions have few."""
    enough = [p for p in places if len(_pooled(p)) >= FEWEST]
    few = len(places) - len(enough)
    if len(enough) < 2:
        return f"Only {len(enough)} of {len(places)} regions has {FEWEST} sites or more"
    medians = {p.name: float(np.median(_pooled(p))) for p in enough}
    high, low = (
        max(medians, key=medians.__getitem__),
        min(medians, key=medians.__getitem__),
    )
    text = (
        f"Wetland sites emit most in {high} (median {number(medians[high])} {UNIT}) "
        "and "
        f"least in {low} ({number(medians[low])})"
    )
    if few:
        verb = "has" if few == 1 else "have"
        text += f"; {few} of {len(places)} regions {verb} fewer than {FEWEST} sites"
    return text


def class_finding(places: Sequence[Place]) -> str:
    """Say how many times the wettest classes emit what the driest do.

    Parameters
    ----------
    places : sequence of Place
        Classes with their sites.

    Returns
    -------
    str
        The ratios of medians, beside those that the paper states; for lack of
        these classes, which class emits most.
    """
    pooled = {place.name: _pooled(place) for place in places}
    wet = [v for kind in WET for v in pooled.get(labels_of(kind), [])]
    said = []
    for kind, paper in (("permafrost_bog", BOG), ("upland_tundra", UPLAND_TUNDRA)):
        dry = pooled.get(labels_of(kind), [])
        if min(len(wet), len(dry)) >= FEWEST and np.median(dry) > 0:
            ratio = float(np.median(wet) / np.median(dry))
            stated = f"{number(paper[0], 2)} to {number(paper[1], 2)}"
            name = labels_of(kind).lower()
            said.append(f"{number(ratio, 2)} times as much as {name} (paper: {stated})")
    if said:
        return f"Marsh and fen emit {' and '.join(said)}"
    medians = {name: float(np.median(v)) for name, v in pooled.items() if v}
    high = max(medians, key=medians.__getitem__)
    return f"{high} emits most: a median of {number(medians[high])} {UNIT}"


def _models_words(places: Sequence[Place]) -> str:
    """Say where models lie outside the sites' middle half."""
    names = dict.fromkeys(name for place in places for name, _ in place.models)
    if not names:
        return (
            "No model of this run has methane per wetland area here: that needs its "
            "methane and its wetland area."
        )
    outside = []
    for place in places:
        pooled = _pooled(place)
        values = [value for _, value in place.models]
        if len(pooled) >= FEWEST and values:
            low, high = np.quantile(pooled, (0.25, 0.75))
            beyond = sum(not low <= value <= high for value in values)
            if beyond * 2 > len(values):
                outside.append(place.name)
    where = (
        f"most of them lie outside the middle half of the sites in {listed(outside, 9)}"
        if outside
        else "nowhere do most of them lie outside the middle half of the sites"
    )
    held = count(len(names), "model has", "models have")
    return f"{held} methane per wetland area; {where}."


def _read(
    data: Sequence[Sites], places: Sequence[Place], spans: Sequence[Span], what: str
) -> tuple[str, ...]:
    lanes = listed((one.label for one in data), 9)
    said = [
        f"In each {what}, from the top: {lanes}. A box is the middle half of the "
        "sites, "
        "its line the median, the thin line the whole range.",
        f"Of fewer than {FEWEST} sites each is a grey ring instead. The axis has equal "
        f"ratios; uptake and what is below {FLOOR:g} stands at its left end.",
    ]
    if any(place.scored is not None for place in places):
        said.append("The dark line is the median that the scores of this run use.")
    if any(place.models for place in places):
        said.append("Stars or ticks below are the models of this run.")
    if spans:
        names = listed((span.label for span in spans), 9)
        said.append(f"Grey bands, for all regions together: {names}.")
    return tuple(said)

"""Wetland methane by region and by class: Fig. 5 and 3 of the source paper."""

from collections.abc import Sequence

import numpy as np

from benchmark.metrics.methane_classes import PERMAFROST_BOG as BOG
from benchmark.metrics.methane_classes import UPLAND_TUNDRA, WET
from benchmark.report.drawing import Studio
from benchmark.report.ensemble.section import Section, listed
from benchmark.report.ensemble.sites import (
    CLASSES,
    Sites,
    class_places,
    labels_of,
    published_ranges,
    region_places,
    site_values,
)
from benchmark.report.figures.boxes import (
    FEWEST,
    FLOOR,
    Place,
    Span,
    describe,
    draw_boxes,
)
from benchmark.report.numbers import count, number, unit
from benchmark.report.site import Site

BY_REGION = ("methane", "Wetland methane by region")
BY_CLASS = ("methane-classes", "Methane by class of wetland")
UNIT = unit("g m-2 yr-1", "CH4")
NO_SITES = "This run has no reference with methane of single sites"
CANNOT = (
    "Sites are where people measured, not a sample of the region; rows of one site and "
    "class are one value however many years they have.",
    "The data sets share sites, so they are not independent of each other.",
)


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
        The ratios of medians with the numbers of sites, as ratios of few
        sites are of little weight, beside those that the paper states; for
        lack of these classes, which class emits most.
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
            said.append(
                f"{number(ratio, 2)} times that of {name} ({len(dry)} sites; the paper "
                f"states {stated})"
            )
    if said:
        return f"The median of {len(wet)} marshes and fens is {' and '.join(said)}"
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

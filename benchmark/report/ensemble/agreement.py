"""Sink, neutral or source: how many families say which; Fig. 6 of the paper."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import xarray as xr

from benchmark.ensemble import Ensemble, agreement_maps
from benchmark.regions import Regions, region_weights
from benchmark.report import labels
from benchmark.report.drawing import Studio
from benchmark.report.ensemble.section import Section, listed
from benchmark.report.figures.probability_maps import Panels, draw_probabilities
from benchmark.report.figures.shares import COLOURS, Bar, Split, describe, draw_shares
from benchmark.report.numbers import count, percent
from benchmark.report.site import Site

ID, TOPIC = "agreement", "Sink, neutral or source"
MAPS = ("agreement-maps", "Sink, neutral or source, cell by cell")
OF = {"reference": "approaches", "with_models": "with the models"}
WEIGHT = (
    "Every family counts the same, however many members it has: a family's share of "
    "sinks is taken first, then the mean over families. A sink is below "
    "\N{MINUS SIGN}10, a source "
    "above +10 g C m⁻² yr⁻¹."
)


def agreement_section(site: Site, studio: Studio, ensemble: Ensemble | None) -> Section:
    """Return the section of regional shares, and draw its figure.

    Parameters
    ----------
    site : Site
        The run.
    studio : Studio
        Knows where figures go.
    ensemble : Ensemble or None
        What the approaches to NEE say.

    Returns
    -------
    Section
    """
    if ensemble is None or ensemble.classes is None:
        empty = "No reference of NEE in this run is made of three approaches or more."
        return Section(ID, TOPIC, empty=empty)
    bars = class_bars(site, ensemble.classes)
    words = (finding(site, ensemble.classes), describe(bars))
    twin = draw_shares(bars, words, studio.folder, "ensemble-classes")
    return Section(
        ID,
        TOPIC,
        words[0],
        words=(_families(ensemble),),
        read=(
            WEIGHT,
            "The upper bar of a region is of the approaches alone, the lower one has "
            "the "
            "models of this run counted with their families."
            if any(len(bar.splits) > 1 for bar in bars)
            else "One bar a region: the approaches of the reference.",
        ),
        cannot=(
            "The source paper's Fig. 6 counts three families, without in-situ means; "
            "here "
            "every family of the table counts, in-situ means where there are any.",
            "A family of one member can only say 0 or 100 %. How sure a member is does "
            "not enter: \N{MINUS SIGN}11 and \N{MINUS SIGN}60 are both sinks. The "
            "intervals in the data draw "
            "members anew within their families; they are a lower bound.",
        ),
        twins=(twin,),
    )


def class_bars(site: Site, classes: pd.DataFrame) -> list[Bar]:
    """Return a bar for each region, with a split for each choice of members."""
    bars = []
    for region in dict.fromkeys(classes["region"]):
        here = classes[classes["region"] == region]
        splits = []
        for of, name in OF.items():
            mine = here[here["of"] == of].set_index("class")
            if len(mine):
                kinds = list(COLOURS)
                splits.append(
                    Split(
                        name,
                        {kind: float(mine.loc[kind, "probability"]) for kind in kinds},
                        {
                            kind: (
                                float(mine.loc[kind, "low"]),
                                float(mine.loc[kind, "high"]),
                            )
                            for kind in kinds
                        },
                    )
                )
        bars.append(Bar(site.region_name(region), tuple(splits)))
    return bars


def finding(site: Site, classes: pd.DataFrame) -> str:
    """Say in how many regions the families agree, and where the models change it.

    Parameters
    ----------
    site : Site
        Names of regions.
    classes : DataFrame
        Of an `Ensemble`.

    Returns
    -------
    str
    """
    alone = majorities(classes, "reference")
    sinks = [id for id, kind in alone.items() if kind == "sink"]
    split = [id for id, kind in alone.items() if not kind]
    text = f"Most families see a sink in {len(sinks)} of {count(len(alone), 'region')}"
    if split:
        text += f"; no class has a majority in {_names(site, split)}"
    both = majorities(classes, "with_models")
    turned = [id for id in both if both[id] != alone.get(id)]
    if turned:
        text += f"; the models change the majority in {_names(site, turned)}"
    return text


def majorities(classes: pd.DataFrame, of: str) -> dict[str, str]:
    """Return the class with more than half of the families; empty where none."""
    mine = classes[classes["of"] == of]
    found = {}
    for region, here in mine.groupby("region", sort=False):
        more = here.loc[here["probability"] > 0.5, "class"]
        found[str(region)] = str(more.iloc[0]) if len(more) else ""
    return found


def _names(site: Site, ids: Sequence[str]) -> str:
    return listed((site.region_name(id) for id in ids), 8)


def _families(ensemble: Ensemble) -> str:
    rows = ensemble.rows
    parts = []
    for of, name in (("reference", "approaches"), ("model", "models of this run")):
        mine = rows[rows["of"] == of].drop_duplicates("approach")
        counts = mine["family"].value_counts()
        if len(counts):
            said = listed(
                (f"{family_name(str(k))} ({n})" for k, n in counts.items()), 9
            )
            parts.append(f"{name}: {said}")
    return f"Families and their members: {'; '.join(parts)}."


def family_name(family: str) -> str:
    """Return what a family is called inside a sentence.

    Examples
    --------
    >>> family_name("process_based"), family_name("cmip6")
    ('process models', 'CMIP6')
    """
    name = labels.FAMILIES.get(family, family.replace("_", " ")) or "models"
    return (
        name if name.isupper() or name[1:2].isupper() else name[:1].lower() + name[1:]
    )


def maps_section(site: Site, studio: Studio) -> Section:
    """Return the section of maps, and draw them.

    Parameters
    ----------
    site : Site
        The run.
    studio : Studio
        Knows the coast and where figures go.

    Returns
    -------
    Section
    """
    fluxes = site.result.net_fluxes
    maps = agreement_maps(fluxes) if len(fluxes) > 1 else None
    maps = None if maps is None else within_regions(maps, site)
    if maps is None:
        n = count(
            len(fluxes), "gridded model or product", "gridded models and products"
        )
        empty = (
            f"Maps need the NEE of two gridded models or products; this run has {n}."
        )
        return Section(*MAPS, empty=empty)
    ids = [str(id) for id in maps["family"].to_numpy()]
    named = [(id, labels.sentence(family_name(id))) for id in ids]
    panels = draw_probabilities(
        maps, named, studio.coast, _outlines(site), studio.folder, "ensemble-agreement"
    )
    members = listed(
        (f"{flux.name} ({family_name(flux.family)})" for flux in fluxes), 25
    )
    only = "Only one family has maps, so they are shares of its members. "
    return Section(
        *MAPS,
        maps_finding(panels),
        words=(f"{only if len(ids) == 1 else ''}On the maps: {members}.",),
        read=(
            WEIGHT,
            "Shown is where a cell touches a region of this run. All maps are on the "
            "coarsest grid of their members, so nothing is invented "
            "between cells.",
        ),
        cannot=(
            "Agreement is not truth: members that share a fault agree. A family of one "
            "member is 0 or 100 % everywhere.",
        ),
        panels=panels,
    )


def within_regions(maps: xr.Dataset, site: Site) -> xr.Dataset:
    """Keep the cells that touch a region of the run, and leave out the seas.

    Parameters
    ----------
    maps : Dataset
        From `agreement_maps`.
    site : Site
        The run.

    Returns
    -------
    Dataset
        All cells where the run has no region on the grid.
    """
    own = [
        region
        for id, region in site.result.regions.items()
        if labels.region_group(id) in {"regions", "boreal_tundra"} and region.part_of
    ]
    if not own:
        return maps
    touched = region_weights(Regions("report", tuple(own)), maps).sum("region") > 0
    land = touched & (maps["land_fraction"] > 0)
    names = ("family_share", "probability", "agreement")
    return maps.assign({name: maps[name].where(land) for name in names})


def maps_finding(panels: Panels) -> str:
    """Say of how much of the land the majority is a sink, and where none is."""
    parts = panels.parts
    return (
        f"On {parts['sink']} of the land shown most families see a sink, on "
        f"{parts['neutral']} neither, on {parts['source']} a source; no class has a "
        f"majority on {parts['none']}"
    )


def _outlines(site: Site) -> list[np.ndarray]:
    """Return the limits of the permafrost domain, or of the regions without it."""
    regions = site.result.regions
    domain = regions.get("permafrost_domain")
    chosen = [domain] if domain else [r for r in regions.values() if r.part_of]
    lines = []
    for region in chosen:
        parts = getattr(region.geometry, "geoms", [region.geometry])
        lines += [np.asarray(p.exterior.segmentize(1.0).coords)[:, :2] for p in parts]
    return lines


def agreed(classes: pd.DataFrame, of: str) -> str:
    """Return the mean probability of the likeliest class, as a percentage."""
    mine = classes[classes["of"] == of]
    return percent(float(mine.groupby("region")["probability"].max().mean()))

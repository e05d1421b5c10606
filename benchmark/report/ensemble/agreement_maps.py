"""Maps of sink, neutral and source; Fig. 6 of the source paper."""

import numpy as np
import xarray as xr

from benchmark.ensemble import agreement_maps
from benchmark.regions import Regions, region_weights
from benchmark.report import labels
from benchmark.report.drawing import Studio
from benchmark.report.ensemble.agreement import WEIGHT
from benchmark.report.ensemble.names import family_name
from benchmark.report.ensemble.section import Section, listed
from benchmark.report.figures.probability_maps import Panels, draw_probabilities
from benchmark.report.numbers import count
from benchmark.report.site import Site

MAPS = ("agreement-maps", "Sink, neutral or source, cell by cell")


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
    who = "families" if len(panels.rows) > 1 else "members"
    return (
        f"On {parts['sink']} of the land shown most {who} see a sink, on "
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

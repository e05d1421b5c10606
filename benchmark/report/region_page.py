"""A region's page: what it is, every approach, and every model."""

from typing import TYPE_CHECKING, Any

from benchmark.regions import Region
from benchmark.report import labels
from benchmark.report.bars import PART, limit_of
from benchmark.report.chart import Chart
from benchmark.report.drawing import Studio
from benchmark.report.figures.region_view import region_view
from benchmark.report.marks import in_ensemble
from benchmark.report.matrix import other_grades
from benchmark.report.numbers import number, percent
from benchmark.report.region_charts import soil_depths, wetland_classes
from benchmark.report.region_table import overview
from benchmark.report.region_words import headline
from benchmark.report.rows import Row, group_by
from benchmark.report.site import Site
from benchmark.report.strips import Peers
from benchmark.report.tables import by_model

if TYPE_CHECKING:
    import pandas as pd


def region_context(
    site: Site, studio: Studio, peers: Peers, page: str, coast: str
) -> dict[str, Any]:
    """Return what ``region.html`` shows, and draw its figures.

    Parameters
    ----------
    site : Site
        The run.
    studio : Studio
        Draws the figures.
    peers : Peers
        What all models have.
    page : str
        Id of the region the page is about.
    coast : str
        Path of the coastline for the small map.

    Returns
    -------
    dict
        The context of the template; regions with and without the permafrost
        limit are sections of one page.
    """
    ids = [id for id in site.pages[page] if id == page or id in site.by_region]
    ids.sort(key=labels.unlimited)
    sites = _sites(site, site.pages[page])
    return {
        "site": site,
        "title": site.region_name(page),
        "coast": coast,
        "shapes": _shapes([site.result.regions[id] for id in ids]),
        "open_families": _open_families(site),
        "own": any(not in_ensemble(site, name) for name in site.matrix.models),
        "view": region_view([site.result.regions[id] for id in ids], sites.values()),
        "site_sources": list(dict.fromkeys(map(site.reference_label, sites))),
        "sections": [_section(site, studio, peers, id) for id in ids],
    }


def _section(site: Site, studio: Studio, peers: Peers, id: str) -> dict[str, Any]:
    region = site.result.regions[id]
    rows = site.by_region.get(id, [])
    groups = group_by(rows, "reference")
    order = [name for name in site.reference_slug if name in groups]
    variables = dict.fromkeys(row.variable for name in order for row in groups[name])
    charts = _charts(studio, id, sorted(variables, key=_rank))
    more = _more_charts(site, studio, id, rows)
    cycles = [studio.region_cycle(name, id) for name in order]
    return {
        "id": id,
        "region": region,
        "limit": limit_of(site, id),
        "areas": _areas(region),
        "headline": headline(site, rows),
        "charts": charts,
        "depths": more.get("depths"),
        "classes": more.get("classes"),
        "overview": overview(site, rows),
        "parts": any(not row.whole and row.is_level for row in rows),
        "cycles": [
            (name, picture)
            for name, picture in zip(order, cycles, strict=True)
            if picture
        ],
        "tables": [
            _table(site, peers, name, groups[name])
            for name in order
            if any(row.status == "scored" for row in groups[name])
        ],
        "silent": [
            name
            for name in order
            if all(row.status != "scored" for row in groups[name])
        ],
    }


def _charts(studio: Studio, id: str, variables: list[str]) -> list[Chart]:
    """Lay out all variables but soil carbon, which has a figure by depth."""
    return [
        chart
        for variable in variables
        for chart in studio.region_bars(id, variable)
        if variable != "cSoil" or chart.title.endswith(PART)
    ]


def _more_charts(
    site: Site, studio: Studio, id: str, rows: list[Row]
) -> dict[str, Chart]:
    sites = _sites(site, [id])
    tables = [table for name, table in sites.items() if _methane(site, name)]
    drawn = (
        ("depths", soil_depths(site, id, rows)),
        ("classes", wetland_classes(site, id, rows, tables)),
    )
    return {name: studio.chart(bars, f"{name} {id}") for name, bars in drawn if bars}


def _sites(site: Site, ids: list[str]) -> dict[str, "pd.DataFrame"]:
    """Return what references of sites have in some regions and their parts."""
    regions = site.result.regions
    ids = [id for id in regions if id in ids or regions[id].part_of in ids]
    found = {}
    for name, table in site.result.sites.items():
        here = table[table["region"].isin(ids)]
        if len(here):
            found[name] = here
    return found


def _methane(site: Site, reference: str) -> bool:
    known = site.result.references.get(reference)
    return known is not None and known.variable == "ch4"


def _table(site: Site, peers: Peers, name: str, rows: list[Row]) -> dict[str, Any]:
    known = site.result.references.get(name)
    grade = known.grade if known else rows[0].grade or "C"
    return {
        "reference": name,
        "variable": rows[0].variable,
        "grade": grade,
        "grades": other_grades(rows, grade),
        "table": by_model(rows, site, peers),
    }


def _shapes(regions: list[Region]) -> list[str]:
    """Say where the shapes are from, once if all are from one source."""
    said = [
        f"{region.source} ({region.licence})" if region.licence else region.source
        for region in regions
        if region.source
    ]
    return list(dict.fromkeys(said))


def _open_families(site: Site) -> list[str]:
    """Return the families of the run's models that are drawn as open marks."""
    known = site.result.models
    names = [name for name in site.matrix.models if in_ensemble(site, name)]
    return sorted({known[name].family for name in names})


def _rank(variable: str) -> int:
    order = list(labels.VARIABLES)
    return order.index(variable) if variable in order else len(order)


def _areas(region: Region) -> str:
    """Say how large a region is and how far from what was published."""
    land, published = region.land_area_Mkm2, region.published_area_Mkm2
    if land is None and published is None:
        return "Area not given."
    if land is None:
        return f"Published area {number(published)} million km²."
    text = f"{number(land)} million km² of land in the shape used here"
    if published is None:
        return f"{text}; no area has been published."
    off = land / published - 1
    side = "larger" if off > 0 else "smaller"
    return f"{text}, {percent(abs(off))} {side} than published ({number(published)})."

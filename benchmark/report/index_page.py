"""The first page: the matrix, and what everything in it rests on."""

from typing import Any

from benchmark.report import file_notes, notices
from benchmark.report.figures.locator import anchor, region_path
from benchmark.report.scorecard import scorecard
from benchmark.report.site import Site
from benchmark.report.words import summary


def index_context(site: Site, coast: str) -> dict[str, Any]:
    """Return what ``index.html`` shows.

    Parameters
    ----------
    site : Site
        The run.
    coast : str
        Path of the coastline for the map of regions.

    Returns
    -------
    dict
        The context of the template.
    """
    result = site.result
    return {
        "site": site,
        "title": result.title or result.name,
        "summary": summary(site.rows),
        "coast": coast,
        "places": _places(site),
        "scorecard": scorecard(result, site.matrix.models),
        "silent": [b for b in site.matrix.benchmarks if not site.matrix.scored(b)],
        "column_families": _families(site),
        "gaps": notices.gaps(site.rows, site),
        "methods": notices.methods(site.rows),
        "manifest": notices.flatten(result.manifest),
        "warnings": file_notes.shared_warnings(result.notes),
        "reference_notes": file_notes.reference_notes(result.notes, result.references),
    }


def _places(site: Site) -> list[dict[str, Any]]:
    """Give a number and a place on the map to regions that are no union."""
    unions = {region.part_of for region in site.result.regions.values()} | {"global"}
    places: list[dict[str, Any]] = []
    n = 0
    for id in site.pages:
        path = "" if id in unions else region_path(site.result.regions[id])
        n += bool(path)
        x, y = anchor(site.result.regions[id]) if path else (0.0, 0.0)
        number = n if path else 0
        places.append({"id": id, "path": path, "x": x, "y": y, "number": number})
    return places


def _families(site: Site) -> list[tuple[str, int]]:
    """Return the families of the columns, and how many columns each spans."""
    spans: list[tuple[str, int]] = []
    for name in site.matrix.models:
        model = site.result.models.get(name)
        family = model.family if model else ""
        if spans and spans[-1][0] == family:
            spans[-1] = (family, spans[-1][1] + 1)
        else:
            spans.append((family, 1))
    return spans

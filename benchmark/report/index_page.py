"""The first page: the matrix, and what everything in it rests on."""

from functools import partial
from typing import Any

from benchmark.report import file_notes, labels, notices
from benchmark.report.embedded import benchmark_key, embedded
from benchmark.report.figures.locator import anchor, region_path
from benchmark.report.matrix import Benchmark
from benchmark.report.panels import DOMAINS, core_pages
from benchmark.report.scorecard import made_of_little, scorecard, subject_of
from benchmark.report.site import Site
from benchmark.report.sources import shared_sources
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
        "other_places": _other_places(site),
        "totals": scorecard(result),
        "made_of_little": made_of_little(scorecard(result)),
        "groups": _groups(site, silent=False),
        "silent": _groups(site, silent=True),
        "key": partial(benchmark_key, site),
        "approaches": _approaches(site),
        "numbers": embedded(site),
        "column_families": _families(site),
        "gaps": notices.shared_gaps(notices.gaps(site.rows, site), site),
        "methods": notices.methods(site.rows),
        "reference_sources": shared_sources(result.references),
        "model_sources": shared_sources(result.models),
        "manifest": notices.flatten(result.manifest),
        "warnings": file_notes.shared_warnings(result.notes),
        "reference_notes": file_notes.reference_notes(result.notes, result.references),
    }


def _groups(site: Site, *, silent: bool) -> list[tuple[str, str, list[Benchmark]]]:
    """Return subject, heading and benchmarks, in the order of the scorecard.

    A benchmark stands under the subject that counts it, else under that of
    its reference; `silent` asks for those without a score of any model.
    """
    counted = subject_of(site.result)
    titles = {total.subject: total.title for total in scorecard(site.result)}
    groups: dict[str, list[Benchmark]] = {name: [] for name in titles if name}
    groups |= {name: [] for name in labels.SUBJECTS if name not in groups}
    for benchmark in site.matrix.benchmarks:
        if site.matrix.scored(benchmark) is not silent:
            subject = counted.get(benchmark.reference, benchmark.subject)
            groups.setdefault(subject, []).append(benchmark)
    return [
        (subject, titles.get(subject) or labels.subject(subject), found)
        for subject, found in groups.items()
        if found
    ]


def _approaches(site: Site) -> dict[str, int]:
    """Return of how many approaches each reference is made."""
    tables = site.result.approaches
    return {name: table["approach"].nunique() for name, table in tables.items()}


def _places(site: Site) -> list[dict[str, Any]]:
    """Give a number and a place on the map to the regions that a run is about.

    The domain stands beside them without a number: it is all of them.
    """
    places: list[dict[str, Any]] = []
    n = 0
    for id in [*core_pages(site), *(id for id in site.pages if id in DOMAINS)]:
        path = "" if id in DOMAINS else region_path(site.result.regions[id])
        n += bool(path)
        x, y = anchor(site.result.regions[id]) if path else (0.0, 0.0)
        number = n if path else 0
        places.append({"id": id, "path": path, "x": x, "y": y, "number": number})
    return places


def _other_places(site: Site) -> list[tuple[str, list[str]]]:
    """Return the other pages of regions by what they are parts of, with its name.

    On the map they would lie over the regions that a run is about.
    """
    regions = site.result.regions
    parents = {region.part_of for region in regions.values()}
    groups: dict[str, list[str]] = {}
    for id in site.pages:
        if id not in core_pages(site) and id not in DOMAINS:
            whole = id if id in parents else regions[id].part_of
            groups.setdefault(whole or "", []).append(id)
    return [
        (site.region_name(whole) if whole else "", found)
        for whole, found in groups.items()
    ]


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

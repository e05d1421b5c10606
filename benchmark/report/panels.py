"""Small multiples of one model: a panel for each region."""

from dataclasses import dataclass
from statistics import fmean

from benchmark.report import labels
from benchmark.report.bars import model_line
from benchmark.report.chart import Chart, lay_chart
from benchmark.report.comparison import compare
from benchmark.report.figures.regional_bars import Bars
from benchmark.report.marks import best
from benchmark.report.numbers import unit
from benchmark.report.rows import Row, group_by
from benchmark.report.site import Site


@dataclass(frozen=True)
class Panel:
    """One region: NEE among its references, and the mean score by variable.

    `lane` is the index of its row in the chart of all panels, None without NEE.
    """

    name: str
    href: str
    value: float | None
    verdict: str
    lane: int | None
    scores: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Panels:
    """Panels in the order of the report, upon one axis of NEE."""

    panels: tuple[Panel, ...]
    chart: Chart | None


DOMAINS = frozenset({"permafrost_domain", "boreal_tundra_domain"})


def core_pages(site: Site) -> list[str]:
    """Return the regions that a run is about: the eight of the paper, or a user's.

    Parameters
    ----------
    site : Site
        The run.

    Returns
    -------
    list of str
        Pages of regions that are part of the permafrost domain; of a run
        without these, all pages that are no domain.
    """
    regions = site.result.regions
    eight = [page for page in site.pages if regions[page].part_of in DOMAINS]
    return eight or [page for page in site.pages if page not in {*DOMAINS, "global"}]


def lay_panels(site: Site, model: str) -> Panels:
    """Lay out the eight regions of one model.

    Parameters
    ----------
    site : Site
        The run.
    model : str
        Its name.

    Returns
    -------
    Panels
        A region is one of `core_pages` that has a scored number;
        where NEE was compared its mean is that of the region within the
        permafrost limit, or without it where only that was compared.
    """
    rows = [row for row in site.by_model.get(model, []) if row.status == "scored"]
    by_page: dict[str, list[Row]] = {}
    core = set(core_pages(site))
    for row in rows:
        if site.page_of(row.region) in core:
            by_page.setdefault(site.page_of(row.region), []).append(row)
    pages = [page for page in site.pages if page in by_page]
    means = {page: mean for page in pages if (mean := _means(by_page[page]))}
    chart = None
    if means:
        lines = [model_line(site, model, found) for found in means.values()]
        units = unit("g m-2 yr-1", "C")
        bars = Bars("NEE", "nee", units, lines, neutral=(-10.0, 10.0))
        chart = lay_chart(bars, "")
    order = list(means)
    panels = []
    for page in pages:
        own = best(means[page]) if page in means else None
        panels.append(
            Panel(
                name=site.region_name(page),
                href=site.region_href(page) or "",
                value=own.level if own else None,
                verdict=compare(own) if own else "",
                lane=order.index(page) if own else None,
                scores=tuple(_scores(by_page[page])),
            )
        )
    return Panels(tuple(panels), chart)


def _means(rows: list[Row]) -> list[Row]:
    """Return the rows of mean NEE: of the region within the permafrost limit first."""
    found = [
        row
        for row in rows
        if row.variable == "nee" and row.metric == "regional_mean" and row.is_level
    ]
    limited = [row for row in found if not labels.unlimited(row.region)]
    return limited or found


def _scores(rows: list[Row]) -> list[tuple[str, float]]:
    """Return the mean score of each variable, over references and metrics."""
    groups = group_by((row for row in rows if row.score is not None), "variable")
    found = []
    for variable, group in groups.items():
        references = group_by(group, "reference").values()
        means = [fmean(row.score or 0.0 for row in one) for one in references]
        found.append((labels.short(variable), fmean(means)))
    return found

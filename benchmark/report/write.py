"""Write a report: every page, every figure, and the files they share."""

from collections.abc import Callable
from pathlib import Path

from benchmark.atomic import write_text
from benchmark.report.drawing import Studio
from benchmark.report.figures.locator import coast_path
from benchmark.report.index_page import index_context
from benchmark.report.model_page import model_context
from benchmark.report.region_page import region_context
from benchmark.report.render import render, template_file
from benchmark.report.site import Site, open_site
from benchmark.report.tables import Peers
from benchmark.score.files import write_scores
from benchmark.score.result import RunResult

ASSETS = ("style.css", "report.js")


def write_report(
    result: RunResult,
    folder: Path,
    *,
    progress: Callable[[str], None] | None = None,
) -> Path:
    """Write a run as a folder of pages that open without a server.

    Parameters
    ----------
    result : RunResult
        What to show; it is not changed.
    folder : Path
        Where to write. Files of an earlier report are replaced one by one.
    progress : callable, optional
        Called with the name of each page when it is done.

    Returns
    -------
    Path
        ``index.html``.

    Notes
    -----
    Pages: ``index.html``, ``models/*.html``, ``regions/*.html``. Figures are
    in ``figures``, each with its data as CSV; all scores in ``scores.csv``.
    The index is written last, so it never points to what is not there.
    """
    folder = Path(folder)
    tell = progress or (lambda name: None)
    site = open_site(result)
    studio, peers = Studio(site, folder), Peers(site.rows)
    for name in ASSETS:
        write_text(folder / name, template_file(name))
    write_scores(result, folder)
    coast = coast_path(studio.coast)
    _write_models(site, studio, peers, folder, tell)
    _write_regions(site, studio, peers, coast, folder, tell)
    index = render("index.html", root="", **index_context(site, coast))
    tell("index")
    return write_text(folder / "index.html", index)


def _write_models(
    site: Site, studio: Studio, peers: Peers, folder: Path, tell: Callable[[str], None]
) -> None:
    for model in site.matrix.models:
        context = model_context(site, studio, peers, model)
        page = render("model.html", root="../", **context)
        write_text(folder / site.model_href(model), page)
        tell(model)


def _write_regions(
    site: Site,
    studio: Studio,
    peers: Peers,
    coast: str,
    folder: Path,
    tell: Callable[[str], None],
) -> None:
    for id in site.pages:
        context = region_context(site, studio, peers, id, coast)
        page = render("region.html", root="../", **context)
        write_text(folder / f"regions/{site.page_slug[id]}.html", page)
        tell(site.region_name(id))

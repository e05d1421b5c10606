"""Write a report: every page, every figure, and the files they share."""

import re
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path

from benchmark.atomic import write_text
from benchmark.report.drawing import Studio
from benchmark.report.figures.locator import coast_path
from benchmark.report.folder import check_folder, remove_stale
from benchmark.report.index_page import index_context
from benchmark.report.model_page import model_context
from benchmark.report.region_page import region_context
from benchmark.report.render import render, template_file
from benchmark.report.site import Site, open_site
from benchmark.report.strips import Peers
from benchmark.score.files import write_scores
from benchmark.score.result import RunResult

ASSETS = ("style.css", "report.js", "matrix.js")
FIGURES = re.compile(r"figures/[\w.-]+")


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
        Where to write. Files of an earlier report are replaced one by one,
        and those of models and regions that this run has not are removed.
    progress : callable, optional
        Called with the name of each page when it is done.

    Returns
    -------
    Path
        ``index.html``.

    Raises
    ------
    FileExistsError
        If the folder has an ``index.html`` that is not of a report.

    Notes
    -----
    Pages: ``index.html``, ``models/*.html``, ``regions/*.html``. Figures are
    in ``figures``, each with its data as CSV; all scores in ``scores.csv``.
    The index is written last, so it never points to what is not there.
    """
    folder = Path(folder)
    check_folder(folder)
    tell = progress or (lambda name: None)
    site = open_site(result)
    studio, peers = Studio(site, folder), Peers(site.rows)
    for name in ASSETS:
        write_text(folder / name, template_file(name))
    write_scores(result, folder)
    coast = coast_path(studio.coast)
    written: set[Path] = set()
    pages = (
        _models(site, studio, peers),
        _regions(site, studio, peers, coast),
    )
    for address, page, name in chain.from_iterable(pages):
        written.add(write_text(folder / address, page))
        written |= {folder / figure for figure in FIGURES.findall(page)}
        tell(name)
    index = render("index.html", root="", **index_context(site, coast))
    tell("index")
    path = write_text(folder / "index.html", index)
    remove_stale(folder, written)
    return path


def _models(site: Site, studio: Studio, peers: Peers) -> Iterator[tuple[str, str, str]]:
    """Yield address, page and name of every model, its figures drawn."""
    for model in site.matrix.models:
        context = model_context(site, studio, peers, model)
        page = render("model.html", root="../", **context)
        yield site.model_href(model), page, model


def _regions(
    site: Site, studio: Studio, peers: Peers, coast: str
) -> Iterator[tuple[str, str, str]]:
    """Yield address, page and name of every region, its figures drawn."""
    for id in site.pages:
        context = region_context(site, studio, peers, id, coast)
        page = render("region.html", root="../", **context)
        yield f"regions/{site.page_slug[id]}.html", page, site.region_name(id)

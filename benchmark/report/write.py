"""Write a report: every page, every figure, and the files they share."""

import re
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from benchmark.atomic import write_text
from benchmark.report.baseline import Baseline, changes_context, read_baseline
from benchmark.report.benchmark_pages.benchmark_page import benchmark_context
from benchmark.report.benchmark_pages.pair_page import pair_context
from benchmark.report.drawing import Studio
from benchmark.report.ensemble.page import ADDRESS, ensemble_context
from benchmark.report.figures.locator import coast_path
from benchmark.report.file_notes import reference_notes
from benchmark.report.folder import check_folder, remove_stale
from benchmark.report.index_page import index_context
from benchmark.report.model_page import model_context
from benchmark.report.navigation import menu_script
from benchmark.report.one_file import write_one_file
from benchmark.report.own_templates import templates_from
from benchmark.report.region_page import region_context
from benchmark.report.render import render, template_file
from benchmark.report.site import Site, open_site
from benchmark.report.strips import Peers
from benchmark.saved.writing import save_run
from benchmark.score.result import RunResult

ASSETS = ("style.css", "report.js", "matrix.js")
FIGURES = re.compile(r"figures/[\w.-]+")


def write_report(
    result: RunResult,
    folder: Path,
    *,
    progress: Callable[[str], None] | None = None,
    baseline: Path | Baseline | None = None,
    templates: Path | None = None,
    single_file: bool = False,
    kept: bool = False,
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
    baseline : Path or Baseline, optional
        The folder of a former run, or its ``scores.csv``: the index says what
        changed since, and ``changes.csv`` has all of it.
    templates : Path, optional
        A folder of templates in place of those that ship, see
        `benchmark.report.own_templates.templates_from`.
    single_file : bool, default False
        Write ``report.html`` too: every page and figure in one file.
    kept : bool, default False
        Whether `result` is what `benchmark.saved.save_run` or ``load_run``
        returned for this folder, so that its tables need not be written.

    Returns
    -------
    Path
        ``index.html``, or ``report.html``.

    Raises
    ------
    FileExistsError
        If the folder has an ``index.html`` that is not of a report.
    ConfigError
        If the baseline cannot be read, or a template of the user is at fault.

    Notes
    -----
    Pages: ``index.html``, ``contents.html``, ``ensemble.html``, ``models/*.html``,
    ``regions/*.html``, ``benchmarks/REFERENCE.html`` and, for a model that has a
    number there, ``benchmarks/REFERENCE/MODEL.html``. Figures are in ``figures``
    with their data as CSV; the data of maps and cycles in ``data``, a NetCDF file
    for each model and reference; all scores in ``scores.csv``; and the run
    itself in ``run``, see `benchmark.saved`.
    The index is written last, so it never points to what is not there.
    """
    folder = Path(folder)
    check_folder(folder)
    if baseline is not None and not isinstance(baseline, Baseline):
        baseline = read_baseline(baseline)  # before this run takes its place
    with templates_from(templates):
        site = open_site(result if kept else save_run(result, folder))
        changes = changes_context(site, baseline) if baseline else None
        addresses = _write_pages(site, folder, changes, progress or (lambda name: None))
        if not single_file:
            return folder / "index.html"
        title = site.result.title or site.result.name
        return write_one_file(folder, addresses, title)


def _write_pages(
    site: Site,
    folder: Path,
    changes: dict[str, Any] | None,
    tell: Callable[[str], None],
) -> list[str]:
    """Write every page, and return the addresses of them, the index first."""
    for name in ASSETS:
        write_text(folder / name, template_file(name))
    if changes:
        table = changes["found"].table().to_csv(index=False)
        write_text(folder / "changes.csv", table)
    write_text(folder / "menus.js", menu_script(site.sections))
    contents = render("contents.html", root="", site=site)
    write_text(folder / "contents.html", contents)
    studio, peers = Studio(site, folder), Peers(site.rows)
    coast = coast_path(studio.coast)
    written: set[Path] = set()
    addresses = ["index.html"]
    pages = (
        _models(site, studio),
        _regions(site, studio, peers, coast),
        _benchmarks(site, studio, peers),
        _ensemble(site, studio),
    )
    for address, page, name in chain.from_iterable(pages):
        written.add(write_text(folder / address, page))
        written |= {folder / figure for figure in FIGURES.findall(page)}
        addresses.append(address)
        tell(name)
    context = {**index_context(site, coast), "changes": changes}
    index = render("index.html", root="", **context)
    tell("index")
    write_text(folder / "index.html", index)
    remove_stale(folder, written | ({folder / "changes.csv"} if changes else set()))
    return addresses


def _models(site: Site, studio: Studio) -> Iterator[tuple[str, str, str]]:
    """Yield address, page and name of every model, its figures drawn."""
    for model in site.matrix.models:
        context = model_context(site, studio, model)
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


def _benchmarks(
    site: Site, studio: Studio, peers: Peers
) -> Iterator[tuple[str, str, str]]:
    """Yield address, page and name of every reference and of its pairs."""
    notes = reference_notes(site.result.notes, site.result.references)
    for reference in site.reference_slug:
        mine = notes.get(reference, [])
        context = benchmark_context(site, studio, reference, mine)
        page = render("benchmark.html", root="../", **context)
        yield site.benchmark_href(reference), page, reference
        for model in site.matrix.models:
            if (model, reference) in site.scored_pairs:
                pair = pair_context(site, studio, peers, model, reference, mine)
                page = render("pair.html", root="../../", **pair)
                address = site.evidence_href(model, reference)
                yield address, page, f"{model}, {reference}"


def _ensemble(site: Site, studio: Studio) -> Iterator[tuple[str, str, str]]:
    """Yield address, page and name of the page of all models together."""
    context = ensemble_context(site, studio)
    yield ADDRESS, render("ensemble.html", root="", **context), "ensemble"

"""A model's page: what is right, what is wrong, and where to look."""

from typing import Any

from benchmark.report import labels, notices, words
from benchmark.report.drawing import Studio
from benchmark.report.matrix import Cell, build_matrix, cell
from benchmark.report.numbers import years
from benchmark.report.rows import Row, group_by
from benchmark.report.site import Site
from benchmark.report.tables import Peers, by_region


def model_context(
    site: Site, studio: Studio, peers: Peers, model: str
) -> dict[str, Any]:
    """Return what ``model.html`` shows, and draw its figures.

    Parameters
    ----------
    site : Site
        The run.
    studio : Studio
        Draws the figures.
    peers : Peers
        What the other models have.
    model : str
        Name of the model.

    Returns
    -------
    dict
        The context of the template.
    """
    rows = site.by_model.get(model, [])
    about = site.result.models.get(model)
    found = words.findings(rows, site)
    return {
        "site": site,
        "title": model,
        "model": about,
        "facts": _facts(site, model, rows),
        "findings": found,
        "best": _best(site, model),
        "missing": words.not_assessed(rows),
        "summary": words.summary(rows),
        "tiles": _tiles(site, rows),
        "subjects": _subjects(site, studio, peers, model, rows),
        "gaps": notices.gaps(rows, site),
        "notes": [note for note in site.result.notes if note.model == model],
        "rows": rows,
    }


def _facts(site: Site, model: str, rows: list[Row]) -> list[str]:
    about = site.result.models.get(model)
    family = about.family if about else ""
    version = (about.version if about else "") or (
        rows[0].model_version if rows else ""
    )
    periods = sorted({row.period for row in rows if row.period})
    facts = [
        labels.FAMILIES.get(family, family),
        f"version {version}" if version else "version not given",
    ]
    if about and about.period:
        facts.append(years(about.period))
    elif len(periods) == 1:
        facts.append(years(periods[0]))
    return [fact for fact in facts if fact]


def _best(site: Site, model: str) -> tuple[str, str, float] | None:
    scored = [
        (found.score, benchmark)
        for benchmark in site.matrix.benchmarks
        if (found := site.matrix.cells[benchmark, model]).score is not None
    ]
    # One number for a whole domain is easier to meet than every region is.
    regional = [pair for pair in scored if "domain" not in pair[1].group]
    scored = regional if len(regional) > 1 else scored
    if len(scored) < 2:
        return None
    score, benchmark = max(
        scored, key=lambda pair: (pair[0] or 0.0) * words.SURE.get(pair[1].grade, 0.5)
    )
    title = site.short_title(benchmark.reference)
    name = f"{labels.short(benchmark.variable)} against {title}"
    return name, site.anchor(benchmark.reference), score or 0.0


def _tiles(site: Site, rows: list[Row]) -> dict[str, Any]:
    """Return scores by benchmark and region: where the model does well."""
    matrix = build_matrix(
        [row for row in rows if row.score is not None or row.status == "failed"],
        site.result.references,
        [],
    )
    groups = group_by(rows, "variable", "reference", "region")
    shown = {
        row.region for row in rows if row.status in {"scored", "failed"} and row.metric
    }
    pages = [page for page, ids in site.pages.items() if shown & set(ids)]
    cells: dict[tuple[str, str, str], Cell] = {}
    for benchmark in dict.fromkeys(
        (b.variable, b.reference) for b in matrix.benchmarks
    ):
        for page in pages:
            found = [
                row
                for id in site.pages[page]
                for row in groups.get((*benchmark, id), [])
            ]
            cells[(*benchmark, page)] = cell(found)
    order = dict.fromkeys((b.variable, b.reference, b.grade) for b in matrix.benchmarks)
    return {"pages": pages, "benchmarks": list(order), "cells": cells}


def _subjects(
    site: Site, studio: Studio, peers: Peers, model: str, rows: list[Row]
) -> list[dict[str, Any]]:
    by_reference = group_by(rows, "reference")
    order = [name for name in site.reference_slug if name in by_reference]
    named = [_subject(site, name) for name in order]
    subjects = list(dict.fromkeys([*labels.SUBJECTS, *named]))
    sections = []
    for subject in subjects:
        names = [name for name in order if _subject(site, name) == subject]
        if not names:
            continue
        variables = dict.fromkeys(
            row.variable for name in names for row in by_reference[name]
        )
        bars = [p for variable in variables for p in studio.model_bars(model, variable)]
        blocks = [
            _block(site, studio, peers, model, name, by_reference[name])
            for name in names
        ]
        sections.append({"name": subject, "bars": bars, "blocks": blocks})
    return sections


def _subject(site: Site, reference: str) -> str:
    known = site.result.references.get(reference)
    return known.subject if known else ""


def _block(
    site: Site, studio: Studio, peers: Peers, model: str, name: str, rows: list[Row]
) -> dict[str, Any]:
    useful = any(row.status == "scored" for row in rows)
    return {
        "name": name,
        "reference": site.result.references.get(name),
        "title": site.reference_title(name),
        "anchor": site.anchor(name),
        "variable": rows[0].variable,
        "cell": cell(rows),
        "useful": useful,
        "cycles": studio.model_cycles(model, name),
        "maps": studio.maps(model, name),
        "table": by_region(rows, site, peers) if useful else None,
        "gaps": notices.gaps(rows, site),
        "rows": rows,
    }

"""A model's page: what is right, what is wrong, and where to look."""

from typing import Any

from benchmark.report import labels, notices, words
from benchmark.report.cells import Cell, cell
from benchmark.report.drawing import Studio
from benchmark.report.matrix import Benchmark, other_grades
from benchmark.report.numbers import years
from benchmark.report.rows import Row, group_by
from benchmark.report.site import Site
from benchmark.report.strips import Peers
from benchmark.report.tables import by_region
from benchmark.report.tiles import lay_tiles


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
    notes = [note for note in site.result.notes if note.model == model]
    return {
        "site": site,
        "title": model,
        "model": about,
        "facts": _facts(site, model, rows),
        "findings": found,
        "best": _best(site, model),
        "unskilled": words.no_skill(rows, site),
        "missing": words.not_assessed(rows),
        "summary": words.summary(rows),
        "tiles": lay_tiles(site, rows),
        "subjects": _subjects(site, studio, peers, model, rows),
        "gaps": notices.gaps(rows, site),
        "notes": notes,
        "warned": sum(note.kind == "warning" for note in notes),
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

    def sure(benchmark: Benchmark) -> float:
        grades = (benchmark.grade, *site.matrix.grades[benchmark])
        return min(words.SURE.get(grade, 0.5) for grade in grades)

    # One number for a whole domain is easier to meet than every region is.
    regional = [pair for pair in scored if "domain" not in pair[1].group]
    scored = regional if len(regional) > 1 else scored
    if len(scored) < 2:
        return None
    score, benchmark = max(scored, key=lambda pair: (pair[0] or 0.0) * sure(pair[1]))
    title = site.short_title(benchmark.reference)
    name = f"{labels.short(benchmark.variable)} against {title}"
    return name, site.anchor(benchmark.reference), score or 0.0


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
    known = site.result.references.get(name)
    return {
        "name": name,
        "reference": known,
        "title": site.reference_title(name),
        "label": site.reference_label(name),
        "anchor": site.anchor(name),
        "variable": rows[0].variable,
        "cell": cell(rows),
        "badges": _badges(site, model, name),
        "grades": other_grades(rows, known.grade if known else ""),
        # They are on the page of the pair.
        "cycles": [],
        "maps": None,
        "table": by_region(rows, site, peers) if useful else None,
        "gaps": notices.gaps(rows, site),
        "rows": [],  # every number too
    }


def _badges(site: Site, model: str, reference: str) -> list[tuple[str, Cell]]:
    """Return the numbers that the index has for this pair, and where they are of."""
    cells = site.matrix.cells
    return [
        (benchmark.where, cells[benchmark, model])
        for benchmark in site.matrix.of(reference)
        if cells[benchmark, model].score is not None
    ]

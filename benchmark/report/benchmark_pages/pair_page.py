"""The page of a model and a reference: how they compare, and what that rests on."""

from collections.abc import Mapping, Sequence
from typing import Any

from benchmark.config.descriptors import Reference
from benchmark.report import labels, notices
from benchmark.report.benchmark_pages.limits import limits, limits_here, remarks
from benchmark.report.benchmark_pages.pair_figures import draw_pair
from benchmark.report.benchmark_pages.scoring import rules
from benchmark.report.benchmark_pages.verdict import (
    beside,
    scores_in_words,
    verdict,
)
from benchmark.report.cells import Cell
from benchmark.report.drawing import Studio
from benchmark.report.matrix import other_grades
from benchmark.report.rows import Row
from benchmark.report.site import Site
from benchmark.report.strips import Peers
from benchmark.report.tables import by_region
from benchmark.score.result import Note

Links = Mapping[str, tuple[str, str] | None]


def pair_context(
    site: Site,
    studio: Studio,
    peers: Peers,
    model: str,
    reference: str,
    reference_notes: Sequence[Note] = (),
) -> dict[str, Any]:
    """Return what ``pair.html`` shows, and draw its figures.

    Parameters
    ----------
    site : Site
        The run.
    studio : Studio
        Draws the figures.
    peers : Peers
        What the other models have.
    model, reference : str
        The pair; it has a scored row.
    reference_notes : sequence of Note
        What was done to the files of the reference.

    Returns
    -------
    dict
        The context of the template.
    """
    rows = site.by_pair[model, reference]
    known = site.result.references.get(reference)
    grade = known.grade if known else rows[0].grade or "C"
    said = verdict(rows, site)
    scores = scores_in_words(rows, site)
    return {
        "site": site,
        "title": f"{model} against {site.reference_label(reference)}",
        "model": model,
        "name": reference,
        "reference": known,
        "variable": rows[0].variable,
        "grade": grade,
        "lower": other_grades(rows, grade),
        "badges": badges(site, model, reference),
        "verdict": said,
        "scores": "" if scores == said else scores,
        "beside": beside(rows, site),
        "figures": draw_pair(studio, model, reference),
        "table": by_region(rows, site, peers),
        "rules": rules(rows, known.scoring if known else None),
        "limits": limits(known),
        "here": limits_here(rows, known, site),
        "remarks": remarks(rows, site),
        "conversions": _notes(site, model, rows, "conversion"),
        "warnings": _notes(site, model, rows, "warning"),
        "derivations": sorted({row.derivation for row in rows if row.derivation}),
        "reference_notes": list(reference_notes),
        "gaps": notices.gaps(rows, site),
        "rows": rows,
        "links": neighbours(site, model, reference),
    }


def badges(site: Site, model: str, reference: str) -> list[tuple[str, Cell]]:
    """Return the numbers that the index has for a pair, and where they are of."""
    cells = site.matrix.cells
    return [
        (benchmark.where, cells[benchmark, model])
        for benchmark in site.matrix.of(reference)
        if cells[benchmark, model].score is not None
    ]


def neighbours(site: Site, model: str, reference: str) -> Links:
    """Return the pages before and after a pair, among models and among references.

    Parameters
    ----------
    site : Site
        The run.
    model, reference : str
        The pair.

    Returns
    -------
    mapping
        ``model_before``, ``model_after``, ``reference_before`` and
        ``reference_after``: an address and a name, or None at the end.
    """
    models = [m for m in site.matrix.models if (m, reference) in site.scored_pairs]
    references = [r for r in site.reference_slug if (model, r) in site.scored_pairs]
    beside_model = _beside(models, model)
    beside_reference = _beside(references, reference)
    found: dict[str, tuple[str, str] | None] = {}
    for side, other in zip(("before", "after"), beside_model, strict=True):
        href = other and site.evidence_href(other, reference)
        found[f"model_{side}"] = (href, other) if href and other else None
    for side, other in zip(("before", "after"), beside_reference, strict=True):
        href = other and site.evidence_href(model, other)
        name = other and site.reference_label(other)
        found[f"reference_{side}"] = (href, name) if href and name else None
    return found


def _beside(names: Sequence[str], name: str) -> tuple[str | None, str | None]:
    place = names.index(name)
    before = names[place - 1] if place else None
    return before, names[place + 1] if place + 1 < len(names) else None


def _notes(site: Site, model: str, rows: Sequence[Row], kind: str) -> list[Note]:
    """Return what was done to the model's files of what is compared here."""
    mine = {row.variable for row in rows} | {""}
    return [
        note
        for note in site.result.notes
        if note.model == model and note.kind == kind and note.variable in mine
    ]


def about(reference: Reference | None) -> list[str]:
    """Say in a line what kind of thing a reference is.

    Parameters
    ----------
    reference : Reference or None
        Its descriptor.

    Returns
    -------
    list of str
        Facts; empty without a descriptor.
    """
    from benchmark.report.numbers import years

    if reference is None:
        return []
    kinds = {"field": "map", "regional": "regional numbers", "sites": "sites"}
    facts = [
        labels.sentence(labels.variable(reference.variable)),
        labels.FAMILIES.get(reference.family, reference.family),
        kinds[reference.kind],
        years(reference.period) if reference.period else "no period stated",
        f"version {reference.version}" if reference.version else "",
    ]
    return [fact for fact in facts if fact]

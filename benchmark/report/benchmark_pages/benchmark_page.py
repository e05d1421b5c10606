"""The page of a reference: what it is, all models against it, what it cannot tell."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from benchmark.report import labels
from benchmark.report.benchmark_pages.benchmark_figures import (
    draw_all_models,
    draw_differences,
)
from benchmark.report.benchmark_pages.limits import limits, uncertainty
from benchmark.report.benchmark_pages.pair_page import about
from benchmark.report.benchmark_pages.score_table import by_metrics, by_regions
from benchmark.report.benchmark_pages.scoring import rules
from benchmark.report.cells import NO_ROW
from benchmark.report.drawing import Studio
from benchmark.report.file_notes import tail
from benchmark.report.matrix import other_grades
from benchmark.report.numbers import count
from benchmark.report.numbers import score as written
from benchmark.report.site import Site
from benchmark.score.result import Note


@dataclass(frozen=True)
class Unscored:
    """Models that have no number here for one reason."""

    status: str
    reason: str
    models: tuple[str, ...]


def benchmark_context(
    site: Site,
    studio: Studio,
    reference: str,
    reference_notes: Sequence[Note] = (),
) -> dict[str, Any]:
    """Return what ``benchmark.html`` shows, and draw its figures.

    Parameters
    ----------
    site : Site
        The run.
    studio : Studio
        Draws the figures.
    reference : str
        Id of the reference.
    reference_notes : sequence of Note
        What was done to its files.

    Returns
    -------
    dict
        The context of the template.
    """
    rows = site.by_reference.get(reference, [])
    known = site.result.references.get(reference)
    grade = known.grade if known else (rows[0].grade if rows else "") or "C"
    order = list(site.reference_slug)
    place = order.index(reference)
    files = known.data.files if known else ()
    return {
        "site": site,
        "title": site.reference_title(reference),
        "label": site.reference_label(reference),
        "name": reference,
        "reference": known,
        "facts": about(known),
        "grade": grade,
        "lower": other_grades(rows, grade),
        "verdict": standing(site, reference),
        "pictures": draw_all_models(studio, reference),
        "families": _families(site, reference),
        "differences": draw_differences(studio, reference),
        "table": by_regions(site, reference),
        "by_metric": by_metrics(site, reference),
        "unscored": unscored(site, reference),
        "rules": rules(rows, known.scoring if known else None),
        "limits": limits(known),
        "uncertainty": uncertainty(known),
        "files": [tail(file) for file in files],
        "notes": list(reference_notes),
        "before": order[place - 1] if place else None,
        "after": order[place + 1] if place + 1 < len(order) else None,
    }


def standing(site: Site, reference: str) -> str:
    """Say in a sentence how the models score against a reference.

    Parameters
    ----------
    site : Site
        The run.
    reference : str
        Id of the reference.

    Returns
    -------
    str
        How many models are scored, and which the best and the worst are.
    """
    scored = [one for one in site.matrix.of(reference) if site.matrix.scored(one)]
    if not scored:
        return "No model of this run has a score here."
    first = scored[0]
    found = [
        (cell.score, model)
        for model in site.matrix.models
        if (cell := site.matrix.cells[first, model]).score is not None
    ]
    if len(found) == 1:
        return f"One model is scored, over {first.where}: {found[0][1]}, " + (
            f"{written(found[0][0])}."
        )
    low, high = min(found), max(found)
    if written(low[0]) == written(high[0]):
        return (
            f"{count(len(found), 'model')} score {written(low[0])} over {first.where}."
        )
    return (
        f"{count(len(found), 'model')} are scored over {first.where}: from "
        f"{written(low[0])} ({low[1]}) to {written(high[0])} ({high[1]})."
    )


def unscored(site: Site, reference: str) -> list[Unscored]:
    """Gather the models without a number by their reason, failures first.

    Parameters
    ----------
    site : Site
        The run.
    reference : str
        Id of the reference.

    Returns
    -------
    list of Unscored
        Every model of the run that has no page with this reference is in one.
    """
    found: dict[tuple[str, str], list[str]] = {}
    for model in site.matrix.models:
        if (model, reference) in site.scored_pairs:
            continue
        rows = site.by_pair.get((model, reference), [])
        status = min(
            (row.status for row in rows), key=labels.severity, default="no_model_data"
        )
        said = dict.fromkeys(r.message for r in rows if r.status == status)
        reason = "; ".join(filter(None, said)) or ("" if rows else NO_ROW)
        found.setdefault((status, reason), []).append(model)
    return [
        Unscored(status, reason, tuple(models))
        for (status, reason), models in sorted(
            found.items(), key=lambda item: labels.severity(item[0][0])
        )
    ]


def _families(site: Site, reference: str) -> list[str]:
    """Return the families of the models that are scored here."""
    known = site.result.models
    names = [m for m in site.matrix.models if (m, reference) in site.scored_pairs]
    return list(
        dict.fromkeys(known[n].family if n in known else "process_based" for n in names)
    )

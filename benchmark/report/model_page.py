"""A model's page: what is right, what is wrong, and where to look."""

from typing import Any

from benchmark.report import labels, notices, words
from benchmark.report.drawing import Studio
from benchmark.report.error_parts import ledgers
from benchmark.report.file_notes import tail
from benchmark.report.files_done import gathered
from benchmark.report.missing import PAPER, absent, badges
from benchmark.report.model_subjects import lay_subjects
from benchmark.report.numbers import years
from benchmark.report.panels import DOMAINS, core_pages, lay_panels
from benchmark.report.rows import Row
from benchmark.report.site import Site
from benchmark.report.splits import bars, factor_ticks, gravest, reach
from benchmark.report.splits import words as split_words
from benchmark.report.subject_strip import subject_strip
from benchmark.report.tiles import lay_tiles


def model_context(site: Site, studio: Studio, model: str) -> dict[str, Any]:
    """Return what ``model.html`` shows, and draw its figures.

    Parameters
    ----------
    site : Site
        The run.
    studio : Studio
        Draws the figures.
    model : str
        Name of the model.

    Returns
    -------
    dict
        The context of the template.
    """
    rows = site.by_model.get(model, [])
    about = site.result.models.get(model)
    found = words.every_finding(rows, site)
    wrong, right = words.gravest(found), words.strengths(found)
    notes = [note for note in site.result.notes if note.model == model]
    core = [*core_pages(site), *(DOMAINS & set(site.pages))]
    others = [page for page in site.pages if page not in core]
    return {
        "site": site,
        "title": model,
        "model": about,
        "facts": _facts(site, model, rows),
        "wrong": wrong,
        "right": right,
        "missing": words.not_assessed(rows),
        "summary": words.summary(rows),
        "strip": subject_strip(site, model),
        "panels": lay_panels(site, model),
        "tiles": lay_tiles(site, rows, core),
        "more_tiles": lay_tiles(site, rows, others),
        "ledgers": ledgers(rows, site) if rows else [],
        "split_words": split_words,
        "split_bars": bars,
        "split_reach": reach,
        "split_ticks": factor_ticks,
        "split_order": gravest,
        "badges": badges(site, model) if about else [],
        "paper": PAPER,
        "absent": absent(site, model) if about else [],
        "subjects": lay_subjects(site, studio, model, words.every_finding(rows, site)),
        "gaps": notices.gaps(rows, site),
        "warnings": gathered(notes, "warning"),
        "conversions": gathered(notes, "conversion"),
        "sources": _sources(site, model),
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


def _sources(site: Site, model: str) -> list[tuple[str, str]]:
    """Return the outputs of a model and the ends of the paths of their files."""
    about = site.result.models.get(model)
    if about is None:
        return []
    return [
        (labels.variable(id), ", ".join(tail(file) for file in source.files[:3]))
        for id, source in about.variables.items()
    ]

"""All models of one region in a table: a column for each quantity."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from benchmark.report import labels
from benchmark.report.marks import model_marks, reference_marks
from benchmark.report.numbers import unit
from benchmark.report.region_words import one_quantity, quantity, span_of
from benchmark.report.rows import Row, group_by
from benchmark.report.site import Site


@dataclass(frozen=True)
class Column:
    """One quantity: what the references span, and what each model has."""

    name: str
    unit: str
    low: float | None
    high: float | None
    levels: dict[str, float]
    scores: dict[str, float]


@dataclass(frozen=True)
class Overview:
    """Models with their addresses, by quantities."""

    columns: tuple[Column, ...]
    models: tuple[tuple[str, str], ...]


def overview(site: Site, rows: Sequence[Row]) -> Overview:
    """Lay out all models of a region.

    Parameters
    ----------
    site : Site
        The run.
    rows : sequence of Row
        Rows of one region.

    Returns
    -------
    Overview
        One quantity for each variable: a mean per area where there is one, of
        soil carbon the first metre. A score is the mean over references of the
        mean over metrics of the variable.
    """
    scored = [row for row in rows if row.status == "scored"]
    order = list(labels.VARIABLES)
    columns = []
    groups = group_by(scored, "variable")
    for variable in sorted(groups, key=lambda v: order.index(v) if v in order else 99):
        levels = [row for row in groups[variable] if row.is_level and row.whole]
        kept = one_quantity(site, levels)
        if kept:
            columns.append(_column(site, kept, groups[variable]))
    held = {name for column in columns for name in column.levels}
    models = tuple(
        (name, site.model_href(name)) for name in site.matrix.models if name in held
    )
    return Overview(tuple(columns), models)


def _column(site: Site, rows: list[Row], every: list[Row]) -> Column:
    marks = reference_marks(site, rows, rows[0].region)
    span = span_of(marks)
    models = model_marks(site, rows)
    scores = {
        model: fmean(
            fmean(row.score or 0.0 for row in one)
            for one in group_by(found, "reference").values()
        )
        for model, found in group_by(
            (row for row in every if row.score is not None), "model"
        ).items()
    }
    return Column(
        name=labels.sentence(quantity(site, rows)),
        unit=unit(rows[0].units, rows[0].mass_basis or "C"),
        low=span[0] if span else None,
        high=span[1] if span else None,
        levels={mark.label: mark.value for mark in models if mark.value is not None},
        scores=scores,
    )

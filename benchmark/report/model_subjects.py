"""The subjects of a model's page: a message, a figure, a line per reference."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from benchmark.config.descriptors import Reference
from benchmark.report import labels, notices
from benchmark.report.cells import Cell, cell
from benchmark.report.chart import Chart
from benchmark.report.drawing import Studio
from benchmark.report.matrix import other_grades
from benchmark.report.phrases.finding import Finding
from benchmark.report.rows import Row, group_by
from benchmark.report.site import Site

MOST_MAPS = 2  # on a page; all maps are on the pages of the pairs


@dataclass(frozen=True)
class Block:
    """One reference of a subject.

    `told` says whether it has a number, `badges` are the numbers that the index
    has, with where they are of; `pair` is the address of the page of this model
    and reference, or of the reason.
    """

    name: str
    reference: Reference | None
    title: str
    label: str
    anchor: str
    variable: str
    cell: Cell
    badges: tuple[tuple[str, Cell], ...]
    grades: tuple[str, ...]
    told: bool
    gaps: Sequence[notices.Gap]
    pair: str
    maps: Any


@dataclass(frozen=True)
class Section:
    """One subject: `chart` with its `message`, `more` charts, and its blocks."""

    name: str
    message: str
    chart: Chart | None
    more: tuple[Chart, ...]
    blocks: tuple[Block, ...]

    @property
    def told(self) -> list[Block]:
        """References with a number."""
        return [block for block in self.blocks if block.told]

    @property
    def silent(self) -> list[Block]:
        """References without any number."""
        return [block for block in self.blocks if not block.told]

    @property
    def reasons(self) -> list[tuple[str, str, list[Block]]]:
        """Status and reason of those, and which have it in common.

        What else the model has is said once on its page, not with each.
        """
        found: dict[tuple[str, str], list[Block]] = {}
        for block in self.silent:
            said = block.gaps[0].message if block.gaps else ""
            key = block.cell.status, said.split("; it has ", maxsplit=1)[0]
            found.setdefault(key, []).append(block)
        return [(*key, blocks) for key, blocks in found.items()]


def lay_subjects(
    site: Site,
    studio: Studio,
    model: str,
    found: Sequence[Finding],
) -> list[Section]:
    """Lay out a model's subjects, and draw their figures.

    Parameters
    ----------
    site : Site
        The run.
    studio : Studio
        Draws the figures.
    model : str
        Name of the model.
    found : sequence of Finding
        All that is said of the model, gravest first: the message of a figure,
        and which maps are worth showing.

    Returns
    -------
    list of Section
        In the order of the subjects of the report, then any others.
    """
    rows = site.by_model.get(model, [])
    by_reference = group_by(rows, "reference")
    order = [name for name in site.reference_slug if name in by_reference]
    telling = _telling(site, model, order, found)
    named = [_subject(site, name) for name in order]
    sections = []
    drawn: set[str] = set()  # a level is shown once, under its first subject
    for subject in dict.fromkeys([*labels.SUBJECTS, *named]):
        names = [name for name in order if _subject(site, name) == subject]
        if not names:
            continue
        blocks = tuple(
            _block(site, studio, model, name, by_reference[name], telling)
            for name in names
        )
        variables = dict.fromkeys(block.variable for block in blocks)
        fresh = [variable for variable in variables if variable not in drawn]
        charts = [c for variable in fresh for c in studio.model_bars(model, variable)]
        drawn.update(variables)
        anchors = {block.anchor for block in blocks}
        shown = next(iter(fresh), "")
        message = next(
            (
                one.text
                for one in found
                if one.anchor in anchors
                and (not charts or (one.kind, one.variable) == ("levels", shown))
            ),
            "",
        )
        first = charts[0] if charts else None
        sections.append(Section(subject, message, first, tuple(charts[1:]), blocks))
    return sections


def _telling(
    site: Site, model: str, order: list[str], found: Sequence[Finding]
) -> set[str]:
    """Choose the references whose maps are shown: those of findings, else any."""
    mapped = [
        name
        for name in order
        if (evidence := site.result.evidence.get((model, name))) is not None
        and evidence.maps is not None
    ]
    anchors = {site.anchor(name): name for name in mapped}
    told = [anchors[one.anchor] for one in found if one.anchor in anchors]
    return set(list(dict.fromkeys([*told, *mapped]))[:MOST_MAPS])


def _subject(site: Site, reference: str) -> str:
    known = site.result.references.get(reference)
    return known.subject if known else ""


def _block(
    site: Site,
    studio: Studio,
    model: str,
    name: str,
    rows: list[Row],
    telling: set[str],
) -> Block:
    known = site.result.references.get(name)
    return Block(
        name=name,
        reference=known,
        title=site.reference_title(name),
        label=site.reference_label(name),
        anchor=site.anchor(name),
        variable=rows[0].variable,
        cell=cell(rows),
        badges=tuple(_badges(site, model, name)),
        grades=other_grades(rows, known.grade if known else ""),
        told=any(row.status == "scored" for row in rows),
        gaps=notices.gaps(rows, site),
        pair=site.evidence_href(model, name),
        maps=studio.maps(model, name) if name in telling else None,
    )


def _badges(site: Site, model: str, reference: str) -> list[tuple[str, Cell]]:
    """Return the numbers that the index has for this pair, and where they are of."""
    cells = site.matrix.cells
    return [
        (benchmark.where, cells[benchmark, model])
        for benchmark in site.matrix.of(reference)
        if cells[benchmark, model].score is not None
    ]

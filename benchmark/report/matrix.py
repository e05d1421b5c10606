"""Scores as a matrix of models by benchmarks."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from benchmark.config.descriptors import Reference
from benchmark.report.cells import Cell, cell
from benchmark.report.labels import GROUPS, SUBJECTS, region_group
from benchmark.report.reasons import prose
from benchmark.report.rows import Row

_SETS = {"treat2024_boreal_tundra": "boreal_tundra", "global": "global"}


@dataclass(frozen=True)
class Benchmark:
    """One row of the matrix: a variable, a reference and a group of regions."""

    variable: str
    reference: str
    group: str
    subject: str
    grade: str
    title: str

    @property
    def where(self) -> str:
        """The regions, in words."""
        return GROUPS[self.group]


@dataclass(frozen=True)
class Matrix:
    """Benchmarks by models; `cells` has a cell for every pair.

    `grades` has the grades of rows that differ from that of their reference.
    """

    benchmarks: tuple[Benchmark, ...]
    models: tuple[str, ...]
    cells: dict[tuple[Benchmark, str], Cell]
    grades: dict[Benchmark, tuple[str, ...]]

    def of(self, reference: str) -> list[Benchmark]:
        """Return the rows of one reference."""
        return [b for b in self.benchmarks if b.reference == reference]

    def scored(self, benchmark: Benchmark) -> bool:
        """Return whether any model has a score for a benchmark."""
        return any(
            self.cells[benchmark, model].score is not None for model in self.models
        )

    def has_mixed_grades(self, benchmark: Benchmark) -> bool:
        """Return whether some models are scored on weaker evidence than others."""
        cells = (self.cells[benchmark, model] for model in self.models)
        return len({cell.grades for cell in cells if cell.score is not None}) > 1

    def subjects(self) -> dict[str, list[Benchmark]]:
        """Return the benchmarks with a score by subject, subjects in order."""
        shown = [b for b in self.benchmarks if self.scored(b)]
        order = [*SUBJECTS, *sorted({b.subject for b in shown})]
        groups = {
            subject: [b for b in shown if b.subject == subject]
            for subject in dict.fromkeys(order)
        }
        return {subject: rows for subject, rows in groups.items() if rows}


def build_matrix(
    rows: Iterable[Row],
    references: Mapping[str, Reference],
    models: Iterable[str],
    places: Mapping[str, Sequence[str]] | None = None,
) -> Matrix:
    """Gather the rows of a score table into a matrix.

    Parameters
    ----------
    rows : iterable of Row
        The score table.
    references : mapping of str to Reference
        Names to references, in report order.
    models : iterable of str
        Models, in report order.
    places : mapping of str to sequence of str, optional
        The regions of references that are tables.

    Returns
    -------
    Matrix
        A benchmark for every (variable, reference, group of regions) that
        has a row, and a cell for each of them and each model. A row without
        a region speaks for all groups of its reference.
    """
    gathered: dict[Benchmark, dict[str, list[Row]]] = {}
    for row, group in _grouped(list(rows), references, places or {}):
        benchmark = _benchmark(row, group, references.get(row.reference))
        gathered.setdefault(benchmark, {}).setdefault(row.model, []).append(row)
    place = {name: i for i, name in enumerate(references)}
    benchmarks = sorted(
        gathered,
        key=lambda b: (place.get(b.reference, len(place)), b.reference, _rank(b.group)),
    )
    models = tuple(models)
    pairs = {
        (benchmark.reference, model)
        for benchmark, found in gathered.items()
        for model in found
    }
    cells = {
        (benchmark, model): cell(
            gathered[benchmark].get(model, []),
            elsewhere=(benchmark.reference, model) in pairs,
        )
        for benchmark in benchmarks
        for model in models
    }
    grades = {
        benchmark: other_grades(
            [row for found in gathered[benchmark].values() for row in found],
            benchmark.grade,
        )
        for benchmark in benchmarks
    }
    return Matrix(tuple(benchmarks), models, cells, grades)


def other_grades(rows: Iterable[Row], grade: str) -> tuple[str, ...]:
    """Return the grades of scored rows that are not that of their reference.

    Parameters
    ----------
    rows : iterable of Row
        Rows of one reference.
    grade : str
        Of the reference.

    Returns
    -------
    tuple of str
        In the order of the alphabet.
    """
    found = {row.grade for row in rows if row.score is not None and row.grade}
    return tuple(sorted(found - {grade}))


def _grouped(
    rows: list[Row],
    references: Mapping[str, Reference],
    places: Mapping[str, Sequence[str]],
) -> Iterator[tuple[Row, str]]:
    """Yield each row with its group, and a row without a region with each."""
    known: dict[tuple[str, str], dict[str, None]] = {}
    for row in rows:
        if row.region:
            found = known.setdefault((row.variable, row.reference), {})
            found[region_group(row.region)] = None
    for row in rows:
        pair = (row.variable, row.reference)
        if not row.region and pair not in known:
            regions = places.get(row.reference, ())
            reference = references.get(row.reference)
            one = _SETS.get(reference.regions if reference else "", "regions")
            known[pair] = dict.fromkeys(map(region_group, regions)) or {one: None}
        groups = [region_group(row.region)] if row.region else known[pair]
        yield from ((row, group) for group in groups)


def _benchmark(row: Row, group: str, reference: Reference | None) -> Benchmark:
    return Benchmark(
        variable=row.variable,
        reference=row.reference,
        group=group,
        subject=reference.subject if reference else "",
        grade=reference.grade if reference else row.grade or "C",
        title=prose(reference.title if reference else "") or row.reference,
    )


def _rank(group: str) -> int:
    return list(GROUPS).index(group)

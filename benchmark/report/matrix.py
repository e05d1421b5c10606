"""Scores as a matrix of models by benchmarks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import fmean

from benchmark.config.descriptors import Reference
from benchmark.report.labels import GROUPS, SEVERITY, SUBJECTS, region_group
from benchmark.report.rows import Row

NO_ROW = "This run made no number for this pair."


@dataclass(frozen=True)
class Cell:
    """One cell: a score, or why there is none.

    `low` and `high` are the lowest and highest score of a region; `against`
    is the range of the score over the approaches that the reference is made
    of, if it is made of several; `assessed` of `expected` numbers could be
    scored; `reasons` has a sentence for each way in which the others could not.
    """

    score: float | None
    low: float | None
    high: float | None
    against: tuple[float, float] | None
    assessed: int
    expected: int
    status: str
    reasons: tuple[str, ...]


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
    """Benchmarks by models; `cells` has a cell for every pair."""

    benchmarks: tuple[Benchmark, ...]
    models: tuple[str, ...]
    cells: dict[tuple[Benchmark, str], Cell]

    def scored(self, benchmark: Benchmark) -> bool:
        """Return whether any model has a score for a benchmark."""
        return any(
            self.cells[benchmark, model].score is not None for model in self.models
        )

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
    rows: Iterable[Row], references: Mapping[str, Reference], models: Iterable[str]
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

    Returns
    -------
    Matrix
        A benchmark for every (variable, reference, group of regions) that
        has a row, and a cell for each of them and each model.
    """
    gathered: dict[Benchmark, dict[str, list[Row]]] = {}
    for row in rows:
        benchmark = _benchmark(row, references.get(row.reference))
        gathered.setdefault(benchmark, {}).setdefault(row.model, []).append(row)
    place = {name: i for i, name in enumerate(references)}
    benchmarks = sorted(
        gathered,
        key=lambda b: (place.get(b.reference, len(place)), b.reference, _rank(b.group)),
    )
    models = tuple(models)
    cells = {
        (benchmark, model): cell(gathered[benchmark].get(model, []))
        for benchmark in benchmarks
        for model in models
    }
    return Matrix(tuple(benchmarks), models, cells)


def cell(rows: Iterable[Row]) -> Cell:
    """Summarise the rows of one model and one benchmark.

    Parameters
    ----------
    rows : iterable of Row
        Rows of any regions and metrics.

    Returns
    -------
    Cell
        Its score is the mean over regions of the mean of the metrics that
        could be scored there, so a region counts once whatever the number
        of its metrics. Rows that hold a value and were never meant to be
        scored do not count as expected.
    """
    rows = [row for row in rows if row.status != "scored" or row.score is not None]
    scored = [row for row in rows if row.score is not None]
    means = _means((row.region, row.score) for row in scored)
    return Cell(
        score=fmean(means) if means else None,
        low=min(means, default=None),
        high=max(means, default=None),
        against=_against(scored),
        assessed=len(scored),
        expected=len(rows),
        status="scored" if means else _worst(rows),
        reasons=_reasons(rows),
    )


def _means(scores: Iterable[tuple[str, float | None]]) -> list[float]:
    """Return the mean score of each region."""
    by_region: dict[str, list[float]] = {}
    for region, score in scores:
        if score is not None:
            by_region.setdefault(region, []).append(score)
    return [fmean(found) for found in by_region.values()]


def _against(rows: list[Row]) -> tuple[float, float] | None:
    if all(row.score_low is None or row.score_high is None for row in rows):
        return None
    # A metric without a range of its own counts as it is at both ends.
    low, high = (
        fmean(_means((row.region, _or(getattr(row, end), row.score)) for row in rows))
        for end in ("score_low", "score_high")
    )
    return low, high


def _or(end: float | None, score: float | None) -> float | None:
    return score if end is None else end


def _benchmark(row: Row, reference: Reference | None) -> Benchmark:
    return Benchmark(
        variable=row.variable,
        reference=row.reference,
        group=region_group(row.region),
        subject=reference.subject if reference else "",
        grade=reference.grade if reference else row.grade or "C",
        title=(reference.title if reference else "") or row.reference,
    )


def _rank(group: str) -> int:
    return list(GROUPS).index(group)


def _worst(rows: list[Row]) -> str:
    found = {row.status for row in rows}
    return next((status for status in SEVERITY if status in found), "no_model_data")


def _reasons(rows: list[Row]) -> tuple[str, ...]:
    if not rows:
        return (NO_ROW,)
    messages = (row.message for row in rows if row.status != "scored")
    return tuple(dict.fromkeys(message for message in messages if message))

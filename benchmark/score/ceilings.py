"""The score references reach against each other: what a model can be asked for."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import dask
import numpy as np
import pandas as pd

from benchmark.config.descriptors import Model
from benchmark.errors import InputError
from benchmark.harmonise.harmonised import Harmonised
from benchmark.harmonise.variables import VARIABLES
from benchmark.score.gathered import Gathered
from benchmark.score.pairs import make_task
from benchmark.score.reference_as_model import as_model
from benchmark.score.reference_rows import family_of
from benchmark.score.references import OpenedReference
from benchmark.score.rows import RowMaker
from benchmark.score.task import Row

CEILING_COLUMNS = (
    *("reference", "metric", "region"),
    *("best", "best_from", "median", "count", "scores"),
)

# Models are no references of each other, even where a table lists them.
_MODELS = "process_based"

_Key = tuple[str, str, str]


@dataclass(frozen=True)
class _Candidate:
    """A reference, or an approach of one, in the place of a model."""

    name: str
    family: str
    field: Harmonised


def ceilings(opened: Sequence[OpenedReference]) -> pd.DataFrame:
    """Score references against each other, as if each were a model.

    Every other reference of the same variable, soil depth and area basis, unless
    it is of the same publication, and
    every family of approaches that a table is made of, is scored against the
    rest by the same metrics in the same regions. Families of land models take
    no part: the question is how well observations agree.

    Parameters
    ----------
    opened : sequence of OpenedReference
        Those of the run.

    Returns
    -------
    DataFrame
        For each reference, metric and region that another can be scored in:
        the ``best`` score and whose it is, the ``median``, the ``count``, and
        all ``scores`` as text.
    """
    found: dict[_Key, dict[str, float]] = {}
    others = {item.reference.name: _as_candidate(item) for item in opened}
    for item in opened:
        if item.problem or item.reference.role == "context":
            continue
        runs: dict[str, Gathered] = {}
        for candidate in _candidates(item, opened, others):
            # What is left of a reference without a family is made once.
            run = runs.setdefault(candidate.family, Gathered())
            for row in _rows(item, candidate, run):
                if row["status"] == "scored" and np.isfinite(row["score"]):
                    key = item.reference.name, row["metric"], row["region"]
                    found.setdefault(key, {})[candidate.name] = float(row["score"])
    rows = [(*key, *_summary(scores)) for key, scores in found.items()]
    return pd.DataFrame(rows, columns=list(CEILING_COLUMNS))


def with_ceilings(rows: list[Row], found: pd.DataFrame) -> list[Row]:
    """Return rows with the best score that a reference reaches in their place.

    Parameters
    ----------
    rows : list of dict
        Of all models.
    found : DataFrame
        From `ceilings`.

    Returns
    -------
    list of dict
        With ``score_ceiling`` and ``ceiling_from`` where there is one.
    """
    known = {
        (line.reference, line.metric, line.region): (line.best, line.best_from)
        for line in found.itertuples()
    }

    def filled(row: Row) -> Row:
        best = known.get((row["reference"], row["metric"], row["region"]))
        if best is None or row["status"] != "scored" or not np.isfinite(row["score"]):
            return row
        return {**row, "score_ceiling": best[0], "ceiling_from": best[1]}

    return [filled(row) for row in rows]


def _summary(scores: dict[str, float]) -> tuple[float, str, float, int, str]:
    best = max(scores, key=lambda name: scores[name])
    text = "; ".join(f"{name} {score:.4f}" for name, score in scores.items())
    return scores[best], best, float(np.median([*scores.values()])), len(scores), text


def _as_candidate(item: OpenedReference) -> _Candidate | None:
    """Return a whole reference in the place of a model."""
    if item.problem or item.reference.role == "context":
        return None
    reference, field = item.reference, item.field
    if item.rows is not None:
        field = as_model(_observed(item.rows), reference)
    if field is None:
        return None
    return _Candidate(reference.name, family_of(reference.family), field)


def _candidates(
    item: OpenedReference,
    opened: Sequence[OpenedReference],
    others: Mapping[str, _Candidate | None],
) -> Iterator[_Candidate]:
    for other in opened:
        candidate = others[other.reference.name]
        if other is not item and candidate is not None and _alike(item, other):
            yield candidate
    if item.rows is None:
        return
    rows = _observed(item.rows)
    families = rows["family"].map(family_of)
    for family in dict.fromkeys(families):
        if family and (families != family).any():
            field = as_model(rows[families == family], item.reference)
            if field is not None:
                yield _Candidate(f"{item.reference.name}: {family}", family, field)


def _alike(item: OpenedReference, other: OpenedReference) -> bool:
    """Return whether one reference can stand for a model against another."""
    mine, theirs = item.reference, other.reference
    return (
        # Two tables of one publication agree with themselves.
        not (mine.doi and mine.doi == theirs.doi)
        and mine.variable == theirs.variable
        and mine.data.depth == theirs.data.depth
        and (mine.data.area_basis or "land") == (theirs.data.area_basis or "land")
        # A table has no map.
        and not (item.field is not None and other.field is None)
    )


def _observed(rows: pd.DataFrame) -> pd.DataFrame:
    kept = rows[rows["family"].map(family_of) != _MODELS]
    return rows if kept.empty else kept


def _rows(item: OpenedReference, candidate: _Candidate, run: Gathered) -> list[Row]:
    """Score a candidate against a reference without the candidate's family."""
    if item.rows is not None:
        rows = _observed(item.rows)
        rest = rows[rows["family"].map(family_of) != candidate.family]
        item = replace(item, rows=rows if rest.empty else rest)
    reference = item.reference
    model = Model(candidate.name, {}, reference.source, family="")
    period = reference.period
    common = {"period": f"{period[0]}-{period[1]}" if period else ""}
    maker = RowMaker(model, reference, common)
    variable = VARIABLES[reference.variable]
    try:
        task = make_task(candidate.field, item, variable, maker, run)
        return task.finish(dask.compute(task.lazy)[0]).rows
    except (InputError, ValueError):
        # Two references that cannot be compared set each other no ceiling.
        return []

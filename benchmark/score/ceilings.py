"""The score references reach against each other: what a model can be asked for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import dask
import numpy as np
import pandas as pd
import xarray as xr

from benchmark.config.descriptors import Model
from benchmark.errors import InputError
from benchmark.harmonise.harmonised import Harmonised
from benchmark.harmonise.variable import Variable
from benchmark.harmonise.variables import VARIABLES
from benchmark.score.gathered import Gathered
from benchmark.score.pairs import make_task
from benchmark.score.reference_rows import family_of, reference_table
from benchmark.score.references import OpenedReference
from benchmark.score.rows import RowMaker
from benchmark.score.task import Row
from benchmark.score.window import MONTH_DAYS

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
    for item in opened:
        if item.problem or item.reference.role == "context":
            continue
        for candidate in _candidates(item, opened):
            for row in _rows(item, candidate):
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


def _candidates(
    item: OpenedReference, opened: Sequence[OpenedReference]
) -> Iterator[_Candidate]:
    for other in opened:
        if other is not item and _alike(item, other):
            field = other.field
            if other.rows is not None:
                field = _as_model(_observed(other.rows), other)
            if field is not None:
                reference = other.reference
                yield _Candidate(reference.name, family_of(reference.family), field)
    if item.rows is None:
        return
    rows = _observed(item.rows)
    families = rows["family"].map(family_of)
    for family in dict.fromkeys(families):
        if family and (families != family).any():
            field = _as_model(rows[families == family], item)
            if field is not None:
                yield _Candidate(f"{item.reference.name}: {family}", family, field)


def _alike(item: OpenedReference, other: OpenedReference) -> bool:
    """Return whether one reference can stand for a model against another."""
    mine, theirs = item.reference, other.reference
    return (
        not other.problem
        and theirs.role == "constraint"
        # Two tables of one publication agree with themselves.
        and not (mine.doi and mine.doi == theirs.doi)
        and mine.variable == theirs.variable
        and mine.data.depth == theirs.data.depth
        and (mine.data.area_basis or "land") == (theirs.data.area_basis or "land")
        # A table has no map.
        and not (item.field is not None and other.field is None)
    )


def _observed(rows: pd.DataFrame) -> pd.DataFrame:
    kept = rows[rows["family"].map(family_of) != _MODELS]
    return rows if kept.empty else kept


def _rows(item: OpenedReference, candidate: _Candidate) -> list[Row]:
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
        task = make_task(candidate.field, item, variable, maker, Gathered())
        return task.finish(dask.compute(task.lazy)[0]).rows
    except (InputError, ValueError):
        # Two references that cannot be compared set each other no ceiling.
        return []


def _as_model(rows: pd.DataFrame, item: OpenedReference) -> Harmonised | None:
    """Return the numbers of a table as the table of a model would give them."""
    table = reference_table(rows, "")
    if table is None:
        return None
    variable = VARIABLES[item.reference.variable]
    what = "mean" if bool(table.values["mean"].notnull().any()) else "total"
    values = table.values[what].dropna("region", how="all")
    if values.sizes["region"] == 0:
        return None
    if "month" in values.dims and "year" not in values.dims:
        values = _repeated(values, item.reference.period)
    elif "year" in values.dims and "month" not in values.dims:
        years = values["year"].to_numpy()
        values = values.drop_vars("year").rename(year="time")
        days = np.full(years.size, 365.2425)
        values = values.assign_coords(year=("time", years), days=("time", days))
    return _labelled(values, what, variable, item)


def _repeated(values: xr.DataArray, period: tuple[int, int] | None) -> xr.DataArray:
    """Return a climatology as a series in which every year is the same."""
    first, last = period or (2001, 2003)
    years = np.arange(first, max(last, first + 2) + 1)
    at = np.tile(np.arange(12), years.size)
    ordered = values.sortby("month")
    series = ordered.isel(month=xr.DataArray(at, dims="time")).reset_coords(drop=True)
    calendar = {
        "year": ("time", np.repeat(years, 12)),
        "month": ("time", at + 1),
        "days": ("time", MONTH_DAYS[at]),
    }
    return series.assign_coords(calendar)


def _labelled(
    values: xr.DataArray, what: str, variable: Variable, item: OpenedReference
) -> Harmonised:
    source = item.reference.data
    values = values.rename(variable.name)
    values.attrs = {
        "units": variable.units,
        "mass_basis": variable.mass_basis,
        "area_basis": source.area_basis or "land",
        "statistic": what,
    }
    return Harmonised(
        values, f"{source.files[0]}: {item.reference.name}", depth=source.depth
    )

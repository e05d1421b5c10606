"""Which way a pair is scored: map with map, or regions with regions."""

from benchmark.errors import NoOverlapError
from benchmark.harmonise.harmonised import Harmonised
from benchmark.harmonise.variable import Variable
from benchmark.score.bench import Bench
from benchmark.score.field_task import field_task
from benchmark.score.gathered import Gathered
from benchmark.score.references import OpenedReference, numbers_of
from benchmark.score.regional_task import regional_task
from benchmark.score.rows import RowMaker
from benchmark.score.task import Row, Scored, Task


def make_task(
    opened: Harmonised,
    item: OpenedReference,
    variable: Variable,
    maker: RowMaker,
    run: Gathered,
) -> Task:
    """Return the work of one pair, or the one row that says why there is none.

    Parameters
    ----------
    opened : Harmonised
        The model's variable.
    item : OpenedReference
        The reference.
    variable : Variable
        What is compared.
    maker : RowMaker
        Columns that are known already.
    run : Gathered
        Remembers references without the model's family.

    Returns
    -------
    Task
    """
    reference = item.reference
    if item.problem:
        return _only(maker.unscored("failed", f"reference: {item.problem}"))
    if reference.role == "context":
        return _only(maker.unscored("not_assessed", "context: shown, never scored"))
    try:
        numbers = numbers_of(item)
        if item.field is not None:
            if "region" in opened.field.dims:
                msg = "a table of regions cannot be compared with a map"
                return _only(maker.unscored("not_assessed", msg))
            return field_task(
                opened,
                item.field,
                item.metrics,
                item.regions,
                variable,
                numbers,
                maker,
                run.draws,
            )
        remaining = None
        if item.rows is not None:
            remaining = run.table(reference.name, item.rows, maker.model.family)
        if remaining is None:
            msg = (
                f"nothing remains without the model's own family ({maker.model.family})"
            )
            return _only(maker.unscored("not_assessed", msg))
        ids = [str(region) for region in remaining.area["region"].to_numpy()]
        bench = Bench(
            reference,
            remaining,
            item.metrics,
            item.regions.select(ids),
            variable,
            numbers,
            maker,
            run.draws,
        )
        return regional_task(opened, bench)
    except NoOverlapError as error:
        return _only(maker.unscored("no_overlap", str(error)))
    except ValueError as error:
        return _only(maker.unscored("failed", f"{opened.where}: {error}"))


def _only(row: Row) -> Task:
    return Task(lambda _: Scored([row]))

"""Which way a pair is scored: map with map, or regions with regions."""

from benchmark.errors import NoOverlapError, NotCoveredError
from benchmark.harmonise.harmonised import Harmonised
from benchmark.harmonise.variable import Variable
from benchmark.score.bench import Bench
from benchmark.score.companions import Companions, open_companions, wanted
from benchmark.score.field_task import field_task
from benchmark.score.gathered import Gathered
from benchmark.score.reference_rows import ReferenceTable
from benchmark.score.references import OpenedReference, numbers_of
from benchmark.score.regional_task import regional_task
from benchmark.score.rows import RowMaker
from benchmark.score.site_bench import SiteBench
from benchmark.score.site_task import site_task
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
        if item.sites is not None:
            return _at_sites(opened, item, item.sites, variable, maker, run)
        if item.field is not None:
            return _on_map(opened, item, item.field, variable, maker, run)
        return _in_regions(opened, item, variable, maker, run)
    except NoOverlapError as error:
        return _only(maker.unscored("no_overlap", str(error)))
    except NotCoveredError as error:
        return _only(maker.unscored("not_assessed", str(error)))
    except ValueError as error:
        return _only(maker.unscored("failed", f"{opened.where}: {error}"))


def _at_sites(
    opened: Harmonised,
    item: OpenedReference,
    sites: Harmonised,
    variable: Variable,
    maker: RowMaker,
    run: Gathered,
) -> Task:
    if "region" in opened.field.dims:
        msg = "a table of regions has no cells to compare sites with"
        return unassessed(maker, msg)
    bench = SiteBench(
        item.reference,
        sites,
        item.metrics,
        item.regions,
        variable,
        numbers_of(item),
        maker,
        run.draws,
        _companions(item, maker, run),
    )
    return site_task(opened, bench)


def _on_map(
    opened: Harmonised,
    item: OpenedReference,
    field: Harmonised,
    variable: Variable,
    maker: RowMaker,
    run: Gathered,
) -> Task:
    if "region" in opened.field.dims:
        return unassessed(maker, "a table of regions cannot be compared with a map")
    return field_task(
        opened,
        field,
        item.metrics,
        item.regions,
        variable,
        numbers_of(item),
        maker,
        run.draws,
        _companions(item, maker, run),
    )


def _in_regions(
    opened: Harmonised,
    item: OpenedReference,
    variable: Variable,
    maker: RowMaker,
    run: Gathered,
) -> Task:
    remaining, family = None, maker.model.family
    if item.rows is not None:
        remaining = run.table(item.reference.name, item.rows, family)
    if remaining is None:
        msg = f"nothing remains without the model's own family ({family})"
        return unassessed(maker, msg)
    ids = [str(region) for region in remaining.area["region"].to_numpy()]
    bench = Bench(
        item.reference,
        remaining,
        item.metrics,
        item.regions.select(ids),
        variable,
        numbers_of(item, all_rows=not remaining.excluded),
        maker,
        run.draws,
        _companions(item, maker, run),
    )
    return regional_task(opened, bench)


def unassessed(maker: RowMaker, message: str) -> Task:
    """Return the one row of a pair that cannot be assessed, as work of none."""
    return _only(maker.unscored("not_assessed", message))


def _only(row: Row) -> Task:
    return Task(lambda _: Scored([row]))


def _companions(item: OpenedReference, maker: RowMaker, run: Gathered) -> Companions:
    names = wanted(item.metrics)
    found, missing = open_companions(maker.model, names, run.companions)
    own = maker.model.family
    reference: dict[str, ReferenceTable | Harmonised | str] = {}
    for name in names:
        other = item.companions.get(name)
        if other == "model":
            reference[name] = "model"
        elif isinstance(other, OpenedReference):
            table = (
                None
                if other.rows is None
                else run.table(other.reference.name, other.rows, own)
            )
            made = table if other.field is None else other.field
            if made is not None:
                reference[name] = made
    return Companions(found, reference, missing)

"""One variable of one model against all references of that variable."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace

import dask
import xarray as xr

from benchmark.config.descriptors import Model, Period
from benchmark.errors import InputError, NoOverlapError, NotCoveredError
from benchmark.harmonise.harmonised import Harmonised
from benchmark.harmonise.model import offers, open_at_depths
from benchmark.harmonise.variable import Variable
from benchmark.score.checks import lazy_checks, run_checks, sign_remark
from benchmark.score.depth import depth_columns, require_depth
from benchmark.score.gathered import Gathered
from benchmark.score.pairs import make_task, unassessed
from benchmark.score.references import OpenedReference
from benchmark.score.rows import RowMaker
from benchmark.score.task import Lazy, Task
from benchmark.score.window import cut_to_period, whole_years
from benchmark.statistics.reductions import mean

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Pair:
    """One reference, what its rows have in common, and the work on it."""

    item: OpenedReference
    maker: RowMaker
    task: Task


@dataclass(frozen=True)
class _Group:
    """One field of a model, and the references it is compared with."""

    opened: Harmonised
    pairs: list[_Pair]


def score_variable(
    model: Model,
    variable: Variable,
    against: Sequence[OpenedReference],
    period: Period | None,
    run: Gathered,
) -> None:
    """Score a variable; rows, evidence and notes go to `run`.

    Parameters
    ----------
    model : Model
        Whose.
    variable : Variable
        Which.
    against : sequence of OpenedReference
        The references of this variable.
    period : tuple of int or None
        Years of the suite.
    run : Gathered
        Gets a row for each pair at least, whatever goes wrong.
    """
    makers = [_maker(model, item) for item in against]
    if not offers(model, variable.name):
        given = ", ".join(model.variables)
        msg = f"the model declares no {variable.name}; it has {given}"
        run.rows += [maker.unscored("no_model_data", msg) for maker in makers]
        return
    try:
        found = open_at_depths(
            model,
            variable.name,
            [item.reference.data.depth for item in against],
            _window(against, period),
        )
    except Exception as error:
        status, msg = _fault(error, model.name)
        run.rows += [maker.unscored(status, msg) for maker in makers]
        return
    against_one: dict[int, list[tuple[OpenedReference, RowMaker]]] = {}
    for item, maker in zip(against, makers, strict=True):
        key = id(found[item.reference.data.depth])
        against_one.setdefault(key, []).append((item, maker))
    groups = []
    for some in against_one.values():
        opened = found[some[0][0].reference.data.depth]
        try:
            groups.append(_group(opened, variable, some, period, run))
        except Exception as error:
            status, msg = _fault(error, model.name)
            run.rows += [maker.unscored(status, msg) for _, maker in some]
    if groups:
        _compute_and_finish(groups, variable, run)


def _window(against: Sequence[OpenedReference], period: Period | None) -> Period | None:
    """Return the years that all references are of, else those of the suite."""
    periods = {item.reference.period for item in against}
    return periods.pop() or period if len(periods) == 1 else period


def _group(
    opened: Harmonised | InputError,
    variable: Variable,
    against: list[tuple[OpenedReference, RowMaker]],
    period: Period | None,
    run: Gathered,
) -> _Group:
    if isinstance(opened, InputError):
        raise opened
    field = cut_to_period(opened.field, period, opened.where)
    opened = replace(opened, field=field)
    return _Group(
        opened,
        [_pair(opened, variable, item, maker, run) for item, maker in against],
    )


def _maker(model: Model, item: OpenedReference) -> RowMaker:
    period = model.period or item.reference.period
    text = f"{period[0]}-{period[1]}" if period else ""
    return RowMaker(model, item.reference, {"period": text})


def _pair(
    opened: Harmonised,
    variable: Variable,
    item: OpenedReference,
    maker: RowMaker,
    run: Gathered,
) -> _Pair:
    maker = maker.knowing(
        remark=opened.remark,
        derivation=opened.derivation,
        mass_basis=opened.field.attrs["mass_basis"],
        area_basis=opened.field.attrs["area_basis"],
    )
    if opened.grade:
        maker = maker.knowing(grade=opened.grade)
    maker = maker.knowing(**depth_columns(variable, opened.depth, item.reference))
    maker = replace(maker, where=opened.where)
    try:
        require_depth(variable, opened.depth, item.reference)
    except NotCoveredError as error:
        return _Pair(item, maker, unassessed(maker, str(error)))
    return _Pair(item, maker, make_task(opened, item, variable, maker, run))


def _compute_and_finish(
    groups: list[_Group], variable: Variable, run: Gathered
) -> None:
    """Read the data once for all pairs and all tests, then make the rows."""
    pairs = [pair for group in groups for pair in group.pairs]
    name = pairs[0].maker.model.name
    tests = [lazy_checks(group.opened, variable) for group in groups]
    unchecked = run.unchecked([pair.item for pair in pairs])
    of_references = {name: lazy_checks(field, variable) for name, field in unchecked}
    fluxes = _net_fluxes(groups, unchecked, variable)
    try:
        checks, found, means, *computed = dask.compute(
            tests, of_references, fluxes, *(pair.task.lazy for pair in pairs)
        )
        run.check_references(unchecked, found, variable)
    except Exception as error:
        for group in groups:
            _fail(group, error, variable, run)
        return
    _keep_net_fluxes(pairs, means, run)
    arrays = iter(computed)
    for group, lazy, checked in zip(groups, tests, checks, strict=True):
        mine = [(pair, next(arrays)) for pair in group.pairs]
        try:
            warnings = run_checks(group.opened, variable, checked)
        except Exception as error:
            _fail(group, error, variable, run)
            continue
        for pair, results in mine:
            _finish(pair, results, run)
        warnings = [*group.opened.warnings, *warnings]
        extra = sign_remark(lazy, variable)
        run.note(name, variable.name, group.opened, warnings, extra)


def _net_fluxes(
    groups: list[_Group],
    references: Sequence[tuple[str, Harmonised]],
    variable: Variable,
) -> dict[str, xr.DataArray]:
    """Return the mean NEE of gridded models and references, for the ensemble."""
    if variable.name != "nee":
        return {}
    fields = {groups[0].pairs[0].maker.model.name: groups[0].opened.field}
    fields |= {name: opened.field for name, opened in references}
    return {
        name: mean(whole_years(field)).assign_coords(_cells(field))
        for name, field in fields.items()
        if "region" not in field.dims
    }


def _cells(field: xr.DataArray) -> dict[str, xr.DataArray]:
    """Return what the mean of a field has to know of its cells."""
    return {
        str(name): coord
        for name, coord in field.coords.items()
        if "time" not in coord.dims
    }


def _keep_net_fluxes(
    pairs: list[_Pair], means: dict[str, xr.DataArray], run: Gathered
) -> None:
    model = pairs[0].maker.model
    families = {pair.item.reference.name: pair.item.reference.family for pair in pairs}
    for name, value in means.items():
        own = name == model.name
        family = model.family if own else families[name]
        run.net_flux(name, family, value, is_reference=not own)


def _fail(group: _Group, error: Exception, variable: Variable, run: Gathered) -> None:
    opened, name = group.opened, group.pairs[0].maker.model.name
    status, msg = _fault(error, name, where=opened.where)
    run.rows += [pair.maker.unscored(status, msg) for pair in group.pairs]
    run.note(name, variable.name, opened, [*opened.warnings, msg])


def _finish(pair: _Pair, arrays: Lazy, run: Gathered) -> None:
    model, reference = pair.maker.model.name, pair.item.reference.name
    problem = run.problems.get(reference)
    if problem:
        run.rows.append(pair.maker.unscored("failed", f"reference: {problem}"))
        return
    try:
        scored = pair.task.finish(arrays)
    except Exception as error:
        run.rows.append(pair.maker.unscored(*_fault(error, model)))
        return
    run.rows += scored.rows
    if scored.evidence is not None:
        run.evidence[(model, reference)] = scored.evidence


def _fault(error: Exception, model: str, where: str = "") -> tuple[str, str]:
    """Return status and message: one pair must not take the others with it."""
    if isinstance(error, NoOverlapError):
        return "no_overlap", str(error)
    if isinstance(error, NotCoveredError):
        return "not_assessed", str(error)
    if isinstance(error, InputError):
        return "failed", str(error)
    reason = " ".join(str(error).split())
    if where and isinstance(error, OSError | RuntimeError):
        return "failed", f"{where}: cannot be read ({reason}); it may be truncated."
    logger.error("%s", model, exc_info=error)
    msg = f"internal error, please report it: {type(error).__name__}: {reason}"
    return "failed", msg

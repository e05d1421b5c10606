"""Scores a suite: every model against every reference, failures as rows."""

import logging
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import dask

from benchmark.config.descriptors import Model, Reference, Suite
from benchmark.errors import InputError, NoOverlapError
from benchmark.harmonise.field import Harmonised
from benchmark.harmonise.model import offers, open_variable
from benchmark.harmonise.variables import VARIABLES, Variable
from benchmark.score.bench import Bench
from benchmark.score.checks import lazy_checks, run_checks, sign_remark
from benchmark.score.field_task import field_task
from benchmark.score.gathered import Gathered
from benchmark.score.manifest import make_manifest
from benchmark.score.references import (
    OpenedReference,
    all_regions,
    approaches_of,
    numbers_of,
    open_reference,
)
from benchmark.score.regional_task import regional_task
from benchmark.score.result import RunResult
from benchmark.score.rows import RowMaker, table
from benchmark.score.task import Row, Scored, Task
from benchmark.score.window import cut_to_period

logger = logging.getLogger(__name__)

Progress = Callable[[str], None]


def score_suite(suite: Suite, *, progress: Progress | None = None) -> RunResult:
    """Score every model of a suite against every reference.

    Parameters
    ----------
    suite : Suite
        From `benchmark.load_suite`.
    progress : callable, optional
        Called with a text before each model.

    Returns
    -------
    RunResult
        The score table with a row for everything, scored or not.

    Raises
    ------
    ConfigError
        If a metric or a region of the suite is unknown.

    Examples
    --------
    >>> from benchmark.config import load_models, load_reference, Suite
    >>> suite = Suite("s", "S", load_models("casa-cnp"),
    ...               (load_reference("treat2024_nee"),), source=None)
    >>> result = score_suite(suite)
    >>> set(result.scores["status"]) <= {"scored", "not_assessed"}
    True
    """
    opened = [open_reference(reference, suite) for reference in suite.references]
    run = Gathered()
    for model in suite.models:
        if progress is not None:
            progress(model.name)
        for variable in dict.fromkeys(item.reference.variable for item in opened):
            against = [item for item in opened if item.reference.variable == variable]
            _score_variable(model, VARIABLES[variable], against, suite, run)
    return RunResult(
        name=suite.name,
        title=suite.title,
        scores=table(run.rows),
        models={model.name: model for model in suite.models},
        references={item.reference.name: item.reference for item in opened},
        regions=all_regions(opened),
        approaches=approaches_of(opened),
        approach_units={
            item.reference.name: VARIABLES[item.reference.variable].report_units
            for item in opened
        },
        evidence=run.evidence,
        notes=tuple(dict.fromkeys(run.notes)),
        manifest=make_manifest(suite),
    )


def _score_variable(
    model: Model,
    variable: Variable,
    against: list[OpenedReference],
    suite: Suite,
    run: Gathered,
) -> None:
    makers = [_maker(model, item.reference, variable) for item in against]
    if not offers(model, variable.name):
        given = ", ".join(model.variables)
        msg = f"the model declares no {variable.name}; it has {given}"
        run.rows += [maker.unscored("no_model_data", msg) for maker in makers]
        return
    try:
        opened = open_variable(model, variable.name)
        cut = cut_to_period(opened.field, suite.period, opened.where)
        opened = replace(opened, field=cut)
    except InputError as error:
        status = "no_overlap" if isinstance(error, NoOverlapError) else "failed"
        run.rows += [maker.unscored(status, str(error)) for maker in makers]
        return
    known = {
        "derivation": opened.derivation,
        "mass_basis": opened.field.attrs["mass_basis"],
        "area_basis": opened.field.attrs["area_basis"],
    }
    depth = getattr(model.variables.get(variable.name), "depth", None)
    makers = [
        maker.knowing(remark=opened.remark, **known).knowing(
            **_depth_columns(variable, depth, item.reference)
        )
        for maker, item in zip(makers, against, strict=True)
    ]
    tasks = [
        _task(model, opened, item, variable, maker, run)
        for item, maker in zip(against, makers, strict=True)
    ]
    warnings = list(opened.warnings)
    tests = lazy_checks(opened, variable)
    unchecked = run.unchecked(against)
    of_references = {name: lazy_checks(field, variable) for name, field in unchecked}
    extra = tuple(sign_remark(tests, variable))
    try:
        checks, found, *computed = dask.compute(
            tests, of_references, *(task.lazy for task in tasks)
        )
        run.check_references(unchecked, found, variable)
        warnings += run_checks(opened, variable, checks)
    except (InputError, OSError, RuntimeError) as error:
        text = (
            str(error) if isinstance(error, InputError) else _unreadable(opened, error)
        )
        run.rows += [maker.unscored("failed", text) for maker in makers]
        warnings, computed, tasks = [*opened.warnings, text], [], []
    for item, maker, task, arrays in zip(
        against, makers, tasks, computed, strict=False
    ):
        problem = run.problems.get(item.reference.name)
        if problem:
            run.rows.append(maker.unscored("failed", f"reference: {problem}"))
            continue
        scored = _finished(task, arrays, maker)
        run.rows += scored.rows
        if scored.evidence is not None:
            run.evidence[(model.name, item.reference.name)] = scored.evidence
    run.note(model.name, variable.name, opened, warnings, extra)


def _maker(model: Model, reference: Reference, variable: Variable) -> RowMaker:
    period = model.period or reference.period
    text = f"{period[0]}-{period[1]}" if period else ""
    return RowMaker(model, reference, {"period": text})


def _depth_columns(
    variable: Variable, depth: object, reference: Reference
) -> dict[str, Any]:
    """Return what rows say where model and reference are of different depths.

    A full column may be held against the upper metres, where nearly all of it
    is (science brief, section 2.3), but not against the top 30 cm.
    """
    other = reference.data.depth
    if variable.name != "cSoil" or other == depth:
        return {}
    if depth is None:
        text = (
            f"depth of the model's soil carbon is not stated, the reference has "
            f"{_depth(other)}: write 'depth:' under variables.cSoil"
        )
        return {"remark": text, "grade": "C"}
    text = f"model {_depth(depth)} against reference {_depth(other)}"
    deep = depth == "full_column" and isinstance(other, tuple) and other[1] >= 1.0
    return {"remark": text} if deep else {"remark": text, "grade": "C"}


def _depth(depth: object) -> str:
    if isinstance(depth, tuple):
        return f"{depth[0]:g}-{depth[1]:g} m"
    return "full soil column" if depth == "full_column" else "unknown depth"


def _task(
    model: Model,
    opened: Harmonised,
    item: OpenedReference,
    variable: Variable,
    maker: RowMaker,
    run: Gathered,
) -> Task:
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
                opened, item.field, item.metrics, item.regions, variable, numbers, maker
            )
        remaining = None
        if item.rows is not None:
            remaining = run.table(reference.name, item.rows, model.family)
        if remaining is None:
            msg = f"nothing remains without the model's own family ({model.family})"
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
        )
        return regional_task(opened, bench)
    except NoOverlapError as error:
        return _only(maker.unscored("no_overlap", str(error)))
    except ValueError as error:
        return _only(maker.unscored("failed", f"{opened.where}: {error}"))


def _only(row: Row) -> Task:
    return Task(lambda _: Scored([row]))


def _finished(task: Task, arrays: dict[str, object], maker: RowMaker) -> Scored:
    try:
        return task.finish(arrays)  # type: ignore[arg-type]
    except InputError as error:
        return Scored([maker.unscored("failed", str(error))])
    except Exception as error:
        # One pair must not take the others with it; the row and the log say so.
        logger.exception("%s against %s", maker.model.name, maker.reference.name)
        msg = f"internal error, please report it: {type(error).__name__}: {error}"
        return Scored([maker.unscored("failed", msg)])


def _unreadable(opened: Harmonised, error: Exception) -> str:
    reason = " ".join(str(error).split())
    return f"{opened.where}: cannot be read ({reason}); the file may be truncated."

"""Tests a configuration against its files before a long run."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import dask

from benchmark.config import Model, load_models, load_suite
from benchmark.config.yaml_text import read_yaml
from benchmark.errors import InputError
from benchmark.harmonise.closure import Closure, closure
from benchmark.harmonise.harmonised import Harmonised
from benchmark.harmonise.model import offers, open_variable
from benchmark.harmonise.variables import VARIABLES
from benchmark.score.checks import lazy_checks, run_checks, sign_remark


@dataclass(frozen=True)
class Checked:
    """What a variable of a model turned out to be.

    Parameters
    ----------
    model, variable : str
        Which.
    problem : str
        Why it cannot be scored; empty if it can.
    summary : str
        Period, grid and units.
    conversions, warnings : tuple of str
        What is done to it, and what to look at.
    """

    model: str
    variable: str
    problem: str = ""
    summary: str = ""
    conversions: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def models_in(name: str) -> tuple[Model, ...]:
    """Return the models of a model file, of a suite, or of a name that ships.

    Parameters
    ----------
    name : str
        A name or a path.

    Returns
    -------
    tuple of Model

    Raises
    ------
    ConfigError
        With every mistake of the file.
    """
    path = Path(name)
    if path.is_file():
        data, _ = read_yaml(path)
        if isinstance(data, dict) and "suite" in data:
            return load_suite(path).models
    return load_models(name)


def check_models(models: Iterable[Model]) -> Iterator[Checked]:
    """Open every variable of some models and test it as a run would.

    Parameters
    ----------
    models : iterable of Model
        The configurations.

    Yields
    ------
    Checked
        One for each variable, NEE included where it can be derived.

    Examples
    --------
    >>> [item.variable for item in check_models(load_models("classic"))]
    ['gpp', 'cSoil']
    """
    for model in models:
        for variable in VARIABLES:
            if offers(model, variable):
                yield _check(model, variable)


def _check(model: Model, name: str) -> Checked:
    variable = VARIABLES[name]
    try:
        opened = open_variable(model, name)
        tests = lazy_checks(opened, variable)
        (found,) = dask.compute(tests)
        warnings = run_checks(opened, variable, found)
        closed = closure(model) if name == "nee" else Closure()
    except InputError as error:
        return Checked(model.name, name, problem=str(error))
    return Checked(
        model.name,
        name,
        summary=_summary(opened),
        conversions=(
            *opened.conversions,
            *sign_remark(tests, variable),
            *closed.remarks,
        ),
        warnings=(*opened.warnings, *warnings, *closed.warnings),
    )


def _summary(opened: Harmonised) -> str:
    field = opened.field
    cells = " x ".join(f"{field.sizes[d]} {d}" for d in field.dims if d != "time")
    parts = [cells]
    if "year" in field.coords:
        years = field["year"].to_numpy()
        step = "months" if "month" in field.coords else "years"
        parts.insert(0, f"{field.sizes['time']} {step} {years[0]}-{years[-1]}")
    if opened.derivation:
        parts.append(f"NEE rung {opened.derivation}")
    return ", ".join(parts)

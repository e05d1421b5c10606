"""What each variable of a model turns out to be, tested as a run would."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import dask

from benchmark.checking.confirming import Question, questions, unknown_area
from benchmark.checking.evidence import field_evidence, files_of, header_evidence
from benchmark.config import Model, load_models, load_suite
from benchmark.config.yaml_text import read_yaml
from benchmark.errors import InputError
from benchmark.harmonise.closure import Closure, closure
from benchmark.harmonise.harmonised import Harmonised
from benchmark.harmonise.model import offers, open_variable
from benchmark.harmonise.variables import VARIABLES
from benchmark.readers.joining import one_line
from benchmark.score.checks import lazy_checks, run_checks, sign_remark

OK, CONFIRM, REFUSED = "ok", "to confirm", "refused"
UNTESTED = "not tested"


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
    evidence : dict
        What the files and the values say: a label to a text.
    asked : tuple of Question
        What only the owner of the files can say.
    where : str
        Name in the file, and which file.
    tested : bool
        Whether its values were looked at.
    """

    model: str
    variable: str
    problem: str = ""
    summary: str = ""
    conversions: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    evidence: Mapping[str, str] = field(default_factory=dict)
    asked: tuple[Question, ...] = ()
    where: str = ""
    tested: bool = True

    @property
    def status(self) -> str:
        """``ok``, ``to confirm``, ``refused`` or ``not tested``."""
        if not self.tested:
            return UNTESTED
        if self.problem:
            return REFUSED
        return CONFIRM if self.asked else OK


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
            # What is derived of declared ones is as sound as they are; only of
            # NEE several ways can be held against each other.
            declared = variable == "nee" or variable in model.variables
            if declared and offers(model, variable):
                yield check_variable(model, variable)


def check_variable(model: Model, name: str) -> Checked:
    """Open one variable of a model and test it as a run would.

    Parameters
    ----------
    model : Model
        The configuration.
    name : str
        Short name of a variable that it offers.

    Returns
    -------
    Checked
        Of a broken file, too: nothing is raised.
    """
    variable = VARIABLES[name]
    source = model.variables.get(name)
    evidence: dict[str, str] = {}
    opened = None
    try:
        opened = open_variable(model, name)
        if source is not None:
            written = opened.where.rpartition(": ")[2]
            evidence |= header_evidence(opened.files[0], written, source, variable)
        tests = lazy_checks(opened, variable)
        (found,) = dask.compute(tests)
        evidence |= field_evidence(opened, variable, found)
        warnings = run_checks(opened, variable, found)
        closed = closure(model) if name == "nee" else Closure()
    except Exception as error:
        return _refused(model, name, error, opened, evidence)
    told = (*opened.warnings, *warnings, *closed.warnings)
    remark = () if opened.sign_stated else tuple(sign_remark(tests, variable))
    unsigned = () if evidence.get("sign") else remark
    unknown = name == "cSoil" and opened.depth is None
    return Checked(
        model.name,
        name,
        summary=_summary(opened),
        conversions=(*opened.conversions, *remark, *closed.remarks),
        warnings=told,
        evidence=evidence,
        asked=_of_declared(
            model,
            (
                *questions(name, (*told, *unsigned), "", depth_unknown=unknown),
                *unknown_area(name, evidence),
            ),
        ),
        where=_where(opened),
    )


def _refused(
    model: Model,
    name: str,
    error: Exception,
    opened: Harmonised | None,
    evidence: Mapping[str, str],
) -> Checked:
    """Return why a variable cannot be scored; no file stops the others."""
    text = str(error)
    if not isinstance(error, InputError):
        text = f"{type(error).__name__}: {one_line(error)}"
    return Checked(
        model.name,
        name,
        problem=text,
        evidence=evidence,
        asked=_of_declared(model, questions(name, (), text, depth_unknown=False)),
        where=_where(opened) if opened else "",
    )


def _of_declared(model: Model, asked: tuple[Question, ...]) -> tuple[Question, ...]:
    """Leave out what is asked of a derived variable: its parts are asked."""
    return tuple(one for one in asked if one.variable in model.variables)


def _where(opened: Harmonised) -> str:
    if len(opened.where.split(": ")) != 2:
        return ""
    return f"{opened.where.split(': ')[1]} in {files_of(opened)}"


def _summary(opened: Harmonised) -> str:
    data = opened.field
    cells = " x ".join(f"{data.sizes[d]} {d}" for d in data.dims if d != "time")
    parts = [cells]
    if "year" in data.coords:
        years = data["year"].to_numpy()
        step = "months" if "month" in data.coords else "years"
        parts.insert(0, f"{data.sizes['time']} {step} {years[0]}-{years[-1]}")
    if opened.derivation:
        named = "NEE rung" if opened.field.name == "nee" else "derived:"
        parts.append(f"{named} {opened.derivation}")
    return ", ".join(parts)

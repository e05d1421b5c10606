"""Suites from checked YAML, with the models and references they name."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmark.config import keys
from benchmark.config.catalogue import find_paths, suite_names
from benchmark.config.descriptors import Model, Reference, Suite
from benchmark.config.kinds import wrong_kind
from benchmark.config.metric_checks import unfit_metrics, unknown_metrics
from benchmark.config.models import models_of
from benchmark.config.parts import pair, region, texts
from benchmark.config.references import reference_of
from benchmark.config.region_checks import region_problems
from benchmark.config.regridding import read_regridding
from benchmark.config.validation import Place, find_problems
from benchmark.config.yaml_text import read_yaml
from benchmark.errors import ConfigError

if TYPE_CHECKING:
    from benchmark.regrid import Regridding


def load_suite(suite: str | Path | Mapping[str, Any]) -> Suite:
    """Read a suite with its models and references.

    Parameters
    ----------
    suite : str, Path or mapping
        A suite that ships (``demo``), the path of a YAML file, or what such a
        file says as a mapping, its paths relative to the working folder.

    Returns
    -------
    Suite
        Everything resolved; paths are absolute.

    Raises
    ------
    ConfigError
        With every mistake of the suite and of the files it names.

    Examples
    --------
    >>> load_suite("demo").name
    'demo'
    >>> load_suite(
    ...     {"suite": "mine", "models": ["classic"], "references": ["gbaf_gpp"]}
    ... ).models[0].name
    'CLASSIC'
    """
    data, place = _read(suite)
    other = wrong_kind(data, "suite", place)
    if other:
        raise ConfigError(other)
    problems = find_problems(data, keys.SUITE, place)
    if not isinstance(data, dict):
        raise ConfigError(problems)
    models: list[Model] = []
    for index, entry in _items(data.get("models")):
        at = place.inside("models").inside(index)
        problems += _gather(models, lambda e=entry, p=at: models_of(e, p), at)  # type: ignore[misc]
    references: list[Reference] = []
    for index, entry in _items(data.get("references")):
        at = place.inside("references").inside(index)
        problems += _gather(references, lambda e=entry, p=at: [reference_of(e, p)], at)  # type: ignore[misc]
    problems += _repeated([model.name for model in models], place, "model")
    problems += _repeated([item.name for item in references], place, "reference")
    problems += _metric_problems(data.get("metrics"), references, place)
    if isinstance(data.get("regions"), list):
        problems += region_problems(data["regions"], place.inside("regions"))
    regrid = _gather_regridding(data, place, problems)
    if problems:
        raise ConfigError(problems)
    name, folder = str(data["suite"]), place.path.parent
    return Suite(
        name=name,
        title=str(data.get("title") or name),
        models=tuple(replace(item, regrid=item.regrid or regrid) for item in models),
        references=tuple(
            replace(item, regrid=item.regrid or regrid) for item in references
        ),
        source=None if place.label else place.path,
        regions=tuple(region(item, folder) for item in data.get("regions") or ()),
        metrics=texts(data.get("metrics")),
        period=pair(data.get("period")),
    )


def _read(suite: str | Path | Mapping[str, Any]) -> tuple[object, Place]:
    if isinstance(suite, Mapping):
        return _plain(suite), Place(Path.cwd() / "suite", {}, label="suite")
    path = find_paths(str(suite), suite_names(), Path.cwd(), "suite")[0]
    data, lines = read_yaml(path)
    return data, Place(path, lines)


def _plain(value: object) -> Any:
    """Return a mapping as YAML would give it: dicts, lists and texts."""
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return str(value) if isinstance(value, Path) else value


def _metric_problems(
    given: object, references: list[Reference], place: Place
) -> list[str]:
    """Check the metrics that replace those of every gridded reference."""
    if not keys.is_texts(given):
        return []
    at = place.inside("metrics")
    problems = []
    fields = [item for item in references if item.kind == "field"]
    for index, name in enumerate(texts(given)):  # type: ignore[arg-type]
        here = at.inside(index) if isinstance(given, list) else at
        problems += unknown_metrics([name], here)
        unfit = [unfit_metrics(item, [name], here) for item in fields]
        # One that fits some of them is not assessed against the others.
        if unfit and all(unfit):
            problems += unfit[0]
    return problems


def _items(entries: object) -> list[tuple[int, Any]]:
    # What is no list has been reported; its parts are not looked up as well.
    return list(enumerate(entries)) if isinstance(entries, list) else []


def _gather(into: list[Any], load: Any, place: Place) -> list[str]:
    try:
        into.extend(load())
    except ConfigError as error:
        known = (str(place.path.parent), place.source)
        return [p if p.startswith(known) else f"{place}: {p}" for p in error.problems]
    return []


def _gather_regridding(
    data: dict[str, Any], place: Place, problems: list[str]
) -> "Regridding | None":
    """Return how fields are regridded that do not say it themselves."""
    entry = data.get("regrid")
    if entry is None or find_problems(entry, keys.REGRID, place):
        return None
    try:
        return read_regridding(entry, place)
    except ConfigError as error:
        problems += error.problems
    return None


def _repeated(names: list[str], place: Place, kind: str) -> list[str]:
    twice = sorted({name for name in names if names.count(name) > 1})
    return [
        f"{place}: {kind} '{name}' is given {names.count(name)} times; "
        "give each its own name."
        for name in twice
    ]

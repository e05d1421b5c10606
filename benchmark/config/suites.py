"""Suites from checked YAML, with the models and references they name."""

from pathlib import Path
from typing import Any

from benchmark.config import keys
from benchmark.config.catalogue import find_paths, suite_names
from benchmark.config.descriptors import Model, Reference, Suite
from benchmark.config.models import models_of
from benchmark.config.parts import pair, region, texts
from benchmark.config.references import reference_of
from benchmark.config.validation import Place, find_problems
from benchmark.config.yaml_text import read_yaml
from benchmark.errors import ConfigError


def load_suite(name_or_path: str | Path) -> Suite:
    """Read a suite with its models and references.

    Parameters
    ----------
    name_or_path : str or Path
        A suite that ships (``demo``) or the path of a YAML file.

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
    """
    path = find_paths(str(name_or_path), suite_names(), Path.cwd(), "suite")[0]
    data, lines = read_yaml(path)
    place = Place(path, lines)
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
    if problems:
        raise ConfigError(problems)
    return Suite(
        name=data["suite"],
        title=str(data.get("title") or data["suite"]),
        models=tuple(models),
        references=tuple(references),
        source=path,
        regions=tuple(region(item, path.parent) for item in data.get("regions") or ()),
        metrics=texts(data.get("metrics")),
        period=pair(data.get("period")),
    )


def _items(entries: object) -> list[tuple[int, Any]]:
    # What is no list has been reported; its parts are not looked up as well.
    return list(enumerate(entries)) if isinstance(entries, list) else []


def _gather(into: list[Any], load: Any, place: Place) -> list[str]:
    try:
        into.extend(load())
    except ConfigError as error:
        return [
            p if p.startswith(str(place.path.parent)) else f"{place}: {p}"
            for p in error.problems
        ]
    return []


def _repeated(names: list[str], place: Place, kind: str) -> list[str]:
    twice = sorted({name for name in names if names.count(name) > 1})
    return [
        f"{place}: {kind} '{name}' is given {names.count(name)} times; "
        "give each its own name."
        for name in twice
    ]

"""Suites from checked YAML, with the models and references they name."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmark.config import keys
from benchmark.config.catalogue import find_paths, suite_names
from benchmark.config.descriptors import Model, Reference, Subject, Suite
from benchmark.config.kinds import wrong_kind
from benchmark.config.layers import Layer, last, layers_of
from benchmark.config.metric_checks import unfit_metrics, unknown_metrics
from benchmark.config.models import models_of
from benchmark.config.parts import pair, region, texts
from benchmark.config.references import reference_of
from benchmark.config.region_checks import region_problems
from benchmark.config.regridding import read_regridding
from benchmark.config.scorecards import read_scorecard
from benchmark.config.validation import Place, find_problems
from benchmark.config.yaml_text import read_yaml
from benchmark.errors import ConfigError
from benchmark.uncertainty.interval import DRAWS

if TYPE_CHECKING:
    from benchmark.regrid import Regridding


def load_suite(
    suite: str | Path | Mapping[str, Any], *, models: Sequence[str] = ()
) -> Suite:
    """Read a suite with its models and references.

    Parameters
    ----------
    suite : str, Path or mapping
        A suite that ships (``demo``), the path of a YAML file, or what such a
        file says as a mapping, its paths relative to the working folder.
    models : sequence of str
        Models to add: names, paths or globs, relative to the working folder.

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
    >>> len(load_suite("permafrost-carbon", models=["classic"]).models)
    1
    """
    data, place = _read(suite)
    other = wrong_kind(data, "suite", place)
    if other:
        raise ConfigError(other)
    problems = find_problems(data, keys.SUITE, place)
    if not isinstance(data, dict):
        raise ConfigError(problems)
    layers = _layers(data, place, problems)
    chosen = _models(layers, models, problems)
    references, scorecard = _references(layers, problems)
    metrics, at = last(layers, "metrics")
    problems += _metric_problems(metrics, references, at)
    regions, at = last(layers, "regions")
    if isinstance(regions, list):
        problems += region_problems(regions, at.inside("regions"))
    regrid = _gather_regridding(*last(layers, "regrid"), problems)
    problems += _absent(layers, models, data, place)
    if problems:
        raise ConfigError(problems)
    name, folder = str(data["suite"]), at.path.parent
    return Suite(
        name=name,
        title=str(data.get("title") or name),
        models=tuple(replace(item, regrid=item.regrid or regrid) for item in chosen),
        references=tuple(
            replace(item, regrid=item.regrid or regrid) for item in references
        ),
        source=None if place.label else place.path,
        regions=tuple(region(item, folder) for item in regions or ()),
        metrics=texts(metrics),
        period=pair(last(layers, "period")[0]),
        draws=DRAWS if (draws := last(layers, "draws")[0]) is None else draws,
        scorecard=scorecard,
    )


def _layers(data: dict[str, Any], place: Place, problems: list[str]) -> list[Layer]:
    if problems:
        # What is wrong in it is said; it is not followed to other files.
        return [Layer({k: v for k, v in data.items() if v is not None}, place)]
    try:
        return layers_of(data, place)
    except ConfigError as error:
        problems += error.problems
        return [Layer({}, place)]


def _models(
    layers: list[Layer], added: Sequence[str], problems: list[str]
) -> list[Model]:
    found: list[Model] = []
    for layer in layers:
        for index, entry in _items(layer.data.get("models")):
            at = layer.place.inside("models").inside(index)
            problems += _gather(found, lambda e=entry, p=at: models_of(e, p), at)  # type: ignore[misc]
    for text in added:
        at = Place(Path.cwd() / "suite", {}, label=f"--model {text}")
        problems += _gather(found, lambda e=text, p=at: models_of(e, p), at)  # type: ignore[misc]
    place = layers[-1].place
    problems += _repeated([model.name for model in found], place, "model")
    return found


def _references(
    layers: list[Layer], problems: list[str]
) -> tuple[list[Reference], tuple[Subject, ...]]:
    known: dict[str, Reference] = {}
    for layer in layers:
        found: list[Reference] = []
        for index, entry in _items(layer.data.get("references")):
            at = layer.place.inside("references").inside(index)
            problems += _gather(
                found,
                lambda e=entry, p=at: [reference_of(e, p)],  # type: ignore[misc]
                at,
            )
        names = [item.name for item in found]
        problems += _repeated(names, layer.place, "reference")
        # One of the same name replaces that of the suite that is extended.
        known |= {item.name: item for item in found}
    scorecard: tuple[Subject, ...] = ()
    if not problems:
        try:
            scorecard = read_scorecard(layers, known)
        except ConfigError as error:
            problems += error.problems
    return list(known.values()), scorecard


def _absent(
    layers: list[Layer], models: Sequence[str], data: dict[str, Any], place: Place
) -> list[str]:
    """Say what no layer gives."""
    given = {name for layer in layers for name in layer.data}
    problems = []
    for name, ways in (
        ("models", {"models"}),
        ("references", {"references", "scorecard"}),
    ):
        if given & ways or (name == "models" and models):
            continue
        expected = (keys.SUITE.keys or {})[name].expected
        expected += ", or --model FILE" if name == "models" else ""
        what = f"{place}: '{name}:' is missing"
        if name in data:
            what = f"{place.inside(name)}: found None"
        problems.append(f"{what}; expected {expected}.")
    return problems


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
    entry: object, place: Place, problems: list[str]
) -> "Regridding | None":
    """Return how fields are regridded that do not say it themselves."""
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

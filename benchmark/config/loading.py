"""Builds models, references and suites from checked YAML."""

from dataclasses import replace
from os.path import expanduser, isfile
from pathlib import Path
from typing import Any

from benchmark.config import keys
from benchmark.config.catalogue import (
    find_paths,
    model_names,
    reference_names,
    suite_names,
)
from benchmark.config.descriptors import (
    GridMeasure,
    Model,
    Reference,
    Scoring,
    Suite,
    VariableSource,
)
from benchmark.config.validation import Key, Place, find_problems
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
        problems += _gather(models, lambda e=entry, p=at: _models(e, p), at)  # type: ignore[misc]
    references: list[Reference] = []
    for index, entry in _items(data.get("references")):
        at = place.inside("references").inside(index)
        problems += _gather(references, lambda e=entry, p=at: [_reference(e, p)], at)  # type: ignore[misc]
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
        regions=tuple(_region(item, path.parent) for item in data.get("regions") or ()),
        metrics=_texts(data.get("metrics")),
        period=_pair(data.get("period")),
        weights=dict(data.get("weights") or {}),
    )


def load_models(name_or_path: str | Path) -> tuple[Model, ...]:
    """Read one model configuration: one model, or the models of a table.

    Parameters
    ----------
    name_or_path : str or Path
        A model that ships (``classic``), or the path of a YAML file.

    Returns
    -------
    tuple of Model

    Raises
    ------
    ConfigError
        With every mistake in the file.

    Examples
    --------
    >>> [model.name for model in load_models("classic")]
    ['CLASSIC']
    """
    found = find_paths(str(name_or_path), model_names(), Path.cwd(), "model")
    return tuple(model for path in found for model in _models_of(path))


def load_reference(name_or_path: str | Path) -> Reference:
    """Read one reference descriptor.

    Parameters
    ----------
    name_or_path : str or Path
        A reference that ships (``treat2024_nee``), or a path.

    Returns
    -------
    Reference

    Raises
    ------
    ConfigError
        With every mistake in the file.

    Examples
    --------
    >>> load_reference("treat2024_nee").variable
    'nee'
    """
    found = find_paths(str(name_or_path), reference_names(), Path.cwd(), "reference")
    return _reference_of(found[0])


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


def _checked(data: object, key: Key, place: Place) -> dict[str, Any]:
    problems = find_problems(data, key, place)
    if problems:
        raise ConfigError(problems)
    return data  # type: ignore[return-value]


def _models(entry: object, place: Place) -> list[Model]:
    if isinstance(entry, dict):
        return _build_models(_checked(entry, keys.MODEL, place), place)
    if not isinstance(entry, str):
        return []
    found = find_paths(entry, model_names(), place.path.parent, "model")
    return [model for path in found for model in _models_of(path)]


def _models_of(path: Path) -> list[Model]:
    data, lines = read_yaml(path)
    place = Place(path, lines)
    return _build_models(_checked(data, keys.MODEL, place), place)


def _build_models(data: dict[str, Any], place: Place) -> list[Model]:
    name = data.get("model") or data.get("ensemble")
    if name is None:
        raise ConfigError([f"{place}: 'model:' is missing; expected its name."])
    folder = place.path.parent
    given = data["variables"]
    if isinstance(given, list):
        given = dict.fromkeys(given)
    entries = {
        variable: {"name": entry} if isinstance(entry, str) else _stated(entry or {})
        for variable, entry in given.items()
    }
    if data.get("files"):
        entries = {v: {"files": data["files"], **entries[v]} for v in entries}
    missing = [
        f"{place.inside('variables').inside(variable)}: 'files:' is missing; "
        f"expected {keys.FILES.expected}."
        for variable, entry in entries.items()
        if "files" not in entry
    ]
    if missing:
        raise ConfigError(missing)
    variables = {v: _source(entry, folder) for v, entry in entries.items()}
    model = Model(
        name=str(name),
        variables=variables,
        source=place.path,
        version=str(data.get("version") or ""),
        family=str(data.get("family") or "process_based"),
        reader=str(data.get("reader") or "netcdf"),
        region=data.get("region"),
        period=_pair(data.get("period")),
        cell_area=_measure(data.get("cell_area"), folder),
        land_area=_measure(data.get("land_area"), folder),
        land_fraction=_measure(data.get("land_fraction"), folder),
        ensemble=data.get("ensemble"),
        description=str(data.get("description") or ""),
        citation=str(data.get("citation") or ""),
        doi=str(data.get("doi") or ""),
        licence=str(data.get("licence") or ""),
        remarks=_texts(data.get("remarks")),
    )
    return _one_per_column(model) if model.ensemble else [model]


def _one_per_column(ensemble: Model) -> list[Model]:
    from benchmark.readers import table_columns

    names: dict[str, None] = {}
    held: dict[str, dict[str, VariableSource]] = {}
    for variable, source in ensemble.variables.items():
        for column in table_columns(source):
            names.setdefault(column)
            held.setdefault(column, {})[variable] = source
    return [
        replace(ensemble, name=name, column=name, variables=held[name])
        for name in sorted(names)
    ]


def _reference(entry: object, place: Place) -> Reference:
    if isinstance(entry, dict) and "reference" in entry:
        return _build_reference(_checked(entry, keys.REFERENCE, place), place)
    change: dict[str, Any] = {}
    if isinstance(entry, dict):
        change = _stated(_checked(entry, keys.CHOICE_KEYS, place))
        entry = change.pop("name")
    found = find_paths(str(entry), reference_names(), place.path.parent, "reference")
    reference = _reference_of(found[0])
    if "metrics" in change:
        metrics = _texts(change.pop("metrics"))
        reference = replace(
            reference, scoring=replace(reference.scoring, metrics=metrics)
        )
    if "period" in change:
        change["period"] = _pair(change["period"])
    if "regions" in change:
        change["regions"] = _region(str(change["regions"]), place.path.parent)
    return replace(reference, **change)


def _reference_of(path: Path) -> Reference:
    data, lines = read_yaml(path)
    place = Place(path, lines)
    return _build_reference(_checked(data, keys.REFERENCE, place), place)


def _build_reference(data: dict[str, Any], place: Place) -> Reference:
    folder = place.path.parent
    if not data["data"].get("files"):
        at = place.inside("data")
        msg = f"{at}: 'files:' is missing; expected {keys.FILES.expected}."
        raise ConfigError([msg])
    data = {**data, "regions": _region(data.get("regions"), folder)}
    scoring = _stated(data["scoring"])
    scoring["metrics"] = _texts(scoring["metrics"])
    plain = [
        "title",
        "variable",
        "kind",
        "subject",
        "role",
        "family",
        "grade",
        "regions",
        "version",
        "uncertainty",
        "measures",
        "leaves_out",
        "citation",
        "doi",
        "licence",
    ]
    return Reference(
        name=data["reference"],
        data=_source(data["data"], folder),
        scoring=Scoring(**scoring),
        source=place.path,
        period=_pair(data.get("period")),
        land_fraction=_measure(data.get("land_fraction"), folder),
        unconfirmed=_texts(data.get("unconfirmed")),
        remarks=_texts(data.get("remarks")),
        **{key: str(data[key]) for key in plain if data.get(key) is not None},  # type: ignore[arg-type]
    )


def _source(entry: dict[str, Any], folder: Path) -> VariableSource:
    entry = _stated(entry)
    fill = entry.pop("fill_value", [])
    depth = entry.pop("depth", None)
    if "units" in entry:
        # YAML reads 'units: 1' as a number.
        entry["units"] = str(entry["units"])
    return VariableSource(
        files=_resolved(entry.pop("files"), folder),
        fill_values=tuple(fill) if isinstance(fill, list) else (fill,),
        depth=depth if isinstance(depth, str) else _pair(depth),  # type: ignore[arg-type]
        **entry,
    )


def _stated(entry: dict[str, Any]) -> dict[str, Any]:
    """Return the entries that have a value: an empty one means the default."""
    return {key: value for key, value in entry.items() if value is not None}


def _measure(entry: dict[str, Any] | None, folder: Path) -> GridMeasure | None:
    if entry is None:
        return None
    units = entry.get("units")
    return GridMeasure(
        _resolved(entry["files"], folder),
        entry["name"],
        None if units is None else str(units),
    )


def _resolved(files: str | list[str], folder: Path) -> tuple[str, ...]:
    texts = [files] if isinstance(files, str) else files
    return tuple(str(folder / expanduser(text)) for text in texts)


def _region(entry: object, folder: Path) -> object:
    """Return the path of a file beside the YAML, else the entry: a name or a box."""
    if not isinstance(entry, str):
        return entry
    path = folder / expanduser(entry)
    return str(path) if isfile(path) else entry


def _pair(value: list[Any] | None) -> Any:
    return None if value is None else (value[0], value[1])


def _texts(value: str | list[str] | None) -> tuple[str, ...]:
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else tuple(value)

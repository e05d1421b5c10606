"""Models from checked YAML: one, or one for each column of a table."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmark.config import keys
from benchmark.config.archived import with_archive
from benchmark.config.catalogue import find_paths, model_names
from benchmark.config.descriptors import Model, VariableSource
from benchmark.config.kinds import wrong_kind
from benchmark.config.parts import (
    checked,
    chosen,
    pair,
    read_grid,
    read_measure,
    read_source,
    resolved,
    stated,
    texts,
)
from benchmark.config.processes import read_processes
from benchmark.config.regridding import read_regridding
from benchmark.config.validation import Place
from benchmark.config.yaml_text import read_yaml
from benchmark.errors import ConfigError

_MEASURES = ("cell_area", "land_area", "land_fraction", "ice_fraction")
_TEXTS = ("version", "description", "citation", "doi", "licence")


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
    return tuple(model for path in found for model in _models_in(path))


def models_of(entry: object, place: Place) -> list[Model]:
    """Return the models of one entry of a suite: a name, a path or a mapping."""
    if isinstance(entry, dict):
        return _build_models(checked(entry, keys.MODEL, place), place)
    if not isinstance(entry, str):
        return []
    found = find_paths(entry, model_names(), place.path.parent, "model")
    return [model for path in found for model in _models_in(path)]


def _models_in(path: Path) -> list[Model]:
    data, lines = read_yaml(path)
    place = Place(path, lines)
    other = wrong_kind(data, "model", place)
    if other:
        raise ConfigError(other)
    return _build_models(checked(data, keys.MODEL, place), place)


def _build_models(data: dict[str, Any], place: Place) -> list[Model]:
    name = data.get("model") or data.get("ensemble")
    if name is None:
        raise ConfigError([f"{place}: 'model:' is missing; expected its name."])
    folder = place.path.parent
    data = with_archive(data, place)
    rest: dict[str, Any] = {key: str(data.get(key) or "") for key in _TEXTS}
    rest |= {key: read_measure(data.get(key), folder) for key in _MEASURES}
    model = Model(
        name=str(name),
        variables=_sources(data, place),
        source=place.path,
        family=str(data.get("family") or "process_based"),
        reader=str(data.get("reader") or "auto"),
        select=chosen(data.get("select")),
        targets=resolved(data.get("targets") or [], folder),
        grid=read_grid(data.get("grid"), folder),
        region=data.get("region"),
        period=pair(data.get("period")),
        ensemble=None if data.get("ensemble") is None else str(data["ensemble"]),
        remarks=texts(data.get("remarks")),
        regrid=read_regridding(data.get("regrid"), place),
        processes=read_processes(data.get("processes")),
        **rest,
    )
    return _one_per_column(model) if model.ensemble else [model]


def _sources(data: dict[str, Any], place: Place) -> dict[str, VariableSource]:
    """Return where each variable of a model comes from."""
    given = data.get("variables")
    if given is None:
        msg = f"{place}: 'variables:' is missing; expected {keys.VARIABLES_EXPECTED}."
        raise ConfigError([msg])
    if isinstance(given, list):
        given = dict.fromkeys(given)
    entries = {
        variable: {"name": entry} if isinstance(entry, str) else stated(entry or {})
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
    folder = place.path.parent
    return {v: read_source(entry, folder, v) for v, entry in entries.items()}


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

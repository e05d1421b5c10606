"""Parts of a YAML file that models and references share."""

from os.path import expanduser, isfile
from pathlib import Path
from typing import Any

from benchmark.config.descriptors import (
    GridFile,
    GridMeasure,
    Layers,
    TimeStated,
    VariableSource,
)
from benchmark.config.validation import Key, Place, find_problems
from benchmark.config.values import read_depth
from benchmark.errors import ConfigError
from benchmark.urls import is_url


def checked(data: object, key: Key, place: Place) -> dict[str, Any]:
    """Return the mapping, or raise all that is wrong with it."""
    problems = find_problems(data, key, place)
    if problems:
        raise ConfigError(problems)
    return data  # type: ignore[return-value]


def read_source(entry: dict[str, Any], folder: Path, variable: str) -> VariableSource:
    """Return where a variable comes from, paths resolved against a folder."""
    entry = stated(entry)
    fill = entry.pop("fill_value", [])
    depth = entry.pop("depth", None)
    layers = entry.pop("layers", None)
    depths = entry.pop("depths", None) or {}
    if "units" in entry:
        # YAML reads 'units: 1' as a number.
        entry["units"] = str(entry["units"])
    time = entry.pop("time", None)
    return VariableSource(
        files=resolved(entry.pop("files"), folder),
        fill_values=tuple(fill) if isinstance(fill, list) else (fill,),
        depth=depth if isinstance(depth, str) else pair(depth),  # type: ignore[arg-type]
        variable=variable,
        time=TimeStated(**stated(time)) if time else None,
        layers=None if layers is None else Layers(**stated(layers)),
        depths=tuple(
            (read_depth(key), name)  # type: ignore[misc]
            for key, name in depths.items()
        ),
        **entry,
    )


def stated(entry: dict[str, Any]) -> dict[str, Any]:
    """Return the entries that have a value: an empty one means the default."""
    return {key: value for key, value in entry.items() if value is not None}


def read_measure(entry: dict[str, Any] | None, folder: Path) -> GridMeasure | None:
    """Return a cell area, land area or land fraction, if one is given."""
    if entry is None:
        return None
    units = entry.get("units")
    return GridMeasure(
        resolved(entry["files"], folder),
        entry["name"],
        None if units is None else str(units),
    )


def read_grid(entry: dict[str, Any] | None, folder: Path) -> GridFile | None:
    """Return where the coordinates of a grid are, if it is said."""
    if entry is None:
        return None
    entry = stated(entry)
    return GridFile(files=resolved(entry.pop("files", []), folder), **entry)


def chosen(entry: dict[str, Any] | None) -> dict[str, tuple[str, ...]]:
    """Return which files of an archive are meant: each facet with its values."""
    return {
        str(key): texts(value if isinstance(value, list) else str(value))
        for key, value in (entry or {}).items()
    }


def resolved(files: str | list[str], folder: Path) -> tuple[str, ...]:
    """Return paths and globs as absolute ones, URLs as they are."""
    texts = [files] if isinstance(files, str) else files
    return tuple(
        text if is_url(text) else str(folder / expanduser(text)) for text in texts
    )


def pair(value: list[Any] | None) -> Any:
    """Return two numbers as a tuple, if they are given."""
    return None if value is None else (value[0], value[1])


def texts(value: str | list[str] | None) -> tuple[str, ...]:
    """Return one text or a list of texts as a tuple."""
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else tuple(value)


#: Keys of an entry for a region that name files or other regions.
_REGIONS = ("file", "union_of", "intersection_of", "without", "rule")
_RULES = ("country", "biome", "permafrost", "within")


def region(entry: object, folder: Path) -> object:
    """Return paths of files beside the YAML, else the entry: a name or a mapping."""
    if isinstance(entry, list):
        return [region(item, folder) for item in entry]
    if isinstance(entry, dict):
        nested = (*_REGIONS, *_RULES)
        return {
            key: region(value, folder) if key in nested else value
            for key, value in entry.items()
        }
    if not isinstance(entry, str):
        return entry
    path = folder / expanduser(entry)
    return str(path) if isfile(path) else entry

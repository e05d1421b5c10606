"""A suite and those it extends: what each says, the first of them first."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmark.config import keys
from benchmark.config.catalogue import find_paths, suite_names
from benchmark.config.kinds import wrong_kind
from benchmark.config.validation import Place, find_problems
from benchmark.config.yaml_text import read_yaml
from benchmark.errors import ConfigError

# What a suite that extends another does not take from it.
_OWN = ("suite", "title", "description", "extends")


@dataclass(frozen=True)
class Layer:
    """What one file adds to a suite, and where it stands."""

    data: dict[str, Any]
    place: Place


def layers_of(data: dict[str, Any], place: Place) -> list[Layer]:
    """Return what a suite is made of: those it extends, then itself.

    Parameters
    ----------
    data : dict
        The checked YAML of the suite.
    place : Place
        Where it stands.

    Returns
    -------
    list of Layer
        A ``scorecard`` that is the name of another suite is a layer of its own,
        of that suite's scorecard alone.

    Raises
    ------
    ConfigError
        If a suite is not found, is none, or extends itself.
    """
    return _layers(data, place, (place.path,))


def _layers(data: dict[str, Any], place: Place, seen: tuple[Path, ...]) -> list[Layer]:
    found = []
    for key in ("extends", "scorecard"):
        name = data.get(key)
        if not isinstance(name, str):
            continue
        below = _opened(name, place.inside(key), seen)
        wanted = ("scorecard",) if key == "scorecard" else None
        found += [_part(layer, wanted) for layer in below]
    own = {name: value for name, value in data.items() if value is not None}
    if isinstance(own.get("scorecard"), str):
        del own["scorecard"]
    return [*found, Layer(own, place)]


def _part(layer: Layer, wanted: tuple[str, ...] | None) -> Layer:
    kept = {
        name: value
        for name, value in layer.data.items()
        if name not in _OWN and (wanted is None or name in wanted)
    }
    return Layer(kept, layer.place)


def _opened(name: str, at: Place, seen: tuple[Path, ...]) -> list[Layer]:
    path = find_paths(name, suite_names(), at.path.parent, "suite")[0]
    if path in seen:
        msg = f"{at}: '{name}' extends itself; expected another suite."
        raise ConfigError([msg])
    data, lines = read_yaml(path)
    place = Place(path, lines)
    problems = wrong_kind(data, "suite", place) or find_problems(
        data, keys.SUITE, place
    )
    if problems:
        raise ConfigError(problems)
    return _layers(data, place, (*seen, path))  # type: ignore[arg-type]


def last(layers: list[Layer], key: str) -> tuple[Any, Place]:
    """Return the value of a key in the last layer that has one, and its place."""
    for layer in reversed(layers):
        if key in layer.data:
            return layer.data[key], layer.place
    return None, layers[-1].place

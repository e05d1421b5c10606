"""Checks a mapping against the keys it may have, all mistakes in one pass."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from pathlib import Path

from benchmark.config.yaml_text import Lines


@dataclass(frozen=True)
class Key:
    """One key of a mapping: what its value has to be.

    `keys` checks a mapping with fixed keys, `each` every value of a mapping
    with free keys, or every item of a list; `free_keys` are the keys such a
    mapping, or the items such a list, may have. `advice` says what to write in
    place of a value that people often write; `belongs` what to do with a key
    that stands at the wrong level.
    """

    expected: str
    accepts: Callable[[object], bool]
    required: bool = False
    keys: "Mapping[str, Key] | None" = None
    each: "Key | None" = None
    free_keys: tuple[str, ...] = ()
    advice: Callable[[object], str] = lambda value: ""
    belongs: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Place:
    """A position in a file, for messages.

    `label` stands for the path where there is no file, but a mapping.
    """

    path: Path
    lines: Lines
    keys: tuple[object, ...] = ()
    label: str = ""

    @property
    def source(self) -> str:
        """What messages about it start with."""
        return self.label or str(self.path)

    def inside(self, key: object) -> "Place":
        """Return the place one level down."""
        return replace(self, keys=(*self.keys, key))

    def __str__(self) -> str:
        """Return ``file, line n, a.b[2]``."""
        line = self.lines.get(self.keys)
        name = ""
        for key in self.keys:
            name += f"[{key}]" if isinstance(key, int) else f".{key}"
        parts = [self.source, f"line {line}" if line else "", name.lstrip(".")]
        return ", ".join(part for part in parts if part)


def find_problems(data: object, key: Key, place: Place) -> list[str]:
    """Return one line for each thing wrong in `data`, an empty list if none.

    Parameters
    ----------
    data : object
        What the YAML gave at `place`.
    key : Key
        What it has to be.
    place : Place
        Where it stands.

    Returns
    -------
    list of str
        The problems, in the order of the file.
    """
    if not key.accepts(data):
        advice = key.advice(data) or f"expected {key.expected}"
        return [f"{place}: found {_shown(data)}; {advice}."]
    problems: list[str] = []
    if isinstance(data, dict) and key.keys is not None:
        problems += _key_problems(data, key, key.keys, place)
    elif isinstance(data, dict) and key.each is not None:
        for name, value in data.items():
            if key.free_keys and name not in key.free_keys:
                at = place.inside(str(name))
                problems.append(_unknown(str(name), key.free_keys, at))
            else:
                problems += find_problems(value, key.each, place.inside(name))
    elif isinstance(data, list) and key.free_keys:
        problems += [
            _unknown(str(name), key.free_keys, place.inside(index))
            for index, name in enumerate(data)
            if name not in key.free_keys
        ]
    elif isinstance(data, list) and key.each is not None:
        for index, value in enumerate(data):
            problems += find_problems(value, key.each, place.inside(index))
    return problems


def _key_problems(
    data: dict[object, object], owner: Key, keys: Mapping[str, Key], place: Place
) -> list[str]:
    problems = []
    for name, value in data.items():
        if name not in keys:
            at = place.inside(str(name))
            advice = owner.belongs.get(str(name), "")
            problems.append(_unknown(str(name), tuple(keys), at, advice))
        elif value is not None or keys[str(name)].required:
            problems += find_problems(value, keys[str(name)], place.inside(name))
    for name, key in keys.items():
        if key.required and name not in data:
            msg = f"{place}: '{name}:' is missing; expected {key.expected}."
            problems.append(msg)
    return problems


def _unknown(name: str, known: tuple[str, ...], at: Place, advice: str = "") -> str:
    if advice:
        return f"{at}: '{name}' is unknown here. {advice}"
    near = get_close_matches(name, known, n=1)
    hint = f"Did you mean '{near[0]}'? " if near else ""
    return f"{at}: '{name}' is unknown. {hint}Known: {', '.join(known)}."


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."

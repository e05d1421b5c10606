"""What a value in a YAML file may be: texts, numbers, years, depths."""

import re
from datetime import date
from math import inf
from typing import TypeGuard

from benchmark.config.validation import Key

_RANGE = re.compile(r"\s*(\d+(?:\.\d+)?)\s*-\s*(\d+(?:\.\d+)?)\s*m?\s*")

# No soil carbon is known of so far down: such numbers are centimetres.
DEEPEST = 50.0


def is_text(value: object) -> bool:
    """Return whether a value is a text that is not blank."""
    return isinstance(value, str) and bool(value.strip())


def is_name(value: object) -> bool:
    """Return whether a value can be a name, such as demo or 2024."""
    # A name such as 2024 is a number or a date to YAML, but no yes or no.
    return is_text(value) or (
        isinstance(value, int | float | date) and not isinstance(value, bool)
    )


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def is_weight(value: object) -> bool:
    """Return whether a value is a number that is not negative."""
    return _is_number(value) and 0.0 <= float(value) < inf  # type: ignore[arg-type]


def is_texts(value: object) -> bool:
    """Return whether a value is a text or a list of texts."""
    items = value if isinstance(value, list) else [value]
    return bool(items) and all(is_text(item) for item in items)


def _is_two(value: object) -> TypeGuard[list[float]]:
    return (
        isinstance(value, list)
        and len(value) == 2
        and all(_is_number(item) for item in value)
    )


def _is_pair(value: object) -> bool:
    return _is_two(value) and value[0] <= value[1]


def _is_depth(value: object) -> bool:
    return value == "full_column" or (
        _is_pair(value) and value[1] <= DEEPEST  # type: ignore[index]
    )


def read_depth(text: object) -> tuple[float, float] | str | None:
    """Return a depth written as a key, ``0-0.3`` or ``full_column``.

    Parameters
    ----------
    text : object
        The key.

    Returns
    -------
    tuple of float, str or None
        None where it is no depth in metres.

    Examples
    --------
    >>> read_depth("0-0.3"), read_depth("full_column"), read_depth("0-100")
    ((0.0, 0.3), 'full_column', None)
    """
    if text == "full_column":
        return "full_column"
    found = _RANGE.fullmatch(str(text))
    if found is None:
        return None
    top, bottom = float(found[1]), float(found[2])
    return (top, bottom) if top < bottom <= DEEPEST else None


def _is_depths(value: object) -> bool:
    return (
        isinstance(value, dict)
        and bool(value)
        and all(read_depth(key) and is_text(name) for key, name in value.items())
    )


def _about_years(value: object) -> str:
    if _is_two(value) and value[0] > value[1]:
        return f"first year after last; write [{value[1]}, {value[0]}]"
    return ""


def _about_depth(value: object) -> str:
    if _is_two(value) and value[0] <= value[1]:
        metres = ", ".join(f"{number / 100:.10g}" for number in value)
        return f"metres expected; write [{metres}] for {value[1]:g} cm"
    return ""


def one_of(*choices: str) -> Key:
    """Return a key that takes one of a few words."""
    return Key(f"one of {', '.join(choices)}", lambda value: value in choices)


def _anything_text(value: object) -> bool:
    # YAML reads an unquoted 2023-06-26 as a date and 2.2 as a number.
    return isinstance(value, str | int | float | date)


def _is_text_list(value: object) -> bool:
    return is_texts(value) or value == []


TEXT = Key("a text", _anything_text)
TEXTS = Key("a text or a list of texts", _is_text_list)
NUMBER = Key("a number", _is_number)
FILES = Key("a path, a glob or a list of such", is_texts)
PERIOD = Key(
    "two years, such as [2000, 2014]",
    lambda value: _is_pair(value) and all(isinstance(y, int) for y in value),  # type: ignore[attr-defined]
    advice=_about_years,
)
DEPTH = Key(
    "two depths in metres, such as [0, 1.0], or full_column",
    _is_depth,
    advice=_about_depth,
)
DEPTHS = Key(
    'a mapping of depths to variables, such as {"0-1": cSoilAbove1m, '
    '"full_column": cSoil}',
    _is_depths,
)
FILL = Key(
    "a number or a list of numbers",
    lambda value: (
        _is_number(value)
        or (isinstance(value, list) and all(_is_number(item) for item in value))
    ),
)

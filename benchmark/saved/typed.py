"""Plain JSON as typed values again: nothing is taken that does not fit its type."""

import types
from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import pandas as pd
import xarray as xr

from benchmark.errors import ConfigError

_SPECIAL = {"nan", "inf", "-inf"}


@dataclass(frozen=True)
class Opened:
    """A run file that is being read: its path, and how its parts are opened."""

    path: Path
    dataset: Callable[[Any, str], xr.Dataset]
    table: Callable[[Any, str], pd.DataFrame]

    def wrong(self, where: str, found: Any, expected: str) -> ConfigError:
        """Return the error for a value that does not fit."""
        text = repr(found)
        shown = text if len(text) <= 80 else f"{text[:80]}..."
        return ConfigError([f"{self.path}: {where}: {shown}; expected {expected}."])


def typed(hint: Any, value: Any, where: str, opened: Opened) -> Any:
    """Return a plain value as a type wants it.

    Parameters
    ----------
    hint : type
        A dataclass, or what its fields are annotated with.
    value : object
        From JSON.
    where : str
        The fields and keys that lead to it, for messages.
    opened : Opened
        The run file.

    Returns
    -------
    object

    Raises
    ------
    ConfigError
        If the value is not of the type.
    """
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        return _either(hint, value, where, opened)
    if origin is Literal:
        if value in get_args(hint) and isinstance(value, str):
            return value
        allowed = " or ".join(map(str, get_args(hint)))
        raise opened.wrong(where, value, allowed)
    if origin is tuple:
        return _tuple(get_args(hint), value, where, opened)
    if origin is dict:
        return _dict(get_args(hint), value, where, opened)
    if is_dataclass(hint) and isinstance(hint, type):
        return _dataclass(hint, value, where, opened)
    return _leaf(hint, value, where, opened)


def _leaf(hint: Any, value: Any, where: str, opened: Opened) -> Any:
    if hint is Any:
        return value
    if hint is float and value in _SPECIAL and isinstance(value, str):
        return float(value)
    if hint in (int, float) and isinstance(value, bool):
        raise opened.wrong(where, value, "a number")
    if hint is float and isinstance(value, (int, float)):
        return float(value) if abs(value) < 1e300 else _too_large(where, value, opened)
    if hint in (str, int, bool) and isinstance(value, hint):
        return value
    if hint is Path and isinstance(value, str):
        return Path(value)
    if hint is xr.Dataset:
        return opened.dataset(value, where)
    if hint is xr.DataArray:
        name = value.get("name") if isinstance(value, dict) else None
        data = opened.dataset(value, where)
        if "values" not in data:
            raise opened.wrong(where, value, "a dataset with 'values'")
        return data["values"].rename(name if isinstance(name, str) else None)
    if hint is pd.DataFrame:
        return opened.table(value, where)
    if hint is _geometry():
        return _shape(value, where, opened)
    expected = {int: "a whole number", float: "a number", bool: "true or false"}
    raise opened.wrong(where, value, expected.get(hint, "a text"))


def _too_large(where: str, value: Any, opened: Opened) -> float:
    raise opened.wrong(where, value, "a number below 1e300")


def _either(hint: Any, value: Any, where: str, opened: Opened) -> Any:
    options = [option for option in get_args(hint) if option is not type(None)]
    if value is None:
        if len(options) < len(get_args(hint)):
            return None
        raise opened.wrong(where, value, "a value")
    for option in options[:-1]:
        try:
            return typed(option, value, where, opened)
        except ConfigError:
            continue
    return typed(options[-1], value, where, opened)


def _tuple(hints: tuple[Any, ...], value: Any, where: str, opened: Opened) -> Any:
    if not isinstance(value, list):
        raise opened.wrong(where, value, "a list")
    if len(hints) == 2 and hints[1] is ...:
        hints = (hints[0],) * len(value)
    if len(hints) != len(value):
        raise opened.wrong(where, value, f"{len(hints)} values")
    return tuple(
        typed(hint, item, f"{where}[{i}]", opened)
        for i, (hint, item) in enumerate(zip(hints, value, strict=True))
    )


def _dict(hints: tuple[Any, ...], value: Any, where: str, opened: Opened) -> Any:
    key, hint = hints
    if key is str:
        if not isinstance(value, dict):
            raise opened.wrong(where, value, "a mapping")
        return {k: typed(hint, v, f"{where}.{k}", opened) for k, v in value.items()}
    if not isinstance(value, list):
        raise opened.wrong(where, value, "a list of keys and values")
    made = {}
    for i, item in enumerate(value):
        here = f"{where}[{i}]"
        if not isinstance(item, dict) or set(item) != {"key", "value"}:
            raise opened.wrong(here, item, "a key and a value")
        name = typed(key, item["key"], f"{here}.key", opened)
        made[name] = typed(hint, item["value"], here, opened)
    return made


def _dataclass(kind: type, value: Any, where: str, opened: Opened) -> Any:
    if not isinstance(value, dict):
        raise opened.wrong(where, value, f"the fields of a {kind.__name__}")
    hints = _hints(kind)
    unknown = sorted(set(value) - set(hints))
    if unknown:
        raise opened.wrong(where, unknown[0], "a field that this version knows")
    given = {
        name: typed(hints[name], item, f"{where}.{name}".lstrip("."), opened)
        for name, item in value.items()
    }
    try:
        return kind(**given)
    except (TypeError, ValueError) as error:
        raise opened.wrong(where, str(error), f"a {kind.__name__}") from error


@cache
def _hints(kind: type) -> dict[str, Any]:
    """Return the types of the fields, those too that are imported for typing only."""
    from benchmark.regrid import Regridding

    names = {"BaseGeometry": _geometry(), "Regridding": Regridding}
    hints = get_type_hints(kind, localns=names)
    return {field.name: hints[field.name] for field in fields(kind)}  # type: ignore[arg-type]


@cache
def _geometry() -> type:
    from shapely.geometry.base import BaseGeometry

    return BaseGeometry


def _shape(value: Any, where: str, opened: Opened) -> Any:
    from shapely.errors import ShapelyError
    from shapely.geometry import shape

    faults = (ShapelyError, ValueError, TypeError, LookupError, AttributeError)
    try:
        return shape(value)
    except faults as error:
        raise opened.wrong(where, str(error), "a GeoJSON geometry") from error

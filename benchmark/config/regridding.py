"""The key ``regrid:`` of a model, a reference and a suite."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from benchmark.config.parts import resolved
from benchmark.config.validation import Key, Place
from benchmark.config.values import FILES, TEXT, is_text
from benchmark.errors import ConfigError

if TYPE_CHECKING:
    from benchmark.regrid import Regridding

_WITHOUT_METHODS = ("automatic", "conservative", "nearest", "polygons")

REGRID = Key(
    "the name of a regridder, or a mapping with engine or weights",
    lambda value: is_text(value) or (isinstance(value, dict) and bool(value)),
    keys={"engine": TEXT, "method": TEXT, "otherwise": TEXT, "weights": FILES},
)


def read_regridding(entry: object, place: Place) -> Regridding | None:
    """Return by what a field is regridded, None where nothing is said.

    Parameters
    ----------
    entry : object
        What stands under ``regrid:``, its keys already checked.
    place : Place
        Of the mapping that holds ``regrid:``; weight files are relative to
        its file.

    Returns
    -------
    Regridding or None

    Raises
    ------
    ConfigError
        If a regridder or its method is unknown, or keys exclude each other.
    """
    from benchmark.regrid import Regridding

    if entry is None:
        return None
    at = place.inside("regrid")
    given: dict[str, Any] = {"engine": entry} if isinstance(entry, str) else {}
    if isinstance(entry, dict):
        given = {key: value for key, value in entry.items() if value is not None}
    problems = _problems(given, at)
    if problems:
        raise ConfigError(problems)
    weights = given.pop("weights", None)
    files = () if weights is None else resolved(weights, place.path.parent)
    return Regridding(**given, weights=files)


def _problems(given: dict[str, Any], at: Place) -> list[str]:
    from benchmark.regrid import AUTOMATIC, METHODS, regridders

    known = [AUTOMATIC, *regridders.names()]
    problems = [
        _unknown(str(given[key]), "regridder", known, at)
        for key in ("engine", "otherwise")
        if key in given and given[key] not in known
    ]
    engine = given.get("engine", AUTOMATIC)
    if "weights" in given and len(given) > 1:
        problems.append(f"{at}: weights stand in place of an engine; write only one.")
    if "otherwise" in given and engine != "xesmf":
        problems.append(
            f"{at}: 'otherwise:' stands in for xesmf where that is not installed; "
            "write 'engine: xesmf' with it, or drop it."
        )
    if "method" in given and engine in _WITHOUT_METHODS:
        problems.append(
            f"{at}: regridder '{engine}' has no methods; drop 'method:', or write "
            f"'engine: xesmf', whose methods are {', '.join(METHODS)}."
        )
    elif engine == "xesmf" and given.get("method", METHODS[0]) not in METHODS:
        problems.append(_unknown(str(given["method"]), "method", list(METHODS), at))
    return problems


def _unknown(name: str, what: str, known: list[str], at: Place) -> str:
    near = get_close_matches(name, known, n=1)
    hint = f"Did you mean '{near[0]}'? " if near else ""
    return f"{at}: {what} '{name}' is unknown. {hint}Known: {', '.join(known)}."

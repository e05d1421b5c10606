"""Tells a suite, a model and a reference file apart."""

from collections.abc import Mapping

from benchmark.config.validation import Place

_ADVICE = {
    "suite": "this is a suite; run it: permabench run FILE",
    "model": (
        "this is a model file; run it: permabench run --model FILE, or name it in a "
        "suite under 'models:'"
    ),
    "archive": "this is an archive; a model names it with 'archive: FILE'",
    "reference": "this is a reference file; name it in a suite under 'references:'",
}


def wrong_kind(data: object, expected: str, place: Place) -> list[str]:
    """Return what to do with a file of another kind, an empty list if it is none.

    Parameters
    ----------
    data : object
        What the YAML gave.
    expected : {"suite", "model", "archive", "reference"}
        What it was read as.
    place : Place
        Where it stands.

    Returns
    -------
    list of str
        At most one line.

    Examples
    --------
    >>> from pathlib import Path
    >>> wrong_kind({"suite": "A"}, "model", Place(Path("a.yaml"), {}))
    ['a.yaml: this is a suite; run it: permabench run FILE.']
    """
    found = _kind(data)
    if found in ("", expected):
        return []
    return [f"{place}: {_ADVICE[found]}."]


def _kind(data: object) -> str:
    if not isinstance(data, Mapping):
        return ""
    if "suite" in data or {"models", "references"} <= set(data):
        return "suite"
    if "reference" in data:
        return "reference"
    if "model" in data or "ensemble" in data:
        return "model"
    return "archive" if "title" in data and "variables" in data else ""

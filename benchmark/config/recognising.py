"""Tells which archive a file looks like it comes from."""

from collections.abc import Iterable, Mapping
from fnmatch import fnmatch
from functools import cache
from typing import Any

from benchmark.config.archives import load_archive
from benchmark.config.catalogue import archive_names
from benchmark.config.parts import texts


def recognise(
    attributes: Mapping[str, object], names: Iterable[str], file: str = ""
) -> str | None:
    """Return the archive that a file looks like it comes from.

    Global attributes decide, then the name of the file, then the names of its
    variables. It is a suggestion: nothing is taken from it by itself.

    Parameters
    ----------
    attributes : mapping
        Global attributes of the file.
    names : iterable of str
        Its variables.
    file : str, optional
        Its name, without the folder.

    Returns
    -------
    str or None
        Name of an archive that ships.

    Examples
    --------
    >>> recognise({"mip_era": "CMIP6"}, ["nbp"])
    'cmip6'
    >>> recognise({}, ["NBP", "TOTSOMC"])
    'clm'
    """
    held = set(names)
    known = [(name, looks) for name, looks in _looks() if looks]
    for name, looks in known:
        for key, part in (looks.get("attributes") or {}).items():
            if part.lower() in str(attributes.get(key, "")).lower():
                return name
    for name, looks in known:
        if file and looks.get("files") and fnmatch(file, looks["files"]):
            return name
    for name, looks in known:
        if held & set(texts(looks.get("variables"))):
            return name
    return None


@cache
def _looks() -> tuple[tuple[str, Mapping[str, Any]], ...]:
    return tuple(
        (name, load_archive(name, path.parent).looks_like)
        for name, path in archive_names().items()
    )

"""Kerchunk references: an index, in JSON or Parquet, into files elsewhere."""

import json
import os.path
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import xarray as xr

from benchmark.errors import InputError
from benchmark.readers.joining import one_line
from benchmark.readers.parquet_references import References, references_in_parquet
from benchmark.readers.paths import Place, folder_of
from benchmark.readers.remote import filesystem, told
from benchmark.readers.stores import open_mapping, zarr_library
from benchmark.urls import is_url

_TEMPLATE = re.compile(r"\{\{\s*(\w+)\s*\}\}")


def looks_like_references(place: Place) -> bool:
    """Return whether a place is called as kerchunk references are.

    Parameters
    ----------
    place : Path or str
        A file, a folder or a URL.

    Returns
    -------
    bool

    Examples
    --------
    >>> looks_like_references("https://example.org/gpp.json")
    True
    """
    return str(place).rstrip("/").lower().endswith((".json", ".parq", ".parquet"))


def open_references(place: Place, targets: Iterable[str] = ()) -> xr.Dataset:
    """Open kerchunk references as the one data set that they stand for.

    Parameters
    ----------
    place : Path or str
        JSON (version 0 or 1), or a Parquet folder; a path or a URL.
    targets : iterable of str, optional
        Folders and URLs that the references may point into, besides their own
        folder and, of references elsewhere, their own host.

    Returns
    -------
    Dataset
        Lazy; to be closed by the caller.

    Raises
    ------
    InputError
        If a reference points anywhere else, contains an expression, or cannot
        be read.

    Notes
    -----
    References are somebody else's instructions of what to open. They are read
    as plain text here: expressions in templates and generated references, which
    run code in other readers, are refused.

    Examples
    --------
    References beside the YAML, whose data are in a bucket::

        model: MyModel
        files: mymodel.json
        targets: s3://bucket/mymodel/
        variables: [gpp]
    """
    text = str(place).rstrip("/")
    if text.lower().endswith(".json"):
        references = flat(_content(text), place)
    else:
        references = references_in_parquet(text)
    references = {
        key: _checked(value, place, targets) for key, value in references.items()
    }
    zarr = zarr_library(place)
    with told(text):
        from fsspec.implementations.reference import ReferenceFileSystem

        system = ReferenceFileSystem(
            fo=references, asynchronous=True, skip_instance_cache=True
        )
        store = zarr.storage.FsspecStore(system, read_only=True, path="")
    return open_mapping(store, place)


def flat(content: object, place: Place) -> References:
    """Return references of either version as one mapping, templates filled in.

    Parameters
    ----------
    content : object
        What the JSON holds.
    place : Path or str
        For messages.

    Returns
    -------
    dict
        Key of the store to its content, or to [URL] or [URL, offset, length].

    Raises
    ------
    InputError
        If it is something else, or contains expressions.

    Examples
    --------
    >>> refs = {".zgroup": "{}", "gpp/0": ["{{u}}/a.nc", 0, 8]}
    >>> content = {"version": 1, "templates": {"u": "s3://b"}, "refs": refs}
    >>> flat(content, "a.json")["gpp/0"]
    ['s3://b/a.nc', 0, 8]
    """
    if not isinstance(content, dict):
        msg = f"{place}: found {type(content).__name__}; expected kerchunk references."
        raise InputError(msg)
    refs = content.get("refs", content) if "version" in content else content
    templates = content.get("templates") or {} if "version" in content else {}
    keys = [*refs] if isinstance(refs, dict) else []
    if not any(key.endswith((".zgroup", ".zarray", "zarr.json")) for key in keys):
        msg = (
            f"{place}: is JSON without .zgroup or .zarray; expected kerchunk "
            "references, or a catalogue with 'esmcat_version'."
        )
        raise InputError(msg)
    if content.get("gen") and "version" in content:
        msg = (
            f"{place}: has generated references ('gen'), which run expressions of the "
            "file; expected plain ones. Write it anew with them expanded."
        )
        raise InputError(msg)
    return {key: _filled(value, templates, place) for key, value in refs.items()}


def _filled(value: Any, templates: Mapping[str, object], place: Place) -> Any:
    if isinstance(value, dict):
        # Metadata may be given as JSON itself.
        return json.dumps(value)
    if isinstance(value, str):
        return value
    if not (isinstance(value, list) and value and isinstance(value[0], str)):
        msg = (
            f"{place}: found the reference {str(value)[:60]}; expected a text or "
            "[URL, offset, length]."
        )
        raise InputError(msg)
    url = _TEMPLATE.sub(
        lambda found: str(templates.get(found.group(1), found.group(0))), value[0]
    )
    if "{{" in url or "{%" in url:
        msg = (
            f"{place}: points to '{url[:80]}', an expression; expected plain "
            "templates such as {{u}}. Write it anew with them filled in."
        )
        raise InputError(msg)
    return [url, *value[1:]]


def _content(text: str) -> object:
    try:
        if is_url(text):
            system, path = filesystem(text)
            with told(text):
                return json.loads(system.cat_file(path))
        return json.loads(Path(text).read_bytes())
    except (OSError, ValueError) as error:
        if isinstance(error, InputError):
            raise
        msg = f"{text}: cannot be read as JSON ({one_line(error)})."
        raise InputError(msg) from error


def _checked(
    value: "str | list[Any]", place: Place, targets: Iterable[str]
) -> "str | list[Any]":
    """Return a reference with its whole URL, if it may be opened."""
    if isinstance(value, str):
        return value
    url = str(value[0])
    if not is_url(url) and not os.path.isabs(url):
        url = f"{folder_of(place)}/{url}"
    allowed = [folder_of(place), *targets]
    if not any(_is_inside(url, root) for root in allowed):
        msg = (
            f"{place}: points to {url}, which is outside {', '.join(allowed)}; if you "
            "trust it, write the folder or host under 'targets:'."
        )
        raise InputError(msg)
    return [url, *value[1:]]


def _is_inside(url: str, root: str) -> bool:
    """Return whether a URL is of a root's host, or a path in its folder."""
    if "::" in url:
        return False
    here = _as_path(root)
    path = _as_path(url)
    if here is not None or path is not None:
        return here is not None and path is not None and path.is_relative_to(here)
    asked, given = urlsplit(url), urlsplit(root.split("::")[-1])
    return (asked.scheme, asked.netloc) == (given.scheme, given.netloc)


def _as_path(text: str) -> Path | None:
    """Return a local path with its links followed, None for what is elsewhere."""
    if text.split("://")[0] in ("file", "local"):
        text = text.split("://", 1)[1]
    return None if is_url(text) else Path(text).resolve()

"""The user's folder: a descriptor with its data beside it, all or nothing."""

import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from benchmark.atomic import write_text
from benchmark.config import Reference, load_reference
from benchmark.config.own import own_folder
from benchmark.errors import ConfigError
from benchmark.products.checksums import Kept, sha256_of, write_record
from benchmark.products.drafting import text_of
from benchmark.readers.paths import expand
from benchmark.urls import is_url


def keep(
    entry: dict[str, Any], reference: Reference, path: Path, *, link: bool
) -> Path:
    """Write a descriptor, and its data beside it, all or nothing.

    Parameters
    ----------
    entry : dict
        What the descriptor says.
    reference : Reference
        The same, read: with absolute paths.
    path : Path
        What was added: paths of `entry` start from its folder.
    link : bool
        Whether the data stay where they are rather than be copied.

    Returns
    -------
    Path
        Of the descriptor.

    Raises
    ------
    ConfigError
        If two files of it have one name.
    """
    name = reference.name
    folder = own_folder() / name
    kept: dict[str, Kept] = {}
    folder.mkdir(parents=True)
    try:
        made = {**entry}
        for key in ("data", "land_fraction", "grid"):
            declared = getattr(reference, key)
            if declared is not None and declared.files:
                files = _placed(declared.files, folder, kept, link=link)
                made[key] = {**entry[key], "files": files}
        for key, value in _elsewhere(entry, path.absolute().parent).items():
            made[key] = value
        if len(kept) == 1:
            made["data"]["sha256"] = next(iter(kept.values())).sha256
        write_record(folder, kept)
        text = f"# Made by: permabench references add {path.name}\n{text_of(made)}"
        target = write_text(folder / f"{name}.yaml", text)
        load_reference(target)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return target


def _placed(
    files: Iterable[str], folder: Path, kept: dict[str, Kept], *, link: bool
) -> str | list[str]:
    found = []
    for text in files:
        if is_url(text):
            found.append(text)
            continue
        for source in expand([text]):
            if link or source.is_dir():
                key = str(source.absolute())
            else:
                key = source.name
                if key in kept and kept[key].source != str(source):
                    msg = f"{source}: another file is called {key} too; use '--link'."
                    raise ConfigError([msg])
                shutil.copy2(source, folder / key)
            if source.is_file():
                digits = sha256_of(source)
                kept[key] = Kept(key, digits, "added", "recorded now", str(source))
            found.append(key)
    return found[0] if len(found) == 1 else found


def _elsewhere(entry: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """Return entries that name files of other kinds, as paths that hold anywhere."""
    found: dict[str, Any] = {}
    regions = entry.get("regions")
    if isinstance(regions, str) and (folder / regions).is_file():
        found["regions"] = str(folder / regions)
    companions = entry.get("companions") or {}
    if companions:
        found["companions"] = {
            key: str(folder / value) if (folder / value).is_file() else value
            for key, value in companions.items()
        }
    regrid = entry.get("regrid")
    if isinstance(regrid, dict) and regrid.get("weights"):
        weights = regrid["weights"]
        several = [weights] if isinstance(weights, str) else weights
        found["regrid"] = {**regrid, "weights": [str(folder / w) for w in several]}
    return found

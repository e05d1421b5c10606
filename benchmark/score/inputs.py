"""Which files a run was made of, and what shows that they are the same ones."""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from fnmatch import fnmatch
from pathlib import Path

from benchmark.config.descriptors import Suite
from benchmark.errors import InputError
from benchmark.readers import expand
from benchmark.readers.paths import Place, is_store
from benchmark.urls import is_url

# To read larger files only for a checksum would double the time of a run.
HASHED_BYTES = 2**30
_BLOCK = 2**20
_METADATA = (".zmetadata", ".zgroup", ".zattrs", ".zarray", "zarr.json")


def inputs(suite: Suite, opened: Iterable[str]) -> list[Place]:
    """Return the files and addresses of a run, once each.

    Parameters
    ----------
    suite : Suite
        What was scored: its declared files, measures and grid files.
    opened : iterable of str
        What the readers opened; of a glob or folder only those count, where
        there are any.

    Returns
    -------
    list of Path or str
        Addresses of files elsewhere as text.
    """
    known = dict.fromkeys(opened)
    found: dict[Place, None] = {}
    for text in _declared(suite):
        if is_url(text):
            found[text] = None
        elif Path(text).is_dir() and not is_store(text):
            continue
        elif not any(fnmatch(file, text) for file in known):
            try:
                found.update(dict.fromkeys(expand([text])))
            except InputError:
                continue
    found.update({text if is_url(text) else Path(text): None for text in known})
    return list(found)


def fingerprint(place: Place, limit: int = HASHED_BYTES) -> str:
    """Return what tells a file from another of the same name.

    Parameters
    ----------
    place : Path or str
        A file, a Zarr folder or an address.
    limit : int
        Files of more bytes are not read.

    Returns
    -------
    str
        The sha256 of a file; that of the metadata of a Zarr folder; of a large
        file its size and the time of its last change.

    Examples
    --------
    >>> fingerprint("s3://bucket/gpp.zarr")
    'elsewhere: not read again for a checksum'
    """
    if isinstance(place, str):
        return "elsewhere: not read again for a checksum"
    try:
        if place.is_dir():
            return _of_store(place)
        about = place.stat()
        if about.st_size <= limit:
            return _sha256([place])
    except OSError as error:
        # Its rows say so too; a run is not stopped by one file.
        return f"cannot be read ({(error.strerror or str(error)).lower()})"
    changed = datetime.fromtimestamp(about.st_mtime, UTC).isoformat(timespec="seconds")
    return f"{about.st_size} bytes, changed {changed}: too large for a checksum"


def _of_store(folder: Path) -> str:
    """Return the sha256 of the metadata, which name every chunk's form."""
    whole = [folder / name for name in (".zmetadata", "zarr.json")]
    files = [path for path in whole if path.is_file()]
    if not files:
        named = (p for name in _METADATA for p in folder.rglob(name))
        files = sorted(named)
    if not files:
        return "a folder without metadata of Zarr"
    return f"metadata of Zarr {_sha256(files)}"


def _sha256(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                digest.update(block)
    return digest.hexdigest()


def _declared(suite: Suite) -> Iterator[str]:
    for reference in suite.references:
        yield from reference.data.files
    for owner in (*suite.references, *suite.models):
        yield from owner.grid.files if owner.grid else ()
        yield from owner.land_fraction.files if owner.land_fraction else ()
        yield from owner.regrid.weights if owner.regrid else ()
    for model in suite.models:
        for source in model.variables.values():
            yield from source.files
        for measure in (model.cell_area, model.land_area, model.ice_fraction):
            yield from measure.files if measure else ()

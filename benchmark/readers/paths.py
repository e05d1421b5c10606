"""Globs to files, and what the first bytes of a file say it is."""

from collections.abc import Iterable
from difflib import get_close_matches
from glob import glob
from os import listdir
from os.path import isdir, isfile
from pathlib import Path

from benchmark.errors import InputError
from benchmark.urls import is_url

# A file or folder of this machine, or the address of one elsewhere.
Place = Path | str

_STORE_FILES = (".zgroup", ".zmetadata", "zarr.json", ".zarray")


def is_store(path: Place) -> bool:
    """Return whether a folder is one store, such as Zarr, and not many files."""
    return any(isfile(f"{path}/{name}") for name in _STORE_FILES)


def places(files: Iterable[str]) -> list[Place]:
    """Return files and stores that paths and globs stand for, and URLs as they are.

    Parameters
    ----------
    files : iterable of str
        Absolute paths, globs or URLs.

    Returns
    -------
    list of Path or str

    Raises
    ------
    InputError
        If a path matches nothing.
    """
    found: dict[Place, None] = {}
    for text in files:
        found.update(dict.fromkeys([text] if is_url(text) else expand([text])))
    return list(found)


def name_of(place: Place) -> str:
    """Return the last part of a path or URL."""
    return str(place).replace("\\", "/").rstrip("/").rpartition("/")[2]


def folder_of(place: Place) -> str:
    """Return all but the last part of a path or URL."""
    if isinstance(place, Path):
        return str(place.parent)
    return place.rstrip("/").rpartition("/")[0]


def expand(files: Iterable[str]) -> list[Path]:
    """Return the files that paths and globs stand for, sorted, once each.

    Parameters
    ----------
    files : iterable of str
        Absolute paths or globs.

    Returns
    -------
    list of Path

    Raises
    ------
    InputError
        If one of them matches nothing; the message has the nearest names.
    """
    found: dict[Path, None] = {}
    for pattern in files:
        if isdir(pattern) and not is_store(pattern):
            msg = f"{pattern}: found a folder; expected a file or a glob such as *.nc."
            raise InputError(msg)
        # A name may hold brackets that are no glob, as in "run [v2]/gpp.nc".
        literal = isfile(pattern) or isdir(pattern)
        matches = [pattern] if literal else sorted(glob(pattern, recursive=True))
        if not matches:
            raise InputError(_no_such_file(Path(pattern)))
        found.update(dict.fromkeys(map(Path, matches)))
    return list(found)


def check_is_netcdf(path: Path) -> None:
    """Refuse what is not NetCDF before a library gives a vague error.

    Parameters
    ----------
    path : Path
        The file.

    Raises
    ------
    InputError
        If it cannot be read, is empty, or starts like something else.
    """
    try:
        with path.open("rb") as file:
            start = file.read(512)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        msg = f"{path}: cannot be read ({reason}); expected a NetCDF file."
        raise InputError(msg) from error
    if not start:
        msg = f"{path}: the file is empty; expected NetCDF. Copy it again."
        raise InputError(msg)
    if start.startswith((b"CDF\x01", b"CDF\x02", b"CDF\x05", b"\x89HDF\r\n\x1a\n")):
        return
    text = start.lstrip().lower()
    if text.startswith((b"<!doctype html", b"<html", b"<?xml")):
        msg = (
            f"{path}: found a web page (it starts with '<'); expected NetCDF. A "
            "download probably ended at a log-in or error page: fetch it again."
        )
        raise InputError(msg)
    if text.startswith(b"version https://git-lfs"):
        msg = f"{path}: found a Git LFS pointer; expected NetCDF. Run 'git lfs pull'."
        raise InputError(msg)
    msg = (
        f"{path}: starts with {start[:8]!r}, which is not NetCDF; expected a NetCDF "
        "file (classic or NetCDF-4)."
    )
    raise InputError(msg)


def _no_such_file(path: Path) -> str:
    if not isdir(path.parent):
        return f"{path}: no such file (nor its folder); correct 'files:'."
    try:
        names = listdir(path.parent)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        return f"{path}: its folder cannot be read ({reason})."
    names = [name for name in names if Path(name).suffix == path.suffix]
    near = get_close_matches(path.name, names, n=1)
    hint = f" Did you mean '{near[0]}'?" if near else ""
    return f"{path}: no such file.{hint} Correct 'files:'."

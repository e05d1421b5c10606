"""Lines of text tables: compressed or not, separated by blanks or commas."""

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from benchmark.errors import InputError

_SUFFIXES = (".csv", ".out", ".txt", ".dat", ".tsv")


def looks_like_text(path: Path) -> bool:
    """Return whether a file is called as text tables are, .gz or not.

    Parameters
    ----------
    path : Path
        The file.

    Returns
    -------
    bool

    Examples
    --------
    >>> looks_like_text(Path("run1/mgpp.out.gz")), looks_like_text(Path("gpp.nc"))
    (True, False)
    """
    return path.name.lower().removesuffix(".gz").endswith(_SUFFIXES)


@contextmanager
def open_text(path: Path) -> Iterator[IO[str]]:
    """Open a text file, decompressed where it is .gz.

    Parameters
    ----------
    path : Path
        The file.

    Yields
    ------
    file
        Its lines.

    Raises
    ------
    InputError
        If it cannot be read as text.
    """
    opened = gzip.open if is_gzip(path) else open
    try:
        with opened(path, "rt", encoding="utf-8-sig") as file:  # type: ignore[operator]
            yield file
    except (OSError, EOFError, UnicodeDecodeError) as error:
        reason = " ".join(str(error).split())
        msg = f"{path}: cannot be read as text ({reason}); expected a table."
        raise InputError(msg) from error


def is_gzip(path: Path) -> bool:
    """Return whether a file starts as gzip does."""
    try:
        with path.open("rb") as file:
            return file.read(2) == b"\x1f\x8b"
    except OSError:
        return False


def header_of(path: Path) -> list[str]:
    """Return the names of the columns: the first line that is no comment.

    Parameters
    ----------
    path : Path
        The file.

    Returns
    -------
    list of str

    Raises
    ------
    InputError
        If the file is empty or no text.
    """
    line = first_line(path)
    if line:
        return split(line, "," in line)
    msg = f"{path}: the file is empty; expected a table with a header."
    raise InputError(msg)


def first_line(path: Path) -> str:
    """Return the first line that is not blank nor a comment, else nothing."""
    with open_text(path) as file:
        return next((line for line in file if line.strip() and line[0] != "#"), "")


def split(line: str, commas: bool) -> list[str]:
    """Return the fields of a line.

    Parameters
    ----------
    line : str
        Without quoted separators.
    commas : bool
        Whether commas separate, else blanks do.

    Returns
    -------
    list of str
    """
    fields = line.split(",") if commas else line.split()
    return [field.strip().strip('"') for field in fields]

"""Lines of text tables: compressed or not, separated by blanks or commas."""

import gzip
from collections.abc import Iterator
from pathlib import Path

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


def lines_of(path: Path) -> Iterator[str]:
    """Yield the lines of a text file, decompressed where it is .gz.

    Parameters
    ----------
    path : Path
        The file.

    Yields
    ------
    str

    Raises
    ------
    InputError
        If it cannot be read as text.
    """
    opened = gzip.open if is_gzip(path) else open
    try:
        with opened(path, "rt", encoding="utf-8-sig") as file:  # type: ignore[operator]
            yield from file
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
    for line in lines_of(path):
        if line.strip() and not line.startswith("#"):
            return split(line, "," in line)
    msg = f"{path}: the file is empty; expected a table with a header."
    raise InputError(msg)


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

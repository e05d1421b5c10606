"""Rows of text tables of cells, and the lines that are wrong with them."""

import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO

import numpy as np

from benchmark.errors import InputError
from benchmark.readers.text_lines import (
    first_line,
    header_of,
    is_gzip,
    open_text,
    split,
)

_ROWS = 500_000
_MISSING = ("nan", "na", "n/a", "null", "")


@dataclass(frozen=True)
class Rows:
    """All rows of some files: where, when and what.

    Parameters
    ----------
    lat, lon, year : ndarray
        (row), degrees and years.
    values : ndarray
        (row, column), float32.
    counts : tuple of (Path, int)
        How many rows each file gave.
    """

    lat: np.ndarray
    lon: np.ndarray
    year: np.ndarray
    values: np.ndarray
    counts: tuple[tuple[Path, int], ...]


def read_rows(paths: list[Path], columns: list[str]) -> Rows:
    """Read some columns of tables of cells, a block of lines at a time.

    Parameters
    ----------
    paths : list of Path
        Text or CSV, .gz or not.
    columns : list of str
        Besides those of place and year.

    Returns
    -------
    Rows

    Raises
    ------
    InputError
        If a line is ragged or holds what is no number; with file and line.
    """
    where = {c.lower(): c for c in header_of(paths[0])}
    keys = [where[key] for key in ("lat", "lon", "year")]
    blocks, counts = [], []
    for path in paths:
        held = [*_blocks(path, keys, columns)]
        blocks += held
        counts.append((path, sum(len(block[0]) for block in held)))
    if not sum(count for _, count in counts):
        msg = f"{paths[0]}: has a header and no rows; expected one per cell and year."
        raise InputError(msg)
    lat, lon, year, values = (
        np.concatenate(part) for part in zip(*blocks, strict=True)
    )
    return Rows(lat, lon, year.astype(int), values, tuple(counts))


def _blocks(
    path: Path, keys: list[str], columns: list[str]
) -> Iterator[tuple[np.ndarray, ...]]:
    """Yield lat, lon, year and values of so many rows at a time."""
    import pandas as pd

    header = header_of(path)
    commas = "," in first_line(path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", pd.errors.ParserWarning)
            with pd.read_csv(
                path,
                sep="," if commas else r"\s+",
                compression="gzip" if is_gzip(path) else None,
                comment="#",
                skipinitialspace=True,
                index_col=False,
                dtype=dict.fromkeys(header, "f4") | dict.fromkeys(keys, "f8"),  # type: ignore[arg-type]
                chunksize=_ROWS,
                encoding="utf-8-sig",
            ) as table:
                for block in table:
                    where = block[keys].to_numpy()
                    values = block[columns].to_numpy()
                    if not np.isfinite(where).all() or not np.isfinite(values).all():
                        _refuse_broken_line(path, header, commas)
                    yield where[:, 0], where[:, 1], where[:, 2], values
    except (ValueError, OSError, EOFError, pd.errors.ParserWarning) as error:
        if isinstance(error, InputError):
            raise
        _refuse_broken_line(path, header, commas)
        reason = " ".join(str(error).split())
        msg = f"{path}: cannot be read as a table ({reason})."
        raise InputError(msg) from error


def _refuse_broken_line(path: Path, header: list[str], commas: bool) -> None:
    """Say which line is ragged or holds what is no number; missing ones may be."""
    with open_text(path) as file:
        for number, fields in _rows_of(file, commas):
            if len(fields) != len(header):
                msg = (
                    f"{path}: line {number} has {len(fields)} values, but there are "
                    f"{len(header)} columns; expected as many."
                )
                raise InputError(msg)
            for column, text in zip(header, fields, strict=True):
                if not _is_number(
                    text, missing=column.lower() not in ("lon", "lat", "year")
                ):
                    msg = (
                        f"{path}: line {number}, column '{column}': found "
                        f"'{text[:40]}'; expected a number."
                    )
                    raise InputError(msg)


def _rows_of(file: IO[str], commas: bool) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows below the header with their line in the file."""
    rows = (
        (number, split(line.partition("#")[0], commas))
        for number, line in enumerate(file, start=1)
        if line.partition("#")[0].strip()
    )
    next(rows, None)
    yield from rows


def _is_number(text: str, *, missing: bool) -> bool:
    if missing and text.lower().lstrip("-+") in _MISSING:
        return True
    try:
        return bool(np.isfinite(float(text)))
    except ValueError:
        return False


def refuse_twice(key: np.ndarray, rows: Rows) -> None:
    """Refuse a cell and year that is given twice.

    Parameters
    ----------
    key : ndarray of int
        (row), the same for the same cell and year.
    rows : Rows
        For the message.

    Raises
    ------
    InputError
        With file and line of both.
    """
    order = np.argsort(key, kind="stable")
    same = np.flatnonzero(np.diff(key[order]) == 0)
    if not same.size:
        return
    first, second = int(order[same[0]]), int(order[same[0] + 1])
    msg = (
        f"{_line_of(second, rows)}: gives Lon {rows.lon[second]:g}, Lat "
        f"{rows.lat[second]:g}, Year {rows.year[second]} again, after "
        f"{_line_of(first, rows)}; expected each cell and year once."
    )
    raise InputError(msg)


def _line_of(row: int, rows: Rows) -> str:
    for path, count in rows.counts:
        if row < count:
            with open_text(path) as file:
                number, _ = next(islice(_rows_of(file, commas=True), row, None))
            return f"{path}, line {number}"
        row -= count
    return "?"

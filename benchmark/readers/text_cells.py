"""Text tables of one row per cell and year, as LPJ-GUESS writes them."""

import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cftime
import dask.array as da
import numpy as np
import xarray as xr

from benchmark.config.descriptors import Model, VariableSource
from benchmark.errors import InputError
from benchmark.readers.lattice import Lattice, lattice_of
from benchmark.readers.paths import expand
from benchmark.readers.registry import readers
from benchmark.readers.select import wanted_of
from benchmark.readers.text_lines import header_of, is_gzip, lines_of, split

MONTHS = (
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
)  # fmt: skip
_ROWS = 500_000
_CHUNK_BYTES = 12 * 2**20
_MISSING = ("nan", "na", "n/a", "null", "")


@dataclass(frozen=True)
class _Rows:
    """All rows of some files: where, when and what."""

    lat: np.ndarray
    lon: np.ndarray
    year: np.ndarray
    values: np.ndarray
    counts: tuple[tuple[Path, int], ...]


@readers.register("text_cells")
def read_text_cells(source: VariableSource, model: Model) -> xr.Dataset:
    """Open per-cell tables: ``Lon Lat Year Jan ... Dec`` or ``Lon Lat Year <pools>``.

    Parameters
    ----------
    source : VariableSource
        Its `files` (text or CSV, .gz or not), its `units`, which such files do
        not have, and of a table of pools the `name`: a column, or a sum such as
        ``SoilC + LitterC``.
    model : Model
        Its name, for messages.

    Returns
    -------
    Dataset
        (time, lat, lon) on the lattice that the centres stand on, NaN where
        there is no row; time in the calendar ``noleap``, which LPJ-GUESS uses,
        monthly or yearly. Lazy: values stay by cell until they are needed.

    Raises
    ------
    InputError
        If a line is broken, a cell and year is given twice, cells stand on no
        regular grid, or no units are stated; with file and line.

    Examples
    --------
    A model configuration::

        model: LPJ-GUESS
        variables:
          gpp:   {files: run/mgpp.out, units: kgC m-2 month-1}
          cSoil: {files: run/cpool.out, name: SoilC + LitterC,
                  units: kgC m-2, depth: full_column}
    """
    paths = _chosen(expand(source.files), source)
    if source.units is None:
        msg = (
            f"{paths[0]}: {source.variable}: a text table has no units; write 'units:' "
            f"under variables.{source.variable}. LPJ-GUESS has kgC m-2 month-1 in "
            "monthly files (mgpp.out), kgC m-2 yr-1 in cflux.out, kgC m-2 in cpool.out."
        )
        raise InputError(msg)
    columns, named = _columns(paths[0], source)
    rows = _read(paths, columns)
    years, at_year = np.unique(rows.year, return_inverse=True)
    cells, at_cell = np.unique(
        np.round(np.stack([rows.lat, rows.lon]), 4), axis=1, return_inverse=True
    )
    _refuse_twice(at_cell * years.size + at_year, rows)
    lattice = lattice_of(cells[0], cells[1], str(paths[0]))
    monthly = len(columns) == 12 and named == []
    time = _months(years) if monthly else _years(years)
    data = {}
    for first, name in [(0, _name(source))] if monthly else enumerate(named):
        taken = rows.values if monthly else rows.values[:, first : first + 1]
        by_cell = np.full((cells.shape[1], years.size, taken.shape[1]), np.nan, "f4")
        by_cell[at_cell, at_year] = taken
        by_cell = by_cell.reshape(cells.shape[1], -1)
        data[name] = (("time", "lat", "lon"), _on_lattice(by_cell, lattice))
    return _dataset(data, time, lattice, paths)


def _chosen(paths: list[Path], source: VariableSource) -> list[Path]:
    """Return, of several tables, those that hold the variable."""
    wanted = wanted_of(source)
    names = set(wanted.names) if wanted else set()
    stems = {source.name or "", source.variable, f"m{source.variable}"}
    held = [p for p in paths if names and names <= set(header_of(p))]
    held = held or [p for p in paths if p.name.split(".")[0] in stems]
    if not held and len({tuple(header_of(p)) for p in paths}) > 1:
        told = "; ".join(f"{p.name} has {', '.join(header_of(p)[:8])}" for p in paths)
        msg = (
            f"{paths[0].parent}: none of these tables is {source.variable}: {told}. "
            f"Name one in 'files:', or write 'name:' under variables.{source.variable}."
        )
        raise InputError(msg)
    return held or paths


def _columns(path: Path, source: VariableSource) -> tuple[list[str], list[str]]:
    """Return the columns to read, and the names they keep: none if months."""
    header = header_of(path)
    values = [c for c in header if c.lower() not in ("lon", "lat", "year")]
    months = [c for c in values if c.lower()[:3] in MONTHS]
    wanted = wanted_of(source)
    names = [name for name in (wanted.names if wanted else ()) if name in values]
    if names and wanted and set(names) == set(wanted.names):
        return names, names
    if [c.lower()[:3] for c in months] == list(MONTHS):
        return months, []
    held = wanted.among(dict.fromkeys(values, "")) if wanted else ()
    if source.name is None and (held or len(values) == 1):
        return ([*held], [*held]) if held else (values, [_name(source)])
    msg = (
        f"{path}: no column '{source.name or source.variable}'; found "
        f"{', '.join(values)}. Write 'name:' under variables.{source.variable}: one of "
        "them, or a sum such as SoilC + LitterC."
    )
    raise InputError(msg)


def _name(source: VariableSource) -> str:
    return source.name or source.variable or "value"


def _read(paths: list[Path], columns: list[str]) -> _Rows:
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
    return _Rows(lat, lon, year.astype(int), values, tuple(counts))


def _blocks(
    path: Path, keys: list[str], columns: list[str]
) -> Iterator[tuple[np.ndarray, ...]]:
    """Yield lat, lon, year and values of so many rows at a time."""
    import pandas as pd

    header = header_of(path)
    commas = any("," in line for line in _first_line(path))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", pd.errors.ParserWarning)
            table = pd.read_csv(
                path,
                sep="," if commas else r"\s+",
                compression="gzip" if is_gzip(path) else None,
                comment="#",
                skipinitialspace=True,
                index_col=False,
                usecols=[*keys, *columns],
                dtype=dict.fromkeys(keys, "f8") | dict.fromkeys(columns, "f4"),
                chunksize=_ROWS,
                encoding="utf-8-sig",
            )
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


def _first_line(path: Path) -> list[str]:
    kept = (line for line in lines_of(path) if line.strip() and line[0] != "#")
    return [next(kept, "")]


def _refuse_broken_line(path: Path, header: list[str], commas: bool) -> None:
    """Say which line is ragged or holds what is no number; missing ones may be."""
    for number, fields in _rows_of(path, commas):
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
                    f"{path}: line {number}, column '{column}': found '{text[:40]}'; "
                    "expected a number."
                )
                raise InputError(msg)


def _rows_of(path: Path, commas: bool) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows below the header with their line in the file."""
    rows = (
        (number, split(line.partition("#")[0], commas))
        for number, line in enumerate(lines_of(path), start=1)
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


def _refuse_twice(key: np.ndarray, rows: _Rows) -> None:
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


def _line_of(row: int, rows: _Rows) -> str:
    for path, count in rows.counts:
        if row < count:
            commas = "," in _first_line(path)[0]
            numbers = (number for number, _ in _rows_of(path, commas))
            line = next(n for index, n in enumerate(numbers) if index == row)
            return f"{path}, line {line}"
        row -= count
    return "?"


def _on_lattice(by_cell: np.ndarray, lattice: Lattice) -> da.Array:
    """Return (time, lat, lon), spread from (cell, time) a block at a time."""
    shape = (lattice.lat.size, lattice.lon.size)
    steps = max(1, _CHUNK_BYTES // (4 * shape[0] * shape[1]))
    cells = da.from_array(by_cell.T, chunks=(steps, -1))

    def spread(block: np.ndarray) -> np.ndarray:
        field = np.full((block.shape[0], *shape), np.nan, block.dtype)
        field[:, lattice.row, lattice.column] = block
        return field

    return cells.map_blocks(
        spread,
        dtype=by_cell.dtype,
        drop_axis=1,
        new_axis=[1, 2],
        chunks=(cells.chunks[0], shape[0], shape[1]),
    )


def _months(years: np.ndarray) -> list[cftime.datetime]:
    return [
        cftime.datetime(int(year), month, 15, calendar="noleap")
        for year in years
        for month in range(1, 13)
    ]


def _years(years: np.ndarray) -> list[cftime.datetime]:
    return [cftime.datetime(int(year), 7, 2, calendar="noleap") for year in years]


def _dataset(
    data: dict[str, tuple[tuple[str, ...], da.Array]],
    time: list[cftime.datetime],
    lattice: Lattice,
    paths: list[Path],
) -> xr.Dataset:
    edges = {}
    for axis in ("lat", "lon"):
        centres, half = getattr(lattice, axis), getattr(lattice, f"{axis}_step") / 2
        edges[f"{axis}_bnds"] = (
            (axis, "bnds"),
            np.stack([centres - half, centres + half], axis=1),
        )
    north, east = {"units": "degrees_north"}, {"units": "degrees_east"}
    return xr.Dataset(
        {**data, **edges},
        coords={
            "time": ("time", np.asarray(time, dtype=object)),
            "lat": ("lat", lattice.lat, {**north, "bounds": "lat_bnds"}),
            "lon": ("lon", lattice.lon, {**east, "bounds": "lon_bnds"}),
        },
        attrs={
            "files": [str(path) for path in paths],
            "remarks": ["a text table: years of 365 days (calendar noleap)"],
        },
    )

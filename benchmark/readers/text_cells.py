"""Text tables of one row per cell and year, as LPJ-GUESS writes them."""

from collections.abc import Mapping
from pathlib import Path

import cftime
import dask.array as da
import numpy as np
import xarray as xr

from benchmark.config.descriptors import Model, VariableSource
from benchmark.errors import InputError
from benchmark.readers.cell_rows import read_rows, refuse_twice
from benchmark.readers.lattice import Lattice, lattice_of
from benchmark.readers.paths import expand
from benchmark.readers.registry import readers
from benchmark.readers.select import wanted_of
from benchmark.readers.text_lines import header_of

MONTHS = (
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
)  # fmt: skip
_CHUNK_BYTES = 12 * 2**20


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
    rows = read_rows(paths, columns)
    years, at_year = np.unique(rows.year, return_inverse=True)
    cells, at_cell = np.unique(
        np.round(np.stack([rows.lat, rows.lon]), 4), axis=1, return_inverse=True
    )
    refuse_twice(at_cell * years.size + at_year, rows)
    lattice = lattice_of(cells[0], cells[1], str(paths[0]))
    monthly = len(columns) == 12 and named == []
    time = _months(years) if monthly else _years(years)
    data = {}
    for first, name in [(0, _name(source))] if monthly else enumerate(named):
        taken = rows.values if monthly else rows.values[:, first : first + 1]
        by_cell = np.full((cells.shape[1], years.size, taken.shape[1]), np.nan, "f4")
        by_cell[at_cell, at_year] = taken
        series = by_cell.reshape(cells.shape[1], -1)
        data[name] = (("time", "lat", "lon"), _on_lattice(series, lattice))
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
    data: Mapping[str, tuple[tuple[str, ...], da.Array]],
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

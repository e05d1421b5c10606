"""NetCDF files, one or several along time, opened lazily."""

import warnings
from collections.abc import Iterable
from pathlib import Path

import xarray as xr

from benchmark.config.descriptors import Model, VariableSource
from benchmark.errors import InputError
from benchmark.harmonise.calendar import decode_time
from benchmark.readers.paths import check_is_netcdf, expand
from benchmark.readers.registry import readers

# Files below this are read at once: that is faster than a task graph. Larger
# ones are cut along time into chunks of this size, which bounds the memory.
CHUNK_BYTES = 12 * 2**20


@readers.register("netcdf")
def read_netcdf(source: VariableSource, model: Model) -> xr.Dataset:
    """Open the files of one variable of a model.

    Parameters
    ----------
    source : VariableSource
        Its `files`.
    model : Model
        Not needed by this reader.

    Returns
    -------
    Dataset
        See `open_grid`.
    """
    return open_grid(source.files, time=not source.static)


def open_grid(files: Iterable[str], *, time: bool = True) -> xr.Dataset:
    """Open NetCDF files as they are, with decoded time and declared fill values.

    Parameters
    ----------
    files : iterable of str
        Paths or globs; several files are put one after the other in time.
    time : bool
        Whether to decode the time axis; a broken one can be left alone.

    Returns
    -------
    Dataset
        Values masked and scaled as the attributes say; time as cftime in the
        calendar of the file. Dask arrays where the files are large.

    Raises
    ------
    InputError
        If a file is missing, truncated or no NetCDF, or the files do not fit.
    """
    paths = expand(files)
    parts = [_open(path, time=time) for path in paths]
    if len(parts) == 1:
        return parts[0]
    if not all("time" in part.dims for part in parts):
        merged = xr.merge(parts, compat="override", join="exact")
        return merged.assign_attrs(files=[str(path) for path in paths])
    parts.sort(key=lambda part: _first_time(part))
    try:
        joined = xr.concat(
            parts,
            "time",
            data_vars="minimal",
            coords="minimal",
            compat="override",
            join="exact",
            combine_attrs="override",
        )
    except (ValueError, xr.AlignmentError) as error:
        msg = (
            f"{paths[0].parent}: {len(paths)} files do not fit one after the other in "
            f"time ({_one_line(error)}). Name only files of one grid in 'files:'."
        )
        raise InputError(msg) from error
    return joined.assign_attrs(files=[str(path) for path in paths])


def _open(path: Path, *, time: bool) -> xr.Dataset:
    check_is_netcdf(path)
    try:
        with warnings.catch_warnings():
            # Two fill values, odd encodings: xarray warns and masks both.
            warnings.simplefilter("ignore")
            opened = xr.open_dataset(
                path,
                engine="netcdf4",
                decode_times=False,
                decode_timedelta=False,
                decode_coords=False,
            )
            small = opened.nbytes <= CHUNK_BYTES
            data = opened.load() if small else opened.chunk(_chunks(opened))
    except (OSError, RuntimeError, ValueError, KeyError) as error:
        msg = (
            f"{path}: cannot be opened as NetCDF ({_one_line(error)}); expected a "
            "whole NetCDF file. It may be truncated: copy it again."
        )
        raise InputError(msg) from error
    if small:
        opened.close()
    data.attrs["files"] = [str(path)]
    return decode_time(data, path) if time else data


def _chunks(data: xr.Dataset) -> dict[str, int]:
    if "time" not in data.dims:
        return {}
    largest = max(
        (
            v.nbytes / data.sizes["time"]
            for v in data.data_vars.values()
            if "time" in v.dims
        ),
        default=1.0,
    )
    return {"time": max(1, int(CHUNK_BYTES / largest))}


def _first_time(part: xr.Dataset) -> float:
    first = part["time"].to_numpy()[0]
    return float(getattr(first, "year", 0) * 12 + getattr(first, "month", 0))


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())[:200]

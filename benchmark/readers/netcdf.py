"""NetCDF files, one or several along time, opened lazily."""

import warnings
from collections.abc import Iterable
from pathlib import Path

import xarray as xr

from benchmark.config.descriptors import Model, TimeStated, VariableSource
from benchmark.errors import InputError
from benchmark.harmonise.time_axis import with_time
from benchmark.harmonise.time_decoding import decode_time
from benchmark.readers.paths import check_is_netcdf, expand
from benchmark.readers.registry import readers
from benchmark.readers.select import (
    Wanted,
    check_no_month_twice,
    check_one_calendar,
    nothing_held,
    wanted_of,
)

# Files below this are read at once: that is faster than a task graph. Larger
# ones are cut along time into chunks of this size, which bounds the memory.
CHUNK_BYTES = 12 * 2**20


@readers.register("netcdf")
def read_netcdf(source: VariableSource, model: Model) -> xr.Dataset:
    """Open the files of one variable of a model.

    Parameters
    ----------
    source : VariableSource
        Its `files`, and the variables that are needed of them.
    model : Model
        Not needed by this reader.

    Returns
    -------
    Dataset
        See `open_grid`.
    """
    return open_grid(
        source.files,
        time=not source.static,
        wanted=wanted_of(source),
        stated=source.time,
    )


def open_grid(
    files: Iterable[str],
    *,
    time: bool = True,
    wanted: Wanted | None = None,
    stated: TimeStated | None = None,
) -> xr.Dataset:
    """Open NetCDF files as they are, with decoded time and declared fill values.

    Parameters
    ----------
    files : iterable of str
        Paths or globs. Files of one variable are put one after the other in
        time, files of several are put side by side.
    time : bool
        Whether to decode the time axis; a broken one can be left alone.
    wanted : Wanted, optional
        Of several files only those are opened that hold one of these.
    stated : TimeStated, optional
        Units and calendar of time that overrule those of the files.

    Returns
    -------
    Dataset
        Values masked and scaled as the attributes say; time as cftime in the
        calendar of the file. Dask arrays where the files are large.

    Raises
    ------
    InputError
        If a file is missing, truncated or no NetCDF, none holds what is wanted,
        or the files do not fit.
    """
    found = [(path, open_header(path)) for path in expand(files)]
    if len(found) == 1:
        return _ready(*found[0], time=time, stated=stated)
    groups = _groups(found, wanted)
    joined = [
        _joined(
            [
                (path, _ready(path, data, time=time, stated=stated))
                for path, data in group
            ],
            what,
        )
        for what, group in groups.items()
    ]
    if len(joined) == 1:
        return joined[0]
    paths = [path for group in groups.values() for path, _ in group]
    try:
        merged = xr.merge(joined, compat="override", join="exact")
    except (ValueError, xr.AlignmentError) as error:
        msg = (
            f"{paths[0].parent}: {', '.join(path.name for path in paths[:6])} do not "
            f"fit side by side ({_one_line(error)}). Expected the same months and grid."
        )
        raise InputError(msg) from error
    return merged.assign_attrs(files=[str(path) for path in paths])


Files = list[tuple[Path, xr.Dataset]]


def _groups(found: Files, wanted: Wanted | None) -> dict[str, Files]:
    """Return the files by what they hold of what is wanted."""
    if wanted is None:
        if all("time" in data.dims for _, data in found):
            return {"data": found}
        return {str(path): [(path, data)] for path, data in found}
    whole = [(path, data) for path, data in found if wanted.whole in data.variables]
    if whole:
        return {wanted.whole: whole}
    groups: dict[tuple[str, ...], Files] = {}
    for path, data in found:
        held = wanted.held_by(data)
        if held:
            groups.setdefault(held, []).append((path, data))
    missing = set(wanted.names) - {name for held in groups for name in held}
    if missing or not groups:
        raise InputError(nothing_held(wanted, sorted(missing), found))
    _refuse_ambiguous(groups, wanted)
    return {", ".join(held): group for held, group in groups.items()}


def _refuse_ambiguous(groups: dict[tuple[str, ...], Files], wanted: Wanted) -> None:
    if wanted.variable is not None and len(groups) > 1:
        told = "; ".join(
            f"{group[0][0].name} has {', '.join(held)}"
            for held, group in groups.items()
        )
        folder = next(iter(groups.values()))[0][0].parent
        msg = (
            f"{folder}: several files could hold {wanted}: {told}. Write 'name:' under "
            f"variables.{wanted}."
        )
        raise InputError(msg)
    names = [name for held in groups for name in held]
    for name in names:
        if names.count(name) > 1:
            some = [group[0][0] for held, group in groups.items() if name in held]
            msg = (
                f"{some[0]}: holds {name}, and so does {some[1]}, but with other "
                "variables of the sum; expected the same in every file. Name one kind "
                "of file in 'files:'."
            )
            raise InputError(msg)


def _joined(parts: Files, what: str) -> xr.Dataset:
    """Return files of the same variables as one, in the order of their dates."""
    if len(parts) == 1:
        return parts[0][1]
    first, second = (str(path) for path, _ in parts[:2])
    if not all("time" in data.dims for _, data in parts):
        msg = (
            f"{first}: holds {what}, and so does {second}, and they are not joined in "
            "time, because there is none in one of them. Name one in 'files:'."
        )
        raise InputError(msg)
    check_one_calendar(parts, what)
    check_no_month_twice(parts, what)
    parts = sorted(parts, key=lambda part: _first_time(part[1]))
    try:
        joined = xr.concat(
            [data for _, data in parts],
            "time",
            data_vars="minimal",
            coords="minimal",
            compat="override",
            join="exact",
            combine_attrs="override",
        )
    except (ValueError, xr.AlignmentError) as error:
        msg = (
            f"{parts[0][0].parent}: {len(parts)} files do not fit one after the other "
            f"in time ({_one_line(error)}). Name only files of one grid in 'files:'."
        )
        raise InputError(msg) from error
    return joined.assign_attrs(files=[str(path) for path, _ in parts])


def open_header(path: Path) -> xr.Dataset:
    """Open one file without reading its values or decoding its time.

    Parameters
    ----------
    path : Path
        A NetCDF file.

    Returns
    -------
    Dataset
        To be closed by the caller.

    Raises
    ------
    InputError
        If it is no whole NetCDF file.
    """
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
            return with_time(opened)
    except (OSError, RuntimeError, ValueError, KeyError) as error:
        raise _broken(path, error) from error


def _ready(
    path: Path, opened: xr.Dataset, *, time: bool, stated: TimeStated | None = None
) -> xr.Dataset:
    """Return a file in memory if it is small, else in chunks; its time decoded."""
    small = opened.nbytes <= CHUNK_BYTES
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            data = opened.load() if small else opened.chunk(_chunks(opened))
        if small:
            opened.close()
        data.attrs["files"] = [str(path)]
        return decode_time(data, path, stated) if time else data
    except InputError:
        raise
    except (OSError, RuntimeError, ValueError, KeyError) as error:
        raise _broken(path, error) from error


def _broken(path: Path, error: Exception) -> InputError:
    msg = (
        f"{path}: cannot be opened as NetCDF ({_one_line(error)}); expected a "
        "whole NetCDF file. It may be truncated: copy it again."
    )
    return InputError(msg)


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


def _first_time(part: xr.Dataset) -> tuple[int, ...]:
    first = part["time"].to_numpy()[0]
    parts = ("year", "month", "day", "hour")
    return tuple(int(getattr(first, part, 0)) for part in parts)


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())[:200]

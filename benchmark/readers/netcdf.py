"""NetCDF files and the stores that stand for them, opened lazily."""

import warnings
from collections.abc import Iterable

import xarray as xr

from benchmark.config.descriptors import Model, VariableSource
from benchmark.errors import InputError
from benchmark.harmonise.calendar import decode_time
from benchmark.readers.headers import broken, open_netcdf_header
from benchmark.readers.joining import groups_of, joined, one_line, side_by_side
from benchmark.readers.kerchunk import looks_like_references, open_references
from benchmark.readers.paths import Place, places
from benchmark.readers.registry import readers
from benchmark.readers.remote import local_copy
from benchmark.readers.select import Wanted, wanted_of
from benchmark.readers.stores import looks_like_zarr, open_store_header
from benchmark.urls import is_url

# Files below this are read at once: that is faster than a task graph. Larger
# ones are cut along time into chunks of this size, which bounds the memory.
CHUNK_BYTES = 12 * 2**20

# Many small files are read at once as long as all together are below so many
# chunks; chunks of a store are kept whole if they are not larger than that.
_CHUNKS_AT_ONCE = 16


@readers.register("zarr")
@readers.register("kerchunk")
@readers.register("netcdf")
def read_netcdf(source: VariableSource, model: Model) -> xr.Dataset:
    """Open the files or stores of one variable of a model.

    Parameters
    ----------
    source : VariableSource
        Its `files`, and the variables that are needed of them.
    model : Model
        Its `targets`: where kerchunk references may point besides their folder.

    Returns
    -------
    Dataset
        See `open_grid`.

    Examples
    --------
    A model configuration::

        model: MyModel
        files: output/*.nc
        variables: {gpp: GPP, cSoil: {name: SOIL1C + SOIL2C, depth: [0, 1.0]}}
    """
    return open_grid(
        source.files,
        time=not source.static,
        wanted=wanted_of(source),
        targets=model.targets,
    )


def open_grid(
    files: Iterable[str],
    *,
    time: bool = True,
    wanted: Wanted | None = None,
    targets: Iterable[str] = (),
) -> xr.Dataset:
    """Open NetCDF files as they are, with decoded time and declared fill values.

    Parameters
    ----------
    files : iterable of str
        Paths, globs or URLs of NetCDF files, Zarr stores or kerchunk
        references. Files of one variable are put one after the other in time,
        files of several are put side by side.
    time : bool
        Whether to decode the time axis; a broken one can be left alone.
    wanted : Wanted, optional
        Of several files only those are opened that hold one of these.
    targets : iterable of str, optional
        Folders or URLs that kerchunk references may point into.

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
    found = [(place, open_header(place, wanted, targets)) for place in places(files)]
    if len(found) == 1:
        return _ready(*found[0], time=time, small=_is_small(found[0][1]))
    groups = groups_of(found, wanted)
    chosen = [part for group in groups.values() for part in group]
    small = sum(data.nbytes for _, data in chosen) <= _CHUNKS_AT_ONCE * CHUNK_BYTES
    parts = [
        joined(
            [
                (place, _ready(place, data, time=time, small=small and _is_small(data)))
                for place, data in group
            ],
            what,
        )
        for what, group in groups.items()
    ]
    return side_by_side(parts, [place for place, _ in chosen])


def open_header(
    place: Place, wanted: Wanted | None = None, targets: Iterable[str] = ()
) -> xr.Dataset:
    """Open one file or store without reading its values or decoding its time.

    Parameters
    ----------
    place : Path or str
        A NetCDF file, a Zarr store or kerchunk references, here or elsewhere.
    wanted : Wanted, optional
        Other variables along time may be left out.
    targets : iterable of str, optional
        See `open_grid`.

    Returns
    -------
    Dataset
        To be closed by the caller.

    Raises
    ------
    InputError
        If it cannot be opened.
    """
    if looks_like_zarr(place):
        return open_store_header(place)
    if looks_like_references(place):
        return open_references(place, targets)
    if isinstance(place, str) and is_url(place):
        try:
            return open_netcdf_header(local_copy(place), wanted)
        except InputError as error:
            text = str(error)
            msg = text if place in text else f"{place}: its copy, {text}"
            raise InputError(msg) from error
    return open_netcdf_header(place, wanted)  # type: ignore[arg-type]


def _is_small(data: xr.Dataset) -> bool:
    return data.nbytes <= CHUNK_BYTES


def _ready(place: Place, opened: xr.Dataset, *, time: bool, small: bool) -> xr.Dataset:
    """Return a file in memory if it is small, else in chunks; its time decoded."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            data = opened.load() if small else opened.chunk(_chunks(opened))
        if small:
            opened.close()
        data.attrs["files"] = [str(place)]
        return decode_time(data, place) if time else data
    except InputError:
        raise
    except (OSError, RuntimeError, ValueError, KeyError) as error:
        if isinstance(place, str) or not place.is_file():
            msg = f"{place}: cannot be read ({one_line(error)})."
            raise InputError(msg) from error
        raise broken(place, error) from error


def _chunks(data: xr.Dataset) -> dict[str, int]:
    timed = [v for v in data.data_vars.values() if "time" in v.dims]
    if "time" not in data.dims or not timed:
        return {}
    largest = max(timed, key=lambda array: array.nbytes)
    step = largest.nbytes / data.sizes["time"]
    count = max(1, int(CHUNK_BYTES / step))
    stored = largest.encoding.get("preferred_chunks", {}).get("time", 1)
    if stored > count and stored * step > _CHUNKS_AT_ONCE * CHUNK_BYTES:
        return {"time": count}
    # Whole chunks of the file: none is read and unpacked twice.
    return {"time": max(count // stored, 1) * stored}

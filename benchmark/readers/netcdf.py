"""NetCDF files and the stores that stand for them, opened lazily."""

import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import xarray as xr

from benchmark.config.descriptors import Model, TimeStated, VariableSource
from benchmark.errors import InputError
from benchmark.harmonise.time.axis import with_time
from benchmark.harmonise.time.decoding import decode_time
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
        stated=source.time,
    )


def open_grid(
    files: Iterable[str],
    *,
    time: bool = True,
    wanted: Wanted | None = None,
    targets: Iterable[str] = (),
    stated: TimeStated | None = None,
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
    found = [*_opened(places(files), wanted, targets)]
    if len(found) == 1:
        return _ready(*found[0], time=time, stated=stated)
    groups = groups_of(found, wanted)
    parts = [
        joined(
            [
                (place, _ready(place, data, time=time, stated=stated))
                for place, data in group
            ],
            what,
        )
        for what, group in groups.items()
    ]
    return side_by_side(
        parts, [place for group in groups.values() for place, _ in group]
    )


def _opened(
    found: Iterable[Place], wanted: Wanted | None, targets: Iterable[str]
) -> Iterator[tuple[Place, xr.Dataset]]:
    """Yield the headers of files, and the small ones that hold what is wanted whole."""
    held_bytes = 0
    for place in found:
        data = open_header(place, wanted, targets)
        needed = wanted is None or wanted.whole in data or bool(wanted.held_by(data))
        if needed and data.nbytes <= CHUNK_BYTES:
            held_bytes += data.nbytes
            if held_bytes <= _CHUNKS_AT_ONCE * CHUNK_BYTES:
                # To open it a second time would cost more than to read it now.
                _in_memory(place, data)
        yield place, data


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
    # The axis of time has the name "time" from here on.
    return with_time(_header(place, wanted, targets))


def _header(place: Place, wanted: Wanted | None, targets: Iterable[str]) -> xr.Dataset:
    if looks_like_references(place):
        return open_references(place, targets)
    if looks_like_zarr(place):
        return open_store_header(place)
    if isinstance(place, str) and is_url(place):
        try:
            return open_netcdf_header(local_copy(place), wanted)
        except InputError as error:
            text = str(error)
            msg = text if place in text else f"{place}: its copy, {text}"
            raise InputError(msg) from error
    return open_netcdf_header(place, wanted)  # type: ignore[arg-type]


def _in_memory(place: Place, data: xr.Dataset) -> None:
    with _told(place), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        data.load().close()
        data.encoding["in_memory"] = True


def _ready(
    place: Place, data: xr.Dataset, *, time: bool, stated: TimeStated | None = None
) -> xr.Dataset:
    """Return a file that is not in memory in chunks; its time decoded."""
    with _told(place):
        if not data.encoding.get("in_memory"):
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                data = data.chunk(_chunks(data))
        data.attrs["files"] = [str(place)]
        return decode_time(data, place, stated) if time else data


@contextmanager
def _told(place: Place) -> Iterator[None]:
    """Say of which file an error of the library was."""
    try:
        yield
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

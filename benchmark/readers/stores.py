"""Zarr stores, versions 2 and 3: a folder, a .zip, or a URL, read in place."""

import warnings
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import xarray as xr

from benchmark.errors import InputError
from benchmark.readers.joining import one_line
from benchmark.readers.paths import Place, is_store
from benchmark.readers.remote import filesystem, told
from benchmark.urls import is_url

_ROOTS = ("zarr.json", ".zmetadata", ".zgroup")


def looks_like_zarr(place: Place) -> bool:
    """Return whether a place is a Zarr store, by its name or its first files.

    Parameters
    ----------
    place : Path or str
        A file, a folder or a URL.

    Returns
    -------
    bool

    Examples
    --------
    >>> looks_like_zarr("s3://bucket/gpp.zarr/")
    True
    """
    name = str(place).rstrip("/")
    if isinstance(place, str) and is_url(place):
        return name.endswith((".zarr", ".zarr.zip"))
    return is_store(place) or (
        zipfile.is_zipfile(name) if Path(name).is_file() else False
    )


def open_store_header(place: Place) -> xr.Dataset:
    """Open a Zarr store without reading its values or decoding its time.

    Parameters
    ----------
    place : Path or str
        A folder, a .zip or a URL.

    Returns
    -------
    Dataset
        Lazy; to be closed by the caller.

    Raises
    ------
    InputError
        If the library is absent, it is no store, or it holds pickled objects.

    Examples
    --------
    A model configuration; that it is Zarr is seen from the name or the folder::

        model: MyModel
        files: s3://bucket/mymodel/monthly.zarr
        variables: [gpp, cSoil]
    """
    zarr = zarr_library(place)
    text = str(place)
    if is_url(text):
        store = _remote_store(zarr, text)
        return open_mapping(store, place)
    if Path(text).is_file():
        store = zarr.storage.ZipStore(text, mode="r")
        return open_mapping(store, place, _root_in_zip(Path(text)))
    return open_mapping(zarr.storage.LocalStore(text, read_only=True), place)


def open_mapping(store: Any, place: Place, group: str = "") -> xr.Dataset:
    """Open any store of the zarr library, once its arrays are seen to be plain.

    Parameters
    ----------
    store : zarr.abc.store.Store
        The store.
    place : Path or str
        For messages.
    group : str
        Folder inside the store; empty for its root.

    Returns
    -------
    Dataset

    Raises
    ------
    InputError
        If it cannot be opened, or holds pickled objects.
    """
    zarr = zarr_library(place)
    try:
        with warnings.catch_warnings():
            # Metadata that are not consolidated, types without a standard.
            warnings.simplefilter("ignore")
            opened = zarr.open_group(store, mode="r", path=group or None)
            _refuse_pickle(opened, place)
            return xr.open_dataset(
                opened.store_path,
                engine="zarr",
                decode_times=False,
                decode_timedelta=False,
                decode_coords=False,
            )
    except InputError:
        raise
    except Exception as error:
        # A store may be on any file system, each with errors of its own.
        if "pickle" in str(error):
            raise InputError(_pickled(place, "an array")) from error
        msg = (
            f"{place}: cannot be opened as Zarr ({type(error).__name__}: "
            f"{one_line(error)}); expected a group of arrays as xarray writes it."
        )
        raise InputError(msg) from error


def zarr_library(place: Place) -> Any:
    """Return the zarr library, or say what to install.

    Parameters
    ----------
    place : Path or str
        What is to be read, for the message.

    Returns
    -------
    module

    Raises
    ------
    InputError
        If it is not installed, or too old.
    """
    try:
        import zarr
        import zarr.storage
    except ImportError as error:
        msg = f"{place}: is a Zarr store; pip install 'permabench[zarr]' to read it."
        raise InputError(msg) from error
    if int(zarr.__version__.partition(".")[0]) < 3:
        msg = f"{place}: zarr {zarr.__version__} is too old; pip install 'zarr>=3'."
        raise InputError(msg)
    return zarr


def _remote_store(zarr: Any, url: str) -> Any:
    if url.endswith(".zip") and "zip::" not in url and not url.startswith("zip:"):
        # A zip file elsewhere is opened by its own file system.
        url = f"zip::{url}"
    # The library for the protocol is asked for first, with a plain message.
    filesystem(url)
    with told(url):
        return zarr.storage.FsspecStore.from_url(url, read_only=True)


def _root_in_zip(path: Path) -> str:
    """Return the folder of a .zip that is the store; most have it at the top."""
    with zipfile.ZipFile(path) as file:
        roots = [
            name.rpartition("/")[0]
            for name in file.namelist()
            if name.rpartition("/")[2] in _ROOTS
        ]
    if not roots:
        msg = (
            f"{path}: is a zip file without a Zarr store; expected one with "
            f"{' or '.join(_ROOTS)} inside. Unpack other files first."
        )
        raise InputError(msg)
    return min(roots, key=len)


def _refuse_pickle(group: Any, place: Place) -> None:
    """Refuse arrays of Python objects: to read them runs what the file says."""
    for name, array in group.arrays():
        codecs = list(_codecs(array.metadata))
        if any("pickle" in codec.lower() for codec in codecs):
            raise InputError(_pickled(place, name))


def _pickled(place: Place, name: str) -> str:
    return (
        f"{place}: {name} holds pickled Python objects, which are never read; expected "
        "arrays of numbers. Write it anew without that variable."
    )


def _codecs(metadata: Any) -> Iterator[str]:
    for key in ("compressor", "codecs", "filters"):
        held = getattr(metadata, key, None) or ()
        for codec in held if isinstance(held, tuple | list) else (held,):
            yield f"{getattr(codec, 'codec_id', '')} {type(codec).__name__}"

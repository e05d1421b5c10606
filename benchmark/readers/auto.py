"""Finds the reader from the files themselves: suffix, first bytes, folder."""

import json
from pathlib import Path

import xarray as xr

from benchmark.config.descriptors import Model, VariableSource
from benchmark.errors import InputError
from benchmark.readers.kerchunk import looks_like_references
from benchmark.readers.paths import Place, is_store, places
from benchmark.readers.registry import readers
from benchmark.readers.stores import looks_like_zarr
from benchmark.readers.text_lines import header_of, looks_like_text

_DRS_FOLDER = "drs"


@readers.register("auto")
def read_any(source: VariableSource, model: Model) -> xr.Dataset:
    """Open the files of one variable by the reader that fits them.

    Parameters
    ----------
    source : VariableSource
        Its `files`.
    model : Model
        Passed on.

    Returns
    -------
    Dataset
        As that reader gives it.

    Raises
    ------
    InputError
        If nothing is there, or no reader fits.

    Examples
    --------
    A model configuration without `reader:`; a folder is a tree of archive
    files, `.out` a text table of cells, `.zarr` a store, and so on::

        model: CanESM5
        files: /data/CMIP6/CMIP/CCCma/CanESM5/historical
        variables: [gpp, rh, npp]
    """
    return readers.get(reader_for(source))(source, model)


def reader_for(source: VariableSource) -> str:
    """Return the name of the reader that fits the files of a source.

    Parameters
    ----------
    source : VariableSource
        Its `files`: paths, globs, folders or URLs.

    Returns
    -------
    str

    Raises
    ------
    InputError
        If nothing is there.

    Examples
    --------
    >>> reader_for(VariableSource(("s3://bucket/gpp.zarr",)))
    'zarr'
    """
    folders = [text for text in source.files if Path(text).is_dir()]
    if folders and not any(map(_is_one_store, folders)):
        return _DRS_FOLDER
    first = places(source.files)[0]
    if looks_like_references(first):
        return "esm_catalogue" if _is_catalogue(first) else "kerchunk"
    if looks_like_zarr(first):
        return "zarr"
    if isinstance(first, Path) and looks_like_text(first):
        return _reader_of_text(first)
    return "netcdf"


def _is_one_store(folder: str) -> bool:
    return is_store(folder) or looks_like_references(folder)


def _is_catalogue(place: Place) -> bool:
    if not isinstance(place, Path) or not place.is_file():
        return False
    try:
        content = json.loads(place.read_bytes())
    except (OSError, ValueError):
        return False
    return isinstance(content, dict) and "esmcat_version" in content


def _reader_of_text(path: Path) -> str:
    columns = [column.lower() for column in header_of(path)]
    if {"lon", "lat", "year"} <= set(columns) and not {"site", "site_id"} & {*columns}:
        return "text_cells"
    if "region" in columns:
        return "region_months"
    if {"site", "site_id", "date", "lat", "latitude"} & {*columns}:
        return "sites"
    known = ", ".join(columns[:8])
    msg = (
        f"{path}: a table with the columns {known}; expected Lon, Lat, Year (cells), "
        "site, lat, lon, year, month (sites) or region, year, month (regions), or "
        "'reader: regional_table' with one column per model."
    )
    raise InputError(msg)

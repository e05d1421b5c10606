"""Which files there are below some paths, of which kind, and which are broken."""

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import xarray as xr

from benchmark.config.descriptors import VariableSource
from benchmark.errors import InputError
from benchmark.readers import expand
from benchmark.readers.auto import reader_for
from benchmark.readers.drs_names import facets_of
from benchmark.readers.joining import one_line
from benchmark.readers.netcdf import open_header
from benchmark.readers.paths import Place, check_is_netcdf, is_store, name_of
from benchmark.readers.text_lines import header_of
from benchmark.urls import is_url

KINDS = {
    "netcdf": "NetCDF",
    "zarr": "Zarr",
    "kerchunk": "kerchunk references",
    "text_cells": "tables of cells (LPJ-GUESS)",
    "sites": "CSV of sites",
    "region_months": "CSV of regions",
    "esm_catalogue": "catalogue (intake-esm)",
}
GRIDDED = ("netcdf", "zarr", "kerchunk")
_ENDS = (".nc", ".nc4", ".cdf", ".out", ".out.gz", ".csv", ".zarr.zip")
_NUMBER = re.compile(r"\d+")
# Of a series of more files than this only the first and the last are opened.
_SERIES = 12


@dataclass(frozen=True)
class Held:
    """A variable in the header of a file."""

    dims: tuple[str, ...]
    attrs: Mapping[str, object]


@dataclass
class Series:
    """Files whose names differ in numbers only, and what the first one holds.

    Parameters
    ----------
    places : list of Path or str
        In the order of their names.
    kind : str
        Name of their reader.
    facets : mapping
        What their names say, where an archive named them.
    attrs : mapping
        Global attributes.
    variables : mapping of str to Held
        Of a table its columns.
    """

    places: list[Place]
    kind: str
    facets: Mapping[str, str] = field(default_factory=dict)
    attrs: Mapping[str, object] = field(default_factory=dict)
    variables: dict[str, Held] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Name of the first file."""
        return name_of(self.places[0])

    @property
    def files(self) -> list[str]:
        """One glob that stands for just these files, or all of their paths."""
        texts = [str(place) for place in self.places]
        if len(texts) < 2 or any(map(is_url, texts)):
            return texts
        split = [re.split(r"(\d+)", text) for text in texts]
        parts = [set(part) for part in zip(*split, strict=True)]
        glob = "".join(p.pop() if len(p) == 1 else "*" for p in parts)
        if any(sign in texts[0] for sign in "[?*"):
            return texts
        return [glob] if expand([glob]) == self.places else texts


@dataclass
class Sources:
    """What lies below some paths.

    Parameters
    ----------
    series : list of Series
        What can be read.
    unread : list of str
        One line for each file that cannot.
    """

    series: list[Series] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


def find_sources(paths: Iterable[str]) -> Sources:
    """Read the headers of all files below some paths.

    Parameters
    ----------
    paths : iterable of str
        Files, globs, folders and addresses.

    Returns
    -------
    Sources
        A file that cannot be read is one line of ``unread``, never an error.

    Raises
    ------
    InputError
        If nothing is there.
    """
    found = Sources()
    groups: dict[tuple[str, ...], list[Place]] = {}
    for place in _places(paths):
        key = (str(Path(str(place)).parent), _NUMBER.sub("#", name_of(place)))
        groups.setdefault(key, []).append(place)
    for places in groups.values():
        _add(places, found)
    return found


def _places(paths: Iterable[str]) -> list[Place]:
    found: dict[Place, None] = {}
    for text in paths:
        if is_url(text):
            found[text] = None
            continue
        path = Path(text).absolute()
        if path.is_dir() and not is_store(path):
            found.update(dict.fromkeys(_below(path)))
            continue
        for one in expand([str(path)]):
            found[one] = None
    if not found:
        ends = ", ".join(_ENDS)
        msg = f"{' '.join(paths)}: no file here ends in {ends} or is a Zarr store."
        raise InputError(msg)
    return list(found)


def _below(folder: Path) -> Iterator[Path]:
    for parent, below, files in os.walk(folder):
        stores = [name for name in below if is_store(Path(parent, name))]
        below[:] = sorted(set(below) - set(stores))
        yield from (Path(parent, name) for name in sorted(stores))
        for name in sorted(files):
            path = Path(parent, name)
            if name.lower().endswith(_ENDS) or _is_reference(path):
                yield path


def _is_reference(path: Path) -> bool:
    """Whether a JSON file is kerchunk references or a catalogue."""
    if path.suffix != ".json":
        return False
    try:
        return reader_for(VariableSource((str(path),))) != "netcdf"
    except (InputError, OSError, ValueError):
        return False


def _add(places: list[Place], found: Sources) -> None:
    """Sort a series: files as different as their variables stay apart."""
    first, *rest = places
    known = _read(first, found)
    if len(places) > _SERIES:
        last = _read(places[-1], found)
        alike = known and last and set(known.variables) == set(last.variables)
        if known and alike:
            inner = [place for place in places[1:-1] if _is_whole(place, found)]
            known.places += [*inner, places[-1]]
            found.series.append(known)
            return
        rest = places[1:-1]
        if last:
            found.series.append(last)
    parts = [known, *(_read(place, found) for place in rest)]
    merged: list[Series] = []
    for part in parts:
        if part is None:
            continue
        if merged and set(merged[-1].variables) == set(part.variables):
            merged[-1].places += part.places
        else:
            merged.append(part)
    found.series += merged


def _is_whole(place: Place, found: Sources) -> bool:
    """Look at the first bytes only; what is cut short is found by the pass."""
    if not isinstance(place, Path) or place.is_dir():
        return True
    try:
        check_is_netcdf(place)
    except InputError as error:
        found.unread.append(str(error))
        return False
    return True


def _read(place: Place, found: Sources) -> Series | None:
    try:
        kind = reader_for(VariableSource((str(place),)))
        if kind not in GRIDDED:
            return _of_table(place, kind)
        with open_header(place) as data:
            return _of_header(place, kind, data)
    except InputError as error:
        found.unread.append(str(error))
    except Exception as error:  # A library may say anything of a broken file.
        name = type(error).__name__
        found.unread.append(f"{place}: cannot be read ({name}: {one_line(error)}).")
    return None


def _of_header(place: Place, kind: str, data: xr.Dataset) -> Series:
    held = {
        str(name): Held(tuple(map(str, array.dims)), dict(array.attrs))
        for name, array in data.data_vars.items()
    }
    facets = facets_of(place) if isinstance(place, Path) else {}
    return Series([place], kind, facets, dict(data.attrs), held)


def _of_table(place: Place, kind: str) -> Series:
    columns = [] if kind == "esm_catalogue" else header_of(Path(place))
    return Series([place], kind, variables={name: Held((), {}) for name in columns})

"""Tables of sites: one row per site and month, in one file or one per site."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import cftime
import numpy as np
import xarray as xr

from benchmark.config.descriptors import Model, VariableSource
from benchmark.errors import InputError
from benchmark.readers.paths import expand
from benchmark.readers.regional_table import read_texts
from benchmark.readers.registry import readers
from benchmark.readers.site_columns import (
    TEXTS,
    months_of,
    named_columns,
    numbers_of,
    texts_of,
    variables_of,
)

if TYPE_CHECKING:
    import pandas as pd


@readers.register("sites")
def read_sites(source: VariableSource, model: Model) -> xr.Dataset:
    """Open tables of sites as a source of a variable.

    Parameters
    ----------
    source : VariableSource
        Its `files`.
    model : Model
        Not needed by this reader.

    Returns
    -------
    Dataset
        See `open_sites`.

    Examples
    --------
    A model configuration; one file per site, and the list of sites::

        model: towers
        files: [sites.csv, "monthly_*.csv"]
        variables: {gpp: {name: GPP, units: gC m-2 day-1}}
    """
    return open_sites(source.files)


def open_sites(files: Iterable[str]) -> xr.Dataset:
    r"""Open tables of sites: every row a site and month.

    Parameters
    ----------
    files : iterable of str
        Paths or globs of CSV. Columns are found by their usual names: ``site``,
        ``lat``, ``lon``, ``year`` and ``month`` or ``date`` (YYYYMM, YYYY-MM or
        YYYY-MM-DD); ``site_class`` and ``flag`` are texts, and every column of
        numbers besides is a variable. A table without a column ``site`` is of
        the site whose name its file name holds.

    Returns
    -------
    Dataset
        (time, site), monthly without gaps in time, cftime (standard); NaN where
        a site has no row, -9999 or an infinite number. ``lat`` and ``lon``
        (site) in degrees; ``site_class`` and ``flag`` (site), empty where nothing
        is said. Tables without dates become (site), one for each row.

    Raises
    ------
    InputError
        If a site has no place or two classes, a month is given twice, or a
        number is none; with file and line.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder, "a.csv")
    ...     text = "site,lat,lon,date,NEE\nRU-Che,68.6,161.3,200407,-1.5\n"
    ...     _ = path.write_text(text)
    ...     data = open_sites([str(path)])
    >>> data["NEE"].dims, data["NEE"].item(), data["site"].item()
    (('time', 'site'), -1.5, 'RU-Che')
    """
    paths = expand(files)
    tables = {path: named_columns(read_texts(path)) for path in paths}
    places = _places(tables)
    rows = {
        path: _with_site(table, path, places)
        for path, table in tables.items()
        if _has_dates(table) or not any(map(_has_dates, tables.values()))
    }
    dated = any(map(_has_dates, rows.values()))
    data = _by_month(rows, tables) if dated else _by_row(rows)
    absent = sorted({*map(str, data["site"].to_numpy())} - {*places})
    if absent:
        msg = (
            f"{paths[0]}: no lat and lon of site {', '.join(absent[:6])}; expected "
            "columns site, lat, lon, here or in a list of sites under 'files:'."
        )
        raise InputError(msg)
    where = np.array([places[str(site)] for site in data["site"].to_numpy()])
    return data.assign_coords(
        lat=("site", where[:, 0], {"units": "degrees_north"}),
        lon=("site", where[:, 1], {"units": "degrees_east"}),
    ).assign_attrs(files=[str(path) for path in paths])


def _has_dates(table: "pd.DataFrame") -> bool:
    return "date" in table or "month" in table


def _places(tables: Mapping[Path, "pd.DataFrame"]) -> dict[str, tuple[float, float]]:
    """Return where each site is: the first place that a table gives."""
    found: dict[str, tuple[float, float]] = {}
    for path, table in tables.items():
        if not {"site", "lat", "lon"} <= set(table.columns):
            continue
        lat, lon = (numbers_of(table, axis, path) for axis in ("lat", "lon"))
        wrong = (np.abs(lat) > 90) | (np.abs(lon) > 360)
        if wrong.any():
            row = int(np.argmax(wrong))
            msg = (
                f"{path}: line {table.index[row]}: lat {lat[row]:g}, lon {lon[row]:g}; "
                "expected degrees."
            )
            raise InputError(msg)
        for site, north, east in zip(table["site"], lat, lon, strict=True):
            if np.isfinite(north) and np.isfinite(east):
                found.setdefault(site, (float(north), float(east)))
    return found


def _with_site(
    table: "pd.DataFrame", path: Path, places: Mapping[str, object]
) -> "pd.DataFrame":
    if "site" in table:
        return table
    named = [site for site in places if site and site in path.stem]
    if not named:
        msg = (
            f"{path}: no column 'site', and no site of a list of sites in the file's "
            f"name; found {', '.join(table.columns)}. Add a CSV with site, lat, lon."
        )
        raise InputError(msg)
    return table.assign(site=max(named, key=len))


def _by_month(
    rows: Mapping[Path, "pd.DataFrame"], tables: Mapping[Path, "pd.DataFrame"]
) -> xr.Dataset:
    months = {path: months_of(table, path) for path, table in rows.items()}
    first = min(int(m.min()) for m in months.values())
    last = max(int(m.max()) for m in months.values())
    sites = sorted({site for table in rows.values() for site in table["site"]})
    order = {site: index for index, site in enumerate(sites)}
    values: dict[str, np.ndarray] = {}
    owner: dict[tuple[int, int], str] = {}
    for path, table in rows.items():
        at = [
            (int(m) - first, order[s])
            for m, s in zip(months[path], table["site"], strict=True)
        ]
        for line, key in zip(table.index, at, strict=True):
            if key in owner:
                month = first + key[0]
                msg = (
                    f"{path}: line {line} gives {sites[key[1]]} in "
                    f"{month // 12:04d}-{month % 12 + 1:02d} again, after "
                    f"{owner[key]}; expected each site and month once."
                )
                raise InputError(msg)
            owner[key] = f"{path.name}, line {line}"
        time, site = np.array(at).T
        for name, column in variables_of(table, path).items():
            whole = values.setdefault(
                name, np.full((last - first + 1, len(sites)), np.nan)
            )
            whole[time, site] = column
    dates = [cftime.datetime(m // 12, m % 12 + 1, 15) for m in range(first, last + 1)]
    return xr.Dataset(
        {name: (("time", "site"), column) for name, column in values.items()},
        coords={
            "time": ("time", np.asarray(dates, dtype=object)),
            "site": sites,
            "site_class": ("site", _classes(tables, sites)),
            "flag": ("site", _flags(rows, sites)),
        },
    )


def _classes(tables: Mapping[Path, "pd.DataFrame"], sites: list[str]) -> list[str]:
    """Return the class of each site: the one that all its rows give."""
    found: dict[str, str] = {}
    for path, table in tables.items():
        if "site" not in table:
            continue
        classes = texts_of(table, "site_class")
        for line, site, name in zip(table.index, table["site"], classes, strict=True):
            if name and found.setdefault(site, name) != name:
                msg = (
                    f"{path}: line {line} gives {site} the site_class '{name}', after "
                    f"'{found[site]}'; expected one class for all months of a site."
                )
                raise InputError(msg)
    return [found.get(site, "") for site in sites]


def _flags(rows: Mapping[Path, "pd.DataFrame"], sites: list[str]) -> list[str]:
    """Return the flags of each site, those of its months once each."""
    found: dict[str, dict[str, None]] = {site: {} for site in sites}
    for table in rows.values():
        for site, flag in zip(table["site"], texts_of(table, "flag"), strict=True):
            found[site] |= {flag: None} if flag else {}
    return ["; ".join(flags) for flags in found.values()]


def _by_row(rows: Mapping[Path, "pd.DataFrame"]) -> xr.Dataset:
    """Return sites without dates: each row for itself."""
    import pandas as pd

    texts = ("site", *TEXTS)
    tables = [
        pd.DataFrame(variables_of(table, path)).assign(
            site=table["site"].to_numpy(),
            **{name: texts_of(table, name).to_numpy() for name in TEXTS},
        )
        for path, table in rows.items()
    ]
    whole = pd.concat(tables, ignore_index=True)
    return xr.Dataset(
        {n: ("site", whole[n].to_numpy(float)) for n in whole if n not in texts},  # type: ignore[misc]
        coords={name: ("site", whole[name].to_numpy(dtype=str)) for name in texts},
    )

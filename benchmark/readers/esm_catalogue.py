"""Catalogues of an archive as intake-esm reads them: a JSON and a table."""

import json
import re
from pathlib import Path
from typing import Any

import xarray as xr

from benchmark.config.descriptors import Model, VariableSource
from benchmark.errors import InputError
from benchmark.readers.facets import Asset, only_one, selected
from benchmark.readers.joining import one_line
from benchmark.readers.netcdf import open_grid
from benchmark.readers.registry import readers
from benchmark.readers.select import wanted_of
from benchmark.urls import is_url

# Columns that differ between the files of one run.
_WITHIN = ("version", "time_range", "time", "start_time", "end_time", "date_range")
_NO_FACETS = ("dcpp_init_year", "long_name", "units", "stream", "activity_id")
_WORD = re.compile(r"[\w.-]+")


@readers.register("esm_catalogue")
def read_esm_catalogue(source: VariableSource, model: Model) -> xr.Dataset:
    """Open one variable of a catalogue of the ESM collection specification.

    Parameters
    ----------
    source : VariableSource
        Its `files`: the JSON, whose table is a CSV, .gz or not, or in the JSON.
        Paths in it are relative to it; assets are NetCDF or Zarr, or URLs.
    model : Model
        Its `select`: columns of the table, each a text, a glob or a list.

    Returns
    -------
    Dataset
        See `benchmark.readers.open_grid`.

    Raises
    ------
    InputError
        If the catalogue cannot be read, lists no such variable, or several runs
        hold it, with the line to write.

    References
    ----------
    ESM collection specification 0.1.0,
    https://github.com/NCAR/esm-collection-spec

    Examples
    --------
    A model configuration::

        model: CanESM5
        files: catalogue.json
        select: {source_id: CanESM5, experiment_id: historical,
                 member_id: r1i1p1f1}
        variables: [gpp]
    """
    path = Path(source.files[0])
    about = _about(path)
    control = about.get("aggregation_control") or {}
    column = control.get("variable_column_name") or "variable_id"
    table = _table(about, path)
    place = str((about.get("assets") or {}).get("column_name") or "path")
    for needed in (column, place):
        if needed not in table:
            msg = f"{path}: no column '{needed}'; found {', '.join(table.columns)}."
            raise InputError(msg)
    assets = _assets(table, (column, place), source, path)
    grouped = control.get("groupby_attrs") or [*table.columns]
    facets_of_run = [
        name
        for name in dict.fromkeys([*grouped, "member_id"])
        if name in table and name not in (column, place, *_WITHIN, *_NO_FACETS)
    ]
    chosen, remarks = only_one(
        selected(assets, model.select, str(path)),
        facets_of_run,
        model.select,
        str(path),
    )
    data = open_grid(
        list(dict.fromkeys(str(asset.place) for asset in chosen)),
        time=not source.static,
        wanted=wanted_of(source),
        targets=model.targets,
    )
    return data.assign_attrs(remarks=remarks)


def _assets(
    table: Any, columns: tuple[str, str], source: VariableSource, path: Path
) -> list[Asset]:
    """Return the rows of a table that hold the variable."""
    column, place = columns
    wanted = wanted_of(source)
    assets = []
    for row in table.fillna("").to_dict("records"):
        # One file of many variables has a list of them.
        names = _WORD.findall(str(row[column]))
        facets = {str(key): str(value) for key, value in row.items() if value}
        held = wanted.among(dict.fromkeys(names, "")) if wanted else ()
        assets += [Asset(_resolved(row[place], path), name, facets) for name in held]
    if not assets:
        listed = sorted({n for text in table[column] for n in _WORD.findall(str(text))})
        msg = (
            f"{path}: lists no {wanted}; found {', '.join(listed[:12])}. Write 'name:' "
            f"under variables.{source.variable}."
        )
        raise InputError(msg)
    return assets


def _about(path: Path) -> dict[str, Any]:
    try:
        about = json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        msg = f"{path}: cannot be read as JSON ({one_line(error)})."
        raise InputError(msg) from error
    if not isinstance(about, dict) or "esmcat_version" not in about:
        msg = f"{path}: has no 'esmcat_version'; expected an ESM catalogue."
        raise InputError(msg)
    return about


def _table(about: dict[str, Any], path: Path) -> Any:
    import pandas as pd

    if about.get("catalog_dict"):
        return pd.DataFrame(about["catalog_dict"]).astype("string")
    name = about.get("catalog_file")
    if not isinstance(name, str):
        msg = f"{path}: has neither 'catalog_file' nor 'catalog_dict'; expected one."
        raise InputError(msg)
    table = _resolved(name, path)
    try:
        return pd.read_csv(table, dtype="string", keep_default_na=False)
    except (OSError, ValueError, ImportError) as error:
        msg = f"{path}: its table {table} cannot be read ({one_line(error)})."
        raise InputError(msg) from error


def _resolved(text: str, path: Path) -> str:
    if text.startswith("file://"):
        return text.removeprefix("file://")
    return text if is_url(text) else str(path.parent / text)

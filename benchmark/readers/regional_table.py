"""Tables of regions: one column per model, or one row per region and time."""

import csv
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import xarray as xr

from benchmark.config.descriptors import Model, VariableSource
from benchmark.errors import ConfigError, InputError
from benchmark.readers.paths import expand
from benchmark.readers.registry import readers

if TYPE_CHECKING:
    import pandas as pd

_NUMBERS = (
    "year",
    "month",
    "value",
    "low",
    "high",
    "sd_spatial",
    "n_sites",
    "area_Mkm2",
)

MISSING = ("", "NA", "N/A", "NaN", "nan", "null")


@readers.register("regional_table")
def read_model_table(source: VariableSource, model: Model) -> xr.Dataset:
    """Open one model's column of a table with a column `year`.

    Parameters
    ----------
    source : VariableSource
        Its `files`, one CSV.
    model : Model
        Its `column` and `region`.

    Returns
    -------
    Dataset
        ``value`` (time, region) with the coordinate ``year``.

    Raises
    ------
    InputError
        If the table has no such column, or holds what is not a number.
    """
    path = expand(source.files)[0]
    table = read_texts(path)
    if model.column is None:
        msg = (
            f"{path}: 'reader: regional_table' is of tables with one column per model, "
            "which an 'ensemble:' lists; for a table with the columns region and year "
            "leave 'reader:' out, it is found."
        )
        raise InputError(msg)
    if model.column not in table:
        msg = f"{path}: no column '{model.column}'; found {', '.join(table.columns)}."
        raise InputError(msg)
    years = as_numbers(table, "year", path)
    if not (years == np.round(years)).all():
        line = table.index[int(np.argmax(years != np.round(years)))]
        msg = f"{path}: column 'year', line {line}: expected a whole year."
        raise InputError(msg)
    values = as_numbers(table, str(model.column), path)
    return xr.Dataset(
        {"value": (("time", "region"), values[:, np.newaxis])},
        coords={
            "year": ("time", years.astype(int)),
            "region": [model.region or "global"],
        },
        attrs={"files": [str(path)]},
    )


def table_columns(source: VariableSource) -> list[str]:
    """Return the columns of a table besides `year`: the models it holds.

    Parameters
    ----------
    source : VariableSource
        Its `files`, one CSV.

    Returns
    -------
    list of str

    Raises
    ------
    ConfigError
        If the file cannot be read or has no column `year`.
    """
    try:
        path = expand(source.files)[0]
        columns = [column for column in _lines(path)[0] if column]
    except InputError as error:
        raise ConfigError([str(error)]) from error
    if "year" not in columns:
        msg = f"{path}: found columns {columns[:6]}; expected one called 'year'."
        raise ConfigError([msg])
    return [column for column in columns if column != "year"]


def open_regional_table(path: Path) -> "pd.DataFrame":
    """Read a reference table in long form.

    Parameters
    ----------
    path : Path
        CSV with the columns region and value, and any of approach, family,
        year, month, low, high, sd_spatial, n_sites, flag, area_Mkm2. Lines
        that start with # are comments.

    Returns
    -------
    DataFrame
        Numbers as float, absent columns filled with NaN or "".

    Raises
    ------
    InputError
        If a column is missing or holds what is not a number.
    """
    table = read_texts(path)
    for column in ("region", "value"):
        if column not in table:
            msg = f"{path}: no column '{column}'; found {', '.join(table.columns)}."
            raise InputError(msg)
    for column in _NUMBERS:
        table[column] = (
            as_numbers(table, column, path) if column in table else float("nan")
        )
    for column in ("approach", "family", "flag"):
        if column not in table:
            table[column] = ""
        table[column] = table[column].where(~table[column].isin(MISSING), "")
    return table.reset_index(drop=True)


def read_texts(path: Path) -> "pd.DataFrame":
    """Return a CSV as a table of texts; its index is the line in the file.

    Parameters
    ----------
    path : Path
        The file; lines that start with # are comments.

    Returns
    -------
    DataFrame

    Raises
    ------
    InputError
        If it is no CSV, ragged, or names a column twice.
    """
    import pandas as pd

    header, rows = _lines(path)
    named = [column for column in header if column]
    if len(set(named)) < len(named):
        twice = sorted({column for column in named if named.count(column) > 1})
        msg = f"{path}: columns given twice: {', '.join(twice)}; keep one of each."
        raise InputError(msg)
    for line, fields in rows.items():
        if len(fields) != len(header):
            msg = (
                f"{path}: line {line} has {len(fields)} values, but there are "
                f"{len(header)} columns; expected as many."
            )
            raise InputError(msg)
    table = pd.DataFrame(
        list(rows.values()), columns=header, index=list(rows), dtype=str
    )
    # A column without a name is the row number that some programs write.
    return table[named]


def _lines(path: Path) -> tuple[list[str], dict[int, list[str]]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
        # Comments become blank, so that the numbers of the lines stay.
        kept = ["" if line.startswith("#") else line for line in text.splitlines()]
        reader = csv.reader(kept, skipinitialspace=True)
        stripped = [
            (reader.line_num, [field.strip() for field in fields]) for fields in reader
        ]
        rows = {line: fields for line, fields in stripped if any(fields)}
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        reason = " ".join(str(error).split())
        msg = f"{path}: cannot be read as CSV ({reason}); expected commas and a header."
        raise InputError(msg) from error
    if not rows:
        msg = f"{path}: the file is empty; expected CSV with a header."
        raise InputError(msg)
    return rows.pop(next(iter(rows))), rows


def as_numbers(table: "pd.DataFrame", column: str, path: Path) -> np.ndarray:
    """Return a column of texts as numbers, NaN where nothing is written.

    Parameters
    ----------
    table : DataFrame
        Of texts, its index the lines of the file.
    column : str
        Which.
    path : Path
        For messages.

    Returns
    -------
    ndarray

    Raises
    ------
    InputError
        If one is no number; with the line.
    """
    import pandas as pd

    numbers = pd.to_numeric(table[column], errors="coerce").to_numpy(dtype=float)
    wrong = ~np.isfinite(numbers) & ~table[column].isin(MISSING).to_numpy()
    if wrong.any():
        row = int(np.argmax(wrong))
        msg = (
            f"{path}: column '{column}', line {table.index[row]}: found "
            f"'{table[column].iloc[row]}'; expected a number, or NA."
        )
        raise InputError(msg)
    return numbers

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
    table = _read(path)
    if model.column not in table:
        msg = f"{path}: no column '{model.column}'; found {', '.join(table.columns)}."
        raise InputError(msg)
    years = _as_numbers(table, "year", path).astype(int)
    values = _as_numbers(table, str(model.column), path)
    return xr.Dataset(
        {"value": (("time", "region"), values[:, np.newaxis])},
        coords={"year": ("time", years), "region": [model.region or "global"]},
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
        with path.open(encoding="utf-8", newline="") as file:
            columns = [column.strip() for column in next(csv.reader(file), [])]
    except (InputError, OSError, UnicodeDecodeError) as error:
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
    table = _read(path)
    for column in ("region", "value"):
        if column not in table:
            msg = f"{path}: no column '{column}'; found {', '.join(table.columns)}."
            raise InputError(msg)
    for column in _NUMBERS:
        table[column] = (
            _as_numbers(table, column, path) if column in table else float("nan")
        )
    for column in ("approach", "family", "flag"):
        table[column] = table[column].fillna("") if column in table else ""
    return table


def _read(path: Path) -> "pd.DataFrame":
    import pandas as pd

    try:
        table = pd.read_csv(
            path, comment="#", skipinitialspace=True, dtype=str, encoding="utf-8"
        )
    except (OSError, UnicodeDecodeError, pd.errors.ParserError) as error:
        reason = " ".join(str(error).split())
        msg = f"{path}: cannot be read as CSV ({reason}); expected commas and a header."
        raise InputError(msg) from error
    except pd.errors.EmptyDataError as error:
        msg = f"{path}: the file is empty; expected CSV with a header."
        raise InputError(msg) from error
    return table.rename(columns=lambda name: str(name).strip())


def _as_numbers(table: "pd.DataFrame", column: str, path: Path) -> np.ndarray:
    import pandas as pd

    numbers = pd.to_numeric(table[column], errors="coerce")
    wrong = numbers.isna() & table[column].notna() & ~table[column].isin(["NA", ""])
    if wrong.any():
        row = int(np.argmax(wrong.to_numpy()))
        msg = (
            f"{path}: column '{column}', row {row + 2}: found "
            f"'{table[column].iloc[row]}'; expected a number, or NA."
        )
        raise InputError(msg)
    return numbers.to_numpy(dtype=float)

"""Columns of tables of sites: what they are called, and what they hold."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from benchmark.errors import InputError
from benchmark.readers.regional_table import MISSING

if TYPE_CHECKING:
    import pandas as pd

_NAMES = {
    "site": ("site", "site_id", "siteid", "flux_site", "site_name", "station"),
    "lat": ("lat", "latitude", "latdec", "lat_dec", "site_lat"),
    "lon": ("lon", "longitude", "long", "londec", "longdec", "lon_dec", "site_lon"),
    "year": ("year", "yr"),
    "month": ("month", "mon", "mo", "calendar_month"),
    "date": ("date", "timestamp", "yyyymm", "time"),
}
TEXTS = ("site_class", "flag")
"""Columns that are texts, of each site."""

_DATE = re.compile(r"^(\d{4})-?(\d{2})(?:-?\d{2})?(?:[T ].*)?$")
_UNDECLARED = (-9999.0, -99999.0)


def named_columns(table: "pd.DataFrame") -> "pd.DataFrame":
    """Return a table whose columns of place and time have the names used here.

    Parameters
    ----------
    table : DataFrame
        Of texts, its index the lines of the file.

    Returns
    -------
    DataFrame
    """
    lower = {column.lower(): column for column in reversed(table.columns)}
    names: dict[str, str] = {}
    for name, known in _NAMES.items():
        found = [lower[other] for other in known if other in lower]
        if found and (name != "date" or _are_dates(table[found[0]])):
            names[found[0]] = name
    return table.rename(columns=names)


def _are_dates(texts: "pd.Series[str]") -> bool:
    """Return whether most texts are dates: some tables count days from somewhere."""
    return bool(texts.str.match(_DATE).mean() > 0.5)


def months_of(table: "pd.DataFrame", path: Path) -> np.ndarray:
    """Return the months of the rows, counted from the year 0.

    Parameters
    ----------
    table : DataFrame
        Of texts, its index the lines of the file.
    path : Path
        For messages.

    Returns
    -------
    ndarray of int

    Raises
    ------
    InputError
        If one is wrong; with the line.
    """
    if "date" in table:
        found = [_DATE.match(text) for text in table["date"]]
        for line, text, match in zip(table.index, table["date"], found, strict=True):
            if match is None or not 1 <= int(match.group(2)) <= 12:
                msg = (
                    f"{path}: line {line}: found the date '{text[:30]}'; expected "
                    "YYYYMM, YYYY-MM or YYYY-MM-DD."
                )
                raise InputError(msg)
        return np.array(
            [int(m.group(1)) * 12 + int(m.group(2)) - 1 for m in found if m]
        )
    if "year" not in table:
        msg = (
            f"{path}: has months but no years; found {', '.join(table.columns)}. "
            "Expected a column 'year', or 'date'."
        )
        raise InputError(msg)
    year, month = (numbers_of(table, key, path) for key in ("year", "month"))
    wrong = ~((month >= 1) & (month <= 12) & (month % 1 == 0) & (year % 1 == 0))
    if wrong.any():
        line = table.index[int(np.argmax(wrong))]
        msg = f"{path}: line {line}: expected a whole year and a month from 1 to 12."
        raise InputError(msg)
    return (year * 12 + month - 1).astype(int)


def variables_of(table: "pd.DataFrame", path: Path) -> dict[str, np.ndarray]:
    """Return the columns of numbers; texts such as a class are no variable.

    Parameters
    ----------
    table : DataFrame
        Of texts, its index the lines of the file.
    path : Path
        For messages.

    Returns
    -------
    dict

    Raises
    ------
    InputError
        If one is wrong; with the line.
    """
    import pandas as pd

    found = {}
    for name in table.columns:
        if name in (*_NAMES, *TEXTS):
            continue
        texts = table[name][~table[name].isin((*MISSING, "<NA>"))]
        numeric = pd.to_numeric(texts, errors="coerce").notna()
        # A column of which most are numbers is meant to be one.
        if len(texts) and numeric.mean() > 0.5:
            column = numbers_of(table, name, path)
            column[np.isin(column, _UNDECLARED)] = np.nan
            found[str(name)] = column
    return found


def texts_of(table: "pd.DataFrame", name: str) -> "pd.Series[str]":
    """Return a column of texts, empty where nothing or no such column stands.

    Parameters
    ----------
    table : DataFrame
        Of texts.
    name : str
        One of `TEXTS`.

    Returns
    -------
    Series of str
    """
    import pandas as pd

    if name not in table:
        return pd.Series("", index=table.index)
    texts = table[name].str.strip()
    return texts.where(~texts.isin((*MISSING, "<NA>")), "")


def numbers_of(table: "pd.DataFrame", column: str, path: Path) -> np.ndarray:
    """Return a column of numbers, NaN where nothing or no finite number stands.

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
        If one is wrong; with the line.
    """
    import pandas as pd

    texts = table[column]
    numbers = pd.to_numeric(texts, errors="coerce").to_numpy(dtype=float).copy()
    wrong = np.isnan(numbers) & ~texts.isin((*MISSING, "<NA>")).to_numpy()
    if wrong.any():
        row = int(np.argmax(wrong))
        msg = (
            f"{path}: column '{column}', line {table.index[row]}: found "
            f"'{texts.iloc[row][:40]}'; expected a number, or NA."
        )
        raise InputError(msg)
    numbers[np.isinf(numbers)] = np.nan
    return numbers

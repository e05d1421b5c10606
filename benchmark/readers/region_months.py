"""Long tables of regions: one row per region and year, or region and month."""

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import xarray as xr

from benchmark.config.descriptors import Model, VariableSource
from benchmark.errors import InputError
from benchmark.readers.paths import expand
from benchmark.readers.regional_table import as_numbers, read_texts
from benchmark.readers.registry import readers


@readers.register("region_months")
def read_region_months(source: VariableSource, model: Model) -> xr.Dataset:
    """Open a long table with the columns region, year, perhaps month, and values.

    Parameters
    ----------
    source : VariableSource
        Its `files`, one CSV, and `name`, the column of values; by default
        ``value``.
    model : Model
        Its `region`: only those rows, where it is given.

    Returns
    -------
    Dataset
        ``value`` (time, region) with the coordinate ``year``, and ``month``
        where the table has it; only whole years. NaN where a region has no row.

    Raises
    ------
    InputError
        If a column is missing, a row is given twice, or a number is none.

    Examples
    --------
    A model configuration::

        model: MyModel
        files: regions.csv
        variables:
          nbe: {name: nbe, units: Tg yr-1, sign: up, statistic: total}
    """
    path = expand(source.files)[0]
    table = read_texts(path)
    column = source.name or "value"
    table = table.rename(columns=_lower(table.columns))
    for needed in ("region", "year", column):
        if needed not in table:
            msg = (
                f"{path}: no column '{needed}'; found {', '.join(table.columns)}. "
                "Expected region, year, perhaps month, and a column of values, which "
                f"'name:' under variables.{source.variable} says."
            )
            raise InputError(msg)
    if model.region:
        table = table[table["region"] == model.region]
        if table.empty:
            msg = f"{path}: no row of region '{model.region}'. Correct 'region:'."
            raise InputError(msg)
    keys = ["year", "month"] if "month" in table else ["year"]
    when = np.stack([as_numbers(table, key, path) for key in keys], axis=1)
    wrong = ~np.isfinite(when).all(axis=1) | (when % 1 != 0).any(axis=1)
    if "month" in keys:
        wrong |= ~((when[:, 1] >= 1) & (when[:, 1] <= 12))
    if wrong.any():
        line = table.index[int(np.argmax(wrong))]
        msg = f"{path}: line {line}: expected whole {' and '.join(keys)} (1 to 12)."
        raise InputError(msg)
    steps, at_step = np.unique(when.astype(int), axis=0, return_inverse=True)
    regions, at_region = np.unique(table["region"].to_numpy(str), return_inverse=True)
    key = at_step.ravel() * regions.size + at_region
    _, first = np.unique(key, return_index=True)
    again = np.setdiff1d(np.arange(key.size), first)
    if again.size:
        row = int(again[0])
        msg = (
            f"{path}: line {table.index[row]} gives {regions[at_region[row]]} "
            f"{'-'.join(map(str, steps[at_step.ravel()[row]]))} again; "
            "expected each once."
        )
        raise InputError(msg)
    values = np.full((len(steps), regions.size), np.nan)
    values[at_step.ravel(), at_region] = as_numbers(table, column, path)
    return _on_axes(values, steps, regions, path)


def _lower(columns: Iterable[str]) -> dict[str, str]:
    """Return the names of the columns of keys that are written with capitals."""
    held = [*columns]
    return {
        name: name.lower()
        for name in held
        if name.lower() in ("region", "year", "month") and name.lower() not in held
    }


def _on_axes(
    values: np.ndarray, steps: np.ndarray, regions: np.ndarray, path: Path
) -> xr.Dataset:
    """Return values by year, or by month of the years that have all twelve."""
    remarks, coords = [], {}
    if steps.shape[1] == 2:
        years, count = np.unique(steps[:, 0], return_counts=True)
        parts = years[count < 12]
        if parts.size == years.size:
            msg = f"{path}: no year has all twelve months; expected whole years."
            raise InputError(msg)
        if parts.size:
            told = ", ".join(map(str, parts))
            remarks = [f"years without all twelve months are left out: {told}"]
        whole = ~np.isin(steps[:, 0], parts)
        values, steps = values[whole], steps[whole]
        coords = {"month": ("time", steps[:, 1])}
    return xr.Dataset(
        {"value": (("time", "region"), values)},
        coords={
            "year": ("time", steps[:, 0]),
            **coords,
            "region": regions.astype(object).tolist(),
        },
        attrs={"files": [str(path)], "remarks": remarks},
    )

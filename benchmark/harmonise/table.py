"""Regional tables in canonical units: a model's column, a reference's rows."""

import numpy as np
import pandas as pd
import xarray as xr

from benchmark.config.descriptors import Reference, VariableSource
from benchmark.errors import InputError
from benchmark.harmonise.archived import unconfirmed_lines
from benchmark.harmonise.harmonised import Harmonised
from benchmark.harmonise.identify import factor_to_canonical, is_negated
from benchmark.harmonise.unit_text import is_per_month
from benchmark.harmonise.unsaid import no_basis
from benchmark.harmonise.variable import Variable

_DAYS_PER_YEAR = 365.2425


def harmonise_table(
    data: xr.Dataset, source: VariableSource, variable: Variable
) -> Harmonised:
    """Return a model's regional series in canonical units.

    Parameters
    ----------
    data : Dataset
        ``value`` (time, region) with ``year``, and ``month`` if monthly.
    source : VariableSource
        Units, sign and whether the values are means or totals.
    variable : Variable
        The target.

    Returns
    -------
    Harmonised
        (time, region): kg m-2 s-1 or kg m-2 for means, kg s-1 or kg for
        totals, with ``year``, ``days`` and, if monthly, ``month``.

    Raises
    ------
    InputError
        If the units are not understood or years are repeated or missing.
    """
    where = f"{data.attrs['files'][0]}: {variable.name}"
    net = not variable.never_negative and variable.is_flux
    named = source.name in (*variable.aliases, *variable.negated)
    if net and source.sign is None and not named:
        msg = (
            f"{where}: a table does not tell the sign of a net flux; expected 'sign: "
            f"up' (positive to the atmosphere) or 'sign: down' under "
            f"variables.{variable.name}."
        )
        raise InputError(msg)
    unknown = source.area_basis is None and not variable.area_basis
    if unknown and source.statistic == "mean":
        raise InputError(no_basis(variable, where))
    factor = factor_to_canonical(source.units, source, variable, where)
    conversions = [f"units '{source.units}' times {factor:.6g}"]
    if is_negated(source, variable, source.name or ""):
        factor = -factor
        conversions.append(f"sign: positive {variable.positive}ward, times -1")
    years = data["year"].to_numpy()
    years = np.unique(years) if "month" in data.coords else years
    if np.any(np.diff(years) != 1):
        msg = (
            f"{where}: years are repeated or missing between {years[0]} and "
            f"{years[-1]}; expected every year once."
        )
        raise InputError(msg)
    days = np.full(data.sizes["time"], _DAYS_PER_YEAR)
    scale = np.full(days.size, factor)
    if "month" in data.coords:
        days = _mean_month_length(data["month"].to_numpy())
        if is_per_month(source.units or ""):
            scale = factor * (_DAYS_PER_YEAR / 12.0) / days
    field = (data["value"] * xr.DataArray(scale, dims="time")).rename(variable.name)
    field = field.assign_coords(days=("time", days))
    field.attrs = {
        "variable": variable.name,
        "units": variable.units,
        "mass_basis": variable.mass_basis,
        "area_basis": source.area_basis or "land",
        "statistic": source.statistic,
    }
    unsure = unconfirmed_lines(source, variable, data["value"], source.units)
    if source.layers is not None:
        msg = f"{where}: a table has no soil layers; remove 'layers:', write 'depth:'."
        raise InputError(msg)
    return Harmonised(
        field,
        where,
        tuple(conversions),
        tuple(unsure),
        factor,
        sign_stated=net,
        remark="; ".join(unsure),
        depth=source.depth,
        files=tuple(data.attrs["files"]),
    )


def harmonise_rows(
    table: pd.DataFrame, reference: Reference, variable: Variable
) -> pd.DataFrame:
    """Return the rows of a regional reference as canonical means and totals.

    Parameters
    ----------
    table : DataFrame
        Long form, see `benchmark.readers.open_regional_table`.
    reference : Reference
        Units, sign and statistic of its numbers.
    variable : Variable
        The target.

    Returns
    -------
    DataFrame
        The rows with ``mean``, ``mean_low``, ``mean_high`` (per m2) and
        ``total``, ``total_low``, ``total_high``, canonical units; NaN where
        the region's area is not given, and ``sd_spatial`` likewise.

    Raises
    ------
    InputError
        If the units are not understood.
    """
    source = reference.data
    where = f"{source.files[0]}: {reference.name}"
    plain = plain_factor(source)
    if plain is not None:
        # A share has no area: its mean is its total.
        return table.assign(
            sd_spatial=table["sd_spatial"] * plain,
            **{
                f"{what}{suffix}": table[column] * plain
                for what in ("mean", "total")
                for column, suffix in (
                    ("value", ""),
                    ("low", "_low"),
                    ("high", "_high"),
                )
            },
        )
    factor = factor_to_canonical(source.units, source, variable, where)
    scale = np.full(len(table), factor)
    if is_per_month(source.units or ""):
        month = table["month"].to_numpy()
        if not np.isfinite(month).all():
            msg = (
                f"{where}: is a rate per month; expected a column 'month' without gaps."
            )
            raise InputError(msg)
        scale = factor * (_DAYS_PER_YEAR / 12.0) / _mean_month_length(month)
    sign = -1.0 if is_negated(source, variable, source.name or "") else 1.0
    area = table["area_Mkm2"].to_numpy() * 1e12
    per_mean, per_total = (
        (1.0 / area, 1.0) if source.statistic == "total" else (1.0, area)
    )
    rows = table.copy()
    ends = ("low", "high") if sign > 0 else ("high", "low")
    for column, suffix in zip(("value", *ends), ("", "_low", "_high"), strict=True):
        rows[f"mean{suffix}"] = sign * table[column].to_numpy() * scale * per_mean
        rows[f"total{suffix}"] = sign * table[column].to_numpy() * scale * per_total
    rows["sd_spatial"] = table["sd_spatial"].to_numpy() * scale
    return rows


def plain_factor(source: VariableSource) -> float | None:
    """Return the factor of a reference's numbers to 1, None if they have units.

    Parameters
    ----------
    source : VariableSource
        With `value_of` where the numbers are values of a metric.

    Returns
    -------
    float or None
    """
    return {"1": 1.0, "%": 0.01}.get(source.units or "") if source.value_of else None


def _mean_month_length(month: np.ndarray) -> np.ndarray:
    lengths = np.array([31, 28.2425, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])
    return lengths[month.astype(int) - 1]

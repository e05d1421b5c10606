"""Statistics of the companions of a regional pair, by the names metrics use."""

from collections.abc import Mapping

import numpy as np
import xarray as xr

from benchmark.score.companions import Companions
from benchmark.score.complete_years import annual_series, only_years
from benchmark.score.reference_rows import ReferenceTable
from benchmark.statistics import reductions


def companion_statistics(
    companions: Companions,
    series: Mapping[str, xr.DataArray],
    regions: list[str],
    years: xr.DataArray | None,
    what: str = "mean",
) -> dict[str, xr.DataArray]:
    """Return the statistics of companions, model and reference.

    Parameters
    ----------
    companions : Companions
        Of the pair.
    series : mapping
        The model's, (time, region) or (region,), by variable.
    regions : list of str
        Those to compare.
    years : DataArray or None
        (year, region), true where the scored variable has a year to compare.
    what : {"mean", "total"}
        Which the series are, and which of the reference's numbers to take.

    Returns
    -------
    dict
        Such as ``model_tas_annual`` and ``reference_tas_annual``.
    """
    found: dict[str, xr.DataArray] = {}
    for name, values in series.items():
        mine = series_statistics(_on_years(values.sel(region=regions), years))
        mine = _same_years(mine, years)
        found |= {f"model_{name}_{key}": value for key, value in mine.items()}
        other = companions.reference.get(name)
        if other == "model":
            found |= {f"reference_{name}_{key}": v for key, v in mine.items()}
        elif isinstance(other, ReferenceTable):
            theirs = _same_years(table_statistics(other, regions, what), years)
            found |= {f"reference_{name}_{key}": v for key, v in theirs.items()}
    return found


def series_statistics(series: xr.DataArray) -> dict[str, xr.DataArray]:
    """Return what a regional series gives: mean, climatology, annual, and more.

    Parameters
    ----------
    series : DataArray
        (time, region) with ``year`` and perhaps ``month``, or (region,).

    Returns
    -------
    dict
        By the last word of a metric's parameter.
    """
    if "time" not in series.dims:
        return {"mean": series}
    found = {"mean": reductions.mean(series), "annual": annual_series(series)}
    if "month" in series.coords:
        found["climatology"] = reductions.climatology(series)
        found["crms"] = reductions.crms(series)
        found["iav"] = reductions.iav(series)
        found["series"] = series
    return found


def table_statistics(
    table: ReferenceTable, regions: list[str], what: str = "mean"
) -> dict[str, xr.DataArray]:
    """Return what a regional reference gives, by the last word of a parameter.

    Parameters
    ----------
    table : ReferenceTable
        The reference.
    regions : list of str
        Those to compare; NaN where the reference has none.
    what : {"mean", "total"}
        Which of its numbers.

    Returns
    -------
    dict
    """
    values = table.values[what].reindex(region=regions)
    if table.kind == "monthly":
        return series_statistics(values)
    if table.kind == "annual":
        return {"mean": values.mean("year"), "annual": values}
    if table.kind == "climatology":
        return {
            "mean": values.mean("month"),
            "climatology": values,
            "crms": values.std("month"),
        }
    return {"mean": values}


def _on_years(series: xr.DataArray, years: xr.DataArray | None) -> xr.DataArray:
    if years is None or "year" not in series.coords:
        return series
    held = np.isin(series["year"].to_numpy(), years["year"].to_numpy())
    return only_years(series.isel(time=np.flatnonzero(held)), years)


def _same_years(
    found: dict[str, xr.DataArray], years: xr.DataArray | None
) -> dict[str, xr.DataArray]:
    if years is None or "annual" not in found:
        return found
    return {**found, "annual": found["annual"].reindex(year=years["year"])}

"""Statistics of regional series, model and reference."""

from dataclasses import replace

import numpy as np
import xarray as xr

from benchmark.harmonise.table import plain_factor
from benchmark.metrics.parameters import KEPT_COORDINATES
from benchmark.score.bench import Bench
from benchmark.score.companion_statistics import series_statistics, table_statistics
from benchmark.score.complete_years import only_years
from benchmark.score.reference_rows import ReferenceTable
from benchmark.score.result import Evidence
from benchmark.statistics import reductions


def regional_statistics(
    bench: Bench,
    series: xr.DataArray,
    what: str,
    regions: list[str],
    years: xr.DataArray | None = None,
) -> dict[str, xr.DataArray]:
    """Return the statistics of both sides, by the names that metrics use.

    Parameters
    ----------
    bench : Bench
        The reference.
    series : DataArray
        (time, region) or (region,), canonical units: the model.
    what : {"mean", "total"}
        Which of the two the series is.
    regions : list of str
        Those to compare.
    years : DataArray, optional
        (year, region), true or false: those of an annual reference to take.

    Returns
    -------
    dict
        Each (region,), (month, region) or (year, region).
    """
    attrs = {
        "units": bench.variable.units,
        "mass_basis": bench.variable.mass_basis,
        "statistic": what,
    }
    theirs = table_statistics(_on_years(bench.table, what, years), regions, what)
    found = {f"reference_{name}": value for name, value in theirs.items()}
    mine = series_statistics(series)
    found |= {f"model_{name}": value for name, value in mine.items()}
    if "month" in series.coords:
        found["month_length"] = reductions.month_length(series)
    members = bench.table.approaches[what].sel(region=regions)
    if "approach" in members.dims:
        found["reference_members"] = members.rename(approach="member")
    for name, bound in (("low", bench.table.low), ("high", bench.table.high)):
        limits = bound[what].sel(region=regions)
        if bool(limits.notnull().any()):
            found[f"reference_{name}"] = limits
    stated = {**attrs, **_stated(bench)}
    return {
        name: _bare(value)
        .transpose(..., "region")
        .assign_attrs(stated if name.startswith("reference") else attrs)
        if "region" in value.dims
        else value
        for name, value in found.items()
    }


def _stated(bench: Bench) -> dict[str, str]:
    """Return what a reference says of its numbers that a model's have not."""
    source = bench.reference.data
    said = {"area_basis": source.area_basis, "value_of": source.value_of}
    if plain_factor(source) is not None:
        said["units"] = "1"
    return {name: value for name, value in said.items() if value}


def _bare(value: xr.DataArray) -> xr.DataArray:
    """Drop coordinates that could only clash; members keep their family."""
    kept = (*value.dims, *KEPT_COORDINATES)
    extra = [name for name in value.coords if name not in kept]
    return value.drop_vars(extra)


def _on_years(
    table: ReferenceTable, what: str, years: xr.DataArray | None
) -> ReferenceTable:
    """Cut a reference with years to those that are compared."""
    values = table.values[what]
    if years is None or "year" not in values.coords:
        return table
    if table.kind == "annual":
        cut = values.reindex(year=years["year"]).where(years)
    else:
        held = np.isin(values["year"].to_numpy(), years["year"].to_numpy())
        cut = values.isel(time=np.flatnonzero(held))
        cut = only_years(cut.sel(region=years["region"]), years)
    return replace(table, values={**table.values, what: cut})


def regional_evidence(bench: Bench, statistics: dict[str, xr.DataArray]) -> Evidence:
    """Return the cycles and the annual means of a regional pair.

    Parameters
    ----------
    bench : Bench
        The reference.
    statistics : dict
        From `regional_statistics`, of means.

    Returns
    -------
    Evidence
        In report units.
    """
    return Evidence(
        cycle=_sides(bench, statistics, "climatology", both=True),
        annual=_sides(bench, statistics, "annual", both=False),
    )


def _sides(
    bench: Bench, statistics: dict[str, xr.DataArray], name: str, *, both: bool
) -> xr.Dataset | None:
    found = {
        side: statistics[f"{side}_{name}"] * bench.variable.report_factor
        for side in ("model", "reference")
        if f"{side}_{name}" in statistics
    }
    if "model" not in found or (both and "reference" not in found):
        return None
    data = xr.Dataset(found).transpose("region", ...)
    data.attrs["units"] = bench.variable.report_units
    return data

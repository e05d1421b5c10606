"""Statistics of regional series, model and reference."""

import xarray as xr

from benchmark.score.bench import Bench
from benchmark.score.complete_years import annual_series
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
        "variable": bench.variable.name,
        "units": bench.variable.units,
        "mass_basis": bench.variable.mass_basis,
        "statistic": what,
    }
    reference = bench.table.values[what].sel(region=regions)
    if bench.table.kind == "annual" and years is not None:
        reference = reference.reindex(year=years["year"]).where(years)
    dimension = {"annual": "year", "climatology": "month"}.get(bench.table.kind)
    found = {"model_mean": _mean(series)}
    found["reference_mean"] = reference.mean(dimension) if dimension else reference
    if "month" in series.coords:
        found["model_climatology"] = reductions.climatology(series)
        found["model_crms"] = reductions.crms(series)
        found["model_iav"] = reductions.iav(series)
        found["month_length"] = reductions.month_length(series)
    if "time" in series.dims:
        found["model_annual"] = annual_series(series)
    if bench.table.kind == "climatology":
        found["reference_climatology"] = reference
        found["reference_crms"] = reference.std("month")
    if bench.table.kind == "annual":
        found["reference_annual"] = reference
    for name, bound in (("low", bench.table.low), ("high", bench.table.high)):
        limits = bound[what].sel(region=regions)
        if bool(limits.notnull().any()):
            found[f"reference_{name}"] = limits
    return {
        name: value.reset_coords(drop=True).transpose(..., "region").assign_attrs(attrs)
        if "region" in value.dims
        else value
        for name, value in found.items()
    }


def _mean(series: xr.DataArray) -> xr.DataArray:
    return reductions.mean(series) if "time" in series.dims else series


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

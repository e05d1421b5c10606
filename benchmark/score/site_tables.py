"""What references of sites say, as tables in report units."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import xarray as xr

from benchmark.harmonise.harmonised import Harmonised
from benchmark.harmonise.variables import VARIABLES
from benchmark.regions import Regions, regions_of_points
from benchmark.score.references import OpenedReference
from benchmark.score.result import RunResult
from benchmark.scorecard.benchmarks import is_domain
from benchmark.statistics import reductions

COLUMNS = ("site", "lat", "lon", "site_class", "region", "value", "n")
PAIRED = (
    *("model", "reference", "site", "lat", "lon", "site_class", "region"),
    *("model_value", "reference_value", "units"),
)


def sites_of(opened: Sequence[OpenedReference]) -> dict[str, pd.DataFrame]:
    """Return the tables of all references of sites, context among them.

    Parameters
    ----------
    opened : sequence of OpenedReference
        Those of the run.

    Returns
    -------
    dict
        Name of a reference to a table with `COLUMNS`, a row for each site that
        has a value in any month; see `benchmark.score.result.RunResult`.
    """
    return {
        item.reference.name: site_table(item.sites, item.regions)
        for item in opened
        if item.sites is not None and not item.problem
    }


def site_table(sites: Harmonised, regions: Regions) -> pd.DataFrame:
    """Return one reference's sites with their regions and values.

    Parameters
    ----------
    sites : Harmonised
        (time, site) or (site,).
    regions : Regions
        Where the reference is compared.

    Returns
    -------
    DataFrame
        With `COLUMNS`. The value of a site with months is the mean of its twelve
        mean months, NaN where it lacks one: a mean of summers is none of years.
    """
    field = sites.field
    variable = VARIABLES[str(field.attrs["variable"])]
    months = ("time",) if "time" in field.dims else ()
    field = field.isel(site=np.flatnonzero(field.count(months)))
    columns = {
        **{name: field[name].to_numpy() for name in COLUMNS[:4]},
        "region": region_of_sites(field["lat"], field["lon"], regions),
        "value": _yearly(field).to_numpy() * variable.report_factor,
        "n": field["n"].to_numpy(),
    }
    return pd.DataFrame(columns, columns=list(COLUMNS))


def sites_table(result: RunResult) -> pd.DataFrame:
    """Return what models and references have at each site, a row each.

    Parameters
    ----------
    result : RunResult
        Of a run.

    Returns
    -------
    DataFrame
        With `PAIRED`; empty without sites.
    """
    parts = []
    for (model, reference), evidence in result.evidence.items():
        if evidence.sites is not None:
            sites = evidence.sites.rename(
                model="model_value", reference="reference_value"
            )
            columns = {name: sites[name].to_numpy() for name in PAIRED[2:-1]}
            whose = {"model": model, "reference": reference}
            units = {"units": evidence.sites.attrs["units"]}
            parts.append(
                pd.DataFrame({**whose, **columns, **units}, columns=list(PAIRED))
            )
    return pd.concat(parts) if parts else pd.DataFrame(columns=list(PAIRED))


def region_of_sites(
    lat: xr.DataArray, lon: xr.DataArray, regions: Regions
) -> np.ndarray:
    """Return the region that each site lies in, empty outside of all.

    Parameters
    ----------
    lat, lon : DataArray
        (site,), degrees.
    regions : Regions
        In their order; one that is the whole of others comes last.

    Returns
    -------
    ndarray of str
    """
    inside = regions_of_points(regions, lat.to_numpy(), lon.to_numpy())
    found = np.full(lat.size, "", dtype=object)
    wholes = {region.part_of for region in regions}
    ids = sorted(regions.ids, key=lambda id: is_domain(id) or id in wholes)
    for id in reversed(ids):
        found[inside.sel(region=id).to_numpy()] = id
    return found.astype(str)


def _yearly(field: xr.DataArray) -> xr.DataArray:
    if "time" not in field.dims:
        return field
    cycle = reductions.climatology(field)
    lengths = reductions.month_length(field)
    whole = cycle.count("month") == 12
    mean = (cycle * lengths).sum("month") / lengths.sum("month")
    return mean.where(whole)

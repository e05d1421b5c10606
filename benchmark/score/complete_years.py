"""Which years of a regional series are whole, and what that does to a region."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import xarray as xr

from benchmark.score.reference_rows import ReferenceTable
from benchmark.score.region_state import RegionState
from benchmark.statistics import reductions

# Fewer years say nothing of the mean of a flux (science brief, section 2.1).
MINIMUM_YEARS = 3


def annual_series(series: xr.DataArray) -> xr.DataArray:
    """Return annual means of a monthly or yearly series, NaN where not whole.

    Parameters
    ----------
    series : DataArray
        (time, region) with ``year``, and ``month`` if monthly.

    Returns
    -------
    DataArray
        (year, region).
    """
    if "month" in series.coords:
        return reductions.annual_means(series)
    return series.swap_dims(time="year").drop_vars(["days", "time"], errors="ignore")


def yearly(table: ReferenceTable) -> xr.DataArray | None:
    """Return the years of a regional reference, if it has any.

    Parameters
    ----------
    table : ReferenceTable
        The reference.

    Returns
    -------
    DataArray or None
        (year, region).
    """
    if table.kind == "annual":
        return table.values["mean"]
    return annual_series(table.values["mean"]) if table.kind == "monthly" else None


def shared_years(series: xr.DataArray, reference: xr.DataArray | None) -> xr.DataArray:
    """Return which years of each region can be compared.

    Parameters
    ----------
    series : DataArray
        (time, region): the model.
    reference : DataArray or None
        (year, region) if the reference is annual: its years have to be there.

    Returns
    -------
    DataArray
        (year, region), true or false.
    """
    whole = annual_series(series).notnull().reset_coords(drop=True)
    if reference is None:
        return whole
    held = reference.sel(region=whole["region"]).notnull()
    return whole & held.reindex(year=whole["year"], fill_value=False)


def only_years(series: xr.DataArray, years: xr.DataArray) -> xr.DataArray:
    """Return a series with the other years missing.

    Parameters
    ----------
    series : DataArray
        (time, region).
    years : DataArray
        (year, region), true or false.

    Returns
    -------
    DataArray
    """
    kept = years.sel(year=series["year"].to_numpy()).to_numpy()
    return series.where(xr.DataArray(kept, dims=("time", "region")))


def states_of_years(
    states: Mapping[str, RegionState], years: xr.DataArray
) -> dict[str, RegionState]:
    """Return states that know the period, the gaps, and too few years.

    Parameters
    ----------
    states : mapping
        By region.
    years : DataArray
        (year, region), true or false.

    Returns
    -------
    dict
    """
    return {
        region: _state(state, years.sel(region=region))
        for region, state in states.items()
    }


def _state(state: RegionState, years: xr.DataArray) -> RegionState:
    every = years["year"].to_numpy()
    kept = every[years.to_numpy()]
    if state.status:
        return state
    if kept.size < MINIMUM_YEARS:
        msg = (
            f"{kept.size} whole years in the reference's period; at least "
            f"{MINIMUM_YEARS} are needed"
        )
        return replace(state, status="not_assessed", message=msg)
    inside = every[(every >= kept[0]) & (every <= kept[-1])]
    left_out = np.setdiff1d(inside, kept)
    remark = state.message
    if left_out.size:
        shown = ", ".join(map(str, left_out[:6])) + (
            ", ..." if left_out.size > 6 else ""
        )
        remark = f"{remark}; years with gaps left out: {shown}".lstrip("; ")
    return replace(state, message=remark, period=f"{kept[0]}-{kept[-1]}")

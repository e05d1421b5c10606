"""What the methane total of a region is a product of, on both sides."""

from typing import NamedTuple

import xarray as xr

from benchmark.metrics import scores
from benchmark.metrics.aggregate import aggregate, places
from benchmark.metrics.cold_months import year_mean
from benchmark.metrics.wetland import common, largest
from benchmark.statistics.elementwise import where


class Emission(NamedTuple):
    """What the total of a region is a product of, each (region,)."""

    extent: xr.DataArray
    density: xr.DataArray
    season: xr.DataArray


def sides(
    model: tuple[xr.DataArray, xr.DataArray, xr.DataArray | None],
    reference: tuple[xr.DataArray, xr.DataArray, xr.DataArray | None],
    days: xr.DataArray,
    weights: xr.DataArray | None,
) -> list[Emission]:
    """Return the factors of the totals of model and reference.

    Parameters
    ----------
    model, reference : tuple of xarray.DataArray
        Flux of twelve months per land area; wetland as a fraction of the land,
        static; and the same of twelve months, or None.
    days : xarray.DataArray
        Lengths (month,).
    weights : xarray.DataArray or None
        Land areas (region, lat, lon). Cells valid in all four count.

    Returns
    -------
    list of Emission
        Of the model and of the reference.
    """
    pairs = [
        (flux, static if monthly is None else monthly)
        for flux, static, monthly in (model, reference)
    ]
    if places(model[0]) and places(reference[0]):
        pairs = [common(flux, wet) for flux, wet in pairs]
        one, other = (flux.notnull().all("month") for flux, _ in pairs)
        valid = one & other
        pairs = [(flux.where(valid), wet.where(valid)) for flux, wet in pairs]
    return [
        _emission(aggregate(flux, weights), aggregate(wet, weights), days)
        for flux, wet in pairs
    ]


def _emission(
    cycle: xr.DataArray, wetland: xr.DataArray, days: xr.DataArray
) -> Emission:
    area = largest(wetland)
    peak = cycle.max("month", skipna=False)
    peak = peak.where(peak > 0)
    return Emission(area, peak / area.where(area > 0), year_mean(cycle, days) / peak)


def compared(model: xr.DataArray, reference: xr.DataArray) -> xr.Dataset:
    """Return the ratio of one factor, its score and why there is none.

    Parameters
    ----------
    model, reference : xarray.DataArray
        One factor of both (region,).

    Returns
    -------
    xarray.Dataset
        value, score and message (region,).
    """
    # A year that takes methane up has no factor; one without wetland has none.
    value = model.where(model > 0) / reference.where(reference > 0)
    reason = "no ratio: one side has no emission, or no wetland, over the year"
    return xr.Dataset(
        {
            "value": value,
            "score": scores.ratio(value),
            "message": where(value.isnull(), reason, ""),
        }
    )

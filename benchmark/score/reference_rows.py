"""A regional reference as arrays: what its approaches say, and their range."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import xarray as xr

from benchmark.score.few_sites import many_sites

# A month of a table has no calendar: February is the mean of four years.
MONTH_LENGTHS = np.array([31, 28.2425, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])

# The paper's families: both kinds of land models are process-based, so that a
# land model is never scored against the other kind either.
_FAMILY = {
    "cmip6": "process_based",
    "isimip": "process_based",
    "cmip5": "process_based",
}


@dataclass(frozen=True)
class ReferenceTable:
    """A regional reference without the scored model's own family.

    Parameters
    ----------
    values : dict
        ``mean`` and ``total``: DataArrays (region,), (year, region),
        (month, region) or (time, region), canonical units: the median over
        the approaches.
    low, high : dict
        The same, (region,): stated bounds, else the range of the approaches.
    own : dict
        The same, (region,): half of the stated range; NaN where none is.
    approaches : dict
        The same, (approach, region): each approach, for the score's range,
        with its ``family``.
    kind : {"period", "annual", "climatology", "monthly"}
        Which dimension besides region.
    excluded : tuple of str
        Approaches left out as the model's own family.
    many_sites : dict
        As `values`, (region,), without means of few sites; NaN where the
        region has none of these, or nothing else.
    families : tuple of str
        The family of each approach of `approaches`.
    """

    values: dict[str, xr.DataArray]
    low: dict[str, xr.DataArray]
    high: dict[str, xr.DataArray]
    own: dict[str, xr.DataArray]
    approaches: dict[str, xr.DataArray]
    kind: str
    excluded: tuple[str, ...]
    spread: xr.DataArray
    spatial: xr.DataArray
    area: xr.DataArray
    count: xr.DataArray
    many_sites: dict[str, xr.DataArray]
    families: tuple[str, ...] = ()


def family_of(name: str) -> str:
    """Return the family a model or an approach belongs to."""
    return _FAMILY.get(name, name)


def reference_table(rows: pd.DataFrame, own_family: str) -> ReferenceTable | None:
    """Return the reference that a model of a family may be scored against.

    Parameters
    ----------
    rows : DataFrame
        From `benchmark.harmonise.table.harmonise_rows`.
    own_family : str
        The family of the scored model, whose rows are left out.

    Returns
    -------
    ReferenceTable or None
        None if no row remains.
    """
    families = rows["family"].map(family_of)
    excluded = (families == family_of(own_family)) & (families != "")
    kept = rows[~excluded]
    held = kept[["mean", "total", "mean_low", "total_low"]].notna().any(axis=1)
    kept = kept[held]
    if kept.empty:
        return None
    axis, kind = _axis(kept)
    order = list(dict.fromkeys(rows["region"]))
    present = [region for region in order if region in set(kept["region"])]
    values, low, high, own, approaches = {}, {}, {}, {}, {}
    for what in ("mean", "total"):
        values[what] = _median(kept, what, axis, present)
        approaches[what] = _by_approach(kept, what, present)
        stated = [
            _per_region(kept, f"{what}_low", present, "min"),
            _per_region(kept, f"{what}_high", present, "max"),
        ]
        own[what] = (stated[1] - stated[0]) / 2.0
        several = approaches[what].count("approach") > 1
        spread = approaches[what].where(several)
        low[what] = stated[0].fillna(spread.min("approach"))
        high[what] = stated[1].fillna(spread.max("approach"))
    return ReferenceTable(
        values=values,
        low=low,
        high=high,
        own=own,
        approaches=approaches,
        kind=kind,
        excluded=tuple(dict.fromkeys(rows[excluded]["approach"])),
        spread=approaches["mean"].std("approach", ddof=1, skipna=True)
        if approaches["mean"].sizes["approach"] > 1
        else approaches["mean"].isel(approach=0, drop=True) * np.nan,
        spatial=_per_region(kept, "sd_spatial", present, "median"),
        area=_per_region(kept, "area_Mkm2", present, "median") * 1e12,
        count=_per_region(kept, "approach", present, "nunique"),
        many_sites={what: _many_sites(kept, what, present) for what in values},
        families=_families(kept, approaches["mean"]),
    )


def _families(rows: pd.DataFrame, approaches: xr.DataArray) -> tuple[str, ...]:
    known = rows.drop_duplicates("approach").set_index("approach")["family"]
    # An approach of no family is one of its own.
    return tuple(
        family_of(known[name]) or str(name)
        for name in approaches["approach"].to_numpy()
    )


def _axis(rows: pd.DataFrame) -> tuple[list[str], str]:
    monthly, yearly = rows["month"].notna().all(), rows["year"].notna().all()
    if monthly and yearly:
        return ["year", "month"], "monthly"
    if monthly:
        return ["month"], "climatology"
    if rows["year"].notna().all():
        return ["year"], "annual"
    return [], "period"


def _median(
    rows: pd.DataFrame, what: str, axis: list[str], regions: list[str]
) -> xr.DataArray:
    medians = rows.groupby([*axis, "region"])[what].median()
    array = medians.to_xarray().reindex(region=regions)
    for name in axis:
        array = array.assign_coords({name: array[name].astype(int)})
    array = array.transpose(..., "region").astype(float)
    return _as_series(array) if axis == ["year", "month"] else array


def _as_series(array: xr.DataArray) -> xr.DataArray:
    """Return (year, month, region) as (time, region), all months of all years."""
    years = np.arange(int(array["year"].min()), int(array["year"].max()) + 1)
    whole = array.reindex(year=years, month=np.arange(1, 13))
    return xr.DataArray(
        whole.to_numpy().reshape(-1, whole.sizes["region"]),
        {
            "year": ("time", np.repeat(years, 12)),
            "month": ("time", np.tile(np.arange(1, 13), years.size)),
            "days": ("time", np.tile(MONTH_LENGTHS, years.size)),
            "region": whole["region"],
        },
        dims=("time", "region"),
    )


def _many_sites(rows: pd.DataFrame, what: str, regions: list[str]) -> xr.DataArray:
    many = many_sites(rows)
    concerned = set(rows.loc[~many, "region"])
    medians = _median(rows[many], what, [], regions)
    return medians.where([region in concerned for region in regions])


def _by_approach(rows: pd.DataFrame, what: str, regions: list[str]) -> xr.DataArray:
    means = rows.groupby(["approach", "region"])[what].mean()
    array = means.to_xarray().reindex(region=regions).astype(float)
    owner = dict(zip(rows["approach"], rows["family"].map(family_of), strict=True))
    families = [owner[name] for name in array["approach"].to_numpy()]
    return array.assign_coords(family=("approach", families))


def _per_region(
    rows: pd.DataFrame, column: str, regions: list[str], statistic: str
) -> xr.DataArray:
    found = rows.groupby("region")[column].agg(statistic)
    return found.to_xarray().reindex(region=regions).astype(float)

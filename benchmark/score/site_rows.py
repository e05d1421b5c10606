"""Rows of a metric at sites: by region, and by class of site."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import xarray as xr

from benchmark.harmonise.variable import Variable
from benchmark.metrics import Metric
from benchmark.metrics.aggregate import aggregate
from benchmark.score.measured import by_region, measured, measured_row, reported
from benchmark.score.represented import Land
from benchmark.score.rows import RowMaker
from benchmark.score.site_pair import SitePair
from benchmark.score.site_places import Places
from benchmark.score.site_remarks import (
    Lost,
    few_cells,
    left_out,
    no_whole_year,
    none_compared,
    sites_of,
)
from benchmark.score.site_twins import null_scores_at_sites, perfect_values
from benchmark.score.task import Numbers, Row


@dataclass(frozen=True)
class Asked:
    """A metric, what it was given at sites, and what it made of it.

    Parameters
    ----------
    metric : Metric
        Which.
    numbers : Numbers
        As it was given them.
    places : Places
        What it was given.
    result : Dataset
        What it returned.
    lost : dict
        Why sites are left out: reason to (site,).
    """

    metric: Metric[...]
    numbers: Numbers
    places: Places
    result: xr.Dataset
    lost: Lost

    @property
    def valid(self) -> np.ndarray:
        """The places that the metric has a number for (place,)."""
        size = self.places.weights.sizes["site"]
        found = np.ones(size, dtype=bool)
        for name in ("value_map", "score_map"):
            if name in self.result and self.result[name].dims == ("site",):
                found &= self.result[name].notnull().to_numpy()
                return found
        for side in ("model_mean", "reference_mean"):
            value = self.places.statistics[side]
            found &= value.notnull().to_numpy()
        return found


def site_rows(
    asked: Asked, pair: SitePair, variable: Variable, land: Land, maker: RowMaker
) -> list[Row]:
    """Return a row for each region or class that has sites.

    Parameters
    ----------
    asked : Asked
        A metric at sites.
    pair : SitePair
        Both sides.
    variable : Variable
        What is compared.
    land : Land
        Of the regions.
    maker : RowMaker
        The columns that are known already.

    Returns
    -------
    list of dict
    """
    factor, units = reported(asked.metric, variable)
    values, messages = measured(asked.result)
    columns = _columns(asked, factor)
    rows = []
    for id in asked.places.ids:
        sites = sites_of(id, pair)
        if not sites.any():
            continue
        here = asked.places.of(id, asked.valid)
        members = [asked.places.members[number] for number in here]
        count = int(sum(group.size for group in members))
        known: dict[str, Any] = {
            "metric": asked.metric.name,
            "region": id,
            "units": units,
            "n": float(here.size),
            "n_sites": float(count),
            "coverage": count / int(sites.sum()),
            **{name: found[id] for name, found in columns.items()},
        }
        where = np.concatenate(members) if members else np.zeros(0, dtype=int)
        if id in pair.cells.regions:
            lat, lon = pair.cells.lat[where], pair.cells.lon[where]
            known["represented"] = land.represented(id, lat, lon)
        if not count:
            mine = maker.knowing(**known)
            rows.append(none_compared(asked.metric, asked.lost, pair, sites, mine))
            continue
        told = left_out(asked.lost, pair, sites), few_cells(here.size, count)
        mine = maker.knowing(remark="; ".join(filter(None, told)), **known)
        row = measured_row(values, messages, id, factor, mine)
        plain = row["status"] == "not_assessed" and "undefined here" in row["message"]
        if plain and "reference_climatology" in asked.metric.needs:
            row = no_whole_year(asked.metric, mine)
        rows.append(row)
    return rows


def _columns(asked: Asked, factor: float) -> dict[str, dict[str, float]]:
    """Return the reference's value, its spread over places and the null model."""
    metric, places, numbers = asked.metric, asked.places, asked.numbers
    columns: dict[str, dict[str, float]] = {}
    given = places.statistics["reference_mean"]
    held = xr.DataArray(asked.valid, dims="site")
    if metric.direction == "reference":
        found = perfect_values(metric, places, numbers)
        if found is not None:
            columns["reference_value"] = by_region(found * factor)
    elif metric.units == "variable":
        mean = aggregate(given.reset_coords(drop=True).where(held), places.weights)
        columns["reference_value"] = by_region(mean * factor)
    if metric.units == "variable":
        here = given.reset_coords(drop=True).where(held & (places.weights > 0))
        spread = here.std("site", ddof=1).where(here.count("site") > 1)
        columns["u_space"] = by_region(spread * factor)
    wet = given.attrs.get("area_basis") == "wetland"
    null = null_scores_at_sites(metric, places, numbers, median=wet)
    if null is not None:
        columns["score_null"] = by_region(null.clip(0.0, 1.0))
    return {**columns, **_stated(asked, factor)}


def _stated(asked: Asked, factor: float) -> dict[str, dict[str, float]]:
    """Return tolerance and scale as they were used, the same everywhere."""
    metric, numbers = asked.metric, asked.numbers
    names = (*metric.needs, *metric.optional)
    found = {}
    if metric.relative:
        found["u_used"] = numbers.relative_tolerance
    elif "tolerance" in names and numbers.tolerance is not None:
        found["u_used"] = numbers.tolerance * factor
    if "scale" in names and numbers.scale is not None:
        found["scale"] = numbers.scale * factor
    return {
        name: dict.fromkeys(asked.places.ids, value)
        for name, value in found.items()
        if value is not None
    }

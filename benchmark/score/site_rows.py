"""Rows of a metric at sites: by region, and by class of site."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import xarray as xr

from benchmark.harmonise.variable import Variable
from benchmark.metrics import Metric
from benchmark.metrics.aggregate import aggregate
from benchmark.regions.site_classes import class_id
from benchmark.score.few_sites import ENOUGH_SITES
from benchmark.score.measured import by_region, measured, measured_row, reported
from benchmark.score.represented import Land
from benchmark.score.rows import RowMaker
from benchmark.score.site_pair import SitePair
from benchmark.score.site_places import Places
from benchmark.score.site_twins import null_scores_at_sites, perfect_values
from benchmark.score.task import Numbers, Row

DRY_CELL = "in a cell with less than 5 % of wetland"
NO_WETLAND_CLASS = "of no class of wetland"
# As many are named where sites are left out.
_NAMED = 3


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
    lost: dict[str, np.ndarray]

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
        sites = _sites_of(id, pair)
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
        told = [_left_out(asked, pair, sites), _few(here.size, count)]
        here_maker = maker.knowing(remark="; ".join(filter(None, told)), **known)
        if count:
            row = measured_row(values, messages, id, factor, here_maker)
            rows.append(_reason(row, asked, here_maker))
        else:
            rows.append(_of_none(asked, pair, sites, maker.knowing(**known)))
    return rows


def _sites_of(id: str, pair: SitePair) -> np.ndarray:
    """Return the sites with a value of a region, or of a class within the regions."""
    cells = pair.cells
    if id in cells.regions:
        return np.asarray(cells.inside[cells.regions.index(id)] & pair.observed)
    mine = np.array([class_id(name) == id for name in cells.classes])
    return np.asarray(mine & cells.inside.any(axis=0) & pair.observed)


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


def _few(places: int, sites: int) -> str:
    if not places:
        return ""
    text = f"{sites} sites in {places} cells, those of one cell averaged first"
    text = text if sites > places else ""
    if places >= ENOUGH_SITES:
        return text
    return f"few sites: {sites} in {places} cell{'s' * (places > 1)}"


def _left_out(asked: Asked, pair: SitePair, sites: np.ndarray) -> str:
    """Say how many sites of a region are not compared, and why."""
    parts = []
    for reason, gone in asked.lost.items():
        some = np.flatnonzero(gone & sites)
        if some.size:
            names = list(dict.fromkeys(pair.cells.names[some].tolist()))
            more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
            parts.append(f"{', '.join(names[:_NAMED])}{more} {reason}")
    return f"left out: {'; '.join(parts)}" if parts else ""


def _reason(row: Row, asked: Asked, maker: RowMaker) -> Row:
    """Say of a cycle that cannot be assessed that months are missing."""
    plain = row["status"] == "not_assessed" and "undefined here" in row["message"]
    if not plain or "reference_climatology" not in asked.metric.needs:
        return row
    return _no_whole_year(asked, maker)


def _no_whole_year(asked: Asked, maker: RowMaker) -> Row:
    msg = (
        f"no site here has the months on both sides that {asked.metric.name} needs: "
        "twelve, and a cycle above its noise"
    )
    return maker.unscored("not_assessed", msg)


def _of_none(asked: Asked, pair: SitePair, sites: np.ndarray, maker: RowMaker) -> Row:
    """Return the row of a region where no site can be compared."""
    lost = np.zeros_like(sites)
    for gone in asked.lost.values():
        lost = lost | gone
    if "reference_climatology" in asked.metric.needs and (sites & ~lost).any():
        return _no_whole_year(asked, maker)
    said = _left_out(asked, pair, sites) or "no site here has values on both sides"
    found = (DRY_CELL, NO_WETLAND_CLASS)
    dry = any((asked.lost[name] & sites).any() for name in found if name in asked.lost)
    text = f"no site here is compared, of {int(sites.sum())} in the table; {said}"
    return maker.unscored("not_assessed" if dry else "no_overlap", text)

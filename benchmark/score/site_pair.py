"""A model and a reference at sites, on the months that both have."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import xarray as xr

from benchmark.config.descriptors import Period
from benchmark.errors import NoOverlapError, NotCoveredError
from benchmark.harmonise.harmonised import Harmonised
from benchmark.harmonise.variable import Variable
from benchmark.score.site_cells import SiteCells
from benchmark.score.window import (
    cut_to_common,
    cut_to_period,
    recent_years,
    whole_years,
)

OFF_GRID = "outside the model's grid"
NO_VALUES = "in a cell where the model has no values (sea, lake or ice)"
NO_THAW = "in a cell where the model has no active layer (no land, or no permafrost)"
NO_MONTHS = "without a month that the model has, too"


@dataclass(frozen=True)
class SitePair:
    """Both sides at the sites, NaN where either has nothing.

    Parameters
    ----------
    cells : SiteCells
        Where the sites are.
    model, reference : DataArray
        (time, site), the same months; or (site,) of the reference and
        (time, site) or (site,) of the model, whose mean is compared.
    others : mapping
        Companions of the model (..., site), by variable.
    observed, modelled : ndarray of bool
        Which sites have a value at all, and a cell with any (site,).
    """

    cells: SiteCells
    model: xr.DataArray
    reference: xr.DataArray
    others: Mapping[str, xr.DataArray]
    observed: np.ndarray
    modelled: np.ndarray

    @property
    def used(self) -> np.ndarray:
        """Which sites are compared (site,)."""
        return ever(self.reference)

    def lost(self) -> dict[str, np.ndarray]:
        """Return why sites with a value are not compared: reason to (site,)."""
        gone = self.observed & ~self.used
        off = ~self.cells.on_grid
        thaw = self.reference.attrs.get("variable") == "alt"
        return {
            OFF_GRID: gone & off,
            NO_THAW if thaw else NO_VALUES: gone & ~off & ~self.modelled,
            NO_MONTHS: gone & ~off & self.modelled,
        }


def same_time_at_sites(
    model: Harmonised, sites: Harmonised, variable: Variable, period: Period | None
) -> tuple[xr.DataArray, xr.DataArray, str]:
    """Return the field of a model and the sites on the time they share.

    Parameters
    ----------
    model, sites : Harmonised
        A field, and sites with months or without time.
    variable : Variable
        What is compared.
    period : tuple of int or None
        The years that values without time are of.

    Returns
    -------
    field, sites : DataArray
        Of the same months; or, where the sites have no time, the model's years
        within the period: a stock's last 20.
    remark : str

    Raises
    ------
    NoOverlapError
        If they share no month, or the model has no whole year.
    NotCoveredError
        If the sites have months and the model has none.
    """
    field, reference = model.field, sites.field
    if "month" in reference.coords:
        if "month" not in field.coords:
            msg = "the sites have months and the model has none: nothing to pair"
            raise NotCoveredError(msg)
        return *cut_to_common(field, reference, model.where), ""
    if "time" not in field.dims:
        return field, reference, "the model is a mean without time"
    if variable.is_stock:
        return recent_years(field), reference, _mean_of(recent_years(field))
    remark = ""
    try:
        field = cut_to_period(field, period, model.where)
    except NoOverlapError:
        remark = f"; the sites are of {period[0]}-{period[1]}" if period else ""
    field = whole_years(field)
    if field.sizes["time"] == 0:
        msg = f"{model.where}: has no whole calendar year"
        raise NoOverlapError(msg)
    return field, reference, _mean_of(field) + remark


def _mean_of(field: xr.DataArray) -> str:
    years = field["year"].to_numpy()
    return f"values of sites against the model's mean of {years[0]}-{years[-1]}"


def paired_at_sites(
    cells: SiteCells,
    model: xr.DataArray,
    reference: xr.DataArray,
    others: Mapping[str, xr.DataArray],
    observed: np.ndarray,
) -> SitePair:
    """Return both sides with the same sites and months missing.

    Parameters
    ----------
    cells : SiteCells
        Where the sites are.
    model : DataArray
        (time, site) or (site,), computed.
    reference : DataArray
        (time, site) of the same months, or (site,).
    others : mapping
        Companions of the model.
    observed : ndarray of bool
        Which sites have a value in any year (site,).

    Returns
    -------
    SitePair
    """
    kept = ("year", "month", "days")
    extra = [name for name in reference.coords if name not in kept]
    bare = reference.drop_vars(extra).assign_attrs(reference.attrs)
    modelled = ever(model)
    if "time" in bare.dims:
        model = model.drop_vars("time", errors="ignore")
        both = (model.notnull() & bare.notnull()).reset_coords(drop=True)
        model, bare = model.where(both), bare.where(both)
    else:
        both = xr.DataArray(observed & modelled, dims="site")
        model, bare = model.where(both), bare.where(both)
    return SitePair(cells, model, bare, others, observed, modelled)


def ever(values: xr.DataArray) -> np.ndarray:
    """Return which sites have a value at any time (site,).

    Parameters
    ----------
    values : DataArray
        (time, site) or (site,).

    Returns
    -------
    ndarray of bool
    """
    held = values.notnull()
    return np.asarray(held.any("time") if "time" in held.dims else held)

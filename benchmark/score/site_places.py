"""Sites of one cell as one place: statistics, and which region they are of.

A model has one value in a cell, however many sites are there; as separate
sites they would count the cell several times.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import xarray as xr

from benchmark.metrics.wetland import largest, wetland_area
from benchmark.regions.site_classes import class_id
from benchmark.score.companion_statistics import series_statistics
from benchmark.score.site_pair import SitePair
from benchmark.statistics import reductions

Statistics = dict[str, xr.DataArray]


@dataclass(frozen=True)
class Places:
    """Statistics at the cells that hold sites, and the groups they are of.

    Parameters
    ----------
    statistics : dict
        By the names that metrics use, (..., site), a site for each place.
    weights : DataArray
        (region, site), 1 and 0: which places a region or a class has.
    members : list of ndarray
        The sites of each place.
    """

    statistics: Statistics
    weights: xr.DataArray
    members: Sequence[np.ndarray]

    @property
    def ids(self) -> list[str]:
        """Ids of the regions or classes."""
        return [str(id) for id in self.weights["region"].to_numpy()]

    def of(self, id: str, valid: np.ndarray) -> np.ndarray:
        """Return the numbers of the valid places of a region or class."""
        inside = self.weights.sel(region=id).to_numpy() > 0
        return np.flatnonzero(inside & valid)


def make_places(
    pair: SitePair,
    kept: np.ndarray,
    others_of_reference: Sequence[str] = (),
    *,
    divided: bool,
    by_class: bool,
) -> Places:
    """Return the places of a pair, over regions or over classes of sites.

    Parameters
    ----------
    pair : SitePair
        Both sides.
    kept : ndarray of bool
        Which sites count (site,).
    others_of_reference : sequence of str
        Companions of the model that stand for the reference's, too.
    divided : bool
        Whether sites of one cell and several classes are several places.
    by_class : bool
        Whether the weights are of classes rather than of regions.

    Returns
    -------
    Places
        A place is the sites of one cell, in the same regions.
    """
    cells = pair.cells
    keys = [cells.cell, *cells.inside.astype(int)]
    names, codes = np.unique(cells.classes, return_inverse=True)
    if divided:
        keys.append(codes)
    chosen = np.flatnonzero(kept)
    table = np.array(keys).T[chosen]
    firsts, place = np.unique(table, axis=0, return_inverse=True)
    place = place.reshape(-1)
    members = [chosen[place == number] for number in range(len(firsts))]
    heads = np.array([group[0] for group in members], dtype=int)
    ids, inside = list(cells.regions), cells.inside[:, heads]
    if by_class:
        known = [name for name in names if name]
        ids = [class_id(name) for name in known]
        inside = np.array([cells.classes[heads] == name for name in known])
        inside = inside.reshape(len(ids), heads.size)
    weights = xr.DataArray(inside.astype(float), {"region": ids}, ("region", "site"))
    found = _statistics(pair, members, others_of_reference)
    if divided:
        labels = ("site", cells.classes[heads])
        found = {
            name: value.assign_coords(site_class=labels)
            if "site" in value.dims
            else value
            for name, value in found.items()
        }
    return Places(found, weights, members)


def wet_enough(pair: SitePair, smallest: float) -> np.ndarray | None:
    """Return which sites lie in a cell with that much wetland in its wettest month.

    Parameters
    ----------
    pair : SitePair
        With ``wetlandFrac`` among its companions.
    smallest : float
        Fraction of the land.

    Returns
    -------
    ndarray of bool or None
        (site,); None if the model has no wetland.
    """
    wetland = pair.others.get("wetlandFrac")
    if wetland is None:
        return None
    found = series_statistics(wetland)
    area = wetland_area(found["mean"], found.get("climatology"))
    assert area is not None
    return np.asarray(largest(area) >= smallest)


def _statistics(
    pair: SitePair, members: Sequence[np.ndarray], shared: Sequence[str]
) -> Statistics:
    names = ("variable", "units", "mass_basis", "statistic")
    attrs = {name: pair.reference.attrs[name] for name in names}
    model = series_statistics(averaged(pair.model, members))
    reference = series_statistics(averaged(pair.reference, members))
    found: Statistics = {}
    basis = {"model": pair.model, "reference": pair.reference}
    for side, values in (("model", model), ("reference", reference)):
        said = {**attrs, "area_basis": basis[side].attrs.get("area_basis", "land")}
        found |= {
            f"{side}_{name}": value.reset_coords(drop=True).assign_attrs(said)
            if name != "series"
            else value.assign_attrs(said)
            for name, value in values.items()
        }
    if "month" in pair.model.coords:
        found["month_length"] = reductions.month_length(pair.model)
    for other, beside in pair.others.items():
        made = series_statistics(averaged(beside, members))
        found |= {f"model_{other}_{name}": value for name, value in made.items()}
        if other in shared:
            found |= {f"reference_{other}_{name}": v for name, v in made.items()}
    return found


def averaged(values: xr.DataArray, members: Sequence[np.ndarray]) -> xr.DataArray:
    """Return the mean over the sites of each place that have a value.

    Parameters
    ----------
    values : DataArray
        (..., site).
    members : sequence of ndarray
        The sites of each place.

    Returns
    -------
    DataArray
        (..., site), a site for each place.
    """
    belongs = np.zeros((len(members), values.sizes["site"]))
    for number, sites in enumerate(members):
        belongs[number, sites] = 1.0
    which = xr.DataArray(belongs, dims=("place", "site"))
    total = xr.dot(which, values.fillna(0.0), dim="site")
    count = xr.dot(which, values.notnull().astype(float), dim="site")
    mean = (total / count.where(count > 0)).rename(place="site")
    calendar = {n: values[n] for n in ("year", "month", "days") if n in values.coords}
    return (
        mean.assign_coords(calendar).transpose(..., "site").assign_attrs(values.attrs)
    )

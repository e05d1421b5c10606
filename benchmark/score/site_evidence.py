"""What stands behind scores at sites: both sides, site by site."""

import numpy as np
import xarray as xr

from benchmark.harmonise.variable import Variable
from benchmark.metrics.wetland import largest, wetland_area
from benchmark.regions import Regions
from benchmark.score.companion_statistics import series_statistics
from benchmark.score.site_pair import SitePair
from benchmark.score.site_tables import region_of_sites
from benchmark.statistics import reductions


def site_evidence(
    pair: SitePair,
    regions: Regions,
    variable: Variable,
    wet: np.ndarray | None,
    *,
    per_wetland: bool,
) -> xr.Dataset | None:
    """Return the sites that are compared, in report units.

    Parameters
    ----------
    pair : SitePair
        Both sides.
    regions : Regions
        Where.
    variable : Variable
        What is compared.
    wet : ndarray of bool or None
        Which sites lie in cells with enough wetland (site,).
    per_wetland : bool
        Whether the sites are per area of wetland: then the model is, too.

    Returns
    -------
    Dataset or None
        See `benchmark.score.result.Evidence`; None if the sides cannot be of
        the same area, or no site is compared.
    """
    model, kept = pair.model, pair.used
    if per_wetland:
        if wet is None:
            return None
        kept = kept & wet
    sites = np.flatnonzero(kept)
    if not sites.size:
        return None
    found = {
        "model": reductions.mean(model),
        "reference": reductions.mean(pair.reference),
    }
    if per_wetland:
        found["model"] = found["model"] / _wetland(pair)
    if "month" in pair.reference.coords:
        found["model_cycle"] = reductions.climatology(model)
        found["reference_cycle"] = reductions.climatology(pair.reference)
    data = xr.Dataset(
        {
            name: (value.reset_coords(drop=True) * variable.report_factor)
            for name, value in found.items()
        }
    ).isel(site=sites)
    cells = pair.cells
    data = data.assign_coords(
        site=cells.names[sites],
        lat=("site", cells.lat[sites]),
        lon=("site", cells.lon[sites]),
        site_class=("site", cells.classes[sites]),
    )
    region = region_of_sites(data["lat"], data["lon"], regions)
    data = data.assign_coords(region=("site", region)).transpose("site", ...)
    basis = "wetland" if per_wetland else "land"
    return data.drop_attrs().assign_attrs(units=variable.report_units, area_basis=basis)


def _wetland(pair: SitePair) -> xr.DataArray:
    found = series_statistics(pair.others["wetlandFrac"])
    area = wetland_area(found["mean"], found.get("climatology"))
    assert area is not None
    return largest(area).reset_coords(drop=True)

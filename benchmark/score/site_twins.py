"""What takes the model's place at sites: the reference itself, and a null model."""

import numpy as np
import xarray as xr

from benchmark.metrics import Metric
from benchmark.metrics.parameters import companion_of
from benchmark.score.evaluate import NotAssessable, evaluate
from benchmark.score.site_places import Places, Statistics
from benchmark.score.task import Numbers


def perfect_values(
    metric: Metric[...], places: Places, numbers: Numbers
) -> xr.DataArray | None:
    """Return what a metric has of the sites themselves: its value of a perfect model.

    Parameters
    ----------
    metric : Metric
        One whose value is near the reference's where it is good.
    places : Places
        The sites.
    numbers : Numbers
        As the metric is given them.

    Returns
    -------
    DataArray or None
        (region,); None if it cannot be made.
    """
    return _evaluated(metric, places, numbers, _in_place_of_model(places), "value")


def null_scores_at_sites(
    metric: Metric[...], places: Places, numbers: Numbers, *, median: bool
) -> xr.DataArray | None:
    """Return the scores of a null model: the mean of all sites, everywhere.

    It knows the level and the season of the north, and no place from another.

    Parameters
    ----------
    metric : Metric
        Which.
    places : Places
        The sites.
    numbers : Numbers
        As the metric is given them.
    median : bool
        Whether the metric compares medians of sites.

    Returns
    -------
    DataArray or None
        (region,); None where the metric does not compare the two sides.
    """
    if not any(name.startswith("reference_") for name in metric.needs):
        return None
    same = {}
    for name, value in _in_place_of_model(places).items():
        known = places.statistics[name]
        if "site" in value.dims and not companion_of(name):
            middle = value.median("site") if median else value.mean("site")
            value = middle.broadcast_like(known).transpose(*known.dims)
            value = value.where(known.notnull()).assign_attrs(known.attrs)
            value = value.assign_coords(known.coords)
        same[name] = value
    return _evaluated(metric, places, numbers, same, "score")


def _in_place_of_model(places: Places) -> Statistics:
    """Return the reference's statistics under the names of the model's."""
    found: Statistics = {}
    for name, value in places.statistics.items():
        if not name.startswith("model_"):
            continue
        twin = places.statistics.get(name.replace("model_", "reference_", 1))
        if companion_of(name) == "wetlandFrac":
            # Values of sites are per area of the surface that was measured.
            found[name] = xr.ones_like(value).where(value.notnull())
        elif twin is not None:
            found[name] = twin.assign_attrs(value.attrs)
    return found


def _evaluated(
    metric: Metric[...],
    places: Places,
    numbers: Numbers,
    model: Statistics,
    what: str,
) -> xr.DataArray | None:
    asked = [name for name in metric.needs if name.startswith("model_")]
    if not asked or not set(asked) <= set(model):
        return None
    rest = {n: v for n, v in places.statistics.items() if not n.startswith("model_")}
    try:
        result = evaluate(
            metric, {**rest, **model}, weights=places.weights, numbers=numbers
        )
    except NotAssessable:
        return None
    if what not in result or "region" not in result[what].dims:
        return None
    found = result[what].reset_coords(drop=True)
    return found if bool(np.isfinite(found).any()) else None

"""Spread and correlation of models against maps, or against the vector of regions."""

from collections.abc import Mapping, Sequence

import numpy as np
import xarray as xr

from benchmark.report import labels
from benchmark.report.ensemble.levels import (
    Levels,
    all_levels,
    broadest,
    depth_of,
)
from benchmark.report.ensemble.names import approach_label
from benchmark.report.figures.canvas import MARKS
from benchmark.report.figures.projection import SOUTH
from benchmark.report.figures.taylor import Point
from benchmark.report.site import Site

FEWEST = 5  # regions or cells of which a correlation is taken


def map_points(site: Site) -> list[tuple[str, str, list[Point]]]:
    """Return the statistics of maps north of 45 N, one set for each variable.

    Parameters
    ----------
    site : Site
        The run.

    Returns
    -------
    list of tuple
        Key, title and points of the map reference that most models share, the
        deepest of several.
    """
    shared: dict[str, list[str]] = {}
    for (model, reference), evidence in site.result.evidence.items():
        if evidence.maps is not None:
            shared.setdefault(reference, []).append(model)
    best: dict[str, str] = {}
    for reference in site.reference_slug:
        known = site.result.references.get(reference)
        if reference in shared and known is not None:
            held = best.get(known.variable, reference)
            best[known.variable] = max(
                held,
                reference,
                key=lambda id: (len(shared[id]), depth_of(site, id)),
            )
    made = []
    for variable, reference in best.items():
        title = f"{_what(variable)} of {site.reference_label(reference)}, cells"
        points = []
        for place, model in enumerate(site.matrix.models, 1):
            if model in shared[reference]:
                maps = site.result.evidence[model, reference].maps
                point = _map_point(place, model, maps)
                points += [point] if point else []
        if points:
            made.append((f"map-{_key(variable)}", title, points))
    return made


def _map_point(place: int, model: str, maps: xr.Dataset | None) -> Point | None:
    if maps is None:
        return None
    north = maps.where(maps["lat"] >= SOUTH, drop=True).transpose("lat", "lon", ...)
    mine = np.asarray(north["model"].values, float)
    theirs = np.asarray(north["reference"].values, float)
    lat = np.radians(north["lat"].values)[:, None]
    return statistics(place, model, mine, theirs, np.cos(lat) * np.ones_like(mine))


def statistics(
    place: int,
    model: str,
    mine: np.ndarray,
    theirs: np.ndarray,
    weights: np.ndarray | None = None,
    family: str = "",
) -> Point | None:
    """Return ratio of spreads and correlation where both have values.

    Parameters
    ----------
    place : int
        Number in the figure.
    model : str
        Whose.
    mine, theirs : ndarray
        Of one shape.
    weights : ndarray, optional
        Of the same shape: areas.
    family : str
        Of an approach; empty for a model.

    Returns
    -------
    Point or None
        None of fewer than `FEWEST` values, or where one of them is constant.
    """
    both = np.isfinite(mine) & np.isfinite(theirs)
    n = int(both.sum())
    if n < FEWEST:
        return None
    w = np.ones(n) if weights is None else weights[both]
    covariance = np.cov(np.stack([mine[both], theirs[both]]), aweights=w, ddof=0)
    spread = np.sqrt(np.diag(covariance))
    if not (spread > 0).all():
        return None
    r = float(np.clip(covariance[0, 1] / spread.prod(), -1, 1))
    return Point(place, model, float(spread[0] / spread[1]), r, n, family)


def region_points(site: Site) -> list[tuple[str, str, list[Point]]]:
    """Return the statistics over regions, one set for each variable.

    Parameters
    ----------
    site : Site
        The run.

    Returns
    -------
    list of tuple
        Key, title and points of the regional reference with most pairs; only
        of quantities per area, as totals follow the size of regions.
    """
    levels = [
        one
        for one in all_levels(site)
        if one.is_density and _regional(site, one.reference)
    ]
    made = []
    for variable, one in broadest(site, levels).items():
        points = _models(site, one) + _approaches(site, one)
        if any(not point.family for point in points):
            n = max(point.n for point in points)
            label = site.reference_label(one.reference)
            title = f"{_what(variable)} of {label}, {n} regions"
            made.append((f"regions-{_key(variable)}", title, points))
    return made


def _regional(site: Site, reference: str) -> bool:
    known = site.result.references.get(reference)
    return known is not None and known.kind == "regional"


def _models(site: Site, one: Levels) -> list[Point]:
    points = []
    for place, model in enumerate(site.matrix.models, 1):
        point = statistics(
            place,
            model,
            _vector(one.model, model, one.regions),
            _vector(one.against, model, one.regions),
        )
        points += [point] if point else []
    return points


def _vector(
    values: Mapping[tuple[str, str], float], model: str, regions: Sequence[str]
) -> np.ndarray:
    return np.array([values.get((model, region), np.nan) for region in regions])


def _approaches(site: Site, one: Levels) -> list[Point]:
    table = site.result.approaches.get(one.reference)
    if table is None or table["approach"].nunique() < 3:
        return []
    here = table[table["region"].isin(one.regions)]
    if here.duplicated(["approach", "region"]).any():
        return []
    wide = here.pivot(index="region", columns="approach", values="value")
    wide = wide.reindex(list(one.regions))
    families = here.drop_duplicates("approach").set_index("approach")["family"]
    points = []
    for approach in dict.fromkeys(here["approach"]):
        others = wide.drop(columns=approach).median(axis=1).to_numpy(float)
        mark = approach if approach in MARKS else str(families[approach])
        point = statistics(
            0,
            approach_label(approach),
            wide[approach].to_numpy(float),
            others,
            family=mark,
        )
        points += [point] if point else []
    return points


def _what(variable: str) -> str:
    return labels.sentence(labels.short(variable))


def _key(variable: str) -> str:
    return variable.lower()

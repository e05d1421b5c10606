"""Taylor diagrams of models against maps, or against the vector of regions."""

from collections.abc import Mapping, Sequence

import numpy as np
import xarray as xr

from benchmark.report import labels
from benchmark.report.drawing import Studio
from benchmark.report.ensemble.levels import (
    Levels,
    all_levels,
    broadest,
    depth_of,
)
from benchmark.report.ensemble.nee import approach_label
from benchmark.report.ensemble.section import Cell, Grid, Line, Section
from benchmark.report.figures.canvas import MARKS, Picture
from benchmark.report.figures.projection import SOUTH
from benchmark.report.figures.taylor import Point, describe, draw_taylor
from benchmark.report.numbers import count, number
from benchmark.report.site import Site

ID, TOPIC = "taylor", "Spread and pattern"
FEWEST = 5  # regions or cells of which a correlation is taken


def taylor_section(site: Site, studio: Studio) -> Section:
    """Return the section of Taylor diagrams, and draw them.

    Parameters
    ----------
    site : Site
        The run.
    studio : Studio
        Knows where figures go.

    Returns
    -------
    Section
    """
    sets = [*map_points(site), *region_points(site)]
    if not sets:
        empty = (
            f"No model shares {FEWEST} regions, or a map, with a reference of a "
            "quantity "
            "per area, so there is no pattern to compare."
        )
        return Section(ID, TOPIC, empty=empty)
    pictures, grids, told = [], [], []
    for key, title, points in sets:
        against = f"{title}, {count(sum(not p.family for p in points), 'model')}"
        name = f"ensemble-taylor-{key}"
        alt = describe(points, title)
        picture = draw_taylor(points, against, alt, studio.folder, name)
        pictures.append(picture)
        grids.append(_grid(site, points, title, picture))
        told.append((title, points))
    return Section(
        ID,
        TOPIC,
        finding(told),
        words=tuple(contrasts(title, points) for title, points in told),
        read=(
            "The angle is the correlation with the reference, the distance from the "
            "origin the spread in space over that of the reference, and the distance "
            "from "
            "the black dot the error that is left without the mean bias (dashed).",
            f"Numbers are models: {_names(told)}.",
            "Marks are the approaches of the reference, each against the median of the "
            "others.",
        ),
        cannot=(
            "The mean bias is left out: a model at the black dot may still have twice "
            "the carbon. Correlations of eight regions are loose: with eight values, "
            "|r| below 0.71 is no different from none at p = 0.05.",
        ),
        key="taylor",
        names=tuple(
            family
            for family in MARKS
            if any(p.family == family for _, points in told for p in points)
        ),
        pictures=tuple(pictures),
        grids=tuple(grids),
    )


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


def finding(sets: Sequence[tuple[str, Sequence[Point]]]) -> str:
    """Say how well models have the pattern, and whether it is too flat.

    Parameters
    ----------
    sets : sequence of tuple
        Title and points of each diagram.

    Returns
    -------
    str
    """
    found = {title: medians(points) for title, points in sets}
    ranked = sorted(found, key=lambda title: -found[title][0])
    best, worst = ranked[0], ranked[-1]
    much = "the" if found[best][0] >= 0.5 else "little of the"
    text = f"The models have {much} pattern of {_where(best)} {_r(found[best][0])}"
    if best != worst:
        text += f", least that of {_where(worst)} {_r(found[worst][0])}"
    return text


def _names(sets: Sequence[tuple[str, Sequence[Point]]]) -> str:
    models = {p.number: p.label for _, points in sets for p in points if not p.family}
    return ", ".join(f"{place} {models[place]}" for place in sorted(models))


def contrasts(title: str, points: Sequence[Point]) -> str:
    """Say whether models' contrasts between places are as large as they should be."""
    r, ratio = medians(points)
    shape = (
        "too flat" if ratio < 0.8 else "too steep" if ratio > 1.25 else "about right"
    )
    return (
        f"{title}: median correlation {_signed(r)}; contrasts {shape}, "
        f"{number(ratio, 2)} times those of the reference."
    )


def medians(points: Sequence[Point]) -> tuple[float, float]:
    """Return the models' median correlation and ratio of spreads."""
    models = [point for point in points if not point.family]
    r = float(np.median([point.r for point in models]))
    return r, float(np.median([point.ratio for point in models]))


def _where(title: str) -> str:
    what = title.split(" of ", maxsplit=1)[0]
    return what if what[1:2].isupper() else what[:1].lower() + what[1:]


def _r(value: float) -> str:
    return f"(median correlation {_signed(value)})"


def _signed(value: float) -> str:
    return f"{value:.2f}".replace("-", "\N{MINUS SIGN}")


def _grid(site: Site, points: list[Point], title: str, picture: Picture) -> Grid:
    lines = tuple(
        Line(
            f"{point.number} {point.label}" if point.number else point.label,
            (
                Cell(f"{point.r:.2f}".replace("-", "\N{MINUS SIGN}"), point.r),
                Cell(number(point.ratio), point.ratio),
                Cell(number(point.error), point.error),
                Cell(str(point.n), point.n),
            ),
            "" if point.family else site.model_href(point.label),
        )
        for point in points
    )
    columns = ("correlation", "spread ratio", "centred error, in spreads", "n")
    return Grid(title, "Model", columns, lines, picture.data, fold=f"Names: {title}")


def _what(variable: str) -> str:
    return labels.sentence(labels.short(variable))


def _key(variable: str) -> str:
    return variable.lower()

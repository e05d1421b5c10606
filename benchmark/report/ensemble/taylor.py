"""Taylor diagrams of models against maps, or against the vector of regions."""

from collections.abc import Sequence

import numpy as np

from benchmark.report.drawing import Studio
from benchmark.report.ensemble.patterns import FEWEST, map_points, region_points
from benchmark.report.ensemble.section import Cell, Grid, Line, Section
from benchmark.report.figures.canvas import MARKS, Picture
from benchmark.report.figures.taylor import Point, describe, draw_taylor
from benchmark.report.numbers import count, number
from benchmark.report.site import Site

ID, TOPIC = "taylor", "Spread and pattern"
ANGLES = (
    "The angle is the correlation with the reference, the distance from the "
    "origin the spread in space over that of the reference, and the distance "
    "from "
    "the black dot the error that is left without the mean bias (dashed)."
)
CANNOT = (
    "The mean bias is left out: a model at the black dot may still have twice "
    "the carbon. Correlations of eight regions are loose: with eight values, "
    "|r| below 0.71 is no different from none at p = 0.05.",
)


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
            ANGLES,
            f"Numbers are models: {_names(told)}.",
            "Marks are the approaches of the reference, each against the median of the "
            "others.",
        ),
        cannot=CANNOT,
        key="taylor",
        names=tuple(
            family
            for family in MARKS
            if any(p.family == family for _, points in told for p in points)
        ),
        pictures=tuple(pictures),
        grids=tuple(grids),
    )


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

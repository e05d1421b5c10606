"""All models in the regions of one reference, upon its value and range."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from benchmark.report import labels
from benchmark.report.figures.canvas import (
    BAND,
    INK,
    MARKS,
    SOFT,
    Picture,
    lines_at,
    new_figure,
    points,
    save_svg,
    save_table,
    ticks,
)
from benchmark.report.figures.labelling import plain_text, shortened, wrapped
from benchmark.report.numbers import number

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDTH, LEFT, RIGHT, ROW = 660, 136, 16, 34
ABOVE, BELOW = 22, 24
SIZE, SMALL = points(12), points(11)
LETTERS = 18
NAME = 108  # pixels kept for the name of the lowest and of the highest model


@dataclass(frozen=True)
class Place:
    """One region: the reference's value and range, and (model, family, value)."""

    region: str
    models: tuple[tuple[str, str, float], ...]
    middle: float | None = None
    band: tuple[float, float] | None = None


@dataclass(frozen=True)
class ModelsByRegion:
    """A figure: regions under each other on one axis with a unit."""

    title: str
    variable: str
    unit: str
    places: Sequence[Place]


def draw_models(figure: ModelsByRegion, folder: Path, name: str) -> Picture:
    """Draw every model in every region and write the values.

    Parameters
    ----------
    figure : ModelsByRegion
        What to draw; the lowest and the highest model of a region are named.
    folder : Path
        Top of the report.
    name : str
        Name of the files, without ending.

    Returns
    -------
    Picture
        The figure, with its words.
    """
    height = ROW * len(figure.places) + ABOVE + BELOW
    axes = new_figure(WIDTH, height, (LEFT, RIGHT, ABOVE, BELOW))
    limits = _limits(figure)
    _dress(axes, figure, limits)
    pixel = (limits[1] - limits[0]) / (WIDTH - LEFT - RIGHT)
    for y, place in enumerate(figure.places):
        _draw_place(axes, y, place, pixel)
    picture = Picture(
        file=f"figures/{name}.svg",
        data=f"figures/{name}.csv",
        alt=describe(figure),
        title=f"{figure.title}, {figure.unit}".removesuffix(", "),
        width=WIDTH,
        height=height,
        unit=figure.unit,
    )
    save_svg(axes, folder / picture.file)
    save_table(_table(figure), folder / picture.data)
    return picture


def describe(figure: ModelsByRegion) -> str:
    """Say of each region the reference, the ends of the models and who is inside.

    Examples
    --------
    >>> here = Place("Alaska", (("A", "", 2.0), ("B", "", 9.0)), 3.0, (1.0, 4.0))
    >>> describe(ModelsByRegion("GPP", "gpp", "g", [here]))
    'GPP, g. Alaska: reference 3.00 (1.00 to 4.00), models 2.00 (A) to 9.00 (B), 1 of 2 in the range.'
    """  # noqa: E501
    return f"{figure.title}, {figure.unit}. " + " ".join(map(_say, figure.places))


def _say(place: Place) -> str:
    theirs = number(place.middle) if place.middle is not None else ""
    if place.band:
        spread = f"{number(place.band[0])} to {number(place.band[1])}"
        theirs = f"{theirs} ({spread})" if theirs else spread
    said = f"{place.region}: reference {theirs or 'without a value'}"
    if not place.models:
        return f"{said}, no model."
    ordered = sorted(place.models, key=lambda model: model[2])
    each = [f"{number(value)} ({name})" for name, _, value in ordered]
    if len(ordered) > 1:
        said += f", models {each[0]} to {each[-1]}"
    else:
        said += f", {each[0]}"
    if place.band:
        inside = sum(place.band[0] <= x <= place.band[1] for _, _, x in ordered)
        said += f", {inside} of {len(ordered)} in the range"
    return f"{said}."


def _draw_place(axes: "Axes", y: int, place: Place, pixel: float) -> None:
    if place.band:
        low, high = place.band
        axes.fill_between([low, high], y - 0.36, y + 0.36, color=BAND, linewidth=0)
    if place.middle is not None:
        axes.plot([place.middle] * 2, [y - 0.36, y + 0.36], color=SOFT, linewidth=1.8)
    ordered = sorted(place.models, key=lambda model: model[2])
    for family in dict.fromkeys(model[1] for model in ordered):
        shape, colour = MARKS.get(family, MARKS["process_based"])
        mine = [value for _, own, value in ordered if own == family]
        axes.plot(
            mine,
            [y] * len(mine),
            linestyle="none",
            marker=shape,
            markersize=points(11 if shape == "*" else 8),
            color=colour,
            markerfacecolor=colour if shape == "*" else "none",
            markeredgewidth=points(1.2),
            zorder=3,
        )
    style: dict[str, Any] = {"color": SOFT, "fontsize": SMALL, "va": "center"}
    ends = [(ordered[0], "right", -9), (ordered[-1], "left", 9)] if ordered else []
    for (name, _, value), side, gap in ends[: 2 if len(ordered) > 1 else 1]:
        text = plain_text(shortened(name, LETTERS))
        axes.text(value + gap * pixel, y, text, ha=side, zorder=4, **style)


def _data_limits(figure: ModelsByRegion) -> tuple[float, float]:
    values = [0.0]
    for place in figure.places:
        values += [model[2] for model in place.models]
        values += place.band or ()
        values += [place.middle] if place.middle is not None else []
    return min(values), max(values)


def _limits(figure: ModelsByRegion) -> tuple[float, float]:
    models = [model[2] for place in figure.places for model in place.models]
    low, high = _data_limits(figure)
    # Room for the names beside the outermost models.
    inner = WIDTH - LEFT - RIGHT - 2 * NAME
    pixel = (high - low or 1.0) / inner
    before = min(models, default=low) - NAME * pixel
    after = max(models, default=high) + NAME * pixel
    room = 10 * pixel
    return min(low - room, before), max(high + room, after)


def _dress(axes: "Axes", figure: ModelsByRegion, limits: tuple[float, float]) -> None:
    (low, high), bottom = limits, len(figure.places) - 0.5
    axes.set(ylim=(bottom, -0.5), xlim=limits)
    pixel = (high - low) / (WIDTH - LEFT - RIGHT)
    for y, place in enumerate(figure.places):
        text = plain_text("\n".join(wrapped(place.region, 22)))
        axes.text(
            low - 8 * pixel, y, text, ha="right", va="center", color=INK,
            fontsize=SIZE, multialignment="right", linespacing=1.0,
        )  # fmt: skip
    start, end = _data_limits(figure)
    step = (end - start) / 50
    marks = [m for m in ticks(low, high, 8) if start - step <= m[0] <= end + step]
    lines_at(axes, [x for x, _ in marks], (-0.5, bottom))
    style: dict[str, Any] = {"color": SOFT, "fontsize": SIZE}
    for x, text in marks:
        axes.text(x, bottom + 6 / ROW, text, ha="center", va="top", **style)
    axes.plot([0, 0], [-0.5, bottom], color=INK, linewidth=1, zorder=1)
    if figure.variable in labels.SIGNED:
        above = -0.5 - 5 / ROW
        axes.text(low, above, "← sink", **style)
        axes.text(high, above, "source to the atmosphere →", ha="right", **style)


def _table(figure: ModelsByRegion) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "region": place.region,
            "model": name,
            "family": family,
            "value": value,
            "reference": place.middle,
            "reference_low": place.band[0] if place.band else None,
            "reference_high": place.band[1] if place.band else None,
            "units": figure.unit,
        }
        for place in figure.places
        for name, family, value in place.models
    )

"""The mean seasonal cycle of one region in many models, few of them named."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmark.report import labels
from benchmark.report.figures.canvas import (
    BAND,
    LINE,
    SOFT,
    Picture,
    new_figure,
    points,
    save_svg,
    save_table,
)
from benchmark.report.figures.seasonal_cycle import (
    OTHERS,
    Cycle,
    describe,
    dress_months,
    shade_growing,
    table_of,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDTH, HEIGHT = 390, 260
MARGINS = (46, 106, 10, 24)
NAMED = 4  # of more models only so many, the furthest from the reference, are named
LETTERS = 15
GAP = 15  # pixels between the names of two lines


def draw_cycles(cycle: Cycle, folder: Path, name: str) -> Picture:
    """Draw a reference and any number of models, and write their data.

    Parameters
    ----------
    cycle : Cycle
        What to draw. Up to four models are all named; of more, the four
        furthest from the reference are, and the others are thin and grey.
    folder : Path
        Top of the report.
    name : str
        Name of the files, without ending.

    Returns
    -------
    Picture
        The figure; `curves` are the models that are named, with their colours.
    """
    axes = new_figure(WIDTH, HEIGHT, MARGINS)
    months = np.arange(1, 13)
    named = furthest(cycle)
    colours = dict(zip(named, OTHERS, strict=False))
    if cycle.low is not None and cycle.high is not None:
        axes.fill_between(months, cycle.low, cycle.high, color=BAND, linewidth=0)
    for model, values in cycle.models.items():
        if model not in colours:
            axes.plot(months, values, color=SOFT, linewidth=0.7, alpha=0.6)
    axes.plot(months, cycle.reference, color=SOFT, linewidth=3.2)
    for model, colour in colours.items():
        axes.plot(months, cycle.models[model], color=colour, linewidth=1.7)
    shade_growing(axes)
    dress_months(axes, cycle, HEIGHT - MARGINS[2] - MARGINS[3])
    _name_lines(axes, cycle, colours)
    picture = Picture(
        file=f"figures/{name}.svg",
        data=f"figures/{name}.csv",
        alt=describe(cycle),
        title=f"{labels.sentence(labels.short(cycle.variable))}, {cycle.unit}",
        width=WIDTH,
        height=HEIGHT,
        unit=cycle.unit,
        curves=tuple(colours.items()),
    )
    save_svg(axes, folder / picture.file)
    save_table(table_of(cycle), folder / picture.data)
    return picture


def furthest(cycle: Cycle) -> list[str]:
    """Return the models that are named: those furthest from the reference first.

    Parameters
    ----------
    cycle : Cycle
        Of a region.

    Returns
    -------
    list of str
        By the root mean square over the months that both have.
    """

    def distance(model: str) -> float:
        off = cycle.models[model] - cycle.reference
        known = off[np.isfinite(off)]
        return float(np.sqrt(np.mean(known**2))) if known.size else 0.0

    return sorted(cycle.models, key=lambda model: -distance(model))[:NAMED]


def _name_lines(axes: "Axes", cycle: Cycle, colours: dict[str, str]) -> None:
    """Write names at the right, beside December, moved apart where they meet."""
    low, high = axes.get_ylim()
    height = HEIGHT - MARGINS[2] - MARGINS[3]
    ends = {"reference": cycle.reference} | {m: cycle.models[m] for m in colours}
    known = {name: v[-1] for name, v in ends.items() if np.isfinite(v[-1])}
    places = apart({n: (v - low) / (high - low) * height for n, v in known.items()})
    size: dict[str, Any] = {"fontsize": points(12), "va": "center"}
    for name, pixels in places.items():
        y = low + pixels / height * (high - low)
        axes.plot([12.05, 12.45], [known[name], y], color=LINE, linewidth=0.8)
        text = name if len(name) <= LETTERS else f"{name[: LETTERS - 1]}…"
        colour = colours.get(name, SOFT)
        axes.text(12.55, y, text.replace("$", r"\$"), color=colour, **size)


def apart(places: dict[str, float], gap: float = GAP) -> dict[str, float]:
    """Move places apart, keeping their order and their mean.

    Examples
    --------
    >>> apart({"a": 10.0, "b": 12.0, "c": 90.0}, gap=14)
    {'a': 4.0, 'b': 18.0, 'c': 90.0}
    """
    order = sorted(places, key=lambda name: places[name])
    groups: list[list[str]] = []
    for name in order:
        groups.append([name])
        while (
            len(groups) > 1
            and _reach(groups[-2], places, gap)[1] + gap
            > (_reach(groups[-1], places, gap)[0])
        ):
            last = groups.pop()
            groups[-1] += last
    found: dict[str, float] = {}
    for group in groups:
        first, _ = _reach(group, places, gap)
        found |= {name: first + i * gap for i, name in enumerate(group)}
    return found


def _reach(
    group: list[str], places: dict[str, float], gap: float
) -> tuple[float, float]:
    middle = sum(places[name] for name in group) / len(group)
    half = gap * (len(group) - 1) / 2
    return middle - half, middle + half

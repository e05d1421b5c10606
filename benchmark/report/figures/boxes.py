"""Box plots of site values by region or class, with the number of sites."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from benchmark.report.figures.canvas import (
    ACCENT,
    BAND,
    INK,
    SOFT,
    points,
)
from benchmark.report.figures.samples import (
    BLUE,
    FEWEST,
    FLOOR,
    LANE,
    Place,
    Sample,
    Span,
)
from benchmark.report.figures.sheet import (
    Layout,
    Sheet,
    Twin,
    draw_twice,
    log_axis,
    open_sheet,
)
from benchmark.report.figures.site_counts import draw_counts
from benchmark.report.numbers import interval, number

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Data sets of one family, told apart by how full their boxes are.
FILLS = (1.0, 0.45, 0.0)


def draw_boxes(
    places: Sequence[Place],
    spans: Sequence[Span],
    unit: str,
    words: tuple[str, str],
    folder: Path,
    name: str,
) -> Twin:
    """Draw samples as boxes on a logarithmic axis, and write all values.

    Parameters
    ----------
    places : sequence of Place
        Rows, in order; every row has the same samples in the same order.
    spans : sequence of Span
        Ranges behind all rows, the widest first.
    unit : str
        As readers see it.
    words : tuple of str
        Title and text alternative.
    folder : Path
        Top of the report.
    name : str
        Name of the files, without ending.

    Returns
    -------
    Twin
    """
    return draw_twice(
        lambda layout: _paint(places, spans, unit, layout),
        folder,
        name,
        words,
        table(places),
    )


def table(places: Sequence[Place]) -> pd.DataFrame:
    """Return every value: a row for each site and each model."""
    rows = [
        (place.name, sample.label, "sites", value)
        for place in places
        for sample in place.samples
        for value in sample.fluxes
    ]
    rows += [
        (place.name, model, "model", value)
        for place in places
        for model, value in place.models
    ]
    rows += [
        (place.name, "median that scores use", "reference", place.scored)
        for place in places
        if place.scored is not None
    ]
    return pd.DataFrame(rows, columns=["place", "source", "kind", "value"])


def describe(places: Sequence[Place], title: str, unit: str) -> str:
    """Say median, quartiles and number of each sample, and every model.

    Examples
    --------
    >>> row = Place("fen", (Sample("BAWLD", (1.0, 2.0, 3.0)),), (("M", 4.0),))
    >>> describe([row], "Methane", "g")
    'Methane, g. fen: BAWLD median 2.00, quartiles 1.50 to 2.50 (n 3), M 4.00.'
    """
    said = [f"{title}, {unit}."]
    for place in places:
        parts = []
        for sample in place.samples:
            if sample.fluxes:
                low, middle, high = np.quantile(sample.fluxes, (0.25, 0.5, 0.75))
                parts.append(
                    f"{sample.label} median {number(middle)}, quartiles "
                    f"{interval(low, high)} (n {len(sample.fluxes)})"
                )
        parts += [f"{model} {number(value)}" for model, value in place.models]
        said.append(f"{place.name}: {', '.join(parts) or 'no value'}.")
    return " ".join(said)


def _axis_ends(places: Sequence[Place], spans: Sequence[Span]) -> tuple[float, float]:
    values = [v for place in places for one in place.samples for v in one.fluxes]
    values += [value for place in places for _, value in place.models]
    values += [span.high for span in spans]
    return FLOOR, max([10.0, *values]) * 1.3


def _paint(
    places: Sequence[Place], spans: Sequence[Span], unit: str, layout: Layout
) -> "Axes":
    lanes = max((len(place.samples) for place in places), default=0)
    models = any(place.models for place in places)
    row = 12 + LANE * lanes + (18 if models else 0)
    wide = _with_counts(layout)
    low, high = _axis_ends(places, spans)
    label = f"{unit}, logarithmic; what is below {FLOOR:g} stands at its left end"
    if layout.head:
        label = f"{unit}, logarithmic"
    sheet = open_sheet(
        [place.name for place in places], row, log_axis(low, high, label), wide
    )
    _spans(sheet, spans)
    for index, place in enumerate(places):
        top = sheet.top(index) + 6
        for lane, sample in enumerate(place.samples):
            _box(sheet, top + LANE * (lane + 0.5), sample, FILLS[lane % len(FILLS)])
        if place.scored is not None:
            x = _at(place.scored)
            ends = [top, top + LANE * lanes]
            sheet.axes.plot([x, x], ends, color=INK, linewidth=1.6, zorder=4)
        _models(sheet, top + LANE * lanes + 8, place.models)
    draw_counts(sheet, places)
    return sheet.axes


def _with_counts(layout: Layout) -> Layout:
    """Make room at the right for the panel of the numbers of sites."""
    right = 70 if layout.head else 210
    return Layout(layout.suffix, layout.width, layout.left, right, layout.head)


def _at(value: float) -> float:
    return float(np.log10(max(value, FLOOR)))


def _spans(sheet: Sheet, spans: Sequence[Span]) -> None:
    for step, span in enumerate(spans):
        ends = _at(span.low), _at(span.high)
        shade = 0.5 if step == 0 else 1.0
        sheet.axes.axvspan(*ends, color=BAND, alpha=shade, linewidth=0, zorder=0)
        y = -18 + 11 * step
        sheet.write(
            ends[1] - sheet.dx(2) if step else ends[0] + sheet.dx(2),
            y,
            f"{span.label} {number(span.low, 2)}\N{EN DASH}{number(span.high, 2)}",
            ha="right" if step else "left",
            fontsize=points(10),
        )


def _box(sheet: Sheet, y: float, sample: Sample, fill: float) -> None:
    if not sample.fluxes:
        return
    values = np.array([_at(value) for value in sample.fluxes])
    colour = BLUE if len(values) >= FEWEST else SOFT
    axes = sheet.axes
    if len(values) < FEWEST:
        axes.plot(
            values,
            [y] * len(values),
            "o",
            mec=colour,
            mfc="none",
            ms=points(6),
            clip_on=False,
        )
        return
    low, middle, high = np.quantile(values, (0.25, 0.5, 0.75))
    axes.plot([values.min(), values.max()], [y, y], color=colour, linewidth=1, zorder=2)
    axes.fill_between(
        [low, high],
        y - 4.5,
        y + 4.5,
        facecolor=(colour, fill) if fill else "none",
        edgecolor=colour,
        linewidth=1.2,
        zorder=3,
    )
    shade = "white" if fill == 1.0 else colour
    axes.plot(
        [middle, middle], [y - 4.5, y + 4.5], color=shade, linewidth=2.2, zorder=4
    )


def _models(sheet: Sheet, y: float, models: Sequence[tuple[str, float]]) -> None:
    if not models:
        return
    xs = [_at(value) for _, value in models]
    if len(models) > 4:
        sheet.axes.vlines(xs, y - 6, y + 6, color=ACCENT, linewidth=1.4, zorder=3)
        sheet.axes.plot([np.median(xs)], [y], "*", color=ACCENT, ms=points(11))
    else:
        sheet.axes.plot(xs, [y] * len(xs), "*", color=ACCENT, ms=points(11), zorder=4)

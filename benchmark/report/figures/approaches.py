"""Annual net flux by approach and region, with the models of the run below."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from benchmark.report.figures.canvas import ACCENT, BAND, INK, LINE, MARKS, SOFT, points
from benchmark.report.figures.sheet import (
    TEXT,
    Layout,
    Sheet,
    Twin,
    draw_twice,
    linear_axis,
    open_sheet,
)
from benchmark.report.numbers import number

if TYPE_CHECKING:
    from matplotlib.axes import Axes

NEUTRAL = 10.0  # g C m-2 yr-1, inclusive
LANE, NAMED = 9, 14
FEW = 4  # models up to this number are named in the figure


@dataclass(frozen=True)
class Approach:
    """What one approach says of a region; `spread` is the SD in space."""

    label: str
    family: str
    value: float
    spread: float | None = None


@dataclass(frozen=True)
class Group:
    """One region: its approaches, compact letters, and the models' values."""

    name: str
    approaches: tuple[Approach, ...]
    models: tuple[tuple[str, float], ...] = ()
    letters: str = ""


def draw_approaches(
    groups: Sequence[Group], unit: str, words: tuple[str, str], folder: Path, name: str
) -> Twin:
    """Draw the approaches of each region, and write their data.

    Parameters
    ----------
    groups : sequence of Group
        Regions in order.
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
        lambda layout: _paint(groups, unit, layout), folder, name, words, table(groups)
    )


def table(groups: Sequence[Group]) -> pd.DataFrame:
    """Return what the figure shows: a row for each mark."""
    rows = [
        (group.name, one.label, "approach", one.value, one.spread, group.letters)
        for group in groups
        for one in group.approaches
    ]
    rows += [
        (group.name, model, "model", value, None, "")
        for group in groups
        for model, value in group.models
    ]
    names = ["region", "source", "kind", "value", "sd_spatial", "letters"]
    return pd.DataFrame(rows, columns=names)


def describe(groups: Sequence[Group], unit: str) -> str:
    """Say every approach of each region, and the range of the models.

    Examples
    --------
    >>> one = Group("Alaska", (Approach("in situ", "in_situ", 6.0, 52.0),), letters="a")
    >>> describe([one], "g")
    'Annual NEE by approach, g. Alaska (letters a): in situ 6.00 (spatial SD 52.0).'
    """
    said = [f"Annual NEE by approach, {unit}."]
    for group in groups:
        parts = [
            f"{one.label} {number(one.value)}"
            + (f" (spatial SD {number(one.spread)})" if one.spread is not None else "")
            for one in group.approaches
        ]
        values = [value for _, value in group.models]
        if len(values) > FEW:
            low, high = number(min(values)), number(max(values))
            parts.append(
                f"{len(values)} models of this run {low} to {high}, "
                f"median {number(float(np.median(values)))}"
            )
        else:
            parts += [f"{model} {number(value)}" for model, value in group.models]
        letters = f" (letters {group.letters})" if group.letters else ""
        said.append(f"{group.name}{letters}: {', '.join(parts)}.")
    return " ".join(said)


def _limits(groups: Sequence[Group]) -> tuple[float, float]:
    """Return ends that hold every whisker; models far beyond must not squeeze it."""
    ends = [
        end
        for group in groups
        for one in group.approaches
        for end in (one.value - (one.spread or 0), one.value + (one.spread or 0))
    ]
    low, high = min([*ends, -2 * NEUTRAL]), max([*ends, 2 * NEUTRAL])
    models = [value for group in groups for _, value in group.models]
    room = 0.25 * (high - low)
    low = max(low - room, min([low, *models]))
    high = min(high + room, max([high, *models]))
    return low - 0.03 * (high - low), high + 0.03 * (high - low)


def _paint(groups: Sequence[Group], unit: str, layout: Layout) -> "Axes":
    most = max((len(group.approaches) for group in groups), default=0)
    row = 18 + LANE * most + max((_below(group) for group in groups), default=0)
    label = f"{unit}; whiskers: SD in space, not the uncertainty of the mean"
    if layout.head:
        label = f"{unit}; whiskers: SD in space"
    axis = linear_axis(*_limits(groups), 9 if not layout.head else 5, label)
    sheet = open_sheet([group.name for group in groups], row, axis, layout)
    _neutral(sheet)
    for index, group in enumerate(groups):
        top = sheet.top(index) + 7
        _approaches(sheet, top, group.approaches)
        lane = top + LANE * most + 8
        (_named if len(group.models) <= FEW else _many)(sheet, lane, group.models)
        if group.letters:
            x = axis.high + sheet.dx(10)
            y = sheet.top(index) + row / 2
            sheet.write(x, y, group.letters, color=INK, fontsize=TEXT, weight="bold")
    return sheet.axes


def _below(group: Group) -> int:
    """Return the pixels that the models of a region take."""
    return NAMED * len(group.models) if len(group.models) <= FEW else 22


def _neutral(sheet: Sheet) -> None:
    axes, height = sheet.axes, sheet.height
    axes.axvspan(-NEUTRAL, NEUTRAL, color=BAND, alpha=0.55, linewidth=0, zorder=0)
    axes.plot([0, 0], [0, height], color=INK, linewidth=1, zorder=1)
    sheet.write(-NEUTRAL - sheet.dx(5), -9, "← sink", ha="right")
    if not sheet.layout.head:
        sheet.write(0, -9, "neutral", ha="center")
    sheet.write(NEUTRAL + sheet.dx(5), -9, "source →")
    edge = sheet.axis.high + sheet.dx(sheet.layout.right - 1)
    sheet.write(edge, -9, "letters", ha="right")


def _approaches(sheet: Sheet, top: float, approaches: Sequence[Approach]) -> None:
    values = [one.value for one in approaches]
    if len(values) > 1:
        bottom = top + LANE * len(values)
        ends = [min(values), max(values)]
        sheet.axes.fill_between(
            ends, top - 2, bottom + 1, facecolor="none", edgecolor=SOFT, linewidth=0.9
        )
        middle = [float(np.median(values))] * 2
        sheet.axes.plot(middle, [top - 2, bottom + 1], color=SOFT, linewidth=2)
    for lane, one in enumerate(approaches):
        y = top + LANE * (lane + 0.5)
        shape, colour = MARKS.get(one.family, MARKS["mixed"])
        if one.spread is not None:
            reach = [one.value - one.spread, one.value + one.spread]
            sheet.axes.plot(reach, [y, y], color=colour, linewidth=1.1, alpha=0.8)
        sheet.axes.plot([one.value], [y], shape, color=colour, markersize=points(8.5))


def _inside(sheet: Sheet, value: float) -> float:
    return float(np.clip(value, sheet.axis.low, sheet.axis.high))


def _named(sheet: Sheet, top: float, models: Sequence[tuple[str, float]]) -> None:
    for lane, (model, value) in enumerate(models):
        y, x = top + NAMED * (lane + 0.5), _inside(sheet, value)
        right = x < (sheet.axis.low + 2 * sheet.axis.high) / 3
        text = model if len(model) <= 24 else f"{model[:23]}…"
        if x != value:
            text = f"{text} {number(value)}, beyond the axis"
        sheet.axes.plot([x], [y], "*", color=ACCENT, markersize=points(11))
        step = sheet.dx(8 if right else -8)
        sheet.write(x + step, y, text, ha="left" if right else "right", color=INK)


def _many(sheet: Sheet, top: float, models: Sequence[tuple[str, float]]) -> None:
    values = np.array([value for _, value in models])
    low, middle, high = np.quantile(values, (0.25, 0.5, 0.75))
    kept = values[(values >= sheet.axis.low) & (values <= sheet.axis.high)]
    y = top + 6
    ends = [_inside(sheet, low), _inside(sheet, high)]
    sheet.axes.plot(ends, [y, y], color=LINE, linewidth=11, zorder=1)
    ticks = [float(value) for value in kept]
    sheet.axes.vlines(ticks, y - 6, y + 6, color=ACCENT, linewidth=1.3, zorder=3)
    sheet.axes.plot([_inside(sheet, middle)], [y], "*", color=ACCENT, ms=points(12))
    left, right = (values < sheet.axis.low).sum(), (values > sheet.axis.high).sum()
    if left:
        sheet.write(sheet.axis.low, y, f"◂ {left}", color=ACCENT)
    if right:
        sheet.write(sheet.axis.high, y, f"{right} ▸", ha="right", color=ACCENT)

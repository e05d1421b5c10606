"""The numbers of sites beside their boxes."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from benchmark.report.figures.canvas import (
    LINE,
    SOFT,
    points,
)
from benchmark.report.figures.samples import BLUE, FEWEST, LANE, Place
from benchmark.report.figures.sheet import (
    Sheet,
)


def draw_counts(sheet: Sheet, places: Sequence[Place]) -> None:
    """Draw the numbers of sites on a logarithmic axis of their own."""
    if sheet.layout.head:
        _written_counts(sheet, places)
        return
    start, width = sheet.axis.high + sheet.dx(40), sheet.dx(150)
    most = max([10, *(len(s.fluxes) for place in places for s in place.samples)])
    top = np.ceil(np.log10(most))

    def x_of(n: float) -> float:
        return float(start + width * np.log10(n) / top)

    for power in range(int(top) + 1):
        x = x_of(10.0**power)
        sheet.axes.plot([x, x], [0, sheet.height], color=LINE, lw=0.8, clip_on=False)
        sheet.write(x, sheet.height + 10, f"{10**power}", ha="center")
    sheet.write(
        start + width / 2, sheet.height + 28, "number of sites, log", ha="center"
    )
    for index, place in enumerate(places):
        for lane, sample in enumerate(place.samples):
            n = len(sample.fluxes)
            if n:
                _count(sheet, x_of(n), sheet.top(index) + 6 + LANE * (lane + 0.5), n)


def _count(sheet: Sheet, x: float, y: float, n: int) -> None:
    enough = n >= FEWEST
    face = BLUE if enough else "none"
    edge = BLUE if enough else SOFT
    style: dict[str, Any] = {
        "mec": edge,
        "mfc": face,
        "ms": points(7),
        "clip_on": False,
    }
    sheet.axes.plot([x], [y], "o", **style)
    sheet.write(x + sheet.dx(8), y, str(n))


def _written_counts(sheet: Sheet, places: Sequence[Place]) -> None:
    sheet.write(sheet.axis.high + sheet.dx(8), -9, "sites n")
    for index, place in enumerate(places):
        for lane, sample in enumerate(place.samples):
            y = sheet.top(index) + 6 + LANE * (lane + 0.5)
            sheet.write(sheet.axis.high + sheet.dx(8), y, f"{len(sample.fluxes)}")

"""What box plots are made of: samples, places and ranges."""

from dataclasses import dataclass

from benchmark.report.figures.canvas import (
    MARKS,
)

FEWEST = 5  # of fewer values a box is grey: its quartiles mean little
FLOOR = 0.1  # what is below, uptake too, is drawn at the left end
LANE = 15
BLUE = MARKS["in_situ"][1]


@dataclass(frozen=True)
class Sample:
    """The values of one data set in one place."""

    label: str
    fluxes: tuple[float, ...]


@dataclass(frozen=True)
class Place:
    """A region or a class: samples, models' values, and the scored median."""

    name: str
    samples: tuple[Sample, ...]
    models: tuple[tuple[str, float], ...] = ()
    scored: float | None = None


@dataclass(frozen=True)
class Span:
    """A published range that holds for all rows."""

    label: str
    low: float
    high: float

"""One pair to score: what to compute, and what to make of it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import xarray as xr

from benchmark.score.result import Evidence

Row = dict[str, Any]
Lazy = dict[str, xr.DataArray]


@dataclass(frozen=True)
class Scored:
    """The rows and the evidence of one pair."""

    rows: list[Row]
    evidence: Evidence | None = None


@dataclass(frozen=True)
class Task:
    """Work on one pair, split where the data have to be read.

    Parameters
    ----------
    lazy : dict
        Arrays to compute; the run computes those of all pairs that share a
        variable at once, so that each byte is read once.
    finish : callable
        Makes rows and evidence of the computed arrays.
    """

    finish: Callable[[Lazy], Scored]
    lazy: Lazy = field(default_factory=dict)


@dataclass(frozen=True)
class Numbers:
    """The parameters of a benchmark, in the units it is reported in."""

    tolerance: float | None = None
    scale: float | None = None
    relative_tolerance: float | None = None
    null_values: tuple[float, ...] = ()

    def over(self, factor: float) -> "Numbers":
        """Return them in canonical units, given the factor to report units."""
        return Numbers(
            None if self.tolerance is None else self.tolerance / factor,
            None if self.scale is None else self.scale / factor,
            self.relative_tolerance,
            tuple(value / factor for value in self.null_values),
        )

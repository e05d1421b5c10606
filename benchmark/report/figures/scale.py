"""Colour bars: which colours, and between which values."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from benchmark.report import labels
from benchmark.report.colour import field_map, ramp
from benchmark.report.numbers import number


@dataclass(frozen=True)
class Scale:
    """The colour bar that panels share: colours and the values at its ends."""

    low: float
    high: float
    colours: tuple[str, ...]
    ends: tuple[str, str] = ("", "")

    @property
    def ticks(self) -> list[str]:
        """Low, middle and high, written out."""
        return [number(x) for x in (self.low, (self.low + self.high) / 2, self.high)]


def shared_scales(
    fields: Mapping[str, np.ndarray], variable: str
) -> tuple[Scale, Scale]:
    """Return one scale for model and reference, and one for their difference.

    Parameters
    ----------
    fields : mapping of str to ndarray
        ``model``, ``reference`` and ``difference``.
    variable : str
        Variable id: what has a sign gets a scale around zero.

    Returns
    -------
    tuple of Scale
        Ends are round numbers that leave 2 % of the cells beyond.
    """
    both = np.concatenate([fields["model"].ravel(), fields["reference"].ravel()])
    both = both[np.isfinite(both)]
    gap = _round_up(np.nanquantile(np.abs(fields["difference"]), 0.98))
    colours = ramp(field_map(variable, difference=False), 33)
    if variable in labels.SIGNED:
        top = _round_up(np.quantile(np.abs(both), 0.98))
        first = Scale(-top, top, colours, ("sink", "source"))
    else:
        first = Scale(0.0, _round_up(np.quantile(both, 0.98)), colours)
    ends = ("model lower", "model higher")
    return first, Scale(-gap, gap, ramp(field_map(variable, difference=True), 33), ends)


def _round_up(value: float) -> float:
    """Round up to 1, 1.5, 2, 3, 4, 5, 6 or 8 times a power of ten."""
    if value <= 0:
        return 1.0
    power = 10.0 ** np.floor(np.log10(value))
    steps = (1, 1.5, 2, 3, 4, 5, 6, 8, 10)
    return float(next(step for step in steps if step * power >= value * 0.999) * power)

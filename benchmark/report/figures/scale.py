"""Colour bars: which colours, and between which values."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from benchmark.report import labels
from benchmark.report.colour import SCORE_MAP, field_map, ramp
from benchmark.report.numbers import number

STEPS = 21  # of colour: enough to look smooth, few enough for a small file


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


def score_scale() -> Scale:
    """Return the scale of scores, the same on every page."""
    return Scale(0.0, 1.0, ramp(SCORE_MAP, STEPS), ("0 worst", "1 best"))


def difference_scale(differences: Iterable[np.ndarray]) -> Scale:
    """Return one scale for the differences of several models.

    Parameters
    ----------
    differences : iterable of ndarray
        Model minus reference; at least one has a value.

    Returns
    -------
    Scale
        Around zero; its ends leave 2 % of all cells beyond.
    """
    every = np.concatenate([np.abs(x[np.isfinite(x)]) for x in differences])
    gap = _round_up(np.quantile(every, 0.98))
    ends = ("model lower", "model higher")
    return Scale(-gap, gap, ramp(field_map("", difference=True), STEPS), ends)


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
    colours = ramp(field_map(variable, difference=False), STEPS)
    if variable in labels.SIGNED:
        top = _round_up(np.quantile(np.abs(both), 0.98))
        first = Scale(-top, top, colours, ("sink", "source"))
    else:
        first = Scale(0.0, _round_up(np.quantile(both, 0.98)), colours)
    return first, difference_scale([fields["difference"]])


def _round_up(value: float) -> float:
    """Round up to 1, 1.5, 2, 3, 4, 5, 6 or 8 times a power of ten."""
    if value <= 0:
        return 1.0
    power = 10.0 ** np.floor(np.log10(value))
    steps = (1, 1.5, 2, 3, 4, 5, 6, 8, 10)
    return float(next(step for step in steps if step * power >= value * 0.999) * power)

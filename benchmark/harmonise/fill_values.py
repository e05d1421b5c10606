"""Extremes of a field that are a fill value nobody declared."""

from dataclasses import dataclass

import numpy as np

from benchmark.errors import InputError
from benchmark.harmonise.variable import Variable

FILL_VALUES = (-9999.0, -999.0, -99.0, -32768.0, -32767.0, 9999.0, 99999.0, 1e10, 1e15)
"""Numbers that stand for a missing value in many files."""

# A fill value is repeated; a real extreme is not.
_REPEATED_SHARE = 0.002


@dataclass(frozen=True)
class Sizes:
    """The extremes and the mean of a field, in report units.

    Parameters
    ----------
    lowest, highest, mean : float
        Over all values; the mean is weighted with area.
    count : int
        How many values there are.
    raw, shift : float
        From report units to the file's own: times the one, minus the other.
    """

    lowest: float
    highest: float
    mean: float
    count: int
    raw: float
    shift: float = 0.0

    def in_file(self, value: float) -> float:
        """Return a value in the file's own units."""
        return value * self.raw - self.shift

    def from_file(self, value: float) -> float:
        """Return a value of the file in report units."""
        return (value + self.shift) / self.raw

    @property
    def largest(self) -> float:
        """The largest magnitude."""
        return max(abs(self.lowest), abs(self.highest))


def usual_fills(variable: Variable, factor: float, offset: float = 0.0) -> list[float]:
    """Return fill values that the variable could have by chance.

    Parameters
    ----------
    variable : Variable
        Says the plausible range; a fill value outside is found by that.
    factor, offset : float
        From the file's units to canonical units.

    Returns
    -------
    list of float
        In the file's units.
    """
    low, high = variable.plausible
    return [
        fill
        for fill in (-99.0, -999.0)
        if low <= (fill * factor + offset) * variable.report_factor <= high
    ]


def suspicious(sizes: Sizes, packed: tuple[float, ...]) -> list[float]:
    """Return extremes that are a usual fill value, though in a plausible range.

    Parameters
    ----------
    sizes : Sizes
        Of the whole field.
    packed : tuple of float
        The limits of a packed integer, in the file's unpacked units.

    Returns
    -------
    list of float
        Report units.
    """
    known = [*FILL_VALUES, *packed]
    return [
        value
        for value in (sizes.lowest, sizes.highest)
        if np.isclose(sizes.in_file(value), known, rtol=1e-6, atol=0.0).any()
    ]


def check_repeated(value: float, share: float, sizes: Sizes, where: str) -> None:
    """Refuse a suspicious value that stands in many cells.

    Parameters
    ----------
    value : float
        From `suspicious`.
    share : float
        Of the values that equal it.
    sizes : Sizes
        Of the whole field.
    where : str
        File and variable, for messages.

    Raises
    ------
    InputError
        If more than two in a thousand are.
    """
    if share < _REPEATED_SHARE:
        return
    raw = sizes.in_file(value)
    msg = (
        f"{where}: {share:.1%} of the values are exactly {raw:.6g}; expected "
        f"no value to repeat like that. Probably a fill value that is not declared: "
        f"write 'fill_value: {raw:.7g}'."
    )
    raise InputError(msg)

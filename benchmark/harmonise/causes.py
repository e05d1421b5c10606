"""Which mistake makes values so many times too large or too small."""

from dataclasses import dataclass
from math import log

from benchmark.harmonise.variable import FLUX, FRACTION, LENGTH, STOCK, Variable

_YEAR, _MONTH, _DAY = 86400 * 365.2425, 86400 * 365.2425 / 12, 86400.0


@dataclass(frozen=True)
class Cause:
    """A mistake and its factor.

    Parameters
    ----------
    factor : float
        How many times the one is the other.
    large, small : str
        What was mistaken, where values are too large or too small by it.
    of : str
        ``flux``, ``stock``, ``length`` or ``fraction``; ``mass`` for both of
        the first.
    rare : bool
        Whether it is named only after others that explain the values as well.
    """

    factor: float
    large: str
    small: str
    of: str = "mass"
    rare: bool = False


def _units(numbers: str, called: str, factor: float, of: str = "mass") -> Cause:
    """Return the cause of numbers that are in other units than they say."""
    large, small = f"{numbers} taken as {called}", f"{called} taken as {numbers}"
    return Cause(factor, large, small, of)


def _rate(numbers: str, called: str, factor: float, *, rare: bool = False) -> Cause:
    """Return the cause of a rate that is per another time than it says."""
    return Cause(
        factor,
        f"a rate per {numbers} taken as per {called}",
        f"a rate per {called} taken as per {numbers}",
        "flux",
        rare,
    )


CAUSES = (
    _units("a mass of carbon", "moles of it", 12.011),
    Cause(
        44.009 / 12.011,
        "a mass of CO2 read as a mass of carbon ('mass_basis: CO2')",
        "a mass of carbon read as a mass of CO2 ('mass_basis: C')",
    ),
    _units("g", "kg", 1e3),
    _units("g m-2", "t ha-1", 1e2, "stock"),
    _units("hg m-2 or t ha-1", "kg m-2", 10.0, "stock"),
    _units("g kg-1 or g m-2", "kg m-2", 1e3, "stock"),
    _rate("day", "second", _DAY),
    _rate("month", "second", _MONTH),
    _rate("year", "second", _YEAR),
    _rate("month", "day", _MONTH / _DAY, rare=True),
    _rate("year", "day", _YEAR / _DAY, rare=True),
    _rate("year", "month", 12.0, rare=True),
    _units("g per day", "kg per second", 1e3 * _DAY, "flux"),
    _units("g per month", "kg per second", 1e3 * _MONTH, "flux"),
    _units("g per year", "kg per second", 1e3 * _YEAR, "flux"),
    _units("umol", "mol (or mg as kg)", 1e6),
    _units("umol", "g of carbon", 1e6 / 12.011, "flux"),
    _units("umol", "kg of carbon", 1e9 / 12.011, "flux"),
    _units("nmol", "mol (or ug as kg)", 1e9),
    _units("cm", "m", 1e2, "length"),
    _units("mm", "m", 1e3, "length"),
    _units("percent", "a fraction", 1e2, "fraction"),
    Cause(
        100.0,
        "percent taken as a fraction",
        "a fraction taken as percent",
        rare=True,
    ),
)
"""Mistakes that have been met, each with its factor."""

# The usual mean and largest value over land, report units; within a factor of
# three or so. They order the causes, and decide nothing else.
_USUAL = {
    "nee": (-20.0, 1500.0),
    "nbe": (-20.0, 2000.0),
    "ch4": (3.0, 100.0),
    "cSoil": (10.0, 60.0),
    "cVeg": (4.0, 20.0),
    "alt": (1.0, 5.0),
    "wtd": (3.0, 20.0),
    "wetlandFrac": (0.05, 0.9),
    "pfr": (0.2, 1.0),
}
_USUAL_GROSS = (600.0, 3500.0)
_KINDS = {
    FLUX: ("mass", "flux"),
    STOCK: ("mass", "stock"),
    LENGTH: ("length",),
    FRACTION: ("fraction",),
}
_SHOWN = 4
# A mistake that is rarely met counts as if a factor of 4.5 further off.
_RARE = 1.5


def likely_causes(
    variable: Variable, *, largest: float, mean: float | None = None, large: bool
) -> str:
    """Return the mistakes that would make values plausible, as a sentence.

    Parameters
    ----------
    variable : Variable
        Says what is plausible.
    largest : float
        The largest magnitude, report units.
    mean : float, optional
        The mean over land, report units; if None, only `largest` is tested.
    large : bool
        Whether values are too large, rather than too small.

    Returns
    -------
    str
        The likeliest first; empty if no known mistake explains the values.

    Examples
    --------
    >>> from benchmark.harmonise.variables import VARIABLES
    >>> text = likely_causes(VARIABLES["cVeg"], largest=300.0, mean=65.0, large=True)
    >>> "hg m-2 or t ha-1 taken as kg m-2 (a factor of 10)" in text
    True
    """
    usual = _USUAL.get(variable.name, _USUAL_GROSS)
    size, expected = (mean, usual[0]) if mean else (largest, usual[1])
    if not variable.never_negative:
        size, expected = largest, usual[1]
    told: dict[str, tuple[float, float]] = {}
    for cause in CAUSES:
        if cause.of not in _KINDS.get(variable.units, ()):
            continue
        factor = 1 / cause.factor if large else cause.factor
        if _fits(variable, largest * factor, None if mean is None else mean * factor):
            text = cause.large if large else cause.small
            distance = abs(log(abs(size) * factor / abs(expected))) if size else 0.0
            distance += _RARE if cause.rare else 0.0
            told[text] = (distance, cause.factor)
    if not told:
        return ""
    best = sorted(told.items(), key=lambda item: item[1][0])[:_SHOWN]
    shown = "; ".join(f"{text} (a factor of {it[1]:.4g})" for text, it in best)
    return f"Likely causes: {shown}."


def _fits(variable: Variable, largest: float, mean: float | None) -> bool:
    low, high = variable.regional
    if mean is not None and not low <= mean <= high:
        return False
    # A field whose largest value is below a tenth of the usual is no better.
    usual = _USUAL.get(variable.name, _USUAL_GROSS)[1]
    return max(variable.floor, usual / 30) <= largest <= variable.plausible[1]

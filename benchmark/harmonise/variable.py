"""What a variable is: names, canonical and report units, sign, plausible range."""

from dataclasses import dataclass
from typing import Literal

FLUX = "kg m-2 s-1"
STOCK = "kg m-2"
TEMPERATURE = "K"
FRACTION = "1"
LENGTH = "m"
DURATION = "day"

SECONDS_PER_YEAR = 365.2425 * 86400.0

# Canonical units: report units, and the factor to them.
_REPORT = {FLUX: ("g m-2 yr-1", 1e3 * SECONDS_PER_YEAR)}
# Canonical units: units of a sum over an area, report units of it, factor.
_TOTAL = {
    FLUX: ("kg s-1", "Tg yr-1", 1e-9 * SECONDS_PER_YEAR),
    STOCK: ("kg", "Pg", 1e-12),
    FRACTION: ("m2", "Mkm2", 1e-12),
}


@dataclass(frozen=True)
class Variable:
    """One scored variable.

    Parameters
    ----------
    name : str
        Short name, the key of configurations and of the score table.
    standard_name : str
        CF standard name, empty where CF has none; for a net flux that CF has
        only downward, that of the downward quantity.
    units : str
        Canonical units: ``kg m-2 s-1``, ``kg m-2``, ``K``, ``1``, ``m`` or
        ``day``.
    positive : str
        The direction that is positive: ``up`` to the atmosphere, ``down``
        into the land; ``none`` where there is none.
    aliases : tuple of str
        Names it goes by in archives, same sign.
    negated : tuple of str
        Names it goes by in archives with the opposite sign.
    plausible : tuple of float
        Lowest and highest value a cell and month may have, in report units.
    floor : float
        What the largest value in space and time at least is, report units: a
        field all below was given in other units.
    regional : tuple of float
        Lowest and highest mean over a region and a period, report units.
    mass_basis : str
        What a mass is the mass of, empty where there is no mass.
    area_basis : str
        What area values are per where nothing says it; empty where it has to
        be said.
    layered : bool
        Whether files may have it by soil layers.
    never_negative : bool
        Whether a negative mean shows a flipped sign.
    scored : bool
        Whether it is compared with references, rather than a part of others.
    seasonal : bool
        Whether growing seasons set its cycle, which then tells its sign.
    """

    name: str
    long_name: str
    standard_name: str
    units: str
    positive: Literal["up", "down", "none"]
    aliases: tuple[str, ...]
    plausible: tuple[float, float]
    floor: float
    regional: tuple[float, float]
    negated: tuple[str, ...] = ()
    mass_basis: str = "C"
    area_basis: str = "land"
    layered: bool = False
    never_negative: bool = True
    scored: bool = True
    seasonal: bool = True

    @property
    def is_stock(self) -> bool:
        """Whether the variable is an amount rather than a rate."""
        return self.units == STOCK

    @property
    def is_flux(self) -> bool:
        """Whether the variable is a rate of exchange."""
        return self.units == FLUX

    @property
    def is_per_area(self) -> bool:
        """Whether a sum over an area means something: not of a temperature."""
        return self.units in _TOTAL

    @property
    def report_units(self) -> str:
        """Units per area in tables and figures."""
        return _REPORT.get(self.units, (self.units,))[0]

    @property
    def report_factor(self) -> float:
        """Canonical to report units."""
        return _REPORT[self.units][1] if self.units in _REPORT else 1.0

    @property
    def canonical_total(self) -> str:
        """Units of sums over an area, before they are reported."""
        return _TOTAL.get(self.units, (f"{self.units} m2",))[0]

    @property
    def total_units(self) -> str:
        """Units of totals in tables and figures."""
        return _TOTAL[self.units][1] if self.is_per_area else self.canonical_total

    @property
    def total_factor(self) -> float:
        """Canonical totals (kg s-1, kg or m2) to report totals."""
        return _TOTAL[self.units][2] if self.is_per_area else 1.0

"""What a variable is: names, canonical and report units, sign, plausible range."""

from dataclasses import dataclass
from typing import Literal

FLUX = "kg m-2 s-1"
STOCK = "kg m-2"

SECONDS_PER_YEAR = 365.2425 * 86400.0


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
        Canonical units: ``kg m-2 s-1`` or ``kg m-2``.
    positive : str
        The direction that is positive: ``up`` to the atmosphere, ``down``
        into the land; ``none`` for stocks.
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
    never_negative: bool = True
    scored: bool = True
    seasonal: bool = True

    @property
    def is_stock(self) -> bool:
        """Whether the variable is an amount rather than a rate."""
        return self.units == STOCK

    @property
    def report_units(self) -> str:
        """Units per area in tables and figures."""
        return STOCK if self.is_stock else "g m-2 yr-1"

    @property
    def report_factor(self) -> float:
        """Canonical to report units."""
        return 1.0 if self.is_stock else 1e3 * SECONDS_PER_YEAR

    @property
    def total_units(self) -> str:
        """Units of totals in tables and figures."""
        return "Pg" if self.is_stock else "Tg yr-1"

    @property
    def total_factor(self) -> float:
        """Canonical totals (kg s-1 or kg) to report totals."""
        return 1e-12 if self.is_stock else 1e-9 * SECONDS_PER_YEAR

"""Units as people write them, to canonical units, by pint.

pint with cf-xarray's registry is used rather than cf-units because it is
pure Python and installs from wheels without the UDUNITS library.
"""

import re
from functools import cache
from typing import TYPE_CHECKING

from benchmark.harmonise.temperature import to_kelvin
from benchmark.harmonise.unit_text import NO_UNITS, clean, scale_of

if TYPE_CHECKING:
    import pint

# g mol-1: IUPAC 2021 abridged standard atomic weights, C 12.011, O 15.999, H 1.008.
MOLAR_MASS = {"C": 12.011, "CO2": 44.009, "CH4": 16.043}


def conversion_factor(
    written: str,
    canonical: str,
    *,
    mass_basis: str,
    declared_basis: str | None = None,
) -> float:
    """Return the factor from units as written to canonical units.

    Parameters
    ----------
    written : str
        Units as a file or configuration gives them, such as
        ``kg C $m^{-2}$ s$^{-1}$``, ``gC/m2/day``, ``umol m-2 s-1``.
    canonical : str
        Target units, such as ``kg m-2 s-1``.
    mass_basis : {"C", "CO2", "CH4", ""}
        What the mass of the target is the mass of, empty where it has none.
    declared_basis : str, optional
        What the mass of the source is the mass of. A species in `written`
        has to agree with it; by default that species, else `mass_basis`.

    Returns
    -------
    float
        Multiply values by this.

    Raises
    ------
    ValueError
        If the units are unknown, are of another dimension, or if the species
        in `written` contradicts `declared_basis`.

    Examples
    --------
    >>> conversion_factor("kg C $m^{-2}$ s$^{-1}$", "kg m-2 s-1", mass_basis="C")
    1.0
    >>> round(conversion_factor("gCO2 m-2 s-1", "kg m-2 s-1", mass_basis="C"), 9)
    0.000272921
    """
    if not mass_basis:
        return _without_mass(written, canonical, declared_basis)
    text, species = clean(written)
    if species and declared_basis and species != declared_basis:
        msg = f"units '{written}' say {species} but mass_basis says {declared_basis}"
        raise ValueError(msg)
    basis = declared_basis or species or mass_basis
    if basis not in MOLAR_MASS:
        msg = f"units '{written}' are a mass of {basis}, not of carbon, CO2 or CH4"
        raise ValueError(msg)
    if text == canonical and basis == mass_basis:
        return 1.0
    return _dimensional_factor(text, canonical, basis, written) * (
        MOLAR_MASS[mass_basis] / MOLAR_MASS[basis]
    )


def _without_mass(written: str, canonical: str, declared_basis: str | None) -> float:
    if declared_basis:
        msg = f"units '{written}' are no mass, but mass_basis says {declared_basis}"
        raise ValueError(msg)
    if canonical == "K":
        return to_kelvin(written)[0]
    return dimensional_factor(written, canonical)


@cache
def _registry() -> "pint.UnitRegistry":
    from copy import deepcopy

    from cf_xarray.units import units

    # A copy, so that other users of cf-xarray keep the Julian year. Ours is the
    # mean Gregorian one, and a month is a mark that `is_per_month` looks for.
    registry: pint.UnitRegistry = deepcopy(units)
    registry.define("year = 365.2425 * day = a = yr")
    registry.define("fraction = 1 = proportion")
    return registry


def dimensional_factor(written: str, canonical: str) -> float:
    """Return the factor between units that name no substance.

    Parameters
    ----------
    written : str
        Such as ``km^2`` or ``%``.
    canonical : str
        Such as ``m2`` or ``1``.

    Returns
    -------
    float

    Raises
    ------
    ValueError
        If the units are unknown or of another dimension.

    Examples
    --------
    >>> dimensional_factor("%", "1")
    0.01
    """
    return _dimensional_factor(clean(written)[0], canonical, "C", written)


def _unknown(text: str) -> str:
    """Say which words of units are none."""
    words = dict.fromkeys(re.findall(r"[A-Za-zµ]+", text))
    unknown = [word for word in words if word.lower() != "per" and not _is_unit(word)]
    return f": {', '.join(repr(word) for word in unknown[:3])}" if unknown else ""


def _is_unit(word: str) -> bool:
    try:
        return word in _registry()
    except Exception:
        # Words such as "if" are part of pint's own grammar.
        return False


@cache
def _dimensional_factor(text: str, canonical: str, basis: str, written: str) -> float:
    import pint

    if text.lower() in NO_UNITS and canonical != "1":
        msg = f"units '{written}' say nothing"
        raise ValueError(msg)
    if text.lower() in NO_UNITS:
        text = "1"
    number, text = scale_of(text)
    if re.search(r"\d\s*(\*\*|\^)", text):
        # 10^6 is no unit, and 9**9**9 would keep the machine busy.
        msg = f"units '{written}' are not understood (a number to a power)"
        raise ValueError(msg)
    if re.search(r"\btons?\b", text):
        msg = (
            f"units '{written}' are ambiguous (a ton is 907 or 1000 kg: write tonne "
            "or Mg)"
        )
        raise ValueError(msg)
    registry = _registry()
    try:
        source = registry.parse_units(text)
    except Exception as error:
        # pint works the text out as an expression, which can fail in any way.
        msg = f"units '{written}' are not understood{_unknown(text)}"
        raise ValueError(msg) from error
    quantity = number * source
    if "[substance]" in quantity.dimensionality:
        quantity = quantity * registry.Quantity(MOLAR_MASS[basis], "g / mol")
    try:
        return float(quantity.to(registry.parse_units(canonical)).m)
    except (pint.DimensionalityError, OverflowError):
        msg = (
            f"units '{written}' cannot be converted to '{canonical}': they are "
            f"{_dimensions(quantity)}"
        )
        raise ValueError(msg) from None


def _dimensions(quantity: "pint.Quantity[float]") -> str:
    text = " ".join(
        f"{name.strip('[]')}^{power:g}"
        for name, power in sorted(quantity.dimensionality.items())
    )
    return text or "a pure number"

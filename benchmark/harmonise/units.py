"""Units as people write them, to canonical units, by pint.

pint with cf-xarray's registry is used rather than cf-units because it is
pure Python and installs from wheels without the UDUNITS library.
"""

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pint

# g mol-1: IUPAC 2021 abridged standard atomic weights, C 12.011, O 15.999, H 1.008.
MOLAR_MASS = {"C": 12.011, "CO2": 44.009, "CH4": 16.043}

_SPECIES = {
    "co2": "CO2",
    "ch4": "CH4",
    "c": "C",
    "carbon": "C",
    "dry matter": "DM",
    "n": "N",
}
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻−–", "0123456789---")  # noqa: RUF001
_INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad]")
_MASS = r"(?:k|K|h|d|c|m|M|G|T|P|µ|u|n)?g|kilograms?|grams?|[kMGTP]?t|tonnes?|tons?"
_AMOUNT = r"(?:k|m|µ|u|n|p)?mol|moles?"
# A mass or amount directly followed by a species: gC, g C, kg(C), umolCO2.
_WITH_SPECIES = re.compile(
    rf"(?<![A-Za-z])({_MASS}|{_AMOUNT})[\s_\-(\[]*(CO2|CH4|C|carbon|N)"
    r"(?:[-\s]?C)?(?![A-Za-z0-9])[)\]]?",
)
_EXPRESSED_AS_CARBON = re.compile(r"(CO2|CH4)[-\s]?C(?![A-Za-z0-9])")
_WORDS = {
    "year": "yr",
    "years": "yr",
    "a": "yr",
    "annum": "yr",
    "day": "d",
    "days": "d",
    "sec": "s",
    "second": "s",
    "seconds": "s",
    "mon": "month",
    "months": "month",
    "µmol": "umol",
    "Kg": "kg",
}


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
    mass_basis : {"C", "CO2", "CH4"}
        What the mass of the target is the mass of.
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


def is_per_month(written: str) -> bool:
    """Return whether units are a rate per month, whose length then matters.

    Parameters
    ----------
    written : str
        Units as a file gives them.

    Returns
    -------
    bool

    Examples
    --------
    >>> is_per_month("gC m-2 month-1"), is_per_month("g m-2 s-1")
    (True, False)
    """
    return "month" in re.findall(r"[A-Za-z]+", clean(written)[0])


def clean(written: str) -> tuple[str, str | None]:
    r"""Return units without typesetting or species, and the species.

    Parameters
    ----------
    written : str
        Units as a file gives them.

    Returns
    -------
    units : str
        What pint reads, such as ``kg m-2 s-1``.
    species : str or None
        ``C``, ``CO2``, ``CH4`` or ``N``, where a mass names it.

    Examples
    --------
    >>> clean("kg C/$m^2$")
    ('kg /m^2', 'C')
    """
    text = _INVISIBLE.sub("", written).translate(_SUPERSCRIPTS)
    text = re.sub(r"\\(?:mathrm|rm|text)\s*", "", text)
    text = text.replace("$", "").replace("{", "").replace("}", "").replace("μ", "µ")
    text = text.replace("·", " ").replace("\\,", " ").strip()
    text = _EXPRESSED_AS_CARBON.sub("C", text)
    found = _WITH_SPECIES.search(text)
    species = _SPECIES[found.group(2).lower()] if found else None
    text = _WITH_SPECIES.sub(r"\1 ", text)
    text = re.sub(r"[A-Za-zµ]+", lambda word: _WORDS.get(word[0], word[0]), text)
    return re.sub(r"\s+", " ", text).strip(), species


@cache
def _registry() -> "pint.UnitRegistry":
    from copy import deepcopy

    from cf_xarray.units import units

    # A copy, so that other users of cf-xarray keep the Julian year. Ours is the
    # mean Gregorian one, and a month is a mark that `is_per_month` looks for.
    registry: pint.UnitRegistry = deepcopy(units)
    registry.define("year = 365.2425 * day = a = yr")
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


@cache
def _dimensional_factor(text: str, canonical: str, basis: str, written: str) -> float:
    import pint

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
    except (pint.UndefinedUnitError, pint.DefinitionSyntaxError, ValueError) as error:
        msg = f"units '{written}' are not understood ({error})"
        raise ValueError(msg) from error
    except Exception as error:
        # pint works the text out as an expression, which can fail in any way.
        msg = f"units '{written}' are not understood"
        raise ValueError(msg) from error
    quantity = 1.0 * source
    if "[substance]" in quantity.dimensionality:
        quantity = quantity * registry.Quantity(MOLAR_MASS[basis], "g / mol")
    try:
        return float(quantity.to(registry.parse_units(canonical)).m)
    except (pint.DimensionalityError, OverflowError):
        msg = f"units '{written}' cannot be converted to '{canonical}'"
        raise ValueError(msg) from None

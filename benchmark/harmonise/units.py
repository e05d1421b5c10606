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
_PREFIX = "kilo|hecto|deca|deci|centi|milli|micro|nano|pico|mega|giga|tera|peta"
_MASS = (
    rf"(?:k|K|h|d|c|m|M|G|T|P|µ|u|n)?g|(?:{_PREFIX})?grams?|[kMGTP]?t|"
    rf"(?:{_PREFIX})?tonnes?|tons?"
)
_AMOUNT = rf"(?:k|m|µ|u|n|p)?mol|(?:{_PREFIX})?(?:moles?|mol)"
# A mass or amount directly followed by a species: gC, g C, kg(C), umolCO2.
_WITH_SPECIES = re.compile(
    rf"(?<![A-Za-z])({_MASS}|{_AMOUNT})[\s_\-(\[]*(CO2|CH4|C|carbon|N)"
    r"(?:[-\s]?C)?(?![A-Za-z0-9])[)\]]?",
)
_EXPRESSED_AS_CARBON = re.compile(
    r"(CO2|CH4)[-\s]?C(?![A-Za-z0-9])|(?<![A-Za-z])C[-_](CO2|CH4)(?![A-Za-z0-9])"
    r"|(?<=[a-z])C[-_](CO2|CH4)(?![A-Za-z0-9])"
)
_OF = re.compile(r"\s+of\s+(?=carbon|C\b|CO2|CH4)", re.IGNORECASE)
# 1e-3 kg m-2, 10^6 km2: a number in front, as UDUNITS reads it.
_SCALE = re.compile(
    r"^\s*(?:10\s*(?:\^|\*\*)\s*(?P<power>[-+]?\d{1,2})|"
    r"(?P<number>\d+\.?\d*(?:[eE][-+]?\d{1,2})?))\s*[*x.]?\s*(?=[A-Za-zµ])"
)
_NO_UNITS = ("-", "--", "none", "unitless", "dimensionless", "n/a", "na", "null")
_WORDS = {
    "year": "yr",
    "years": "yr",
    "a": "yr",
    "y": "yr",
    "yrs": "yr",
    "hrs": "h",
    "hectares": "hectare",
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
    text = text.strip("\"'` ")
    if text.startswith("[") and text.endswith("]") and text.count("[") == 1:
        text = text[1:-1]
    # gC_m-2_d-1: the underscore stands for a space, but not in mass_C.
    text = re.sub(r"_(?=[a-zA-Z]+-?\d)", " ", text)
    text = _OF.sub(" ", _EXPRESSED_AS_CARBON.sub("C", text))
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


def _scale(text: str) -> tuple[float, str]:
    """Return the number in front of units, and the units."""
    found = _SCALE.match(text)
    if not found:
        return 1.0, text
    number = float(found["number"] or f"1e{found['power']}")
    return (number, text[found.end() :]) if number > 0 else (1.0, text)


def _unknown(text: str) -> str:
    """Say which words of units are none."""
    known = _registry()
    unknown = [
        word
        for word in dict.fromkeys(re.findall(r"[^\W\d_]+", text))
        if word.lower() != "per" and word not in known
    ]
    return f": {', '.join(repr(word) for word in unknown[:3])}" if unknown else ""


@cache
def _dimensional_factor(text: str, canonical: str, basis: str, written: str) -> float:
    import pint

    if text.lower() in _NO_UNITS and canonical != "1":
        msg = f"units '{written}' say nothing"
        raise ValueError(msg)
    if text.lower() in _NO_UNITS:
        text = "1"
    number, text = _scale(text)
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

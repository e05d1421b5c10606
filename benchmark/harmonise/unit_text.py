"""The text of units: typesetting, spelling, species and a number in front."""

import re

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
NO_UNITS = ("-", "--", "none", "unitless", "dimensionless", "n/a", "na", "null")
"""What files write where there are no units."""
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


def scale_of(text: str) -> tuple[float, str]:
    """Return the number in front of units, and the units."""
    found = _SCALE.match(text)
    if not found:
        return 1.0, text
    number = float(found["number"] or f"1e{found['power']}")
    return (number, text[found.end() :]) if number > 0 else (1.0, text)

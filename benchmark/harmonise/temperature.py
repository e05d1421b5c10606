"""Temperatures: units as files write them, to kelvin with their offset.

A ``C`` is a degree Celsius here, where elsewhere it is carbon, and to pint a
coulomb; so the units of temperatures are read apart from all others.
"""

import re

from benchmark.harmonise.variable import TEMPERATURE, Variable

# What is left of a spelling without spaces, underscores and the word "degree".
_SCALES = {
    "k": (1.0, 0.0),
    "kelvin": (1.0, 0.0),
    "c": (1.0, 273.15),
    "celsius": (1.0, 273.15),
    "centigrade": (1.0, 273.15),
    "f": (5.0 / 9.0, 459.67 * 5.0 / 9.0),
    "fahrenheit": (5.0 / 9.0, 459.67 * 5.0 / 9.0),
}


def to_kelvin(written: str) -> tuple[float, float]:
    """Return factor and offset from units of temperature to kelvin.

    Parameters
    ----------
    written : str
        Units as a file gives them: ``K``, ``degC``, ``C``, ``deg_C``,
        ``degrees Celsius``, ``°C``.

    Returns
    -------
    factor, offset : float
        Values times the factor plus the offset are in K.

    Raises
    ------
    ValueError
        If they are no units of temperature.

    Examples
    --------
    >>> to_kelvin("degrees_Celsius"), to_kelvin("K")
    ((1.0, 273.15), (1.0, 0.0))
    """
    text = written.strip().lower().strip("[]()").replace("kelvins", "kelvin")
    bare = re.sub(r"degrees?|deg|°|º|[\s_.\-]", "", text)
    if bare not in _SCALES:
        msg = f"units '{written}' are no temperature"
        raise ValueError(msg)
    return _SCALES[bare]


def offset_to_canonical(written: str | None, variable: Variable) -> float:
    """Return what is added to values after their factor: 273.15 of degC.

    Parameters
    ----------
    written : str or None
        Units of which the factor is known.
    variable : Variable
        The target.

    Returns
    -------
    float
        0 for all that is no temperature.
    """
    return to_kelvin(written)[1] if variable.units == TEMPERATURE and written else 0.0

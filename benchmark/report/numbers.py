"""How numbers, intervals and units are written in a report."""

import math
from collections.abc import Sequence

MINUS = "\N{MINUS SIGN}"
SPACE = "\N{NARROW NO-BREAK SPACE}"
NOTHING = "\N{EN DASH}"
TIMES = "\N{MULTIPLICATION SIGN}"
SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def number(value: float | None, digits: int = 3) -> str:
    """Write a number with three significant digits.

    Parameters
    ----------
    value : float or None
        What to write; None and NaN become an en dash.
    digits : int, default 3
        Significant digits.

    Returns
    -------
    str
        The number with a real minus sign, in the form a reader expects.

    Examples
    --------
    >>> [number(x, 3) for x in (0.0, 60, 0.12345, 5.996)]
    ['0', '60.0', '0.123', '6.00']
    >>> number(-12.34) == MINUS + "12.3", number(None) == NOTHING
    (True, True)
    """
    if value is None or math.isnan(value):
        return NOTHING
    if math.isinf(value):
        return MINUS + "∞" if value < 0 else "∞"
    if value == 0:
        return "0"
    rounded = float(f"{value:.{digits - 1}e}")
    exponent = math.floor(math.log10(abs(rounded)))
    if not -4 <= exponent < 9:
        mantissa = f"{rounded / 10.0**exponent:.{digits - 1}f}"
        power = str(exponent).translate(SUPERSCRIPT)
        return mantissa.replace("-", MINUS) + f"{SPACE}{TIMES}{SPACE}10{power}"
    decimals = max(0, digits - 1 - exponent)
    text = f"{rounded:,.{decimals}f}"
    return text.replace("-", MINUS).replace(",", SPACE)


def score(value: float | None) -> str:
    """Write a score with two decimals.

    Examples
    --------
    >>> score(0.6251), score(1.0)
    ('0.63', '1.00')
    """
    if value is None or math.isnan(value):
        return NOTHING
    return f"{value:.2f}"


def fraction(value: float) -> str:
    """Write a score without the zero before its point, where space is short.

    Examples
    --------
    >>> fraction(0.6251), fraction(1.0)
    ('.63', '1.00')
    """
    return f"{value:.2f}".removeprefix("0")


def interval(low: float | None, high: float | None) -> str:
    """Write a range as 'low to high'; empty if neither is known.

    Examples
    --------
    >>> interval(12, 74)
    '12.0 to 74.0'
    """
    if (low is None or math.isnan(low)) and (high is None or math.isnan(high)):
        return ""
    return f"{number(low)} to {number(high)}"


def percent(share: float) -> str:
    """Write a share of one as a whole percentage.

    Examples
    --------
    >>> percent(0.604), percent(0.0004), percent(0.005)
    ('60 %', 'less than 1 %', '0.5 %')
    """
    if share and abs(share) < 0.001:
        return "less than 1 %"
    if abs(share) < 0.0095:
        return f"{100 * share:.1f} %"
    return f"{100 * share:.0f} %"


def unit(units: str | None, basis: str | None = None) -> str:
    """Write a unit for people, with the element it counts.

    Parameters
    ----------
    units : str or None
        Units as in the score table, such as ``g m-2 yr-1``.
    basis : str, optional
        What the mass is of: C, CO2 or CH4.

    Returns
    -------
    str
        The unit; empty for pure numbers.

    Examples
    --------
    >>> unit("g m-2 yr-1", "C"), unit("Tg yr-1", "CH4"), unit("1"), unit("days")
    ('g C m⁻² yr⁻¹', 'Tg CH₄ yr⁻¹', '', 'days')
    >>> unit("Mkm2")
    'million km²'
    """
    if not units or units in {"1", "-", "dimensionless"}:
        return ""
    first, *rest = units.replace("Mkm2", "million km2").split()
    words = [first]
    if basis and first in {"mg", "g", "kg", "Gg", "Tg", "Pg"}:
        words.append({"CO2": "CO₂", "CH4": "CH₄"}.get(basis, basis))
    return " ".join(words + [raised(word) for word in rest])


def raised(word: str) -> str:
    """Raise the power at the end of a unit.

    Examples
    --------
    >>> raised("yr-1")
    'yr⁻¹'
    """
    stem = word.rstrip("-0123456789")
    return stem + word[len(stem) :].translate(SUPERSCRIPT)


def years(period: Sequence[int] | str | None) -> str:
    """Write a period with an en dash.

    Examples
    --------
    >>> years((2010, 2010)), years(None), years((2002, 2014)).split(NOTHING)
    ('2010', '', ['2002', '2014'])
    """
    if period is None or period == "":
        return ""
    if isinstance(period, str):
        return period.replace("-", NOTHING)
    first, last = int(period[0]), int(period[-1])
    return str(first) if first == last else f"{first}{NOTHING}{last}"


def whole(n: float) -> str:
    """Write a whole number, in groups of three digits.

    Examples
    --------
    >>> whole(36), whole(7035).replace(SPACE, " ")
    ('36', '7 035')
    """
    return f"{n:,.0f}".replace(",", SPACE).replace("-", MINUS)


def count(n: int, one: str, many: str | None = None) -> str:
    """Write a number of things.

    Examples
    --------
    >>> count(1, "model"), count(3, "model"), count(0, "benchmark")
    ('1 model', '3 models', 'no benchmarks')
    """
    word = one if n == 1 else many or one + "s"
    return f"{whole(n) if n else 'no'} {word}"

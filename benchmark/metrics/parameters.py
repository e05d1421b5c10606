"""The names of a metric's parameters, which say which statistics it needs."""

import re

_STATISTIC = re.compile(
    r"(model|reference)_(([A-Za-z]\w*?)_)?(mean|climatology|crms|iav|annual|series)"
    r"|reference_members|series_crmse|month_length|reference_low|reference_high"
)

PARAMETERS = frozenset({"tolerance", "scale", "null_values", "scores", "weights"})
"""Parameters that are not statistics: numbers of the benchmark, and weights."""


def is_statistic(name: str) -> bool:
    """Return whether a parameter of a metric asks for a statistic by its name.

    Parameters
    ----------
    name : str
        ``model_`` or ``reference_``, then perhaps another variable and ``_``,
        then ``mean``, ``climatology``, ``crms``, ``iav``, ``annual`` or
        ``series``; or ``reference_members``, ``series_crmse``,
        ``month_length``, ``reference_low``, ``reference_high``.

    Returns
    -------
    bool

    Examples
    --------
    >>> is_statistic("model_climatology"), is_statistic("model_tas_annual")
    (True, True)
    >>> is_statistic("model_colour")
    False
    """
    return _STATISTIC.fullmatch(name) is not None


def companion_of(name: str) -> str:
    """Return the variable a statistic is of, empty for the scored one.

    Parameters
    ----------
    name : str
        A statistic, see `is_statistic`.

    Returns
    -------
    str

    Examples
    --------
    >>> companion_of("model_wetlandFrac_climatology"), companion_of("model_mean")
    ('wetlandFrac', '')
    """
    found = _STATISTIC.fullmatch(name)
    return (found.group(3) or "") if found else ""


KEPT_COORDINATES = ("family", "year", "month", "days", "site_class")
"""Coordinates of statistics that metrics may use, beside those of dimensions."""

"""Which variable of a file is meant, in which units, and of which sign."""

import re

import xarray as xr

from benchmark.config.descriptors import VariableSource
from benchmark.errors import InputError
from benchmark.harmonise.expression import evaluate, variable_names
from benchmark.harmonise.unit_text import clean
from benchmark.harmonise.units import conversion_factor, dimensional_factor
from benchmark.harmonise.variable import Variable

# Names of nep, which may or may not count fire.
_NET_PRODUCTION = ("nep", "NEP")
# A cell in units: PgC/cell/yr, kg gridcell-1 s-1, g per grid box.
_CELL = re.compile(
    r"(?:/|\bper\b)?\s*\b(?:grid)?[ _-]?(?:cell|box)\b(?:\^?-1)?", re.IGNORECASE
)


def find_variable(
    data: xr.Dataset, source: VariableSource, variable: Variable, where: str
) -> tuple[xr.DataArray, str, str | None]:
    """Return a variable of a file, its name there and its units as written.

    Parameters
    ----------
    data : Dataset
        As the reader gave it.
    source : VariableSource
        Its `name`, a variable or a sum of such; else the names and standard
        names that archives use are looked for.
    variable : Variable
        What is wanted.
    where : str
        File, for messages.

    Returns
    -------
    values : DataArray
    name : str
    units : str or None

    Raises
    ------
    InputError
        If it is not there, or several could be it, or a sum mixes units.
    """
    name = source.name or _name_in(data, variable, where)
    try:
        names = variable_names(name)
    except ValueError:
        # A variable whose name is no identifier, such as cSoil-total.
        names = []
    if name in data.variables or not names:
        names = [name]
    for part in names:
        if part not in data.variables:
            raise InputError(missing_variable(data, part, f"{where}: {part}"))
    stated = {str(data[part].attrs.get("units", "")).strip() for part in names}
    if source.units is None and len(stated) > 1:
        msg = (
            f"{where}: {name} adds variables with units {sorted(stated)}; expected one "
            "unit. State 'units:'."
        )
        raise InputError(msg)
    if variable.name == "nee" and name in _NET_PRODUCTION and source.sign is None:
        msg = (
            f"{where}: {name} is net ecosystem production, in which CMIP6 counts fire. "
            "Declare it as 'nep:' (with 'fFire:'), or write 'sign: down' under "
            "variables.nee if it is npp - rh."
        )
        raise InputError(msg)
    parts = {part: data[part] for part in names}
    values = data[name] if names == [name] else evaluate(name, parts)
    return values, name, source.units or stated.pop()


def _name_in(data: xr.Dataset, variable: Variable, where: str) -> str:
    known = (*variable.aliases, *variable.negated)
    found = [name for name in known if name in data.data_vars]
    found += [
        str(name)
        for name, array in data.data_vars.items()
        if (array.attrs.get("standard_name") or None) == variable.standard_name
        and name not in found
    ]
    if len(found) == 1:
        return found[0]
    if found:
        msg = (
            f"{where}: {', '.join(found)} could all be {variable.name}; write 'name:' "
            f"under variables.{variable.name}."
        )
        raise InputError(msg)
    raise InputError(missing_variable(data, variable.name, f"{where}: {variable.name}"))


def missing_variable(data: xr.Dataset, name: str, where: str) -> str:
    """Return the message for a variable that is not in a file."""
    from difflib import get_close_matches

    names = sorted(str(n) for n in data.data_vars if not str(n).endswith("_bnds"))
    near = get_close_matches(name, names, n=1)
    hint = f" Did you mean '{near[0]}'?" if near else ""
    shown = ", ".join(names[:12]) + (", ..." if len(names) > 12 else "")
    return f"{where}: no such variable; the file has {shown}.{hint} Write 'name:'."


def factor_to_canonical(
    written: str | None, source: VariableSource, variable: Variable, where: str
) -> float:
    """Return the factor to canonical units, of means or of totals.

    Parameters
    ----------
    written : str or None
        Units as the file or the configuration gives them.
    source : VariableSource
        Its mass basis, and whether the values are means or totals.
    variable : Variable
        The target.
    where : str
        File and variable, for messages.

    Returns
    -------
    float

    Raises
    ------
    InputError
        If there are no units, or they are not understood.
    """
    canonical = variable.units
    if source.statistic == "total":
        canonical = variable.canonical_total
    if not written:
        msg = (
            f"{where}: has no units; expected such as {canonical}. Write 'units:' "
            f"under variables.{variable.name}."
        )
        raise InputError(msg)
    try:
        return conversion_factor(
            written,
            canonical,
            mass_basis=variable.mass_basis,
            declared_basis=source.mass_basis,
        )
    except ValueError as error:
        msg = (
            f"{where}: {error}; expected such as {canonical}. Write 'units:' under "
            f"variables.{variable.name}.{_per_cell(written, canonical)}"
        )
        raise InputError(msg) from error


def converts(written: str | None, source: VariableSource, variable: Variable) -> bool:
    """Return whether units are those of a variable, or convert to them.

    Parameters
    ----------
    written : str or None
        Units as the file or the configuration gives them.
    source : VariableSource
        Its mass basis, and whether the values are means or totals.
    variable : Variable
        The target.

    Returns
    -------
    bool

    Examples
    --------
    >>> from dataclasses import replace
    >>> from benchmark.harmonise.variables import VARIABLES
    >>> soil = VARIABLES["cSoil"]
    >>> converts("g m-3", VariableSource(()), soil)
    False
    >>> converts("g m-3", VariableSource(()), replace(soil, units="kg m-3"))
    True
    """
    try:
        factor_to_canonical(written, source, variable, "")
    except InputError:
        return False
    return True


def _per_cell(written: str, canonical: str) -> str:
    """Return what to do with units that are amounts of whole cells."""
    bare = _CELL.sub(" ", written).strip()
    if not canonical.startswith("kg"):
        return ""
    try:
        dimensional_factor(clean(bare)[0], canonical.replace(" m-2", ""))
    except ValueError:
        return ""
    return (
        " These are amounts of whole cells or regions: divide them by the area of each "
        "cell in m2 first (its area, not its land); for a table of regions write "
        "'statistic: total'."
    )


def is_negated(
    source: VariableSource, variable: Variable, name: str, standard_name: str = ""
) -> bool:
    """Return whether the values have to be multiplied by -1.

    Parameters
    ----------
    source : VariableSource
        Its `sign` decides, where given.
    variable : Variable
        The direction that is positive here.
    name : str
        The variable's name in the file; archives fix its sign.
    standard_name : str, optional
        Its CF standard name, for a name that is not known.

    Returns
    -------
    bool
    """
    if variable.positive == "none":
        return False
    if source.sign is not None:
        return source.sign != variable.positive
    # CF has net carbon dioxide fluxes only downward. A name that says its
    # direction is believed before an attribute, which is often copied.
    downward = "_net_downward_" in standard_name and variable.positive == "up"
    return name in variable.negated or (downward and name not in variable.aliases)

"""What a file leaves unsaid of methane and wetlands: mass of what, per which area."""

import xarray as xr

from benchmark.config.descriptors import VariableSource
from benchmark.errors import InputError
from benchmark.harmonise.cell_methods import check_area_basis, stated_basis, written_of
from benchmark.harmonise.unit_text import clean
from benchmark.harmonise.units import MOLAR_MASS
from benchmark.harmonise.variable import Variable


def settled_basis(
    data: xr.Dataset,
    name: str,
    source: VariableSource,
    variable: Variable,
    where: str,
) -> tuple[str, list[str]]:
    """Return what area values are per, and what is odd about that.

    The configuration or the archive comes first, and may not contradict the
    file; then the file's `cell_methods`; then what archives have of the
    variable: fluxes and stocks per area of land, wetlands as a part of the
    whole cell. Methane has no such rule, because models give it per area of
    land, of the cell and of wetland, which differ by factors.

    Parameters
    ----------
    data : Dataset
        As the reader gave it.
    name : str
        The variable in it.
    source : VariableSource
        Its `area_basis`.
    variable : Variable
        What is wanted.
    where : str
        File and variable, for messages.

    Returns
    -------
    basis : {"land", "cell", "wetland"}
    warnings : list of str

    Raises
    ------
    InputError
        If file and configuration contradict each other, or nothing says it
        and nothing may be taken.
    """
    if not variable.is_per_area:
        return "land", []
    odd = check_area_basis(data, name, source, where)
    if source.area_basis is not None:
        return source.area_basis, odd
    if variable.area_basis == "land":
        return "land", odd
    basis = stated_basis(written_of(data, name)) or variable.area_basis
    if not basis:
        raise InputError(no_basis(variable, where))
    return basis, []


def no_basis(variable: Variable, where: str) -> str:
    """Return the message for values of which nothing says what area they are per.

    Parameters
    ----------
    variable : Variable
        What is wanted.
    where : str
        File and variable.

    Returns
    -------
    str
        With the lines to write.
    """
    return (
        f"{where}: nothing says what area {variable.long_name} is per; expected land, "
        "the whole cell or wetland, which is not guessed. Write 'area_basis: land' "
        f"under variables.{variable.name} if values are means over the land of a cell, "
        "'area_basis: cell' if over the whole cell, 'area_basis: wetland' if over its "
        "wetland (then wetlandFrac is needed, too)."
    )


def unsure_mass(
    data: xr.Dataset,
    name: str,
    source: VariableSource,
    variable: Variable,
    written: str | None,
) -> list[str]:
    """Return a warning where nothing says what a mass of methane is the mass of.

    The mass of its carbon is 0.75 of that of methane, which no test of sizes
    can tell.

    Parameters
    ----------
    data : Dataset
        As the reader gave it.
    name : str
        The variable in it.
    source : VariableSource
        Its `mass_basis`.
    variable : Variable
        What is wanted.
    written : str or None
        Units as the file or the configuration gives them.

    Returns
    -------
    list of str
    """
    if variable.mass_basis != "CH4" or source.mass_basis or not written:
        return []
    text, species = clean(written)
    attrs = data[name].attrs if name in data.variables else {}
    stated = "mass_flux_of_methane" in str(attrs.get("standard_name", ""))
    if species or stated or "mol" in text:
        return []
    ratio = MOLAR_MASS["C"] / MOLAR_MASS["CH4"]
    return [
        f"units '{written}' do not say whether of methane or of its carbon (a factor "
        f"of {ratio:.2f}, which sizes cannot tell): taken as methane; write "
        "'mass_basis: CH4', or 'C'"
    ]

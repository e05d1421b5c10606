"""What a data file holds, and which of it is meant."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmark.errors import ConfigError
from benchmark.harmonise.variable import Variable
from benchmark.harmonise.variables import SCORED, VARIABLES
from benchmark.products.product import Product

if TYPE_CHECKING:
    from benchmark.inspecting.sources import Held


def variables_of(path: Path) -> dict[str, "Held"]:
    """Return what the header of a NetCDF file holds, name to its attributes.

    Parameters
    ----------
    path : Path
        The file.

    Returns
    -------
    dict of str to Held

    Raises
    ------
    InputError
        If it is not NetCDF, or is broken.
    """
    from benchmark.inspecting.sources import Held
    from benchmark.readers.headers import open_netcdf_header
    from benchmark.readers.paths import check_is_netcdf

    check_is_netcdf(path)
    with open_netcdf_header(path) as data:
        return {
            str(name): Held(tuple(map(str, array.dims)), dict(array.attrs))
            for name, array in data.data_vars.items()
        }


def columns_of(path: Path) -> tuple[str, dict[str, "Held"]]:
    """Return whether a table is of sites or regions, and its columns.

    Parameters
    ----------
    path : Path
        A CSV.

    Returns
    -------
    kind : str
        ``sites`` or ``regional``.
    columns : dict of str to Held

    Raises
    ------
    ConfigError
        If it is neither.
    """
    from benchmark.inspecting.sources import Held
    from benchmark.readers.regional_table import read_texts

    columns = [str(column) for column in read_texts(path).columns]
    if {"site", "lat", "lon"} <= set(columns):
        kind = "sites"
    elif {"region", "value"} <= set(columns):
        kind = "regional"
    else:
        msg = (
            f"{path}: has the columns {', '.join(columns)}; expected region and value, "
            "or site, lat, lon and one with values."
        )
        raise ConfigError([msg])
    return kind, {column: Held(("row", "column"), {}) for column in columns}


def which_variable(
    path: Path,
    held: Mapping[str, "Held"],
    given: Mapping[str, Any],
    product: Product | None,
) -> tuple[str, Variable]:
    """Return the name in the file of what is scored, and what it is.

    Parameters
    ----------
    path : Path
        For messages.
    held : mapping
        What the file holds.
    given : mapping
        ``variable`` and ``inside``, where the user says them.
    product : Product, optional
        What it is a file of.

    Returns
    -------
    name : str
    variable : Variable

    Raises
    ------
    ConfigError
        If none fits, or several do: nothing is chosen from them.
    """
    from benchmark.inspecting.matching import meaning

    found = {name: meaning(name, about) for name, about in held.items()}
    if product is not None:
        known = {v.get("name"): v["variable"] for v in product.variables}
        found |= {n: VARIABLES.get(known[n]) for n in held if n in known}
    wanted = given.get("variable")
    if wanted is not None and wanted not in SCORED:
        msg = f"--variable {wanted}: is unknown; expected one of {', '.join(SCORED)}."
        raise ConfigError([msg])
    fits = {n: v for n, v in found.items() if v is not None and v.name in SCORED}
    if wanted:
        fits = {n: v for n, v in fits.items() if v.name == wanted}
    inside = given.get("inside")
    if inside is not None:
        if inside not in held:
            msg = f"{path}: has no '{inside}'; found {', '.join(held)}."
            raise ConfigError([msg])
        fits = {n: v for n, v in fits.items() if n == inside}
        if wanted and not fits:
            return inside, VARIABLES[wanted]
    if wanted and not fits and "value" in held:
        return "value", VARIABLES[wanted]
    if len(fits) != 1:
        told = ", ".join(f"{n} ({v.name})" for n, v in fits.items()) or "none"
        msg = (
            f"{path}: which variable is meant? Of {', '.join(held)} these could be "
            f"scored: {told}. Write '--variable NAME' (one of {', '.join(SCORED)}) and "
            "'--inside NAME' (its name in the file)."
        )
        raise ConfigError([msg])
    ((name, variable),) = fits.items()
    return name, variable

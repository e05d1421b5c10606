"""Whether values are per area of land or of the cell, as `cell_methods` says."""

import re

import xarray as xr

from benchmark.config.descriptors import VariableSource
from benchmark.errors import InputError
from benchmark.harmonise.expression import variable_names

_AREA = re.compile(
    r"\barea\s*:(?:\s*\w+\s*:)*\s*(?P<method>\w+)"
    r"(?:\s+where\s+(?P<where>\w+))?(?:\s+over\s+(?P<over>\w+))?"
)
_LAND = ("land", "natural_grasses", "vegetation", "bare_ground", "soil")


def stated_basis(cell_methods: str) -> str | None:
    """Return what area a mean is over.

    Parameters
    ----------
    cell_methods : str
        As in CF, such as ``area: mean where land time: mean``.

    Returns
    -------
    {"land", "cell", "wetland"} or None
        None if nothing is said of the area, or something else than a mean.

    Examples
    --------
    >>> stated_basis("area: mean where land time: mean")
    'land'
    >>> stated_basis("area: time: mean")
    'cell'
    >>> stated_basis("area: mean where land over all_area_types time: mean")
    'cell'
    """
    found = _AREA.search(cell_methods)
    if not found or found["method"] != "mean":
        return None
    over = found["over"] or found["where"]
    if over in (None, "all_area_types"):
        return "cell"
    if over == "wetland":
        return "wetland"
    return "land" if over in _LAND else None


def check_area_basis(
    data: xr.Dataset, name: str, source: VariableSource, where: str
) -> list[str]:
    """Compare the area basis of the configuration with that of the file.

    Parameters
    ----------
    data : Dataset
        As the reader gave it.
    name : str
        A variable of it, or an expression of such.
    source : VariableSource
        Its `area_basis`; None counts as land.
    where : str
        File and variable, for messages.

    Returns
    -------
    list of str
        A warning where the file says the whole cell and the configuration
        nothing.

    Raises
    ------
    InputError
        If the two contradict each other.
    """
    written = written_of(data, name)
    basis = stated_basis(written)
    if basis is None or basis == source.area_basis:
        return []
    if source.area_basis is not None:
        msg = (
            f"{where}: cell_methods '{written}' says per area of {_named(basis)}, but "
            f"the configuration says 'area_basis: {source.area_basis}'; expected the "
            f"same. Write 'area_basis: {basis}', or correct the file."
        )
        raise InputError(msg)
    if basis == "land":
        return []
    return [
        f"cell_methods '{written}' says per area of {_named(basis)}, taken as per area "
        f"of land: write 'area_basis: {basis}', or 'area_basis: land' is assumed"
    ]


def _named(basis: str) -> str:
    return "the whole cell" if basis == "cell" else basis


def written_of(data: xr.Dataset, name: str) -> str:
    """Return the cell_methods of a variable, or of the first of a sum that has.

    Parameters
    ----------
    data : Dataset
        The file.
    name : str
        A variable of it, or an expression of such.

    Returns
    -------
    str
        Empty if there are none.
    """
    names = [name]
    if name not in data.variables:
        try:
            names = variable_names(name)
        except ValueError:
            return ""
    texts = (str(data[n].attrs.get("cell_methods", "")) for n in names if n in data)
    return next((text for text in texts if text), "")

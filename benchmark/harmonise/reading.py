"""A variable as its file has it, and what has to be done to it."""

from dataclasses import dataclass, replace

import numpy as np
import xarray as xr

from benchmark.config.descriptors import VariableSource
from benchmark.errors import InputError
from benchmark.harmonise.archived import by_archive, for_archive
from benchmark.harmonise.identify import (
    factor_to_canonical,
    find_variable,
    is_negated,
)
from benchmark.harmonise.masking import masked
from benchmark.harmonise.soil.depth import SoilDepth, at_depth, target_of_layers
from benchmark.harmonise.soil.temperature import KeptLayers, in_layers, near_surface
from benchmark.harmonise.temperature import offset_to_canonical
from benchmark.harmonise.unsaid import settled_basis, unsure_mass
from benchmark.harmonise.variable import Variable


@dataclass(frozen=True)
class Found:
    """A variable of a file in the file's units, and how it becomes canonical.

    Parameters
    ----------
    values : DataArray
        As the file has them.
    name, where : str
        What it is called there; file and variable, for messages.
    written : str or None
        Its units.
    source : VariableSource
        With the area basis that is settled.
    target : Variable
        The variable, or what its soil layers have.
    factor, offset : float
        To canonical units and sign.
    conversions, odd, unsure : tuple of str
        What is done, what the owner of the file should look at, and what is
        taken without being sure.
    """

    values: xr.DataArray
    name: str
    where: str
    written: str | None
    source: VariableSource
    target: Variable
    factor: float
    offset: float
    conversions: tuple[str, ...]
    odd: tuple[str, ...]
    unsure: tuple[str, ...]


@dataclass(frozen=True)
class Profile:
    """A variable without its soil layers, or with all of them.

    Parameters
    ----------
    values : DataArray
        In the file's units.
    depth : tuple of float, "full_column" or None
        What it covers.
    conversions : tuple of str
        What was done.
    remark : str
        What every row has to say.
    layers : KeptLayers or None
        Where they are kept.
    """

    values: xr.DataArray
    depth: SoilDepth = None
    conversions: tuple[str, ...] = ()
    remark: str = ""
    layers: KeptLayers | None = None


def find(data: xr.Dataset, source: VariableSource, variable: Variable) -> Found:
    """Return a variable of a file, and how it becomes canonical.

    Parameters
    ----------
    data : Dataset
        As the reader gave it.
    source : VariableSource
        What the configuration says about the variable.
    variable : Variable
        The target.

    Returns
    -------
    Found

    Raises
    ------
    InputError
        If the variable, its units or its bases are not understood.
    """
    where = str(data.attrs.get("files", ["?"])[0])
    values, name, written = find_variable(data, source, variable, where)
    where = f"{where}: {name}"
    written, unsure = by_archive(values, written, source, variable, where)
    basis, odd = settled_basis(data, name, source, variable, where)
    odd += unsure_mass(data, name, source, variable, written)
    settled = replace(source, area_basis=basis)  # type: ignore[arg-type]
    target = target_of_layers(values, data, source, variable, written, where)
    factor, done = _factor(values, written, source, target, name, where)
    offset = offset_to_canonical(written, variable)
    if offset:
        done.append(f"units '{written}' to K: plus {offset:.6g}")
    return Found(
        values,
        name,
        where,
        written,
        settled,
        target,
        factor,
        offset,
        tuple(done),
        tuple(odd),
        tuple(unsure),
    )


def profile(
    data: xr.Dataset, found: Found, *, depth: SoilDepth, layered: bool
) -> Profile:
    """Return a variable without its soil layers, or with them if they are asked for.

    Parameters
    ----------
    data : Dataset
        The file.
    found : Found
        The variable in it.
    depth : tuple of float, "full_column" or None
        Depths in m that the layers of soil carbon are integrated over.
    layered : bool
        Whether layers of soil temperature are kept.

    Returns
    -------
    Profile
        Without missing values that the configuration names.

    Raises
    ------
    InputError
        If the layers are not understood, or do not reach so deep.
    """
    values, cleaned = masked(found.values, found.source)
    source, where = found.source, found.where
    if found.target.name != "tsl":
        column = at_depth(values, data, source, found.target, where, asked=depth)
        done = (*cleaned, *column.conversions)
        return Profile(column.values, column.depth, done, column.remark)
    if not layered:
        values, text = near_surface(values, data, source, where)
        return Profile(values, source.depth, (*cleaned, text), text)
    values, layers = in_layers(values, data, source, where)
    return Profile(values, None, (*cleaned, *layers.remarks), layers=layers)


def as_floats(values: xr.DataArray) -> xr.DataArray:
    """Return numbers that can be missing."""
    return values.astype(np.float64 if values.dtype.kind in "iu" else values.dtype)


def _factor(
    values: xr.DataArray,
    written: str | None,
    source: VariableSource,
    variable: Variable,
    name: str,
    where: str,
) -> tuple[float, list[str]]:
    """Return the factor to canonical units and upward sign, and what it is."""
    if source.statistic == "total":
        msg = (
            f"{where}: 'statistic: total' on a grid; expected values per square metre. "
            "Divide them by the area of each cell first."
        )
        raise InputError(msg)
    done = []
    try:
        factor = factor_to_canonical(written, source, variable, where)
    except InputError as error:
        raise for_archive(error, source, variable.name) from error
    if factor != 1.0:
        done.append(f"units '{written}' to {variable.units}: times {factor:.6g}")
    if is_negated(source, variable, name, values.attrs.get("standard_name", "")):
        factor = -factor
        done.append(f"sign: positive {variable.positive}ward, times -1")
    return factor, done

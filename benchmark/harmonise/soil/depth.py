"""Soil carbon between two depths, from the layers of a model."""

from collections.abc import Hashable
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import xarray as xr

from benchmark.config.descriptors import Depth, VariableSource
from benchmark.errors import InputError, NotCoveredError
from benchmark.harmonise.identify import converts, factor_to_canonical, find_variable
from benchmark.harmonise.soil.layers import soil_dimension, soil_layers
from benchmark.harmonise.soil.summing import overlap, summed
from benchmark.harmonise.variable import Variable

SoilDepth = Depth | Literal["full_column"] | None

_DENSITY = "kg m-3"
_DEPTH_OF_NAME = {"cSoilAbove1m": (0.0, 1.0)}

# A layer may end this far, in m, from where a depth is asked for: rounding.
_SLACK = 0.01


@dataclass(frozen=True)
class Column:
    """A variable without its soil layers, and how it came to that.

    Parameters
    ----------
    values : DataArray
        Without the dimension of the layers.
    depth : tuple of float, "full_column" or None
        What it covers, in m.
    conversions : tuple of str
        What was done.
    remark : str
        What every row about it has to say.
    """

    values: xr.DataArray
    depth: SoilDepth
    conversions: tuple[str, ...] = ()
    remark: str = ""


def has_layers(data: xr.Dataset, source: VariableSource, variable: Variable) -> bool:
    """Return whether a variable of a file lies on soil layers.

    Parameters
    ----------
    data : Dataset
        The file.
    source : VariableSource
        Which of its variables.
    variable : Variable
        What is wanted.

    Returns
    -------
    bool

    Raises
    ------
    InputError
        If the variable is not there.
    """
    values, name, _ = find_variable(data, source, variable, "")
    return _dimension(values, data, source, variable, name) is not None


def target_of_layers(
    values: xr.DataArray,
    data: xr.Dataset,
    source: VariableSource,
    variable: Variable,
    written: str | None,
    where: str,
) -> Variable:
    """Return the target that layers have: an amount each, or a density.

    The dimension of the units decides: kg m-2 is an amount in each layer, as
    CMIP6's `cSoilLevels`, kg m-3 a density, as CLM's `SOILC_vr`.

    Parameters
    ----------
    values : DataArray
        Soil carbon, or any other variable, which is its own target.
    data : Dataset
        Its file.
    source : VariableSource
        Its mass basis and layers.
    variable : Variable
        Soil carbon, kg m-2.
    written : str or None
        Units of the file or the configuration.
    where : str
        File and variable, for messages.

    Returns
    -------
    Variable
        The same, or with units of kg m-3: see `at_depth`.

    Raises
    ------
    InputError
        If the units are neither.
    """
    density = replace(variable, units=_DENSITY)
    if _dimension(values, data, source, variable, where) is None:
        return variable
    if not converts(written, source, variable) and converts(written, source, density):
        return density
    # Of units that are neither, what layers usually have says what is wrong.
    factor_to_canonical(written, source, variable, where)
    return variable


def at_depth(
    values: xr.DataArray,
    data: xr.Dataset,
    source: VariableSource,
    target: Variable,
    where: str,
    *,
    asked: SoilDepth = None,
) -> Column:
    """Return soil carbon between two depths, or of the whole column.

    Parameters
    ----------
    values : DataArray
        With a dimension of soil layers, or without: then it is returned as
        it is, and covers what the configuration states.
    data : Dataset
        Its file, with depths or bounds of the layers.
    source : VariableSource
        Its `layers`, and `depth`: two depths mean that the layers are a part
        of the model's soil; else they are taken to be all of it.
    target : Variable
        From `target_of_layers`: whether values are per volume or per layer.
    where : str
        File and variable, for messages.
    asked : tuple of float, "full_column" or None
        Depths in m; all layers if it is no pair.

    Returns
    -------
    Column
        Values per m2, in the units of the file (times m for a density); lazy
        where the input is.

    Raises
    ------
    NotCoveredError
        If the model's soil ends above the depths asked for.
    InputError
        If the layers are not understood.

    Notes
    -----
    A layer that a depth cuts counts with the share of its thickness inside:
    carbon is taken as even within a layer. Missing layers below the last
    valid one of a cell (bedrock) count as 0; a cell whose missing layers lie
    elsewhere is missing.
    """
    dimension = _dimension(values, data, source, target, where)
    if dimension is None:
        return _unlayered(values, source, target)
    layers = soil_layers(dimension, data, source.layers, where)
    top, bottom = float(layers.edges.min()), float(layers.edges.max())
    _check_stated(source.depth, (top, bottom), where)
    wanted = asked if isinstance(asked, tuple) else (min(top, 0.0), bottom)
    if wanted[0] >= bottom - _SLACK:
        msg = (
            f"{where}: the soil layers end at {bottom:.3g} m; the reference is of "
            f"{wanted[0]:g}-{wanted[1]:g} m."
        )
        raise NotCoveredError(msg)
    inside = overlap(layers.edges, wanted)
    density = target.units == _DENSITY
    weights = inside if density else inside / np.ptp(layers.edges, axis=1)
    field = summed(values, layers, weights)
    used = int((inside > 0).sum())
    text = f"{wanted[0]:.3g}-{min(wanted[1], bottom):.3g} m from {used} soil layers"
    ends = f"; model soil ends at {bottom:.3g} m" * (wanted[1] > bottom + _SLACK)
    if top > _SLACK and wanted[0] < top - _SLACK:
        ends += f"; the layers begin at {top:.3g} m"
    kind = "per volume" if density else "an amount in each layer"
    done = (*layers.remarks, f"{text} of {inside.size}, {kind}{ends}")
    depth = _covered(asked, source.depth, wanted, bottom)
    return Column(field, depth, done, f"model {text}{ends}")


def _dimension(
    values: xr.DataArray,
    data: xr.Dataset,
    source: VariableSource,
    variable: Variable,
    where: str,
) -> Hashable | None:
    if variable.name != "cSoil":
        return None
    return soil_dimension(values, data, source.layers, where)


def _unlayered(
    values: xr.DataArray, source: VariableSource, variable: Variable
) -> Column:
    named = _DEPTH_OF_NAME.get(str(values.name)) if variable.name == "cSoil" else None
    if source.depth is not None or named is None:
        return Column(values, source.depth)
    text = f"{named[0]:g}-{named[1]:g} m deep, as {values.name} of CMIP6 is"
    return Column(values, named, (text,))


def _check_stated(stated: SoilDepth, column: Depth, where: str) -> None:
    near = 0.05 * column[1]
    if isinstance(stated, tuple) and abs(stated[1] - column[1]) > near:
        msg = (
            f"{where}: its soil layers reach {column[1]:.3g} m, but 'depth:' under "
            f"variables.cSoil says {stated[0]:g}-{stated[1]:g} m; expected the depth "
            "that all layers cover. Remove 'depth:': it follows from the layers."
        )
        raise InputError(msg)


def _covered(
    asked: SoilDepth, stated: SoilDepth, wanted: Depth, bottom: float
) -> SoilDepth:
    """Return the depth a field stands for.

    The whole soil of a model that ends above a reference is all there is of
    it; layers that are a part of the model's soil are just not enough.
    """
    if not isinstance(asked, tuple):
        return stated or "full_column"
    if isinstance(stated, tuple) and wanted[1] > bottom + _SLACK:
        return (wanted[0], bottom)
    return asked

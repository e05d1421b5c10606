"""Opens a model's variables, and derives those that are made of others."""

from collections.abc import Iterable
from dataclasses import replace

import xarray as xr

from benchmark.config.descriptors import (
    Model,
    Period,
    Reference,
    VariableSource,
)
from benchmark.errors import InputError
from benchmark.harmonise.combined import combined
from benchmark.harmonise.derived import DERIVED, Part, derivable, within
from benchmark.harmonise.field import harmonise_field
from benchmark.harmonise.harmonised import Harmonised
from benchmark.harmonise.measures import measured, measures_of
from benchmark.harmonise.nee_ladder import rungs
from benchmark.harmonise.soil.depth import SoilDepth, has_layers
from benchmark.harmonise.soil.sources import source_at
from benchmark.harmonise.table import harmonise_table
from benchmark.harmonise.variables import VARIABLES
from benchmark.harmonise.wetland import is_per_wetland, needs_wetland, over_land
from benchmark.readers import open_reference_source, open_source

_PLAIN = Part("")


def offers(model: Model, name: str) -> bool:
    """Return whether a model declares a variable, or what it can be made of.

    Parameters
    ----------
    model : Model
        The configuration.
    name : str
        Short name of the variable.

    Returns
    -------
    bool
    """
    if name in model.variables or derivable(name, model.variables):
        return True
    return name == "nee" and bool(rungs(model.variables))


def open_variable(model: Model, name: str, period: Period | None = None) -> Harmonised:
    """Open and harmonise one variable of a model, or derive it.

    Parameters
    ----------
    model : Model
        The configuration.
    name : str
        Short name of a variable that it `offers`.
    period : tuple of int, optional
        First and last year, for what stands for a whole period: permafrost
        extent. Without it, all years of the model.

    Returns
    -------
    Harmonised
        (time, lat, lon), (lat, lon) or (time, region); lazy where large.

    Raises
    ------
    InputError
        If a file or variable cannot be understood.
    """
    if name in model.variables:
        opened = _open_declared(model, name)
        return replace(opened, derivation="1: given" if name == "nee" else "")
    if name in DERIVED:
        way = DERIVED[name]
        parts = {part.name: _open_part(model, part) for part in way.parts}
        if way.windowed:
            parts = {key: within(part, period) for key, part in parts.items()}
        return way.function(parts)
    rung = rungs(model.variables)[0]
    return combined(rung, {part: _open_declared(model, part) for part in rung.parts})


def _open_part(model: Model, part: Part) -> Harmonised:
    if part.layered or part.steps != "months":
        source = model.variables[part.name]
        data = open_source(source, model)
        return _harmonised(model, data, source, part.name, part=part)
    return open_variable(model, part.name)


def open_at_depths(
    model: Model,
    name: str,
    depths: Iterable[SoilDepth],
    period: Period | None = None,
) -> dict[SoilDepth, Harmonised | InputError]:
    """Open a variable at the depths of several references, each file once.

    Parameters
    ----------
    model : Model
        The configuration.
    name : str
        Short name of a variable that it `offers`.
    depths : iterable of tuple of float, "full_column" or None
        Those of the references.
    period : tuple of int, optional
        See `open_variable`.

    Returns
    -------
    dict
        Depth of a reference to the field for it, or why there is none. The
        field is one and the same where the model has but one depth.

    Raises
    ------
    InputError
        If a variable without depth cannot be understood.
    """
    depths = list(dict.fromkeys(depths))
    if name != "cSoil":
        return dict.fromkeys(depths, open_variable(model, name, period))
    opened: dict[SoilDepth, Harmonised | InputError] = {}
    held: dict[VariableSource, xr.Dataset] = {}
    made: dict[tuple[VariableSource, SoilDepth], Harmonised] = {}
    for depth in depths:
        source = source_at(model.variables[name], depth)
        try:
            if source not in held:
                held[source] = open_source(source, model)
            data = held[source]
            layered = "region" not in data.dims and has_layers(
                data, source, VARIABLES[name]
            )
            key = source, depth if layered else None
            if key not in made:
                made[key] = _harmonised(model, data, source, name, key[1])
            opened[depth] = made[key]
        except InputError as error:
            opened[depth] = error
    return opened


def open_reference_field(reference: Reference) -> Harmonised:
    """Open and harmonise a gridded reference.

    Parameters
    ----------
    reference : Reference
        Of kind ``field``.

    Returns
    -------
    Harmonised
        (time, lat, lon) or (lat, lon).

    Raises
    ------
    InputError
        If its file cannot be understood.
    """
    data = open_reference_source(reference)
    fraction = None
    if reference.land_fraction is not None:
        fraction = measured(reference.land_fraction, "1", reference.grid)
    opened = harmonise_field(
        data, reference.data, VARIABLES[reference.variable], land_fraction=fraction
    )
    if is_per_wetland(opened.field):
        msg = (
            f"{opened.where}: is per area of wetland; a field is scored per area of "
            "land. Multiply it by its wetland as a fraction of land first, and write "
            "'area_basis: land'."
        )
        raise InputError(msg)
    return _remarked(opened, data)


def _open_declared(model: Model, name: str) -> Harmonised:
    source = source_at(model.variables[name], None)
    opened = _harmonised(model, open_source(source, model), source, name)
    if not is_per_wetland(opened.field):
        return opened
    if "wetlandFrac" not in model.variables or "region" in opened.field.dims:
        raise needs_wetland(opened.where)
    return over_land(opened, _open_declared(model, "wetlandFrac"))


def _harmonised(
    model: Model,
    data: xr.Dataset,
    source: VariableSource,
    name: str,
    depth: SoilDepth = None,
    part: Part = _PLAIN,
) -> Harmonised:
    if "region" in data.dims:
        return harmonise_table(data, source, VARIABLES[name])
    measures = measures_of(model, data)
    opened = harmonise_field(
        data,
        source,
        VARIABLES[name],
        cell_area=measures.get("cell_area"),
        land_area=measures.get("land_area"),
        land_fraction=measures.get("land_fraction"),
        ice_fraction=measures.get("ice_fraction"),
        depth=depth,
        layered=part.layered,
        steps=part.steps,
    )
    return _remarked(opened, data)


def _remarked(opened: Harmonised, data: xr.Dataset) -> Harmonised:
    """Return the variable with what its reader inferred and found beside it."""
    inferred = data.attrs.get("remarks", ())
    beside = (f for m in data.attrs.get("measures", {}).values() for f in m.files)
    return replace(
        opened,
        conversions=(*inferred, *opened.conversions),
        files=(*opened.files, *beside),
    )

"""Opens a model's variables, and derives NEE where it is not given."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import reduce

import numpy as np
import xarray as xr

from benchmark.config.descriptors import (
    GridFile,
    GridMeasure,
    Model,
    Reference,
    VariableSource,
)
from benchmark.errors import InputError
from benchmark.harmonise.areas import read_measure
from benchmark.harmonise.field import Harmonised, harmonise_field
from benchmark.harmonise.nee_ladder import Rung, rungs
from benchmark.harmonise.soil.depth import SoilDepth, has_layers
from benchmark.harmonise.soil.sources import source_at
from benchmark.harmonise.table import harmonise_table
from benchmark.harmonise.variables import VARIABLES
from benchmark.readers import open_grid, open_reference_source, open_source
from benchmark.readers.grid_file import with_grid
from benchmark.readers.select import Wanted

_MEASURES = {
    "cell_area": "m2",
    "land_area": "m2",
    "land_fraction": "1",
    "ice_fraction": "1",
}


def offers(model: Model, name: str) -> bool:
    """Return whether a model declares a variable, or what NEE is made of.

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
    return name in model.variables or (name == "nee" and bool(rungs(model.variables)))


def open_variable(model: Model, name: str) -> Harmonised:
    """Open and harmonise one variable of a model.

    Parameters
    ----------
    model : Model
        The configuration.
    name : str
        Short name of a variable that it `offers`.

    Returns
    -------
    Harmonised
        (time, lat, lon), (lat, lon) or (time, region); lazy where large.

    Raises
    ------
    InputError
        If a file or variable cannot be understood.
    """
    if name != "nee" or "nee" in model.variables:
        opened = _open_declared(model, name)
        return replace(opened, derivation="1: given" if name == "nee" else "")
    rung = rungs(model.variables)[0]
    return combined(rung, {part: _open_declared(model, part) for part in rung.parts})


def combined(rung: Rung, parts: Mapping[str, Harmonised]) -> Harmonised:
    """Return NEE as one rung of the ladder makes it.

    Parameters
    ----------
    rung : Rung
        Which.
    parts : mapping of str to Harmonised
        Its variables, canonical.

    Returns
    -------
    Harmonised
        Lazy where they are.

    Raises
    ------
    InputError
        If they have other axes.
    """
    parts = {part: parts[part] for part in rung.parts}
    if rung.label.startswith("1"):
        return replace(parts["nee"], derivation=rung.label)
    fields = _same_axes(parts, "nee")
    values = dict(zip(parts, fields, strict=True))
    field = reduce(
        lambda total, part: total - values[part],
        rung.minus,
        reduce(
            lambda total, part: total + values[part],
            rung.plus[1:],
            values[rung.plus[0]],
        ),
    )
    attrs = {**fields[0].attrs, "long_name": VARIABLES["nee"].long_name}
    attrs.pop("standard_name", None)
    told = [f"{p}: {text}" for p in parts for text in parts[p].warnings]
    remarks = (*(part.remark for part in parts.values()), rung.remark)
    return Harmonised(
        field.rename("nee").assign_attrs(attrs),
        " and ".join(part.where for part in parts.values()),
        (
            *(f"{p}: {text}" for p in parts for text in parts[p].conversions),
            f"nee derived as {rung.formula}",
        ),
        (*told, *((rung.remark,) if rung.remark else ())),
        parts[rung.plus[0]].factor,
        rung.label,
        sign_stated=all(part.sign_stated for part in parts.values()),
        remark="; ".join(dict.fromkeys(filter(None, remarks))),
        grade=rung.grade,
        files=tuple(dict.fromkeys(f for part in parts.values() for f in part.files)),
    )


def open_at_depths(
    model: Model, name: str, depths: Iterable[SoilDepth]
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
        return dict.fromkeys(depths, open_variable(model, name))
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
        fraction = _measured(reference.land_fraction, "1", reference.grid)
    opened = harmonise_field(
        data, reference.data, VARIABLES[reference.variable], land_fraction=fraction
    )
    return _remarked(opened, data)


def _same_axes(parts: dict[str, Harmonised], name: str) -> tuple[xr.DataArray, ...]:
    fields = [part.field for part in parts.values()]
    # A table has its years in a coordinate that xarray does not align.
    years = {tuple(np.asarray(field.coords.get("year", ()))) for field in fields}
    try:
        aligned = xr.align(*fields, join="exact")
    except ValueError:
        aligned = ()
    if aligned and len(years) == 1:
        return aligned
    shapes = "; ".join(f"{part} has {_axes(parts[part].field)}" for part in parts)
    where = next(iter(parts.values())).where
    msg = f"{where}: {name} cannot be derived: {shapes}; expected the same axes of all."
    raise InputError(msg)


def _axes(field: xr.DataArray) -> str:
    years = field.coords.get("year")
    span = "" if years is None else f" of {int(years[0])}-{int(years[-1])}"
    sizes = ", ".join(f"{dim} {size}" for dim, size in field.sizes.items())
    return f"({sizes}){span}"


def _open_declared(model: Model, name: str) -> Harmonised:
    source = source_at(model.variables[name], None)
    return _harmonised(model, open_source(source, model), source, name)


def _harmonised(
    model: Model,
    data: xr.Dataset,
    source: VariableSource,
    name: str,
    depth: SoilDepth = None,
) -> Harmonised:
    if "region" in data.dims:
        return harmonise_table(data, source, VARIABLES[name])
    found = data.attrs.get("measures", {})
    measures = {
        key: _measured(measure, canonical, model.grid)
        for key, canonical in _MEASURES.items()
        if (measure := getattr(model, key) or found.get(key)) is not None
    }
    opened = harmonise_field(data, source, VARIABLES[name], depth=depth, **measures)
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


def _measured(
    measure: GridMeasure, canonical: str, grid: GridFile | None
) -> xr.DataArray:
    wanted = Wanted((measure.name,), whole=measure.name)
    data = open_grid(measure.files, time=False, wanted=wanted)
    if grid is not None:
        data = with_grid(data, grid)
    return read_measure(data, measure, canonical)

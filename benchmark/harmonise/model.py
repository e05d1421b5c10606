"""Opens a model's variables, and derives NEE where it is not given."""

from collections.abc import Callable
from dataclasses import replace
from functools import reduce

import numpy as np
import xarray as xr

from benchmark.config.descriptors import GridMeasure, Model, Reference
from benchmark.errors import InputError
from benchmark.harmonise.areas import read_measure
from benchmark.harmonise.field import Harmonised, harmonise_field
from benchmark.harmonise.table import harmonise_table
from benchmark.harmonise.variables import VARIABLES
from benchmark.readers import open_grid, readers
from benchmark.readers.select import Wanted, wanted_of

# Science brief of the project, "NEE ladder": the first rung whose variables are
# declared is used, and stored with every score.
NEE_LADDER: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("2: ra + rh - gpp", ("ra", "rh"), ("gpp",)),
    ("2a: reco - gpp", ("reco",), ("gpp",)),
    ("2b: rh - npp", ("rh",), ("npp",)),
)


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
    return name in model.variables or _rung(model, name) is not None


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
    rung = _rung(model, name)
    if name in model.variables or rung is None:
        opened = _open_declared(model, name)
        return replace(opened, derivation="1: given" if name == "nee" else "")
    label, plus, minus = rung
    parts = {part: _open_declared(model, part) for part in (*plus, *minus)}
    fields = _same_axes(parts, name)
    values = dict(zip(parts, fields, strict=True))
    field = reduce(
        lambda total, part: total - values[part],
        minus,
        reduce(lambda total, part: total + values[part], plus[1:], values[plus[0]]),
    )
    variable = VARIABLES[name]
    attrs = {**fields[0].attrs, "long_name": variable.long_name}
    attrs["standard_name"] = variable.standard_name
    return Harmonised(
        field.rename(name).assign_attrs(attrs),
        " and ".join(part.where for part in parts.values()),
        (
            *(f"{p}: {text}" for p in parts for text in parts[p].conversions),
            f"{name} derived as {label.split(': ')[1]}",
        ),
        tuple(f"{p}: {text}" for p in parts for text in parts[p].warnings),
        parts[plus[0]].factor,
        label,
        remark="; ".join(dict.fromkeys(p.remark for p in parts.values() if p.remark)),
    )


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
    wanted = wanted_of(reference.data)
    data = open_grid(
        reference.data.files,
        time=not reference.data.static,
        wanted=wanted,
        stated=reference.data.time,
    )
    fraction = None
    if reference.land_fraction is not None:
        fraction = _measured(reference.land_fraction, "1")
    return harmonise_field(
        data, reference.data, VARIABLES[reference.variable], land_fraction=fraction
    )


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
    source = model.variables[name]
    try:
        read: Callable[..., xr.Dataset] = readers.get(model.reader)
    except KeyError as error:
        msg = f"{model.source}: {error.args[0]}"
        raise InputError(msg) from error
    data = read(source, model)
    if "region" in data.dims:
        return harmonise_table(data, source, VARIABLES[name])
    measures = {}
    for key, canonical in (
        ("cell_area", "m2"),
        ("land_area", "m2"),
        ("land_fraction", "1"),
    ):
        measure = getattr(model, key)
        if measure is not None:
            measures[key] = _measured(measure, canonical)
    return harmonise_field(data, source, VARIABLES[name], **measures)


def _measured(measure: GridMeasure, canonical: str) -> xr.DataArray:
    wanted = Wanted((measure.name,), whole=measure.name)
    data = open_grid(measure.files, time=False, wanted=wanted)
    return read_measure(data, measure, canonical)


def _rung(
    model: Model, name: str
) -> tuple[str, tuple[str, ...], tuple[str, ...]] | None:
    if name != "nee" or "nee" in model.variables:
        return None
    for label, plus, minus in NEE_LADDER:
        if all(part in model.variables for part in (*plus, *minus)):
            return label, plus, minus
    return None

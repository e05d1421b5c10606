"""Sums and differences of variables, such as NEE by a rung of the ladder."""

from collections.abc import Mapping
from dataclasses import replace
from functools import reduce

import numpy as np
import xarray as xr

from benchmark.errors import InputError
from benchmark.harmonise.harmonised import Harmonised
from benchmark.harmonise.nee_ladder import Rung
from benchmark.harmonise.variables import VARIABLES


def combined(
    rung: Rung, parts: Mapping[str, Harmonised], name: str = "nee"
) -> Harmonised:
    """Return a variable as one rung of a ladder makes it.

    Parameters
    ----------
    rung : Rung
        Which.
    parts : mapping of str to Harmonised
        Its variables, canonical.
    name : str
        What they make.

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
    fields = _same_axes(parts, name)
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
    attrs = {**fields[0].attrs, "variable": name}
    attrs["long_name"] = VARIABLES[name].long_name
    attrs.pop("standard_name", None)
    told = [f"{p}: {text}" for p in parts for text in parts[p].warnings]
    remarks = (*(part.remark for part in parts.values()), rung.remark)
    return Harmonised(
        field.rename(name).assign_attrs(attrs),
        " and ".join(part.where for part in parts.values()),
        (
            *(f"{p}: {text}" for p in parts for text in parts[p].conversions),
            f"{name} derived as {rung.formula}",
        ),
        (*told, *((rung.remark,) if rung.remark else ())),
        factor=parts[rung.plus[0]].factor,
        derivation=rung.label,
        sign_stated=all(part.sign_stated for part in parts.values()),
        remark="; ".join(dict.fromkeys(filter(None, remarks))),
        grade=rung.grade,
        counts=tuple(count for part in parts.values() for count in part.counts),
        files=tuple(dict.fromkeys(f for part in parts.values() for f in part.files)),
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

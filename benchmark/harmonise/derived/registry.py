"""Which variables are made of which others, and by what function."""

from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass, replace

import numpy as np
import xarray as xr

from benchmark.config.descriptors import Period
from benchmark.errors import NoOverlapError
from benchmark.harmonise.harmonised import Harmonised
from benchmark.harmonise.time.steps import Steps
from benchmark.harmonise.variables import VARIABLES

Parts = Mapping[str, Harmonised]


@dataclass(frozen=True)
class Part:
    """A variable that another is made of, and in which form.

    Parameters
    ----------
    name : str
        Short name.
    layered : bool
        Whether all layers of the soil are needed.
    steps : {"months", "days", "finest"}
        Which time steps are needed.
    """

    name: str
    layered: bool = False
    steps: Steps = "months"


@dataclass(frozen=True)
class Derivation:
    """How a variable is made of others.

    Parameters
    ----------
    name : str
        Short name of what is made.
    parts : tuple of Part
        What it is made of; each may be derived, too.
    text : str
        The formula in words, stored with every score.
    function : callable
        Parts by name, harmonised, to the variable; pure, and lazy.
    windowed : bool
        Whether it stands for a whole period, to which the parts are cut first.
    """

    name: str
    parts: tuple[Part, ...]
    text: str
    function: Callable[[Parts], Harmonised]
    windowed: bool = False


DERIVED: dict[str, Derivation] = {}
"""By the name of what is made."""


def derivation(
    name: str, *parts: Part | str, text: str, windowed: bool = False
) -> Callable[[Callable[[Parts], Harmonised]], Callable[[Parts], Harmonised]]:
    """Register the decorated function as the way to a variable.

    Parameters
    ----------
    name, text, windowed
        See `Derivation`.
    *parts : Part or str
        What it takes; a name means months without layers.

    Returns
    -------
    callable
        The decorator; the function stays as it is.
    """

    def register(
        function: Callable[[Parts], Harmonised],
    ) -> Callable[[Parts], Harmonised]:
        taken = tuple(Part(p) if isinstance(p, str) else p for p in parts)
        DERIVED[name] = Derivation(name, taken, text, function, windowed)
        return function

    return register


def derivable(name: str, declared: Container[str]) -> bool:
    """Return whether a variable can be made of those that a model declares.

    Parameters
    ----------
    name : str
        Short name.
    declared : container of str
        Names of the model's variables.

    Returns
    -------
    bool

    Examples
    --------
    >>> derivable("reco", {"ra", "rh"}), derivable("reco", {"ra"})
    (True, False)
    >>> derivable("reco_subzero_air", {"ra", "rh", "tas"})
    True
    """
    return name in DERIVED and all(
        part.name in declared or derivable(part.name, declared)
        for part in DERIVED[name].parts
    )


def within(part: Harmonised, period: Period | None) -> Harmonised:
    """Return a part of the years of a period.

    Parameters
    ----------
    part : Harmonised
        With ``year`` along time, or without time: returned as it is.
    period : tuple of int or None
        First and last year.

    Returns
    -------
    Harmonised

    Raises
    ------
    NoOverlapError
        If it has none of them.
    """
    if period is None or "year" not in part.field.coords:
        return part
    years = part.field["year"].to_numpy()
    inside = np.flatnonzero((years >= period[0]) & (years <= period[1]))
    if inside.size == 0:
        msg = (
            f"{part.where}: has {years[0]} to {years[-1]}, none of it in {period[0]} "
            f"to {period[1]}; expected shared years."
        )
        raise NoOverlapError(msg)
    return replace(part, field=part.field.isel(time=inside))


def made_of(
    name: str,
    parts: Parts,
    field: xr.DataArray,
    *,
    remark: str = "",
    grade: str = "",
    counts: tuple[tuple[str, xr.DataArray], ...] = (),
) -> Harmonised:
    """Return a derived field with all that is known of its parts.

    Parameters
    ----------
    name : str
        What it is.
    parts : mapping of str to Harmonised
        What it is made of; the first says where it is from.
    field : DataArray
        Canonical units.
    remark : str
        What every row has to say of it.
    grade : str
        Evidence grade of its scores, where it is lowered.
    counts : tuple of (str, DataArray)
        Warnings with how many cells they are of.

    Returns
    -------
    Harmonised
    """
    variable, first = VARIABLES[name], next(iter(parts.values()))
    attrs = {
        "units": variable.units,
        "long_name": variable.long_name,
        "mass_basis": variable.mass_basis,
        "area_basis": "land",
        "statistic": "mean",
    }
    remarks = (remark, *(part.remark for part in parts.values()))
    text = DERIVED[name].text
    return replace(
        first,
        field=field.rename(name).drop_attrs(deep=False).assign_attrs(attrs),
        where=" and ".join(part.where for part in parts.values()),
        conversions=(*_of_parts(parts, "conversions"), f"{name} derived: {text}"),
        warnings=_of_parts(parts, "warnings"),
        factor=1.0
        if variable.units != first.field.attrs.get("units")
        else first.factor,
        offset=0.0,
        derivation=text,
        packed=(),
        remark="; ".join(dict.fromkeys(filter(None, remarks))),
        grade=grade or first.grade,
        depth=None,
        files=tuple(dict.fromkeys(f for part in parts.values() for f in part.files)),
        counts=(*(count for part in parts.values() for count in part.counts), *counts),
    )


def _of_parts(parts: Parts, what: str) -> tuple[str, ...]:
    return tuple(
        f"{name}: {text}"
        for name, part in parts.items()
        for text in getattr(part, what)
    )

"""Compares the ways to NEE that a model offers with each other."""

from collections.abc import Iterable
from dataclasses import dataclass

import dask
import numpy as np
import xarray as xr

from benchmark.config.descriptors import Model
from benchmark.errors import InputError
from benchmark.harmonise.model import combined, open_variable
from benchmark.harmonise.nee_ladder import Rung, rungs
from benchmark.harmonise.variables import VARIABLES

# They agree within the larger of 5 g C m-2 yr-1 and 2 % of gpp.
ABSOLUTE = 5.0
RELATIVE = 0.02
NORTH = 45.0
_STEPS = ("year", "month")


@dataclass(frozen=True)
class Closure:
    """What the closure test of a model found.

    Parameters
    ----------
    remarks : tuple of str
        Which ways agree, and how far apart others are that should be.
    warnings : tuple of str
        Ways that should agree and do not.
    """

    remarks: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def closure(model: Model) -> Closure:
    """Compare the ways to NEE that a model offers.

    Long-term means over land north of 45 N, or over the whole field where it
    does not reach there, are compared, and the RMS over cells of their
    difference: two ways agree where that is within 2 % of gpp or
    5 g C m-2 yr-1, whichever is larger. Whether nep counts fire is told by
    which of ``-nep`` and ``-nep - fFire`` closes. Because a run reads only
    the variables of the rung it uses, this is part of ``permabench check``
    and ``inspect``, not of a run.

    Parameters
    ----------
    model : Model
        The configuration.

    Returns
    -------
    Closure
        Empty where there is one way or none. A part that cannot be opened
        is left out: its own test says why.

    Examples
    --------
    >>> from benchmark.config import load_models
    >>> closure(load_models("classic")[0])
    Closure(remarks=(), warnings=())
    """
    ways = _ways(model)
    if len(ways) < 2:
        return Closure()
    means, gpp = _long_term_means(model, ways)
    if len(means) < 2:
        return Closure()
    first, *others = means
    units = means[first].attrs["units"]
    # Totals of a region have no absolute tolerance: it is one per m2.
    tolerance = max(ABSOLUTE if "m-2" in units else 0.0, RELATIVE * gpp)
    remarks, warnings = [], []
    for other in others:
        apart, spread = _difference(means[first], means[other])
        if not np.isfinite(spread):
            remarks.append(
                f"{_of(first)} and {_of(other)} are not compared: other years or cells"
            )
            continue
        text = f"{apart:.2g} {units}, {spread:.2g} RMS over cells"
        if spread <= tolerance:
            remarks.append(
                f"nee from {_of(first)} and from {_of(other)} agree to {text}"
            )
        elif _counts_more(other) or _counts_more(first):
            remarks.append(
                f"nee from {_of(first)} and from {_of(other)} differ by {text}: "
                f"{_excess(other if _counts_more(other) else first)}"
            )
        else:
            warnings.append(
                f"nee from {_of(first)} and from {_of(other)} differ by {text}; "
                f"expected at most {tolerance:.2g}: other units, another sign "
                "or another definition of one of the variables"
            )
    told = _fire_in_nep(model, means, tolerance)
    return Closure((*remarks, *told.remarks), (*warnings, *told.warnings))


def _ways(model: Model) -> tuple[Rung, ...]:
    """Return the rungs of a model, nep with and without fire."""
    found = [rung for rung in rungs(model.variables) if "nep" not in rung.parts]
    if "nep" in model.variables:
        ways = [Rung("3a: -nep", ("nep",))]
        if "fFire" in model.variables:
            ways.append(Rung("3: -nep - fFire", ("nep",), ("fFire",)))
        at = next((i for i, r in enumerate(found) if "nbe" in r.parts), len(found))
        found[at:at] = ways
    return tuple(found)


def _long_term_means(
    model: Model, ways: Iterable[Rung]
) -> tuple[dict[Rung, xr.DataArray], float]:
    """Return the mean of each way (lat, lon) or (region,), and that of gpp."""
    ways = list(ways)
    needed = dict.fromkeys(part for way in ways for part in way.parts)
    opened = {}
    for part in (*needed, *(["gpp"] if "gpp" in model.variables else [])):
        try:
            opened[part] = open_variable(model, part)
        except InputError:
            continue
    lazy = {}
    for way in ways:
        try:
            lazy[way] = _mean(combined(way, opened).field)
        except (KeyError, InputError):
            continue
    gpp = _mean(opened["gpp"].field) if "gpp" in opened else None
    # Files are opened once and computed together: no byte is read twice.
    (means, gpp) = dask.compute(lazy, gpp)
    return means, 0.0 if gpp is None else float(_average(gpp))


def _mean(field: xr.DataArray) -> xr.DataArray:
    if "lat" in field.dims and bool((field["lat"] >= NORTH).any()):
        field = field.sel(lat=field["lat"] >= NORTH)
    total = field.attrs.get("statistic") == "total"
    variable = VARIABLES["nee"]
    factor = variable.total_factor if total else variable.report_factor
    about = {"units": "Tg C yr-1" if total else "g C m-2 yr-1"}
    if "time" in field.dims:
        months = zip(
            *(field[n].to_numpy() for n in _STEPS if n in field.coords), strict=True
        )
        about["steps"] = str(hash(tuple(map(tuple, months))))
        days = field["days"]
        field = (field * days).sum("time", skipna=False) / days.sum()
    return (field * factor).assign_attrs(about)


def _about(field: xr.DataArray) -> tuple[object, ...]:
    return field.attrs["units"], field.attrs.get("steps")


def _weights(field: xr.DataArray) -> xr.DataArray:
    if "cell_area" in field.coords:
        return (field["cell_area"] * field["land_fraction"]).reset_coords(drop=True)
    return xr.ones_like(field.reset_coords(drop=True))


def _average(field: xr.DataArray) -> xr.DataArray:
    values = field.reset_coords(drop=True)
    average: xr.DataArray = values.weighted(_weights(field).fillna(0.0)).mean()
    return average


def _difference(one: xr.DataArray, other: xr.DataArray) -> tuple[float, float]:
    """Return the mean of a difference and its RMS over cells, area-weighted."""
    if one.shape != other.shape or _about(one) != _about(other):
        return float("nan"), float("nan")
    apart = other.copy(data=other.to_numpy() - one.to_numpy())
    return float(_average(apart)), float(_average(apart**2)) ** 0.5


def _counts_more(way: Rung) -> bool:
    """Whether a way is expected to hold more than NEE: fire or land use."""
    return "nbe" in way.parts or "nep" in way.parts


def _excess(way: Rung) -> str:
    if "nep" in way.parts:
        return "nep counts fire or is of another definition"
    return "fire, harvest and land use" if not way.minus else "what is not removed"


def _of(way: Rung) -> str:
    return "nee itself" if way.label.startswith("1") else way.formula.split(" (")[0]


def _fire_in_nep(
    model: Model, means: dict[Rung, xr.DataArray], tolerance: float
) -> Closure:
    """Say whether nep counts fire, where another way tells."""
    with_fire, without = (
        next((way for way in means if way.label == label), None)
        for label in ("3: -nep - fFire", "3a: -nep")
    )
    judge = next((way for way in means if not _counts_more(way)), None)
    if judge is None or without is None:
        return Closure()
    spread = {
        way: _difference(means[judge], means[way])[1]
        for way in (with_fire, without)
        if way is not None
    }
    closes = [way for way, apart in spread.items() if apart <= tolerance]
    if not closes:
        text = f"neither closes with {_of(judge)}" if with_fire else "-nep does not"
        return Closure(
            warnings=(f"{text}: what nep counts cannot be told from {_of(judge)}",)
        )
    best = min(closes, key=lambda way: spread[way])
    fire = best is with_fire
    if len(closes) == 2:
        text = f"fire is too small to tell whether nep counts it: {_of(best)} is nearer"
        return Closure((text,))
    text = "nep counts fire" if fire else "nep is npp - rh, without fire"
    stated = model.variables["nep"].includes_fire
    if stated is not None and stated is not fire:
        word = str(fire).lower()
        return Closure(
            warnings=(
                f"{text}, for {_of(best)} closes with {_of(judge)}; the configuration "
                f"says otherwise: write 'includes_fire: {word}' under variables.nep",
            )
        )
    return Closure((f"{text}: {_of(best)} closes with {_of(judge)}",))

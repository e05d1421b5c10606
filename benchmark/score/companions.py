"""Other variables that the metrics of a pair ask for, beside the scored one.

A metric whose parameter is ``model_tas_annual`` asks for the ``tas`` of the
model. The scored variable and its companions are then reduced over the cells
that are valid in all of them, so that ratios are made of the same land.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import xarray as xr

from benchmark.config.descriptors import Model, Period
from benchmark.errors import InputError, NoOverlapError, NotCoveredError
from benchmark.harmonise.harmonised import Harmonised
from benchmark.harmonise.model import offers, open_variable
from benchmark.harmonise.soil.companions import offers_depth, open_depth
from benchmark.harmonise.soil.depth_names import SOIL_DEPTHS
from benchmark.metrics import Metric
from benchmark.metrics.parameters import companion_of
from benchmark.regions import Regions
from benchmark.regrid import has_mesh, mesh_of, same_grid
from benchmark.score.evaluate import NotAssessable
from benchmark.score.reference_rows import ReferenceTable
from benchmark.score.series import lazy_series
from benchmark.score.task import Lazy
from benchmark.score.window import cut_to_period, recent_years, whole_years


@dataclass(frozen=True)
class Absent:
    """Why a model has no such companion, and whether its files are at fault.

    A variable that the model declares and that cannot be understood is a fault,
    as it is where that variable is scored itself; one it does not have is none.
    """

    why: str
    at_fault: bool = False


@dataclass(frozen=True)
class Companions:
    """What there is of the companions of one pair.

    Parameters
    ----------
    model : dict
        By variable: as harmonised.
    reference : dict
        By variable: a regional table, a gridded field, or ``"model"``, which
        takes those of the model on both sides.
    missing : dict
        By variable: why the model has none.
    """

    model: Mapping[str, Harmonised] = field(default_factory=dict)
    reference: Mapping[str, "ReferenceTable | Harmonised | str"] = field(
        default_factory=dict
    )
    missing: Mapping[str, Absent] = field(default_factory=dict)


def wanted(metrics: Iterable[Metric[...]]) -> list[str]:
    """Return the variables that metrics ask for beside the scored one."""
    names = (name for metric in metrics for name in of_metric(metric))
    return list(dict.fromkeys(names))


def of_metric(metric: Metric[...]) -> tuple[str, ...]:
    """Return the companions of one metric, sorted."""
    names = (companion_of(name) for name in (*metric.needs, *metric.optional))
    return tuple(sorted({name for name in names if name}))


def open_companions(
    model: Model, names: Iterable[str], opened: dict[tuple[str, str], object]
) -> tuple[dict[str, Harmonised], dict[str, Absent]]:
    """Open the companions of a model, each once in a run.

    Parameters
    ----------
    model : Model
        Whose.
    names : iterable of str
        Variables.
    opened : dict
        What the run has opened: (model, variable) to `Harmonised` or `Absent`;
        filled here.

    Returns
    -------
    found : dict
        By variable.
    missing : dict
        Why there is none, by variable.
    """
    found: dict[str, Harmonised] = {}
    missing: dict[str, Absent] = {}
    for name in names:
        key = model.name, name
        if key not in opened:
            opened[key] = _opened(model, name)
        result = opened[key]
        if isinstance(result, Absent):
            missing[name] = result
        elif isinstance(result, Harmonised):
            found[name] = result
    return found, missing


def _opened(model: Model, name: str) -> Harmonised | Absent:
    soil = name in SOIL_DEPTHS
    if not (offers_depth(model, name) if soil else offers(model, name)):
        return Absent(f"needs {name} of the model, which declares none")
    try:
        return open_depth(model, name) if soil else open_variable(model, name)
    except InputError as error:
        # What is made of others may lack days or layers, which is no fault.
        no_fault = isinstance(error, NoOverlapError | NotCoveredError)
        at_fault = name in model.variables and not no_fault
        return Absent(f"needs {name} of the model: {error}", at_fault)


def in_period(
    companion: Harmonised, period: Period | None, *, is_stock: bool
) -> xr.DataArray:
    """Return a companion on the years of the scored variable.

    Parameters
    ----------
    companion : Harmonised
        Monthly, yearly or without time.
    period : tuple of int or None
        First and last year.
    is_stock : bool
        Whether a stock is scored, which is a mean of its last years.

    Returns
    -------
    DataArray

    Raises
    ------
    NoOverlapError
        If it has no year of the period.
    """
    cut = cut_to_period(companion.field, period, companion.where)
    return recent_years(cut) if is_stock and period is None else whole_years(cut)


def joint_series(
    scored: xr.DataArray,
    others: Mapping[str, xr.DataArray],
    regions: Regions,
) -> Lazy:
    """Return regional series over the cells valid in all of the variables.

    The masks are those of the first time step: land does not change in a run.
    A companion on another grid is taken over its own cells.

    Parameters
    ----------
    scored : DataArray
        (time, lat, lon), (lat, lon) or on a mesh.
    others : dict
        Companions by variable.
    regions : Regions
        Where.

    Returns
    -------
    dict
        ``mean`` and ``area`` of the scored variable; each companion's mean by
        its name; all (time, region) or (region,).
    """
    together = {name: f for name, f in others.items() if same_cells(scored, f)}
    masks = [_valid(each) for each in (scored, *together.values())]

    def over_shared(values: xr.DataArray) -> Lazy:
        for mask in masks:
            values = values.where(mask)
        return lazy_series(values, regions)

    made = over_shared(scored)
    found = {"mean": made["mean"], "area": made["area"]}
    for name, values in others.items():
        series = (
            over_shared(values) if name in together else lazy_series(values, regions)
        )
        found[name] = series["mean"]
    return found


def same_cells(one: xr.DataArray, other: xr.DataArray) -> bool:
    """Return whether two fields lie on the same grid or mesh."""
    if has_mesh(one) or has_mesh(other):
        both = has_mesh(one) and has_mesh(other)
        return both and bool(mesh_of(one).digest == mesh_of(other).digest)
    return same_grid(one, other)


def _valid(values: xr.DataArray) -> xr.DataArray:
    first = values.isel(time=0) if "time" in values.dims else values
    # Bare, so that nothing but the position of a cell counts.
    return xr.DataArray(first.notnull().data, dims=first.dims)


def why_unscored(
    metric: Metric[...], reason: NotAssessable, found: Companions
) -> tuple[str, str]:
    """Say which companions a metric lacks, and whose.

    Parameters
    ----------
    metric : Metric
        Which.
    reason : NotAssessable
        Why it has no value, with the statistics that are not there.
    found : Companions
        What is there.

    Returns
    -------
    status, message : str
        Those of `reason` if no companion is missing; failed if the model
        declares one that cannot be understood.
    """
    said, status = [], reason.status
    for name in reason.missing:
        companion = companion_of(name)
        if not companion:
            continue
        if companion in found.missing:
            absent = found.missing[companion]
            said.append(absent.why)
            status = "failed" if absent.at_fault else status
        elif name.startswith("reference_") and companion not in found.reference:
            said.append(
                f"needs {companion} of the reference: write 'companions: "
                f"{{{companion}: NAME}}' in its descriptor, or 'model' for the model's"
            )
        else:
            said.append(f"{metric.name} needs {name}, which cannot be made")
    return status, "; ".join(dict.fromkeys(said)) or str(reason)

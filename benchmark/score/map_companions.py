"""Other variables beside a pair of maps, on the grid the pair is compared on."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

import xarray as xr

from benchmark.config.descriptors import Period
from benchmark.errors import NoOverlapError
from benchmark.harmonise.harmonised import Harmonised
from benchmark.harmonise.variable import Variable
from benchmark.metrics.parameters import companion_of
from benchmark.score.companions import Absent, Companions, in_period
from benchmark.score.engines import Engines, target_grid
from benchmark.score.map_pair import lazy_side
from benchmark.score.task import Lazy

# Of a field, for metrics that tell a sink from a source or land from wetland.
_SAID = ("variable", "area_basis")
_TABLE = "is a table of regions, and the pair is of maps"


def lazy_companions(
    pair: tuple[xr.DataArray, xr.DataArray],
    companions: Companions,
    needs: Iterable[str],
    variable: Variable,
    engines: Engines,
) -> tuple[Lazy, Companions]:
    """Return the companions' statistics by name, still to be computed.

    Parameters
    ----------
    pair : tuple of DataArray
        Model and reference of the scored variable, cut to their time.
    companions : Companions
        Of both sides; each on a grid of its own.
    needs : iterable of str
        What metrics ask for, such as ``model_npp_mean``.
    variable : Variable
        What is scored: beside a stock the last years of a flux are taken.
    engines : dict
        By what ``model`` and ``reference`` are regridded.

    Returns
    -------
    lazy : dict
        Such as ``model_npp_mean`` (lat, lon), on the target grid.
    companions : Companions
        Those that could be used; `missing` says why others could not.
    """
    target = target_grid(*pair)
    asked = _asked(needs)
    found: Lazy = {}
    missing = dict(companions.missing)
    left = dict(companions.model)

    def add(side: str, name: str, other: Harmonised, period: Period | None) -> None:
        cut = in_period(other, period, is_stock=variable.is_stock)
        made = lazy_side(cut, target, asked.get(name, set()), engines[side])
        for statistic, values in made.items():
            found[f"{side}_{name}_{statistic}"] = values

    for name, other in companions.model.items():
        try:
            if "region" in other.field.dims:
                msg = f"{other.where}: {_TABLE}"
                raise NoOverlapError(msg)
            add("model", name, other, _years_of(pair[0]))
        except NoOverlapError as error:
            missing[name] = Absent(f"needs {name} of the model: {error}")
            del left[name]
    for name, beside in companions.reference.items():
        if isinstance(beside, Harmonised):
            add("reference", name, beside, _years_of(pair[1]))
        elif beside == "model":
            found |= {
                key.replace("model_", "reference_", 1): values
                for key, values in found.items()
                if key.startswith(f"model_{name}_")
            }
    return found, replace(companions, model=left, missing=missing)


def of_companions(computed: Mapping[str, xr.DataArray]) -> Lazy:
    """Return the statistics that are of companions.

    Parameters
    ----------
    computed : mapping
        By name, of the pair and of its companions.

    Returns
    -------
    dict
    """
    return {name: v for name, v in computed.items() if companion_of(name)}


def say_what_they_are(
    statistics: Mapping[str, xr.DataArray], model: xr.DataArray, reference: xr.DataArray
) -> None:
    """Put the attributes that metrics ask for on the statistics of a pair.

    Parameters
    ----------
    statistics : mapping
        By name; those of companions are left as they are.
    model, reference : DataArray
        The harmonised fields they were made from.
    """
    for side, field in (("model", model), ("reference", reference)):
        said = {key: field.attrs[key] for key in _SAID if key in field.attrs}
        for name, values in statistics.items():
            if name.startswith(f"{side}_") and not companion_of(name):
                values.attrs.update(said)


def _asked(needs: Iterable[str]) -> dict[str, set[str]]:
    """Return the statistics that metrics ask for, by companion."""
    found: dict[str, set[str]] = {}
    for name in needs:
        companion = companion_of(name)
        if companion:
            found.setdefault(companion, {"mean"}).add(name.rsplit("_", 1)[1])
    return found


def _years_of(field: xr.DataArray) -> Period | None:
    if "year" not in field.coords:
        return None
    return int(field["year"].min()), int(field["year"].max())

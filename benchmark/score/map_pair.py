"""A model and a reference on one grid: the statistics that metrics ask for.

What is linear in the field is reduced over time on the native grid, and only
that small result is regridded; the rest is regridded chunk by chunk and then
reduced, in the same pass. Where a mask changes with time neither is exact: both
sides are then regridded and masked month by month before anything is reduced.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import dask
import xarray as xr

from benchmark.regrid import (
    Engine,
    regrid,
    same_grid,
    with_cell_edges,
)
from benchmark.score.engines import NONE_CHOSEN, Engines, target_grid
from benchmark.statistics import reductions

# Those of `reductions.LINEAR`, by the names that metrics use.
_LINEAR = {
    name
    for name, reduction in reductions.STATISTICS.items()
    if reduction.__name__ in reductions.LINEAR
}
_NEED_MONTHS = {"climatology", "iav", "annual", "crms"}


@dataclass(frozen=True)
class Side:
    """One side of a pair, on the target grid or still to be put there."""

    field: xr.DataArray
    target: xr.Dataset
    engine: Engine | None = None

    @property
    def is_on_target(self) -> bool:
        """Whether nothing has to be regridded."""
        return same_grid(self.field, self.target)


def lazy_statistics(
    model: xr.DataArray,
    reference: xr.DataArray,
    needs: Iterable[str],
    engines: Engines = NONE_CHOSEN,
) -> dict[str, xr.DataArray]:
    """Return the statistics of a pair by name, still to be computed.

    Parameters
    ----------
    model, reference : DataArray
        (time, lat, lon) cut to the same months, or (lat, lon).
    needs : iterable of str
        Such as ``model_mean``, ``reference_crms``, ``series_crmse``.
    engines : dict, optional
        By what ``model`` and ``reference`` are regridded; None is automatic.

    Returns
    -------
    dict
        The statistics on the target grid, ``model_land`` and
        ``reference_land`` (lat, lon), the valid land fraction of each side,
        and the native ``model_count`` and ``reference_count``.
    """
    target = target_grid(model, reference)
    needs = set(needs)
    monthly = all("month" in field.coords for field in (model, reference))
    streamed = "series_crmse" in needs and monthly
    result: dict[str, xr.DataArray] = {}
    series = {}
    for side, field in (("model", model), ("reference", reference)):
        names = _asked(side, needs)
        placed = Side(field, target, engines[side])
        found, series[side] = _side(placed, names, streamed=streamed)
        result |= {f"{side}_{name}": value for name, value in found.items()}
        result[f"{side}_count"] = _count(field)
    if streamed:
        result["series_crmse"] = reductions.series_crmse(
            series["model"], series["reference"]
        )
    return result


def complete(
    model: xr.DataArray,
    reference: xr.DataArray,
    needs: Iterable[str],
    computed: dict[str, xr.DataArray],
    engines: Engines = NONE_CHOSEN,
) -> dict[str, xr.DataArray]:
    """Return computed statistics with one mask for both sides.

    Parameters
    ----------
    model, reference : DataArray
        The fields the statistics were made from.
    needs : iterable of str
        As given to `lazy_statistics`.
    computed : dict
        What `lazy_statistics` gave, computed.
    engines : dict, optional
        As given to `lazy_statistics`.

    Returns
    -------
    dict
        Statistics that are NaN where either side is, and ``land`` (lat, lon),
        the land fraction that both sides speak for; the native
        ``reference_count`` (lat, lon) is kept.
    """
    count = computed["reference_count"]
    if _varies(model, computed["model_count"]) or _varies(
        reference, computed["reference_count"]
    ):
        computed = _paired_by_month(model, reference, needs, engines)
    valid = computed["model_mean"].notnull() & computed["reference_mean"].notnull()
    land = xr.apply_ufunc(
        lambda a, b: a.clip(max=b), computed["model_land"], computed["reference_land"]
    )
    spatial = {
        name: value.where(valid)
        for name, value in computed.items()
        if {"lat", "lon"} <= set(value.dims) and not name.endswith(("_land", "_count"))
    }
    return {
        **spatial,
        "reference_count": count,
        "land": land.where(valid, 0.0),
        "model_land": computed["model_land"],
        "reference_land": computed["reference_land"],
    }


def lazy_side(
    field: xr.DataArray, target: xr.Dataset, names: Iterable[str], engine: Engine | None
) -> dict[str, xr.DataArray]:
    """Return the statistics of one field on a grid, still to be computed.

    Those of `names` that its time steps do not allow are left out; `engine` is by
    what it is regridded, None is automatic.
    """
    found, _ = _side(Side(field, target, engine), {*names, "mean"}, streamed=False)
    return {name: value for name, value in found.items() if name != "land"}


def _side(
    side: Side, names: set[str], *, streamed: bool
) -> tuple[dict[str, xr.DataArray], xr.DataArray]:
    field = side.field
    if side.is_on_target:
        found = _reduced(_placed(field, side.target), names)
        land = _placed(field["land_fraction"], side.target)
        found["land"] = land.where(found["mean"].notnull(), 0.0)
        return found, _placed(field, side.target)
    if names <= _LINEAR and not streamed:
        native = _reduced(field, names)
        regridded = {
            name: regrid(value, side.target, method=side.engine)
            for name, value in native.items()
        }
        land = regridded["mean"]["valid_fraction"]
        return {
            **{name: put["value"] for name, put in regridded.items()},
            "land": land,
        }, field
    put = regrid(field, side.target, method=side.engine)
    found = _reduced(put["value"], names)
    land = put["valid_fraction"]
    if "time" in land.dims:
        land = land.isel(time=0)
    return {**found, "land": land}, put["value"]


def _asked(side: str, needs: Iterable[str]) -> set[str]:
    names = {n.removeprefix(f"{side}_") for n in needs if n.startswith(f"{side}_")}
    return (names & set(reductions.STATISTICS)) | {"mean"}


def _bare(field: xr.DataArray) -> xr.DataArray:
    return field.drop_vars("time", errors="ignore").reset_coords(drop=True)


def _placed(field: xr.DataArray, target: xr.Dataset) -> xr.DataArray:
    """Give a field the coordinates of the target it already lies on."""
    kept = ("time", "year", "month", "days")
    dropped = field.drop_vars([name for name in field.coords if name not in kept])
    return with_cell_edges(
        dropped.assign_coords(lat=target["lat"], lon=target["lon"]), target
    )


def _reduced(field: xr.DataArray, names: set[str]) -> dict[str, xr.DataArray]:
    possible = names
    if "time" in field.dims and "month" not in field.coords:
        possible = names - _NEED_MONTHS
    elif "time" not in field.dims:
        possible = names & {"mean", "crms"}
    return {name: reductions.STATISTICS[name](field) for name in sorted(possible)}


def _count(field: xr.DataArray) -> xr.DataArray:
    """Return how many time steps have a value, on the native grid."""
    if "time" not in field.dims:
        return field.notnull().astype(int).reset_coords(drop=True)
    return reductions.valid_count(field).reset_coords(drop=True)


def _varies(field: xr.DataArray, count: xr.DataArray) -> bool:
    return bool(((count > 0) & (count < field.sizes.get("time", 1))).any())


def _paired_by_month(
    model: xr.DataArray,
    reference: xr.DataArray,
    needs: Iterable[str],
    engines: Engines,
) -> dict[str, xr.DataArray]:
    target = target_grid(model, reference)
    values, lands = {}, {}
    for side, field in (("model", model), ("reference", reference)):
        put = regrid(field, target, method=engines[side])
        values[side] = put["value"]
        land = put["valid_fraction"]
        lands[side] = land.max("time") if "time" in land.dims else land
    if all("time" in field.dims for field in values.values()):
        # Compared by position: the months are the same, the calendars may differ.
        valid = _bare(values["model"].notnull()) & _bare(values["reference"].notnull())
        values = {side: field.where(valid) for side, field in values.items()}
    lazy: dict[str, xr.DataArray] = {}
    for side, field in values.items():
        for name, value in _reduced(field, _asked(side, needs)).items():
            lazy[f"{side}_{name}"] = value
        lazy[f"{side}_land"] = lands[side]
    if "series_crmse" in set(needs):
        lazy["series_crmse"] = reductions.series_crmse(
            values["model"], values["reference"]
        )
    return dict(zip(lazy, dask.compute(*lazy.values()), strict=True))

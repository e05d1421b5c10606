"""Where the models and gridded products of a run agree on a sink."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import xarray as xr

from benchmark.metrics import metrics
from benchmark.regions import Regions, region_weights
from benchmark.regrid import grid_of, regrid, same_grid, with_cell_edges
from benchmark.statistics.sink_source import (
    agreement,
    family_shares,
    flux_class,
    probability,
)

METRICS = ("sink_source_agreement", "ranked_probability")


@dataclass(frozen=True)
class NetFlux:
    """The mean NEE of one gridded model or product of a run.

    Parameters
    ----------
    name, family : str
        Whose, and the family it counts with.
    mean : DataArray
        (lat, lon) or (cell,), kg C m-2 s-1, positive to the atmosphere.
    is_reference : bool
        Whether it is a reference rather than a model.
    """

    name: str
    family: str
    mean: xr.DataArray
    is_reference: bool = False


def agreement_maps(members: Sequence[NetFlux]) -> xr.Dataset | None:
    """Return the probability of sink, neutral and source on one grid.

    Every family counts the same, however many members it has. The grid is the
    coarsest of the members' rows and columns, so that nothing is invented.

    Parameters
    ----------
    members : sequence of NetFlux
        At least two.

    Returns
    -------
    Dataset or None
        ``nee`` (member, lat, lon) with ``member_family``, ``family_share``
        (family, class, lat, lon), ``probability`` (class, lat, lon),
        ``agreement`` (lat, lon), and ``land_fraction`` (lat, lon); None of
        fewer than two members, or if none has rows and columns.

    References
    ----------
    Treat et al. (2024), Fig. 6, https://doi.org/10.1029/2023JG007638
    """
    lattices = [member.mean for member in members if "lat" in member.mean.dims]
    if len(members) < 2 or not lattices:
        return None
    target = grid_of(min(lattices, key=lambda field: field.size))
    placed = [_placed(member.mean, target) for member in members]
    families = [member.family for member in members]
    nee = xr.concat([value for value, _ in placed], "member", coords="minimal")
    land = xr.concat([share for _, share in placed], "member", coords="minimal")
    shares = family_shares(flux_class(nee), families)
    likely = probability(shares)
    made = xr.Dataset(
        {
            "nee": nee.assign_attrs(units="kg m-2 s-1", mass_basis="C"),
            "family_share": shares,
            "probability": likely,
            "agreement": agreement(likely),
            "land_fraction": land.max("member").assign_attrs(units="1"),
        },
        coords={
            "member": [member.name for member in members],
            "member_family": ("member", families),
        },
    )
    return with_cell_edges(made, target)


def agreement_rows(maps: xr.Dataset, regions: Regions) -> pd.DataFrame:
    """Return how far each member agrees with the families other than its own.

    Parameters
    ----------
    maps : Dataset
        From `agreement_maps`.
    regions : Regions
        Where.

    Returns
    -------
    DataFrame
        Columns model, family, region, metric, value, score, message: a row
        for each; without value where no other family is left.
    """
    area = region_weights(regions, maps) * maps["cell_area"]
    weights = (area * maps["land_fraction"]).fillna(0.0).reset_coords(drop=True)
    families = maps["member_family"].to_numpy()
    made = []
    for index, name in enumerate(maps["member"].to_numpy().tolist()):
        others = np.flatnonzero(families != families[index])
        for metric in METRICS:
            for row in _rows(maps, index, others, metric, weights):
                made.append({"model": name, "family": families[index], **row})
    return pd.DataFrame(made)


def _rows(
    maps: xr.Dataset,
    index: int,
    others: np.ndarray,
    metric: str,
    weights: xr.DataArray,
) -> list[dict[str, object]]:
    regions = [str(region) for region in weights["region"].to_numpy()]
    if others.size == 0:
        text = "no family other than its own in this run"
        empty = {"metric": metric, "value": np.nan, "score": np.nan, "message": text}
        return [{"region": region, **empty} for region in regions]
    nee = maps["nee"].reset_coords(drop=True).drop_vars("member")
    members = nee.isel(member=others).assign_coords(
        family=("member", maps["member_family"].to_numpy()[others])
    )
    # Only where somebody else has a value can one agree with him.
    mine = nee.isel(member=index).where(members.count("member") > 0)
    found = metrics.get(metric)(mine, members, weights=weights)
    return [
        {
            "region": region,
            "metric": metric,
            "value": float(found["value"].sel(region=region)),
            "score": float(found["score"].sel(region=region)),
            "message": str(found["message"].sel(region=region).item()),
        }
        for region in regions
    ]


def _placed(
    field: xr.DataArray, target: xr.Dataset
) -> tuple[xr.DataArray, xr.DataArray]:
    """Return a field on the target, and the land fraction it speaks for."""
    if same_grid(field, target):
        value = field.reset_coords(drop=True)
        land = field["land_fraction"].reset_coords(drop=True)
        at = {"lat": target["lat"], "lon": target["lon"]}
        value, land = value.assign_coords(at), land.assign_coords(at)
        return value, land.where(np.isfinite(value), 0.0)
    put = regrid(field, target)
    value, land = put["value"], put["valid_fraction"]
    return value.reset_coords(drop=True), land.reset_coords(drop=True)

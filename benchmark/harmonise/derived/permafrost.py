"""Permafrost extent: soil that stays frozen for two years."""

import numpy as np
import xarray as xr

from benchmark.errors import NotCoveredError
from benchmark.harmonise.derived.freezing import (
    FREEZING,
    by_years,
    middles_of,
    whole_years,
)
from benchmark.harmonise.derived.registry import Part, Parts, derivation, made_of
from benchmark.harmonise.harmonised import Harmonised
from benchmark.harmonise.soil.temperature import LAYER

DEEPEST = 3.5
"""Layers whose middle lies deeper, m, say nothing of permafrost near the surface."""

LAND = 0.3
"""Cells with less land free of ice than this are left out."""

_TEXT = "a layer of tsl down to 3.5 m below 0 degC for two years, in half of all pairs"


@derivation("pfr", Part("tsl", layered=True), text=_TEXT, windowed=True)
def pfr(parts: Parts) -> Harmonised:
    """Return where there is permafrost, from layered soil temperature.

    Parameters
    ----------
    parts : mapping of str to Harmonised
        ``tsl`` (time, layer, ...), K, by months, of the period it is for.

    Returns
    -------
    Harmonised
        (...), 1 or 0, without time; NaN where less than 30 % of the cell is
        land free of ice.
    """
    part = parts["tsl"]
    temperature = whole_years(part.field, part.where)
    share, pairs = frozen_share(temperature, part.where)
    enough = temperature["land_fraction"] >= LAND
    field = (share >= 0.5).astype(temperature.dtype).where(share.notnull() & enough)
    years = temperature["year"].to_numpy()
    remark = (
        f"permafrost by soil temperature of {years[0]}-{years[-1]}, {pairs} pairs of "
        f"years; cells with less than {LAND:.0%} land left out"
    )
    return made_of("pfr", parts, field, remark=remark)


def frozen_share(temperature: xr.DataArray, where: str) -> tuple[xr.DataArray, int]:
    """Return in how many pairs of years a layer stays frozen.

    Parameters
    ----------
    temperature : DataArray
        (time, ..., layer), K, by months of whole years, with ``year``.
    where : str
        File and variable, for messages.

    Returns
    -------
    share : DataArray
        (...), 0 to 1: the share of pairs of consecutive years in which one
        and the same layer, its middle no deeper than 3.5 m, has no monthly
        mean at or above 0 degC. NaN where no layer is valid.
    pairs : int
        How many pairs there are.

    Raises
    ------
    NotCoveredError
        If there are no two consecutive years, or no layer so near the surface.

    Notes
    -----
    The rule of Slater and Lawrence (2013), doi:10.1175/JCLI-D-12-00341.1, for
    each pair. Taking any pair of a period, as ILAMB does, gives the largest
    extent of the period; the share over all pairs does not grow with its
    length.
    """
    shallow = np.flatnonzero(middles_of(temperature) <= DEEPEST)
    if shallow.size == 0:
        msg = f"{where}: has no soil layer down to {DEEPEST} m; permafrost needs one"
        raise NotCoveredError(msg)
    warmest = by_years(temperature.isel({LAYER: shallow}), "max")
    years = warmest["year"].to_numpy()
    first = np.flatnonzero(np.diff(years) == 1)
    if first.size == 0:
        msg = (
            f"{where}: permafrost needs two consecutive whole years; there are "
            f"{', '.join(map(str, years.tolist()))}"
        )
        raise NotCoveredError(msg)
    frozen = (warmest < FREEZING).drop_vars("year")
    both = frozen.isel(year=first) & frozen.isel(year=first + 1)
    share = both.any(LAYER).mean("year")
    known = warmest.isel(year=0, drop=True).notnull().any(LAYER)
    return share.where(known), int(first.size)

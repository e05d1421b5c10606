"""The tests of plausibility and sign that ride along in the pass over the data."""

from collections.abc import Mapping

import xarray as xr

from benchmark.harmonise.fill_values import (
    Sizes,
    check_repeated,
    suspicious,
    usual_fills,
)
from benchmark.harmonise.harmonised import Harmonised
from benchmark.harmonise.open_sea import sea_warning, zeros_at_sea
from benchmark.harmonise.plausibility import check_sizes, extremes
from benchmark.harmonise.signs import check_mirrored, check_seasons
from benchmark.harmonise.variable import Variable
from benchmark.regrid import horizontal
from benchmark.statistics import reductions

# Plants north of this latitude have a growing season in summer only.
BOREAL_LATITUDE = 45.0


def lazy_checks(opened: Harmonised, variable: Variable) -> dict[str, xr.DataArray]:
    """Return what the tests of a field need, still to be computed.

    Parameters
    ----------
    opened : Harmonised
        A field or sites; a table of regions has no cells to test, and is tested
        as it is scored.
    variable : Variable
        Its variable.

    Returns
    -------
    dict
        ``lowest``, ``highest``, ``count``, ``mean`` and, for monthly fluxes,
        ``summer``: the climatology north of 45 N. Empty for a table.
    """
    field = opened.field
    if "region" in field.dims:
        return {}
    usual = usual_fills(variable, opened.factor, opened.offset)
    fills = [fill * opened.factor + opened.offset for fill in usual]
    found = {str(name): v for name, v in extremes(field, fills).data_vars.items()}
    weights, over = _weights_of(field)
    values = field.reset_coords(drop=True)
    found["mean"] = _weighted_mean(values, weights, tuple(map(str, field.dims)))
    found |= {text: count for text, count in opened.counts}
    tested = variable.is_per_area and "site" not in field.dims
    at_sea = zeros_at_sea(field) if tested else None
    if at_sea is not None:
        found["zero_at_sea"] = at_sea
    north = field["lat"] >= BOREAL_LATITUDE
    monthly = "month" in field.coords and variable.is_flux
    if monthly and variable.seasonal and bool(north.any()):
        inside = {north.dims[0]: north.to_numpy()}
        series = _weighted_mean(values.isel(inside), weights.isel(inside), over)
        months = {name: field[name] for name in ("year", "month", "days")}
        found["summer"] = reductions.climatology(series.assign_coords(months))
    return found


def run_checks(
    opened: Harmonised, variable: Variable, found: Mapping[str, xr.DataArray]
) -> list[str]:
    """Refuse what cannot be right; return what is merely odd.

    Parameters
    ----------
    opened : Harmonised
        What `lazy_checks` was given.
    variable : Variable
        Its variable.
    found : mapping
        The computed checks.

    Returns
    -------
    list of str
        Warnings.

    Raises
    ------
    InputError
        If values are missing throughout, implausible, or of the wrong sign.
    """
    if not found:
        return []
    factor = variable.report_factor
    sizes = Sizes(
        lowest=float(found["lowest"]) * factor,
        highest=float(found["highest"]) * factor,
        mean=float(found["mean"]) * factor,
        count=int(found["count"]),
        raw=1.0 / (opened.factor * factor),
        shift=opened.offset / opened.factor,
    )
    if sizes.count:
        check_mirrored(sizes, variable, opened.where)
    fills = usual_fills(variable, opened.factor, opened.offset)
    counts = found["fills"].to_numpy() if fills else ()
    for fill, count in zip(fills, counts, strict=True):
        share = float(count) / max(sizes.count, 1)
        check_repeated(sizes.from_file(fill), share, sizes, opened.where)
    for value in suspicious(sizes, opened.packed):
        # A second look at the data, only where a fill value stares out of them.
        near = abs(opened.field * factor - value) <= 1e-6 * abs(value)
        share = float(near.sum().compute()) / max(sizes.count, 1)
        check_repeated(value, share, sizes, opened.where)
    check_sizes(sizes, variable, opened.where)
    odd = sea_warning(float(found.get("zero_at_sea", 0.0)))
    odd += counted(opened, found)
    if "summer" not in found:
        return odd
    return odd + check_seasons(
        found["summer"],
        variable,
        opened.where,
        largest=sizes.largest / factor,
        confirmed=opened.sign_stated,
    )


def counted(opened: Harmonised, found: Mapping[str, xr.DataArray]) -> list[str]:
    """Return the warnings of a field that are of some cells, with how many.

    Parameters
    ----------
    opened : Harmonised
        Its `counts`.
    found : mapping
        The computed counts, by their texts.

    Returns
    -------
    list of str
    """
    numbers = {text: int(found[text]) for text, _ in opened.counts}
    return [f"{number} {text}" for text, number in numbers.items() if number]


def sign_remark(found: Mapping[str, xr.DataArray], variable: Variable) -> list[str]:
    """Return what to say where the sign of a net flux could not be tested.

    Parameters
    ----------
    found : mapping
        From `lazy_checks`.
    variable : Variable
        Its variable.

    Returns
    -------
    list of str
        Of one text or none.
    """
    if variable.never_negative or not variable.seasonal or "summer" in found:
        return []
    return ["sign taken as declared: without months on a grid it cannot be tested"]


def _weights_of(field: xr.DataArray) -> tuple[xr.DataArray, tuple[str, ...]]:
    """Return the land of each cell, or 1 for each site, and along which axes."""
    if "site" in field.dims:
        return xr.ones_like(field["lat"].reset_coords(drop=True), float), ("site",)
    land = field["cell_area"] * field["land_fraction"]
    return land.reset_coords(drop=True), horizontal(field)


def _weighted_mean(
    values: xr.DataArray, weights: xr.DataArray, over: tuple[str, ...]
) -> xr.DataArray:
    weights = weights.fillna(0.0)
    area = xr.dot(weights, values.notnull().astype(float), dim=over)
    return xr.dot(weights, values.fillna(0.0), dim=over) / area.where(area > 0)

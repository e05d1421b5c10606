"""The tests of plausibility and sign that ride along in the pass over the data."""

import xarray as xr

from benchmark.harmonise.field import Harmonised
from benchmark.harmonise.plausibility import (
    check_growing_season_sink,
    check_plausible,
    check_sign_of_mean,
    extremes,
)
from benchmark.harmonise.variables import Variable
from benchmark.statistics import reductions

# Plants north of this latitude have a growing season in summer only.
BOREAL_LATITUDE = 45.0


def lazy_checks(opened: Harmonised, variable: Variable) -> dict[str, xr.DataArray]:
    """Return what the tests need, still to be computed.

    Parameters
    ----------
    opened : Harmonised
        A field or a table.
    variable : Variable
        Its variable.

    Returns
    -------
    dict
        ``lowest``, ``highest``, ``count``, ``mean`` and, for monthly net
        fluxes on a grid, ``summer``: the climatology north of 45 N.
    """
    field = opened.field
    found = {str(name): v for name, v in extremes(field).data_vars.items()}
    if "lat" not in field.dims:
        found["mean"] = field.mean()
        return found
    weights = (field["cell_area"] * field["land_fraction"]).reset_coords(drop=True)
    values = field.reset_coords(drop=True)
    found["mean"] = _weighted_mean(values, weights, [str(dim) for dim in field.dims])
    north = field["lat"] >= BOREAL_LATITUDE
    if "month" in field.coords and not variable.never_negative and bool(north.any()):
        series = _weighted_mean(
            values.where(north), weights.where(north, 0.0), ["lat", "lon"]
        )
        months = {name: field[name] for name in ("year", "month", "days")}
        found["summer"] = reductions.climatology(series.assign_coords(months))
    return found


def run_checks(
    opened: Harmonised, variable: Variable, found: dict[str, xr.DataArray]
) -> list[str]:
    """Refuse what cannot be right; return what is merely odd.

    Parameters
    ----------
    opened : Harmonised
        What `lazy_checks` was given.
    variable : Variable
        Its variable.
    found : dict
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
    # Totals of regions have no plausible range per cell.
    is_mean = opened.field.attrs.get("statistic", "mean") == "mean"
    warnings = (
        check_plausible(xr.Dataset(found), variable, opened.where, opened.factor)
        if is_mean
        else []
    )
    check_sign_of_mean(float(found["mean"]), variable, opened.where)
    if "summer" in found:
        check_growing_season_sink(found["summer"], variable, opened.where)
    return warnings


def sign_remark(found: dict[str, xr.DataArray], variable: Variable) -> list[str]:
    """Return what to say where the sign of a net flux could not be tested.

    Parameters
    ----------
    found : dict
        From `lazy_checks`.
    variable : Variable
        Its variable.

    Returns
    -------
    list of str
        Of one text or none.
    """
    if variable.never_negative or "summer" in found:
        return []
    return ["sign taken as declared: without months on a grid it cannot be tested"]


def _weighted_mean(
    values: xr.DataArray, weights: xr.DataArray, over: list[str]
) -> xr.DataArray:
    weights = weights.fillna(0.0)
    area = xr.dot(weights, values.notnull().astype(float), dim=over)
    return xr.dot(weights, values.fillna(0.0), dim=over) / area.where(area > 0)

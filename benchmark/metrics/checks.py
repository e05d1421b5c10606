"""What every metric call checks before, and labels after."""

from collections.abc import Mapping
from typing import TypeVar

import xarray as xr

from benchmark.metrics.parameters import KEPT_COORDINATES, companion_of

Argument = TypeVar("Argument")


def prepared(metric: str, arguments: Mapping[str, object]) -> dict[str, object]:
    """Check that the statistics can be compared, and strip what cannot matter.

    Parameters
    ----------
    metric : str
        Name of the metric, for messages.
    arguments : mapping
        Arguments of the call by parameter name.

    Returns
    -------
    dict
        The arguments, arrays reduced to dimension coordinates (cell areas and
        land fractions of the two sides may differ and would only be compared)
        and the classes of sites.

    Raises
    ------
    ValueError
        If coordinates, units, mass basis or statistic (mean or total) of two
        arguments differ, or if weights are negative.
    """
    fields = {
        name: value.drop_vars(
            [n for n in value.coords if n not in (*value.dims, *KEPT_COORDINATES)]
        )
        for name, value in arguments.items()
        if isinstance(value, xr.DataArray)
    }
    weights = fields.get("weights")
    if weights is not None:
        _require_nonnegative(metric, weights)
    for attribute in ("units", "mass_basis", "statistic"):
        _require_same(metric, attribute, fields)
    try:
        # Series of the two sides have their own months.
        aligned = xr.align(*fields.values(), join="exact", copy=False, exclude=["time"])
    except ValueError as error:
        msg = (
            f"{metric}: the coordinates of {', '.join(fields)} differ ({error}). "
            "Regrid both sides to one grid and cut them to the same regions first."
        )
        raise ValueError(msg) from error
    return {**arguments, **dict(zip(fields, aligned, strict=True))}


def described(
    result: xr.Dataset, long_name: str, units: str, arguments: Mapping[str, object]
) -> xr.Dataset:
    """Label values with their units and scores with "1".

    Parameters
    ----------
    result : xarray.Dataset
        What the function of a metric returned.
    long_name, units : str
        Of the value; units "variable" means those of the statistics, "total"
        those of totals, or of maps times m2, "variable yr-1" a rate of change.
    arguments : mapping
        Arguments of the call by parameter name.

    Returns
    -------
    xarray.Dataset
        The same data with attributes long_name and units.
    """
    if units in ("variable", "total", "variable yr-1"):
        found = _attribute("units", arguments)
        summed = units == "total" and arguments.get("weights") is not None
        suffix = " m2" if summed else " yr-1" * units.endswith(" yr-1")
        units = next(iter(found.values()), "unknown") + suffix
    for name in result.data_vars:
        if str(name).startswith("value"):
            result[name].attrs = {"long_name": long_name, "units": units}
        elif str(name).startswith("score"):
            result[name].attrs = {"long_name": f"score of {long_name}", "units": "1"}
    return result


def require_totals(
    metric: str, weights: xr.DataArray | None, *statistics: xr.DataArray
) -> None:
    """Refuse means where totals are compared.

    Parameters
    ----------
    metric : str
        Name of the metric, for messages.
    weights : xarray.DataArray or None
        Areas (region, lat, lon) in m2, needed to make totals of maps.
    *statistics : xarray.DataArray
        Totals (region,), or maps (lat, lon) per m2.

    Raises
    ------
    ValueError
        If one says that it is a mean of its regions, or if some are maps and
        others are not, or maps come without weights.
    """
    for statistic in statistics:
        regional = "region" in statistic.dims
        said = statistic.attrs.get("statistic", "total")
        if (regional and said != "total") or (regional == (weights is not None)):
            msg = (
                f"{metric}: compares totals (region,), or maps (lat, lon) with "
                f"weights in m2; found dimensions {statistic.dims}, statistic "
                f"'{said}', weights {'None' if weights is None else 'given'}. Sum "
                "value times area over each region first."
            )
            raise ValueError(msg)


def _require_same(
    metric: str, attribute: str, fields: Mapping[str, xr.DataArray]
) -> None:
    found = _attribute(attribute, fields)
    if len(set(found.values())) > 1:
        msg = (
            f"{metric}: the statistics differ in {attribute}: {found}. Convert both "
            "sides to the canonical units and mass before comparing."
        )
        raise ValueError(msg)


def _attribute(attribute: str, arguments: Mapping[str, object]) -> dict[str, str]:
    return {
        name: str(value.attrs[attribute])
        for name, value in arguments.items()
        if isinstance(value, xr.DataArray)
        and name not in ("weights", "month_length")
        # Another variable has units of its own, and so has a metric's value.
        and not companion_of(name)
        and "value_of" not in value.attrs
        and attribute in value.attrs
    }


def _require_nonnegative(metric: str, weights: xr.DataArray) -> None:
    # Lazy weights are not computed to be checked.
    if weights.chunks is None and bool((weights < 0).any()):
        msg = (
            f"{metric}: weights has negative values. Weights are areas; a signed "
            "quantity, such as a net flux, cannot be a weight."
        )
        raise ValueError(msg)

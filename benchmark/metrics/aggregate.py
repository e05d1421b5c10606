"""The one place where cells become regions: weights and missing values.

Policy. A missing value (NaN) is left out together with its weight, so it is
never counted as zero. A cell counts only where everything that is compared is
valid, which follows from arithmetic: an error is NaN where either side is. A
region without a valid cell is NaN, that is: not assessed. Weights are true
areas (area x land fraction x fraction of the cell in the region) and never
negative; fluxes are no weights. Data that are already regional pass unchanged,
so that one function scores maps and regional series.
"""

from collections.abc import Mapping

import xarray as xr

from benchmark.statistics.elementwise import dot, sqrt

CELL = ("lat", "lon")
SITE = ("site",)


def places(field: xr.DataArray) -> tuple[str, ...]:
    """Return the dimensions of the places a field has values at.

    Parameters
    ----------
    field : xarray.DataArray
        A map (..., lat, lon), sites (..., site), or regional.

    Returns
    -------
    tuple of str
        ``("lat", "lon")``, ``("site",)``, or empty for regional data.
    """
    for names in (CELL, SITE):
        if set(names) <= set(field.dims):
            return names
    return ()


def aggregate(field: xr.DataArray, weights: xr.DataArray | None) -> xr.DataArray:
    r"""Average over the valid cells of each region.

    .. math:: \sum_i w_{ri} x_i / \sum_i w_{ri}

    Parameters
    ----------
    field : xarray.DataArray
        Dimensions (..., lat, lon); or regional, returned as it is.
    weights : xarray.DataArray or None
        Dimensions (region, lat, lon), >= 0. None: `field` is returned.

    Returns
    -------
    xarray.DataArray
        Dimensions (region, ...), NaN in a region without a valid cell.

    Examples
    --------
    >>> cells = xr.DataArray([[1.0, float("nan"), 4.0]], dims=("lat", "lon"))
    >>> areas = xr.DataArray([[[1.0, 5.0, 2.0]]], dims=("region", "lat", "lon"))
    >>> aggregate(cells, areas).values
    array([3.])
    """
    if weights is None or not on_cells(field):
        return field
    weights = weights.fillna(0.0)
    area = dot(weights, field.notnull(), dim=places(field))
    return dot(weights, field.fillna(0.0), dim=places(field)) / area.where(area > 0)


def root_mean_square(field: xr.DataArray, weights: xr.DataArray | None) -> xr.DataArray:
    """Root of the weighted mean square over the valid cells of each region.

    Parameters
    ----------
    field : xarray.DataArray
        Dimensions (..., lat, lon), or regional: the absolute value.
    weights : xarray.DataArray or None
        Dimensions (region, lat, lon), >= 0.

    Returns
    -------
    xarray.DataArray
        Dimensions (region, ...), units of `field`.
    """
    return sqrt(aggregate(field**2, weights))


def total(field: xr.DataArray, weights: xr.DataArray | None) -> xr.DataArray:
    """Sum value times area over the valid cells of each region.

    Parameters
    ----------
    field : xarray.DataArray
        Dimensions (..., lat, lon), per m2; or regional totals, returned as
        they are.
    weights : xarray.DataArray or None
        Dimensions (region, lat, lon), m2.

    Returns
    -------
    xarray.DataArray
        Dimensions (region, ...), units of `field` times m2; NaN in a region
        without a valid cell.
    """
    if weights is None or not on_cells(field):
        return field
    weights = weights.fillna(0.0)
    area = dot(weights, field.notnull(), dim=places(field))
    return dot(weights, field.fillna(0.0), dim=places(field)).where(area > 0)


def paired(
    model: xr.DataArray, reference: xr.DataArray
) -> tuple[xr.DataArray, xr.DataArray]:
    """Keep the cells valid in both, where both are maps.

    Parameters
    ----------
    model, reference : xarray.DataArray
        Maps (..., lat, lon), or regional: returned as they are.

    Returns
    -------
    tuple of xarray.DataArray
        Both, with the same cells missing.
    """
    if not (on_cells(model) and on_cells(reference)):
        return model, reference
    both = model.notnull() & reference.notnull()
    return model.where(both), reference.where(both)


def collected(
    *,
    value: xr.DataArray,
    score: xr.DataArray,
    weights: xr.DataArray | None,
    regional_value: xr.DataArray | None = None,
) -> xr.Dataset:
    """Average the maps of a value and its score, and keep the maps.

    Parameters
    ----------
    value, score : xarray.DataArray
        Both (lat, lon), or both (region,).
    weights : xarray.DataArray or None
        Dimensions (region, lat, lon).
    regional_value : xarray.DataArray, optional
        Value (region,) where it is not the average of the map.

    Returns
    -------
    xarray.Dataset
        value and score (region,); with maps also value_map and score_map.
    """
    if regional_value is None:
        regional_value = aggregate(value, weights)
    return with_maps(
        {"value": regional_value, "score": aggregate(score, weights)},
        value_map=value,
        score_map=score,
    )


def with_maps(regional: Mapping[str, xr.DataArray], **maps: xr.DataArray) -> xr.Dataset:
    """Put regional results and those of `maps` that are maps in one dataset.

    Parameters
    ----------
    regional : mapping of str to xarray.DataArray
        Results (region,), by name.
    **maps : xarray.DataArray
        Results by name; kept if they have the dimensions lat and lon, and
        left out if the statistics were regional already.

    Returns
    -------
    xarray.Dataset
        All of them.
    """
    kept = {name: field for name, field in maps.items() if on_cells(field)}
    return xr.Dataset({**regional, **kept})


def on_cells(field: xr.DataArray) -> bool:
    """Return whether `field` has values of places rather than of regions.

    Parameters
    ----------
    field : xarray.DataArray
        Any field.

    Returns
    -------
    bool
        True if it has the dimensions lat and lon, or site.
    """
    return bool(places(field))

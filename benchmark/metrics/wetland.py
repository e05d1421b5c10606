"""Wetland area of a region, and a flux divided by it."""

import xarray as xr

from benchmark.metrics.aggregate import SITE, aggregate, places


def wetland_area(
    mean: xr.DataArray | None, climatology: xr.DataArray | None
) -> xr.DataArray | None:
    """Return the monthly wetland fraction, or the static one without months.

    Parameters
    ----------
    mean : xarray.DataArray or None
        Fraction of the land (...).
    climatology : xarray.DataArray or None
        The same of twelve months (month, ...).

    Returns
    -------
    xarray.DataArray or None
        The second, else the first.
    """
    return mean if climatology is None else climatology


def largest(wetland: xr.DataArray) -> xr.DataArray:
    """Return the wetland of the month with most of it; a static one as it is.

    A mean over twelve months would count wetlands under snow as none.

    Parameters
    ----------
    wetland : xarray.DataArray
        Fraction of the land, (month, ...) or (...).

    Returns
    -------
    xarray.DataArray
        Dimensions (...).
    """
    return wetland.max("month") if "month" in wetland.dims else wetland


def per_wetland(
    flux: xr.DataArray,
    wetland: xr.DataArray | None,
    weights: xr.DataArray | None,
    *,
    smallest: float = 0.0,
) -> xr.DataArray:
    r"""Divide the emission of each region by its wetland area.

    .. math:: \sum_i a_i F_i / \max_m \sum_i a_i w_{mi}

    Parameters
    ----------
    flux : xarray.DataArray
        Per land area, (region,), (lat, lon) or (site,).
    wetland : xarray.DataArray or None
        Fraction of the land, same dimensions and perhaps month.
    weights : xarray.DataArray or None
        Land areas (region, lat, lon), or 1 and 0 (region, site).
    smallest : float, optional
        Cells with less wetland in their wettest month are left out.

    Returns
    -------
    xarray.DataArray
        Per wetland area, (region,): the median of the sites where there are
        sites. NaN in a region without wetland.

    Raises
    ------
    ValueError
        If there is no wetland fraction.
    """
    if wetland is None:
        msg = "a flux per wetland area needs the wetland fraction of its side."
        raise ValueError(msg)
    if places(flux) == SITE:
        area = largest(wetland)
        return regional(flux / area.where(area > 0), weights)
    if places(flux):
        flux, wetland = common(flux, wetland, smallest=smallest)
    area = largest(aggregate(wetland, weights))
    return aggregate(flux, weights) / area.where(area > 0)


def common(
    flux: xr.DataArray, wetland: xr.DataArray, *, smallest: float = 0.0
) -> tuple[xr.DataArray, xr.DataArray]:
    """Keep the cells that have both a flux and a wetland fraction.

    Parameters
    ----------
    flux, wetland : xarray.DataArray
        (lat, lon), each perhaps with month.
    smallest : float, optional
        Cells with less wetland in their wettest month are left out.

    Returns
    -------
    tuple of xarray.DataArray
        Both, with the same cells missing.
    """
    months = [name for name in ("month",) if name in flux.dims]
    valid = flux.notnull().all(months) & (largest(wetland) >= smallest)
    months = [name for name in ("month",) if name in wetland.dims]
    valid = valid & wetland.notnull().all(months)
    return flux.where(valid), wetland.where(valid)


def regional(values: xr.DataArray, weights: xr.DataArray | None) -> xr.DataArray:
    """Return a value of each region: a mean of cells, a median of sites.

    Parameters
    ----------
    values : xarray.DataArray
        (..., lat, lon), (..., site) or (..., region).
    weights : xarray.DataArray or None
        Areas (region, lat, lon), or 1 and 0 (region, site).

    Returns
    -------
    xarray.DataArray
        Dimensions (..., region). A few sites emit most, so that a mean of
        sites would be that of the few.
    """
    if weights is None or places(values) != SITE:
        return aggregate(values, weights)
    return values.where(weights > 0).median("site")

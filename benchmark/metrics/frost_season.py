"""Emission in months of frost.

The part of a flux that leaves in months of air or soil below 273.15 K is a
variable of its own (``ch4_subzero_air``: the flux of these months, else 0), so
that each cell has its own cold season.
"""

import numpy as np
import xarray as xr

from benchmark.metrics.registry import metric
from benchmark.metrics.shares import (
    EQUATION,
    SCALE,
    SOURCE,
    compared_share,
    share_of_means,
)


@metric(
    long_name="share of methane in months of air below 0 degrees Celsius",
    equation=r"f = \sum_{T < T_0} F / \sum F,\ T_0 = 273.15\ \mathrm{K};\ " + EQUATION,
    perfect=np.nan,
    bounds=(-0.1, 1.1),
    direction="reference",
    units="1",
    source=SOURCE,
    kinds=("map", "regional", "sites"),
    variables=("ch4",),
)
def share_subzero_air(
    model_mean: xr.DataArray,
    model_ch4_subzero_air_mean: xr.DataArray,
    reference_mean: xr.DataArray,
    reference_ch4_subzero_air_mean: xr.DataArray | None = None,
    tolerance: float = 0.0,
    scale: float = SCALE,
    *,
    weights: xr.DataArray | None = None,
) -> xr.Dataset:
    """Share of the annual methane that leaves while the air is frozen.

    Parameters
    ----------
    model_mean, reference_mean : xarray.DataArray
        Mean methane of whole years, (region,), (lat, lon) or (site,). The
        reference's may be the share itself (region,), where its attribute
        ``value_of`` names this metric.
    model_ch4_subzero_air_mean : xarray.DataArray
        The part of it in months of air below 273.15 K, same units.
    reference_ch4_subzero_air_mean : xarray.DataArray, optional
        The same of the reference.
    tolerance, scale : float, optional
        u and s of the score, as shares.
    weights : xarray.DataArray, optional
        Areas (region, lat, lon), or 1 and 0 (region, site).

    Returns
    -------
    xarray.Dataset
        value (region,), the model's share; score; score_u0; message.

    Raises
    ------
    ValueError
        If the reference has neither such a part nor a share.

    Examples
    --------
    >>> at = {"region": ["east"]}
    >>> flux, cold = xr.DataArray([10.0], at), xr.DataArray([0.5], at)
    >>> given = xr.DataArray([0.27], at, attrs={"value_of": "share_subzero_air"})
    >>> found = share_subzero_air(flux, cold, given)
    >>> found["value"].item(), found["score"].round(4).item()
    (0.05, 0.2307)
    """
    sides = share_of_means(
        "share_subzero_air",
        (model_ch4_subzero_air_mean, model_mean),
        (reference_ch4_subzero_air_mean, reference_mean),
        weights,
    )
    return compared_share(*sides, tolerance, scale)


@metric(
    long_name="share of methane in months of soil below 0 degrees Celsius",
    equation=r"f = \sum_{T < T_0} F / \sum F,\ T_0 = 273.15\ \mathrm{K};\ " + EQUATION,
    perfect=np.nan,
    bounds=(-0.1, 1.1),
    direction="reference",
    units="1",
    source=SOURCE,
    kinds=("map", "regional", "sites"),
    variables=("ch4",),
)
def share_subzero_soil(
    model_mean: xr.DataArray,
    model_ch4_subzero_soil_mean: xr.DataArray,
    reference_mean: xr.DataArray,
    reference_ch4_subzero_soil_mean: xr.DataArray | None = None,
    tolerance: float = 0.0,
    scale: float = SCALE,
    *,
    weights: xr.DataArray | None = None,
) -> xr.Dataset:
    """Share of the annual methane that leaves while the soil is frozen.

    Parameters
    ----------
    model_mean, model_ch4_subzero_soil_mean, reference_mean,
    reference_ch4_subzero_soil_mean, tolerance, scale, weights
        See `share_subzero_air`.

    Returns
    -------
    xarray.Dataset
        As `share_subzero_air`.

    Examples
    --------
    >>> at = {"region": ["east"]}
    >>> flux, cold = xr.DataArray([10.0], at), xr.DataArray([0.5], at)
    >>> given = xr.DataArray([0.27], at, attrs={"value_of": "share_subzero_soil"})
    >>> found = share_subzero_soil(flux, cold, given)
    >>> found["value"].item(), found["score"].round(4).item()
    (0.05, 0.2307)
    """
    sides = share_of_means(
        "share_subzero_soil",
        (model_ch4_subzero_soil_mean, model_mean),
        (reference_ch4_subzero_soil_mean, reference_mean),
        weights,
    )
    return compared_share(*sides, tolerance, scale)


@metric(
    long_name="share of respiration in months of air below 0 degrees Celsius",
    equation=r"f = \sum_{T < T_0} F / \sum F,\ T_0 = 273.15\ \mathrm{K};\ " + EQUATION,
    perfect=np.nan,
    bounds=(-0.1, 1.1),
    direction="reference",
    units="1",
    source=SOURCE,
    kinds=("map", "regional", "sites"),
    variables=("reco",),
)
def reco_share_subzero_air(
    model_mean: xr.DataArray,
    model_reco_subzero_air_mean: xr.DataArray,
    reference_mean: xr.DataArray,
    reference_reco_subzero_air_mean: xr.DataArray | None = None,
    tolerance: float = 0.0,
    scale: float = SCALE,
    *,
    weights: xr.DataArray | None = None,
) -> xr.Dataset:
    """Share of the annual respiration that leaves while the air is frozen.

    Parameters
    ----------
    model_mean, model_reco_subzero_air_mean, reference_mean,
    reference_reco_subzero_air_mean, tolerance, scale, weights
        See `share_subzero_air`.

    Returns
    -------
    xarray.Dataset
        As `share_subzero_air`.

    Examples
    --------
    >>> at = {"region": ["east"]}
    >>> flux, cold = xr.DataArray([10.0], at), xr.DataArray([0.5], at)
    >>> given = xr.DataArray([0.27], at, attrs={"value_of": "reco_share_subzero_air"})
    >>> found = reco_share_subzero_air(flux, cold, given)
    >>> found["value"].item(), found["score"].round(4).item()
    (0.05, 0.2307)
    """
    sides = share_of_means(
        "reco_share_subzero_air",
        (model_reco_subzero_air_mean, model_mean),
        (reference_reco_subzero_air_mean, reference_mean),
        weights,
    )
    return compared_share(*sides, tolerance, scale)


@metric(
    long_name="share of respiration in months of soil below 0 degrees Celsius",
    equation=r"f = \sum_{T < T_0} F / \sum F,\ T_0 = 273.15\ \mathrm{K};\ " + EQUATION,
    perfect=np.nan,
    bounds=(-0.1, 1.1),
    direction="reference",
    units="1",
    source=SOURCE,
    kinds=("map", "regional", "sites"),
    variables=("reco",),
)
def reco_share_subzero_soil(
    model_mean: xr.DataArray,
    model_reco_subzero_soil_mean: xr.DataArray,
    reference_mean: xr.DataArray,
    reference_reco_subzero_soil_mean: xr.DataArray | None = None,
    tolerance: float = 0.0,
    scale: float = SCALE,
    *,
    weights: xr.DataArray | None = None,
) -> xr.Dataset:
    """Share of the annual respiration that leaves while the soil is frozen.

    Parameters
    ----------
    model_mean, model_reco_subzero_soil_mean, reference_mean,
    reference_reco_subzero_soil_mean, tolerance, scale, weights
        See `share_subzero_air`.

    Returns
    -------
    xarray.Dataset
        As `share_subzero_air`.

    Examples
    --------
    >>> at = {"region": ["east"]}
    >>> flux, cold = xr.DataArray([10.0], at), xr.DataArray([0.5], at)
    >>> given = xr.DataArray([0.27], at, attrs={"value_of": "reco_share_subzero_soil"})
    >>> found = reco_share_subzero_soil(flux, cold, given)
    >>> found["value"].item(), found["score"].round(4).item()
    (0.05, 0.2307)
    """
    sides = share_of_means(
        "reco_share_subzero_soil",
        (model_reco_subzero_soil_mean, model_mean),
        (reference_reco_subzero_soil_mean, reference_mean),
        weights,
    )
    return compared_share(*sides, tolerance, scale)

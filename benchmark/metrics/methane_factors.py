r"""The error of a methane total, split into extent, density and season.

With F_m the emission of a region in month m, A its wetland area in the month
that has most of it, and the mean of the year weighted by the lengths of months,

    total = A x (max F / A) x (mean F / max F) = extent x density x season

so the logarithms of the three ratios of model to reference add up to that of
the totals. The density is that of the month of largest emission; times the
season it is the density of `ch4_density`. The season, mean over largest, is
the part of the year that would give the total at the rate of that month.
"""

import numpy as np
import xarray as xr

from benchmark.metrics.emission import compared, sides
from benchmark.metrics.registry import metric

SOURCE = "log-additive split of this package into extent, density and season"
SCORE = r"; S = \exp(-|\ln q| / \ln 2)"


@metric(
    long_name="ratio of wetland areas",
    equation=r"q = A_m / A_r,\ A = \max_m \sum_i a_i w_{mi}" + SCORE,
    perfect=1.0,
    bounds=(0.0, np.inf),
    direction="one",
    units="1",
    source=SOURCE,
    variables=("ch4",),
)
def ch4_extent_factor(
    model_climatology: xr.DataArray,
    reference_climatology: xr.DataArray,
    month_length: xr.DataArray,
    model_wetlandFrac_mean: xr.DataArray,
    reference_wetlandFrac_mean: xr.DataArray,
    model_wetlandFrac_climatology: xr.DataArray | None = None,
    reference_wetlandFrac_climatology: xr.DataArray | None = None,
    *,
    weights: xr.DataArray | None = None,
) -> xr.Dataset:
    """Ratio of the wetland areas in the month with most wetland.

    Parameters
    ----------
    model_climatology, reference_climatology : xarray.DataArray
        Flux per land area of twelve months, (month, region), or (month, lat,
        lon) with weights.
    month_length : xarray.DataArray
        Dimension (month,), days.
    model_wetlandFrac_mean, reference_wetlandFrac_mean : xarray.DataArray
        Wetland as a fraction of the land, used where it has no months.
    model_wetlandFrac_climatology, reference_wetlandFrac_climatology : optional
        Twelve months of it.
    weights : xarray.DataArray, optional
        Land areas (region, lat, lon); cells valid in all four count.

    Returns
    -------
    xarray.Dataset
        value (region,), model over reference; score, 0.37 for a factor 2;
        message. The product of the three factors is the ratio of the totals.

    Examples
    --------
    >>> month = np.arange(1, 13)
    >>> at = {"month": month, "region": ["east"]}
    >>> cycle = xr.DataArray(np.where(month == 7, 6.0, 1.0)[:, None], at)
    >>> days = xr.DataArray(np.full(12, 30.0), {"month": month})
    >>> wet = xr.DataArray([0.2], {"region": ["east"]})
    >>> found = ch4_extent_factor(cycle, cycle, days, 2 * wet, wet)
    >>> found["value"].round(6).item()
    2.0
    """
    parts = sides(
        (model_climatology, model_wetlandFrac_mean, model_wetlandFrac_climatology),
        (
            reference_climatology,
            reference_wetlandFrac_mean,
            reference_wetlandFrac_climatology,
        ),
        month_length,
        weights,
    )
    return compared(*(side.extent for side in parts))


@metric(
    long_name="ratio of methane fluxes per wetland area",
    equation=r"q = (\max F / A)_m / (\max F / A)_r" + SCORE,
    perfect=1.0,
    bounds=(0.0, np.inf),
    direction="one",
    units="1",
    source=SOURCE,
    variables=("ch4",),
)
def ch4_density_factor(
    model_climatology: xr.DataArray,
    reference_climatology: xr.DataArray,
    month_length: xr.DataArray,
    model_wetlandFrac_mean: xr.DataArray,
    reference_wetlandFrac_mean: xr.DataArray,
    model_wetlandFrac_climatology: xr.DataArray | None = None,
    reference_wetlandFrac_climatology: xr.DataArray | None = None,
    *,
    weights: xr.DataArray | None = None,
) -> xr.Dataset:
    """Ratio of the fluxes per wetland area in the month of largest emission.

    Parameters
    ----------
    model_climatology, reference_climatology, month_length, model_wetlandFrac_mean,
    reference_wetlandFrac_mean, model_wetlandFrac_climatology,
    reference_wetlandFrac_climatology, weights
        See `ch4_extent_factor`.

    Returns
    -------
    xarray.Dataset
        As `ch4_extent_factor`.

    Examples
    --------
    >>> month = np.arange(1, 13)
    >>> at = {"month": month, "region": ["east"]}
    >>> cycle = xr.DataArray(np.where(month == 7, 6.0, 1.0)[:, None], at)
    >>> days = xr.DataArray(np.full(12, 30.0), {"month": month})
    >>> wet = xr.DataArray([0.2], {"region": ["east"]})
    >>> found = ch4_density_factor(cycle, cycle, days, 2 * wet, wet)
    >>> found["value"].round(6).item()
    0.5
    """
    parts = sides(
        (model_climatology, model_wetlandFrac_mean, model_wetlandFrac_climatology),
        (
            reference_climatology,
            reference_wetlandFrac_mean,
            reference_wetlandFrac_climatology,
        ),
        month_length,
        weights,
    )
    return compared(*(side.density for side in parts))


@metric(
    long_name="ratio of the lengths of the emission season",
    equation=r"q = (\overline{F} / \max F)_m / (\overline{F} / \max F)_r" + SCORE,
    perfect=1.0,
    bounds=(0.0, np.inf),
    direction="one",
    units="1",
    source=SOURCE,
    variables=("ch4",),
)
def ch4_season_factor(
    model_climatology: xr.DataArray,
    reference_climatology: xr.DataArray,
    month_length: xr.DataArray,
    model_wetlandFrac_mean: xr.DataArray,
    reference_wetlandFrac_mean: xr.DataArray,
    model_wetlandFrac_climatology: xr.DataArray | None = None,
    reference_wetlandFrac_climatology: xr.DataArray | None = None,
    *,
    weights: xr.DataArray | None = None,
) -> xr.Dataset:
    """Ratio of the mean emission of the year over that of its largest month.

    Parameters
    ----------
    model_climatology, reference_climatology, month_length, model_wetlandFrac_mean,
    reference_wetlandFrac_mean, model_wetlandFrac_climatology,
    reference_wetlandFrac_climatology, weights
        See `ch4_extent_factor`.

    Returns
    -------
    xarray.Dataset
        As `ch4_extent_factor`.

    Examples
    --------
    >>> month = np.arange(1, 13)
    >>> at = {"month": month, "region": ["east"]}
    >>> cycle = xr.DataArray(np.where(month == 7, 6.0, 1.0)[:, None], at)
    >>> days = xr.DataArray(np.full(12, 30.0), {"month": month})
    >>> wet = xr.DataArray([0.2], {"region": ["east"]})
    >>> found = ch4_season_factor(cycle / cycle * 3.0, cycle, days, wet, wet)
    >>> found["value"].round(6).item()
    4.235294
    """
    parts = sides(
        (model_climatology, model_wetlandFrac_mean, model_wetlandFrac_climatology),
        (
            reference_climatology,
            reference_wetlandFrac_mean,
            reference_wetlandFrac_climatology,
        ),
        month_length,
        weights,
    )
    return compared(*(side.season for side in parts))

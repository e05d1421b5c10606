"""The pattern of the time mean within each region."""

from typing import NamedTuple

import numpy as np
import xarray as xr

from benchmark.metrics import scores
from benchmark.metrics.aggregate import aggregate, on_cells, paired
from benchmark.metrics.registry import metric
from benchmark.statistics.elementwise import sqrt

# A standard deviation below this part of the mean size is rounding. Relative,
# because carbon fluxes in kg m-2 s-1 vary by 1e-9 and are no less real.
_ROUNDING = 1e-12


class Pattern(NamedTuple):
    """Correlation R and ratio of standard deviations, both (region,)."""

    correlation: xr.DataArray
    std_ratio: xr.DataArray


@metric(
    long_name="spatial distribution",
    equation=r"S = 4 (1 + R) / ((\sigma + 1/\sigma)^2 (1 + R_0)),\ R_0 = 1",
    perfect=1.0,
    bounds=(0.0, 1.0),
    direction="higher",
    units="1",
    source="Taylor (2001), https://doi.org/10.1029/2000JD900719",
    kinds=("map",),
)
def spatial_distribution(
    model_mean: xr.DataArray,
    reference_mean: xr.DataArray,
    *,
    weights: xr.DataArray,
) -> xr.Dataset:
    """Taylor score of the pattern; R and sigma weighted by area.

    Parameters
    ----------
    model_mean, reference_mean : xarray.DataArray
        Time means (lat, lon), same units, on the same grid. Only cells valid
        in both count.
    weights : xarray.DataArray
        Areas (region, lat, lon).

    Returns
    -------
    xarray.Dataset
        value and score (region,), the same number. NaN where the reference is
        uniform or fewer than two cells are valid; 0 where only the model is
        uniform.

    Raises
    ------
    ValueError
        If the means are not maps or weights is None.

    Examples
    --------
    >>> east = xr.DataArray(np.ones((1, 1, 3)), dims=("region", "lat", "lon"))
    >>> reference = xr.DataArray([[1.0, 2.0, 3.0]], dims=("lat", "lon"))
    >>> result = spatial_distribution(2.0 * reference, reference, weights=east)
    >>> float(result["score"].round(12)[0])
    0.64
    """
    score = scores.taylor(*pattern(model_mean, reference_mean, weights))
    return xr.Dataset({"value": score, "score": score})


@metric(
    long_name="spatial correlation",
    equation=r"R = \mathrm{cov}(m, r) / (s_m s_r)",
    perfect=1.0,
    bounds=(-1.0, 1.0),
    direction="higher",
    units="1",
    source="Taylor (2001), https://doi.org/10.1029/2000JD900719",
    kinds=("map",),
)
def spatial_correlation(
    model_mean: xr.DataArray,
    reference_mean: xr.DataArray,
    *,
    weights: xr.DataArray,
) -> xr.Dataset:
    """Pearson correlation of the two maps, weighted by area; no score.

    Parameters
    ----------
    model_mean, reference_mean, weights : xarray.DataArray
        See `spatial_distribution`.

    Returns
    -------
    xarray.Dataset
        value (region,); NaN where either map is uniform.
    """
    found = pattern(model_mean, reference_mean, weights)
    return xr.Dataset({"value": found.correlation.where(found.std_ratio > 0)})


@metric(
    long_name="ratio of spatial standard deviations",
    equation=r"\sigma = s_m / s_r",
    perfect=1.0,
    bounds=(0.0, np.inf),
    direction="one",
    units="1",
    source="Taylor (2001), https://doi.org/10.1029/2000JD900719",
    kinds=("map",),
)
def spatial_std_ratio(
    model_mean: xr.DataArray,
    reference_mean: xr.DataArray,
    *,
    weights: xr.DataArray,
) -> xr.Dataset:
    """Ratio of the standard deviations of the two maps, by area; no score.

    Parameters
    ----------
    model_mean, reference_mean, weights : xarray.DataArray
        See `spatial_distribution`.

    Returns
    -------
    xarray.Dataset
        value (region,); NaN where the reference is uniform.
    """
    return xr.Dataset({"value": pattern(model_mean, reference_mean, weights).std_ratio})


def pattern(
    model: xr.DataArray, reference: xr.DataArray, weights: xr.DataArray | None
) -> Pattern:
    """Weighted correlation and ratio of standard deviations per region.

    Parameters
    ----------
    model, reference : xarray.DataArray
        Maps (lat, lon), same units.
    weights : xarray.DataArray
        Areas (region, lat, lon).

    Returns
    -------
    Pattern
        R and sigma, (region,); sigma is 0 and R is 0 where the model is
        uniform, both are NaN where the reference is.

    Raises
    ------
    ValueError
        If the fields are not maps or weights is None.
    """
    if weights is None or not (on_cells(model) and on_cells(reference)):
        msg = (
            "a spatial pattern needs maps (lat, lon) and weights (region, lat, lon); "
            f"found dimensions {model.dims} and {reference.dims}, weights "
            f"{'None' if weights is None else 'given'}."
        )
        raise ValueError(msg)
    model, reference = paired(model, reference)
    of_model, std_model = _anomaly(model, weights)
    of_reference, std_reference = _anomaly(reference, weights)
    divisor = std_reference.where(std_reference > 0)
    covariance = aggregate(of_model * of_reference, weights)
    correlation = covariance / (std_model.where(std_model > 0) * divisor)
    correlation = correlation.where(~(std_model == 0), 0.0).clip(-1.0, 1.0)
    return Pattern(correlation.where(divisor.notnull()), std_model / divisor)


def _anomaly(
    field: xr.DataArray, weights: xr.DataArray
) -> tuple[xr.DataArray, xr.DataArray]:
    """Departure from each region's mean, and its standard deviation."""
    departure = field - aggregate(field, weights)
    std = sqrt(aggregate(departure**2, weights))
    size = aggregate(abs(field), weights)
    return departure, std.where(~(std <= _ROUNDING * size), 0.0)

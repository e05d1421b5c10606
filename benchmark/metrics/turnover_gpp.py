"""Turnover time of soil carbon by gross production, which is what is observed."""

import numpy as np
import xarray as xr

from benchmark.metrics.registry import metric
from benchmark.metrics.turnover import turnover_time


@metric(
    long_name="turnover time of soil carbon, by gross primary production",
    equation=(
        r"\tau = \sum A C / \sum A G,\ S = \exp(-\max(0, |\ln(\tau_m / \tau_r)| "
        r"- \ln(1 + u)) / \ln 2)"
    ),
    perfect=np.nan,
    bounds=(0.0, np.inf),
    direction="reference",
    units="yr",
    source="carbon over gross production as in Carvalhais et al. (2014), "
    "https://doi.org/10.1038/nature13731, here of soils alone",
    relative=True,
)
def turnover_time_gpp(
    model_mean: xr.DataArray,
    reference_mean: xr.DataArray,
    model_gpp_mean: xr.DataArray,
    reference_gpp_mean: xr.DataArray,
    tolerance: float,
    *,
    weights: xr.DataArray | None = None,
) -> xr.Dataset:
    """Soil carbon over gross primary production, of sums over each region.

    A stock may be right because too much production meets too fast a turnover.
    `turnover_time` takes net production, of which there are few estimates that
    no model made; gross production is upscaled from towers.

    Parameters
    ----------
    model_mean, reference_mean : xarray.DataArray
        Soil carbon in kg m-2: means (region,), or maps (lat, lon).
    model_gpp_mean, reference_gpp_mean : xarray.DataArray
        Gross primary production in kg m-2 s-1, over the same cells.
    tolerance : float
        u >= 0, relative uncertainty of the reference.
    weights : xarray.DataArray, optional
        Areas (region, lat, lon); None for means.

    Returns
    -------
    xarray.Dataset
        As `benchmark.metrics.turnover.turnover_time`.

    Raises
    ------
    ValueError
        If the tolerance is negative.

    Examples
    --------
    >>> from benchmark.harmonise.variable import SECONDS_PER_YEAR
    >>> at = {"region": ["tundra"]}
    >>> soil, gpp = (xr.DataArray([v], at) for v in (30.0, 0.4 / SECONDS_PER_YEAR))
    >>> found = turnover_time_gpp(soil, soil, 2 * gpp, gpp, 0.0)
    >>> found["value"].round(6).item(), found["score"].round(4).item()
    (37.5, 0.3679)
    """
    found = turnover_time(
        model_mean,
        reference_mean,
        model_gpp_mean,
        reference_gpp_mean,
        tolerance,
        weights=weights,
    )
    told = found["message"].str.replace("net primary", "gross primary", regex=False)
    return found.assign(message=told)

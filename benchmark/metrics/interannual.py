"""Variability between years."""

import numpy as np
import xarray as xr

from benchmark.metrics import scores
from benchmark.metrics.aggregate import aggregate, collected
from benchmark.metrics.registry import metric
from benchmark.statistics.years import std_between_years


@metric(
    long_name="ratio of interannual standard deviations",
    equation=r"q = s_m / s_r; S = \exp(-|s_m - s_r| / s_r)",
    perfect=1.0,
    bounds=(0.0, np.inf),
    direction="one",
    units="1",
    source="score of Collier et al. (2018), https://doi.org/10.1029/2018MS001354, "
    "with the standard deviation of annual means",
)
def interannual_variability(
    model_annual: xr.DataArray,
    reference_annual: xr.DataArray,
    *,
    weights: xr.DataArray | None = None,
) -> xr.Dataset:
    """Ratio of the standard deviations of the annual means.

    Parameters
    ----------
    model_annual, reference_annual : xarray.DataArray
        Annual means, (year, lat, lon) or (year, region), same units and years;
        NaN in incomplete years. Years valid in both count, three or more.
    weights : xarray.DataArray, optional
        Areas (region, lat, lon); None for regional statistics. Maps are
        scored cell by cell; the value is the ratio of the mean deviations.

    Returns
    -------
    xarray.Dataset
        value (region,), 1; score; value_map and score_map for maps. NaN where
        the reference is the same every year.

    Examples
    --------
    >>> at = {"year": [2001, 2002, 2003], "region": ["east"]}
    >>> years = xr.DataArray([[1.0], [2.0], [3.0]], at, ("year", "region"))
    >>> result = interannual_variability(1.5 * years, years)
    >>> round(float(result["value"][0]), 6), round(float(result["score"][0]), 4)
    (1.5, 0.6065)
    """
    both = model_annual.notnull() & reference_annual.notnull()
    of_model = std_between_years(model_annual.where(both))
    of_reference = std_between_years(reference_annual.where(both))
    of_reference = of_reference.where(of_reference > 0)
    of_model = of_model.where(of_reference.notnull())
    return collected(
        value=of_model / of_reference,
        score=scores.relative(of_model - of_reference, of_reference),
        weights=weights,
        regional_value=aggregate(of_model, weights) / aggregate(of_reference, weights),
    )

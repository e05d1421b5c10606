"""Trends of annual means: their slope, and whether there is one."""

import numpy as np
import xarray as xr

from benchmark.metrics import scores
from benchmark.metrics.aggregate import aggregate, paired
from benchmark.metrics.registry import metric
from benchmark.statistics.elementwise import where
from benchmark.statistics.trends import MINIMUM_YEARS, directions, drift, slopes

_WORDS = {-1.0: "decreasing", 0.0: "no trend", 1.0: "increasing"}


@metric(
    long_name="Theil-Sen trend",
    equation=(
        r"b = \mathrm{med}_{i<j} (x_j - x_i) / (t_j - t_i);"
        r" S = \exp(-\max(0, l_r - b_m, b_m - h_r) / s),\ s = \sigma_r / (t_n - t_1)"
    ),
    perfect=np.nan,
    bounds=(-np.inf, np.inf),
    direction="reference",
    units="variable yr-1",
    source="Sen (1968), https://doi.org/10.1080/01621459.1968.10480934; score of this "
    "package: a drift of one standard deviation of the reference's years over the "
    "record scores 0.37",
    kinds=("map", "regional", "sites"),
    drawn=False,
)
def theil_sen_trend(
    model_annual: xr.DataArray,
    reference_annual: xr.DataArray,
    *,
    weights: xr.DataArray | None = None,
) -> xr.Dataset:
    """Median slope of annual means, scored outside the reference's own interval.

    Places are averaged to the region before. The years valid in both sides
    count, at least `MINIMUM_YEARS`. Serial correlation makes the intervals too
    narrow; `mann_kendall` corrects for it.

    Parameters
    ----------
    model_annual, reference_annual : xarray.DataArray
        Annual means (year, region), (year, site) or (year, lat, lon), same
        units; NaN in incomplete years.
    weights : xarray.DataArray, optional
        (region, lat, lon) or (region, site); None for regional statistics.

    Returns
    -------
    xarray.Dataset
        value (region,), the model's slope per year, value_low and value_high,
        its 95 % interval; reference_value, reference_low, reference_high;
        score; score_u0, of the distance to the reference's slope itself;
        message with the number of years where they are too few. NaN too where
        all years of the reference are equal.

    Examples
    --------
    >>> at = {"year": np.arange(2001, 2021), "region": ["east"]}
    >>> line = xr.DataArray(np.arange(20.0)[:, None], at, ("year", "region"))
    >>> result = theil_sen_trend(2.0 * line, line)
    >>> float(result["value"][0]), float(result["reference_value"][0])
    (2.0, 1.0)
    """
    model, reference, enough, message = _shared(model_annual, reference_annual, weights)
    years = model["year"].to_numpy().astype(float)
    low, value, high = slopes(model, years, enough)
    own_low, own, own_high = slopes(reference, years, enough)
    scale = drift(reference, years)
    distance = where(value < own_low, own_low - value, (value - own_high).clip(min=0.0))
    return xr.Dataset(
        {
            "value": value,
            "value_low": low,
            "value_high": high,
            "reference_value": own,
            "reference_low": own_low,
            "reference_high": own_high,
            "score": scores.relative(distance, scale),
            "score_u0": scores.relative(value - own, scale),
            "message": message,
        }
    )


@metric(
    long_name="direction of the trend",
    equation=r"d \in \{-1, 0, 1\}\ \mathrm{by\ Mann-Kendall},\ S = 1 - |d_m - d_r| / 2",
    perfect=np.nan,
    bounds=(-1.0, 1.0),
    direction="reference",
    units="1",
    source="Mann-Kendall test with the variance of Hamed and Rao (1998), "
    "https://doi.org/10.1016/S0022-1694(97)00125-X; score of this package",
    kinds=("map", "regional", "sites"),
    drawn=False,
)
def mann_kendall(
    model_annual: xr.DataArray,
    reference_annual: xr.DataArray,
    *,
    weights: xr.DataArray | None = None,
) -> xr.Dataset:
    """Whether annual means increase, decrease or neither, on both sides.

    Places are averaged to the region before. The variance of the test takes
    the autocorrelation of the ranks of the detrended years at the first three
    lags into account, where that makes it larger: a correction that would call
    more trends significant is not used. Equal directions score 1, opposite
    ones 0, a trend against none 0.5.

    Parameters
    ----------
    model_annual, reference_annual, weights
        See `theil_sen_trend`.

    Returns
    -------
    xarray.Dataset
        value (region,), the model's -1 (decreasing), 0 (no trend at the 5 %
        level) or 1 (increasing); reference_value; score; message with both
        directions and their p, or the number of years where they are too few.

    Examples
    --------
    >>> at = {"year": np.arange(2001, 2021), "region": ["east"]}
    >>> line = xr.DataArray(np.arange(20.0)[:, None], at, ("year", "region"))
    >>> result = mann_kendall(-line, line)
    >>> str(result["message"].values[0])
    'model decreasing (p < 0.001), reference increasing (p < 0.001)'
    """
    model, reference, enough, message = _shared(model_annual, reference_annual, weights)
    found, p = directions(model, enough)
    own, own_p = directions(reference, enough)
    texts = xr.apply_ufunc(
        _told,
        found,
        p,
        own,
        own_p,
        vectorize=True,
        dask="parallelized",
        output_dtypes=["U120"],
    )
    return xr.Dataset(
        {
            "value": found,
            "reference_value": own,
            "score": 1.0 - abs(found - own) / 2.0,
            "message": where(enough, texts, message),
        }
    )


def _shared(
    model: xr.DataArray, reference: xr.DataArray, weights: xr.DataArray | None
) -> tuple[xr.DataArray, xr.DataArray, xr.DataArray, xr.DataArray]:
    """Return regional series of the years valid in both, and whether they do."""
    sides = [aggregate(side, weights) for side in paired(model, reference)]
    both = sides[0].notnull() & sides[1].notnull()
    count = both.sum("year")
    enough = count >= MINIMUM_YEARS
    short = xr.apply_ufunc(
        lambda n: f"needs {MINIMUM_YEARS} years of both; found {n}",
        count,
        vectorize=True,
        dask="parallelized",
        output_dtypes=["U60"],
    )
    message = where(enough, "", short)
    return sides[0].where(both), sides[1].where(both), enough, message


def _told(direction: float, p: float, own: float, own_p: float) -> str:
    if np.isnan(direction + own):
        return ""
    sides = (("model", direction, p), ("reference", own, own_p))
    return ", ".join(
        f"{side} {_WORDS[found]} (p {'< 0.001' if level < 0.001 else f'= {level:.2g}'})"
        for side, found, level in sides
    )

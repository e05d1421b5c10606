"""Directions of trends that a review states in words."""

import numpy as np
import xarray as xr

from benchmark.metrics.registry import metric
from benchmark.statistics.elementwise import where
from benchmark.statistics.trends import MINIMUM_YEARS, directions

_WORDS = ("decreasing", "no trend", "increasing")


@metric(
    long_name="direction of the trend, against a statement",
    equation=r"d \in \{-1, 0, 1\}\ \mathrm{by\ Mann-Kendall},\ S = 1 - |d_m - d_r| / 2",
    perfect=np.nan,
    bounds=(-1.0, 1.0),
    direction="reference",
    units="1",
    source="Mann-Kendall test with the variance of Hamed and Rao (1998), "
    "https://doi.org/10.1016/S0022-1694(97)00125-X; score of this package",
    kinds=("regional",),
    drawn=False,
)
def trend_as_stated(
    model_annual: xr.DataArray,
    reference_mean: xr.DataArray,
    *,
    weights: xr.DataArray | None = None,
) -> xr.Dataset:
    """Whether annual means increase, decrease or neither, as somebody stated.

    Parameters
    ----------
    model_annual : xarray.DataArray
        Annual means (year, region), any units; `MINIMUM_YEARS` or more.
    reference_mean : xarray.DataArray
        -1, 0 or 1 (region,), with the attribute ``value_of`` of this metric.
    weights : None
        Regional only.

    Returns
    -------
    xarray.Dataset
        value (region,), the model's -1, 0 or 1 at the 5 % level; score, 0.5
        for a trend against none; message with the p of the test, or the
        number of years where they are too few.

    Raises
    ------
    ValueError
        If the reference does not state directions.

    Examples
    --------
    >>> at = {"year": np.arange(2001, 2021), "region": ["tundra"]}
    >>> line = xr.DataArray(np.arange(20.0)[:, None], at, ("year", "region"))
    >>> stated = xr.DataArray([1.0], {"region": ["tundra"]},
    ...     attrs={"value_of": "trend_as_stated"})
    >>> found = trend_as_stated(-line, stated)
    >>> found["score"].item(), found["message"].item()
    (0.0, 'model decreasing (p < 0.001), stated: increasing')
    """
    if reference_mean.attrs.get("value_of") != "trend_as_stated":
        msg = (
            "trend_as_stated: the reference states no directions of trends. Write "
            "'value_of: trend_as_stated' and 'units: \"1\"' under 'data:' of the "
            "reference if its numbers are -1, 0 or 1; a reference with years has "
            "'mann_kendall'."
        )
        raise ValueError(msg)
    count = model_annual.notnull().sum("year")
    enough = count >= MINIMUM_YEARS
    found, p = directions(model_annual, enough)
    texts = [
        f"model {_WORDS[int(d) + 1]} (p {_level(level)}), stated: {_WORDS[int(r) + 1]}"
        if np.isfinite(d + r)
        else f"needs {MINIMUM_YEARS} years of the model; found {int(n)}"
        for d, level, r, n in zip(
            found.values, p.values, reference_mean.values, count.values, strict=True
        )
    ]
    message = xr.DataArray(texts, {"region": found["region"]}, ("region",))
    return xr.Dataset(
        {
            "value": found,
            "score": 1.0 - abs(found - reference_mean) / 2.0,
            "message": where(reference_mean.notnull(), message, ""),
        }
    ).reset_coords(drop=True)


def _level(p: float) -> str:
    return "< 0.001" if p < 0.001 else f"= {p:.2g}"

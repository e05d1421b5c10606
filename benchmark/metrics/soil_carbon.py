"""Soil carbon beyond its total: z-score, share below 1 m, relation to NPP."""

import numpy as np
import xarray as xr

from benchmark.metrics import scores
from benchmark.metrics.aggregate import paired, total
from benchmark.metrics.checks import require_totals
from benchmark.metrics.registry import metric
from benchmark.metrics.spatial import pattern
from benchmark.metrics.stock import stated_range
from benchmark.statistics.elementwise import where

# Half the width of a 95 % interval of a normal distribution, in its sigma.
_HALF_WIDTH = 1.96


@metric(
    long_name="distance of the regional stock in sigma of the reference",
    equation=(
        r"z = 1.96 (x - r) / (h - r)\ \mathrm{above\ } r,\ "
        r"1.96 (x - r) / (r - l)\ \mathrm{below}"
    ),
    perfect=0.0,
    bounds=(-np.inf, np.inf),
    direction="zero",
    units="1",
    source="z of a 95 % interval [l, h], each side by its own half, of this package",
    relative=True,
    totals=True,
)
def stock_z(
    model_mean: xr.DataArray,
    reference_mean: xr.DataArray,
    tolerance: float | None = None,
    reference_low: xr.DataArray | None = None,
    reference_high: xr.DataArray | None = None,
    *,
    weights: xr.DataArray | None = None,
) -> xr.Dataset:
    """Error of a region's total stock in sigma of the reference; no score.

    A precise reference makes z large for every model, so that it ranks none:
    `stock_total` scores, this says how far outside the interval a model is.

    Parameters
    ----------
    model_mean, reference_mean : xarray.DataArray
        Totals (region,) in kg; or, with weights, maps (lat, lon) in kg m-2.
    tolerance : float, optional
        u >= 0, relative uncertainty (95 %): the interval is then r / (1 + u)
        to r (1 + u).
    reference_low, reference_high : xarray.DataArray, optional
        Bounds of the 95 % interval (region,), units of the totals.
    weights : xarray.DataArray, optional
        Areas (region, lat, lon) in m2; None for totals.

    Returns
    -------
    xarray.Dataset
        value (region,), z; message where the interval has no width.

    Raises
    ------
    ValueError
        If neither a tolerance nor both bounds are given, or totals meet means.

    Examples
    --------
    >>> at = {"region": ["a", "b"]}
    >>> x, r, low, high = (
    ...     xr.DataArray(v, at)
    ...     for v in ([600.0, 1300.0], [1014.0] * 2, [839.0] * 2, [1208.0] * 2)
    ... )
    >>> z = stock_z(x, r, reference_low=low, reference_high=high)["value"]
    >>> z.round(2).values
    array([-4.64,  2.89])
    """
    require_totals("stock_z", weights, model_mean, reference_mean)
    sides = paired(model_mean, reference_mean)
    value, reference = (total(side, weights) for side in sides)
    given = reference.where(reference > 0)
    low, high = stated_range("stock_z", given, tolerance, reference_low, reference_high)
    width = xr.where(value < reference, reference - low, high - reference)
    text = "the reference states no uncertainty: z is undefined"
    return xr.Dataset(
        {
            "value": _HALF_WIDTH * (value - reference) / width.where(width > 0),
            "message": where(width <= 0, text, ""),
        }
    )


@metric(
    long_name="share of soil carbon below 1 m",
    equation=r"f = 1 - C_{0-1} / C_{0-3},\ S = \exp(-\max(0, |f - f_r| - u) / s)",
    perfect=np.nan,
    bounds=(0.0, 1.0),
    direction="reference",
    units="1",
    source="vertical share of 0-3 m, of this package",
    totals=True,
)
def share_below_1m(
    model_cSoil_0_3m_mean: xr.DataArray,
    model_cSoil_0_1m_mean: xr.DataArray,
    reference_cSoil_0_3m_mean: xr.DataArray,
    reference_cSoil_0_1m_mean: xr.DataArray,
    tolerance: float,
    scale: float,
    *,
    weights: xr.DataArray | None = None,
) -> xr.Dataset:
    """Part of the carbon of the top 3 m that lies at 1-3 m.

    Parameters
    ----------
    model_cSoil_0_3m_mean, model_cSoil_0_1m_mean : xarray.DataArray
        The model's stocks of 0-3 m and 0-1 m: totals (region,), or maps
        (lat, lon) in kg m-2 with weights. Of a model without such depths
        nothing is assessed.
    reference_cSoil_0_3m_mean, reference_cSoil_0_1m_mean : xarray.DataArray
        Those of the reference.
    tolerance, scale : float
        u >= 0 and s > 0, both shares.
    weights : xarray.DataArray, optional
        Areas (region, lat, lon) in m2.

    Returns
    -------
    xarray.Dataset
        value (region,), the model's share; score; score_u0; message. NaN
        where a side holds more in 0-1 m than in 0-3 m.

    Raises
    ------
    ValueError
        If s <= 0 or u < 0.

    Examples
    --------
    >>> at = {"region": ["domain"]}
    >>> c3, c1, r3, r1 = (
    ...     xr.DataArray([v], at) for v in (600.0, 540.0, 1035.0, 472.0)
    ... )
    >>> found = share_below_1m(c3, c1, r3, r1, 0.07, 0.15)
    >>> found["value"].round(3).item(), found["score"].round(4).item()
    (0.1, 0.0827)
    """
    value, model_wrong = _share_below(
        model_cSoil_0_3m_mean, model_cSoil_0_1m_mean, weights
    )
    reference, wrong = _share_below(
        reference_cSoil_0_3m_mean, reference_cSoil_0_1m_mean, weights
    )
    text = "holds more carbon in 0-1 m than in 0-3 m: correct its depths"
    message = where(wrong, f"the reference {text}", "")
    return xr.Dataset(
        {
            "value": value,
            "score": scores.sigma(value, reference, tolerance=tolerance, scale=scale),
            "score_u0": scores.sigma(value, reference, tolerance=0.0, scale=scale),
            "message": where(model_wrong, f"the model {text}", message),
        }
    )


@metric(
    long_name="excess correlation of soil carbon with NPP",
    equation=r"\Delta R = R_m(C, N) - R_r(C, N),\ S = 1 - |\Delta R| / 2",
    perfect=0.0,
    bounds=(-2.0, 2.0),
    direction="zero",
    units="1",
    source="Varney et al. (2022), https://doi.org/10.5194/bg-19-4671-2022",
    kinds=("map",),
)
def npp_soil_correlation(
    model_mean: xr.DataArray,
    reference_mean: xr.DataArray,
    model_npp_mean: xr.DataArray,
    reference_npp_mean: xr.DataArray,
    *,
    weights: xr.DataArray,
) -> xr.Dataset:
    """How much closer soil carbon follows NPP in the model than observed.

    Models whose carbon turns over at a rate of temperature alone put it where
    plants grow, and correlate more than observations do.

    Parameters
    ----------
    model_mean, reference_mean : xarray.DataArray
        Soil carbon (lat, lon).
    model_npp_mean, reference_npp_mean : xarray.DataArray
        Net primary production (lat, lon). Only cells valid in all four count.
    weights : xarray.DataArray
        Areas (region, lat, lon).

    Returns
    -------
    xarray.Dataset
        value (region,), the model's Pearson correlation over the cells, by
        area, minus the reference's; score, 1 for the same and 0 for the
        opposite. A model with uniform carbon has correlation 0; NaN where
        NPP, or a map of the reference, is uniform.

    Raises
    ------
    ValueError
        If they are no maps or weights is None.

    Examples
    --------
    >>> at = {"lat": [60.0], "lon": [0.0, 1.0, 2.0]}
    >>> npp, soil = (xr.DataArray([v], at) for v in ([1.0, 2, 3], [3.0, 1, 2]))
    >>> east = xr.DataArray(np.ones((1, 1, 3)), dims=("region", "lat", "lon"))
    >>> found = npp_soil_correlation(npp * 9, soil, npp, npp, weights=east)
    >>> found["value"].values.round(6), found["score"].values.round(6)
    (array([1.5]), array([0.25]))
    """
    fields = (model_mean, model_npp_mean, reference_mean, reference_npp_mean)
    valid = fields[0].notnull()
    for field in fields[1:]:
        valid = valid & field.notnull()
    soil, npp, soil_r, npp_r = (field.where(valid) for field in fields)
    of_model = pattern(soil, npp, weights).correlation
    reference = pattern(soil_r, npp_r, weights)
    value = of_model - reference.correlation.where(reference.std_ratio > 0)
    return xr.Dataset({"value": value, "score": 1.0 - abs(value) / 2.0})


def _share_below(
    whole: xr.DataArray, upper: xr.DataArray, weights: xr.DataArray | None
) -> tuple[xr.DataArray, xr.DataArray]:
    """Return the share below 1 m, and where the two depths contradict each other."""
    whole, upper = (total(side, weights) for side in paired(whole, upper))
    wrong = (upper < 0) | (upper > whole * (1.0 + 1e-6))
    share = 1.0 - upper / whole.where((whole > 0) & ~wrong)
    return share.clip(0.0, 1.0), wrong

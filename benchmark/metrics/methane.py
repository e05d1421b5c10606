"""Wetland methane: flux per wetland area, and totals, which are never mixed."""

import numpy as np
import xarray as xr

from benchmark.metrics import scores
from benchmark.metrics.aggregate import paired, total
from benchmark.metrics.checks import require_totals
from benchmark.metrics.registry import metric
from benchmark.metrics.stock import stated_range
from benchmark.metrics.wetland import per_wetland, regional, wetland_area
from benchmark.statistics.elementwise import where

LOGRATIO = (
    r"S = \exp(-\max(0, |\ln(x / r)| - \ln(1 + u)) / \ln 2),"
    r"\ \mathrm{or\ the\ distance\ in}\ \ln\ \mathrm{to}\ [l, h]"
)
SOURCE = (
    "log-ratio score of this package: a factor 2 beyond the uncertainty scores "
    "0.37; flux per wetland area as in Treat et al. (2024), "
    "https://doi.org/10.1029/2023JG007638"
)

SMALLEST_WETLAND = 0.05
"""Cells with less wetland are left out of a map's density, as Peltola et al.
(2019), https://doi.org/10.5194/essd-11-1263-2019, do; never out of a total."""


@metric(
    long_name="wetland methane flux per wetland area",
    equation=r"x = \sum_i a_i F_i / \max_m \sum_i a_i w_{mi};\ " + LOGRATIO,
    perfect=np.nan,
    bounds=(-np.inf, np.inf),
    direction="reference",
    units="variable",
    source=SOURCE,
    kinds=("map", "regional", "sites"),
    relative=True,
    variables=("ch4",),
)
def ch4_density(
    model_mean: xr.DataArray,
    model_wetlandFrac_mean: xr.DataArray,
    reference_mean: xr.DataArray,
    model_wetlandFrac_climatology: xr.DataArray | None = None,
    reference_wetlandFrac_mean: xr.DataArray | None = None,
    reference_wetlandFrac_climatology: xr.DataArray | None = None,
    tolerance: float | None = None,
    reference_low: xr.DataArray | None = None,
    reference_high: xr.DataArray | None = None,
    *,
    weights: xr.DataArray | None = None,
) -> xr.Dataset:
    r"""Methane emission per wetland area, scored in factors.

    The flux of the year is divided by one wetland area: that of the month in
    which the wetlands of the region are largest, or that of a static map.
    Both sums run over the same cells; those of a map with less than
    `SMALLEST_WETLAND` of wetland are left out. At sites each site has a
    density of its own, and the median of those of a region is compared.

    Parameters
    ----------
    model_mean : xarray.DataArray
        Flux per land area, (region,), (lat, lon) or (site,).
    model_wetlandFrac_mean : xarray.DataArray
        Wetland as a fraction of the land, same dimensions; used where the
        wetlands have no months.
    reference_mean : xarray.DataArray
        With the attribute ``area_basis``: "wetland", a flux per wetland area;
        or "land", which needs one of the next.
    model_wetlandFrac_climatology : xarray.DataArray, optional
        Twelve months (month, ...).
    reference_wetlandFrac_mean, reference_wetlandFrac_climatology : optional
        The same of the reference.
    tolerance : float, optional
        u >= 0, relative: 0.29 is the mean coefficient of variation between
        data sets of the source.
    reference_low, reference_high : xarray.DataArray, optional
        Bounds (region,), per wetland area.
    weights : xarray.DataArray, optional
        Areas (region, lat, lon), or 1 and 0 (region, site).

    Returns
    -------
    xarray.Dataset
        value (region,), the model's density; score; score_u0; message.

    Raises
    ------
    ValueError
        If the reference is per land area without a wetland fraction, or does
        not state its area; if there is neither tolerance nor range.

    Examples
    --------
    >>> at = {"region": ["east"]}
    >>> flux, wet, density = (xr.DataArray([v], at) for v in (2.0, 0.1, 10.0))
    >>> found = ch4_density(flux, wet, density.assign_attrs(area_basis="wetland"),
    ...                     tolerance=0.0)
    >>> float(found["value"][0]), found["score"].round(4).item()
    (20.0, 0.3679)
    """
    model = per_wetland(
        model_mean,
        wetland_area(model_wetlandFrac_mean, model_wetlandFrac_climatology),
        weights,
        smallest=SMALLEST_WETLAND,
    )
    reference = _reference_density(
        reference_mean,
        wetland_area(reference_wetlandFrac_mean, reference_wetlandFrac_climatology),
        weights,
    )
    return _in_factors(
        "ch4_density", model, reference, tolerance, reference_low, reference_high
    )


@metric(
    long_name="regional total of wetland methane",
    equation=LOGRATIO,
    perfect=np.nan,
    bounds=(-np.inf, np.inf),
    direction="reference",
    units="total",
    source=SOURCE,
    relative=True,
    variables=("ch4",),
)
def ch4_total(
    model_mean: xr.DataArray,
    reference_mean: xr.DataArray,
    tolerance: float | None = None,
    reference_low: xr.DataArray | None = None,
    reference_high: xr.DataArray | None = None,
    *,
    weights: xr.DataArray | None = None,
) -> xr.Dataset:
    """Methane emission of each region, scored in factors.

    Parameters
    ----------
    model_mean, reference_mean : xarray.DataArray
        Totals (region,); or, with weights, maps (lat, lon) per land area. The
        reference may be NaN where it states a range only.
    tolerance : float, optional
        u >= 0, relative.
    reference_low, reference_high : xarray.DataArray, optional
        Bounds (region,), units of the totals.
    weights : xarray.DataArray, optional
        Land areas (region, lat, lon) in m2; None for totals.

    Returns
    -------
    xarray.Dataset
        value (region,), the model's total; score; score_u0; message.

    Raises
    ------
    ValueError
        If the reference is per wetland area, if totals meet means, or if there
        is neither tolerance nor range.

    Examples
    --------
    >>> at = {"region": ["north"]}
    >>> model, reference = xr.DataArray([20.0], at), xr.DataArray([10.0], at)
    >>> ch4_total(model, reference, tolerance=0.0)["score"].round(4).item()
    0.3679
    """
    if reference_mean.attrs.get("area_basis") == "wetland":
        msg = (
            "ch4_total: the reference is a flux per wetland area, and a total "
            "needs one per land area or a total. Write 'metrics: [ch4_density]' "
            "under 'scoring:' of the reference."
        )
        raise ValueError(msg)
    require_totals("ch4_total", weights, model_mean, reference_mean)
    sides = paired(model_mean, reference_mean)
    model, reference = (total(side, weights) for side in sides)
    return _in_factors(
        "ch4_total", model, reference, tolerance, reference_low, reference_high
    )


def _reference_density(
    flux: xr.DataArray, wetland: xr.DataArray | None, weights: xr.DataArray | None
) -> xr.DataArray:
    basis = flux.attrs.get("area_basis")
    if basis == "wetland":
        return regional(flux, weights)
    if basis == "land" and wetland is not None:
        return per_wetland(flux, wetland, weights, smallest=SMALLEST_WETLAND)
    found = f"'area_basis: {basis}'" if basis else "no 'area_basis'"
    msg = (
        f"ch4_density: the reference has {found} and no wetland fraction, so its "
        "flux per wetland area is not known. Write 'area_basis: wetland' under "
        "'data:' of the reference if it is per wetland area; else 'companions: "
        "{wetlandFrac: NAME}', or score it by ch4_total."
    )
    raise ValueError(msg)


def _in_factors(
    name: str,
    value: xr.DataArray,
    given: xr.DataArray,
    tolerance: float | None,
    low: xr.DataArray | None,
    high: xr.DataArray | None,
) -> xr.Dataset:
    reference = given.where(given > 0)
    bounds = stated_range(name, reference, tolerance, low, high)
    text = where(value <= 0, "wrong sign: the model takes methane up", "")
    wrong = "the reference is not positive: a ratio cannot be assessed"
    return xr.Dataset(
        {
            "value": value,
            "score": scores.logratio(value, *bounds),
            "score_u0": scores.logratio(value, reference, reference),
            "message": where(given <= 0, wrong, text),
        }
    )

"""Turnover time of soil carbon, and how it depends on temperature."""

import numpy as np
import xarray as xr

from benchmark.harmonise.variable import SECONDS_PER_YEAR
from benchmark.metrics import scores
from benchmark.metrics.aggregate import aggregate, on_cells, places
from benchmark.metrics.registry import metric
from benchmark.statistics.elementwise import dot, exp, log, sqrt, where

# Below these a ratio of stock and flux is noise: kg m-2, and kg m-2 s-1
# (1e-4 kg m-2 yr-1), as in ILAMB's soil carbon confrontation.
LEAST_CARBON = 1e-12
LEAST_NPP = 1e-4 / SECONDS_PER_YEAR

# Temperature classes of 2 K; cells beyond them have no soil carbon to speak of.
EDGES = np.arange(231.15, 311.16, 2.0)
# Part of each side's area that has to lie in classes that both sides have.
_SHARED = 0.5

Fields = tuple[xr.DataArray, ...]


@metric(
    long_name="turnover time of soil carbon",
    equation=(
        r"\tau = \sum A C / \sum A N,\ S = \exp(-\max(0, |\ln(\tau_m / \tau_r)| "
        r"- \ln(1 + u)) / \ln 2)"
    ),
    perfect=np.nan,
    bounds=(0.0, np.inf),
    direction="reference",
    units="yr",
    source="Koven et al. (2017), https://doi.org/10.1038/nclimate3421",
    relative=True,
)
def turnover_time(
    model_mean: xr.DataArray,
    reference_mean: xr.DataArray,
    model_npp_mean: xr.DataArray,
    reference_npp_mean: xr.DataArray,
    tolerance: float,
    *,
    weights: xr.DataArray | None = None,
) -> xr.Dataset:
    """Soil carbon over net primary production, of sums over each region.

    Parameters
    ----------
    model_mean, reference_mean : xarray.DataArray
        Soil carbon in kg m-2: means (region,), or maps (lat, lon).
    model_npp_mean, reference_npp_mean : xarray.DataArray
        Net primary production in kg m-2 s-1, over the same cells. Only cells
        valid in all four count.
    tolerance : float
        u >= 0, relative uncertainty of the reference.
    weights : xarray.DataArray, optional
        Areas (region, lat, lon); None for means.

    Returns
    -------
    xarray.Dataset
        value (region,), years of the model; reference_value, of the reference;
        score; score_u0; message. NaN where a region's production is not positive.

    Raises
    ------
    ValueError
        If the tolerance is negative.

    Examples
    --------
    >>> at = {"region": ["tundra"]}
    >>> soil, npp = (xr.DataArray([v], at) for v in (30.0, 0.2 / SECONDS_PER_YEAR))
    >>> found = turnover_time(soil, soil * 2, npp, npp, 0.0)
    >>> found["value"].round(6).item(), found["score"].round(4).item()
    (150.0, 0.3679)
    """
    if tolerance < 0:
        msg = f"turnover_time: the tolerance must be >= 0, found {tolerance}."
        raise ValueError(msg)
    soil, npp, soil_r, npp_r = _common(
        (model_mean, model_npp_mean, reference_mean, reference_npp_mean)
    )
    value = _years(aggregate(soil, weights), aggregate(npp, weights))
    reference = _years(aggregate(soil_r, weights), aggregate(npp_r, weights))
    band = reference / (1.0 + tolerance), reference * (1.0 + tolerance)
    flux = aggregate(npp, weights)
    text = "net primary production is not positive: turnover is undefined"
    return xr.Dataset(
        {
            "value": value,
            "score": scores.logratio(value, *band),
            "score_u0": scores.logratio(value, reference, reference),
            "reference_value": reference,
            "message": where(flux <= LEAST_NPP, text, ""),
        }
    )


@metric(
    long_name="turnover time of soil carbon by temperature",
    equation=(
        r"d = \sqrt{\sum_b w_b (\ln \tau_m(b) - \ln \tau_r(b))^2},\ "
        r"S = \exp(-d / \ln 2)"
    ),
    perfect=1.0,
    bounds=(1.0, np.inf),
    direction="one",
    units="1",
    source="relation of Koven et al. (2017), https://doi.org/10.1038/nclimate3421",
    kinds=("map", "sites"),
)
def turnover_temperature(
    model_mean: xr.DataArray,
    reference_mean: xr.DataArray,
    model_npp_mean: xr.DataArray,
    reference_npp_mean: xr.DataArray,
    model_tas_mean: xr.DataArray,
    reference_tas_mean: xr.DataArray,
    *,
    weights: xr.DataArray,
) -> xr.Dataset:
    r"""How far the relation of turnover time to air temperature is off.

    Cells are put in classes of 2 K by each side's own temperature, and
    :math:`\ln \tau` is averaged in each class by area. The factor between the
    two relations does not depend on units, as a distance of logarithms does
    not; classes that one side lacks are not counted as agreement: where they
    hold more than half of either side's area, nothing is assessed.

    Parameters
    ----------
    model_mean, reference_mean : xarray.DataArray
        Soil carbon in kg m-2, (lat, lon) or (site,).
    model_npp_mean, reference_npp_mean : xarray.DataArray
        Net primary production in kg m-2 s-1.
    model_tas_mean, reference_tas_mean : xarray.DataArray
        Air temperature in K. Only cells valid in all six count, with at least
        1e-12 kg m-2 and 1e-4 kg m-2 yr-1.
    weights : xarray.DataArray
        Areas (region, lat, lon), or (region, site).

    Returns
    -------
    xarray.Dataset
        value (region,), exp(d): the typical factor between the relations;
        score, 1/e for a factor 2; message.

    Raises
    ------
    ValueError
        If they are no maps or sites, or weights is None.

    Examples
    --------
    >>> at = {"lat": [60.0], "lon": [0.0, 1.0, 2.0]}
    >>> soil, npp, tas = (
    ...     xr.DataArray([v], at)
    ...     for v in ([40.0, 20, 10], [1e-8] * 3, [263.0, 273, 283])
    ... )
    >>> east = xr.DataArray(np.ones((1, 1, 3)), dims=("region", "lat", "lon"))
    >>> found = turnover_temperature(2 * soil, soil, npp, npp, tas, tas, weights=east)
    >>> found["value"].round(6).item(), found["score"].round(4).item()
    (2.0, 0.3679)
    """
    if weights is None or not on_cells(model_mean):
        msg = (
            "turnover_temperature: needs maps (lat, lon) or sites and weights; found "
            f"dimensions {model_mean.dims}."
        )
        raise ValueError(msg)
    of_model = model_mean, model_npp_mean, model_tas_mean
    of_reference = reference_mean, reference_npp_mean, reference_tas_mean
    soil, npp, tas, soil_r, npp_r, tas_r = _common((*of_model, *of_reference))
    mean, area = _by_class(_years(soil, npp), tas, weights)
    mean_r, area_r = _by_class(_years(soil_r, npp_r), tas_r, weights)
    shared = (area > 0) & (area_r > 0)
    held = area.where(shared, 0.0), area_r.where(shared, 0.0)
    parts = [
        part.sum("class") / every.sum("class")
        for part, every in zip(held, (area, area_r), strict=True)
    ]
    enough = (parts[0] >= _SHARED) & (parts[1] >= _SHARED)
    square = ((mean - mean_r) ** 2).where(shared, 0.0)
    distance = sqrt((square * held[1]).sum("class") / held[1].sum("class"))
    distance = distance.where(enough)
    text = "model and reference share less than half of their temperatures"
    wrong = (parts[0] < _SHARED) | (parts[1] < _SHARED)
    return xr.Dataset(
        {
            "value": exp(distance),
            "score": exp(-distance / np.log(2.0)),
            "message": where(wrong, text, ""),
        }
    )


def _common(fields: Fields) -> Fields:
    """Keep the cells valid in all, where they are maps or sites."""
    if not all(on_cells(field) for field in fields):
        return fields
    valid = fields[0].notnull()
    for field in fields[1:]:
        valid = valid & field.notnull()
    return tuple(field.where(valid) for field in fields)


def _years(soil: xr.DataArray, npp: xr.DataArray) -> xr.DataArray:
    """Return the turnover time in years, NaN where stock or flux are noise."""
    valid = (soil > LEAST_CARBON) & (npp > LEAST_NPP)
    return (soil / npp.where(valid)).where(valid) / SECONDS_PER_YEAR


def _by_class(
    years: xr.DataArray, tas: xr.DataArray, weights: xr.DataArray
) -> tuple[xr.DataArray, xr.DataArray]:
    """Return the mean of ln tau and the area of each class, (region, class)."""
    lower = xr.DataArray(EDGES[:-1], dims="class")
    inside = (tas >= lower) & (tas < lower + 2.0) & years.notnull()
    area = dot(weights.fillna(0.0), inside.astype(float), dim=places(years))
    values = log(years).fillna(0.0) * inside
    total = dot(weights.fillna(0.0), values, dim=places(years))
    return total / area.where(area > 0), area

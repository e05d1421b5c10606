"""All regions at once: their pattern, and the mean of their scores."""

from collections.abc import Sequence

import numpy as np
import xarray as xr

from benchmark.metrics import scores
from benchmark.metrics.null_models import best_null, null_finding, null_scores
from benchmark.metrics.registry import metric

MINIMUM_REGIONS = 3
"""Two values are always in order or in the opposite one."""

# A spread below this part of the largest value is rounding.
_ROUNDING = 1e-12


@metric(
    long_name="rank correlation of the regions",
    equation=r"\rho = \mathrm{corr}(\mathrm{rank}\ m, \mathrm{rank}\ r);"
    r"\ S = 2 (1 + R) / (\sigma + 1/\sigma)^2",
    perfect=1.0,
    bounds=(-1.0, 1.0),
    direction="higher",
    units="1",
    source="Spearman (1904), https://doi.org/10.2307/1412159; score of Taylor (2001), "
    "https://doi.org/10.1029/2000JD900719",
    kinds=("pattern",),
)
def regional_pattern(
    model_mean: xr.DataArray,
    reference_mean: xr.DataArray,
    *,
    weights: xr.DataArray | None = None,
) -> xr.Dataset:
    """Whether the regions differ from each other as those of the reference do.

    Every region counts the same. The score is that of Taylor with the Pearson
    correlation R and the ratio of standard deviations over the regions; it
    does not see an error that all regions share.

    Parameters
    ----------
    model_mean, reference_mean : xarray.DataArray
        Means (region,), same units.
    weights : xarray.DataArray, optional
        Not used.

    Returns
    -------
    xarray.Dataset
        value, Spearman's rho (0 for a uniform model), score (0 for a uniform
        model) and message, without dimensions. NaN with fewer than
        `MINIMUM_REGIONS`, or if the reference is uniform.

    Examples
    --------
    >>> at = {"region": ["a", "b", "c"]}
    >>> model, reference = (xr.DataArray(v, at) for v in ([0.0, 2, 4], [-1.0, 0, 1]))
    >>> found = regional_pattern(model, reference)
    >>> float(found["value"].round(9)), float(found["score"].round(9))
    (1.0, 0.64)
    """
    from scipy.stats import rankdata

    held = (model_mean.notnull() & reference_mean.notnull()).to_numpy()
    model, reference = (m.to_numpy()[held] for m in (model_mean, reference_mean))
    if held.sum() < MINIMUM_REGIONS or _is_uniform(reference):
        few = f"needs {MINIMUM_REGIONS} regions that differ, found {int(held.sum())}"
        return _scalars(np.nan, np.nan, few)
    if _is_uniform(model):
        return _scalars(0.0, 0.0, "the model is the same in all regions")
    ranks = [rankdata(_rounded(values)) for values in (model, reference)]
    rho = float(np.corrcoef(ranks[0], ranks[1])[0, 1])
    pearson = float(np.corrcoef(model, reference)[0, 1])
    ratio = float(model.std() / reference.std())
    score = scores.taylor(xr.DataArray(pearson), xr.DataArray(ratio))
    told = f"Pearson {pearson:.2f}, ratio of standard deviations {ratio:.2f}"
    return _scalars(rho, float(score), f"{told}, {int(held.sum())} regions")


@metric(
    long_name="mean of the regions",
    equation=r"\bar S = \frac{1}{n} \sum_r S_r,"
    r"\ S_r = \exp(-\max(0, |x_r - \mu_r| - u) / s)",
    perfect=np.nan,
    bounds=(-np.inf, np.inf),
    direction="reference",
    units="variable",
    source="regions count the same, as in Treat et al. (2024), "
    "https://doi.org/10.1029/2023JG007638; score of this package",
    kinds=("pattern",),
)
def nee_regions_mean(
    model_mean: xr.DataArray,
    reference_mean: xr.DataArray,
    tolerance: float,
    scale: float,
    null_values: Sequence[float] | None = None,
    *,
    weights: xr.DataArray | None = None,
) -> xr.Dataset:
    """Mean over the regions of the model's flux and of its scores.

    Parameters
    ----------
    model_mean, reference_mean : xarray.DataArray
        Means (region,), same units.
    tolerance, scale, null_values
        See `benchmark.metrics.regional.regional_mean`.
    weights : xarray.DataArray, optional
        Areas (region,) in m2; with them the means weighted by area are told in
        the message.

    Returns
    -------
    xarray.Dataset
        value, the unweighted mean of the model over regions that both have;
        score and score_u0, the unweighted means of the regions' scores;
        score_null, that of the best null model; message. No dimensions; NaN
        without a region.

    Examples
    --------
    >>> at = {"region": ["east", "west"]}
    >>> model, reference = (xr.DataArray(v, at) for v in ([0.0, -80.0], [-3.0, -40.0]))
    >>> areas = xr.DataArray([3.0, 1.0], at)
    >>> found = nee_regions_mean(model, reference, 10.0, 20.0, weights=areas)
    >>> float(found["value"]), float(found["score"].round(4))
    (-40.0, 0.6116)
    >>> str(found["message"].item())
    'weighted by area: mean -20, score 0.81'
    """
    both = model_mean.notnull() & reference_mean.notnull()
    model = model_mean.where(both)
    score, plain = (
        scores.sigma(model, reference_mean, tolerance=u, scale=scale)
        for u in (tolerance, 0.0)
    )
    result = {"value": model, "score": score, "score_u0": plain}
    told = [_by_area(model, score, weights)]
    if null_values is not None:
        each = null_scores(
            null_values, reference_mean, tolerance=tolerance, scale=scale
        )
        result["score_null"] = best_null(each).where(both)
        units = str(reference_mean.attrs.get("units", ""))
        told.append(null_finding(score, each, units))
    means = {name: part.mean("region") for name, part in result.items()}
    return xr.Dataset({**means, "message": "; ".join(text for text in told if text)})


def _by_area(
    model: xr.DataArray, score: xr.DataArray, weights: xr.DataArray | None
) -> str:
    if weights is None or not bool(model.notnull().any()):
        return ""
    flux, units = model, str(model.attrs.get("units", ""))
    if units == "kg m-2 s-1":
        flux, units = model * 1e3 * 365.2425 * 86400.0, "g m-2 yr-1"
    area = weights.fillna(0.0)
    mean, quality = (float(x.weighted(area).mean("region")) for x in (flux, score))
    return (
        f"weighted by area: mean {f'{mean:.3g} {units}'.strip()}, score {quality:.2f}"
    )


def _rounded(values: np.ndarray) -> np.ndarray:
    """Return shares of the range: what is equal in a table must stay a tie."""
    shares: np.ndarray = ((values - values.min()) / np.ptp(values)).round(6)
    return shares


def _is_uniform(values: np.ndarray) -> bool:
    return bool(np.ptp(values) <= _ROUNDING * np.abs(values).max())


def _scalars(value: float, score: float, message: str) -> xr.Dataset:
    return xr.Dataset({"value": value, "score": score, "message": message})

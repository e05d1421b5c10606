"""The amount that leaves in a cold season, for net fluxes too."""

import numpy as np
import xarray as xr

from benchmark.metrics import scores
from benchmark.metrics.aggregate import paired, total
from benchmark.metrics.checks import require_totals
from benchmark.metrics.cold_months import OCT_APR, part_of_year
from benchmark.metrics.registry import metric
from benchmark.metrics.stock import stated_range
from benchmark.statistics.elementwise import where

TWO_THIRDS = "underestimates by two thirds or more"


@metric(
    long_name="amount of October to April",
    equation=(
        r"x = \sum_{m=10}^{4} d_m F_m / \sum_m d_m;\ "
        r"S = \exp(-\max(0, |\ln(x / r)| - \ln(1 + u)) / \ln 2)"
    ),
    perfect=np.nan,
    bounds=(-np.inf, np.inf),
    direction="reference",
    units="total",
    source="log-ratio score of this package; October to April as in Natali et al. "
    "(2019), https://doi.org/10.1038/s41558-019-0592-8",
    relative=True,
    variables=("nee", "reco", "ch4"),
)
def cold_season_amount(
    model_climatology: xr.DataArray,
    month_length: xr.DataArray,
    reference_climatology: xr.DataArray | None = None,
    reference_mean: xr.DataArray | None = None,
    tolerance: float | None = None,
    reference_low: xr.DataArray | None = None,
    reference_high: xr.DataArray | None = None,
    *,
    weights: xr.DataArray | None = None,
) -> xr.Dataset:
    """Release of October to April in one year, scored in factors.

    Positive upward: the cold season is a source. An amount is defined where a
    share is not, and a model may be right in its annual sum for a wrong reason.

    Parameters
    ----------
    model_climatology : xarray.DataArray
        Twelve months, totals (month, region); or, with weights, maps (month,
        lat, lon) per land area.
    month_length : xarray.DataArray
        Dimension (month,), days of the model's calendar, used for both sides.
    reference_climatology : xarray.DataArray, optional
        Twelve months of the reference.
    reference_mean : xarray.DataArray, optional
        The amount itself (region,), where its attribute ``value_of`` names
        this metric; an annual mean is not enough.
    tolerance : float, optional
        u >= 0, relative.
    reference_low, reference_high : xarray.DataArray, optional
        Bounds (region,) of an amount that is stated.
    weights : xarray.DataArray, optional
        Land areas (region, lat, lon) in m2; None for totals.

    Returns
    -------
    xarray.Dataset
        value (region,), the model's amount as a rate per year; score, 0 where
        the cold season takes carbon up; score_u0; message, "underestimates by
        two thirds or more" where it is less than a third of the reference.

    Raises
    ------
    ValueError
        If the reference has neither months nor such an amount, if totals meet
        means, or if there is neither tolerance nor range.

    Examples
    --------
    >>> at = {"month": range(1, 13), "region": ["north"]}
    >>> cycle = xr.DataArray([[1.0]] * 12, at, ("month", "region"))
    >>> days = xr.DataArray([30.0] * 12, {"month": range(1, 13)})
    >>> found = cold_season_amount(cycle, days, 4.0 * cycle, tolerance=0.0)
    >>> found["value"].round(4).item(), found["message"].item()
    (0.5833, 'underestimates by two thirds or more')
    """
    value, given = _amounts(
        model_climatology, reference_climatology, reference_mean, month_length, weights
    )
    if reference_climatology is not None and not _states_it(reference_mean):
        # Bounds of a table with months are those of its annual mean.
        reference_low = reference_high = None
    reference = given.where(given > 0)
    bounds = stated_range(
        "cold_season_amount", reference, tolerance, reference_low, reference_high
    )
    return xr.Dataset(
        {
            "value": value,
            "score": scores.logratio(value, *bounds),
            "score_u0": scores.logratio(value, reference, reference),
            "message": _message(value, given),
            # Not those of the annual mean.
            "reference_value": given,
            **_range_of(reference_low, reference_high, given),
        }
    )


def _range_of(
    low: xr.DataArray | None, high: xr.DataArray | None, given: xr.DataArray
) -> dict[str, xr.DataArray]:
    ends = {"reference_low": low, "reference_high": high}
    return {
        name: given * np.nan if end is None else end + 0 * given
        for name, end in ends.items()
    }


def _states_it(stated: xr.DataArray | None) -> bool:
    return stated is not None and stated.attrs.get("value_of") == "cold_season_amount"


def _amounts(
    model: xr.DataArray,
    reference: xr.DataArray | None,
    stated: xr.DataArray | None,
    days: xr.DataArray,
    weights: xr.DataArray | None,
) -> tuple[xr.DataArray, xr.DataArray]:
    if _states_it(stated):
        require_totals("cold_season_amount", weights, model)
        return part_of_year(total(model, weights), days, OCT_APR), stated  # type: ignore[return-value]
    if reference is None:
        msg = (
            "cold_season_amount: the reference has neither monthly values nor an "
            "amount of October to April. Write 'value_of: cold_season_amount' under "
            "'data:' of the reference if its numbers are such amounts."
        )
        raise ValueError(msg)
    require_totals("cold_season_amount", weights, model, reference)
    model, reference = (
        part_of_year(total(side, weights), days, OCT_APR)
        for side in paired(model, reference)
    )
    return model, reference


def _message(value: xr.DataArray, reference: xr.DataArray) -> xr.DataArray:
    text = where(value < reference / 3.0, TWO_THIRDS, "")
    text = where(value <= 0, "wrong sign: the model's cold season is a sink", text)
    wrong = "the reference is not positive: a ratio cannot be assessed"
    text = where(reference <= 0, wrong, text)
    missing = "not all months are valid, or the reference has no value here"
    return where((value - reference).isnull(), missing, text)

"""What a score would be without means of a handful of sites."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
import xarray as xr

from benchmark.metrics import Metric
from benchmark.score.evaluate import NotAssessable, evaluate
from benchmark.score.task import Numbers

ENOUGH_SITES = 5
"""A mean of fewer sites is no regional mean: science brief, section 2.1."""


def many_sites(rows: pd.DataFrame) -> pd.Series:
    """Tell which rows of a table are not means of fewer than `ENOUGH_SITES`.

    Parameters
    ----------
    rows : DataFrame
        With the column n_sites, NaN where that does not apply.

    Returns
    -------
    Series
        True or false by row.

    Examples
    --------
    >>> many_sites(pd.DataFrame({"n_sites": [14, 4, float("nan")]})).tolist()
    [True, False, True]
    """
    return ~(rows["n_sites"] < ENOUGH_SITES)


def few_sites_remarks(
    metric: Metric[...],
    statistics: Mapping[str, xr.DataArray],
    without: xr.DataArray,
    factor: float,
    numbers: Numbers,
) -> dict[str, str]:
    """Say for each region what the score is without means of few sites.

    Parameters
    ----------
    metric : Metric
        One that compares the model with a reference mean; others get nothing.
    statistics : mapping
        What the metric was given.
    without : DataArray
        (region,), the reference without such rows; NaN where it has none.
    factor : float
        To report units.
    numbers : Numbers
        Tolerance and scale, canonical.

    Returns
    -------
    dict
        By region; regions without such rows are not in it.
    """
    if "reference_mean" not in metric.needs or "reference_members" in metric.needs:
        return {}
    usual = statistics["reference_mean"]
    other = without.sel(region=usual["region"]).assign_attrs(usual.attrs)
    if not int(other.count()):
        return {}
    try:
        given = {**statistics, "reference_mean": other}
        result = evaluate(metric, given, weights=None, numbers=numbers)
    except NotAssessable:
        return {}
    if "score" not in result or "region" not in result["score"].dims:
        return {}
    found = {}
    for region in other["region"].to_numpy().tolist():
        score = float(result["score"].sel(region=region))
        value = float(other.sel(region=region)) * factor
        if np.isfinite(score) and np.isfinite(value):
            found[str(region)] = (
                f"without in-situ means of fewer than {ENOUGH_SITES} sites: "
                f"reference {value:.4g}, score {score:.2f}"
            )
    return found

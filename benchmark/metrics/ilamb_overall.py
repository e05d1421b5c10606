"""The overall score of ILAMB 2.7, made of its other scores."""

from collections.abc import Mapping

import xarray as xr

from benchmark.metrics.ilamb import COLLIER_2018
from benchmark.metrics.registry import metric

OVERALL_WEIGHTS = {
    "ilamb_bias": 1.0,
    "ilamb_rmse": 2.0,
    "ilamb_rmse_series": 2.0,
    "ilamb_phase": 1.0,
    "ilamb_iav": 1.0,
    "ilamb_space": 1.0,
}
"""Weight of each score in the overall score; one of the two RMSE counts."""


@metric(
    long_name="ILAMB overall score",
    equation=r"S = \sum_k w_k S_k / \sum_k w_k",
    perfect=1.0,
    bounds=(0.0, 1.0),
    direction="higher",
    units="1",
    source=COLLIER_2018,
    kinds=("composite",),
)
def ilamb_overall(scores: Mapping[str, xr.DataArray]) -> xr.Dataset:
    """Weighted mean of the ILAMB scores that are present in each region.

    Parameters
    ----------
    scores : mapping of str to xarray.DataArray
        Scores (region,) by the name of the metric. Those in
        `OVERALL_WEIGHTS` count, ``ilamb_rmse_series`` only where
        ``ilamb_rmse`` is not given.

    Returns
    -------
    xarray.Dataset
        value and score (region,), the same number; n (region,), how many
        scores it is made of. An overall of fewer scores means something else.

    Raises
    ------
    ValueError
        If none of the ILAMB scores is given.
    """
    names = [name for name in OVERALL_WEIGHTS if name in scores]
    if not names:
        msg = (
            f"ilamb_overall: found scores {sorted(scores)}; expected any of "
            f"{sorted(OVERALL_WEIGHTS)}."
        )
        raise ValueError(msg)
    if "ilamb_rmse" in names and "ilamb_rmse_series" in names:
        names.remove("ilamb_rmse_series")
    given = [scores[name].reset_coords(drop=True) for name in names]
    parts = xr.concat(given, "part", join="exact", combine_attrs="drop")
    shares = xr.DataArray([OVERALL_WEIGHTS[name] for name in names], dims="part")
    weight = (shares * parts.notnull()).sum("part")
    score = (shares * parts).sum("part") / weight.where(weight > 0)
    return xr.Dataset(
        {"value": score, "score": score, "n": parts.notnull().sum("part")}
    )

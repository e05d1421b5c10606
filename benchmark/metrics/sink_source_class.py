"""Sink, neutral or source: the class of a model against that of the median."""

import numpy as np
import xarray as xr

from benchmark.metrics.registry import metric
from benchmark.metrics.sink_source import LEAST_AGREEMENT
from benchmark.statistics.elementwise import where
from benchmark.statistics.sink_source import (
    CLASSES,
    THRESHOLD,
    agreement,
    certain,
    family_shares,
    flux_class,
    probability,
)

EDGE = THRESHOLD / 10.0
"""A median this near a threshold, 1 g C m-2 yr-1, is of no certain class."""


@metric(
    long_name="class: sink (-1), neutral (0) or source (1)",
    equation=r"S = 1 - |c_m - c_r| / 2,\ \mathrm{or}\ P(c_m) / \max_c P_c"
    r"\ \mathrm{where\ the\ class\ of\ the\ reference\ is\ not\ certain}",
    perfect=np.nan,
    bounds=(-1.0, 1.0),
    direction="reference",
    units="1",
    source="thresholds of Treat et al. (2024), Fig. 6, "
    "https://doi.org/10.1029/2023JG007638; score of this package",
    kinds=("regional",),
)
def sink_source_class(
    model_mean: xr.DataArray,
    reference_mean: xr.DataArray,
    reference_members: xr.DataArray,
    *,
    weights: xr.DataArray | None = None,
) -> xr.Dataset:
    """Whether a region is a sink, neutral or a source, as the reference's median is.

    A flux of 10 g C m-2 yr-1 in either direction, inclusive, is neutral. The
    same class scores 1, the next one 0.5, source against sink 0. Where the
    median is within `EDGE` of a threshold, or the families of approaches are
    not all of one class, no single class is taken: the score is the
    probability of the model's class, each family counting once, over that of
    the likeliest class, and the probabilities stand in the message.

    Parameters
    ----------
    model_mean, reference_mean : xarray.DataArray
        Annual NEE (region,), kg C m-2 s-1, positive to the atmosphere.
    reference_members : xarray.DataArray
        The same of each approach (member, region), with the coordinate
        ``family``; the model's own family is not among them.
    weights : None
        Regional only.

    Returns
    -------
    xarray.Dataset
        value (region,), the model's class as -1, 0 or 1; score; message.

    Examples
    --------
    >>> at = {"region": ["east"]}
    >>> model, median = (xr.DataArray([x * THRESHOLD], at) for x in (0.0, -3.0))
    >>> members = xr.DataArray([[-4 * THRESHOLD], [-2 * THRESHOLD]],
    ...     {"family": ("member", ["inversion", "upscaling"]), **at},
    ...     ("member", "region"))
    >>> sink_source_class(model, median, members)["score"].values
    array([0.5])
    """
    mine, of_median = flux_class(model_mean), flux_class(reference_mean)
    families = reference_members["family"].to_numpy()
    likely = probability(family_shares(flux_class(reference_members), families))
    distance = abs(abs(reference_mean) - THRESHOLD)
    # Rounding of the units must not decide what is on the edge.
    unsure = (distance <= EDGE * (1.0 + 1e-9)) | (agreement(likely) < 1.0 - 1e-9)
    supported = (likely * certain(mine)).sum("class", skipna=False)
    # Three families of three classes would support whatever a model says.
    most = agreement(likely).where(agreement(likely) >= LEAST_AGREEMENT)
    score = xr.where(unsure, supported / most, 1.0 - abs(mine - of_median) / 2.0)
    return xr.Dataset(
        {
            "value": mine - 1.0,
            "score": score.where(mine.notnull() & of_median.notnull()),
            "message": _message(of_median, likely, unsure),
        }
    ).reset_coords(drop=True)


def _message(
    of_median: xr.DataArray, likely: xr.DataArray, unsure: xr.DataArray
) -> xr.DataArray:
    single = xr.full_like(of_median, "", dtype=object).fillna("")
    for number, name in enumerate(CLASSES):
        single = where(of_median == number, f"the reference is a {name}", single)
    single = where(of_median == 1, "the reference is neutral", single)
    shares = likely.transpose("region", "class").to_numpy()
    texts = [
        "no single class of the reference; probability of "
        + ", ".join(f"{n} {p:.2f}" for n, p in zip(CLASSES, row, strict=True))
        for row in shares
    ]
    several = xr.DataArray(texts, {"region": likely["region"]}, ("region",))
    return where(unsure & of_median.notnull(), several, single)

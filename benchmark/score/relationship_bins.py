"""The bins behind the score of a relationship, kept and written beside the scores."""

import numpy as np
import pandas as pd
import xarray as xr

from benchmark.harmonise.variable import Variable
from benchmark.metrics import Metric
from benchmark.score.result import RunResult

_REPORTED = ("bin_model", "bin_reference", "bin_error")
COLUMNS = (
    "model",
    "reference",
    "metric",
    "region",
    "driver",
    "mean_model",
    "mean_reference",
    "error_reference",
    "n_model",
    "n_reference",
    "units",
)


def bins_of(
    metric: Metric[...], result: xr.Dataset, variable: Variable, whole: str = ""
) -> dict[str, xr.Dataset]:
    """Return the bins of a metric by its name, in report units; else nothing.

    Parameters
    ----------
    metric : Metric
        What was computed.
    result : Dataset
        What it returned; of relationships with ``bin_driver`` (bin,).
    variable : Variable
        What was compared.
    whole : str
        What a result without regions is called.

    Returns
    -------
    dict
        One dataset (region, bin), the driver in its canonical units.
    """
    if "bin_driver" not in result:
        return {}
    names = [str(name) for name in result.data_vars if str(name).startswith("bin_")]
    bins = result[names].drop_attrs()
    for name in _REPORTED:
        bins[name] = bins[name] * variable.report_factor
    if "region" not in bins.dims:
        bins = bins.expand_dims(region=[whole])
    # One driver for all regions, whatever was joined.
    if "region" in bins["bin_driver"].dims:
        bins["bin_driver"] = bins["bin_driver"].isel(region=0)
    return {metric.name: bins.assign_attrs(units=variable.report_units)}


def bins_table(result: RunResult) -> pd.DataFrame:
    """Return the bins that have a mean on either side, a row each.

    Parameters
    ----------
    result : RunResult
        Of a run.

    Returns
    -------
    DataFrame
        With `COLUMNS`: the middle of each bin of the driver (K, m or
        kg m-2 s-1), means and the standard error of the reference's, and
        numbers of pairs. Empty without relationships.
    """
    rows = [
        (model, reference, metric, region, *numbers, bins.attrs["units"])
        for (model, reference), evidence in result.evidence.items()
        for metric, bins in evidence.relationships.items()
        for region in map(str, bins["region"].to_numpy())
        for numbers in _numbers(bins.sel(region=region))
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _numbers(bins: xr.Dataset) -> list[tuple[float, ...]]:
    sides = [bins[name].to_numpy() for name in ("bin_model", "bin_reference")]
    kept = bins.isel(bin=np.flatnonzero(np.isfinite(sides).any(axis=0)))
    names = ("bin_driver", *_REPORTED, "bin_model_count", "bin_reference_count")
    columns = [kept[name].to_numpy().tolist() for name in names]
    return list(zip(*columns, strict=True))

"""Calls a metric with the statistics its parameters name."""

from collections.abc import Mapping, Sequence
from typing import Any

import xarray as xr

from benchmark.metrics import Metric
from benchmark.metrics.parameters import is_statistic
from benchmark.score.task import Numbers


class NotAssessable(ValueError):
    """A metric cannot be made; `status` says whether that is a fault.

    Parameters
    ----------
    message : str
        Why.
    status : str
        ``not_assessed`` if the data do not give what the metric needs,
        ``failed`` if the metric refused what it was given.
    missing : sequence of str
        Statistics that are not there.
    """

    def __init__(
        self,
        message: str,
        status: str = "not_assessed",
        missing: Sequence[str] = (),
    ) -> None:
        super().__init__(message)
        self.status = status
        self.missing = tuple(missing)


def evaluate(
    metric: Metric[...],
    statistics: Mapping[str, xr.DataArray],
    *,
    weights: xr.DataArray | None,
    numbers: Numbers,
    scores: Mapping[str, xr.DataArray] | None = None,
) -> xr.Dataset:
    """Return what a metric makes of a pair.

    Parameters
    ----------
    metric : Metric
        The metric.
    statistics : mapping
        By names that `benchmark.metrics.parameters.is_statistic` knows.
    weights : DataArray or None
        (region, lat, lon) for maps, None for regional statistics.
    numbers : Numbers
        Tolerance and scale of the benchmark, canonical units.
    scores : mapping, optional
        Scores (region,) of the metrics made before, for composites.

    Returns
    -------
    Dataset
        ``value`` (region,) and, where the metric has them, ``score``,
        ``score_u0``, ``score_null``, ``message``, ``value_map``, ``score_map``.

    Raises
    ------
    NotAssessable
        If a statistic or a number that the metric needs is not there, or the
        metric refuses them.
    """
    arguments: dict[str, Any] = {}
    if metric.kinds == ("composite",):
        if not scores:
            msg = "none of the scores it is made of could be assessed"
            raise NotAssessable(msg)
        arguments["scores"] = scores
    else:
        offered = _offered(metric, statistics, numbers)
        missing = [name for name in metric.needs if name not in offered]
        if missing:
            raise NotAssessable(_wanting(missing), missing=missing)
        wanted = (*metric.needs, *metric.optional)
        arguments = {name: offered[name] for name in wanted if name in offered}
        # A pattern may be given the areas of its regions, and need not take them.
        if metric.kinds != ("pattern",) or weights is not None:
            arguments["weights"] = weights
    try:
        # The statistics of a pair share their coordinates, which need no joining.
        with xr.set_options(arithmetic_join="exact"):
            return metric(**arguments)
    except ValueError as error:
        raise NotAssessable(str(error), "failed") from error


def _wanting(missing: list[str]) -> str:
    """Say what is missing in the words of somebody who has the data."""
    numbers = [name for name in missing if name in ("tolerance", "scale")]
    if numbers:
        return f"the reference's 'scoring:' states no {' and no '.join(numbers)}"
    bounds = [name for name in missing if name.endswith(("_low", "_high"))]
    if bounds:
        return "the reference states no range"
    sides = [
        side
        for side in ("model", "reference")
        if any(name.startswith(side) for name in missing)
    ]
    kind = "yearly" if all(name.endswith("_annual") for name in missing) else "monthly"
    who = " and ".join(sides) or "model and reference"
    return f"needs {kind} values of the {who}"


def _offered(
    metric: Metric[...], statistics: Mapping[str, xr.DataArray], numbers: Numbers
) -> dict[str, Any]:
    offered: dict[str, Any] = {
        name: value for name, value in statistics.items() if is_statistic(name)
    }
    tolerance = numbers.relative_tolerance if metric.relative else numbers.tolerance
    if tolerance is not None:
        offered["tolerance"] = tolerance
    if numbers.scale is not None:
        offered["scale"] = numbers.scale
    if numbers.null_values:
        offered["null_values"] = numbers.null_values
    return offered

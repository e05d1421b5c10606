"""From what a metric returned to rows in report units."""

from collections.abc import Mapping

import numpy as np
import xarray as xr

from benchmark.harmonise.variable import Variable
from benchmark.metrics import Metric
from benchmark.score.rows import RowMaker
from benchmark.score.task import Row

_SCORES = ("score", "score_u0", "score_null")
_ENDS = (
    *("value_low", "value_high"),
    *("reference_value", "reference_low", "reference_high"),
)

Values = Mapping[str, Mapping[str, float]]


def by_region(data: xr.DataArray) -> dict[str, float]:
    """Return the values of (region,) by the region's id."""
    names = data["region"].to_numpy()
    values = np.asarray(data.to_numpy(), dtype=float)
    return dict(zip(map(str, names), values.tolist(), strict=True))


def measured(result: xr.Dataset) -> tuple[Values, Mapping[str, str]]:
    """Return a metric's numbers and its messages by the region's id.

    Parameters
    ----------
    result : Dataset
        What the metric returned: ``value`` (region,) and what else it has.

    Returns
    -------
    values : mapping
        ``value`` and those of the scores it has, each by region.
    messages : mapping
        By region; empty without any.
    """
    present = [name for name in ("value", *_ENDS, *_SCORES) if name in result]
    # Scores may leave 0 to 1 by rounding.
    values = {
        name: by_region(
            result[name].clip(0.0, 1.0) if name in _SCORES else result[name]
        )
        for name in present
    }
    if "message" not in result:
        return values, {}
    texts = map(str, result["message"].to_numpy())
    return values, dict(zip(values["value"], texts, strict=True))


def measured_row(
    values: Values,
    messages: Mapping[str, str],
    region: str,
    factor: float,
    maker: RowMaker,
) -> Row:
    """Return the row of one region of a metric's result.

    Parameters
    ----------
    values, messages : mapping
        From `measured`.
    region : str
        Which region.
    factor : float
        From the metric's units to report units.
    maker : RowMaker
        Has every other column.

    Returns
    -------
    dict
        Of status ``scored``; ``not_assessed`` where the metric gave no number.
    """
    message = messages.get(region, "")
    columns = {name: values[name][region] for name in _SCORES if name in values}
    for name in ("value", *_ENDS):
        if name in values:
            columns[name] = values[name][region] * factor
    if not np.isfinite(columns["value"]) or not np.isfinite(columns.get("score", 0.0)):
        reason = message or "undefined here: the reference has no variation to score by"
        return maker.unscored("not_assessed", reason)
    return maker.row(status="scored", message=message, **columns)


def reported(metric: Metric[...], variable: Variable) -> tuple[float, str]:
    """Return factor and units in which a metric's value is reported."""
    if metric.units == "variable":
        return variable.report_factor, variable.report_units
    if metric.units == "total":
        return variable.total_factor, variable.total_units
    if metric.units == "variable yr-1":
        return variable.report_factor, f"{variable.report_units} yr-1"
    return 1.0, metric.units

"""The score of every cell of a gridded pair: where its score comes from."""

from collections.abc import Mapping, Sequence

import xarray as xr

from benchmark.harmonise.variable import Variable
from benchmark.metrics import Metric, scores
from benchmark.metrics.stock import stated_range
from benchmark.score.measured import reported
from benchmark.score.task import Numbers

# The mean is what the maps show, so its score comes before those of the cycle.
FIRST = "ilamb_bias"
RATIOS = ("stock_density", "stock_total")
# Not of totals: their scale is that of a whole region.
DISTANCE = "regional_mean"


def score_map(
    metrics: Sequence[Metric[...]],
    results: Mapping[str, xr.Dataset],
    statistics: Mapping[str, xr.DataArray],
    variable: Variable,
    numbers: Numbers,
) -> xr.DataArray | None:
    r"""Return the score of each cell by the first metric that has one.

    A metric that averages scores of cells brings them: `ilamb_bias` first,
    :math:`S = \exp(-|\bar m - \bar r| / \sigma_r)`, then the others in their
    order. One that averages first and scores then is asked of each cell: stocks
    by their ratio, :math:`S = \exp(-\max(0, |\ln(m / r)| - \ln(1 + u)) / \ln 2)`,
    means by their distance, :math:`S = \exp(-\max(0, |m - r| - u) / s)`, with the
    tolerance and the scale of the regions.

    Parameters
    ----------
    metrics : sequence of Metric
        Those of the pair, in their order.
    results : mapping of str to Dataset
        What those that could be assessed returned, by name.
    statistics : mapping of str to DataArray
        ``model_mean`` and ``reference_mean`` (lat, lon), canonical units.
    variable : Variable
        What was compared.
    numbers : Numbers
        Tolerance and scale of the benchmark, report units.

    Returns
    -------
    DataArray or None
        (lat, lon), 0 to 1, single precision, with the attribute ``metric``, the
        name of the metric it is of, and ``of_cells``, "yes" where its average is
        the score of a region and "no" where the score of a region is another
        number. None if no metric of the pair can be asked of a cell.
    """
    ranked = sorted(
        (metric for metric in metrics if metric.name in results),
        key=lambda metric: metric.name != FIRST,
    )
    for metric in ranked:
        if "score_map" in results[metric.name]:
            return _labelled(results[metric.name]["score_map"], metric, "yes")
    for metric in ranked:
        cells = _asked_of_cells(metric, statistics, variable, numbers)
        if cells is not None:
            return _labelled(cells, metric, "no")
    return None


def _asked_of_cells(
    metric: Metric[...],
    statistics: Mapping[str, xr.DataArray],
    variable: Variable,
    numbers: Numbers,
) -> xr.DataArray | None:
    model, reference = statistics["model_mean"], statistics["reference_mean"]
    if metric.name in RATIOS and numbers.relative_tolerance is not None:
        given = reference.where(reference > 0)
        bounds = stated_range(
            metric.name, given, numbers.relative_tolerance, None, None
        )
        return scores.logratio(model, *bounds)
    if metric.name == DISTANCE:
        stated = numbers.over(reported(metric, variable)[0])
        if stated.tolerance is not None and stated.scale is not None:
            return scores.sigma(
                model, reference, tolerance=stated.tolerance, scale=stated.scale
            )
    return None


def _labelled(cells: xr.DataArray, metric: Metric[...], averages: str) -> xr.DataArray:
    cells = cells.drop_attrs().reset_coords(drop=True)
    # Scores may leave 0 to 1 by rounding.
    cells = cells.clip(0.0, 1.0).astype("float32").transpose("lat", "lon")
    return cells.assign_attrs(metric=metric.name, of_cells=averages)

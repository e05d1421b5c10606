'''Metrics: pure functions that compare statistics of a model and a reference.

The parameter names of a metric say which statistics it needs (`needs`), made by
`benchmark.statistics.reductions`. It returns an ``xarray.Dataset`` with
``value`` (region,), and where they apply ``score``, ``score_u0``,
``score_null`` and the maps ``value_map`` and ``score_map``. With ``weights``
(region, lat, lon) the statistics are maps; with None they have a region
dimension already, and the same function scores them.

A metric of your own is one file of about ten lines. The registry finds it when
that file is imported, or by an entry point of its package, ``[options.entry_points]
permabench.metrics = docs_relative_bias = my_module:docs_relative_bias``:

>>> from benchmark.metrics import metric, metrics
>>> from benchmark.metrics.aggregate import aggregate
>>> @metric(
...     long_name="relative bias", equation="B = m / r - 1", perfect=0.0,
...     bounds=(-float("inf"), float("inf")), direction="zero", units="1",
...     source="this example",
... )
... def docs_relative_bias(model_mean, reference_mean, *, weights=None):
...     """Error of the mean relative to the reference."""
...     sides = aggregate(model_mean, weights), aggregate(reference_mean, weights)
...     return (sides[0] / sides[1] - 1.0).to_dataset(name="value")
>>> metrics.get("docs_relative_bias").needs
('model_mean', 'reference_mean')
'''

from benchmark.metrics import (
    bias,
    cold_season,
    cold_season_amount,
    ecosystem_relationships,
    frost_season,
    ilamb,
    ilamb_overall,
    interannual,
    methane,
    methane_classes,
    methane_factors,
    permafrost,
    regional,
    regional_pattern,
    rmse,
    season_length,
    season_timing,
    seasonal_cycle,
    shoulder_season,
    sink_source,
    sink_source_class,
    soil_carbon,
    spatial,
    stated_trends,
    stock,
    summer,
    temperature_relationships,
    trends,
    turnover,
    turnover_gpp,
)
from benchmark.metrics.registry import Metric, metric, metrics

__all__ = [
    "Metric",
    "bias",
    "cold_season",
    "cold_season_amount",
    "ecosystem_relationships",
    "frost_season",
    "ilamb",
    "ilamb_overall",
    "interannual",
    "methane",
    "methane_classes",
    "methane_factors",
    "metric",
    "metrics",
    "permafrost",
    "regional",
    "regional_pattern",
    "rmse",
    "season_length",
    "season_timing",
    "seasonal_cycle",
    "shoulder_season",
    "sink_source",
    "sink_source_class",
    "soil_carbon",
    "spatial",
    "stated_trends",
    "stock",
    "summer",
    "temperature_relationships",
    "trends",
    "turnover",
    "turnover_gpp",
]

"""What the metrics of a regional pair are given, made when first asked for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import xarray as xr

from benchmark.metrics import Metric
from benchmark.score.bench import Bench
from benchmark.score.companion_statistics import companion_statistics
from benchmark.score.companions import of_metric
from benchmark.score.complete_years import only_years
from benchmark.score.regional_statistics import regional_statistics
from benchmark.score.task import Lazy


def groups_of(
    metrics: Sequence[Metric[...]], others: Mapping[str, object]
) -> list[tuple[str, ...]]:
    """Return the sets of companions that metrics ask for and the model has.

    Parameters
    ----------
    metrics : sequence of Metric
        Of the pair.
    others : mapping
        By variable: what the model has.

    Returns
    -------
    list of tuple of str
    """
    found = (of_metric(metric) for metric in metrics)
    return [
        group for group in dict.fromkeys(found) if group and set(group) <= set(others)
    ]


def label(together: tuple[str, ...]) -> str:
    """Return what the series over the cells of some companions are kept under."""
    return "with " + ", ".join(together) + ": "


@dataclass
class Given:
    """The statistics of a pair, made when a metric first asks for them."""

    bench: Bench
    series: Mapping[str, xr.DataArray]
    regions: list[str]
    years: xr.DataArray | None
    computed: Lazy
    cache: dict[tuple[str, tuple[str, ...]], dict[str, xr.DataArray]] = field(
        default_factory=dict
    )

    def of(self, metric: Metric[...]) -> dict[str, xr.DataArray]:
        """Return what a metric is given."""
        together = of_metric(metric)
        if f"{label(together)}mean" not in self.computed:
            together = ()
        return self.made(metric.compares, together)

    def made(self, what: str, together: tuple[str, ...]) -> dict[str, xr.DataArray]:
        """Return those of means or totals, over the cells of some companions."""
        key = what, together
        if key not in self.cache:
            mine = self._series(what, together)
            if self.years is not None:
                mine = only_years(mine, self.years)
            found = regional_statistics(
                self.bench, mine, what, self.regions, self.years
            )
            prefix = label(together)
            others = {name: self.computed[f"{prefix}{name}"] for name in together}
            if what == "total":
                others = {name: v * self._area(together) for name, v in others.items()}
            self.cache[key] = found | companion_statistics(
                self.bench.companions, others, self.regions, self.years, what
            )
        return self.cache[key]

    def _series(self, what: str, together: tuple[str, ...]) -> xr.DataArray:
        if not together:
            return self.series[what]
        mean = self.computed[f"{label(together)}mean"]
        if what == "mean":
            return mean
        return (mean * self._area(together)).assign_attrs(mean.attrs)

    def _area(self, together: tuple[str, ...]) -> xr.DataArray:
        area = self.computed[f"{label(together)}area"]
        return area.max("time") if "time" in area.dims else area

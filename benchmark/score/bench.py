"""What a regional pair is scored with."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from benchmark.config.descriptors import Reference
from benchmark.harmonise.variable import Variable
from benchmark.metrics import Metric
from benchmark.regions import Regions
from benchmark.score.companions import Companions
from benchmark.score.measured import reported
from benchmark.score.reference_rows import ReferenceTable
from benchmark.score.rows import RowMaker
from benchmark.score.task import Numbers


@dataclass(frozen=True)
class Bench:
    """One regional reference, without the scored model's family."""

    reference: Reference
    table: ReferenceTable
    metrics: Sequence[Metric[...]]
    regions: Regions
    variable: Variable
    numbers: Numbers
    maker: RowMaker
    draws: int = 0
    companions: Companions = field(default_factory=Companions)

    @property
    def region_ids(self) -> list[str]:
        """The regions the reference gives numbers for."""
        return [str(region) for region in self.table.area["region"].to_numpy()]

    def canonical_numbers(self, metric: Metric[...]) -> Numbers:
        """Return tolerance, scale and null models in the metric's units.

        Null models are those of the science brief, section 2.1: no flux, a
        uniform sink of 30 g C m-2 yr-1, and the median over the regions. They
        are for means of net exchange, and for several regions: of one, the
        median is the reference itself.
        """
        factor = reported(metric, self.variable)[0]
        numbers = self.numbers.over(factor)
        regions = [id for id in self.region_ids if not id.endswith("_domain")]
        if self.variable.name != "nee" or metric.units == "total" or len(regions) < 2:
            return numbers
        mean = self.table.values["mean"].sel(region=regions)
        median = float(mean.mean([d for d in mean.dims if d != "region"]).median())
        return replace(numbers, null_values=(0.0, -30.0 / factor, median))

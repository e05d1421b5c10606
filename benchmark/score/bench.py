"""What a regional pair is scored with."""

from collections.abc import Sequence
from dataclasses import dataclass

from benchmark.config.descriptors import Reference
from benchmark.harmonise.variables import Variable
from benchmark.metrics import Metric
from benchmark.regions import Regions
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

    @property
    def region_ids(self) -> list[str]:
        """The regions the reference gives numbers for."""
        return [str(region) for region in self.table.area["region"].to_numpy()]

    def canonical_numbers(self, metric: Metric[...]) -> Numbers:
        """Return tolerance and scale in the units the metric compares."""
        return self.numbers.over(reported(metric, self.variable)[0])

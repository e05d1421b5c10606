"""What a reference of sites is scored with."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from benchmark.config.descriptors import Reference
from benchmark.harmonise.harmonised import Harmonised
from benchmark.harmonise.variable import Variable
from benchmark.metrics import Metric
from benchmark.regions import Regions
from benchmark.score.companions import Companions
from benchmark.score.rows import RowMaker
from benchmark.score.task import Numbers


@dataclass(frozen=True)
class SiteBench:
    """One reference of sites, and what it is scored with.

    Parameters
    ----------
    reference : Reference
        The descriptor.
    sites : Harmonised
        Its values.
    metrics : sequence of Metric
        In the order of the rows; composites last.
    regions : Regions
        Where.
    variable : Variable
        What is compared.
    numbers : Numbers
        Tolerance and scale.
    maker : RowMaker
        The columns that are known already.
    draws : int
        How many draws the intervals of the scores are made of.
    companions : Companions
        Of the model.
    """

    reference: Reference
    sites: Harmonised
    metrics: Sequence[Metric[...]]
    regions: Regions
    variable: Variable
    numbers: Numbers
    maker: RowMaker
    draws: int = 0
    companions: Companions = field(default_factory=Companions)

    @property
    def per_wetland(self) -> bool:
        """Whether the sites are per area of wetland."""
        return bool(self.sites.field.attrs["area_basis"] == "wetland")

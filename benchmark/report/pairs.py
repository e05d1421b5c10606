"""Pairs of a model and a reference: their rows, their pages and their files."""

from dataclasses import dataclass
from functools import cached_property

from benchmark.report.rows import Row, group_by
from benchmark.saved.addresses import pair_files
from benchmark.score.result import RunResult


@dataclass(frozen=True)
class Pairs:
    """The part of a `benchmark.report.site.Site` that knows pairs.

    `model_slug` and `reference_slug` are the addresses of things.
    """

    result: RunResult
    rows: list[Row]
    model_slug: dict[str, str]
    reference_slug: dict[str, str]

    def benchmark_href(self, reference: str) -> str:
        """Return the address of a reference's page from the top of the report."""
        return f"benchmarks/{self.reference_slug[reference]}.html"

    def evidence_href(self, model: str, reference: str) -> str:
        """Return where to read how a model compares with a reference, or why not.

        A pair with a number has a page; of the others the benchmark's page
        tells the reason.
        """
        if (model, reference) in self.scored_pairs:
            folder = self.benchmark_href(reference).removesuffix(".html")
            return f"{folder}/{self.model_slug[model]}.html"
        return f"{self.benchmark_href(reference)}#{self.model_anchor(model)}"

    def data_href(self, model: str, reference: str) -> str | None:
        """Return the address of the data behind what is drawn of a pair.

        From the top of the report; a NetCDF file with a group for each kind of
        evidence, or None if the pair left no more than a few numbers.
        """
        return self._data.get((model, reference))

    @cached_property
    def _data(self) -> dict[tuple[str, str], str]:
        return pair_files(self.result)

    @cached_property
    def by_reference(self) -> dict[str, list[Row]]:
        """Rows of each reference."""
        return group_by(self.rows, "reference")

    @cached_property
    def by_pair(self) -> dict[tuple[str, str], list[Row]]:
        """Rows of each pair of a model and a reference."""
        return group_by(self.rows, "model", "reference")

    @cached_property
    def scored_pairs(self) -> frozenset[tuple[str, str]]:
        """Pairs that have a number, and so a page."""
        return frozenset(
            (row.model, row.reference) for row in self.rows if row.status == "scored"
        )

    def pair_slug(self, model: str, reference: str) -> str:
        """Return a name for files of a pair; no two pairs share it.

        A slug has no two hyphens in a row, so the two can be told apart.
        """
        return f"{self.model_slug[model]}--{self.reference_slug[reference]}"

    def model_anchor(self, model: str) -> str:
        """Return the anchor of a model on a benchmark's page."""
        return f"model-{self.model_slug[model]}"

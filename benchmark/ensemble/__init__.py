"""Ensembles: how regions and families differ, and how far they agree."""

from benchmark.ensemble.letters import compact_letters
from benchmark.ensemble.of_run import Ensemble, ensembles
from benchmark.ensemble.variance import (
    Comparison,
    compare,
    compare_blocked,
    without_one,
)

__all__ = [
    "Comparison",
    "Ensemble",
    "compact_letters",
    "compare",
    "compare_blocked",
    "ensembles",
    "without_one",
]

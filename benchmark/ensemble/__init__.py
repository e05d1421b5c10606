"""Ensembles: how regions and families differ, and how far they agree."""

from benchmark.ensemble.leaving_out import without_one
from benchmark.ensemble.letters import compact_letters
from benchmark.ensemble.maps import NetFlux, agreement_maps, agreement_rows
from benchmark.ensemble.of_run import Ensemble, ensembles
from benchmark.ensemble.variance import (
    Comparison,
    compare,
    compare_blocked,
)

__all__ = [
    "Comparison",
    "Ensemble",
    "NetFlux",
    "agreement_maps",
    "agreement_rows",
    "compact_letters",
    "compare",
    "compare_blocked",
    "ensembles",
    "without_one",
]

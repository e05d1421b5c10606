"""Ensembles: do regions and families differ, and where do they agree on a sink?"""

from benchmark.ensemble.letters import compact_letters
from benchmark.ensemble.variance import (
    Comparison,
    compare,
    compare_blocked,
    without_one,
)

__all__ = [
    "Comparison",
    "compact_letters",
    "compare",
    "compare_blocked",
    "without_one",
]

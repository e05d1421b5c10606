"""Scores models against references: pairs, regions, rows of one table."""

from benchmark.score.files import write_scores
from benchmark.score.result import COLUMNS, STATUSES, Evidence, Note, RunResult
from benchmark.score.run import score_suite

__all__ = [
    "COLUMNS",
    "STATUSES",
    "Evidence",
    "Note",
    "RunResult",
    "score_suite",
    "write_scores",
]

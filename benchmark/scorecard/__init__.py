"""Scores of subjects and overall, absolute and with what they are made of."""

from benchmark.scorecard.table import SUBJECT_COLUMNS, subject_table

__all__ = ["SUBJECT_COLUMNS", "subject_table"]

"""Scorecards: a finished run as a folder of HTML pages."""

from benchmark.report.write import write_report

__all__ = ["write_report"]

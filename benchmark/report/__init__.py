"""Scorecards: a finished run as a folder of HTML pages."""

from benchmark.report.folder import check_folder
from benchmark.report.write import write_report

__all__ = ["check_folder", "write_report"]

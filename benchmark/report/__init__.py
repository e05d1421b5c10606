"""Scorecards: a finished run as a folder of HTML pages."""

from typing import TYPE_CHECKING

__all__ = ["check_folder", "write_report"]

if TYPE_CHECKING:
    from benchmark.report.folder import check_folder
    from benchmark.report.write import write_report

_ROOMS = {"check_folder": "folder", "write_report": "write"}


def __getattr__(name: str) -> object:
    """Import when first used: what keeps a run needs the addresses of its pages."""
    from importlib import import_module

    if name in _ROOMS:
        return getattr(import_module(f"{__name__}.{_ROOMS[name]}"), name)
    msg = f"module '{__name__}' has no attribute '{name}'"
    raise AttributeError(msg)

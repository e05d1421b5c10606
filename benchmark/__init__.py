"""permabench: score land models against permafrost-carbon references.

The line that data take through the package, each room used once:

    config -> readers -> harmonise -> regrid, regions -> statistics -> metrics
           -> score -> report

Examples
--------
>>> import benchmark
>>> suite = benchmark.load_suite("demo")
>>> len(suite.models)
21
"""

from typing import TYPE_CHECKING

__version__ = "0.1.0"

__all__ = [
    "__version__",
    "load_models",
    "load_reference",
    "load_run",
    "load_suite",
    "score_suite",
    "write_report",
]

if TYPE_CHECKING:
    from benchmark.config import load_models, load_reference, load_suite
    from benchmark.report import write_report
    from benchmark.saved.reading import load_run
    from benchmark.score import score_suite

_ROOMS = {
    "load_models": "benchmark.config",
    "load_reference": "benchmark.config",
    "load_run": "benchmark.saved.reading",
    "load_suite": "benchmark.config",
    "score_suite": "benchmark.score",
    "write_report": "benchmark.report",
}


def __getattr__(name: str) -> object:
    """Import a public function when it is first used: the command starts fast."""
    from importlib import import_module

    if name in _ROOMS:
        return getattr(import_module(_ROOMS[name]), name)
    msg = f"module 'benchmark' has no attribute '{name}'"
    raise AttributeError(msg)

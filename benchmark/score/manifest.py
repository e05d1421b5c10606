"""What a run was made of: versions, configuration, checksums of its inputs."""

import platform
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import benchmark
from benchmark.config.descriptors import Suite
from benchmark.readers.paths import Place
from benchmark.score.inputs import fingerprint, inputs
from benchmark.shipped import folder

_PACKAGES = (
    "numpy", "xarray", "pandas", "scipy", "dask", "cf_xarray", "cftime", "netCDF4",
    "pint", "shapely", "matplotlib", "jinja2",
)  # fmt: skip
_SHIPPED = ("references", "model_configs")


def make_manifest(suite: Suite, opened: Iterable[str] = ()) -> dict[str, Any]:
    """Return what has to be known to repeat a run.

    Parameters
    ----------
    suite : Suite
        What was scored.
    opened : iterable of str
        Files that the readers opened for it.

    Returns
    -------
    dict
        ``permabench``, ``python``, ``packages``, ``time`` (UTC), ``command``,
        ``suite`` and ``inputs``: file to its sha256, see `inputs.fingerprint`.
    """
    return {
        "permabench": benchmark.__version__,
        "python": platform.python_version(),
        "packages": {name: _version(name) for name in _PACKAGES},
        "time": datetime.now(UTC).isoformat(timespec="seconds"),
        "command": " ".join([Path(sys.argv[0]).name, *sys.argv[1:]]),
        "suite": _shown(suite.source, suite) if suite.source else "",
        "inputs": {
            _shown(place, suite): fingerprint(place)
            for place in inputs(suite, opened)
        },
    }


def _shown(path: Place, suite: Suite) -> str:
    """Name a file from the package or from the suite's folder, not the machine."""
    if isinstance(path, str):
        return path
    roots = [(folder(name).parent, "permabench/") for name in _SHIPPED]
    if suite.source is not None:
        roots.append((suite.source.parent, ""))
    for root, prefix in roots:
        if path.is_relative_to(root):
            return prefix + path.relative_to(root).as_posix()
    return str(path)


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""

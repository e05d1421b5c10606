"""What a run was made of: versions, configuration, checksums of its inputs."""

import hashlib
import platform
import sys
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import benchmark
from benchmark.config.descriptors import Suite, VariableSource
from benchmark.errors import InputError
from benchmark.readers import expand
from benchmark.shipped import folder

_PACKAGES = (
    "numpy", "xarray", "pandas", "scipy", "dask", "cf_xarray", "cftime", "netCDF4",
    "pint", "shapely", "matplotlib", "jinja2",
)  # fmt: skip
_BLOCK = 2**20
_SHIPPED = ("references", "model_configs")


def make_manifest(suite: Suite) -> dict[str, Any]:
    """Return what has to be known to repeat a run.

    Parameters
    ----------
    suite : Suite
        What was scored.

    Returns
    -------
    dict
        ``permabench``, ``python``, ``packages``, ``time`` (UTC), ``command``,
        ``suite`` and ``inputs``: file to sha256.
    """
    sources: list[VariableSource] = [reference.data for reference in suite.references]
    for model in suite.models:
        sources += model.variables.values()
    chosen = [item.regrid for item in suite.models]
    chosen += [item.regrid for item in suite.references]
    sources += [VariableSource(each.weights) for each in chosen if each is not None]
    return {
        "permabench": benchmark.__version__,
        "python": platform.python_version(),
        "packages": {name: _version(name) for name in _PACKAGES},
        "time": datetime.now(UTC).isoformat(timespec="seconds"),
        "command": " ".join([Path(sys.argv[0]).name, *sys.argv[1:]]),
        "suite": _shown(suite.source, suite) if suite.source else "",
        "inputs": _checksums(sources, suite),
    }


def sha256(path: Path) -> str:
    """Return the sha256 of a file, read in blocks."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def _checksums(sources: list[VariableSource], suite: Suite) -> dict[str, str]:
    found: dict[Path, str] = {}
    for source in sources:
        try:
            paths = expand(source.files)
        except InputError:
            continue
        for path in paths:
            if path not in found:
                found[path] = _digest(path)
    return {_shown(path, suite): digest for path, digest in found.items()}


def _digest(path: Path) -> str:
    try:
        return sha256(path)
    except OSError as error:
        # Its rows say so too; a run is not stopped by one file.
        return f"cannot be read ({(error.strerror or str(error)).lower()})"


def _shown(path: Path, suite: Suite) -> str:
    """Name a file from the package or from the suite's folder, not the machine."""
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

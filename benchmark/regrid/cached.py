"""Overlaps kept on disk, so that slow engines build each of them once."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import numpy as np

from benchmark.atomic import write_bytes
from benchmark.regrid.axis import Grid
from benchmark.regrid.cells import Cells, cells_in
from benchmark.regrid.grid import grid_of
from benchmark.regrid.mesh import has_mesh, mesh_of
from benchmark.regrid.overlap import Overlap
from benchmark.regrid.overlap_file import BrokenOverlap, from_bytes, to_bytes

LARGEST = 2**30
"""The oldest overlaps are removed above this size of the folder, bytes."""

LEAST_CELLS = 2_000
"""Overlaps of smaller sources are built faster than they are found."""

_DAY = 86_400.0


def cached_overlap(
    engine: str, source: Grid, target: Grid, build: Callable[[], Overlap]
) -> Overlap:
    """Return an overlap from the disk, or build and keep it.

    It is found by a hash of the corners and areas of both grids and the name
    of the engine. A file that is broken, or is not what was written, is built
    again. The folder is ``PERMABENCH_CACHE`` (empty: nothing is kept), else
    ``permabench`` in ``XDG_CACHE_HOME`` or ``~/.cache``; it holds 1 GiB at
    most. Where it cannot be written nothing is kept.

    Parameters
    ----------
    engine : str
        Name, method and version: all but the grids that the result depends on.
    source, target : xarray.Dataset or xarray.DataArray
        The grids, with bounds in degrees; the source may be a mesh.
    build : callable
        Makes the overlap.

    Returns
    -------
    Overlap

    Raises
    ------
    InputError
        If bounds are missing or wrong, or as `build` raises.
    """
    folder = cache_folder()
    if folder is None or _size(source) < LEAST_CELLS:
        return build()
    cells, wanted = cells_in(source), cells_in(target)
    path = folder / f"{_key(engine, cells, wanted)}.nc"
    try:
        found = from_bytes(path.read_bytes(), path.stem, grid_of(target), cells.size)
        os.utime(path)
    except (OSError, BrokenOverlap):
        found = build()
        _keep(path, to_bytes(found, path.stem, cells, wanted))
    return found


def cache_folder() -> Path | None:
    """Return where overlaps are kept, None if nowhere.

    Returns
    -------
    Path or None

    Examples
    --------
    >>> from unittest.mock import patch
    >>> with patch.dict("os.environ", {"PERMABENCH_CACHE": ""}):
    ...     print(cache_folder())
    None
    """
    chosen = os.environ.get("PERMABENCH_CACHE")
    if chosen is not None:
        return Path(chosen).expanduser() / "overlaps" if chosen.strip() else None
    base = Path(os.environ.get("XDG_CACHE_HOME", ""))
    # The XDG specification has relative paths ignored.
    if not base.is_absolute():
        try:
            base = Path.home() / ".cache"
        except RuntimeError:
            return None
    return base / "permabench" / "overlaps"


def _size(grid: Grid) -> int:
    if has_mesh(grid):
        return mesh_of(grid).size
    return int(grid.sizes["lat"] * grid.sizes["lon"])


def _key(engine: str, cells: Cells, wanted: Cells) -> str:
    return sha256(f"{engine} {cells.digest} {wanted.digest}".encode()).hexdigest()


def _keep(path: Path, content: bytes) -> None:
    try:
        write_bytes(path, content)
        _prune(path.parent)
    except OSError:
        # A full or read-only disk costs time, no result.
        return


def _prune(folder: Path) -> None:
    """Remove the overlaps used longest ago, and what killed processes left."""
    held = []
    for path in folder.iterdir():
        try:
            state = path.stat()
        except FileNotFoundError:
            # Another process was faster.
            continue
        if path.suffix == ".part" and state.st_mtime < time.time() - _DAY:
            path.unlink(missing_ok=True)
        elif path.suffix == ".nc":
            held.append((state.st_mtime, state.st_size, path))
    newest_first = sorted(held, reverse=True)
    sizes = np.cumsum([size for _, size, _ in newest_first])
    for (_, _, path), size in zip(newest_first, sizes, strict=True):
        if size > LARGEST:
            path.unlink(missing_ok=True)

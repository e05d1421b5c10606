"""An overlap as a weight file in ESMF's layout, with areas and a checksum."""

from __future__ import annotations

from hashlib import sha256
from io import BytesIO
from typing import Any

import numpy as np
import xarray as xr

from benchmark.regrid.cells import Cells
from benchmark.regrid.overlap import Overlap

FORMAT = 1
"""Raised whenever what is written changes its meaning."""

_LINKS = ("S", "row", "col")
_ARRAYS = (*_LINKS, "area_a", "area_b", "frac_b", "yc_a", "xc_a", "yc_b", "xc_b")


class BrokenOverlap(ValueError):
    """A file that is not the overlap it should be."""


def to_bytes(overlap: Overlap, key: str, cells: Cells, wanted: Cells) -> bytes:
    """Return an overlap as the content of a NetCDF file.

    Parameters
    ----------
    overlap : Overlap
        What to write.
    key : str
        What it is found by.
    cells, wanted : Cells
        Source and target, whose centres are written too.

    Returns
    -------
    bytes
        Weights ``S`` (n_s), normalised by the target area, ``row`` and ``col``
        from 1, areas in m2, ``frac_b`` and centres in degrees.
    """
    from scipy.io import netcdf_file

    matrix = overlap.matrix.tocoo()
    row, column = matrix.coords
    arrays = {
        "S": (matrix.data / overlap.target_area[row], "n_s", "1"),
        "row": ((row + 1).astype("int32"), "n_s", "1"),
        "col": ((column + 1).astype("int32"), "n_s", "1"),
        "area_a": (overlap.source_area, "n_a", "m2"),
        "area_b": (overlap.target_area, "n_b", "m2"),
        "frac_b": (overlap.matrix.sum(axis=1) / overlap.target_area, "n_b", "1"),
        "yc_a": (cells.lat, "n_a", "degrees"),
        "xc_a": (cells.lon, "n_a", "degrees"),
        "yc_b": (wanted.lat, "n_b", "degrees"),
        "xc_b": (wanted.lon, "n_b", "degrees"),
    }
    remarks = "\n".join(overlap.remarks)
    content = BytesIO()
    # Pure Python: several threads write at once, which HDF5 does not bear.
    file: Any = netcdf_file(content, "w", version=2)
    sizes = {"n_s": matrix.data.size, "n_a": cells.size, "n_b": wanted.size}
    for name, size in sizes.items():
        # A dimension of size 0 would be unlimited.
        file.createDimension(name, max(size, 1))
    for name, (values, dim, units) in arrays.items():
        variable = file.createVariable(name, values.dtype, (dim,))
        variable.units = units
        variable[: values.size] = values
    file.normalization = "destarea"
    file.map_method = "Conservative remapping"
    file.permabench_links = matrix.data.size
    file.permabench_remarks = remarks or "none"
    file.permabench_sha256 = _checksum(
        [arrays[name][0] for name in _ARRAYS], key, remarks or "none"
    )
    file.flush()
    return content.getvalue()


def from_bytes(content: bytes, key: str, target: xr.Dataset, cells: int) -> Overlap:
    """Return the overlap that `to_bytes` wrote.

    Parameters
    ----------
    content : bytes
        The whole file.
    key : str
        What it was found by.
    target : xarray.Dataset
        Coordinates of the target grid.
    cells : int
        Number of source cells.

    Returns
    -------
    Overlap

    Raises
    ------
    BrokenOverlap
        If it is anything else.
    """
    from scipy.sparse import coo_array

    arrays, remarks = _read(content, key)
    weight, row, column, source_area, target_area = arrays[:5]
    wanted = target.sizes["lat"] * target.sizes["lon"]
    if (source_area.size, target_area.size) != (cells, wanted):
        msg = f"{key}: {source_area.size} x {target_area.size} cells."
        raise BrokenOverlap(msg)
    for index, size in ((row, wanted), (column, cells)):
        if index.size and (index.min() < 1 or index.max() > size):
            msg = f"{key}: addresses beyond the grid."
            raise BrokenOverlap(msg)
    matrix = coo_array(
        (weight * target_area[row - 1], (row - 1, column - 1)), shape=(wanted, cells)
    )
    return Overlap(matrix.tocsr(), source_area, target_area, target, remarks)


def _read(content: bytes, key: str) -> tuple[list[np.ndarray], tuple[str, ...]]:
    from scipy.io import netcdf_file

    try:
        # Its attributes are those of the file, which no type checker knows.
        file: Any = netcdf_file(BytesIO(content), "r", mmap=False)
        links = slice(int(file.permabench_links))
        arrays = [
            # Big-endian in the file.
            np.array(file.variables[name][links if name in _LINKS else ...])
            for name in _ARRAYS
        ]
        arrays = [array.astype(array.dtype.newbyteorder("=")) for array in arrays]
        remarks = file.permabench_remarks.decode("utf-8")
        checksum = file.permabench_sha256.decode("ascii")
    # What bytes that are no NetCDF raise depends on where they first differ.
    except Exception as error:
        msg = f"{key}: {type(error).__name__}: {error}"
        raise BrokenOverlap(msg) from error
    if checksum != _checksum(arrays, key, remarks):
        msg = f"{key}: not what was written."
        raise BrokenOverlap(msg)
    return arrays, () if remarks == "none" else tuple(remarks.splitlines())


def _checksum(arrays: list[np.ndarray], key: str, remarks: str) -> str:
    text = sha256(f"{FORMAT} {key} {remarks}".encode())
    for array in arrays:
        text.update(f"{array.dtype.str} {array.size}".encode())
        text.update(np.ascontiguousarray(array).tobytes())
    return text.hexdigest()

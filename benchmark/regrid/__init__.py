"""Conservative regridding between latitude-longitude grids."""

from benchmark.regrid.common import common_grid
from benchmark.regrid.conservative import build_conservative
from benchmark.regrid.field import regrid
from benchmark.regrid.grid import (
    cell_area,
    grid_of,
    same_grid,
    with_cell_edges,
)
from benchmark.regrid.overlap import Overlap, regridders

__all__ = [
    "Overlap",
    "build_conservative",
    "cell_area",
    "common_grid",
    "grid_of",
    "regrid",
    "regridders",
    "same_grid",
    "with_cell_edges",
]

"""Conservative regridding of any cells to latitude-longitude grids."""

from benchmark.regrid.common import common_grid
from benchmark.regrid.conservative import build_conservative
from benchmark.regrid.field import regrid
from benchmark.regrid.grid import (
    cell_area,
    grid_of,
    same_grid,
    with_cell_edges,
)
from benchmark.regrid.mesh import Mesh, has_mesh, horizontal, mesh_of, with_mesh
from benchmark.regrid.overlap import Overlap, regridders
from benchmark.regrid.plane import mesh_area
from benchmark.regrid.polygons import build_polygons

__all__ = [
    "Mesh",
    "Overlap",
    "build_conservative",
    "build_polygons",
    "cell_area",
    "common_grid",
    "grid_of",
    "has_mesh",
    "horizontal",
    "mesh_area",
    "mesh_of",
    "regrid",
    "regridders",
    "same_grid",
    "with_cell_edges",
    "with_mesh",
]

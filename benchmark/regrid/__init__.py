"""Conservative regridding of any cells to latitude-longitude grids."""

from benchmark.regrid.choice import AUTOMATIC, Regridding
from benchmark.regrid.common import common_grid
from benchmark.regrid.conservative import build_conservative
from benchmark.regrid.containing import NOWHERE, cells_containing
from benchmark.regrid.field import regrid, regridding_remarks
from benchmark.regrid.grid import (
    cell_area,
    grid_of,
    same_grid,
    with_cell_edges,
)
from benchmark.regrid.mesh import Mesh, has_mesh, horizontal, mesh_of, with_mesh
from benchmark.regrid.nearest import build_nearest
from benchmark.regrid.overlap import Engine, Overlap, regridders
from benchmark.regrid.plane import mesh_area
from benchmark.regrid.polygons import build_polygons
from benchmark.regrid.weight_file import read_weights
from benchmark.regrid.xesmf_engine import METHODS, build_xesmf, why_no_xesmf

__all__ = [
    "AUTOMATIC",
    "METHODS",
    "NOWHERE",
    "Engine",
    "Mesh",
    "Overlap",
    "Regridding",
    "build_conservative",
    "build_nearest",
    "build_polygons",
    "build_xesmf",
    "cell_area",
    "cells_containing",
    "common_grid",
    "grid_of",
    "has_mesh",
    "horizontal",
    "mesh_area",
    "mesh_of",
    "read_weights",
    "regrid",
    "regridders",
    "regridding_remarks",
    "same_grid",
    "why_no_xesmf",
    "with_cell_edges",
    "with_mesh",
]

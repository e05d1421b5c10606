"""Cells of any shape handed to ESMF, for which xESMF has no common front."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import xarray as xr

from benchmark.regrid.cells import unit_vectors
from benchmark.regrid.mesh import Mesh

if TYPE_CHECKING:
    import esmpy
    from scipy.sparse import coo_array


def mesh_weights(mesh: Mesh, edges: xr.Dataset, method: str) -> coo_array:
    """Return ESMF's weights from the cells of a mesh to a grid.

    Parameters
    ----------
    mesh : Mesh
        The source.
    edges : xarray.Dataset
        Target: lat, lon and their edges lat_b, lon_b, ascending, degrees.
    method : str
        As xESMF names it.

    Returns
    -------
    scipy.sparse.coo_array
        Weights (n_target, n_source), by the target area if conservative.
    """
    import esmpy
    from scipy.sparse import coo_array

    esmpy.Manager()
    source, target = esmf_mesh(mesh), _esmf_grid(edges)
    names = {
        "conservative": "CONSERVE",
        "bilinear": "BILINEAR",
        "patch": "PATCH",
        "nearest_s2d": "NEAREST_STOD",
        "nearest_d2s": "NEAREST_DTOS",
    }
    fields = (
        esmpy.Field(source, meshloc=esmpy.MeshLoc.ELEMENT),
        esmpy.Field(target, staggerloc=esmpy.StaggerLoc.CENTER),
    )
    regridding = esmpy.Regrid(
        *fields,
        regrid_method=getattr(esmpy.RegridMethod, names[method]),
        norm_type=esmpy.NormType.DSTAREA,
        unmapped_action=esmpy.UnmappedAction.IGNORE,
        ignore_degenerate=True,
        factors=True,
    )
    found = regridding.get_weights_dict(deep_copy=True)
    for made in (regridding, *fields, target, source):
        made.destroy()
    shape = (edges.sizes["lat"] * edges.sizes["lon"], mesh.size)
    index = (found["row_dst"] - 1, found["col_src"] - 1)
    return coo_array((found["weights"], index), shape=shape)


def esmf_mesh(mesh: Mesh) -> esmpy.Mesh:
    """Return a mesh as ESMF takes it: shared nodes, corners counter-clockwise.

    Parameters
    ----------
    mesh : Mesh
        Cells with their corners.

    Returns
    -------
    esmpy.Mesh
        Its elements have the numbers of the cells, from 1; cells with fewer
        than three different corners are left out.
    """
    import esmpy

    nodes, corner = _nodes(mesh)
    made = esmpy.Mesh(parametric_dim=2, spatial_dim=2, coord_sys=esmpy.CoordSys.SPH_DEG)
    count = len(nodes)
    made.add_nodes(
        count,
        np.arange(1, count + 1, dtype="int32"),
        nodes.ravel(),
        np.zeros(count, dtype="int32"),
    )
    first = _first_of_repeated(corner)
    whole = np.flatnonzero(first.sum(axis=1) >= 3)
    made.add_elements(
        whole.size,
        (whole + 1).astype("int32"),
        first[whole].sum(axis=1).astype("int32"),
        corner[whole][first[whole]].astype("int32"),
        element_coords=np.column_stack([mesh.lon, mesh.lat])[whole].ravel(),
    )
    return made


def _nodes(mesh: Mesh) -> tuple[np.ndarray, np.ndarray]:
    """Return the different corners (lon, lat), and which each cell has."""
    lat = np.clip(mesh.corner_lat, -90.0, 90.0)
    points = unit_vectors(lat, mesh.corner_lon)
    # 1e-9 of the radius is 6 mm: rounding, not another corner.
    _, first, index = np.unique(
        np.round(points.reshape(-1, 3), 9) + 0.0,
        axis=0,
        return_index=True,
        return_inverse=True,
    )
    nodes = np.column_stack([mesh.corner_lon.ravel() % 360.0, lat.ravel()])[first]
    corner = index.reshape(lat.shape)
    clockwise = _turns_left(points, unit_vectors(mesh.lat, mesh.lon)) < 0.0
    corner[clockwise] = corner[clockwise][:, ::-1]
    return nodes, corner


def _turns_left(points: np.ndarray, centres: np.ndarray) -> np.ndarray:
    """Return positive numbers for cells whose corners go counter-clockwise."""
    following = np.roll(points, -1, axis=1)
    normal = np.cross(points, following).sum(axis=1)
    return np.einsum("ij,ij->i", normal, centres)


def _first_of_repeated(corner: np.ndarray) -> np.ndarray:
    """Tell which corners (cell, corner) differ from the one before them."""
    return corner != np.roll(corner, 1, axis=1)


def _esmf_grid(edges: xr.Dataset) -> esmpy.Grid:
    import esmpy

    centre, corner = esmpy.StaggerLoc.CENTER, esmpy.StaggerLoc.CORNER
    shape = np.array([edges.sizes["lon"], edges.sizes["lat"]])
    grid = esmpy.Grid(shape, staggerloc=centre, coord_sys=esmpy.CoordSys.SPH_DEG)
    grid.add_coords(staggerloc=corner)
    for place, lon, lat in ((centre, "lon", "lat"), (corner, "lon_b", "lat_b")):
        grid.get_coords(0, staggerloc=place)[...] = edges[lon].to_numpy()[:, None]
        grid.get_coords(1, staggerloc=place)[...] = edges[lat].to_numpy()[None]
    return grid

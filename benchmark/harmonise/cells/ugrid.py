"""Cells given as lists of their nodes: UGRID and MPAS."""

import numpy as np
import xarray as xr

from benchmark.errors import InputError
from benchmark.harmonise.cells.coordinates import degrees, is_named, units_of
from benchmark.harmonise.cells.settle import Cells
from benchmark.harmonise.cells.sphere import positions, unit_vectors

_MPAS = ("verticesOnCell", "latVertex", "lonVertex", "latCell", "lonCell")


def topology_of(data: xr.Dataset, values: xr.DataArray) -> str | None:
    """Return the UGRID mesh topology that a variable lies on.

    Parameters
    ----------
    data : xarray.Dataset
        The file.
    values : xarray.DataArray
        The variable; its attribute ``mesh``, else its dimensions decide.

    Returns
    -------
    str or None

    Examples
    --------
    >>> data = xr.Dataset({"m": ((), 0, {"cf_role": "mesh_topology"})})
    >>> topology_of(data, xr.DataArray([1.0], dims="face", attrs={"mesh": "m"}))
    'm'
    """
    found = [
        str(name)
        for name, array in data.variables.items()
        if array.attrs.get("cf_role") == "mesh_topology"
    ]
    stated = str(values.attrs.get("mesh", ""))
    if stated in found:
        return stated
    for name in found:
        if _face_dim(data, name) in values.dims or "location" in values.attrs:
            return name
    return None


def ugrid_cells(
    data: xr.Dataset, values: xr.DataArray, topology: str, where: str
) -> Cells:
    """Return the faces of a UGRID mesh.

    Parameters
    ----------
    data : xarray.Dataset
        The file.
    values : xarray.DataArray
        A variable with one value for each face.
    topology : str
        From `topology_of`.
    where : str
        File and variable, for messages.

    Returns
    -------
    Cells

    Raises
    ------
    InputError
        If values lie on nodes or edges, or the topology is incomplete.

    Notes
    -----
    UGRID 1.0, https://ugrid-conventions.github.io/ugrid-conventions.
    """
    attrs = data[topology].attrs
    location = str(values.attrs.get("location", "face"))
    face = _face_dim(data, topology)
    if location != "face" or face not in values.dims:
        place = location if location != "face" else f"dimensions {values.dims}"
        msg = (
            f"{where}: values lie on '{place}' of the mesh '{topology}'; expected "
            "values on its faces ('location: face'). Average nodes or edges to faces "
            "first."
        )
        raise InputError(msg)
    connectivity = data[str(attrs["face_node_connectivity"])].transpose(face, ...)
    nodes = _named_pair(data, str(attrs.get("node_coordinates", "")), topology, where)
    units, remark = units_of(data, *nodes)
    points = tuple(degrees(data, name, where, units) for name in nodes)
    start, counted = _start(connectivity, points[0].size)
    corner_lat, corner_lon = _at_nodes(connectivity, points, start, None, where)
    if "face_coordinates" in attrs:
        faces = _named_pair(data, str(attrs["face_coordinates"]), topology, where)
        middle = (
            degrees(data, faces[0], where, units),
            degrees(data, faces[1], where, units),
        )
    else:
        middle = _middles(corner_lat, corner_lon)
    return Cells(
        (face,),
        middle[0],
        middle[1],
        corner_lat,
        corner_lon,
        f"UGRID {len(corner_lat)}",
        tuple(text for text in (remark, counted) if text),
    )


def is_mpas(data: xr.Dataset, values: xr.DataArray) -> bool:
    """Tell whether a variable lies on the mesh of an MPAS file.

    Parameters
    ----------
    data : xarray.Dataset
        The file.
    values : xarray.DataArray
        The variable.

    Returns
    -------
    bool
    """
    return all(name in data.variables for name in _MPAS) and bool(
        set(values.dims) & {"nCells", "nVertices", "nEdges"}
    )


def mpas_cells(data: xr.Dataset, values: xr.DataArray, where: str) -> Cells:
    """Return the cells of an MPAS mesh, whose positions are in radians.

    Parameters
    ----------
    data : xarray.Dataset
        The file, with ``verticesOnCell`` (from 1, padded with 0).
    values : xarray.DataArray
        A variable along ``nCells``.
    where : str
        File and variable, for messages.

    Returns
    -------
    Cells

    Raises
    ------
    InputError
        If values lie on vertices or edges.

    Notes
    -----
    MPAS Mesh Specification 1.0: angles are in radians whether or not it says so.
    """
    if "nCells" not in values.dims:
        msg = (
            f"{where}: has dimensions {values.dims}; expected values on nCells. "
            "Average vertices or edges to cells first."
        )
        raise InputError(msg)
    vertex = tuple(degrees(data, name, where, "radian") for name in _MPAS[1:3])
    count = data["nEdgesOnCell"].to_numpy() if "nEdgesOnCell" in data else None
    connectivity = data["verticesOnCell"].transpose("nCells", ...)
    corner_lat, corner_lon = _at_nodes(connectivity, vertex, 1, count, where)
    lat, lon = (degrees(data, name, where, "radian") for name in _MPAS[3:])
    label = f"MPAS {lat.size}"
    return Cells(("nCells",), lat, lon, corner_lat, corner_lon, label)


def _face_dim(data: xr.Dataset, topology: str) -> str:
    attrs = data[topology].attrs
    connectivity = str(attrs.get("face_node_connectivity", ""))
    if connectivity not in data.variables:
        return ""
    stated = str(attrs.get("face_dimension", ""))
    dims = data[connectivity].dims
    return stated if stated in dims else str(dims[0])


def _named_pair(
    data: xr.Dataset, names: str, topology: str, where: str
) -> tuple[str, str]:
    """Return the latitude and the longitude among named variables."""
    listed = [name for name in names.split() if name in data.variables]
    pair = [
        next((n for n in listed if is_named(n, data[n].variable, kind)), "")
        for kind in ("latitude", "longitude")
    ]
    if not all(pair) and len(listed) == 2:
        # UGRID's own order is x, then y.
        pair = [
            next((n for n in listed if mark in n.lower()), other)
            for mark, other in (("lat", listed[1]), ("lon", listed[0]))
        ]
    if not all(pair):
        msg = (
            f"{where}: the mesh '{topology}' names coordinates '{names}'; expected "
            "latitude and longitude that are in the file."
        )
        raise InputError(msg)
    return pair[0], pair[1]


def _start(connectivity: xr.DataArray, nodes: int) -> tuple[int, str | None]:
    """Return the number of the first node, and what was inferred about it."""
    if "start_index" in connectivity.attrs:
        return int(connectivity.attrs["start_index"]), None
    index = connectivity.to_numpy()
    if float(np.nanmax(np.where(index > 10 * nodes, np.nan, index))) == nodes:
        return 1, f"{connectivity.name} has no start_index: nodes count from 1"
    return 0, None


def _at_nodes(
    connectivity: xr.DataArray,
    nodes: tuple[np.ndarray, ...],
    start: int,
    count: np.ndarray | None,
    where: str,
) -> tuple[np.ndarray, np.ndarray]:
    """Return positions of the nodes of each cell, NaN where it has no more."""
    lat, lon = nodes
    raw = connectivity.to_numpy()
    # Fill values decode to NaN; padding is also written as 0, -1 or a large number.
    index = np.where(np.isfinite(raw), raw, start - 1).astype(np.int64) - start
    valid = (index >= 0) & (index < lat.size)
    if count is not None:
        valid &= np.arange(index.shape[1])[None, :] < count[:, None]
    if index.ndim != 2 or not valid[:, :3].any():
        msg = (
            f"{where}: {connectivity.name} has shape {index.shape} and no three nodes "
            f"of {lat.size}; expected (cell, corner)."
        )
        raise InputError(msg)
    index = np.where(valid, index, 0)
    return np.where(valid, lat[index], np.nan), np.where(valid, lon[index], np.nan)


def _middles(lat: np.ndarray, lon: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the middle of the corners that are there."""
    vectors = unit_vectors(lat, lon)
    total = np.where(np.isfinite(vectors), vectors, 0.0).sum(axis=1)
    missing = ~np.isfinite(lat).any(axis=1)
    found = positions(total)
    return np.where(missing, np.nan, found[0]), np.where(missing, np.nan, found[1])

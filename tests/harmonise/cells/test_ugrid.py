"""Cells given as lists of nodes."""

from collections.abc import Callable

import numpy as np
import pytest
import xarray as xr

from benchmark.harmonise.cells.mesh import is_rectilinear
from benchmark.regrid.mesh import Mesh

Read = Callable[..., tuple[xr.DataArray, Mesh, list[str]]]
Areas = Callable[[Mesh], np.ndarray]
Refusal = Callable[..., str]

# Nodes: four on the equator, then the poles. Three octants of the north and a
# southern quarter of four nodes and two octants: 6 cells.
NODE_LAT = np.array([0.0, 0.0, 0.0, 0.0, 90.0, -90.0])
NODE_LON = np.array([0.0, 90.0, 180.0, 270.0, 0.0, 0.0])
FACES = [[0, 1, 4], [1, 2, 4], [2, 3, 4], [3, 0, 4], [0, 5, 2, 1], [2, 3, 5], [3, 0, 5]]
AREA = [1 / 8] * 4 + [1 / 4] + [1 / 8] * 2


def connectivity(start: int, fill: int) -> np.ndarray:
    """Return node numbers (face, 4), with a fill value where there are three."""
    return np.array(
        [[n + start for n in face] + [fill] * (4 - len(face)) for face in FACES]
    )


def ugrid(start: int | None, fill: int, *, declared: bool = True) -> xr.Dataset:
    """Return a file after UGRID 1.0."""
    attrs: dict[str, object] = {} if start is None else {"start_index": start}
    attrs |= {"_FillValue": np.int32(fill)} if declared else {}
    nodes = connectivity(1 if start is None else start, fill).astype("i4")
    on = {"mesh": "Mesh2", "location": "face"}
    topology = {
        "cf_role": "mesh_topology",
        "topology_dimension": 2,
        "node_coordinates": "Mesh2_node_x Mesh2_node_y",
        "face_node_connectivity": "Mesh2_face_nodes",
    }
    return xr.Dataset(
        {
            "gpp": (("time", "nFace"), np.arange(14.0).reshape(2, 7), on),
            "node": (("nNode",), np.ones(6), {**on, "location": "node"}),
            "Mesh2": ((), 0, topology),
            "Mesh2_face_nodes": (("nFace", "four"), nodes, attrs),
            "Mesh2_node_x": ("nNode", NODE_LON, {"standard_name": "longitude"}),
            "Mesh2_node_y": ("nNode", NODE_LAT, {"standard_name": "latitude"}),
        }
    )


@pytest.mark.parametrize(
    ("start", "fill", "declared"),
    [
        (0, -1, True),
        (1, 0, True),
        (1, -999, False),
        (0, 999999, False),
        (None, -1, True),
    ],
)
def test_faces(
    start: int | None, fill: int, declared: bool, mesh_of_file: Read, areas: Areas
) -> None:
    """Numbers from 0 or 1, and any padding, give the same faces."""
    values, mesh, remarks = mesh_of_file(ugrid(start, fill, declared=declared))
    np.testing.assert_allclose(areas(mesh), AREA, rtol=1e-9)
    assert values.dims == ("time", "cell")
    assert values.to_numpy()[1].tolist() == list(range(7, 14))
    assert ("nodes count from 1" in " ".join(remarks)) == (start is None)


def test_centres_of_faces(mesh_of_file: Read) -> None:
    """face_coordinates are used where there are any, else the middle of the nodes."""
    data = ugrid(0, -1)
    _, mesh, _ = mesh_of_file(data)
    assert mesh.lat[0] == pytest.approx(np.degrees(np.arctan(np.sqrt(0.5))))
    assert mesh.lon[0] == pytest.approx(45.0)
    data["Mesh2"].attrs["face_coordinates"] = "fx fy"
    data["fx"] = ("nFace", mesh.lon, {"units": "degrees_east"})
    data["fy"] = ("nFace", mesh.lat * 0.9, {"units": "degrees_north"})
    _, other, _ = mesh_of_file(data)
    assert other.lat == pytest.approx(mesh.lat * 0.9)


def test_nodes_are_refused(mesh_of_file: Read, refusal: Refusal) -> None:
    """Values on nodes have no area."""
    said = refusal(mesh_of_file, ugrid(0, -1), "node")
    assert "lie on 'node' of the mesh 'Mesh2'" in said
    data = ugrid(0, -1)
    assert not is_rectilinear(data, data["gpp"])


def test_nodes_that_are_not_there(mesh_of_file: Read, refusal: Refusal) -> None:
    """A mesh without its node coordinates is told by their names."""
    said = refusal(mesh_of_file, ugrid(0, -1).drop_vars("Mesh2_node_x"))
    assert "'Mesh2_node_x Mesh2_node_y'" in said


def mpas() -> xr.Dataset:
    """Return a file of MPAS, in radians without units."""
    centre_lat = [35.0, 35.0, 35.0, 35.0, -30.0, -35.0, -35.0]
    centre_lon = [45.0, 135.0, 225.0, 315.0, 90.0, 225.0, 315.0]
    return xr.Dataset(
        {
            "gpp": (("Time", "nCells"), np.ones((2, 7))),
            "on_edges": ("nEdges", np.ones(12)),
            "verticesOnCell": (("nCells", "maxEdges"), connectivity(1, 0)),
            "nEdgesOnCell": ("nCells", [len(face) for face in FACES]),
            "latVertex": ("nVertices", np.radians(NODE_LAT)),
            "lonVertex": ("nVertices", np.radians(NODE_LON)),
            "latCell": ("nCells", np.radians(centre_lat)),
            "lonCell": ("nCells", np.radians(centre_lon)),
        }
    )


def test_mpas(mesh_of_file: Read, areas: Areas) -> None:
    """MPAS cells have their corners by number from 1, radians, padded with 0."""
    values, mesh, _ = mesh_of_file(mpas())
    np.testing.assert_allclose(areas(mesh), AREA, rtol=1e-9)
    assert mesh.lat[0] == pytest.approx(35.0)
    assert values.dims == ("time", "cell")


def test_mpas_padding_that_repeats(mesh_of_file: Read, areas: Areas) -> None:
    """nEdgesOnCell says how many corners count, whatever follows them."""
    data = mpas()
    data["verticesOnCell"] = data["verticesOnCell"].where(data["verticesOnCell"] > 0, 2)
    _, mesh, _ = mesh_of_file(data)
    np.testing.assert_allclose(areas(mesh), AREA, rtol=1e-9)


def test_mpas_edges(mesh_of_file: Read, refusal: Refusal) -> None:
    """Values on edges are refused."""
    assert "nCells" in refusal(mesh_of_file, mpas(), "on_edges")

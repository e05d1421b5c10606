"""Cells of any shape in files as models write them."""

from collections.abc import Callable
from pathlib import Path

import dask.array
import numpy as np
import pytest
import xarray as xr

from benchmark.harmonise.cells.mesh import is_rectilinear, mesh_grid
from benchmark.readers.netcdf import open_grid
from benchmark.regrid.mesh import Mesh

Read = Callable[..., tuple[xr.DataArray, Mesh, list[str]]]
Areas = Callable[[Mesh], np.ndarray]
Refusal = Callable[..., str]

DEGREES = {
    "lat": {"standard_name": "latitude", "units": "degrees_north"},
    "lon": {"standard_name": "longitude", "units": "degrees_east"},
}


def tilted(lat: np.ndarray, lon: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return positions turned by 30 degrees about 0 E on the equator."""
    phi, lam = np.radians(lat), np.radians(lon)
    x, y = np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam)
    z, turn = np.sin(phi), np.radians(30.0)
    y, z = y * np.cos(turn) - z * np.sin(turn), y * np.sin(turn) + z * np.cos(turn)
    return np.degrees(np.arcsin(np.clip(z, -1, 1))), np.degrees(np.arctan2(y, x))


def ring(edges: np.ndarray, others: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the corners (y, x, 4) of boxes between edges."""
    low, high = edges[:-1, None], edges[1:, None]
    west, east = others[None, :-1], others[None, 1:]
    lat = np.stack(np.broadcast_arrays(low, low, high, high), axis=-1)
    lon = np.stack(np.broadcast_arrays(west, east, east, west), axis=-1)
    shape = (len(edges) - 1, len(others) - 1, 4)
    return np.broadcast_to(lat, shape), np.broadcast_to(lon, shape)


ROWS, COLUMNS = np.linspace(-90, 90, 10), np.linspace(0, 360, 13)
CENTRES = tilted(
    *np.meshgrid(
        (ROWS[1:] + ROWS[:-1]) / 2, (COLUMNS[1:] + COLUMNS[:-1]) / 2, indexing="ij"
    )
)
CORNERS = tilted(*ring(ROWS, COLUMNS))


def curvilinear(
    names: tuple[str, str] = ("lat", "lon"),
    bounds: tuple[str, str] | None = ("lat_bnds", "lon_bnds"),
    dims: tuple[str, str] = ("y", "x"),
    stated: bool = True,
) -> xr.Dataset:
    """Return a file on a whole globe of cells whose pole is tilted."""
    values = np.arange(2.0 * 9 * 12).reshape(2, 9, 12)
    data = xr.Dataset({"gpp": (("time", *dims), values)})
    for name, corner, short, centre, corners in zip(
        names, bounds or names, ("lat", "lon"), CENTRES, CORNERS, strict=True
    ):
        attrs = dict(DEGREES[short])
        if bounds:
            data[corner] = ((*dims, "vertices"), corners.copy())
            attrs |= {"bounds": corner} if stated else {}
        data[name] = (dims, centre.copy(), attrs)
    return data


@pytest.mark.parametrize(
    ("names", "bounds", "stated"),
    [
        (("lat", "lon"), ("lat_bnds", "lon_bnds"), True),
        (("latitude", "longitude"), ("vertices_latitude", "vertices_longitude"), True),
        (("nav_lat", "nav_lon"), ("bounds_lat", "bounds_lon"), False),
        (("TLAT", "TLONG"), ("lat_vertices", "lon_vertices"), False),
        (("plat", "plon"), ("p_corner_lat", "p_corner_lon"), False),
        (("yy", "xx"), ("yy_edges", "xx_edges"), True),
    ],
    ids=["CF", "CMIP6", "NEMO", "POP", "NorESM", "names of no model"],
)
def test_corners_under_every_name(
    names: tuple[str, str],
    bounds: tuple[str, str],
    stated: bool,
    mesh_of_file: Read,
    areas: Areas,
) -> None:
    """Corners are found by 'bounds' or by name, and the cells fill the sphere."""
    data = curvilinear(names, bounds, ("j", "i"), stated)
    values, mesh, remarks = mesh_of_file(data)
    assert values.dims == ("time", "cell")
    assert values.to_numpy().tolist() == np.arange(216.0).reshape(2, 108).tolist()
    # Area between parallels; edges are great circles: 1 % at 30 degrees a cell.
    assert areas(mesh).sum() == pytest.approx(1.0, abs=1e-9)
    assert remarks == []
    assert mesh.description == "curvilinear 9 x 12"


@pytest.mark.parametrize("offset", [-360.0, 0.0, 180.0, 360.0])
@pytest.mark.parametrize("backwards", [False, True])
def test_longitudes_and_orientation(
    offset: float, backwards: bool, mesh_of_file: Read, areas: Areas
) -> None:
    """Any offset of longitudes, and rings in either direction, are the same cells."""
    data = curvilinear()
    if offset == 180.0:
        data["lon_bnds"] = data["lon_bnds"] % 360.0
    else:
        data["lon"] = (data["lon"] + offset).assign_attrs(data["lon"].attrs)
    if backwards:
        for name in ("lat_bnds", "lon_bnds"):
            data[name] = data[name].isel(vertices=slice(None, None, -1))
    _, mesh, remarks = mesh_of_file(data)
    assert areas(mesh).sum() == pytest.approx(1.0, abs=1e-9)
    assert remarks == []


def test_corners_written_row_by_row(mesh_of_file: Read, areas: Areas) -> None:
    """SW, SE, NW, NE is a bow-tie: put in order, with a remark."""
    data = curvilinear()
    expected = areas(mesh_of_file(data)[1])
    for name in ("lat_bnds", "lon_bnds"):
        data[name] = data[name].isel(vertices=[0, 1, 3, 2])
    _, mesh, remarks = mesh_of_file(data)
    np.testing.assert_allclose(areas(mesh), expected, rtol=1e-9)
    assert "not in the order of a ring" in remarks[0]


def test_corners_between_columns(mesh_of_file: Read, areas: Areas) -> None:
    """A grid of corners with one more row and column gives the same cells."""
    data = curvilinear(bounds=None)
    lat, lon = tilted(*np.meshgrid(ROWS, COLUMNS, indexing="ij"))
    data["lat_b"] = (("y_b", "x_b"), lat)
    data["lon_b"] = (("y_b", "x_b"), lon)
    _, mesh, remarks = mesh_of_file(data)
    assert areas(mesh).sum() == pytest.approx(1.0, abs=1e-9)
    assert remarks == []


def test_centres_apart_from_their_corners(mesh_of_file: Read, refusal: Refusal) -> None:
    """Bounds of other cells are refused, with the place of the first."""
    data = curvilinear()
    data["lat_bnds"] = data["lat_bnds"].isel(y=slice(None, None, -1))
    said = refusal(mesh_of_file, data)
    assert "cells lie apart from their corners" in said
    assert "Correct the bounds, or remove them" in said


def test_fold_and_halo(mesh_of_file: Read, areas: Areas) -> None:
    """A folded row and halo columns are masked, and no area counts twice."""
    data = curvilinear()
    halo = data.isel(x=[10, 11, *range(12), 0, 1])
    # The last row once more, backwards, as at the fold of a tripolar grid.
    fold = halo.isel(y=[8], x=slice(None, None, -1))
    whole = xr.concat([halo, fold], "y", data_vars="all")
    whole["gpp"] = whole["gpp"].transpose("time", "y", "x")
    values, mesh, remarks = mesh_of_file(whole)
    assert mesh.size == 10 * 16
    assert areas(mesh).sum() == pytest.approx(1.0, abs=1e-9)
    assert int(values.isel(time=0).notnull().sum()) == 108
    assert sorted(values.isel(time=0).dropna("cell").to_numpy()) == list(range(108))
    assert "52 of 160 cells repeat others" in remarks[0]


def test_cells_without_a_position(mesh_of_file: Read, areas: Areas) -> None:
    """Cells whose centre or corners are missing are masked, not refused."""
    data = curvilinear()
    data["lat"][0, 0] = np.nan
    data["lon_bnds"][1, 1, 1:3] = np.nan
    values, mesh, remarks = mesh_of_file(data)
    assert values.isel(time=0).isnull().to_numpy().nonzero()[0].tolist() == [0, 13]
    assert (areas(mesh)[[0, 13]] == 0).all()
    assert "2 of 108 cells have no position" in remarks[0]


def test_lazy_stays_lazy(tmp_path: Path) -> None:
    """Chunks along time are kept, and no value is read."""
    path = tmp_path / "a.nc"
    data = curvilinear()
    data = xr.concat([data, data, data], "time", data_vars="minimal")
    data.to_netcdf(path)
    opened = open_grid([str(path)], time=False).chunk({"time": 2, "y": 3})
    values, _, _ = mesh_grid(opened, "gpp", "a.nc: gpp")
    assert isinstance(values.data, dask.array.Array)
    assert values.chunksizes == {"time": (2, 2, 2), "cell": (108,)}


def octahedron() -> tuple[np.ndarray, np.ndarray]:
    """Return the corners of eight octants."""
    lat = np.repeat([[0.0, 0.0, 90.0], [0.0, 0.0, -90.0]], 4, axis=0)
    west = np.tile([0.0, 90.0, 180.0, 270.0], 2)
    return lat, np.stack([west, west + 90.0, west], axis=1)


def octants(units: str = "degrees") -> dict[str, np.ndarray]:
    """Return centres and corners of octants."""
    lat, lon = octahedron()
    scale = np.pi / 180 if units == "radian" else 1.0
    centre = np.sign(lat.sum(axis=1)) * np.degrees(np.arctan(np.sqrt(0.5)))
    return {
        "lat": centre * scale,
        "lon": (lon[:, 0] + 45.0) * scale,
        "corner_lat": lat * scale,
        "corner_lon": lon * scale,
    }


@pytest.mark.parametrize("stated", [True, False])
def test_icon_in_radians(stated: bool, mesh_of_file: Read, areas: Areas) -> None:
    """ICON's clat and clat_vertices are in radians; corners need not repeat it."""
    part = octants("radian")
    units = {"units": "radian"}
    data = xr.Dataset(
        {
            "gpp": (("time", "ncells"), np.ones((2, 8)), {"coordinates": "clat clon"}),
            "clat": ("ncells", part["lat"], {"standard_name": "latitude", **units}),
            "clon": ("ncells", part["lon"], {"standard_name": "longitude", **units}),
            "clat_vertices": (("ncells", "nv"), part["corner_lat"]),
            "clon_vertices": (("ncells", "nv"), part["corner_lon"]),
        }
    )
    if stated:
        data["clat"].attrs["bounds"] = "clat_vertices"
        data["clon"].attrs["bounds"] = "clon_vertices"
        data["clat_vertices"].attrs = units
        data["clon_vertices"].attrs = units
    values, mesh, _ = mesh_of_file(data)
    np.testing.assert_allclose(areas(mesh), 1 / 8)
    assert values.dims == ("time", "cell")
    assert mesh.description == "unstructured 8"


def test_scrip(mesh_of_file: Read, areas: Areas) -> None:
    """SCRIP names and units are understood, and padded corners dropped."""
    part = octants()
    data = xr.Dataset({"gpp": ("grid_size", np.ones(8))})
    for axis in ("lat", "lon"):
        data[f"grid_center_{axis}"] = ("grid_size", part[axis], {"units": "degrees"})
        corners = part[f"corner_{axis}"]
        padded = np.column_stack([corners, np.full((8, 2), 1e36)])
        dims = ("grid_size", "grid_corners")
        data[f"grid_corner_{axis}"] = (dims, padded, {"units": "degrees"})
    _, mesh, _ = mesh_of_file(data)
    assert mesh.corner_lat.shape == (8, 5)
    np.testing.assert_allclose(areas(mesh), 1 / 8)


def test_grid_file_with_another_dimension(mesh_of_file: Read, areas: Areas) -> None:
    """Positions along a dimension of another name and the same length are taken."""
    part = octants()
    data = xr.Dataset({"gpp": (("time", "ncol"), np.arange(16.0).reshape(2, 8))})
    for axis in ("lat", "lon"):
        data[f"grid_center_{axis}"] = ("grid_size", part[axis], {"units": "degrees"})
        dims = ("grid_size", "grid_corners")
        data[f"grid_corner_{axis}"] = (dims, part[f"corner_{axis}"])
    values, mesh, remarks = mesh_of_file(data)
    np.testing.assert_allclose(areas(mesh), 1 / 8)
    assert values.dims == ("time", "cell")
    assert "'grid_size' are those of 'ncol': both have 8" in remarks[0]


def test_grid_file_of_other_cells(mesh_of_file: Read, refusal: Refusal) -> None:
    """Positions of another number of cells are not taken."""
    part = octants()
    data = xr.Dataset({"gpp": ("ncol", np.ones(7))})
    for axis in ("lat", "lon"):
        data[f"grid_center_{axis}"] = ("grid_size", part[axis], {"units": "degrees"})
    assert "no latitude and longitude" in refusal(mesh_of_file, data)


@pytest.mark.parametrize("fill", [np.nan, -999.0, 9.96921e36])
def test_generic_bounds(fill: float, mesh_of_file: Read, areas: Areas) -> None:
    """lat_bnds (ncells, nv) with any fill value in the middle is understood."""
    part = octants()
    data = xr.Dataset({"gpp": ("ncells", np.ones(8))})
    for axis in ("lat", "lon"):
        data[axis] = ("ncells", part[axis], DEGREES[axis])
        corners = np.insert(part[f"corner_{axis}"], 1, fill, axis=1)
        data[f"{axis}_bnds"] = (("ncells", "nv"), corners)
    _, mesh, _ = mesh_of_file(data)
    np.testing.assert_allclose(areas(mesh), 1 / 8)


def test_no_corners(mesh_of_file: Read, refusal: Refusal) -> None:
    """Centres alone are refused with the line to write."""
    part = octants()
    data = xr.Dataset({"gpp": ("ncells", np.ones(8))})
    for axis in ("lat", "lon"):
        data[axis] = ("ncells", part[axis], DEGREES[axis])
    said = refusal(mesh_of_file, data)
    assert "8 cells along 'ncells' have centres but no corners" in said
    assert "grid: {files: " in said
    assert "grid: {cells: voronoi}" in said


def test_voronoi_on_request(mesh_of_file: Read, areas: Areas) -> None:
    """Voronoi cells of the octants' centres are faces of a cube: one eighth each."""
    part = octants()
    data = xr.Dataset({"gpp": ("ncells", np.ones(8))})
    for axis in ("lat", "lon"):
        data[axis] = ("ncells", part[axis], DEGREES[axis])
    _, mesh, remarks = mesh_of_file(data, cells="voronoi")
    np.testing.assert_allclose(areas(mesh), 1 / 8, rtol=1e-9)
    assert "Voronoi" in remarks[0]


def test_nothing_at_all(mesh_of_file: Read, refusal: Refusal) -> None:
    """Without coordinates the dimensions are named, and what to write."""
    data = xr.Dataset({"gpp": (("sgrid", "20"), np.ones((25, 20)))})
    said = refusal(mesh_of_file, data)
    assert "(sgrid: 25, 20: 20)" in said
    assert "grid: {files: " in said
    assert not is_rectilinear(data, data["gpp"])


def test_metres_without_a_projection(mesh_of_file: Read, refusal: Refusal) -> None:
    """Coordinates in metres are not latitudes: their units are told."""
    data = curvilinear()
    data["lat"].attrs = {"standard_name": "latitude", "units": "m"}
    assert "units 'm'" in refusal(mesh_of_file, data)


def test_radians_without_units(mesh_of_file: Read, areas: Areas) -> None:
    """Centres that go once round in radians are radians, with a remark."""
    data = curvilinear(("lat", "lon"), ("lat_bnds", "lon_bnds"))
    for name in ("lat", "lon", "lat_bnds", "lon_bnds"):
        data[name] = np.radians(data[name]).drop_attrs()
    _, mesh, remarks = mesh_of_file(data)
    assert areas(mesh).sum() == pytest.approx(1.0, abs=1e-9)
    assert "taken as radians" in remarks[0]


def test_wrf_coordinates_with_time(mesh_of_file: Read, refusal: Refusal) -> None:
    """XLAT (Time, y, x) of a grid at rest is taken once; a moving one is refused."""
    data = curvilinear(bounds=None).isel(y=slice(2, 6), x=slice(0, 4))
    data = data.rename(time="Time")
    for new, old in (("XLAT", "lat"), ("XLONG", "lon")):
        units = {"units": f"degree_{'north' if old == 'lat' else 'east'}"}
        repeated = np.stack([data[old].to_numpy()] * 2)
        data = data.drop_vars(old).assign({new: (("Time", "y", "x"), repeated, units)})
    _, mesh, _ = mesh_of_file(data)
    assert mesh.size == 16
    data["XLAT"][1] += 1.0
    assert "changes along time" in refusal(mesh_of_file, data)

"""Grids that are regular around another pole, or in metres."""

from collections.abc import Callable

import numpy as np
import pytest
import xarray as xr
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmark.harmonise.cells.mesh import is_rectilinear
from benchmark.harmonise.cells.rotated_pole import turned_back
from benchmark.regrid.mesh import Mesh

Read = Callable[..., tuple[xr.DataArray, Mesh, list[str]]]
Areas = Callable[[Mesh], np.ndarray]
Refusal = Callable[..., str]

# The pole of EURO-CORDEX.
POLE = {"grid_north_pole_latitude": 39.25, "grid_north_pole_longitude": -162.0}


def rotated(
    rlat: np.ndarray, rlon: np.ndarray, pole: dict[str, float] = POLE
) -> xr.Dataset:
    """Return a file on a rotated grid, without latitude and longitude."""
    mapping = {"grid_mapping_name": "rotated_latitude_longitude", **pole}
    values = np.ones((2, rlat.size, rlon.size))
    return xr.Dataset(
        {
            "gpp": (("time", "rlat", "rlon"), values, {"grid_mapping": "rp"}),
            "rp": ((), 0, mapping),
        },
        coords={
            "rlat": ("rlat", rlat, {"standard_name": "grid_latitude"}),
            "rlon": ("rlon", rlon, {"standard_name": "grid_longitude"}),
        },
    )


def cap(south: float, north: float, width: float) -> float:
    """Return the area between two parallels, as a part of the sphere."""
    south, north = np.sin(np.radians([south, north]))
    return float((north - south) / 2 * width / 360)


@pytest.mark.parametrize("step", [0.44, 2.0, 5.0])
def test_area_is_that_of_the_unrotated_cells(
    step: float, mesh_of_file: Read, areas: Areas
) -> None:
    """A rotation keeps areas: those between rotated parallels, to 1e-6."""
    rlat, rlon = 50.0 + step * np.arange(4), -10.0 + step * np.arange(3)
    values, mesh, remarks = mesh_of_file(rotated(rlat, rlon))
    assert values.dims == ("time", "cell")
    expected = [cap(lat - step / 2, lat + step / 2, step) for lat in rlat]
    np.testing.assert_allclose(areas(mesh), np.repeat(expected, 3), rtol=1e-6)
    assert "'rp'" in remarks[0]


def test_edges_by_bounds(mesh_of_file: Read, areas: Areas) -> None:
    """Bounds of rows and columns are used where the file has them."""
    data = rotated(np.array([1.0, 4.0]), np.array([0.0, 2.0]))
    data["rlat"].attrs["bounds"] = "rlat_bnds"
    data["rlat_bnds"] = (("rlat", "bnds"), [[0.0, 2.0], [2.0, 6.0]])
    _, mesh, _ = mesh_of_file(data)
    expected = [cap(0, 2, 2), cap(0, 2, 2), cap(2, 6, 2), cap(2, 6, 2)]
    np.testing.assert_allclose(areas(mesh), expected, rtol=2e-6)


def test_known_places() -> None:
    """The rotated origin lies a right angle from the pole, on its far meridian."""
    lat, lon = turned_back(np.zeros(1), np.zeros(1), POLE, "a.nc")
    assert (lat[0], lon[0]) == pytest.approx((90 - 39.25, 180 - 162))
    lat, lon = turned_back(np.array([90.0]), np.zeros(1), POLE, "a.nc")
    assert (lat[0], lon[0]) == pytest.approx((39.25, -162.0))


def test_turned_meridian() -> None:
    """north_pole_grid_longitude is where the true pole lies in the rotated grid."""
    pole = {**POLE, "north_pole_grid_longitude": 30.0}
    lat, _ = turned_back(np.array([39.25]), np.array([30.0]), pole, "a.nc")
    assert lat[0] == pytest.approx(90.0)


@settings(max_examples=50)
@given(
    lat=st.floats(-89, 89),
    lon=st.floats(-180, 180),
    pole=st.floats(-90, 90),
    meridian=st.floats(-360, 360),
)
def test_round_trip(lat: float, lon: float, pole: float, meridian: float) -> None:
    """Rotating about the same pole forwards, by a matrix, undoes it."""
    attrs = {"grid_north_pole_latitude": pole, "grid_north_pole_longitude": meridian}
    true = turned_back(np.array([lat]), np.array([lon]), attrs, "a.nc")
    phi, lam = np.radians(true[0][0]), np.radians(true[1][0])
    place = [np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi)]
    p, q = np.radians(pole), np.radians(meridian)
    up = [np.cos(p) * np.cos(q), np.cos(p) * np.sin(q), np.sin(p)]
    # The axis towards grid longitude 0 points from the pole over the true pole on.
    zero = [-np.sin(p) * np.cos(q), -np.sin(p) * np.sin(q), np.cos(p)]
    east = np.cross(up, zero)
    b = np.degrees(
        np.arctan2(
            np.dot(up, place), np.hypot(*(np.dot(a, place) for a in (zero, east)))
        )
    )
    ahead = np.degrees(np.arctan2(np.dot(east, place), np.dot(zero, place)))
    assert b == pytest.approx(lat, abs=1e-6)
    assert abs((ahead - lon + 180) % 360 - 180) * np.cos(np.radians(lat)) < 1e-6


def test_latitude_and_longitude_that_agree(mesh_of_file: Read) -> None:
    """Two-dimensional centres of the same cells change nothing."""
    data = rotated(np.arange(0.0, 4), np.arange(0.0, 5))
    grid = np.meshgrid(data["rlat"], data["rlon"], indexing="ij")
    lat, lon = turned_back(grid[0], grid[1], POLE, "a.nc")
    data["lat"] = (("rlat", "rlon"), lat, {"units": "degrees_north"})
    data["lon"] = (("rlat", "rlon"), lon % 360, {"units": "degrees_east"})
    _, mesh, remarks = mesh_of_file(data)
    assert mesh.description == "rotated pole 4 x 5"
    assert len(remarks) == 1


def test_latitude_and_longitude_that_disagree(mesh_of_file: Read) -> None:
    """A wrong pole is not believed against latitude and longitude, and is told."""
    data = rotated(np.arange(0.0, 4), np.arange(0.0, 5))
    grid = np.meshgrid(data["rlat"], data["rlon"], indexing="ij")
    lat, lon = turned_back(
        grid[0], grid[1], {**POLE, "grid_north_pole_latitude": 45.0}, "a"
    )
    data["lat"] = (("rlat", "rlon"), lat, {"units": "degrees_north"})
    data["lon"] = (("rlat", "rlon"), lon, {"units": "degrees_east"})
    _, mesh, remarks = mesh_of_file(data)
    assert mesh.description == "curvilinear 4 x 5"
    assert "elsewhere" in remarks[-1]
    np.testing.assert_allclose(mesh.lat, lat.ravel(), atol=1e-9)


def test_pole_that_is_not_stated(mesh_of_file: Read, refusal: Refusal) -> None:
    """Without the place of the pole the attribute to write is named."""
    said = refusal(mesh_of_file, rotated(np.arange(3.0), np.arange(3.0), {}))
    assert "grid_north_pole_latitude" in said


def projected(x: np.ndarray, y: np.ndarray, units: str, attrs: dict) -> xr.Dataset:
    """Return a file on rows and columns in metres."""
    return xr.Dataset(
        {
            "gpp": (("y", "x"), np.ones((y.size, x.size)), {"grid_mapping": "crs"}),
            "crs": ((), 0, attrs),
        },
        coords={"x": ("x", x, {"units": units}), "y": ("y", y, {"units": units})},
    )


LAEA = {
    "grid_mapping_name": "lambert_azimuthal_equal_area",
    "latitude_of_projection_origin": 90.0,
    "longitude_of_projection_origin": 0.0,
    "false_easting": 0.0,
    "false_northing": 0.0,
    "earth_radius": 6371000.0,
}


@pytest.mark.parametrize(("units", "metres"), [("m", 1.0), ("km", 1e3)])
def test_equal_area_projection(
    units: str, metres: float, mesh_of_file: Read, areas: Areas
) -> None:
    """Cells of 100 km in an equal-area projection are 1e10 m2, over the pole too."""
    pytest.importorskip("pyproj", reason="projections are an optional extra")
    axis = np.arange(-2, 3) * 1e5 / metres
    _, mesh, _ = mesh_of_file(projected(axis, axis[::-1], units, LAEA))
    sphere = 4 * np.pi * 6.371e6**2
    np.testing.assert_allclose(areas(mesh) * sphere, 1e10, rtol=1e-4)
    assert mesh.lat[12] == pytest.approx(90.0)


def test_projection_by_code(mesh_of_file: Read) -> None:
    """EPSG:3413 has the pole at x = y = 0, and 45 W along negative y."""
    pytest.importorskip("pyproj", reason="projections are an optional extra")
    axis = np.array([-1e6, 0.0, 1e6])
    data = projected(axis, axis, "m", {"crs_wkt": "EPSG:3413"})
    _, mesh, _ = mesh_of_file(data)
    assert mesh.lat[4] == pytest.approx(90.0)
    assert mesh.lon[1] == pytest.approx(-45.0)
    assert not is_rectilinear(data, data["gpp"])


def test_projection_not_understood(mesh_of_file: Read, refusal: Refusal) -> None:
    """An unknown projection is named, and what is expected."""
    pytest.importorskip("pyproj", reason="projections are an optional extra")
    axis = np.array([-1e6, 0.0, 1e6])
    said = refusal(
        mesh_of_file, projected(axis, axis, "m", {"grid_mapping_name": "my_own"})
    )
    assert "'my_own'" in said
    said = refusal(mesh_of_file, projected(axis, axis, "miles", LAEA))
    assert "'miles'" in said


def test_without_pyproj(
    mesh_of_file: Read, refusal: Refusal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where pyproj is absent the message says how to install it."""
    monkeypatch.setitem(__import__("sys").modules, "pyproj", None)
    axis = np.array([-1e6, 0.0, 1e6])
    said = refusal(mesh_of_file, projected(axis, axis, "m", LAEA))
    assert "permabench[projections]" in said

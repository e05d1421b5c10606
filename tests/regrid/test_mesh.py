import numpy as np
import pytest
import xarray as xr

from benchmark.errors import InputError
from benchmark.regrid import (
    Mesh,
    build_conservative,
    grid_of,
    has_mesh,
    horizontal,
    mesh_of,
    regrid,
    same_grid,
    with_mesh,
)

LAT, LON = np.array([[0.0, 0.0, 10.0]]), np.array([[0.0, 10.0, 0.0]])


def triangle(lat=LAT, lon=LON):
    return Mesh(np.array([3.0]), np.array([3.0]), lat, lon)


def test_field_carries_its_mesh():
    """A field remembers its mesh through arithmetic and selection of leading dims."""
    mesh = triangle()
    field = with_mesh(xr.DataArray([[1.0]], dims=("time", "cell")), mesh, np.ones(1))
    assert has_mesh(field)
    assert mesh_of((2 * field).isel(time=0)) is mesh
    assert horizontal(field) == ("cell",)


def test_meshes_are_equal_if_their_corners_are():
    """Whole turns of longitude do not tell meshes apart; positions do."""
    assert triangle() == triangle(lon=LON + 360.0)
    assert triangle() != triangle(lat=LAT + 1e-6)


@pytest.mark.parametrize(
    ("lat", "lon", "message"),
    [
        (LAT[:, :2], LON[:, :2], "three or more"),
        (LAT[:, :2], LON, "expected"),
        (LAT * np.nan, LON, "cell 0"),
        (LAT + 85.0, LON, "within -90..90"),
    ],
)
def test_corners_that_are_no_cells_are_refused(lat, lon, message):
    """Too few corners, sizes that differ and latitudes beyond the poles are errors."""
    with pytest.raises(InputError, match=message):
        triangle(lat, lon)


def test_field_of_another_size_is_refused():
    """A mesh is not attached to a field with another number of cells."""
    with pytest.raises(InputError, match="length 1"):
        with_mesh(xr.DataArray(np.zeros(2), dims="cell"), triangle(), np.ones(2))


def test_a_mesh_is_no_latitude_longitude_grid(coarse, on_mesh):
    """What needs parallels and meridians says what to do with a mesh."""
    field = on_mesh(np.ones(1), triangle())
    assert not same_grid(field, field)
    assert not same_grid(field, coarse)
    for call in (
        lambda: grid_of(field),
        lambda: build_conservative(field, coarse),
        lambda: regrid(field, coarse, method="conservative"),
    ):
        with pytest.raises(InputError, match=r"mesh .*Regrid it first"):
            call()

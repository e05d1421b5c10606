"""Datasets and what harmonising makes of them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import xarray as xr

from benchmark.config.descriptors import VariableSource
from benchmark.errors import InputError
from benchmark.harmonise.cells.mesh import mesh_grid
from benchmark.harmonise.field import harmonise_field
from benchmark.harmonise.harmonised import Harmonised
from benchmark.harmonise.variables import VARIABLES
from benchmark.readers.netcdf import open_grid
from benchmark.regrid.mesh import Mesh


def harmonise_dataset(
    data: xr.Dataset,
    variable: str = "gpp",
    areas: dict[str, xr.DataArray] | None = None,
    **source: Any,
) -> Harmonised:
    """Harmonise a dataset with these entries of the configuration."""
    data = data.assign_attrs(files=["a.nc"])
    entry = VariableSource(files=("a.nc",), **source)
    return harmonise_field(data, entry, VARIABLES[variable], **(areas or {}))


@pytest.fixture
def harmonise() -> Callable[..., Harmonised]:
    """Give `harmonise_dataset`."""
    return harmonise_dataset


@pytest.fixture
def ones(gridded: Callable[..., Any]) -> Callable[..., Any]:
    """Give a year of ones under any name, units and attributes."""

    def make(name: str = "gpp", units: str | None = "kg m-2 s-1", **attrs: str) -> Any:
        data = gridded(np.ones((12, 10, 72)), name=name, units=units)
        data[name].attrs.update(attrs)
        return data

    return make


@pytest.fixture
def refusal() -> Callable[..., str]:
    """Give a function that calls another and returns its one-line refusal."""

    def refused(function: Callable[..., object], *args: Any, **kwargs: Any) -> str:
        with pytest.raises(InputError) as caught:
            function(*args, **kwargs)
        assert "\n" not in str(caught.value)
        return str(caught.value)

    return refused


def polygon_areas(mesh: Mesh) -> np.ndarray:
    """Return areas of cells as parts of the sphere, by the triangles of L'Huilier.

    tan(E/4)^2 = tan(s/2) tan((s-a)/2) tan((s-b)/2) tan((s-c)/2), with the sides
    by haversines: nothing of the package is used. Triangles have the middle of
    the corners as apex, so that cells have to be seen whole from there.
    """
    lat, lon = np.radians(mesh.corner_lat), np.radians(mesh.corner_lon)
    place = np.stack(
        [np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)]
    )
    x, y, z = place.mean(axis=2)
    apex = np.arctan2(z, np.hypot(x, y))[:, None], np.arctan2(y, x)[:, None]
    following = np.roll(lat, -1, axis=1), np.roll(lon, -1, axis=1)
    one = distance(lat, lon, *following)
    two, three = distance(lat, lon, *apex), distance(*following, *apex)
    half = (one + two + three) / 2
    product = np.tan(half / 2)
    for side in (one, two, three):
        product = product * np.tan(np.maximum(half - side, 0.0) / 2)
    excess = 4 * np.arctan(np.sqrt(np.maximum(product, 0.0)))
    return excess.sum(axis=1) / (4 * np.pi)


def distance(
    lat: np.ndarray, lon: np.ndarray, other_lat: np.ndarray, other_lon: np.ndarray
) -> np.ndarray:
    """Return distances on the unit sphere of positions in radians."""
    height = np.sin((other_lat - lat) / 2) ** 2
    width = np.sin((other_lon - lon) / 2) ** 2
    part = height + np.cos(lat) * np.cos(other_lat) * width
    return 2 * np.arcsin(np.sqrt(np.clip(part, 0.0, 1.0)))


@pytest.fixture(scope="session")
def areas() -> Callable[[Mesh], np.ndarray]:
    """Give `polygon_areas`."""
    return polygon_areas


@pytest.fixture
def mesh_of_file(tmp_path: Path) -> Callable[..., tuple[xr.DataArray, Mesh, list[str]]]:
    """Give a function that writes a file and reads a variable's cells from it."""

    def read(
        data: xr.Dataset, name: str = "gpp", **options: Any
    ) -> tuple[xr.DataArray, Mesh, list[str]]:
        path = tmp_path / "grid.nc"
        data.to_netcdf(path, engine="netcdf4")
        return mesh_grid(
            open_grid([str(path)], time=False), name, f"{path}: {name}", **options
        )

    return read

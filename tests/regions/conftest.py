"""Grids for the tests of regions."""

from collections.abc import Callable

import numpy as np
import pytest
import xarray as xr

RADIUS_KM = 6371.0


def make_grid(lat_edges: np.ndarray, lon_edges: np.ndarray) -> xr.Dataset:
    """Rectilinear grid from cell edges, with cell_area in million km2."""

    def pairs(edges: np.ndarray) -> np.ndarray:
        return np.column_stack([edges[:-1], edges[1:]])

    height = np.abs(np.diff(np.sin(np.radians(lat_edges))))
    width = np.radians(np.abs(np.diff(lon_edges)))
    return xr.Dataset(
        coords={
            "lat": (lat_edges[1:] + lat_edges[:-1]) / 2,
            "lon": (lon_edges[1:] + lon_edges[:-1]) / 2,
            "lat_bnds": (("lat", "bnds"), pairs(lat_edges)),
            "lon_bnds": (("lon", "bnds"), pairs(lon_edges)),
            "cell_area": (
                ("lat", "lon"),
                RADIUS_KM**2 / 1e6 * height[:, None] * width[None, :],
            ),
        }
    )


@pytest.fixture
def grid() -> Callable[..., xr.Dataset]:
    """Make a global grid of a given step, first longitude and direction."""

    def make(step: float, west: float = -180.0, *, north_first: bool = False):
        lat = np.linspace(-90, 90, round(180 / step) + 1)
        lon = west + np.linspace(0, 360, round(360 / step) + 1)
        return make_grid(lat[::-1] if north_first else lat, lon)

    return make


@pytest.fixture
def regional() -> Callable[[np.ndarray, np.ndarray], xr.Dataset]:
    """Make a grid from its edges."""
    return make_grid

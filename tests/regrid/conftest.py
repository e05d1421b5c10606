"""Small grids for the regridding tests."""

import numpy as np
import pytest
import xarray as xr


def grid_from_edges(lat_edges, lon_edges, *, descending=False, flip=False, wrap=False):
    """Build a grid; optionally upside down, with pairs swapped, lon in 0..360."""
    lat_edges, lon_edges = np.asarray(lat_edges, float), np.asarray(lon_edges, float)
    lat_bnds = np.column_stack([lat_edges[:-1], lat_edges[1:]])
    lon_bnds = np.column_stack([lon_edges[:-1], lon_edges[1:]])
    lat, lon = lat_bnds.mean(axis=1), lon_bnds.mean(axis=1)
    if descending:
        lat, lat_bnds = lat[::-1], lat_bnds[::-1]
    if wrap and np.ptp(lon_edges) < 360 and lon.size > 0:
        lon_bnds = lon_bnds % 360.0
    if flip:
        lat_bnds, lon_bnds = lat_bnds[:, ::-1], lon_bnds[:, ::-1]
    return xr.Dataset(
        coords={
            "lat": lat,
            "lon": lon,
            "lat_bnds": (("lat", "bnds"), lat_bnds),
            "lon_bnds": (("lon", "bnds"), lon_bnds),
        }
    )


def regular_grid(step, west=-180.0):
    """Build a global grid of `step` degrees."""
    return grid_from_edges(
        np.linspace(-90, 90, round(180 / step) + 1),
        np.linspace(west, west + 360, round(360 / step) + 1),
    )


def pole_centred_grid(n_lat=13, n_lon=18):
    """Build a grid like CESM's: rows on both poles, half as high as the others."""
    lat = np.linspace(-90, 90, n_lat)
    step = 360 / n_lon
    return grid_from_edges(
        np.concatenate([[-90], (lat[1:] + lat[:-1]) / 2, [90]]),
        np.arange(n_lon + 1) * step - step / 2,
    )


@pytest.fixture(scope="session")
def make_grid():
    return grid_from_edges


@pytest.fixture(scope="session")
def regular():
    return regular_grid


@pytest.fixture(scope="session")
def pole_centred():
    return pole_centred_grid


@pytest.fixture(scope="session")
def make_field():
    """Return a function that puts values and land fractions on a grid."""
    from benchmark.regrid import with_cell_edges

    def make(values, grid, land_fraction=None, **attrs):
        values = values if hasattr(values, "dask") else np.asarray(values)
        dims = ("time", "lat", "lon")[3 - values.ndim :]
        field = xr.DataArray(values, dims=dims, name="gpp", attrs=attrs)
        field = field.assign_coords(lat=grid["lat"], lon=grid["lon"])
        if land_fraction is not None:
            fraction = (("lat", "lon"), land_fraction)
            field = field.assign_coords(land_fraction=fraction)
        return with_cell_edges(field, grid)

    return make


@pytest.fixture(scope="session")
def total():
    """Return a function that integrates a regridded field over the target."""

    def integrate(result):
        mass = result["value"] * result["valid_fraction"] * result["cell_area"]
        return mass.sum(("lat", "lon"))

    return integrate


@pytest.fixture
def fine(regular):
    return regular(5.0)


@pytest.fixture
def coarse(regular):
    return regular(20.0, 0.0)


@pytest.fixture
def coast():
    """Land fractions (36, 72) with whole, part and no land."""
    rng = np.random.default_rng(7)
    land = np.clip(rng.normal(0.3, 0.6, (36, 72)), 0.0, 1.0)
    land[:, 20:45] = 0.0
    return land


@pytest.fixture
def masked(fine, coast, make_field):
    """A land field (5, 36, 72), NaN on the ocean, in float64."""
    rng = np.random.default_rng(8)
    values = rng.normal(3.0, 1.0, (5, 36, 72))
    return make_field(np.where(coast > 0, values, np.nan), fine, coast, units="kg m-2")

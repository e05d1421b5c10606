"""What is taken of a model at sites: their cells, and nothing else of it."""

import dask.array as da
import numpy as np
import pytest
import xarray as xr

from benchmark.regions import Regions, box
from benchmark.regions.shipped import shipped
from benchmark.regrid import NOWHERE
from benchmark.regrid.grid import EARTH_RADIUS
from benchmark.score.represented import Land
from benchmark.score.site_cells import at_cells, at_sites, distinct


def field_of(values: object) -> xr.DataArray:
    """Return a field of two rows and three columns; the last cell has no land."""
    land = np.array([[1.0, 0.5, 1.0], [1.0, 1.0, 0.0]])
    return xr.DataArray(
        values,
        dims=("time", "lat", "lon"),
        coords={"land_fraction": (("lat", "lon"), land)},
        attrs={"units": "kg m-2 s-1"},
    )


def test_cells_are_picked_lazily() -> None:
    """Chunks without sites are never computed."""

    def block(block_info: dict | None = None) -> np.ndarray:
        place = block_info[None]["chunk-location"]
        if place[1] == 0:
            msg = "a chunk without sites was read"
            raise AssertionError(msg)
        return np.full((4, 1, 3), 7.0)

    values = da.map_blocks(
        block, chunks=((4,), (1, 1), (3,)), dtype=float, meta=np.array((), float)
    )
    picked = at_cells(field_of(values), np.array([3, 5]))
    assert isinstance(picked.data, da.Array)
    found = picked.compute()
    assert found.dims == ("time", "place")
    np.testing.assert_array_equal(found[0], [7.0, np.nan])
    assert picked.attrs == {"units": "kg m-2 s-1"}


def test_values_of_distinct_cells_go_back_to_their_sites() -> None:
    """Sites of one cell share its values; one off the grid has none."""
    cell = np.array([4, NOWHERE, 1, 4])
    assert distinct(cell).tolist() == [1, 4]
    values = np.arange(12.0).reshape(2, 2, 3)
    found = at_sites(at_cells(field_of(values), distinct(cell)), cell)
    np.testing.assert_array_equal(found, [[4, np.nan, 1, 4], [10, np.nan, 7, 10]])


def test_share_of_land_near_sites_by_plain_distances() -> None:
    """Half-degree cells with a climate class, by the haversine of their middles."""
    region = box("north", lat=(60.0, 70.0), lon=(-160.0, -140.0))
    lat, lon = np.array([65.0, 68.2]), np.array([-150.0, -141.0])
    with xr.open_dataset(shipped("regions", "biomes_koeppen.nc")) as data:
        part = data["biome"].sel(lat=slice(60, 70), lon=slice(-160, -140))
        inside = part.notnull().to_numpy()
        rows, columns = np.meshgrid(part["lat"], part["lon"], indexing="ij")
    near = np.zeros(rows.shape, dtype=bool)
    for south, west in zip(lat, lon, strict=True):
        a = np.sin(np.radians(rows - south) / 2) ** 2
        b = np.sin(np.radians(columns - west) / 2) ** 2
        b *= np.cos(np.radians(rows)) * np.cos(np.radians(south))
        near |= 2 * EARTH_RADIUS * np.arcsin(np.sqrt(a + b)) <= 100e3
    area = np.cos(np.radians(rows)) * inside
    land = Land(Regions("one", (region,)))
    expected = (area * near).sum() / area.sum()
    assert 0.01 < expected < 0.2
    assert land.represented("north", lat, lon) == pytest.approx(expected, rel=1e-4)
    assert land.represented("north", lat[:0], lon[:0]) == 0.0
    assert land.represented("north", lat, lon, radius=5000) == pytest.approx(1.0)

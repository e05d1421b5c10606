import dask.array
import numpy as np
import pytest
import xarray as xr

from benchmark.regrid import field as field_module
from benchmark.regrid import regrid

RNG = np.random.default_rng(7)


@pytest.mark.parametrize("chunks", [{"time": 2}, {"time": 3, "lat": 10, "lon": 7}])
@pytest.mark.parametrize("varying", [False, True])
def test_lazy_in_lazy_out(masked, coarse, chunks, varying):
    """A dask field gives dask results, equal to those in memory."""
    if varying:
        masked = masked.where(RNG.random(masked.shape) > 0.3)
    lazy = regrid(masked.chunk(chunks), coarse)
    assert isinstance(lazy["value"].data, dask.array.Array)
    assert isinstance(lazy["valid_fraction"].data, dask.array.Array)
    assert lazy["value"].chunksizes["time"] == masked.chunk(chunks).chunksizes["time"]
    direct = regrid(masked, coarse)
    fraction = direct["valid_fraction"].broadcast_like(direct["value"])
    expected = direct.assign(valid_fraction=fraction).transpose(
        "time", "lat", "lon", ...
    )
    xr.testing.assert_allclose(lazy.compute(), expected, rtol=1e-12)


def test_regridding_computes_nothing(fine, coarse, make_field):
    """Building the lazy result does not read the field."""

    def fail(block):
        raise AssertionError

    blocks = dask.array.zeros((4, 36, 72), chunks=(1, 36, 72))
    lazy = blocks.map_blocks(fail, dtype="float32", meta=np.zeros((0, 0, 0), "float32"))
    assert regrid(make_field(lazy, fine), coarse)["value"].shape == (4, 9, 18)


def test_joined_chunks_stay_small(fine, coarse, make_field, monkeypatch):
    """Joining horizontal chunks cuts time so that a chunk stays bounded."""
    monkeypatch.setattr(field_module, "CHUNK_BYTES", 10 * 36 * 72 * 8)
    values = dask.array.ones((40, 36, 72), chunks=(40, 6, 72))
    result = regrid(make_field(values, fine), coarse)["value"]
    assert max(result.chunksizes["time"]) <= 10
    np.testing.assert_allclose(result, 1.0, rtol=1e-14)


def test_calendar_coordinates_along_time_do_not_matter() -> None:
    """A lazy field with year and month along its cut time is regridded."""
    edges = np.linspace(0.0, 40.0, 5)
    pairs = np.column_stack([edges[:-1], edges[1:]])
    grid = xr.Dataset(
        coords={
            "lat_bnds": (("lat", "bnds"), [[-10.0, 10.0]]),
            "lon_bnds": (("lon", "bnds"), pairs),
        }
    )
    field = xr.DataArray(
        np.ones((5, 1, 4)), dims=("time", "lat", "lon"), coords={"lat": [0.0]}
    )
    field = field.assign_coords(year=("time", np.arange(5))).chunk(time=2)
    field = field.assign_coords(month=("time", np.arange(5)))
    result = regrid(field, grid, source=grid)["value"]
    assert float(result.min()) == float(result.max()) == 1.0

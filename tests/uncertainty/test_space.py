"""Maps drawn in blocks of land."""

import numpy as np
import pytest
import xarray as xr

from benchmark.metrics.aggregate import aggregate
from benchmark.uncertainty.interval import generator
from benchmark.uncertainty.space import (
    alike,
    cells_of,
    enough_blocks,
    in_blocks,
    weights_of,
)

LAT, LON = np.arange(51.0, 75.0, 2.0), np.arange(1.0, 61.0, 2.0)


def weights() -> xr.DataArray:
    """Return two regions: all of the map, and four of its cells."""
    every = np.ones((2, LAT.size, LON.size))
    every[1] = 0.0
    every[1, :2, :2] = 1.0
    at = {"region": ["all", "corner"], "lat": LAT, "lon": LON}
    return xr.DataArray(every, at, ("region", "lat", "lon"))


def field(seed: int = 3) -> xr.DataArray:
    values = np.random.default_rng(seed).random((LAT.size, LON.size))
    values[5, 5] = np.nan
    return xr.DataArray(values, {"lat": LAT, "lon": LON}, ("lat", "lon"))


def test_blocks_are_five_by_ten_degrees() -> None:
    """51 to 73 N and 1 to 59 E are 5 by 6 blocks."""
    blocks = in_blocks(weights(), 4, generator("a"))
    assert blocks.factors.shape == (4, 30)
    np.testing.assert_array_equal(enough_blocks(blocks), [True, False])


def test_averages_are_those_of_the_draws_weights() -> None:
    """The fast mean of each draw is the mean with that draw's weights."""
    blocks = in_blocks(weights(), 6, generator("a"))
    fast = blocks.averages(field()).sel(region="all")
    both = ["corner", "all"]
    cells, drawn = cells_of(field(), blocks, both), weights_of(blocks, both)
    assert cells.dims == ("part", "lat", "lon")
    slow = aggregate(cells, drawn).transpose("region", "part")
    np.testing.assert_allclose(fast, slow.isel(part=1))
    np.testing.assert_allclose(blocks.averages(field()).isel(region=1), slow[:, 0])


def test_mean_of_the_draws_is_the_mean() -> None:
    """Over many draws the mean is that of the map, with a spread about it."""
    blocks = in_blocks(weights(), 4000, generator("a"))
    drawn = blocks.averages(field()).sel(region="all")
    mean = float(aggregate(field(), weights()).sel(region="all"))
    assert float(drawn.mean()) == pytest.approx(mean, rel=0.01)
    assert float(drawn.std()) > 0.0


def test_regions_of_like_size_go_together() -> None:
    """The whole of the map is scored apart from one of its corners."""
    blocks = in_blocks(weights(), 6, generator("a"))
    assert alike(blocks, ["all", "corner"]) == [["corner"], ["all"]]
    twice = weights().isel(region=[0, 0]).assign_coords(region=["one", "two"])
    blocks = in_blocks(twice, 6, generator("a"))
    assert alike(blocks, ["one", "two"]) == [["one", "two"]]


def test_totals_keep_the_area() -> None:
    """A map of ones has the area of the region as its total in every draw."""
    blocks = in_blocks(weights(), 6, generator("a"))
    totals = blocks.totals(xr.ones_like(field()))
    np.testing.assert_allclose(totals.sel(region="all"), LAT.size * LON.size)


def test_a_score_that_is_no_average_is_told() -> None:
    """The map of a score stands for it only where its average is the score."""
    blocks = in_blocks(weights(), 6, generator("a"))
    mean = aggregate(field(), weights())
    assert blocks.same_as_whole(field(), mean, ["all", "corner"])
    assert not blocks.same_as_whole(field(), mean**2, ["all", "corner"])

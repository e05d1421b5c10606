"""A map drawn again in blocks of land: random weights of neighbouring cells."""

from dataclasses import dataclass

import numpy as np
import xarray as xr

from benchmark.metrics.aggregate import aggregate

HEIGHT = 5.0
"""Degrees of latitude of a block, about 550 km."""

WIDTH = 10.0
"""Degrees of longitude of a block, about 550 km at 60 N."""

FEWEST_BLOCKS = 5

# Of 8 bytes each, and metrics hold a few such arrays at a time.
_MOST_NUMBERS = 4_000_000


@dataclass(frozen=True)
class Blocks:
    """Cells with land in a region, the blocks they lie in, and random weights.

    `cells` are positions on the flattened map, `block` the block of each,
    `weights` (region, cell) their areas, and `factors` (draw, block) by how
    much each draw counts each block.
    """

    cells: np.ndarray
    block: np.ndarray
    weights: np.ndarray
    regions: tuple[str, ...]
    factors: np.ndarray

    def averages(self, field: xr.DataArray) -> xr.DataArray:
        """Return the mean of a map (lat, lon) over each region, (draw, region)."""
        total, area = (self.factors @ part.T for part in self._sums(field))
        with np.errstate(invalid="ignore", divide="ignore"):
            return self._labelled(np.where(area > 0, total / area, np.nan))

    def totals(self, field: xr.DataArray) -> xr.DataArray:
        """Return the sum of value times area over each region, (draw, region)."""
        total, area = self._sums(field)
        # The area of a region is known: only what lies on it is drawn.
        drawn = self.factors @ area.T
        with np.errstate(invalid="ignore", divide="ignore"):
            share = np.where(drawn > 0, area.sum(1) / drawn, np.nan)
        return self._labelled(self.factors @ total.T * share)

    def _labelled(self, values: np.ndarray) -> xr.DataArray:
        return xr.DataArray(values, {"region": list(self.regions)}, ("draw", "region"))

    def _sums(self, field: xr.DataArray) -> tuple[np.ndarray, np.ndarray]:
        """Return value times area, and area, (region, block)."""
        values = field.transpose("lat", "lon").to_numpy().ravel()[self.cells]
        valid = np.isfinite(values)
        areas = self.weights * valid
        filled = np.where(valid, values, 0.0)
        return self._by_block(areas * filled), self._by_block(areas)

    def same_as_whole(
        self, field: xr.DataArray, score: xr.DataArray, ids: list[str]
    ) -> bool:
        """Return whether a score is the average of its map, as it is of most."""
        weights = xr.DataArray(
            self.weights, {"region": list(self.regions)}, ("region", "site")
        )
        flat = field.transpose("lat", "lon").to_numpy().ravel()[self.cells]
        mean = aggregate(xr.DataArray(flat, dims="site"), weights)
        left, right = mean.sel(region=ids), score.sel(region=ids)
        return bool(np.allclose(left, right, rtol=1e-6, atol=1e-9, equal_nan=True))

    def _by_block(self, values: np.ndarray) -> np.ndarray:
        """Sum (region, cell) over the cells of each block."""
        count = self.factors.shape[1]
        return np.array([np.bincount(self.block, row, count) for row in values])


def in_blocks(weights: xr.DataArray, draws: int, random: np.random.Generator) -> Blocks:
    """Divide the land of regions into blocks, and draw weights for them.

    Neighbours are alike, so that whole blocks of 5 by 10 degrees are drawn.
    Their weights are exponential: the Bayesian bootstrap, in which no draw is
    without any land.

    Parameters
    ----------
    weights : DataArray
        (region, lat, lon), areas.
    draws : int
        How many.
    random : Generator
        From `benchmark.uncertainty.generator`.

    Returns
    -------
    Blocks

    References
    ----------
    Rubin (1981), https://doi.org/10.1214/aos/1176345338
    """
    areas = weights.transpose("region", "lat", "lon").fillna(0.0)
    flat = areas.to_numpy().reshape(areas.sizes["region"], -1)
    cells = np.flatnonzero((flat > 0).any(axis=0))
    rows = np.floor(areas["lat"].to_numpy() / HEIGHT)
    columns = np.floor((areas["lon"].to_numpy() % 360.0) / WIDTH)
    numbers = (rows[:, None] * 1000 + columns[None, :]).ravel()[cells]
    names, block = np.unique(numbers, return_inverse=True)
    return Blocks(
        cells=cells,
        block=block,
        weights=flat[:, cells],
        regions=tuple(map(str, areas["region"].to_numpy())),
        factors=random.standard_exponential((draws, names.size)),
    )


def enough_blocks(blocks: Blocks) -> xr.DataArray:
    """Return which regions have the blocks that an interval needs.

    Parameters
    ----------
    blocks : Blocks
        From `in_blocks`.

    Returns
    -------
    DataArray
        (region,), true or false.
    """
    counts = [np.unique(blocks.block[row > 0]).size for row in blocks.weights]
    enough = np.array(counts) >= FEWEST_BLOCKS
    return xr.DataArray(enough, {"region": list(blocks.regions)}, ("region",))


def alike(blocks: Blocks, regions: list[str]) -> list[list[str]]:
    """Group regions that are worth scoring together, as they are of like size.

    Parameters
    ----------
    blocks : Blocks
        From `in_blocks`.
    regions : list of str
        Which.

    Returns
    -------
    list of list of str
        What is more than twice as large as all before it starts a group, as the
        whole domain does, and so does what would fill too much memory.
    """
    counts = dict(zip(blocks.regions, (blocks.weights > 0).sum(1), strict=True))
    groups: list[list[str]] = []
    for region in sorted(regions, key=lambda id: int(counts[id])):
        size = int(counts[region])
        held = groups[-1] if groups else []
        numbers = len(blocks.factors) * size * (len(held) + 1)
        if held and size <= 2 * counts[held[0]] and numbers <= _MOST_NUMBERS:
            held.append(region)
        else:
            groups.append([region])
    return groups


def cells_of(field: xr.DataArray, blocks: Blocks, regions: list[str]) -> xr.DataArray:
    """Return the cells of each region as a map of one row.

    Parameters
    ----------
    field : DataArray
        (..., lat, lon).
    blocks : Blocks
        From `in_blocks`.
    regions : list of str
        Which.

    Returns
    -------
    DataArray
        (part, ..., lat, lon), a part for each region, NaN after its last cell,
        without coordinates of place.
    """
    ordered = field.transpose(..., "lat", "lon")
    flat = ordered.to_numpy().reshape(*ordered.shape[:-2], 1, -1)
    insides = [_inside(blocks, region) for region in regions]
    most = max(inside.size for inside in insides)
    values = np.full((len(regions), *flat.shape[:-1], most), np.nan)
    for place, inside in enumerate(insides):
        values[place, ..., : inside.size] = flat[..., blocks.cells[inside]]
    kept = {n: ordered[n] for n in ordered.dims[:-2] if n in ordered.coords}
    return xr.DataArray(values, kept, ("part", *ordered.dims), attrs=field.attrs)


def weights_of(blocks: Blocks, regions: list[str]) -> xr.DataArray:
    """Return the weights of each region's cells, with draws in place of regions.

    Parameters
    ----------
    blocks : Blocks
        From `in_blocks`.
    regions : list of str
        Which.

    Returns
    -------
    DataArray
        (region, part, lat, lon), for the maps of `cells_of`: a region for each
        draw.
    """
    insides = [_inside(blocks, region) for region in regions]
    most = max(inside.size for inside in insides)
    values = np.zeros((len(blocks.factors), len(regions), 1, most))
    for place, (region, inside) in enumerate(zip(regions, insides, strict=True)):
        own = blocks.weights[blocks.regions.index(region), inside]
        drawn = own * blocks.factors[:, blocks.block[inside]]
        values[:, place, 0, : inside.size] = drawn
    ids = [f"draw_{number}" for number in range(len(values))]
    return xr.DataArray(values, {"region": ids}, ("region", "part", "lat", "lon"))


def _inside(blocks: Blocks, region: str) -> np.ndarray:
    return np.flatnonzero(blocks.weights[blocks.regions.index(region)] > 0)

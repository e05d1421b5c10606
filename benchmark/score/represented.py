"""How much of a region its sites can stand for."""

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import xarray as xr

from benchmark.recent import Recent
from benchmark.regions import Regions
from benchmark.regions.shipped import shipped
from benchmark.regrid import grid_of
from benchmark.regrid.cells import unit_vectors
from benchmark.regrid.grid import EARTH_RADIUS
from benchmark.score.weights import cached_weights

if TYPE_CHECKING:
    from scipy.spatial import cKDTree

RADIUS_KM = 100.0
"""Land farther from all sites than this is not represented by any of them. A
choice of this package, and a generous one: a tower sees a square kilometre."""


_made: "Recent[Land]" = Recent(4)


def land_of(regions: Regions) -> "Land":
    """Return the land of regions, from memory if it was just made.

    Parameters
    ----------
    regions : Regions
        Where.

    Returns
    -------
    Land
    """
    shapes = tuple(region.geometry.wkb for region in regions)
    return _made.get((shapes, tuple(regions.ids)), lambda: Land(regions))


class Land:
    """The land of regions in half-degree cells, and where it is.

    Land is what has a climate class in `biomes_koeppen`, whatever the model.

    Parameters
    ----------
    regions : Regions
        Where.
    """

    def __init__(self, regions: Regions) -> None:
        lat, lon, inside = _land_cells()
        grid = grid_of(_grid(lat, lon))
        areas = cached_weights(regions, grid) * grid["cell_area"].reset_coords(
            drop=True
        )
        areas = areas.transpose("region", "lat", "lon").where(inside, 0.0)
        flat = areas.to_numpy().reshape(len(regions), -1)
        held = np.flatnonzero((flat > 0).any(axis=0))
        rows, columns = np.divmod(held, lon.size)
        self._places = unit_vectors(lat[rows], lon[columns])
        self._areas = flat[:, held]
        self._ids = regions.ids

    def represented(
        self, region: str, lat: np.ndarray, lon: np.ndarray, radius: float = RADIUS_KM
    ) -> float:
        """Return the share of a region's land within a radius of some site.

        Parameters
        ----------
        region : str
            Id.
        lat, lon : ndarray
            Sites (site,), degrees.
        radius : float
            In km.

        Returns
        -------
        float
            0 to 1; NaN of a region without land.
        """
        area = self._areas[self._ids.index(region)]
        if not lat.size or not area.sum():
            return 0.0 if area.sum() else float("nan")
        chord = 2.0 * np.sin(radius * 1e3 / EARTH_RADIUS / 2.0)
        near = _tree(unit_vectors(lat, lon))
        # Of what is farther the distance is infinite.
        away, _ = near.query(self._places, distance_upper_bound=chord)
        return float(area[np.isfinite(away)].sum() / area.sum())


def _tree(places: np.ndarray) -> "cKDTree":
    from scipy.spatial import cKDTree

    return cKDTree(places)


@cache
def _land_cells() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    with xr.open_dataset(shipped("regions", "biomes_koeppen.nc")) as data:
        inside = data["biome"].notnull().to_numpy()
        return data["lat"].to_numpy(), data["lon"].to_numpy(), inside


def _grid(lat: np.ndarray, lon: np.ndarray) -> xr.Dataset:
    def bounds(middle: np.ndarray) -> np.ndarray:
        return np.stack([middle - 0.25, middle + 0.25], axis=1)

    return xr.Dataset(
        {
            "lat_bnds": (("lat", "bnds"), bounds(lat)),
            "lon_bnds": (("lon", "bnds"), bounds(lon)),
        },
        {"lat": lat, "lon": lon},
    )

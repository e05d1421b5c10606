"""A region's own map: its outline close up, the land around it, and its sites."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from benchmark.regions import Region
from benchmark.report.figures.locator import SCALE, anchor, region_path
from benchmark.report.figures.projection import SOUTH, project

ROOM = 0.25  # of the larger side of the region, around it
LEAST = 40.0  # sides of the view, so that a small region keeps its surroundings
_NUMBER = re.compile(r"-?\d+\.\d+")


@dataclass(frozen=True)
class Spot:
    """One site on the map, and what it says."""

    x: float
    y: float
    says: str


@dataclass(frozen=True)
class View:
    """A map for a page to draw: `box` is its viewBox; line widths go with `size`.

    Everything is turned by `turn` degrees about the pole, so that north is up.
    """

    box: str
    turn: float
    size: float
    paths: tuple[str, ...]
    spots: tuple[Spot, ...]


def region_view(
    regions: Sequence[Region], sites: Iterable[pd.DataFrame] = ()
) -> View | None:
    """Return the map of a region and its twins.

    Parameters
    ----------
    regions : sequence of Region
        The region, then what else the page shows.
    sites : iterable of DataFrame
        With the columns site, lat, lon, site_class and n.

    Returns
    -------
    View or None
        In the units of the coast of `locator.coast_path`; None if the region
        does not reach north of 45 N.
    """
    paths = tuple(region_path(region) for region in regions)
    numbers = [float(x) for path in paths for x in _NUMBER.findall(path)]
    if not numbers:
        return None
    turn = _turn(regions[0])
    x, y = _turned(np.array(numbers[::2]), np.array(numbers[1::2]), turn)
    side = max(np.ptp(x), np.ptp(y)) * (1 + 2 * ROOM)
    side = float(np.clip(side, LEAST, 2.04 * SCALE))
    half = side / 2
    limit = 1.02 * SCALE - half
    middle = [float(np.clip((v.min() + v.max()) / 2, -limit, limit)) for v in (x, y)]
    left, top = middle[0] - half, middle[1] - half
    return View(
        box=f"{left:.1f} {top:.1f} {side:.1f} {side:.1f}",
        turn=round(turn, 1),
        size=round(side / 100, 3),
        paths=tuple(path for path in paths if path),
        spots=tuple(_spots(sites)),
    )


def _turn(region: Region) -> float:
    """Return the degrees that bring the middle of a region below the pole."""
    x, y = anchor(region)
    lies_about = region.geometry.bounds[2] - region.geometry.bounds[0] > 300
    whole = region.part_of is None and lies_about
    return 0.0 if whole else 90.0 - float(np.degrees(np.arctan2(y, x)))


def _turned(
    x: np.ndarray, y: np.ndarray, degrees: float
) -> tuple[np.ndarray, np.ndarray]:
    angle = np.radians(degrees)
    return x * np.cos(angle) - y * np.sin(angle), x * np.sin(angle) + y * np.cos(angle)


def _spots(sites: Iterable[pd.DataFrame]) -> list[Spot]:
    found = []
    for table in sites:
        north = table[table["lat"] >= SOUTH]
        x, y = project(north["lon"].to_numpy(float), north["lat"].to_numpy(float))
        kinds = north["site_class"].fillna("").astype(str)
        names = zip(north["site"].astype(str), kinds, strict=True)
        for east, south, (name, kind) in zip(x, y, names, strict=True):
            says = f"{name} ({kind.replace('_', ' ')})" if kind else name
            place = round(float(east) * SCALE, 1), round(-float(south) * SCALE, 1)
            found.append(Spot(*place, says))
    return found

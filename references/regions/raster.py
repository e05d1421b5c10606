"""Read the public shapes on quarter-degree cells north of 40 N."""

import json
from pathlib import Path

import numpy as np
import shapely
import xarray as xr
import yaml
from scipy.spatial import cKDTree
from shapely.geometry import shape

from benchmark.regions import Region, Regions, region_weights
from benchmark.regions.geometry import normalise

STEP = 0.25
LAT = np.arange(40 + STEP / 2, 90, STEP)
LON = np.arange(-180 + STEP / 2, 180, STEP)
LONS, LATS = np.meshgrid(LON, LAT)
EARTH_RADIUS_KM = 6371.0
REACH_OVER_SEA_KM = 300

LAND = "ne_50m_land"
WET = (
    *("ne_10m_lakes", "ne_10m_lakes_north_america", "ne_10m_lakes_europe"),
    "ne_10m_glaciated_areas",
)


def read_drawn(path: Path) -> dict[str, np.ndarray]:
    """Rasterise the project's hand-drawn polygons (longitudes up to 190.6)."""
    drawn = yaml.safe_load(path.read_text())
    polygons = {id: shapely.Polygon(drawn[id]["vertices"]) for id in drawn}
    return {
        id: inside(polygon) | shapely.contains_xy(polygon, LONS + 360, LATS)
        for id, polygon in polygons.items()
    }


def read_climate(path: Path) -> np.ndarray:
    """Read the Koppen class of every cell, an empty text over the sea."""
    with xr.open_dataset(path) as koppen:
        classes = koppen["ids"].sel(lat=LAT, lon=LON, method="nearest").values
        labels = [*koppen["labels"].values.astype(str).tolist(), ""]
    return np.array(labels)[np.where(np.isfinite(classes), classes, -1).astype(int)]


def read_features(folder: Path, name: str) -> list[tuple[dict, shapely.Geometry]]:
    """Read the features of one Natural Earth file."""
    features = json.loads((folder / f"{name}.json").read_text())["features"]
    return [
        (feature["properties"], shapely.make_valid(shape(feature["geometry"])))
        for feature in features
    ]


def inside(polygon: shapely.Geometry) -> np.ndarray:
    """Tell which cell centres are inside a polygon."""
    shapely.prepare(polygon)
    return shapely.contains_xy(polygon, LONS, LATS)


def fill_from_nearest(values: np.ndarray, known: np.ndarray, far: object) -> np.ndarray:
    """Give the cells that are not known the value of the nearest known one."""
    distance, index = cKDTree(on_sphere(known)).query(on_sphere(~known))
    filled = values.copy()
    near = distance * EARTH_RADIUS_KM <= REACH_OVER_SEA_KM
    filled[~known] = np.where(near, values[known][index], far)
    return filled


def on_sphere(cells: np.ndarray) -> np.ndarray:
    """Return unit vectors of the chosen cells."""
    lat, lon = np.radians(LATS[cells]), np.radians(LONS[cells])
    return np.column_stack(
        [np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)]
    )


def dry_land(folder: Path) -> np.ndarray:
    """Area (Mkm2) of every cell that is land, not lake, not glacier."""
    land, *wet = (
        shapely.union_all([polygon for _, polygon in read_features(folder, name)])
        for name in (LAND, *WET)
    )
    north = land.intersection(shapely.box(-180, 40, 180, 90))
    dry = normalise(north.difference(shapely.union_all(wet)), "land")
    limits = {
        f"{axis}_bnds": (
            (axis, "bnds"),
            np.column_stack([centre - STEP / 2, centre + STEP / 2]),
        )
        for axis, centre in (("lat", LAT), ("lon", LON))
    }
    grid = xr.Dataset(coords={"lat": LAT, "lon": LON, **limits})
    share = region_weights(Regions("land", (Region("land", "land", dry),)), grid)
    height = np.diff(np.sin(np.radians(grid["lat_bnds"].values)), axis=1)
    area = EARTH_RADIUS_KM**2 * np.radians(STEP) * height / 1e6
    return share.values[0] * area


def outline(cells: np.ndarray) -> shapely.Geometry:
    """Join cells into polygons."""
    boxes = []
    for row, lat in zip(cells, LAT, strict=True):
        change = np.diff(np.concatenate([[0], row.astype(int), [0]]))
        starts, ends = np.flatnonzero(change == 1), np.flatnonzero(change == -1)
        west, east = -180 + starts * STEP, -180 + ends * STEP
        boxes.extend(shapely.box(west, lat - STEP / 2, east, lat + STEP / 2))
    return shapely.simplify(shapely.union_all(boxes), 0)

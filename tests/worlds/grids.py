"""Regions that are boxes, and grids whose cells lie in one of them entirely."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import xarray as xr

RADIUS = 6_371_000.0
Box = tuple[float, float, float, float]

# South, north, west, east; edges at multiples of 10 degrees; one crosses 180.
BOXES: Mapping[str, Box] = {
    "alaska": (60, 70, -170, -140),
    "western_canada": (50, 60, -140, -90),
    "western_siberia": (60, 70, 60, 90),
    "siberian_tundra": (70, 80, 90, 190),
}


def region_entries(boxes: Mapping[str, Box] = BOXES) -> list[dict[str, object]]:
    """Return the regions as a suite's YAML has them."""
    return [
        {"id": name, "lat": [south, north], "lon": [west, (east + 180) % 360 - 180]}
        for name, (south, north, west, east) in boxes.items()
    ]


def box_area(box: Box) -> float:
    """Return the area of a box in m2."""
    south, north, west, east = np.radians(box)
    return float(RADIUS**2 * (np.sin(north) - np.sin(south)) * (east - west))


@dataclass(frozen=True)
class Grid:
    """Cells in one row, and how a file lays them out.

    Parameters
    ----------
    lat, lon : ndarray
        Centres (cell,), degrees.
    area : ndarray
        (cell,), m2, each a box of latitude and longitude.
    shape : dict
        Dimensions of the file in the order of the cells.
    order : tuple of str
        In which order the file has them.
    coords : Dataset
        Coordinates and bounds of the file.
    is_exact : bool
        Whether the package sees the very same cells; the sides of a mesh are
        great circles and not parallels, which moves 0.1 % of a region.
    """

    lat: np.ndarray
    lon: np.ndarray
    area: np.ndarray
    shape: Mapping[str, int]
    order: tuple[str, ...]
    coords: xr.Dataset
    is_exact: bool = True

    def owner(self, boxes: Mapping[str, Box] = BOXES) -> np.ndarray:
        """Return the number of each cell's region, -1 outside of all."""
        found = np.full(self.lat.size, -1)
        for number, (south, north, west, east) in enumerate(boxes.values()):
            inside = (self.lat > south) & (self.lat < north)
            found[inside & ((self.lon - west) % 360 < east - west)] = number
        return found

    def laid_out(self, values: np.ndarray, leading: tuple[str, ...]) -> xr.DataArray:
        """Return (..., cell) as the file has it: leading dimensions, then `order`."""
        shape = (*values.shape[:-1], *self.shape.values())
        field = xr.DataArray(values.reshape(shape), dims=(*leading, *self.shape))
        return field.transpose(*leading, *self.order)


def regular(
    step: float = 5.0,
    west: float = -180.0,
    *,
    descending: bool = False,
    transposed: bool = False,
) -> Grid:
    """Return rows and columns between 50 and 80 N; `step` divides 10.

    Parameters
    ----------
    step : float
        Size of a cell, degrees.
    west : float
        Where longitudes begin: -180, 0 or -360.
    descending : bool
        Whether the first row is the northernmost.
    transposed : bool
        Whether files have longitude before latitude.
    """
    lat = np.arange(50 + step / 2, 80, step)
    lat = lat[::-1] if descending else lat
    lon = west + np.arange(step / 2, 360, step)
    edges = {"lat": lat, "lon": lon}
    coords = xr.Dataset(
        {
            f"{name}_bnds": (
                (name, "bnds"),
                np.stack([middle - step / 2, middle + step / 2], axis=1),
            )
            for name, middle in edges.items()
        },
        coords={
            name: (
                name,
                middle,
                {"units": f"degrees_{way}", "bounds": f"{name}_bnds"},
            )
            for (name, middle), way in zip(
                edges.items(), ("north", "east"), strict=True
            )
        },
    )
    rows, columns = (part.ravel() for part in np.meshgrid(lat, lon, indexing="ij"))
    return Grid(
        rows,
        columns,
        _areas(rows, step),
        {"lat": lat.size, "lon": lon.size},
        ("lon", "lat") if transposed else ("lat", "lon"),
        coords,
    )


def mesh(step: float = 5.0) -> Grid:
    """Return cells in one row with their corners, as unstructured models have them."""
    flat = regular(step)
    half = step / 2
    corner_lat = np.stack([flat.lat + side * half for side in (-1, -1, 1, 1)], axis=1)
    corner_lon = np.stack([flat.lon + side * half for side in (-1, 1, 1, -1)], axis=1)
    # A mesh has no order of rows: cells are shuffled, the same way every time.
    mixed = np.random.default_rng(3).permutation(flat.lat.size)
    about = {"units": "degrees_{}", "standard_name": "{}", "bounds": "vertices_{}"}
    coords = xr.Dataset()
    for name, way, middle, corner in (
        ("latitude", "north", flat.lat, corner_lat),
        ("longitude", "east", flat.lon, corner_lon),
    ):
        attrs = {key: text.format(name) for key, text in about.items()}
        attrs["units"] = f"degrees_{way}"
        coords.coords[name] = ("i", middle[mixed], attrs)
        coords[f"vertices_{name}"] = (("i", "vertices"), corner[mixed])
    return Grid(
        flat.lat[mixed],
        flat.lon[mixed],
        flat.area[mixed],
        {"i": flat.lat.size},
        ("i",),
        coords,
        is_exact=False,
    )


def _areas(lat: np.ndarray, step: float) -> np.ndarray:
    south, north = np.radians(lat - step / 2), np.radians(lat + step / 2)
    return RADIUS**2 * (np.sin(north) - np.sin(south)) * np.radians(step)

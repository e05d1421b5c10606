"""Which sites lie in which regions."""

from typing import TYPE_CHECKING

import numpy as np
import xarray as xr

from benchmark.errors import InputError
from benchmark.regions.combine import intersection
from benchmark.regions.region_set import Regions

if TYPE_CHECKING:
    import numpy.typing as npt
    from shapely.geometry.base import BaseGeometry

#: A point nearer to an outline than this, in degrees, lies on it: neighbours
#: are outlined one by one, and rounding moves the border that they share.
ON_BORDER = 1e-9


def regions_of_points(
    regions: Regions,
    lat: "npt.ArrayLike | xr.DataArray",
    lon: "npt.ArrayLike | xr.DataArray",
) -> xr.DataArray:
    """Tell which points lie in which regions.

    A point on a border belongs to the first region, in order, of those that
    meet there. Regions that overlap, such as a region and the domain it is
    part of, do not compete for it. So a point belongs to one region of a
    partition, wherever it lies.

    Parameters
    ----------
    regions : Regions
        The regions.
    lat, lon : array or DataArray
        Latitude (-90..90) and longitude (-360..540) of the points, in
        degrees, (site).

    Returns
    -------
    xarray.DataArray of bool
        Dimensions (region, site), with ``region`` (ids), ``region_name``
        and the coordinates of `lat`, if it has any.

    Raises
    ------
    InputError
        If a coordinate is missing or outside its range, or there are not
        as many latitudes as longitudes.

    Examples
    --------
    >>> from benchmark.regions import open_regions
    >>> regions = open_regions(["alaska", "eastern_siberia"])
    >>> found = regions_of_points(regions, lat=[68.63, 62.03], lon=[-149.6, 129.73])
    >>> found.values.tolist()
    [[True, False], [False, True]]
    """
    south_north, west_east = np.ravel(lat).astype(float), np.ravel(lon).astype(float)
    _check(south_north, west_east)
    inside = _membership(regions, south_north, (west_east + 180) % 360 - 180)
    sites = lat if isinstance(lat, xr.DataArray) else lon
    dim, coords = "site", {}
    if isinstance(sites, xr.DataArray) and sites.ndim == 1:
        dim, coords = str(sites.dims[0]), dict(sites.coords)
    return xr.DataArray(
        inside,
        dims=("region", dim),
        coords={
            "region": ("region", regions.ids, {"standard_name": "region"}),
            "region_name": ("region", regions.names),
            **coords,
        },
        name="region_of_point",
        attrs={"long_name": "whether the site lies in the region"},
    )


def _check(lat: np.ndarray, lon: np.ndarray) -> None:
    if lat.shape != lon.shape:
        msg = f"sites: {lat.size} latitudes and {lon.size} longitudes; expected pairs."
        raise InputError(msg)
    wrong = ~((np.abs(lat) <= 90) & (lon >= -360) & (lon <= 540))
    if wrong.any():
        index = int(np.argmax(wrong))
        msg = (
            f"sites: site {index} has latitude {lat[index]:g} and longitude "
            f"{lon[index]:g}; expected degrees, -90..90 and -360..540. Are they in the "
            "wrong columns, or missing?"
        )
        raise InputError(msg)


def _membership(regions: Regions, lat: np.ndarray, lon: np.ndarray) -> np.ndarray:
    """Return (region, point), giving points on a border to the first region."""
    import shapely

    points = np.asarray(shapely.points(lon, lat))
    # The dateline is where shapes are cut: a point on it has two places.
    again = np.asarray(shapely.points(np.where(lon == -180, 180, lon), lat))
    shapes = [region.geometry for region in regions]
    inside = np.zeros((len(shapes), lon.size), dtype=bool)
    border = np.zeros_like(inside)
    for index, shape in enumerate(shapes):
        near, edge = _near(shape, points), _near(shape.boundary, points)
        border[index] = edge | (near != _near(shape, again))
        inside[index] = near & ~border[index]
    for site in np.flatnonzero(border.any(axis=0)):
        taken: list[int] = []
        for claim in np.flatnonzero(border[:, site]).tolist():
            if not any(_apart(shapes[claim], shapes[one]) for one in taken):
                inside[claim, site] = True
                taken.append(claim)
    return inside


def _near(shape: "BaseGeometry", points: np.ndarray) -> np.ndarray:
    import shapely

    shapely.prepare(shape)
    return np.asarray(shapely.dwithin(shape, points, ON_BORDER))


def _apart(one: "BaseGeometry", other: "BaseGeometry") -> bool:
    """Tell whether two shapes that meet have no area in common."""
    return bool(intersection([one, other]).is_empty)

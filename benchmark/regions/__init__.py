"""Regions: what they are, and how much of each grid cell they cover."""

from benchmark.regions.catalogue import open_regions
from benchmark.regions.coastline import coastline
from benchmark.regions.points import regions_of_points
from benchmark.regions.region_set import Region, Regions, box
from benchmark.regions.sets import region_set_names
from benchmark.regions.weights import region_weights

__all__ = [
    "Region",
    "Regions",
    "box",
    "coastline",
    "open_regions",
    "region_set_names",
    "region_weights",
    "regions_of_points",
]

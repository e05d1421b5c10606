"""Regions: what they are, and how much of each grid cell they cover."""

from benchmark.regions.catalogue import open_regions, region_set_names
from benchmark.regions.coastline import coastline
from benchmark.regions.region_set import Region, Regions, box
from benchmark.regions.weights import region_weights

__all__ = [
    "Region",
    "Regions",
    "box",
    "coastline",
    "open_regions",
    "region_set_names",
    "region_weights",
]

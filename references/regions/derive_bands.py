"""Write the land areas of the latitude bands into their descriptor.

Run it with the folder of Natural Earth's GeoJSON (M. Afford), which holds
ne_50m_land.json, ne_50m_lakes.json and ne_110m_glaciated_areas.json::

    python references/regions/derive_bands.py NATURAL_EARTH_FOLDER

The bands themselves are boxes and are kept. The package does not import this
file.
"""

import argparse
import json
import re
from pathlib import Path

import shapely
import yaml
from shapely.geometry import shape

from benchmark.regions.geometry import area_km2

HERE = Path(__file__).parent


def main(folder: Path, descriptor: Path = HERE / "latitude_bands.yaml") -> None:
    """Replace each band's land_area_Mkm2 by that of the folder's land."""
    land = joined(folder / "ne_50m_land.json")
    water = joined(folder / "ne_50m_lakes.json")
    ice = joined(folder / "ne_110m_glaciated_areas.json")
    bare = land.difference(water).difference(ice)
    text = descriptor.read_text(encoding="utf-8")
    for band in yaml.safe_load(text)["regions"]:
        area = land_area_Mkm2(bare, *band["lat"])
        print(band["id"], f"{area:.2f}")
        pattern = rf"(id: {band['id']}\n(?:    .*\n)*?    land_area_Mkm2: )[\d.]+"
        text = re.sub(pattern, rf"\g<1>{area:.2f}", text)
    descriptor.write_text(text, encoding="utf-8")


def joined(path: Path) -> shapely.Geometry:
    """Return all polygons of a file as one."""
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    parts = [shapely.make_valid(shape(one["geometry"])) for one in features]
    return shapely.union_all(parts)


def land_area_Mkm2(land: shapely.Geometry, south: float, north: float) -> float:
    """Return the area of land between two parallels."""
    box = shapely.box(-180, south, 180, north)
    return float(area_km2(land.intersection(box))) / 1e6


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    main(parser.parse_args().folder)

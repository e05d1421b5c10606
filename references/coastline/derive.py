"""Make the thin coastline of the north from Natural Earth 1:50 million.

Run it to make ``north.geojson`` again::

    python references/coastline/derive.py ne_50m_coastline.json

Lines are cut at 40 N, islands smaller than the tolerance dropped, the rest
simplified and rounded. The package does not import this file.
"""

import argparse
import json
from pathlib import Path

import shapely
from shapely.geometry import shape

HERE = Path(__file__).parent
TOLERANCE = 0.08
SHORTEST_ISLAND = 0.8


def main() -> None:
    """Read the coastline, thin it, write it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("coastline", type=Path)
    parser.add_argument("--out", type=Path, default=HERE / "north.geojson")
    options = parser.parse_args()
    features = json.loads(options.coastline.read_text())["features"]
    lines = [shape(feature["geometry"]) for feature in features]
    geometry = {"type": "MultiLineString", "coordinates": thin(lines)}
    feature = {
        "type": "Feature",
        "properties": {"source": "Natural Earth 1:50m, public domain"},
        "geometry": geometry,
    }
    collection = {"type": "FeatureCollection", "features": [feature]}
    options.out.write_text(json.dumps(collection, separators=(",", ":")) + "\n")


def thin(lines: list[shapely.Geometry]) -> list[list[list[float]]]:
    """Cut, simplify and round lines, leaving out small islands."""
    north = shapely.intersection(lines, shapely.box(-180, 40, 180, 90))
    parts = shapely.get_parts(north)
    parts = parts[(shapely.get_dimensions(parts) == 1)]
    parts = shapely.get_parts(shapely.line_merge(shapely.union_all(parts)))
    parts = parts[shapely.length(parts) > SHORTEST_ISLAND]
    return [
        [[round(lon, 2), round(lat, 2)] for lon, lat in line.coords]
        for line in shapely.simplify(parts, TOLERANCE)
    ]


if __name__ == "__main__":
    main()

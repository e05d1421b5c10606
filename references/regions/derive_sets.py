"""Make the sets of biomes, countries and IPCC regions from their public sources.

Run it to make the files beside it again:

    python references/regions/derive_sets.py --ilamb DIR --ipcc ZIP --natural-earth DIR

--ilamb is the folder with Whittaker.nc and Koppen.nc of github.com/NCAR/CUPiD,
--ipcc the archive IPCC-WGI-reference-regions-v4.zip, and --natural-earth the
folder with ne_110m_admin_0_countries.json and ne_110m_lakes.json of
github.com/martynafford/natural-earth-geojson. It needs pyshp. Titles, sources
and licences stand in the descriptors and are kept; only their list of regions
is written. The package does not import this file.
"""

import argparse
import json
import re
import unicodedata
from pathlib import Path

import numpy as np
import shapefile
import shapely
import xarray as xr
import yaml
from scipy.spatial import cKDTree
from shapely.geometry import mapping, shape

from benchmark.regions.cells import outline_of_cells
from benchmark.regions.geometry import EARTH_RADIUS_KM, area_km2

HERE = Path(__file__).parent
STEP = 0.5
REACH_OVER_SEA_KM = 300
#: Coordinates are rounded to this, in degrees, 11 m or less.
GRID = 1e-4


def main() -> None:
    """Write all sets."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--ilamb", type=Path, required=True)
    parser.add_argument("--ipcc", type=Path, required=True)
    parser.add_argument("--natural-earth", type=Path, required=True)
    options = parser.parse_args()
    write_classes("biomes_whittaker", options.ilamb / "Whittaker.nc")
    write_classes("biomes_koeppen", options.ilamb / "Koppen.nc")
    write_ipcc(options.ipcc)
    write_countries(options.natural_earth)
    write_permafrost_limit()


def write_classes(name: str, path: Path) -> None:
    """Write a map of classes, south first, as bytes with CF flags."""
    with xr.open_dataset(path, mask_and_scale=False) as source:
        source = source.sortby("lat").load()
    labels = source["labels"].values.astype(str)
    codes = source["ids"].values
    codes = np.where((codes >= 0) & (codes < len(labels)), codes, 255).astype("u1")
    there = [n for n in range(len(labels)) if (codes == n).any()]
    flags = {
        "long_name": "class",
        "flag_values": np.array(there, dtype="u1"),
        "flag_meanings": " ".join(labels[there]),
    }
    centres = {
        axis: (axis, source[axis].values, {"units": f"degrees_{way}"})
        for axis, way in (("lat", "north"), ("lon", "east"))
    }
    data = xr.Dataset({"biome": (("lat", "lon"), codes, flags)}, coords=centres)
    compressed = {"zlib": True, "complevel": 9, "_FillValue": np.uint8(255)}
    data.to_netcdf(HERE / f"{name}.nc", encoding={"biome": compressed})
    names = source["names"].values.astype(str)
    write_list(name, [{"id": str(labels[n]), "name": str(names[n])} for n in there])


def write_ipcc(path: Path) -> None:
    """Write the regions on land, and those of land and sea."""
    entries, features = [], []
    with shapefile.Reader(str(path)) as reader:
        for item in reader.iterShapeRecords():
            known = item.record.as_dict()
            if known["Type"] == "Ocean":
                continue
            entries.append({"id": known["Acronym"], "name": known["Name"]})
            features.append((entries[-1], shape(item.shape.__geo_interface__)))
    write_geojson("ipcc_ar6_land", features)
    write_list("ipcc_ar6_land", entries)


def write_countries(folder: Path) -> None:
    """Write the countries, each with the sea that is nearest to it."""
    land = {}
    for feature in read(folder, "ne_110m_admin_0_countries"):
        polygon = shapely.make_valid(shape(feature["geometry"]))
        land[feature["properties"]["ADMIN"]] = shapely.set_precision(polygon, GRID)
    everything = shapely.union_all([*land.values()], grid_size=GRID)
    lakes = shapely.union_all(
        [shape(feature["geometry"]) for feature in read(folder, "ne_110m_lakes")]
    )
    entries, features = [], []
    seas = nearest_sea([*land.values()])
    for (name, polygon), sea in sorted(zip(land.items(), seas, strict=True)):
        offshore = shapely.difference(sea, everything, grid_size=GRID)
        whole = shapely.union(polygon, offshore, grid_size=GRID)
        area = area_km2(polygon.difference(lakes)) / 1e6
        entry = {"id": as_id(name), "name": name}
        features.append((entry, shapely.simplify(whole, 0)))
        entries.append({**entry, "land_area_Mkm2": round(area, 4)})
    write_geojson("countries", features)
    write_list("countries", entries)


def nearest_sea(land: list[shapely.Geometry]) -> list[shapely.Geometry]:
    """Outline the cells that are nearest to each country, and near enough."""
    lat_edges = np.linspace(-90, 90, round(180 / STEP) + 1)
    lon_edges = np.linspace(-180, 180, round(360 / STEP) + 1)
    lons, lats = np.meshgrid(
        lon_edges[:-1] + STEP / 2, lat_edges[:-1] + STEP / 2, indexing="xy"
    )
    shores = [
        shapely.get_coordinates(shapely.segmentize(one, STEP / 10)) for one in land
    ]
    owner = np.repeat(np.arange(len(land)), [len(shore) for shore in shores])
    tree = cKDTree(on_sphere(*np.vstack(shores).T))
    distance, index = tree.query(on_sphere(lons.ravel(), lats.ravel()))
    near = distance * EARTH_RADIUS_KM <= REACH_OVER_SEA_KM
    code = np.where(near, owner[index], -1).reshape(lons.shape)
    return [outline_of_cells(code == n, lat_edges, lon_edges) for n in range(len(land))]


def on_sphere(lon: np.ndarray, lat: np.ndarray) -> np.ndarray:
    """Return unit vectors of places given in degrees."""
    lon, lat = np.radians(lon), np.radians(lat)
    return np.column_stack(
        [np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)]
    )


def write_permafrost_limit() -> None:
    """Join the hand-drawn polygons that limit treat2024_permafrost."""
    drawn = yaml.safe_load((HERE / "derivation" / "approximate.yaml").read_text())
    lines = yaml.safe_load((HERE / "derivation" / "lines.yaml").read_text())
    parts = [shapely.Polygon(one["vertices"]) for one in drawn.values()]
    parts.append(shapely.box(*lines["permafrost_islands"]["box"]))
    entry = {"id": "permafrost_limit", "name": "Permafrost limit, drawn by hand"}
    write_geojson("permafrost_limit", [(entry, shapely.union_all(parts))])


def read(folder: Path, name: str) -> list[dict]:
    """Return the features of one Natural Earth file."""
    return json.loads((folder / f"{name}.json").read_text())["features"]


def as_id(name: str) -> str:
    """Return a name as an id: united_states_of_america."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "_", plain.lower()).strip("_")


def write_geojson(name: str, features: list[tuple[dict, shapely.Geometry]]) -> None:
    """Write features with id and name only."""
    collection = {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "properties": entry, "geometry": rounded(geometry)}
            for entry, geometry in features
        ],
    }
    text = json.dumps(collection, separators=(",", ":"), ensure_ascii=False)
    (HERE / f"{name}.geojson").write_text(text + "\n", encoding="utf-8")


def rounded(geometry: shapely.Geometry) -> dict:
    """Return a GeoJSON geometry with four decimals."""
    plain = shapely.transform(geometry, lambda points: np.round(points, 4))
    return json.loads(
        json.dumps(mapping(plain)), parse_float=lambda text: short(float(text))
    )


def short(number: float) -> float | int:
    """Write whole numbers as such."""
    return int(number) if number == int(number) else number


def write_list(name: str, entries: list[dict]) -> None:
    """Put the list of regions into the descriptor."""
    path = HERE / f"{name}.yaml"
    head = path.read_text(encoding="utf-8").split("\nregions:\n")[0]
    lines = yaml.safe_dump(
        entries, sort_keys=False, allow_unicode=True, width=200, default_flow_style=None
    )
    path.write_text(f"{head}\nregions:\n{lines}", encoding="utf-8")


if __name__ == "__main__":
    main()

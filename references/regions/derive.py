"""Derive the two region sets of Treat et al. (2024) by rule from public shapes.

Run it to make the files beside it again::

    python references/regions/derive.py --natural-earth DIR --koppen Koppen.nc

DIR holds GeoJSON files of github.com/martynafford/natural-earth-geojson, all in
one folder: the land, admin_0_countries and admin_1_states_provinces of 50m, and
the lakes (with their North American and European supplements) and
glaciated_areas of 10m. Koppen.nc is that of github.com/NCAR/CUPiD.

The authors' shapes are not public. Here every quarter-degree cell of land
north of 40 N is given a region by country or province, by dividing lines
(`derivation/lines.yaml`) and by climate (Koppen classes), and the sea within
300 km takes the region of the nearest land. The package does not import this
file.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import shapely
import xarray as xr
import yaml
from raster import (
    LAT,
    LATS,
    LON,
    LONS,
    dry_land,
    fill_from_nearest,
    inside,
    outline,
    read_climate,
    read_drawn,
    read_features,
)

HERE = Path(__file__).parent

IDS = (
    *("alaska", "canadian_tundra", "western_canada", "eastern_canada"),
    *("western_eurasia", "siberian_tundra", "eastern_siberia", "western_siberia"),
)
NONE = len(IDS)
CODE = {id: number for number, id in enumerate(IDS)}

#: Koppen classes of the boreal zone; the second row (warm summer) counts too,
#: because the taiga reaches beyond the subarctic climate.
BOREAL = (
    *("Dfc", "Dfd", "Dwc", "Dwd", "Dsc", "Dsd"),
    *("Dfb", "Dwb", "Dsb"),
)
TUNDRA = ("ET", "EF")

#: Southern limit of the boreal zone (degrees N), to half a degree, chosen so
#: that the land area comes near the published one; not below 57 in Europe,
#: where mixed forest begins, and such that Chita stays in Eastern Siberia.
SOUTH = {
    "alaska": 51.0,
    "western_canada": 53.5,
    "eastern_canada": 48.5,
    "western_eurasia": 57.0,
    "western_siberia": 57.5,
    "eastern_siberia": 51.5,
}
#: Mountain tundra south of this stays with the boreal region around it.
MOUNTAIN_TUNDRA_FROM = 54.0


def main() -> None:
    """Read the shapes, apply the rules, write both sets."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--natural-earth", type=Path, required=True)
    parser.add_argument("--koppen", type=Path, required=True)
    drawn = HERE / "derivation" / "approximate.yaml"
    parser.add_argument("--approximate", type=Path, default=drawn)
    parser.add_argument("--ncscd", type=Path, help="soil carbon, for a check only")
    parser.add_argument("--out", type=Path, default=HERE)
    options = parser.parse_args()

    lines = yaml.safe_load((HERE / "derivation" / "lines.yaml").read_text())
    drawn = read_drawn(options.approximate)
    climate = read_climate(options.koppen)
    zone = zones(options.natural_earth, lines)
    known = (climate != "") & (zone != "")
    region = assign(zone, climate, drawn)
    region = fill_from_nearest(region, known, NONE)
    frozen = np.any(list(drawn.values()), axis=0) | inside(
        shapely.box(*lines["permafrost_islands"]["box"])
    )
    frozen = fill_from_nearest(frozen, known, False)
    dry = dry_land(options.natural_earth)

    sets = {
        "treat2024_boreal_tundra": region,
        "treat2024_permafrost": np.where(frozen, region, NONE),
    }
    for name, code in sets.items():
        write_set(name, code, dry, options.out)
    if options.ncscd:
        check_permafrost(options.ncscd, region, frozen, dry)


def zones(folder: Path, lines: dict) -> np.ndarray:
    """Give every cell the text of its political zone, empty over the sea."""
    zone = np.full(LONS.shape, "", dtype="U16")
    country = {
        properties["ADMIN"]: polygon
        for properties, polygon in read_features(folder, "ne_50m_admin_0_countries")
    }
    # Provinces, which have their own file, are what divides Canada and Alaska.
    north_america = [
        country.pop(name) for name in ("Canada", "United States of America")
    ]
    zone[inside(shapely.union_all([*country.values()]))] = "other"
    zone[inside(shapely.union_all(north_america)) & (LATS < 49)] = "other"
    nordic = [country[name] for name in ("Norway", "Sweden", "Finland")]
    zone[inside(shapely.union_all(nordic))] = "western_eurasia"
    provinces = read_features(folder, "ne_50m_admin_1_states_provinces")
    for properties, polygon in provinces:
        if properties["iso_a2"] == "CA":
            east = (
                properties["iso_3166_2"] in lines["eastern_canada"]["provinces"]
            ) | (lines["eastern_canada"]["islands_east_of"] < LONS)
            within = inside(polygon)
            zone[within & east] = "eastern_canada"
            zone[within & ~east] = "western_canada"
        elif properties["iso_3166_2"] == "US-AK":
            mainland = lines["alaska"]["panhandle_east_of"] > LONS
            zone[inside(polygon)] = np.where(mainland, "alaska", "other")[
                inside(polygon)
            ]
    russia = inside(country["Russia"])
    west = inside(shapely.Polygon(lines["urals"]["west_side"]))
    middle = inside(shapely.Polygon(lines["yenisei"]["west_side"])) & ~west
    zone[russia] = "eastern_siberia"
    zone[russia & middle] = "western_siberia"
    zone[russia & west] = "western_eurasia"
    return zone


def assign(
    zone: np.ndarray, climate: np.ndarray, drawn: dict[str, np.ndarray]
) -> np.ndarray:
    """Apply the rules to land cells."""
    region = np.full(zone.shape, NONE)
    cold = np.isin(climate, TUNDRA)
    for id, south in SOUTH.items():
        cold_enough = np.isin(climate, (*BOREAL, *TUNDRA)) | (LATS > 60)
        boreal = cold_enough & (south < LATS)
        region[(zone == id) & boreal] = CODE[id]
    canada = np.isin(zone, ["western_canada", "eastern_canada"])
    region[canada & drawn["canadian_tundra"]] = CODE["canadian_tundra"]
    siberia = np.isin(zone, ["western_siberia", "eastern_siberia"])
    mountains = cold & (LATS > MOUNTAIN_TUNDRA_FROM)
    beringia = (LATS > 60) & ((LONS > 165) | (LONS < -168))
    tundra = drawn["siberian_tundra"] | mountains | beringia
    region[siberia & tundra] = CODE["siberian_tundra"]
    return region


def write_set(name: str, code: np.ndarray, dry: np.ndarray, folder: Path) -> None:
    """Write the GeoJSON file and put the areas into the descriptor."""
    descriptor = yaml.safe_load((HERE / f"{name}.yaml").read_text())
    *members, domain = descriptor["regions"]
    features = []
    for entry, id in zip(members, IDS, strict=True):
        cells = code == CODE[id]
        add_area(entry, dry[cells].sum())
        features.append(
            {
                "type": "Feature",
                "properties": {"id": entry["id"], "name": entry["name"]},
                "geometry": shapely.geometry.mapping(outline(cells)),
            }
        )
    add_area(domain, dry[code != NONE].sum())
    collection = {"type": "FeatureCollection", "features": features}
    text = json.dumps(collection, separators=(",", ":")).replace(".0,", ",")
    (folder / f"{name}.geojson").write_text(text.replace(".0]", "]") + "\n")
    text = yaml.safe_dump(descriptor, sort_keys=False, allow_unicode=True, width=79)
    (folder / f"{name}.yaml").write_text(text)


def add_area(entry: dict, area: float) -> None:
    """Write the land area, and its ratio to the published one, into an entry."""
    entry["land_area_Mkm2"] = round(float(area), 3)
    published = entry.get("published_area_Mkm2")
    if published:
        entry["ratio"] = round(float(area) / published, 3)
    print(
        f"{entry['id']:32s} {area:6.3f} {published or '':>6} {entry.get('ratio', '')}"
    )


def check_permafrost(
    path: Path, region: np.ndarray, frozen: np.ndarray, dry: np.ndarray
) -> None:
    """Print how the permafrost limit compares with the NCSCD footprint."""
    with xr.open_dataset(path) as ncscd:
        soil = ncscd["soilc"].squeeze()
        carbon = soil.sel(lat=LAT, lon=LON, method="nearest").values
    footprint = np.isfinite(carbon) & (carbon > 0)
    domain = frozen & (region != NONE)
    both = dry[footprint & domain].sum()
    print(f"domain {dry[domain].sum():.2f}, NCSCD {dry[footprint].sum():.2f} Mkm2")
    print(f"share of the domain inside NCSCD {both / dry[domain].sum():.3f}")
    print(f"share of NCSCD inside the domain {both / dry[footprint].sum():.3f}")


if __name__ == "__main__":
    main()

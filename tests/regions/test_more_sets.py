"""What the sets of biomes, countries and IPCC regions claim."""

from collections import Counter
from pathlib import Path

import numpy as np
import pytest
import xarray as xr
import yaml

from benchmark.regions import (
    open_regions,
    region_set_names,
    region_weights,
    regions_of_points,
)
from benchmark.regions.geometry import area_km2
from benchmark.regions.sets import set_ids
from benchmark.shipped import folder

FOLDER = folder("references") / "regions"
SITES = yaml.safe_load(Path(__file__).with_name("sites.yaml").read_text())


def places(*names: str) -> tuple[list[str], list[float], list[float]]:
    """Sites with the regions they are published under."""
    rows = [(id, *place) for id in names for place in SITES[id].values()]
    return [row[0] for row in rows], [r[1] for r in rows], [r[2] for r in rows]


@pytest.mark.parametrize("name", ["biomes_whittaker", "biomes_koeppen"])
def test_biomes_have_the_area_of_their_cells(name):
    """The area of each class is the sum of its half-degree cells on the sphere."""
    with xr.open_dataset(FOLDER / f"{name}.nc", mask_and_scale=False) as data:
        codes, flags = data["biome"].values, data["biome"].attrs
        south = np.radians(data["lat"].values - 0.25)
    row = (
        6371.0**2 * np.radians(0.5) * (np.sin(south + np.radians(0.5)) - np.sin(south))
    )
    regions = open_regions(name)
    assert regions.ids == flags["flag_meanings"].split()
    for region, code in zip(regions, flags["flag_values"], strict=True):
        expected = ((codes == code) * row[:, None]).sum()
        assert area_km2(region.geometry) == pytest.approx(expected, rel=1e-9)


def test_weights_of_biomes_on_their_grid_are_whole(grid):
    """On half a degree a cell is in one class or in none."""
    weights = region_weights(open_regions("biomes_whittaker"), grid(0.5))
    assert set(np.unique(weights)) == {0.0, 1.0}
    assert weights.sum("region").max() == 1


#: Areas, million km2, as in the UN Demographic Yearbook, rounded.
KNOWN = {
    "russia": 17.1,
    "canada": 9.98,
    "china": 9.6,
    "mongolia": 1.56,
    "kazakhstan": 2.72,
    "greenland": 2.17,
    "finland": 0.338,
    "sweden": 0.45,
}


@pytest.mark.parametrize("id", KNOWN)
def test_countries_have_their_known_areas(id):
    """Generalised borders and coasts keep areas within 5 %."""
    region = open_regions("countries")[id]
    assert region.land_area_Mkm2 == pytest.approx(KNOWN[id], rel=0.05)
    assert area_km2(region.geometry) / 1e6 >= region.land_area_Mkm2


def test_countries_hold_their_sites_and_do_not_overlap(grid):
    """Each site is in one country, and no cell is counted twice."""
    holder = {
        "alaska": "united_states_of_america",
        "western_canada": "canada",
        "eastern_canada": "canada",
        "canadian_tundra": "canada",
        "siberian_tundra": "russia",
        "eastern_siberia": "russia",
        "western_siberia": "russia",
    }
    region, lat, lon = places(*holder)
    found = regions_of_points(open_regions("countries"), lat, lon)
    names = [
        [str(id) for id in found["region"].values[found.values[:, n]]]
        for n in range(len(lat))
    ]
    assert names == [[holder[id]] for id in region]
    weights = region_weights(open_regions("countries"), grid(5))
    assert weights.sum("region").max() == pytest.approx(1, abs=1e-6)


@pytest.mark.parametrize(
    ("place", "lat", "lon", "acronym"),
    [
        ("Fairbanks", 64.84, -147.72, "NWN"),
        ("Tiksi", 71.6, 128.9, "RAR"),
        ("Chita", 52.03, 113.5, "ESB"),
        ("Magadan", 59.57, 150.8, "RFE"),
        ("Omsk", 54.97, 73.38, "WSB"),
        ("Nuuk", 64.18, -51.7, "GIC"),
        ("Iqaluit", 63.75, -68.52, "NEN"),
        ("Kiruna", 67.86, 20.23, "NEU"),
    ],
)
def test_ipcc_regions_hold_their_places(place, lat, lon, acronym):
    """Regions are called by their acronyms, and are where the report has them."""
    found = regions_of_points(open_regions("ipcc_ar6_land"), [lat], [lon])
    assert found["region"].values[found.values[:, 0]].tolist() == [acronym], place


def test_the_permafrost_limit_holds_the_sites_of_the_domain():
    """The hand-drawn limit is that of treat2024_permafrost, and says so."""
    _, lat, lon = places(*SITES)
    assert regions_of_points(open_regions("permafrost_limit"), lat, lon).all()
    text = (FOLDER / "permafrost_limit.yaml").read_text(encoding="utf-8")
    assert "not the permafrost extent" in " ".join(text.split())


def test_parts_by_biome_are_parts_of_their_regions():
    """Tundra and boreal climate divide a region, and do not overlap."""
    parts = open_regions("treat2024_by_biome")
    whole = open_regions("treat2024_permafrost")
    for region in whole:
        if region.id == "permafrost_domain":
            continue
        two = [
            parts[id].geometry
            for id in (f"{region.id}_tundra_climate", f"{region.id}_boreal_climate")
            if id in parts
        ]
        assert sum(one.area for one in two) <= region.geometry.area + 1e-6
        for one in two:
            assert one.difference(region.geometry).area < 1e-6
    cold = area_km2(parts["tundra_climate"].geometry)
    boreal = area_km2(parts["boreal_climate"].geometry)
    domain = area_km2(whole["permafrost_domain"].geometry)
    assert 0.6 * domain < cold + boreal < domain


def test_what_ships_says_where_it_is_from_and_on_what_terms():
    """Each set has a licence, and every region a source, in its own words."""
    for name in region_set_names():
        for region in open_regions(name):
            assert region.licence or name == "global", region
            assert region.source, region
    listed = (FOLDER / "LICENSE.md").read_text(encoding="utf-8")
    for path in (*FOLDER.glob("*.nc"), *FOLDER.glob("*.geojson")):
        assert f"`{path.name}`" in listed, path


def test_ids_are_distinct_over_all_sets_and_listed_without_shapes():
    """A bare id names one region, and the descriptor lists what is opened."""
    every = [id for name in region_set_names() for id in set_ids(name)]
    assert [id for id, count in Counter(every).items() if count > 1] == []
    for name in region_set_names():
        assert set_ids(name) == open_regions(name).ids
        content = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
        assert content["name"]

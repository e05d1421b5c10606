"""What the built-in sets claim about areas and places."""

import pytest
from shapely import Point

from benchmark.regions import open_regions

PUBLISHED = {
    "alaska": 1.32,
    "canadian_tundra": 2.34,
    "western_canada": 2.95,
    "eastern_canada": 2.00,
    "western_eurasia": 3.27,
    "siberian_tundra": 2.44,
    "eastern_siberia": 6.54,
    "western_siberia": 1.68,
}
SITES = {
    "alaska": {
        "Toolik": (68.63, -149.60),
        "Utqiagvik": (71.29, -156.79),
        "Fairbanks": (64.84, -147.72),
        "Healy": (63.87, -149.25),
        "St Lawrence Island": (63.4, -170.5),
    },
    "canadian_tundra": {
        "Trail Valley Creek": (68.74, -133.50),
        "Daring Lake": (64.87, -111.57),
        "Cape Bounty": (74.92, -109.57),
        "Alert": (82.5, -62.3),
        "Iqaluit": (63.75, -68.52),
    },
    "western_canada": {
        "Scotty Creek": (61.31, -121.3),
        "Havikpak Creek": (68.32, -133.52),
        "Thompson": (55.74, -97.86),
        "Whitehorse": (60.72, -135.05),
    },
    "eastern_canada": {
        "Umiujaq": (56.55, -76.55),
        "Schefferville": (54.8, -66.8),
        "Peawanuck": (55.0, -85.43),
    },
    "western_eurasia": {
        "Abisko": (68.35, 18.8),
        "Kaamanen": (69.14, 27.27),
        "Seida": (67.05, 62.93),
        "Adventdalen": (78.2, 15.8),
        "Vorkuta": (67.5, 64.05),
    },
    "siberian_tundra": {
        "Samoylov": (72.37, 126.48),
        "Kytalyk": (70.83, 147.5),
        "Chersky": (68.74, 161.4),
        "Ambarchik": (69.63, 162.3),
        "Vaskiny Dachi": (70.28, 68.9),
        "Anadyr": (64.73, 177.5),
    },
    "eastern_siberia": {
        "Yakutsk": (62.03, 129.73),
        "Tura": (64.28, 100.22),
        "Elgeeii": (60.0, 133.8),
        "Oymyakon": (63.46, 142.79),
        "Chita": (52.03, 113.5),
        # On the east bank of the Yenisei, which is the dividing line.
        "Igarka": (67.47, 86.57),
    },
    "western_siberia": {
        "Noyabrsk": (63.2, 75.45),
        "Nadym": (65.53, 72.52),
        "Khanty-Mansiysk": (61.0, 69.0),
        # On the west bank of the Yenisei.
        "Zotino": (60.80, 89.35),
    },
}


@pytest.mark.parametrize("suffix", ["", "_boreal_tundra"])
@pytest.mark.parametrize(
    ("region", "site"), [(region, site) for region in SITES for site in SITES[region]]
)
def test_sites_lie_in_their_region(region, site, suffix):
    """A field site lies in the region it is published under, and in no other."""
    lat, lon = SITES[region][site]
    name = "treat2024_boreal_tundra" if suffix else "treat2024_permafrost"
    *members, _ = open_regions(name)
    holders = [one.id for one in members if one.geometry.covers(Point(lon, lat))]
    assert holders == [region + suffix]


@pytest.mark.parametrize(
    ("place", "lat", "lon"),
    [
        ("Nuuk", 64.18, -51.7),
        ("Reykjavik", 64.13, -21.9),
        ("Ulaanbaatar", 47.9, 106.9),
        ("Mohe, China", 52.97, 122.54),
        ("Juneau", 58.3, -134.4),
        ("Moscow", 55.75, 37.6),
        ("Lhasa", 29.65, 91.1),
    ],
)
def test_places_outside_are_outside(place, lat, lon):
    """Greenland, Iceland, China, Mongolia and the temperate zone are left out."""
    domain = open_regions("treat2024_boreal_tundra")["boreal_tundra_domain"]
    assert not domain.geometry.covers(Point(lon, lat)), place


@pytest.mark.parametrize("id", PUBLISHED)
def test_areas_are_near_the_published_ones(id):
    """Land areas without permafrost limit are within 10 % of the published ones."""
    region = open_regions("treat2024_boreal_tundra")[f"{id}_boreal_tundra"]
    assert region.published_area_Mkm2 == PUBLISHED[id]
    assert region.land_area_Mkm2 == pytest.approx(PUBLISHED[id], rel=0.10)


@pytest.mark.parametrize("id", PUBLISHED)
def test_permafrost_does_not_exceed_the_published_area(id):
    """Within the permafrost limit no region is larger than 1.1 times published."""
    region = open_regions("treat2024_permafrost")[id]
    assert region.land_area_Mkm2 <= 1.1 * PUBLISHED[id]


@pytest.mark.parametrize(
    ("name", "published", "tolerance"),
    [("treat2024_boreal_tundra", 22.5, 0.02), ("treat2024_permafrost", 18.4, 0.05)],
)
def test_domains_have_the_published_area(name, published, tolerance):
    """The land of the domain is the sum of the regions and near the published area."""
    *members, domain = open_regions(name)
    assert domain.published_area_Mkm2 == published
    assert domain.land_area_Mkm2 == pytest.approx(published, rel=tolerance)
    total = sum(region.land_area_Mkm2 for region in members)
    assert domain.land_area_Mkm2 == pytest.approx(total, abs=0.01)


def test_permafrost_regions_are_parts_of_the_unmasked_ones():
    """Every permafrost region lies inside its unmasked region."""
    masked = open_regions("treat2024_permafrost")
    whole = open_regions("treat2024_boreal_tundra")
    for inner, outer in zip(masked, whole, strict=True):
        assert inner.geometry.difference(outer.geometry).area < 1e-9, inner.id


@pytest.mark.parametrize("name", ["treat2024_boreal_tundra", "treat2024_permafrost"])
def test_members_know_their_domain_source_and_licence(name):
    """Every region says what it is part of, where it comes from and on what terms."""
    *members, domain = open_regions(name)
    assert {region.part_of for region in members} == {domain.id}
    assert domain.part_of is None
    assert all(region.source and region.licence for region in (*members, domain))
    assert all(region.description for region in (*members, domain))

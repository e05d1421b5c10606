"""What the built-in sets claim about areas and places."""

from pathlib import Path

import pytest
import yaml
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
SITES = yaml.safe_load(Path(__file__).with_name("sites.yaml").read_text())


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

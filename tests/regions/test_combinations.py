"""Unions, intersections, rules and what is cut out of them."""

import json

import pytest
import shapely

from benchmark.config.parts import region
from benchmark.config.region_checks import region_problems
from benchmark.config.validation import Place
from benchmark.regions import open_regions
from benchmark.regions.combine import difference, intersection

WEST = {"lat": [0, 10], "lon": [0, 20]}
EAST = {"lat": [0, 10], "lon": [10, 30]}
NORTH = {"lat": [5, 20], "lon": [0, 30]}


@pytest.fixture
def folder(tmp_path):
    """Folder with a set, and a GeoJSON file of two squares."""

    def square(id, west):
        box = shapely.geometry.mapping(shapely.box(west, 0, west + 10, 10))
        return {"type": "Feature", "properties": {"id": id}, "geometry": box}

    features = [square("one", 0), square("two", 20)]
    collection = {"type": "FeatureCollection", "features": features}
    (tmp_path / "squares.geojson").write_text(json.dumps(collection))
    (tmp_path / "set.yaml").write_text(
        """
id: mine
geometry: squares.geojson
source: a survey
regions:
  - {id: one}
  - {id: second, class: two}
  - {id: all, class: [one, two]}
  - {id: rest, union_of: [one, second], without: [{lat: [0, 5], lon: [0, 30]}]}
  - {id: half, file: squares.geojson, class: one, without: [rest]}
  - {id: common, intersection_of: [all, squares.geojson, {lat: [0, 2], lon: [0, 5]}]}
"""
    )
    return tmp_path


@pytest.mark.parametrize(
    ("entry", "area"),
    [
        ({"union_of": [WEST, EAST]}, 300),
        ({"intersection_of": [WEST, EAST]}, 100),
        ({"intersection_of": [WEST, EAST, NORTH]}, 50),
        ({**WEST, "without": [EAST]}, 100),
        ({**WEST, "without": [EAST, NORTH]}, 50),
        ({"union_of": [WEST, EAST], "without": [NORTH]}, 150),
        ({"union_of": [WEST, {"intersection_of": [EAST, NORTH]}]}, 250),
        ({"intersection_of": [{**WEST, "without": [NORTH]}, EAST]}, 50),
        ({"rule": {"within": [WEST, EAST], "biome": [NORTH]}}, 150),
    ],
)
def test_areas_of_combinations_are_those_worked_out_by_hand(entry, area):
    """Boxes in degrees combine as sets do."""
    (region,) = open_regions({"id": "x", **entry})
    assert region.id == "x"
    assert region.geometry.area == pytest.approx(area)
    assert region.geometry.is_valid


def test_a_set_may_combine_its_regions_and_files(folder):
    """Entries refer to the set's own file, to one another, and to other files."""
    regions = open_regions(folder / "set.yaml")
    areas = {region.id: region.geometry.area for region in regions}
    expected = {"one": 100, "second": 100, "all": 200, "rest": 100, "half": 50}
    assert areas == pytest.approx({**expected, "common": 10})


def test_a_set_without_a_list_is_its_whole_file(folder):
    """A descriptor may do no more than say how to read a file."""
    (folder / "s.yaml").write_text("id: s\ngeometry: squares.geojson\nsource: me\n")
    regions = open_regions(folder / "s.yaml")
    assert regions.ids == ["one", "two"]
    assert regions["two"].source == "me"


def test_a_rule_is_an_intersection_of_named_things():
    """Country, biome and permafrost, each by its name, is what they share."""
    rule = {"country": "canada", "biome": ["tundra", "borealforest"]}
    by_rule = open_regions({"id": "x", "rule": {**rule, "permafrost": "global"}})["x"]
    biomes = ["biomes_whittaker/tundra", "biomes_whittaker/borealforest"]
    parts = ["countries/canada", {"union_of": biomes}]
    by_hand = open_regions({"id": "x", "intersection_of": parts})["x"]
    assert by_rule.geometry.equals(by_hand.geometry)
    both = [open_regions(name) for name in ("canada", "tundra", "borealforest")]
    for (one,) in both[1:]:
        assert by_rule.geometry.intersects(one.geometry)
    assert by_rule.geometry.difference(both[0]["canada"].geometry).area < 1e-6
    assert "Natural Earth" in by_rule.source
    assert "Apache-2.0" in by_rule.licence


def test_slivers_are_dropped():
    """What two outlines of one border leave over is not part of a region."""
    shape = shapely.box(0, 0, 10, 10)
    # 0.001 by 0.01 degrees is 0.12 km2 at the equator; 0.1 by 0.01 is 12 km2.
    other = shapely.union_all(
        [shapely.box(-1, 0, 0.001, 0.01), shapely.box(9.9, 5, 12, 5.01)]
    )
    assert intersection([shape, other]).bounds == pytest.approx((9.9, 5, 10, 5.01))
    cut = shapely.box(0.001, -1, 10, 11)
    assert difference(shapely.box(0, 0, 10, 0.01), cut).is_empty


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        (
            {"intersection_of": [WEST, {"lat": [50, 60], "lon": [0, 9]}]},
            "region 'x': nothing of 1 km2 or more is left",
        ),
        ({**WEST, "without": [WEST]}, "without: takes all of it"),
        ({**WEST, "union_of": [EAST]}, "has both lat and union_of"),
        ({"union_of": WEST}, "union_of: expected a list of regions"),
        ({"intersection_of": []}, "intersection_of: expected a list of regions"),
        ({"union_of": ["alasca"]}, "union_of: .*Did you mean 'alaska'"),
        ({"union_of": ["countries/canda"]}, "Did you mean 'canada'"),
        ({"union_of": ["nowhere.nc"]}, r"union_of: .*'nowhere\.nc'"),
        ({"union_of": [{"lat": [0, 5]}]}, r"\['lon'\] missing"),
        ({"union_of": [{"lats": [0, 5]}]}, "Did you mean 'lat'"),
        ({"rule": "canada"}, "rule: expected such as"),
        ({"rule": {"county": "canada"}}, "Did you mean 'country'"),
        ({"rule": {"country": "canada", "biome": "subtropicaldesert"}}, "in common"),
        ({"attribute": "A"}, "'attribute:' without 'file:'"),
        ({"file": "nowhere.nc"}, "no such file"),
        ({"file": "zones.gpkg"}, "no such file"),
        ({}, "shape of region 'x'"),
    ],
)
def test_what_cannot_be_combined_is_explained(entry, message):
    """The message has the region and what is wrong with which part."""
    with pytest.raises(ValueError, match=message):
        open_regions([{"id": "x", **entry}])


def test_a_format_that_is_not_read_has_advice(tmp_path):
    """A GeoPackage is refused with the command that converts it."""
    (tmp_path / "zones.gpkg").write_bytes(b"x")
    entry = {"id": "x", "file": str(tmp_path / "zones.gpkg")}
    with pytest.raises(ValueError, match=r"ogr2ogr zones\.geojson zones\.gpkg"):
        open_regions(entry)


def test_several_regions_need_a_class(folder):
    """Which region of a file is meant is said, unless the id says it."""
    path = str(folder / "squares.geojson")
    assert open_regions({"id": "two", "file": path})["two"].geometry.area == 100
    with pytest.raises(ValueError, match=r"2 regions \(one, two\). Write 'class:'"):
        open_regions({"id": "x", "file": path})
    assert open_regions({"file": path}).ids == ["one", "two"]


def test_a_set_made_of_itself_is_refused(tmp_path):
    """Two descriptors that name each other have no end."""
    (tmp_path / "a.yaml").write_text("regions: [{id: a, union_of: [b.yaml]}]")
    (tmp_path / "b.yaml").write_text("regions: [{id: b, union_of: [a.yaml]}]")
    with pytest.raises(ValueError, match="is made of itself, by way of b"):
        open_regions(tmp_path / "a.yaml")


def test_paths_in_a_suite_are_relative_to_it(folder, monkeypatch, tmp_path_factory):
    """Files inside combinations are found beside the YAML that names them."""
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    entry = {
        "id": "x",
        "rule": {"within": {"file": "squares.geojson", "class": "one"}},
        "without": ["squares.geojson", {"file": "squares.geojson"}],
    }
    found = region(entry, folder)
    path = str(folder / "squares.geojson")
    assert found["rule"]["within"] == {"file": path, "class": "one"}
    assert found["without"] == [path, {"file": path}]
    place = Place(folder / "suite.yaml", {})
    (problem,) = region_problems([entry], place)
    assert "suite.yaml" in problem
    assert "without: takes all of it" in problem
    assert region_problems([{**entry, "without": [EAST]}], place) == []

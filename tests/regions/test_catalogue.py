import json
from pathlib import Path

import pytest

from benchmark.regions import Region, Regions, box, open_regions

IDS = [
    *("alaska", "canadian_tundra", "western_canada", "eastern_canada"),
    *("western_eurasia", "siberian_tundra", "eastern_siberia", "western_siberia"),
]
SIBERIA = {"id": "siberia_box", "name": "Box", "lat": [60, 75], "lon": [160, -170]}


def write_geojson(path: Path, *properties: dict) -> Path:
    ring = [[0, 50], [10, 50], [10, 60], [0, 50]]
    features = [
        {
            "type": "Feature",
            "properties": known,
            "geometry": {"type": "Polygon", "coordinates": [ring]},
        }
        for known in properties
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


def test_permafrost_regions_have_the_agreed_ids():
    """The permafrost set has the eight regions and then their union."""
    assert open_regions("treat2024_permafrost").ids == [*IDS, "permafrost_domain"]


def test_unmasked_regions_have_a_suffix():
    """The set without permafrost limit can stand beside the other one."""
    expected = [*(f"{id}_boreal_tundra" for id in IDS), "boreal_tundra_domain"]
    assert open_regions("treat2024_boreal_tundra").ids == expected
    both = open_regions(["treat2024_permafrost", "treat2024_boreal_tundra"])
    assert len(both) == 18


def test_global_is_one_region():
    """The global set is the whole Earth."""
    assert open_regions("global")["global"].geometry.area == 360 * 180


def test_one_region_of_a_built_in_set_has_its_own_name():
    """A region can be opened by its id."""
    assert open_regions("eastern_siberia").ids == ["eastern_siberia"]


def test_a_box_is_a_mapping():
    """A box crosses the dateline when it runs eastward past it."""
    (region,) = open_regions(SIBERIA)
    assert (region.id, region.name) == ("siberia_box", "Box")
    assert region.geometry.area == 30 * 15


def test_boxes_may_be_keyed_by_id():
    """A mapping of ids to limits is a set of boxes."""
    regions = open_regions({"a": {"lat": [0, 1], "lon": [0, 1]}, "b": SIBERIA})
    assert regions.ids == ["a", "siberia_box"]


def test_names_boxes_files_and_regions_mix(tmp_path):
    """A list joins everything, in its order."""
    path = write_geojson(tmp_path / "mine.geojson", {"id": "mine", "name": "Mine"})
    made = box("made", lat=(0, 1), lon=(0, 1))
    regions = open_regions(["alaska", SIBERIA, path, made])
    assert regions.ids == ["alaska", "siberia_box", "mine", "made"]
    assert open_regions(regions) is regions


def test_a_feature_may_have_only_a_name(tmp_path):
    """Without an id the name of a feature is its id."""
    path = write_geojson(tmp_path / "mine.geojson", {"name": "Lena"})
    assert open_regions(str(path)).ids == ["Lena"]


def test_unknown_name_gets_a_suggestion():
    """A misspelt set or region is answered with the nearest name."""
    with pytest.raises(ValueError, match="Did you mean 'treat2024_permafrost'"):
        open_regions("treat2024_permafrots")
    with pytest.raises(ValueError, match="Did you mean 'eastern_siberia'"):
        open_regions("eastern_sibiria")


def test_missing_file_is_named():
    """A path that does not exist is in the message."""
    with pytest.raises(FileNotFoundError, match=r"nowhere\.geojson"):
        open_regions("nowhere.geojson")


def test_repeated_id_is_refused():
    """The same region twice would be counted twice."""
    with pytest.raises(ValueError, match="'alaska' is used twice"):
        open_regions(["treat2024_permafrost", "alaska"])


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ([], "the list is empty"),
        (3, "found 3"),
        ({"lat": [0, 1], "lon": [0, 1]}, r"\['id'\] missing"),
        ({"id": "a", "lat": [0, 1]}, r"\['lon'\] missing"),
        ({"id": "a", "lats": [0, 1], "lon": [0, 1]}, "Did you mean 'lat'"),
        ({"id": "a", "lat": [60, 50], "lon": [0, 1]}, r"\[south, north\]"),
        ({"id": "a", "lat": [60, 95], "lon": [0, 1]}, "within -90..90"),
        ({"id": "a", "lat": [60], "lon": [0, 1]}, "two numbers each"),
        ({"id": "a", "lat": [50, 60], "lon": [5, 5]}, "two different longitudes"),
        ({"id": "a", "lat": [50, 60], "lon": [-300, 200]}, "at most 360"),
        ({"a": [1, 2]}, "'a' must be a box"),
    ],
)
def test_unusable_input_is_explained(given, message):
    """What cannot be a region is named, with what to write instead."""
    with pytest.raises(ValueError, match=message):
        open_regions(given)


def test_a_region_can_be_opened_as_a_set():
    """One region is a set of one."""
    region = open_regions("alaska")["alaska"]
    assert isinstance(region, Region)
    assert open_regions(region) == Regions("alaska", (region,))

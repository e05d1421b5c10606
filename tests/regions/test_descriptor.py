import json

import pytest

from benchmark.regions import open_regions

SQUARE = {"type": "Polygon", "coordinates": [[[0, 0], [9, 0], [9, 9], [0, 9], [0, 0]]]}


@pytest.fixture
def folder(tmp_path):
    """Folder with one GeoJSON file of one square."""
    feature = {"type": "Feature", "properties": {"id": "square"}, "geometry": SQUARE}
    collection = {"type": "FeatureCollection", "features": [feature]}
    (tmp_path / "shapes.geojson").write_text(json.dumps(collection))
    return tmp_path


def describe(folder, text):
    path = folder / "set.yaml"
    path.write_text(text)
    return open_regions(path)


def test_descriptor_joins_shapes_boxes_and_unions(folder):
    """An entry takes its shape from the file, from limits or from other entries."""
    regions = describe(
        folder,
        """
id: mine
geometry: shapes.geojson
source: a survey
regions:
  - {id: square, name: Square, published_area_Mkm2: 1.5}
  - {id: band, lat: [0, 9], lon: [9, 20], source: limits}
  - {id: both, union_of: [square, band]}
""",
    )
    assert regions.name == "mine"
    assert regions["square"].published_area_Mkm2 == 1.5
    assert [region.source for region in regions] == ["a survey", "limits", "a survey"]
    assert regions["both"].geometry.area == 9 * 20


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("regions: [", "not valid YAML"),
        ("id: x", "expected a list 'regions'"),
        ("regions: [{id: a, lat: [0, 1], lon: [0, 1]}]\ngeometri: x", "'geometry'"),
        ("geometry: shapes.geojson\nregions: [{id: sqare}]", "Did you mean 'square'"),
        ("geometry: shapes.geojson\nregions: [{name: x}]", "no 'id'"),
        ("geometry: other.geojson\nregions: [{id: x}]", "no such GeoJSON"),
        ("regions: [{id: a, union_of: [b]}]", "'b' is unknown"),
        ("regions: [alaska]", "expected a mapping"),
    ],
)
def test_descriptor_errors_name_file_and_cause(folder, text, message):
    """A descriptor that cannot be used says where and why."""
    with pytest.raises(ValueError, match=message) as raised:
        describe(folder, text)
    assert ".yaml" in str(raised.value) or ".geojson" in str(raised.value)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("[", "not a GeoJSON FeatureCollection"),
        ('{"type": "Polygon"}', "not a GeoJSON FeatureCollection"),
        ('{"features": [{"properties": {"x": 1}}]}', r"no property 'id' or 'name'"),
        ('{"features": [{"properties": {"id": 1}}]}', r"feature 0 \('1'\)"),
        (
            '{"features": [{"properties": {"id": "p"}, "geometry": '
            '{"type": "Point", "coordinates": [1, 2]}}]}',
            r"\('p'\): the geometry \(Point\) has no area",
        ),
    ],
)
def test_geojson_errors_name_the_feature(tmp_path, content, message):
    """A feature that cannot be used is named."""
    path = tmp_path / "bad.geojson"
    path.write_text(content)
    with pytest.raises(ValueError, match=message):
        open_regions(path)


def test_repeated_feature_is_refused(tmp_path):
    """Two features of one id are ambiguous."""
    feature = {"properties": {"id": "a"}, "geometry": SQUARE}
    path = tmp_path / "twice.geojson"
    path.write_text(json.dumps({"features": [feature, feature]}))
    with pytest.raises(ValueError, match="feature 1 repeats the id 'a'"):
        open_regions(path)

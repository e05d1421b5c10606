"""Shapefiles are read as their writers left them."""

import zipfile

import pytest
import shapefile
import shapely

from benchmark.regions import open_regions

WEST = [(0, 0), (10, 0), (10, 10), (0, 10), (0, 0)]
HOLE = [(2, 2), (4, 2), (4, 4), (2, 4), (2, 2)]
EAST = [(20, 0), (30, 0), (30, 10), (20, 10), (20, 0)]
FAR = [(170, 60), (190, 60), (190, 70), (170, 70), (170, 60)]
GEOGRAPHIC = 'GEOGCS["WGS 84",DATUM["WGS_1984"]]'
PROJECTED = 'PROJCS["NSIDC EASE-Grid North",GEOGCS["x"]]'


def write(path, *shapes, projection=GEOGRAPHIC, encoding="utf-8"):
    """Write shapes, each (name, zone, rings)."""
    with shapefile.Writer(str(path), encoding=encoding) as writer:
        writer.field("Name", "C")
        writer.field("ZONE", "C")
        for name, zone, rings in shapes:
            writer.poly(rings)
            writer.record(name, zone)
    if projection:
        path.with_suffix(".prj").write_text(projection)
    return path.with_suffix(".shp")


def test_shapes_have_the_names_of_the_table(tmp_path):
    """The column 'Name' is the id, whatever its capitals."""
    regions = open_regions(
        write(tmp_path / "r", ("w", "x", [WEST]), ("e", "x", [EAST]))
    )
    assert regions.ids == ["w", "e"]
    assert regions["w"].geometry.equals(shapely.box(0, 0, 10, 10))


@pytest.mark.parametrize("turn", [1, -1])
@pytest.mark.parametrize("hole", [1, -1])
def test_the_direction_of_rings_does_not_matter(tmp_path, turn, hole):
    """A hole is a hole and two parts are two parts, whichever way they run."""
    rings = [WEST[::turn], HOLE[::hole], EAST[::turn]]
    (region,) = open_regions(write(tmp_path / "r", ("a", "x", rings)))
    assert region.geometry.area == 100 - 4 + 100


def test_longitudes_past_180_are_brought_back(tmp_path):
    """A shape across the dateline is cut there."""
    (region,) = open_regions(write(tmp_path / "r", ("a", "x", [FAR])))
    assert region.geometry.area == pytest.approx(200)
    assert region.geometry.bounds == (-180, 60, 180, 70)


def test_shapes_that_share_an_attribute_are_joined(tmp_path):
    """A map of zones has many shapes of one zone."""
    shapes = [("a", "C", [WEST]), ("b", "D", [FAR]), ("c", "C", [EAST])]
    path = write(tmp_path / "r", *shapes)
    regions = open_regions({"file": str(path), "attribute": "ZONE"})
    assert regions.ids == ["C", "D"]
    assert regions["C"].geometry.area == 200
    one = {"id": "cold", "file": str(path), "attribute": "ZONE", "class": "C"}
    assert open_regions(one)["cold"].geometry.area == 200


def test_a_zip_archive_is_a_shapefile(tmp_path):
    """The files of a shapefile may be packed."""
    write(tmp_path / "r", ("w", "x", [WEST]))
    with zipfile.ZipFile(tmp_path / "r.zip", "w") as archive:
        for suffix in ("shp", "shx", "dbf", "prj"):
            archive.write(tmp_path / f"r.{suffix}", f"r.{suffix}")
    assert open_regions(str(tmp_path / "r.zip")).ids == ["w"]


def test_old_encodings_are_read(tmp_path):
    """A table without a stated encoding may be Latin-1."""
    path = write(tmp_path / "r", ("Île", "x", [WEST]), encoding="latin-1")
    path.with_suffix(".cpg").unlink(missing_ok=True)
    assert open_regions(path).ids == ["Île"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({}, "repeats the id 'a'. To join features write 'attribute:'"),
        ({"attribute": "ZONES"}, "Did you mean 'ZONE'"),
        ({"attribute": "ZONE", "class": "E"}, "class 'E' is unknown"),
        ({"variable": "x"}, "'variable:' is of no use here; expected attribute"),
    ],
)
def test_what_cannot_be_named_is_explained(tmp_path, options, message):
    """The message has the file, and what to write."""
    path = write(tmp_path / "r", ("a", "C", [WEST]), ("a", "D", [EAST]))
    with pytest.raises(ValueError, match=message) as raised:
        open_regions({"file": str(path), **options})
    assert "r.shp" in str(raised.value)


def test_a_projected_file_is_refused(tmp_path):
    """Metres are not degrees; the message has the command that converts them."""
    path = write(tmp_path / "r", ("a", "C", [WEST]), projection=PROJECTED)
    with pytest.raises(ValueError, match=r"EASE-Grid North.*EPSG:4326 -wrapdateline"):
        open_regions(path)


def test_metres_without_a_projection_are_refused(tmp_path):
    """Coordinates outside the range of degrees show it as well."""
    ring = [(x * 1e5, y * 1e5) for x, y in WEST]
    path = write(tmp_path / "r", ("a", "C", [ring]), projection="")
    with pytest.raises(ValueError, match="must be longitude"):
        open_regions(path)


def test_a_shapefile_cut_short_is_refused(tmp_path):
    """Half a file, or one without its table, is named."""
    path = write(tmp_path / "r", ("a", "C", [WEST]), ("b", "C", [EAST]))
    path.write_bytes(path.read_bytes()[:150])
    with pytest.raises(ValueError, match=r"r\.shp"):
        open_regions(path)


def test_no_archive_is_refused(tmp_path):
    """A file that is only called zip is named."""
    (tmp_path / "r.zip").write_text("x")
    with pytest.raises(ValueError, match=r"r\.zip: not a zip archive"):
        open_regions(tmp_path / "r.zip")


def test_points_are_refused(tmp_path):
    """A shapefile of points has no regions."""
    with shapefile.Writer(str(tmp_path / "r")) as writer:
        writer.field("Name", "C")
        writer.point(1, 2)
        writer.record("a")
    with pytest.raises(ValueError, match="is a POINT; expected polygons"):
        open_regions(tmp_path / "r.shp")

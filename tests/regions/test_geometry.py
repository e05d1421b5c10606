import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from benchmark.regions.geometry import LONGEST_EDGE, box_geometry, densify, normalise


@given(west=st.floats(-360, 360), width=st.floats(0.01, 360))
def test_a_box_keeps_its_area_wherever_it_starts(west, width):
    """Wrapping a box neither loses nor doubles any of it."""
    box = box_geometry(10, 20, west, west + width)
    assert box.area == pytest.approx(10 * width)
    assert box.bounds[0] >= -180
    assert box.bounds[2] <= 180


def test_densified_edges_are_short_and_in_place():
    """Slanted edges are cut, edges on parallels and meridians are kept."""
    triangle = shapely.Polygon([(0, 0), (10, 0), (0, 5)])
    dense = densify(triangle)
    points = shapely.get_coordinates(dense)
    assert len(points) == 3 + int(np.ceil(np.hypot(10, 5) / LONGEST_EDGE))
    assert dense.area == pytest.approx(triangle.area)


def test_a_bow_tie_becomes_valid():
    """A ring that crosses itself is repaired, not refused."""
    tie = shapely.Polygon([(0, 0), (10, 10), (10, 0), (0, 10)])
    assert normalise(tie, "tie").is_valid


@pytest.mark.parametrize(
    ("polygon", "message"),
    [
        (shapely.Polygon(), "is empty"),
        (shapely.box(10, 80, 20, 100), "80..100"),
        (shapely.box(600, 0, 620, 10), "600..620"),
        (shapely.Polygon([(170, 60), (-170, 60), (-170, 70)]), "spans 340 degrees"),
        (shapely.LineString([(0, 0), (1, 1)]), "has no area"),
    ],
)
def test_unusable_polygons_are_explained(polygon, message):
    """The message has the name and what was found."""
    with pytest.raises(ValueError, match=rf"where: .*{message}"):
        normalise(polygon, "where")

"""Sites lie in one region of a partition, wherever they are."""

import numpy as np
import pytest
import xarray as xr
from hypothesis import given
from hypothesis import strategies as st

from benchmark.errors import InputError
from benchmark.regions import Regions, box, open_regions, regions_of_points

WEST = box("west", lat=(0, 90), lon=(-180, 0))
EAST = box("east", lat=(0, 90), lon=(0, 180))
ALL = box("all", lat=(0, 90), lon=(-180, 180))
#: Place, and the regions of (west, east, all) that it lies in.
PLACES = [
    ((45, -90), "west all"),
    ((45, 90), "east all"),
    ((45, 270), "west all"),
    # On the border of both: the first has it, the domain is no rival.
    ((45, 0), "west all"),
    ((45, 180), "west all"),
    ((45, -180), "west all"),
    # On the outer border, and at the pole.
    ((0, 90), "east all"),
    ((90, 90), "east all"),
    ((-1, 90), ""),
]


@pytest.mark.parametrize(("place", "expected"), PLACES)
def test_places_on_borders_belong_to_the_first(place, expected):
    """A point on a shared border is in the first region and in the domain."""
    regions = Regions("halves", (WEST, EAST, ALL))
    found = regions_of_points(regions, [place[0]], [place[1]])
    assert [str(id) for id in found["region"].values[found.values[:, 0]]] == (
        expected.split()
    )


def test_the_order_decides():
    """The border goes to the other side if the regions are turned round."""
    found = regions_of_points(Regions("halves", (EAST, WEST)), [45], [0])
    assert found.values[:, 0].tolist() == [True, False]


@given(
    lat=st.integers(-360, 360).map(lambda n: n / 4),
    lon=st.integers(-720, 1440).map(lambda n: n / 4),
)
def test_a_partition_has_every_point_once(lat, lon):
    """Quarter degrees, many of them on borders, lie in exactly one of the boxes."""
    boxes = [
        box(f"{south}_{west}", lat=(south, south + 45), lon=(west, west + 90))
        for south in (-90, -45, 0, 45)
        for west in (-180, -90, 0, 90)
    ]
    found = regions_of_points(Regions("boxes", tuple(boxes)), [lat], [lon])
    assert found.values.sum() == 1


def test_slanted_borders_are_shared_too(tmp_path):
    """On a border cut into pieces twice, once from each side, nothing is lost."""
    feature = (
        '{{"type":"Feature","properties":{{"id":"{}"}},'
        '"geometry":{{"type":"Polygon","coordinates":[{}]}}}}'
    )
    low = "[[0,50],[10,50],[10,57],[0,50]]"
    high = "[[0,50],[10,57],[0,57],[0,50]]"
    features = ",".join([feature.format("low", low), feature.format("high", high)])
    path = tmp_path / "two.geojson"
    path.write_text(f'{{"type":"FeatureCollection","features":[{features}]}}')
    along = np.linspace(0, 1, 101)
    found = regions_of_points(open_regions(path), 50 + 7 * along, 10 * along)
    assert (found.sum("region") == 1).all()
    assert found.sel(region="low").all()


def test_coordinates_of_the_sites_are_kept():
    """The result has the names of the sites."""
    lat = xr.DataArray([45.0, 45.0], dims="site", coords={"site": ["a", "b"]})
    lon = xr.DataArray([-9.0, 9.0], dims="site", coords={"site": ["a", "b"]})
    found = regions_of_points(Regions("halves", (WEST, EAST)), lat, lon)
    assert found.dims == ("region", "site")
    assert found.sel(region="east", site="b").item()
    assert not found.sel(region="east", site="a").item()


@pytest.mark.parametrize(
    ("lat", "lon", "message"),
    [
        ([100], [50], "site 0 has latitude 100"),
        ([50, np.nan], [50, 50], "site 1 has latitude nan"),
        ([50], [999], "longitude 999"),
        ([50, 60], [50], "2 latitudes and 1 longitudes"),
    ],
)
def test_unusable_places_are_named(lat, lon, message):
    """A site without a place, or with the columns swapped, is named."""
    with pytest.raises(InputError, match=message):
        regions_of_points(Regions("halves", (WEST, EAST)), lat, lon)

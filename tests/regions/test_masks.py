"""NetCDF masks become the outline of their cells."""

import numpy as np
import pytest
import xarray as xr

from benchmark.errors import InputError
from benchmark.regions import open_regions, region_weights
from benchmark.regions.geometry import area_km2
from benchmark.regions.masks import read_mask

RADIUS_KM = 6371.0
#: Classes on cells of 30 degrees, south first, from 0 to 120 degrees east.
MAP = np.array([[0, 0, 1, -1], [0, 1, 1, 2], [-1, -1, 2, 2]])
LAT, LON = np.array([15.0, 45.0, 75.0]), np.array([15.0, 45.0, 75.0, 105.0])


def sphere_area(south: float, north: float, width: float) -> float:
    """Area (km2) between two parallels over a width in degrees."""
    height = np.sin(np.radians(north)) - np.sin(np.radians(south))
    return RADIUS_KM**2 * height * np.radians(width)


#: By hand: class 0 has two cells in the first row and one in the second, ...
AREAS = {
    "a": sphere_area(0, 30, 60) + sphere_area(30, 60, 30),
    "b": sphere_area(0, 30, 30) + sphere_area(30, 60, 60),
    "c": sphere_area(30, 60, 30) + sphere_area(60, 90, 60),
}


def write(path, values, attrs=None, lat=LAT, lon=LON, fill=None, **others):
    dims = ("lat", "lon") if np.ndim(values) == 2 else ("region", "lat", "lon")
    data = xr.Dataset(
        {"zone": (dims, values, attrs or {}), **others},
        coords={
            "lat": ("lat", lat, {"units": "degrees_north"}),
            "lon": ("lon", lon, {"units": "degrees_east"}),
        },
    )
    encoding = {} if fill is None else {"zone": {"_FillValue": fill}}
    data.to_netcdf(path, encoding=encoding)
    return path


def areas(regions) -> dict[str, float]:
    return {id: area_km2(region.geometry) for id, region in regions.items()}


@pytest.fixture
def ilamb(tmp_path):
    """A map of classes as ILAMB writes it."""
    names = {"labels": ("n", ["a", "b", "c"]), "names": ("n", ["Aa", "Bb", "Cc"])}
    attrs = {"labels": "labels", "names": "names"}
    return write(tmp_path / "ilamb.nc", MAP, attrs, fill=-1, **names)


def test_the_area_of_a_class_is_that_of_its_cells(ilamb):
    """Outlines have the areas of the cells, worked out by hand."""
    regions = read_mask(ilamb)
    assert [region.name for region in regions.values()] == ["Aa", "Bb", "Cc"]
    assert areas(regions) == pytest.approx(AREAS, rel=1e-12)


def test_weights_of_a_mask_on_its_own_grid_are_the_mask(ilamb, grid):
    """Weights are 1 on the cells of the class and 0 elsewhere, halves where cut."""
    weights = region_weights(open_regions(ilamb), grid(30, 0))
    north = weights.sel(lat=slice(0, 90), lon=slice(0, 120))
    for code, id in enumerate("abc"):
        np.testing.assert_array_equal(north.sel(region=id), code == MAP)
    coarse = region_weights(open_regions(ilamb), grid(36, 0))
    # Of the cell 18..54 N, 0..36 E all is class 0 but 30..54 N, 30..36 E.
    share = 1 - sphere_area(30, 54, 6) / sphere_area(18, 54, 36)
    assert coarse.sel(region="a", lat=36, lon=18).item() == pytest.approx(share)


@pytest.mark.parametrize(
    ("attrs", "ids"),
    [
        (
            {"flag_values": np.array([0, 1, 2]), "flag_meanings": "a b c"},
            ["a", "b", "c"],
        ),
        ({}, ["0", "1", "2"]),
    ],
)
def test_flags_and_numbers_name_classes(tmp_path, attrs, ids):
    """CF flags give ids; without them the number is the id."""
    regions = read_mask(write(tmp_path / "map.nc", MAP, attrs, fill=-1))
    assert list(regions) == ids
    assert list(areas(regions).values()) == pytest.approx([*AREAS.values()])


def spread(places):
    """The map on columns at other longitudes, no class where it has none."""
    values = np.full((3, len(places)), -1)
    for index, place in enumerate(LON):
        values[:, np.isclose((places - place) % 360, 0)] = MAP[:, [index]]
    return values


@pytest.mark.parametrize("rows", [slice(None), slice(None, None, -1)])
@pytest.mark.parametrize(
    "lon", [LON + 360, np.arange(-165.0, 180, 30), np.arange(-285.0, 75, 30), LON[::-1]]
)
def test_any_order_and_offset_gives_the_same_shapes(tmp_path, ilamb, rows, lon):
    """North first, longitudes a turn away, cut elsewhere or backwards: no change."""
    attrs = {"flag_values": [0, 1, 2], "flag_meanings": "a b c"}
    path = tmp_path / "m.nc"
    write(path, spread(lon)[rows], attrs, lat=LAT[rows], lon=lon, fill=-1)
    expected = read_mask(ilamb)
    for id, region in read_mask(path).items():
        both = region.geometry.symmetric_difference(expected[id].geometry)
        assert both.area == pytest.approx(0, abs=1e-9)


def test_cells_across_the_dateline_are_cut_there(tmp_path):
    """A mask in 0..360 that crosses 180 has the area of its cells."""
    path = write(tmp_path / "m.nc", np.ones((3, 4), "i1"), lon=LON + 120)
    (region,) = read_mask(path).values()
    assert region.id == "zone"
    west, _, east, _ = region.geometry.bounds
    assert (west, east) == (-180, 180)
    assert region.geometry.area == pytest.approx(90 * 120)


def test_bounds_of_the_file_are_used(tmp_path):
    """Where bounds differ from the half-way lines they decide."""
    lat_bnds = [[0.0, 20.0], [20.0, 70.0], [70.0, 90.0]]
    path = tmp_path / "m.nc"
    data = xr.Dataset(
        {"zone": (("lat", "lon"), MAP), "lat_bnds": (("lat", "nv"), lat_bnds)},
        coords={"lat": ("lat", LAT, {"bounds": "lat_bnds"}), "lon": LON},
    )
    data.to_netcdf(path)
    regions = read_mask(path)
    assert regions["0"].geometry.area == pytest.approx(2 * 30 * 20 + 30 * 50)


def test_a_dimension_of_regions_is_understood(tmp_path):
    """A mask as regionmask writes it: booleans, abbreviations and names."""
    layers = np.stack([MAP == 0, MAP == 1, MAP == 2])
    others = {
        "region": ("region", [5, 6, 7]),
        "abbrevs": ("region", ["a", "b", "c"]),
        "names": ("region", ["Aa", "Bb", "Cc"]),
    }
    regions = read_mask(write(tmp_path / "m.nc", layers, **others))
    assert areas(regions) == pytest.approx(AREAS)
    assert regions["a"].name == "Aa"


def test_fractions_need_a_threshold(tmp_path):
    """Fractions have no outline; a threshold says which cells are inside."""
    shares = np.where(MAP == 0, 0.6, np.where(MAP == 1, 0.4, np.nan))
    path = write(tmp_path / "m.nc", shares)
    with pytest.raises(InputError, match=r"threshold: 0\.5"):
        read_mask(path)
    found = read_mask(path, threshold=0.5)
    assert areas(found) == pytest.approx({"zone": AREAS["a"]})


def test_one_variable_for_each_region(tmp_path):
    """Several masks of 0 and 1 are a region each, with the variable's name."""
    other = {"other": (("lat", "lon"), (MAP == 1).astype("i1"))}
    path = write(tmp_path / "m.nc", (MAP == 0).astype("i1"), **other)
    assert areas(read_mask(path)) == pytest.approx(
        {"zone": AREAS["a"], "other": AREAS["b"]}
    )


def test_only_the_wanted_classes_are_read(ilamb):
    """One class alone is the class of the whole file."""
    assert list(read_mask(ilamb, only=("c",))) == ["c"]


def test_a_file_that_changes_is_read_again(tmp_path):
    """What is kept in memory is not that of an older file of the same name."""
    path = write(tmp_path / "m.nc", MAP, fill=-1)
    assert set(read_mask(path)) == {"0", "1", "2"}
    path.unlink()
    write(tmp_path / "m.nc", np.where(MAP == 2, 7, MAP).astype("i8"), fill=-1)
    assert set(read_mask(path)) == {"0", "1", "7"}


def two_maps(path):
    return write(path, MAP, other=(("lat", "lon"), MAP + 3))


def curvilinear(path):
    place = np.meshgrid(LON, LAT)
    data = xr.Dataset(
        {"zone": (("y", "x"), MAP)},
        coords={
            "lat": (("y", "x"), place[1], {"units": "degrees_north"}),
            "lon": (("y", "x"), place[0], {"units": "degrees_east"}),
        },
    )
    data.to_netcdf(path)


def quantity(path):
    write(path, MAP + 0.25)


def nothing(path):
    write(path, np.zeros((3, 4), "i1"))


def no_map(path):
    xr.Dataset({"x": ("time", [1.0, 2.0])}).to_netcdf(path)


def short_labels(path):
    labels = {"names": ("n", ["a"]), "labels": ("m", ["a", "b"])}
    write(path, MAP, {"labels": "labels", "names": "names"}, **labels)


def absent_labels(path):
    write(path, MAP, {"labels": "labels"})


@pytest.mark.parametrize(
    ("make", "options", "message"),
    [
        (two_maps, {}, "zone, other could all be the regions; write 'variable:'"),
        (two_maps, {"variable": "zoen"}, "Did you mean 'zone'"),
        (two_maps, {"variable": "zone", "only": ("9",)}, "class '9' is unknown"),
        (curvilinear, {}, "cdo remapnn"),
        (quantity, {}, "expected whole numbers"),
        (nothing, {}, "no cell is inside"),
        (no_map, {}, "no map of classes"),
        (short_labels, {}, "2 labels and 1 names"),
        (absent_labels, {}, "'labels', which is absent"),
        (lambda path: path.write_text("x"), {}, "NetCDF"),
    ],
)
def test_what_cannot_be_read_is_explained(tmp_path, make, options, message):
    """The message has the file, what was found and what to write."""
    make(tmp_path / "mask.nc")
    with pytest.raises(InputError, match=message) as raised:
        read_mask(tmp_path / "mask.nc", **options)
    assert "mask.nc" in str(raised.value)


def test_a_class_without_cells_is_refused_by_name(tmp_path):
    """A class the file names but does not have is left out, or refused if asked for."""
    attrs = {"flag_values": [0, 1, 2, 3], "flag_meanings": "a b c d"}
    path = write(tmp_path / "m.nc", MAP, attrs)
    assert list(read_mask(path)) == ["a", "b", "c"]
    with pytest.raises(InputError, match="no cell has the class 'd'"):
        read_mask(path, only=("d",))

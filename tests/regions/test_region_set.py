import pytest

from benchmark.regions import Regions, box


@pytest.fixture
def bands():
    """Three boxes."""
    limits = {"south": (0, 30), "middle": (30, 60), "north": (60, 90)}
    boxes = [box(id, lat=lat, lon=(0, 10)) for id, lat in limits.items()]
    return Regions("bands", tuple(boxes))


def test_order_is_kept(bands):
    """Regions come in the order they were given, or were selected."""
    assert bands.ids == ["south", "middle", "north"]
    assert bands.select(["north", "south"]).ids == ["north", "south"]


def test_membership_and_length(bands):
    """A set knows its ids."""
    assert "middle" in bands
    assert "mid" not in bands
    assert len(bands) == 3


def test_unknown_id_gets_a_suggestion(bands):
    """A misspelt id is answered with the nearest one."""
    with pytest.raises(KeyError, match="Did you mean 'north'"):
        bands["nort"]


def test_repeated_id_is_refused(bands):
    """An id names one region."""
    with pytest.raises(ValueError, match="'south' is used twice"):
        Regions("double", (*bands, bands["south"]))


def test_regions_cannot_be_changed(bands):
    """A region is a value."""
    with pytest.raises(AttributeError):
        bands["south"].name = "other"

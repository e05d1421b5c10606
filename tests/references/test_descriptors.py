"""Every shipped reference descriptor is complete and its data is the stated one."""

import hashlib
from pathlib import Path

import pytest
import yaml

REFERENCES = Path(__file__).parents[2] / "references"
DESCRIPTORS = sorted(
    path
    for path in REFERENCES.glob("*/*.yaml")
    if path.parent.name not in {"catalogue", "coastline", "regions"}
)
REQUIRED = {
    "reference",
    "title",
    "label",
    "version",
    "variable",
    "kind",
    "subject",
    "role",
    "family",
    "grade",
    "regions",
    "data",
    "scoring",
    "uncertainty",
    "measures",
    "leaves_out",
    "citation",
    "doi",
    "licence",
    "unconfirmed",
    "remarks",
}
VARIABLES = {
    "gpp",
    "npp",
    "ra",
    "rh",
    "reco",
    "nee",
    "nbe",
    "cSoil",
    "cVeg",
    "ch4",
    "alt",
}
FAMILIES = {"in_situ", "upscaling", "inversion", "cmip6", "isimip", "mapping", "mixed"}


@pytest.fixture(params=DESCRIPTORS, ids=lambda path: path.stem)
def path(request):
    """One descriptor after the other."""
    return request.param


@pytest.fixture
def descriptor(path):
    """Return the content of one descriptor."""
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def test_all_references_are_there():
    """The references of the demo and of NEE ship, with unique ids."""
    assert len({path.stem for path in DESCRIPTORS}) == len(DESCRIPTORS) >= 33


def test_required_fields(descriptor):
    """A descriptor states everything a reader of a score needs to know."""
    assert set(descriptor) >= REQUIRED
    assert set(descriptor) <= REQUIRED | {"companions", "land_fraction", "period"}


def test_id_is_the_file_name(path, descriptor):
    """What a user types is the name of the file."""
    assert descriptor["reference"] == path.stem


def test_controlled_words(descriptor):
    """Fields with a fixed vocabulary keep to it."""
    assert descriptor["variable"] in VARIABLES
    assert descriptor["kind"] in {"field", "regional", "sites"}
    assert descriptor["role"] in {"constraint", "context"}
    assert descriptor["family"] in FAMILIES
    assert descriptor["grade"] in set("ABC")
    assert descriptor["uncertainty"] in {"own", "between_approaches", "none"}
    assert descriptor["data"].get("sign", "up") in {"up", "down"}


def test_texts_are_texts(descriptor):
    """No remark or version was read as a mapping, a number or a date."""
    assert all(isinstance(remark, str) for remark in descriptor["remarks"])
    assert all(isinstance(field, str) for field in descriptor["unconfirmed"])
    for field in ("title", "measures", "leaves_out", "citation", "doi", "licence"):
        assert isinstance(descriptor[field], str), field


def test_sha256(path, descriptor):
    """The data file is the one the descriptor speaks of."""
    data = path.parent / descriptor["data"]["files"]
    assert hashlib.sha256(data.read_bytes()).hexdigest() == descriptor["data"]["sha256"]


def test_fluxes_state_their_bases(descriptor):
    """Units, mass and area basis are stated, and the sign of net fluxes."""
    data = descriptor["data"]
    assert data["units"]
    if descriptor["variable"] == "alt":
        assert data["units"] == "cm"
        return
    assert data["mass_basis"] == "C"
    assert data["area_basis"] == "land"
    if descriptor["variable"] in {"nee", "nbe"}:
        assert data["sign"] == "up"


def test_soil_carbon_states_its_depth(descriptor):
    """A stock has a depth, or says that it is not known which."""
    if descriptor["variable"] == "cSoil" and "depth" not in descriptor["data"]:
        assert "depth" in descriptor["unconfirmed"]
        assert descriptor["grade"] == "C"
    elif descriptor["variable"] == "cSoil":
        top, bottom = descriptor["data"]["depth"]
        assert 0 <= top < bottom <= 3
        assert descriptor["data"]["static"] is True


def test_scoring_says_why(descriptor):
    """Tolerance and scale are given with where they come from."""
    scoring = descriptor["scoring"]
    assert scoring["metrics"]
    assert len(scoring["source"]) > 20
    if "scale" in scoring:
        assert scoring["scale"] > 0
        assert scoring.get("tolerance", 0.0) >= 0
        assert scoring.get("tolerance") != scoring["scale"]


def test_licence_lies_beside_the_data(path):
    """Each folder says under what terms its data ships."""
    assert (path.parent / "LICENSE.txt").stat().st_size > 200
    assert (path.parent / "PROVENANCE.md").stat().st_size > 200


def test_gpl_data_stands_apart():
    """GPL-3 data has a folder of its own with the full text of the licence."""
    for folder in ("references", "model_configs/data"):
        text = (
            REFERENCES.parent / folder / "amber_classic_gpl3/LICENSE.txt"
        ).read_text()
        assert "GNU GENERAL PUBLIC LICENSE" in text
        assert "Version 3, 29 June 2007" in text


def test_nothing_big_ships():
    """All reference and model data together stay under 10 MB."""
    folders = (REFERENCES, REFERENCES.parent / "model_configs")
    sizes = [f.stat().st_size for d in folders for f in d.rglob("*") if f.is_file()]
    assert sum(sizes) < 10e6

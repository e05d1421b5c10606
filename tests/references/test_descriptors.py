"""Every shipped reference descriptor is complete and its data is the stated one.

What a reader of a score has to know is asked of each of them; the message of a test
that fails says which line is missing. Descriptors of products that are fetched are held
to the same, but for the checksum.
"""

import csv
import hashlib
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from benchmark.config.keys import REFERENCE, SCORING
from benchmark.config.variable_keys import VARIABLE_KEYS
from benchmark.harmonise.variables import VARIABLES

REFERENCES = Path(__file__).parents[2] / "references"
DESCRIPTORS = sorted(
    path
    for path in REFERENCES.glob("*/*.yaml")
    if path.parent.name not in {"regions", "coastline", "catalogue"}
)
TO_FETCH = [
    (path, entry)
    for path in sorted(REFERENCES.glob("catalogue/*.yaml"))
    for entry in yaml.safe_load(path.read_text("utf-8")).get("descriptors") or ()
]
DEMO = {
    *("gbaf_gpp", "hwsd_soil_carbon", "ncscdv22_soil_carbon"),
    *("ncscdv22_soil_carbon_boreal_tundra", "reccap2_permafrost_gpp"),
    *("reccap2_permafrost_nbe", "sanderman2017_0_100cm", "sanderman2017_0_200cm"),
    *("sanderman2017_0_30cm", "treat2024_nee", "treat2024_nee_budget_conclusion"),
    *("treat2024_nee_budget_literature", "treat2024_nee_budget_recent"),
    *("treat2024_soil_carbon_hugelius2014", "treat2024_soil_carbon_mishra2021"),
    *("virkkala_upscaled_gpp", "virkkala_upscaled_nee"),
    *("virkkala_upscaled_nee_climatology", "virkkala_upscaled_reco"),
}

REQUIRED = {
    *("reference", "title", "label", "version", "variable", "kind", "subject", "role"),
    *("family", "grade", "regions", "data", "scoring", "uncertainty", "measures"),
    *("leaves_out", "citation", "doi", "licence", "unconfirmed", "remarks"),
}
OPTIONAL = set(REFERENCE.keys or ()) - REQUIRED
SUBJECTS = {
    *("nee", "ch4", "soil_carbon", "seasonal_cycle", "cold_season", "productivity"),
    *("respiration", "permafrost", "trend", "relationship", "fire"),
}
FAMILIES = {
    *("in_situ", "upscaling", "inversion", "process_based", "cmip6", "isimip"),
    *("mapping", "remote_sensing", "mixed"),
}
UNCERTAINTIES = {"own", "between_approaches", "none"}
WORDS = ("measures", "leaves_out", "citation", "licence", "title")


def scope(entry: dict[str, Any]) -> dict[str, bool]:
    """Return whether a reference is of amounts per area, a net flux, a stock."""
    variable = VARIABLES[entry["variable"]]
    carbon = variable.units.startswith("kg m-2")
    return {
        "carbon": carbon,
        "net": carbon
        and variable.positive != "none"
        # The value of a metric, such as a share, has no direction.
        and not entry["data"].get("value_of")
        and (not variable.never_negative or entry["variable"] == "ch4"),
        "soil": entry["variable"] == "cSoil",
        "static": bool(entry["data"].get("static")),
    }


def files_of(entry: dict[str, Any]) -> list[str]:
    """Return the files of the data of a descriptor."""
    files = entry["data"]["files"]
    return [files] if isinstance(files, str) else files


def lacking(entry: dict[str, Any], *, ships: bool = True) -> list[str]:
    """Return a line for each thing that a reader is not told."""
    found = [f"'{key}:' is missing" for key in sorted(REQUIRED - set(entry))]
    found += [
        f"'{key}:' is no key of references"
        for key in sorted(set(entry) - REQUIRED - OPTIONAL)
    ]
    if found:
        return found
    data, is_ = entry["data"], scope(entry)
    allowed = {
        "kind": {"field", "regional", "sites"},
        "subject": SUBJECTS,
        "role": {"constraint", "context"},
        "family": FAMILIES,
        "grade": set("ABC"),
        "uncertainty": UNCERTAINTIES,
    }
    found += [
        f"'{key}: {entry[key]}'; expected one of {', '.join(sorted(words))}"
        for key, words in allowed.items()
        if entry[key] not in words
    ]
    found += [
        f"'{key}:' says nothing: {entry[key]!r}"
        for key in WORDS
        if not isinstance(entry[key], str) or len(entry[key].split()) < 1
    ]
    if not data.get("units"):
        found.append("'data.units:' is missing: no file is trusted to say it")
    if is_["carbon"]:
        if data.get("mass_basis") not in {"C", "CO2", "CH4"}:
            found.append("'data.mass_basis:' is missing")
        if data.get("area_basis") not in {"land", "cell", "wetland"}:
            found.append("'data.area_basis:' is missing")
    if is_["net"] and data.get("sign") not in {"up", "down"}:
        found.append("'data.sign:' is missing for a net flux")
    if ships and not re.fullmatch(r"[0-9a-f]{64}", str(data.get("sha256"))):
        found.append("'data.sha256:' is missing")
    return found + _undated(entry) + _unsourced(entry) + _undoubted(entry)


def _undated(entry: dict[str, Any]) -> list[str]:
    """Return what is missing of the period and the depth."""
    data, is_, found = entry["data"], scope(entry), []
    doubts = entry["unconfirmed"]
    period = entry.get("period")
    if period is None and not is_["static"]:
        # A period is what models are cut to; studies of many years have none such.
        told = f"{entry['measures']} {' '.join(map(str, entry['remarks']))}"
        if not re.search(r"\b(period|years?|decades|\d{4}-\d{4})\b", told):
            found.append(
                "'period:' is missing; say in 'measures:' or 'remarks:' of which years "
                "or period the values are, and why models are not cut to it"
            )
    elif period is not None and not (
        isinstance(period, list)
        and len(period) == 2
        and 1700 <= period[0] <= period[1] <= 2100
    ):
        found.append(f"'period: {period}' is no first and last year")
    if is_["soil"] and "depth" not in data and "depths" not in data:
        if "depth" not in doubts or entry["grade"] != "C":
            found.append("'data.depth:' is missing; else unconfirmed, and grade C")
    elif is_["soil"] and isinstance(data.get("depth"), list):
        top, bottom = data["depth"]
        if not 0 <= top < bottom <= 3:
            found.append(f"'data.depth: {data['depth']}' is not within 0 to 3 m")
    return found


def _unsourced(entry: dict[str, Any]) -> list[str]:
    """Return what is missing of where numbers come from."""
    scoring, found = entry["scoring"], []
    if not scoring.get("metrics"):
        found.append("'scoring.metrics:' is missing")
    if len(str(scoring.get("source") or "")) <= 20:
        found.append("'scoring.source:' does not say where tolerance and scale, or "
                     "the lack of an uncertainty, come from")  # fmt: skip
    if "scale" in scoring:
        if scoring["scale"] <= 0 or scoring.get("tolerance", 0.0) < 0:
            found.append("'scoring.scale:' is above 0, 'tolerance:' not below")
        if scoring.get("tolerance") == scoring["scale"]:
            found.append("'scoring.tolerance:' is the same number as 'scale:'")
    doi = entry["doi"]
    if not isinstance(doi, str) or (doi and not re.match(r"10\.\d{4,}/\S", doi)):
        found.append(f"'doi: {doi}' is no DOI; empty where there is none")
    if not re.search(r"\b(1[89]|20)\d\d\b", entry["citation"]):
        found.append("'citation:' has no year")
    return found


def _undoubted(entry: dict[str, Any]) -> list[str]:
    """Return what is wrong with the list of what nobody confirmed."""
    known = {*(REFERENCE.keys or ()), *VARIABLE_KEYS, *(SCORING.keys or ())}
    found = [
        f"'unconfirmed: {key}' is no key; put a sentence into 'remarks:'"
        for key in entry["unconfirmed"]
        if key not in known
    ]
    if not all(isinstance(remark, str) for remark in entry["remarks"]):
        found.append("'remarks:' holds what YAML reads as no text; quote it")
    return found


@pytest.fixture(params=DESCRIPTORS, ids=lambda path: path.stem)
def path(request: pytest.FixtureRequest) -> Path:
    """One descriptor after the other."""
    found: Path = request.param
    return found


@pytest.fixture
def descriptor(path: Path) -> dict[str, Any]:
    """Return the content of one descriptor."""
    entry: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return entry


def test_all_references_are_there() -> None:
    """The demo's references ship, and no name is given twice."""
    names = [path.stem for path in DESCRIPTORS]
    assert len(set(names)) == len(names)
    assert set(names) >= DEMO


def test_nothing_is_left_unsaid(descriptor: dict[str, Any]) -> None:
    """A descriptor states everything that a reader of a score needs to know."""
    assert lacking(descriptor) == []


@pytest.mark.parametrize(
    ("path", "entry"), TO_FETCH, ids=[entry["reference"] for _, entry in TO_FETCH]
)
def test_descriptors_to_fetch(path: Path, entry: dict[str, Any]) -> None:
    """What a product becomes when it is fetched states the same."""
    del path
    assert lacking(entry, ships=False) == []


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"licence": None}, "'licence:' says nothing"),
        ({"role": "both"}, "expected one of constraint, context"),
        ({"period": [2014, 2002]}, "is no first and last year"),
        ({"unconfirmed": ["all of it"]}, "is no key; put a sentence"),
        ({"doi": "doi:10.1029/x"}, "is no DOI"),
        ({"citation": "Treat, C. C."}, "has no year"),
        ({"data": {"files": "a.csv"}}, "'data.sign:' is missing"),
        ({"data": {"files": "a.csv"}}, "'data.area_basis:' is missing"),
        ({"data": {"files": "a.csv"}}, "'data.sha256:' is missing"),
        ({"scoring": {"metrics": ["bias"]}}, "'scoring.source:' does not say"),
        ({"variable": "cSoil"}, "'data.depth:' is missing"),
        ({"grades": "A"}, "'grades:' is no key of references"),
    ],
)
def test_these_tests_find_what_lacks(changed: dict[str, Any], words: str) -> None:
    """A descriptor with one thing taken away is found wanting in that."""
    path = REFERENCES / "treat2024" / "treat2024_nee.yaml"
    good = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert lacking(good) == []
    assert any(words in line for line in lacking({**good, **changed}))


def test_id_is_the_file_name(path: Path, descriptor: dict[str, Any]) -> None:
    """What a user types is the name of the file."""
    assert descriptor["reference"] == path.stem


def test_sha256(path: Path, descriptor: dict[str, Any]) -> None:
    """The data file is the one the descriptor speaks of."""
    (file,) = files_of(descriptor)
    found = hashlib.sha256((path.parent / file).read_bytes()).hexdigest()
    assert found == descriptor["data"]["sha256"]


def test_tables_are_small_and_have_their_columns(
    path: Path, descriptor: dict[str, Any]
) -> None:
    """A table of regions has region and value, one of sites site, lat and lon."""
    for file in files_of(descriptor):
        table = path.parent / file
        if table.suffix != ".csv":
            continue
        assert table.stat().st_size < 300_000
        lines = table.read_text(encoding="utf-8").splitlines()
        columns = set(next(csv.reader(line for line in lines if line[:1] != "#")))
        if descriptor["kind"] == "sites":
            value = descriptor["data"].get("name") or descriptor["variable"]
            assert columns >= {"site", "lat", "lon", value}
        else:
            assert columns >= {"region"}
            assert columns & {"value", "low", "high"}


def test_licence_lies_beside_the_data(path: Path) -> None:
    """Each folder says under what terms its data ships."""
    assert (path.parent / "LICENSE.txt").stat().st_size > 200
    assert (path.parent / "PROVENANCE.md").stat().st_size > 200


def test_no_path_of_one_machine() -> None:
    """What ships names no folder of the machine that it was made on."""
    ends = {".yaml", ".md", ".py", ".csv", ".txt"}
    texts = [path for path in REFERENCES.rglob("*") if path.suffix in ends]
    pattern = re.compile(r"(^|[\s'\"(=])(/work/|/tmp/|/home/|/Users/|[A-Z]:\\)")
    found = [
        f"{path.relative_to(REFERENCES)}: {line.strip()[:80]}"
        for path in texts
        for line in path.read_text(encoding="utf-8").splitlines()
        if pattern.search(line)
    ]
    assert found == []


def test_gpl_data_stands_apart() -> None:
    """GPL-3 data has a folder of its own with the full text of the licence."""
    for folder in ("references", "model_configs/data"):
        text = (
            REFERENCES.parent / folder / "amber_classic_gpl3/LICENSE.txt"
        ).read_text()
        assert "GNU GENERAL PUBLIC LICENSE" in text
        assert "Version 3, 29 June 2007" in text


def test_nothing_big_ships() -> None:
    """All reference and model data together stay under 10 MB."""
    folders = (REFERENCES, REFERENCES.parent / "model_configs")
    sizes = [f.stat().st_size for d in folders for f in d.rglob("*") if f.is_file()]
    assert sum(sizes) < 10e6

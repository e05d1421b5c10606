"""A file or descriptor of one's own gets a name, or says what it lacks."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import Result

from benchmark.config import load_reference, load_suite, reference_names
from benchmark.score import score_suite

Call = Callable[..., Result]
Write = Callable[..., Path]
STATED = ("--variable", "cSoil", "--inside", "soilc", "--depth", 0, 1)


def test_known_file_is_described_by_the_catalogue(
    call: Call, write_soil: Write, data: Path
) -> None:
    """A file of the form of NCSCDv2.2, by its name: fills, units and depth."""
    write_soil("NCSCDV22_soilc_0.5x0.5.nc")
    result = call("add", "NCSCDV22_soilc_0.5x0.5.nc")
    assert result.exit_code == 0, result.output
    assert "described by the catalogue as ncscdv22_halfdegree" in result.output
    # The tiny file is no copy of the real one, and that is said.
    assert "sha256 is not that of the catalogue" in result.output
    reference = load_reference("ncscdv22_halfdegree")
    assert reference.data.fill_values == (-999.0, -1.0)
    assert reference.data.depth == (0.0, 1.0)
    assert Path(reference.data.files[0]).parent == data / "ncscdv22_halfdegree"


def test_added_reference_scores(call: Call, write_soil: Write, tmp_path: Path) -> None:
    """A model that is the added reference itself has no bias anywhere in it."""
    write_soil("NCSCDV22_soilc_0.5x0.5.nc")
    assert call("add", "NCSCDV22_soilc_0.5x0.5.nc").exit_code == 0
    variable = {
        "files": str(tmp_path / "NCSCDV22_soilc_0.5x0.5.nc"),
        "name": "soilc",
        "fill_value": [-999, -1],
        "valid_min": 0.001,
        "depth": [0, 1.0],
        "area_basis": "land",
        "static": True,
    }
    suite = load_suite(
        {
            "suite": "s",
            "models": [{"model": "m", "variables": {"cSoil": variable}}],
            "references": ["ncscdv22_halfdegree"],
            "regions": [{"id": "box", "lat": [60, 70], "lon": [60, 120]}],
        }
    )
    scores = score_suite(suite).scores.set_index("metric")
    assert scores.loc["bias", "value"] == 0
    assert scores.loc["bias", "reference_value"] == pytest.approx(10.0)


def test_descriptor_is_added_with_its_data(
    call: Call, write_soil: Write, described: Any, tmp_path: Path, data: Path
) -> None:
    """A descriptor and its data are copied, and no longer need the first ones."""
    write_soil("mine.nc")
    (tmp_path / "own.yaml").write_text(yaml.safe_dump(described("own", "mine.nc")))
    result = call("add", "own.yaml")
    assert result.exit_code == 0, result.output
    (tmp_path / "mine.nc").unlink()
    (tmp_path / "own.yaml").unlink()
    reference = load_reference("own")
    assert reference.data.files == (str(data / "own" / "mine.nc"),)
    assert reference.data.sha256 is not None


def test_link_leaves_the_data(
    call: Call, write_soil: Write, described: Any, tmp_path: Path, data: Path
) -> None:
    """With --link the data stay, and are still on record."""
    write_soil("mine.nc")
    (tmp_path / "own.yaml").write_text(yaml.safe_dump(described("own", "mine.nc")))
    assert call("add", "own.yaml", "--link", "--name", "other").exit_code == 0
    assert load_reference("other").data.files == (str(tmp_path / "mine.nc"),)
    assert sorted(p.name for p in (data / "other").iterdir()) == [
        "checksums.json",
        "other.yaml",
    ]
    (entry,) = json.loads((data / "other" / "checksums.json").read_text())
    assert entry["file"] == str(tmp_path / "mine.nc")


def test_what_is_missing_is_asked_for(
    call: Call, write_soil: Write, data: Path
) -> None:
    """A file without units, area basis and depth gets a line for each of them."""
    write_soil("my.nc", None)
    result = call("add", "my.nc", "--variable", "cSoil", "--inside", "soilc")
    assert result.exit_code == 2
    lines = result.stderr.splitlines()
    assert len(lines) == 3
    for option in ("--units", "--area-basis land", "--depth 0 1"):
        assert any(f"'{option}" in line for line in lines), option
    assert not data.exists()


def test_stated_file_is_added(call: Call, write_soil: Write) -> None:
    """With all that is missing stated, a bare file is a reference."""
    write_soil("my.nc", None)
    result = call("add", "my.nc", *STATED, "--units", "kg m-2", "--area-basis", "land")
    assert result.exit_code == 3
    assert "found -1 in the file's units" in result.stderr
    options = ("--units", "kg m-2", "--area-basis", "land", "--fill-value", -1)
    result = call("add", "my.nc", *STATED, *options)
    assert result.exit_code == 0, result.output
    source = load_reference("my").data
    assert (source.units, source.area_basis, source.depth) == ("kg m-2", "land", (0, 1))
    assert source.fill_values == (-1.0,)


def test_values_that_cannot_be_are_refused(
    call: Call, write_soil: Write, data: Path
) -> None:
    """Stated units that make the values impossible are refused as in a run."""
    write_soil("my.nc", None)
    result = call("add", "my.nc", *STATED, "--units", "t m-2", "--area-basis", "land")
    assert result.exit_code == 3
    assert "my: cannot be scored against: " in result.stderr
    assert not (data / "my").exists()


def test_net_flux_needs_its_sign(
    call: Call, gridded: Any, gpp_values: Any, tmp_path: Path
) -> None:
    """Nobody guesses which way NEE is positive."""
    gridded(gpp_values(12), "nee").to_netcdf(tmp_path / "nee.nc")
    result = call("add", "nee.nc", "--area-basis", "land", "--mass-basis", "C")
    assert result.exit_code == 2
    assert "'--sign up' (or down: positive into the land)" in result.stderr


@pytest.mark.parametrize("name", ["treat2024_nee", "own"])
def test_nothing_is_overwritten(
    name: str, call: Call, write_soil: Write, described: Any, tmp_path: Path, data: Path
) -> None:
    """A name that is taken, by what ships or was added, is refused."""
    write_soil("mine.nc")
    (tmp_path / "own.yaml").write_text(yaml.safe_dump(described("own", "mine.nc")))
    assert call("add", "own.yaml").exit_code == 0
    before = (data / "own" / "own.yaml").read_text()
    result = call("add", "own.yaml", "--name", name)
    assert result.exit_code == 2
    assert f"reference '{name}' is there already" in result.stderr
    assert (data / "own" / "own.yaml").read_text() == before


@pytest.mark.parametrize("name", ["../out", "a/b", ".hidden", "", "a b"])
def test_names_that_are_paths(
    name: str, call: Call, write_soil: Write, described: Any, tmp_path: Path, data: Path
) -> None:
    """A name is no path out of the folder."""
    write_soil("mine.nc")
    entry = described("own", "mine.nc") | {"reference": name or " "}
    (tmp_path / "own.yaml").write_text(yaml.safe_dump(entry))
    result = call("add", "own.yaml")
    assert result.exit_code == 2
    assert not data.exists()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("model: a\nvariables: {}\n", "this is a model file"),
        ("reference: a\n", "'title:' is missing"),
        ("reference: [", "not valid YAML"),
    ],
)
def test_wrong_descriptor(text: str, words: str, call: Call, tmp_path: Path) -> None:
    """What is no descriptor is refused with its mistakes."""
    (tmp_path / "own.yaml").write_text(text)
    result = call("add", "own.yaml")
    assert result.exit_code == 2
    assert words in result.stderr


def test_broken_data(call: Call, described: Any, tmp_path: Path, data: Path) -> None:
    """A descriptor whose data are no NetCDF gets no name."""
    (tmp_path / "mine.nc").write_text("<html>")
    (tmp_path / "own.yaml").write_text(yaml.safe_dump(described("own", "mine.nc")))
    result = call("add", "own.yaml")
    assert result.exit_code == 3
    assert "found a web page" in result.stderr
    assert not data.exists()


def test_which_variable_is_meant(
    call: Call, gridded: Any, gpp_values: Any, tmp_path: Path
) -> None:
    """Of a file with two variables none is chosen."""
    both = gridded(gpp_values(12), "gpp")
    both["npp"] = both["gpp"] / 2
    both.to_netcdf(tmp_path / "both.nc")
    result = call("add", "both.nc", "--area-basis", "land")
    assert result.exit_code == 2
    assert "gpp (gpp), npp (npp)" in result.stderr
    chosen = call("add", "both.nc", "--area-basis", "land", "--variable", "npp")
    assert chosen.exit_code == 0, chosen.output
    assert load_reference("both").variable == "npp"


def test_regional_table(call: Call, tmp_path: Path) -> None:
    """A table of regions is added by its descriptor, of which nothing may lack."""
    (tmp_path / "t.csv").write_text("region,value\nalaska,-6\n")
    entry: dict[str, Any] = {
        "reference": "towers",
        "title": "My towers",
        "variable": "nee",
        "kind": "regional",
        "data": {"files": "t.csv", "units": "g m-2 yr-1", "mass_basis": "C"},
        "scoring": {"metrics": ["regional_mean"], "tolerance": 10, "scale": 20},
    }
    (tmp_path / "towers.yaml").write_text(yaml.safe_dump(entry))
    result = call("add", "towers.yaml")
    assert result.exit_code == 2
    assert "'area_basis: land'" in result.stderr
    assert "'sign: up'" in result.stderr
    entry["data"] |= {"area_basis": "land", "sign": "up"}
    (tmp_path / "towers.yaml").write_text(yaml.safe_dump(entry))
    result = call("add", "towers.yaml")
    assert result.exit_code == 0, result.output
    assert "towers" in reference_names()


def test_catalogue_fills_in_what_it_knows(
    call: Call, gridded: Any, gpp_values: Any, tmp_path: Path
) -> None:
    """Of a product's file the catalogue gives citation, and its doubts with it."""
    gridded(gpp_values(12), "GPP").to_netcdf(tmp_path / "abc.nc")
    given = ("--product", "virkkala_abc_1km", "--area-basis", "land")
    result = call("add", "abc.nc", *given, "--variable", "gpp")
    assert result.exit_code == 0, result.output
    reference = load_reference("abc")
    assert reference.doi == "10.3334/ORNLDAAC/2377"
    assert reference.unconfirmed == ("doi", "units", "mass_basis", "licence")
    # Its units are not confirmed, so those of the file hold.
    assert reference.data.units is None


def test_no_folder_for_them(
    call: Call, write_soil: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a folder for the user's data the line to write is said."""
    monkeypatch.setenv("PERMABENCH_DATA", "")
    write_soil("NCSCDV22_soilc_0.5x0.5.nc")
    result = call("add", "NCSCDV22_soilc_0.5x0.5.nc")
    assert result.exit_code == 2
    assert "export PERMABENCH_DATA=FOLDER" in result.stderr

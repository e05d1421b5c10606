"""Archives: what models inherit, what they may restate, and which mistakes are told."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from click.testing import CliRunner

from benchmark.cli import main
from benchmark.config import load_models, load_suite
from benchmark.config.archives import load_archive
from benchmark.config.catalogue import archive_names
from benchmark.config.descriptors import Model
from benchmark.config.recognising import recognise
from benchmark.errors import ConfigError
from benchmark.harmonise.model import open_at_depths, open_variable
from benchmark.inspecting import inspect_files
from benchmark.score import score_suite

Write = Callable[[str, str], Path]
Make = Callable[..., Any]

OWN = """
title: Files of my group
source: our wiki
variables:
  gpp: {names: [GPPsum], mass_basis: C, area_basis: land}
"""


def load(path: Path) -> Model:
    (model,) = load_models(path)
    return model


def archive_problems(path: Path) -> list[str]:
    return problems_of(lambda: load_archive(str(path), path.parent))


def problems_of(action: Callable[[], object]) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        action()
    return list(caught.value.problems)


def test_all_asked_for_ship() -> None:
    """The archives of the project's list are there."""
    assert set(archive_names()) == {
        "cmip6", "cmip5", "isimip2b", "isimip3", "trendy", "mstmip", "gcp-ch4", "clm",
        "elm", "classic", "jules", "orchidee", "lpj-guess", "dvm-dos-tem", "generic",
    }  # fmt: skip


def test_mistakes_are_told_with_their_lines(write: Write) -> None:
    """All mistakes of an archive file are told at once."""
    path = write(
        "a.yaml",
        """
        title: A
        sorce: us
        variables:
          gp: {names: [gpp]}
          npp: {names: [npp], sing: down}
          rh: {names: [{name: rh, sign: upwards}]}
          ra: {names: [ra], unconfirmed: [sgn]}
        """,
    )
    found = archive_problems(path)
    starts = [
        (2, "sorce"), (4, "variables.gp"), (5, "variables.npp.sing"),
        (6, "variables.rh.names[0].sign"), (7, "variables.ra.unconfirmed[0]"),
    ]  # fmt: skip
    assert len(found) == len(starts)
    for (line, place), text in zip(starts, found, strict=True):
        assert text.startswith(f"{path}, line {line}, {place}: "), text


def test_facts_need_a_source(write: Write) -> None:
    """What has no source has to be listed as unconfirmed."""
    path = write("a.yaml", "title: A\nvariables:\n  nee: {names: [X], sign: up}\n")
    (found,) = archive_problems(path)
    assert "names, sign of X have no 'source:'" in found
    text = "title: A\nvariables:\n  nee: {names: [X], sign: up, unconfirmed: [names]}\n"
    (found,) = archive_problems(write("b.yaml", text))
    assert ": sign of X have no 'source:'" in found


def test_names_are_needed(write: Write) -> None:
    """A variable that is not inherited has to have names."""
    path = write("a.yaml", "title: A\nvariables:\n  nee: {sign: up}\n")
    (found,) = archive_problems(path)
    assert found.startswith(f"{path}, line 3, variables.nee: 'names:' is missing")


def test_circle(write: Write) -> None:
    """Archives that inherit from each other are refused."""
    write("a.yaml", "title: A\narchive: b.yaml\n")
    path = write("b.yaml", "title: B\narchive: a.yaml\n")
    (found,) = archive_problems(path)
    assert "inherit from each other: b > a > b" in found


def test_unknown_archive(write: Write) -> None:
    """The name of an archive is checked, with the nearest one."""
    path = write("m.yaml", "model: A\narchive: trendi\nfiles: a.nc\n")
    (found,) = problems_of(lambda: load_models(path))
    assert found.startswith(f"{path}, line 2, archive: archive 'trendi' is neither")
    assert "Did you mean 'trendy'?" in found


def test_files_of_another_kind(write: Write) -> None:
    """An archive is no model, and a model no archive; both say what to do."""
    archive = write("own.yaml", OWN)
    (found,) = problems_of(lambda: load_models(archive))
    assert found.endswith("this is an archive; a model names it with 'archive: FILE'.")
    model = write("m.yaml", "model: A\nvariables: {gpp: {files: a.nc}}\n")
    (found,) = archive_problems(model)
    assert "this is a model file" in found


def test_own_archive(
    write: Write, tmp_path: Path, gridded: Make, gpp_values: Make
) -> None:
    """An archive of one's own is a file beside the model, and may inherit."""
    gridded(gpp_values(12), name="GPPsum").to_netcdf(tmp_path / "a.nc")
    write("own.yaml", OWN)
    write("child.yaml", "title: Child\narchive: own.yaml\nfamily: cmip6\n")
    model = load(write("m.yaml", "model: A\narchive: child.yaml\nfiles: a.nc\n"))
    assert model.variables["gpp"].name == "GPPsum"
    assert model.family == "cmip6"


def test_child_restates_and_drops(write: Write) -> None:
    """A child replaces what it says again, and drops what it leaves empty."""
    path = write(
        "a.yaml",
        """
        title: A
        archive: cmip6
        source: us
        variables:
          nbe: {sign: up}
          ch4:
        """,
    )
    archive = load_archive(str(path), path.parent)
    assert "ch4" not in archive.variables
    nbe = archive.variables["nbe"][0]
    assert (nbe.name, nbe.facts["sign"], nbe.source) == ("nbp", "up", "us")
    assert archive.variables["gpp"][0].source.startswith("PCMDI/cmip6-cmor-tables")


@pytest.fixture
def trendy_files(tmp_path: Path, gridded: Make, gpp_values: Make) -> Path:
    """Write gpp and nbp of a model, positive into the land in summer."""
    values = gpp_values(36)
    for name in ("gpp", "nbp"):
        data = gridded(values if name == "gpp" else values / 10, name=name)
        data.to_netcdf(tmp_path / f"M1_S3_{name}.nc")
    return tmp_path


def test_what_is_taken(write: Write, trendy_files: Path) -> None:
    """Left out, all variables are taken; a list restricts, a mapping adds to them."""
    head = "model: M1\narchive: trendy\nfiles: '*.nc'\n"
    assert set(load(write("a.yaml", head)).variables) == {"gpp", "nbe"}
    listed = load(write("b.yaml", f"{head}variables: [nbe]\n"))
    assert set(listed.variables) == {"nbe"}
    mapped = load(write("c.yaml", f"{head}variables: {{nbe: {{sign: down}}}}\n"))
    assert set(mapped.variables) == {"gpp", "nbe"}
    (file,) = mapped.variables["nbe"].files
    assert file == str(trendy_files / "M1_S3_nbp.nc")


def test_soil_of_several_depths(write: Write, tmp_path: Path, gridded: Make) -> None:
    """CMIP6's cSoilAbove1m is taken for 0-1 m, its cSoil for the column."""
    for name, value in (("cSoil", 30.0), ("cSoilAbove1m", 20.0)):
        data = gridded(np.full((12, 10, 72), value), name=name)
        data[name].attrs["units"] = "kg m-2"
        data.to_netcdf(tmp_path / f"{name}_Emon_M_historical_r1_gn_200101-200112.nc")
    model = load(write("a.yaml", "model: M\narchive: cmip6\nfiles: '*.nc'\n"))
    opened = open_at_depths(model, "cSoil", [(0.0, 1.0), "full_column"])
    means = {depth: float(one.field.mean()) for depth, one in opened.items()}
    assert means == pytest.approx({(0.0, 1.0): 20.0, "full_column": 30.0})
    named = "model: M\narchive: cmip6\nfiles: '*.nc'\nvariables: {cSoil: cSoil}\n"
    assert load(write("b.yaml", named)).variables["cSoil"].depths == ()


def test_user_wins(write: Write, trendy_files: Path) -> None:
    """What the model file says is used in place of the archive's, without remark."""
    path = write(
        "m.yaml",
        """
        model: M1
        archive: trendy
        files: '*.nc'
        family: cmip6
        variables: {nbe: {sign: up, mass_basis: CO2, area_basis: land}}
        """,
    )
    model = load(path)
    assert model.family == "cmip6"
    source = model.variables["nbe"]
    assert (source.sign, source.mass_basis) == ("up", "CO2")
    assert open_variable(model, "nbe").remark == ""
    assert open_variable(model, "nbe").sign_stated


def test_name_of_the_user(write: Write, trendy_files: Path) -> None:
    """A name the archive does not know takes no sign from it."""
    text = "model: M1\narchive: trendy\nfiles: '*.nc'\nvariables: {nbe: {name: gpp}}\n"
    source = load(write("m.yaml", text)).variables["nbe"]
    assert (source.name, source.sign, source.taken) == ("gpp", None, None)


def test_missing_variable_is_reported(write: Write, trendy_files: Path) -> None:
    """What is asked for and not there stays, so that its rows say so."""
    text = "model: M1\narchive: trendy\nfiles: '*.nc'\nvariables: [gpp, cSoil]\n"
    path = write("m.yaml", text)
    assert set(load(path).variables) == {"gpp", "cSoil"}
    result = CliRunner().invoke(main, ["check", str(path)])
    assert result.exit_code == 3
    assert "none of 2 files has cSoil" in " ".join(result.output.split())


def test_nothing_found(write: Write, trendy_files: Path) -> None:
    """Files of another archive are refused with what each side has."""
    path = write("m.yaml", "model: M1\narchive: clm\nfiles: '*.nc'\n")
    (found,) = problems_of(lambda: load_models(path))
    assert found.startswith(f"{path}, line 1: no variable is found in the files: ")
    assert "archive clm knows GPP, NPP" in found
    assert "gpp" in found.partition("the files have")[2]


def test_missing_files(write: Write, tmp_path: Path) -> None:
    """No files at all, or none where they should be, is a mistake of the model."""
    path = write("m.yaml", "model: M1\narchive: clm\n")
    (found,) = problems_of(lambda: load_models(path))
    assert "'files:' is missing" in found
    path = write("n.yaml", "model: M1\narchive: clm\nfiles: 'x/*.nc'\n")
    (found,) = problems_of(lambda: load_models(path))
    assert "no such file" in found
    (tmp_path / "empty").mkdir()
    path = write("o.yaml", "model: M1\narchive: clm\nfiles: empty\n")
    (found,) = problems_of(lambda: load_models(path))
    assert "no file in this folder ends in .nc" in found


def test_missing_files_of_listed_variables(write: Write) -> None:
    """Where the variables are listed, a missing file fails in their rows only."""
    text = "model: M1\narchive: clm\nfiles: x.nc\nvariables: [gpp]\n"
    path = write("m.yaml", text)
    assert load(path).variables["gpp"].name == "GPP"
    result = CliRunner().invoke(main, ["check", str(path)])
    assert result.exit_code == 3
    assert "x.nc: no such file" in " ".join(result.output.split())


def test_measures_of_several_models(
    write: Write, tmp_path: Path, gridded: Make, gpp_values: Make
) -> None:
    """Of several sftlf the model's own is taken; if none is, that is said."""
    data = gridded(gpp_values(12), name="gpp")
    for name in ("A", "B"):
        data.to_netcdf(tmp_path / f"gpp_Lmon_{name}_x_r1_gn_200001-200012.nc")
        land = data.isel(time=0, drop=True).rename(gpp="sftlf")
        land.to_netcdf(tmp_path / f"sftlf_fx_{name}_x_r1_gn.nc")
    model = load(write("m.yaml", "model: B\narchive: cmip6\nfiles: .\n"))
    assert model.land_fraction is not None
    assert model.land_fraction.files == (str(tmp_path / "sftlf_fx_B_x_r1_gn.nc"),)
    text = "model: C\narchive: cmip6\nfiles: gpp_*_A_*.nc\n"
    model = load(write("n.yaml", text))
    assert model.land_fraction is None
    assert any("2 files hold sftlf" in remark for remark in model.remarks)


def test_broken_file_is_not_passed_over(write: Write, trendy_files: Path) -> None:
    """A truncated file named after a variable keeps it, and fails when opened."""
    broken = trendy_files / "M1_S3_nbp.nc"
    broken.write_bytes(broken.read_bytes()[:400])
    path = write("m.yaml", "model: M1\narchive: trendy\nfiles: .\n")
    model = load(path)
    assert set(model.variables) == {"gpp", "nbe"}
    assert any(str(broken) in text for text in model.remarks)
    assert CliRunner().invoke(main, ["check", str(path)]).exit_code == 3


def test_text_tables(write: Write, tmp_path: Path) -> None:
    """Tables of LPJ-GUESS are found by name and get the archive's units."""
    (tmp_path / "run").mkdir()
    header = "Lon Lat Year Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec\n"
    for name in ("mgpp.out", "mrh.out", "aiso.out"):
        (tmp_path / "run" / name).write_text(header, "utf-8")
    model = load(write("m.yaml", "model: L\narchive: lpj-guess\nfiles: run\n"))
    assert set(model.variables) == {"gpp", "rh"}
    gpp = model.variables["gpp"]
    assert gpp.files == (str(tmp_path / "run" / "mgpp.out"),)
    assert gpp.units == "kg m-2 month-1"
    assert gpp.taken is not None
    assert "units" in gpp.taken.unconfirmed


def test_file_contradicts_the_sign(
    write: Write, tmp_path: Path, gridded: Make, gpp_values: Make
) -> None:
    """CMIP's attribute `positive` against the archive's sign stops with both."""
    data = gridded(gpp_values(12), name="nbp")
    data["nbp"].attrs["positive"] = "up"
    data.to_netcdf(tmp_path / "nbp.nc")
    path = write("m.yaml", "model: M\narchive: cmip6\nfiles: nbp.nc\n")
    result = CliRunner().invoke(main, ["check", str(path)])
    assert result.exit_code == 3
    text = " ".join(result.output.split())
    assert "the file says positive: up, archive cmip6 sign: down" in text


def test_file_contradicts_the_mass(
    write: Write, tmp_path: Path, gridded: Make, gpp_values: Make
) -> None:
    """Carbon under a name of methane is refused, with where the basis comes from."""
    data = gridded(gpp_values(12), name="wetlandCH4", units="kgC m-2 s-1")
    data.to_netcdf(tmp_path / "a.nc")
    path = write("m.yaml", "model: M\narchive: cmip6\nfiles: a.nc\n")
    result = CliRunner().invoke(main, ["check", str(path)])
    said = " ".join(result.output.split())
    assert "'mass_basis: CH4' is taken from archive cmip6" in said


def test_unconfirmed_sign_in_every_row(write: Write, trendy_files: Path) -> None:
    """A score that rests on an unconfirmed sign says so, until it is stated."""
    reference = {
        "reference": "itself",
        "title": "Itself",
        "variable": "nbe",
        "kind": "field",
        "data": {"files": "M1_S3_nbp.nc", "name": "nbp", "sign": "down"},
        "scoring": {"metrics": ["ilamb_bias"]},
    }
    write("reference.yaml", yaml.safe_dump(reference))
    messages = []
    for stated in ({}, {"variables": {"nbe": {"sign": "down"}}}):
        suite = {
            "suite": "s",
            "models": [{"model": "M1", "archive": "trendy", "files": ".", **stated}],
            "references": ["reference.yaml"],
            "regions": [{"id": "north", "lat": [60, 80], "lon": [-100, 100]}],
        }
        path = write("s.yaml", yaml.safe_dump(suite))
        result = score_suite(load_suite(path))
        scores = result.scores
        assert set(scores["status"]) == {"scored"}
        (message,) = set(scores["message"])
        messages.append(message)
        assert any(message in note.text for note in result.notes)
    assert "sign 'down'" in messages[0]
    assert "'sign: down'" in messages[0]
    assert "sign" not in messages[1]
    assert "mass basis 'C'" in messages[1]


@pytest.mark.parametrize(
    ("attrs", "names", "file", "archive"),
    [
        ({"mip_era": "CMIP6"}, [], "", "cmip6"),
        ({"project_id": "CMIP5"}, [], "", "cmip5"),
        ({"title": "CLM History file information"}, ["GPP"], "", "clm"),
        ({"title": "ELM History file information"}, ["TOTSOMC"], "", "elm"),
        ({"title": "CLASSIC output file"}, ["gpp"], "", "classic"),
        ({}, ["gpp_gb"], "", "jules"),
        ({}, ["nbp"], "CLASSIC_S3_nbp.nc", "trendy"),
        ({}, ["TotSoilCarb"], "", "mstmip"),
        ({}, ["gpp"], "a_b_c_d_e_gpp_global_monthly_1901_2019.nc", "isimip3"),
        ({}, ["gpp"], "gpp.nc", None),
    ],
)
def test_recognise(
    attrs: dict[str, object], names: list[str], file: str, archive: str | None
) -> None:
    """Attributes tell the archive, then the file's name, then its variables."""
    assert recognise(attrs, names, file) == archive


def test_inspect_suggests_the_archive(trendy_files: Path) -> None:
    """`permabench inspect` says which archive files look like."""
    found = inspect_files([str(trendy_files)], quick=True)
    text = " ".join(" ".join(found.lines()).split())
    assert "like TRENDY" in text
    assert "'archive: trendy'" in text
    assert found.drafts[0].entry["archive"] == "trendy"


def test_list_archives() -> None:
    """`permabench list archives` has a line for each, with what is unconfirmed."""
    result = CliRunner().invoke(main, ["list", "archives"])
    lines = result.output.splitlines()
    assert len(lines) == len(archive_names())
    (cmip6,) = [line for line in lines if line.startswith("cmip6 ")]
    assert "  0 facts unconfirmed  CMIP6, files that CMOR wrote" in cmip6

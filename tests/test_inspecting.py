"""Files nobody has described become a configuration that can be used."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from benchmark.cli import main
from benchmark.config import load_models
from benchmark.errors import InputError
from benchmark.inspecting import as_model, inspect_files, report_lines
from benchmark.shipped import folder

Make = Callable[..., Any]
DATA = folder("model_configs") / "data"


def test_cmip6_files() -> None:
    """GPP, its land fraction and its (wrong) cell area are found by their names."""
    found = inspect_files([str(DATA / "access_esm1_5")])
    assert list(found.found) == ["gpp"]
    assert set(found.measures) == {"land_fraction", "cell_area"}
    (line,) = [
        text for text in report_lines(found, as_model(found, "A")) if "gpp:" in text
    ]
    assert "180 months 2000-2014, 19 lat x 36 lon" in line
    assert "0.0234 times" in line


def test_written_configuration_can_be_used(tmp_path: Path) -> None:
    """What is written loads, names the files and asks for the depth."""
    target = tmp_path / "classic.yaml"
    files = str(DATA / "amber_classic_gpl3" / "*.nc")
    result = CliRunner().invoke(
        main, ["inspect", files, "--name", "CLASSIC", "-o", str(target)]
    )
    assert result.exit_code == 0, result.output
    (model,) = load_models(target)
    assert set(model.variables) == {"gpp", "cSoil"}
    assert "# confirm" in target.read_text("utf-8")
    assert CliRunner().invoke(main, ["check", str(target)]).exit_code == 0


def test_strange_variables_are_named(
    tmp_path: Path, gridded: Make, gpp_values: Make
) -> None:
    """What means nothing here is listed with its units, and nothing is written."""
    gridded(gpp_values(12), name="smoke", units="K").to_netcdf(tmp_path / "a.nc")
    target = tmp_path / "m.yaml"
    result = CliRunner().invoke(main, ["inspect", str(tmp_path), "-o", str(target)])
    assert result.exit_code == 2
    assert "smoke [K]" in result.output
    assert not target.exists()


def test_two_names_for_one_variable(
    tmp_path: Path, gridded: Make, gpp_values: Make
) -> None:
    """The first is taken, and the user is asked to confirm."""
    gridded(gpp_values(12), name="GPP").to_netcdf(tmp_path / "a.nc")
    gridded(gpp_values(12), name="cgpp").to_netcdf(tmp_path / "b.nc")
    found = inspect_files([str(tmp_path)])
    assert found.found["gpp"][1] == "GPP"
    assert "cgpp and GPP could both be gpp" in found.problems[0]


def test_flipped_sign_is_seen(tmp_path: Path, gridded: Make, gpp_values: Make) -> None:
    """The evidence of the values is told with the names."""
    gridded(-1e-2 * gpp_values(12)).to_netcdf(tmp_path / "a.nc")
    found = inspect_files([str(tmp_path / "a.nc")])
    (line,) = report_lines(found, as_model(found, "M"))
    assert line.startswith("gpp: cannot be scored: ")
    assert "sign" in line


def test_broken_file_is_told(tmp_path: Path, gridded: Make, gpp_values: Make) -> None:
    """One bad file does not hide the others."""
    gridded(gpp_values(12)).to_netcdf(tmp_path / "a.nc")
    (tmp_path / "b.nc").write_text("<html></html>")
    found = inspect_files([str(tmp_path)])
    assert list(found.found) == ["gpp"]
    assert "web page" in found.problems[0]


def test_nothing_there(tmp_path: Path) -> None:
    """No file is an error, not an empty configuration."""
    with pytest.raises(InputError):
        inspect_files([str(tmp_path / "*.nc")])
    result = CliRunner().invoke(main, ["inspect", str(tmp_path / "*.nc")])
    assert result.exit_code == 2


def test_existing_configuration_is_kept(tmp_path: Path) -> None:
    """A file of the user's is not overwritten."""
    target = tmp_path / "m.yaml"
    target.write_text("mine")
    result = CliRunner().invoke(
        main, ["inspect", str(DATA / "access_esm1_5"), "-o", str(target)]
    )
    assert result.exit_code == 2
    assert target.read_text() == "mine"

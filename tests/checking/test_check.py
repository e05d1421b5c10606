"""A configuration is tested against its files before a run."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from benchmark.checking import check_models, models_in
from benchmark.cli import main
from benchmark.config import load_models

Write = Callable[..., Path]
Make = Callable[..., Any]


def test_what_is_done_to_a_model() -> None:
    """ACCESS: the period, the grid, and that its cell area is wrong."""
    (item,) = check_models(load_models("access-esm1-5"))
    assert item.summary == "180 months 2000-2014, 19 lat x 36 lon"
    assert not item.problem
    assert any("0.0234 times" in text for text in item.warnings)


def test_derived_nee_is_tested_too() -> None:
    """CASA declares no NEE, but it can be scored."""
    found = {item.variable: item for item in check_models(load_models("casa-cnp"))}
    assert "NEE rung 2b: rh - npp" in found["nee"].summary
    assert "units 'gC m-2 day-1'" in found["gpp"].conversions[0]


def test_bad_file_ends_with_code_3(
    write_suite: Write, tmp_path: Path, gridded: Make, gpp_values: Make
) -> None:
    """The problem is told as the run would tell it, and the good model is fine."""
    gridded(-1e-2 * gpp_values(36)).to_netcdf(tmp_path / "bad.nc")
    result = CliRunner().invoke(main, ["check", str(write_suite(tmp_path / "bad.nc"))])
    assert result.exit_code == 3
    text = " ".join(result.output.split())
    assert "good, gpp: to confirm 36 months 2000-2002, 10 lat x 72 lon" in text
    assert "bad, gpp: refused" in text
    assert "bad, gpp: " in result.output
    assert "'sign: up'" in result.output


def test_good_model_ends_with_code_0() -> None:
    """A shipped model has no problem."""
    assert CliRunner().invoke(main, ["check", "classic"]).exit_code == 0


@pytest.mark.parametrize("name", ["demo2", "nowhere.yaml"])
def test_unknown_configuration(name: str) -> None:
    """What is neither a name nor a file ends with code 2."""
    assert CliRunner().invoke(main, ["check", name]).exit_code == 2


def test_suite_gives_its_models(write_suite: Write) -> None:
    """A suite is checked model by model."""
    assert [model.name for model in models_in(str(write_suite(None)))] == ["good"]

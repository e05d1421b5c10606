"""What the README shows works."""

import re
from collections.abc import Callable
from glob import glob
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner

from benchmark.cli import main
from benchmark.config import load_suite

Make = Callable[..., Any]

README = Path(__file__).parents[1] / "README.md"


def blocks(language: str) -> list[str]:
    """Return the code blocks of a language, verbatim."""
    pattern = rf"```{language}\n(.*?)```"
    return re.findall(pattern, README.read_text("utf-8"), re.DOTALL)


@pytest.fixture
def own_model(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    gridded: Make,
    gpp_values: Make,
) -> Path:
    """Write what the README takes for granted: a file for each variable."""
    output = tmp_path / "output"
    (output / "fx").mkdir(parents=True)
    values = gpp_values(36)
    data = gridded(values, name="GPP")
    for year in range(3):
        part = data.isel(time=slice(12 * year, 12 * year + 12))
        part.to_netcdf(output / f"GPP_{2000 + year}.nc")
    for name, size in (("SOIL1C", 4e3), ("SOIL2C", 6e3), ("TSOI", 270.0)):
        full = np.full_like(values, size)
        gridded(full, name=name, units=None).to_netcdf(output / f"{name}.nc")
    land = gridded(np.full_like(values, 100.0), name="sftlf", units="%")
    land.isel(time=0, drop=True).to_netcdf(output / "fx" / "sftlf.nc")
    gridded(values, name="GPP").to_netcdf(tmp_path / "my-gpp.nc")
    (tmp_path / "CMIP6").mkdir()
    file = "gpp_Lmon_CanESM5_historical_r1i1p1f1_gn_200001-200212.nc"
    gridded(values, name="gpp").to_netcdf(tmp_path / "CMIP6" / file)
    names = ("three-lines", "my-model", "my-suite", "my-gpp")
    for text, name in zip(blocks("yaml"), names, strict=True):
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_own_model_runs(own_model: Path) -> None:
    """The model and the suite of the README, verbatim, are scored."""
    result = CliRunner().invoke(
        main, ["run", "my-suite.yaml", "-o", "reports/my-suite", "--no-report"]
    )
    assert result.exit_code == 0, result.output
    scores = pd.read_csv(own_model / "reports" / "my-suite" / "scores.csv")
    mine = scores[scores["model"] == "MyModel"].set_index("reference")
    assert set(mine.loc[["treat2024_nee"], "status"]) == {"no_model_data"}
    for name in ("gbaf_gpp", "sanderman2017_0_100cm"):
        assert "scored" in set(mine.loc[name, "status"])
    lena = mine[(mine["region"] == "lena") & (mine["metric"] == "stock_total")]
    domain = mine[
        (mine["region"] == "permafrost_domain") & (mine["metric"] == "stock_total")
    ]
    # Both pools: 10 kg m-2 on the land of the domain, 18 million km2 or so.
    assert lena["status"].item() == "scored"
    assert 100 < domain["value"].item() < 200


def test_three_lines_are_enough(own_model: Path) -> None:
    """The first model of the README, verbatim, is found in a folder and scored."""
    assert len((own_model / "three-lines.yaml").read_text("utf-8").splitlines()) == 3
    suite = own_model / "my-suite.yaml"
    text = suite.read_text("utf-8").replace("my-model.yaml", "three-lines.yaml")
    suite.write_text(text, "utf-8")
    result = CliRunner().invoke(
        main, ["run", "my-suite.yaml", "-o", "r", "--no-report"]
    )
    assert result.exit_code == 0, result.output
    scores = pd.read_csv(own_model / "r" / "scores.csv")
    mine = scores[(scores["model"] == "CanESM5") & (scores["reference"] == "gbaf_gpp")]
    assert "scored" in set(mine["status"])


def test_commands_run(own_model: Path) -> None:
    """Every command that is shown works, with each word that it offers."""
    shown = re.findall(
        r"^    permabench (.*?)(?:  +#.*)?$", README.read_text("utf-8"), re.M
    )
    assert [line.split()[0] for line in shown] == [
        *("inspect", "check", "run", "list", "run"),
    ]
    for line in shown:
        words = [
            word
            for text in line.split()
            for word in (sorted(glob(text)) if "*" in text else [text])
        ]
        for choice in words[-1].split("|"):
            if "--model" in words:
                # The whole scorecard is run in test_cli; here, that it takes this.
                assert load_suite("permafrost-carbon", models=(choice,)).models
                continue
            if words[0] == "inspect":
                (own_model / "my-model.yaml").rename(own_model / "kept.yaml")
            result = CliRunner().invoke(main, [*words[:-1], choice])
            assert result.exit_code == 0, result.output
            if words[0] == "inspect":
                assert "GPP" in (own_model / "my-model.yaml").read_text("utf-8")
                (own_model / "kept.yaml").replace(own_model / "my-model.yaml")


def test_own_reference_runs(own_model: Path) -> None:
    """The reference of the README, verbatim, scores the model it is made of 1."""
    suite = own_model / "my-suite.yaml"
    text = suite.read_text("utf-8")
    listed = "references: [treat2024_nee, gbaf_gpp, sanderman2017_0_100cm]"
    assert listed in text
    suite.write_text(text.replace(listed, "references: [my-gpp.yaml]"), "utf-8")
    result = CliRunner().invoke(
        main, ["run", "my-suite.yaml", "-o", "r", "--no-report"]
    )
    assert result.exit_code == 0, result.output
    scores = pd.read_csv(own_model / "r" / "scores.csv")
    mine = scores[(scores["model"] == "MyModel") & (scores["status"] == "scored")]
    overall = mine[mine["metric"] == "ilamb_overall"]
    assert len(overall) == 10
    assert overall["score"].to_numpy() == pytest.approx(1.0)


def test_exit_codes_and_states_are_told() -> None:
    """The README says when the exit code is 0, and what each status means."""
    text = README.read_text("utf-8")
    assert "Exit codes: 0 if at least one row is `scored`" in text
    for status in ("scored", "no_model_data", "not_assessed", "no_overlap", "failed"):
        assert f"| `{status}` |" in text

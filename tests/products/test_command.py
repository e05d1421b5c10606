"""What `permabench references` prints and exits with."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

from benchmark.cli import main
from benchmark.config import load_suite, reference_names
from benchmark.config.catalogue import product_names
from benchmark.errors import ConfigError

Call = Callable[..., Result]
Write = Callable[..., Path]


def test_list_has_all(call: Call) -> None:
    """Every reference that ships and every product has a line."""
    result = call("list")
    assert result.exit_code == 0
    names = [line.split()[0] for line in result.stdout.splitlines()]
    assert set(reference_names()) | set(product_names()) <= set(names)


def test_the_other_list_points_here() -> None:
    """`permabench list references` stays, and names this command."""
    result = CliRunner().invoke(main, ["list", "references"])
    assert "treat2024_nee" in result.stdout
    assert "permabench references list" in result.stdout


def test_filters(call: Call) -> None:
    """Of a variable and of a subject only those are listed."""
    alt = call("list", "--variable", "alt").stdout
    assert "esa_cci_alt" in alt
    assert "treat2024_nee" not in alt
    fire = call("list", "--subject", "fire").stdout.splitlines()
    assert {line.split()[0] for line in fire[1:-1]} == {
        "gfed5_burned",
        "treat2024_fire_budget",
    }
    nothing = call("list", "--variable", "methan")
    assert nothing.exit_code == 2
    assert "ch4" in nothing.stderr


def test_list_says_where_and_what_is_unconfirmed(call: Call) -> None:
    """A licence that nobody confirmed is not shown as if it were."""
    lines = {line.split()[0]: line for line in call("list").stdout.splitlines()}
    assert "manual" in lines["peltola2019"]
    assert lines["peltola2019"].endswith("CC BY 4.0 (unconfirmed)")
    assert "fetch" in lines["ncscdv22_halfdegree"]
    assert "ships" in lines["treat2024_nee"]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("peltola2019", ["10.5281/zenodo.2560163 (unconfirmed)", "2013-2014"]),
        ("fluxcom_x_base", ["licence       CC BY 4.0 (unconfirmed)"]),
        ("ncscd_v2", ["no checksum is published", "fetch ncscd_v2, then in a suite"]),
        ("bawld_ch4", ["as printed in Treat et al. 2024, Table 2"]),
        ("treat2024_nee", ["in a suite: references: [treat2024_nee]", "Table 3"]),
    ],
)
def test_show(name: str, words: list[str], call: Call) -> None:
    """Everything of one is shown, with what is unconfirmed and how to score."""
    result = call("show", name)
    assert result.exit_code == 0
    text = " ".join(result.stdout.split())
    for word in words:
        assert " ".join(word.split()) in text


def test_every_product_can_be_shown(call: Call) -> None:
    """No product of the catalogue breaks the page of it."""
    for name in product_names():
        result = call("show", name)
        assert result.exit_code == 0, name
        assert result.stdout.startswith(f"{name}: ")


def test_unknown_name(call: Call) -> None:
    """A misspelt name has the nearest ones."""
    for command in ("show", "fetch"):
        result = call(command, "peltola2018")
        assert result.exit_code == 2
        assert "Did you mean peltola2019" in result.stderr


def test_without_a_direct_link(call: Call) -> None:
    """One line says where to go and what to drop where; the exit code is 4."""
    result = call("fetch", "peltola2019")
    assert result.exit_code == 4
    (line,) = result.stdout.splitlines()
    assert "https://doi.org/10.5281/zenodo.2560163 (unconfirmed)" in line
    assert "permabench references add FILE --product peltola2019" in line
    assert "4 no direct link" in " ".join(call("--help").stdout.split())


def test_what_ships_is_not_fetched(call: Call) -> None:
    """A reference that ships needs no fetching, and that is no error."""
    result = call("fetch", "treat2024_nee")
    assert result.exit_code == 0
    assert "ships, nothing to fetch" in result.stdout


@pytest.fixture
def shelf(
    site: Any,
    write_product: Write,
    write_soil: Write,
    described: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Put a product of the server into the catalogue."""
    site.files["/soil.nc"] = write_soil("soil.nc").read_bytes()
    get = {
        "page": "https://a.org",
        "steps": "download",
        "then": "add it",
        "files": [{"url": f"{site.url}/soil.nc", "name": "soil.nc"}],
    }
    path = write_product(
        "mine", get=get, descriptors=[described("mine_0_1m", "soil.nc")]
    )
    for module in ("listed", "product", "adding"):
        monkeypatch.setattr(
            f"benchmark.products.{module}.product_names", lambda: {"mine": path}
        )


@pytest.mark.usefixtures("shelf")
def test_fetch_makes_a_name_for_suites(call: Call) -> None:
    """Fetched by name, listed as fetched, and named in a suite."""
    result = call("fetch", "mine")
    assert result.exit_code == 0, result.output
    assert "not verified: no checksum is published; recorded now" in result.stdout
    assert "references: [mine_0_1m]" in result.stdout
    lines = call("list").stdout.splitlines()
    (line,) = [line for line in lines if line.startswith("mine_0_1m ")]
    assert "fetched" in line
    assert not [line for line in lines if line.startswith("mine ")]
    names = {"suite": "s", "models": ["classic"], "references": ["mine_0_1m"]}
    assert load_suite(names).references[0].name == "mine_0_1m"


@pytest.mark.usefixtures("shelf")
def test_fetch_that_fails(call: Call, site: Any, data: Path) -> None:
    """A file that is not there is an error in words with code 3, no name is left."""
    site.files.clear()
    result = call("fetch", "mine")
    assert result.exit_code == 3
    assert "is not there (status 404)" in result.stderr
    assert not list(data.rglob("*.yaml"))


@pytest.mark.usefixtures("shelf")
def test_limit_of_the_size(call: Call) -> None:
    """A file larger than --max-size is refused, and the option is named."""
    result = call("fetch", "mine", "--max-size", "0.000001")
    assert result.exit_code == 3
    assert "--max-size" in result.stderr


def test_verify_what_ships(call: Call) -> None:
    """All that ships is what its descriptors speak of."""
    result = call("verify")
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("ok: ")


@pytest.mark.usefixtures("shelf")
def test_verify_finds_what_changed(call: Call, data: Path) -> None:
    """A file that was altered or lost is named, with code 3."""
    assert call("fetch", "mine").exit_code == 0
    assert call("verify").exit_code == 0
    file = data / "mine" / "soil.nc"
    file.write_bytes(b"altered")
    result = call("verify")
    assert result.exit_code == 3
    assert f"altered: mine (fetched): {file} has the sha256 " in result.stdout
    file.unlink()
    result = call("verify")
    assert result.exit_code == 3
    assert f"missing: mine (fetched): {file}" in result.stdout
    (data / "mine" / "checksums.json").write_text("[1]")
    assert call("verify").exit_code == 3


def test_a_name_that_ships_cannot_be_had_twice(
    data: Path, write_soil: Write, described: Any
) -> None:
    """A descriptor put under a name that ships is refused, with both paths."""
    (data / "x").mkdir(parents=True)
    path = data / "x" / "treat2024_nee.yaml"
    path.write_text(yaml.safe_dump(described("treat2024_nee", str(write_soil()))))
    with pytest.raises(ConfigError, match="'treat2024_nee' is there twice") as caught:
        reference_names()
    assert str(path) in str(caught.value)


def test_help_imports_little() -> None:
    """The command starts without pooch, requests or the readers."""
    import subprocess
    import sys

    code = (
        "import sys; from benchmark.cli import main; "
        "print([n for n in ('pooch', 'requests', 'xarray', 'yaml') "
        "if n in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"

"""The folders that ship are found wherever the package is imported from."""

import subprocess
import sys
from pathlib import Path

import pytest

import benchmark
from benchmark.config.catalogue import model_names, reference_names, suite_names
from benchmark.regions import region_set_names
from benchmark.report.render import template_file
from benchmark.shipped import folder

ROOT = Path(benchmark.__file__).parents[1]
FOLDERS = ("references", "model_configs", "templates")

# In a clone the folders stand beside the package, elsewhere inside it.
clone = pytest.mark.skipif(
    not (ROOT / "references").is_dir(), reason="the package is installed elsewhere"
)


@pytest.mark.parametrize("name", FOLDERS)
def test_folders(name: str) -> None:
    """Each folder is there."""
    assert (folder(name) / "__init__.py").is_file()


@clone
@pytest.mark.parametrize("name", FOLDERS)
def test_beside_the_package(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a clone shadows what is installed, its own folders are used."""
    monkeypatch.setitem(sys.modules, f"benchmark.{name}", None)
    assert folder(name) == ROOT / name


@clone
def test_everything_uses_the_one_place(monkeypatch: pytest.MonkeyPatch) -> None:
    """Models, references, suites, regions and pages are all found in a clone."""
    for name in FOLDERS:
        monkeypatch.setitem(sys.modules, f"benchmark.{name}", None)
    assert "classic" in model_names()
    assert "gbaf_gpp" in reference_names()
    assert "demo" in suite_names()
    assert "global" in region_set_names()
    assert "<html" in template_file("base.html")


@clone
@pytest.mark.parametrize(
    "arguments",
    [
        ["-c", "import benchmark; print(benchmark.load_suite('demo').name)"],
        ["-m", "benchmark", "list", "suites"],
    ],
)
def test_python_in_the_clone(arguments: list[str]) -> None:
    """Python started in the root folder of a clone finds what ships."""
    found = subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True
    )
    assert (found.stdout, found.stderr) == ("demo\n", "")

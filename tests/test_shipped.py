"""The folders that ship are found wherever the package is imported from."""

import subprocess
import sys
from pathlib import Path

import pytest

from benchmark.shipped import folder

CLONE = Path(__file__).parents[1]
FOLDERS = ("references", "model_configs", "templates")


@pytest.mark.parametrize("name", FOLDERS)
def test_folders(name: str) -> None:
    """Each folder is there."""
    assert (folder(name) / "__init__.py").is_file()


USES = """
from benchmark.config.catalogue import model_names, reference_names, suite_names
from benchmark.regions import region_set_names
from benchmark.report.render import template_file
from benchmark.shipped import folder
print(folder("references"))
print("classic" in model_names(), "gbaf_gpp" in reference_names())
print("demo" in suite_names(), "global" in region_set_names())
print("<html" in template_file("base.html"))
"""


def in_the_clone(*arguments: str) -> str:
    """Run Python in the root of the clone, whose folder shadows the package."""
    found = subprocess.run(
        [sys.executable, *arguments], cwd=CLONE, capture_output=True, text=True
    )
    assert found.stderr == ""
    return found.stdout


def test_everything_uses_the_one_place() -> None:
    """Models, references, suites, regions and pages are all found in a clone."""
    first, *others = in_the_clone("-c", USES).splitlines()
    assert Path(first) == CLONE / "references"
    assert others == ["True True", "True True", "True"]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (
            ["-c", "import benchmark; print(benchmark.load_suite('demo').name)"],
            "demo\n",
        ),
        (
            ["-m", "benchmark", "list", "suites"],
            "demo                 Permafrost carbon, real models\n"
            "permafrost-carbon    Permafrost carbon; "
            "has no models: needs --model FILE\n",
        ),
    ],
)
def test_python_in_the_clone(arguments: list[str], expected: str) -> None:
    """Python started in the root folder of a clone finds what ships."""
    assert in_the_clone(*arguments) == expected

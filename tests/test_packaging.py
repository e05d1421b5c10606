"""What setup.cfg says is what is there."""

from collections.abc import Iterator
from configparser import ConfigParser
from importlib.metadata import entry_points, version
from pathlib import Path

import pytest

import benchmark

ROOT = Path(__file__).parent.parent
SETUP = ROOT / "setup.cfg"
OUTSIDE = ("references", "model_configs", "templates")


@pytest.fixture(scope="module")
def setup() -> ConfigParser:
    """Give setup.cfg."""
    parser = ConfigParser()
    parser.read(SETUP, encoding="utf-8")
    return parser


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def shipped() -> Iterator[Path]:
    """Yield every file of the folders that are installed as packages."""
    for folder in OUTSIDE:
        for path in (ROOT / folder).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                yield path.relative_to(ROOT)


def test_packages(setup: ConfigParser) -> None:
    """The list of packages is the folders of code, and the three of data."""
    found = {
        ".".join(path.parent.relative_to(ROOT).parts)
        for path in (ROOT / "benchmark").rglob("__init__.py")
    }
    listed = lines(setup["options"]["packages"])
    assert len(set(listed)) == len(listed)
    assert set(listed) == found | {f"benchmark.{folder}" for folder in OUTSIDE}


def test_package_folders(setup: ConfigParser) -> None:
    """The three folders of data are packages of `benchmark`."""
    pairs = dict(line.split(" = ") for line in lines(setup["options"]["package_dir"]))
    assert pairs == {"benchmark": "benchmark"} | {
        f"benchmark.{folder}": folder for folder in OUTSIDE
    }
    for folder in OUTSIDE:
        assert (ROOT / folder / "__init__.py").is_file()


def test_data_are_installed(setup: ConfigParser) -> None:
    """Every YAML, table, grid, page and licence is matched by package_data."""
    data = setup["options.package_data"]
    patterns = {folder: lines(data[f"benchmark.{folder}"]) for folder in OUTSIDE}
    installed = {
        path.relative_to(ROOT)
        for folder, globs in patterns.items()
        for pattern in globs
        for path in (ROOT / folder).glob(pattern)
    }
    needed = {
        path
        for path in shipped()
        if path.suffix in (".yaml", ".csv", ".nc", ".geojson", ".html", ".css", ".js")
        or path.name.startswith("LICENSE")
    }
    assert sorted(map(str, needed - installed)) == []


def test_modules_parse() -> None:
    """Every module parses on the oldest Python that is promised."""
    import ast

    for path in (ROOT / "benchmark").rglob("*.py"):
        ast.parse(path.read_text(encoding="utf-8"), feature_version=(3, 11))


def test_version() -> None:
    """The distribution has the version of the package."""
    assert version("permabench") == benchmark.__version__


def test_command() -> None:
    """The command is `permabench`."""
    found = [e.value for e in entry_points(group="console_scripts", name="permabench")]
    assert "benchmark.cli:main" in found


def test_public_names() -> None:
    """Every public name can be imported, and no other."""
    for name in benchmark.__all__:
        assert getattr(benchmark, name)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = benchmark.nothing


def test_readme() -> None:
    """The README, once written, has the two commands that set things up."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    if text.strip():
        assert "pip install . && permabench demo" in text
        assert 'pip install ".[test]" && pytest' in text

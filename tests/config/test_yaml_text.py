"""YAML with the line of every entry, and the mistakes a text can have."""

from collections.abc import Callable
from pathlib import Path

import pytest

from benchmark.config.yaml_text import read_yaml

Write = Callable[[str, str], Path]
Problems = Callable[..., list[str]]


def test_every_entry_has_its_line(write: Write) -> None:
    """Keys and items of lists, however deep, have the line they stand on."""
    path = write(
        "a.yaml",
        """
        # a comment
        one: 1
        two:
          - first
          - deep: {inner: 3}
        """,
    )
    data, lines = read_yaml(path)
    assert data == {"one": 1, "two": ["first", {"deep": {"inner": 3}}]}
    assert lines["one",] == 2
    assert lines["two",] == 3
    assert lines["two", 0] == 4
    assert lines["two", 1, "deep"] == 5
    assert lines["two", 1, "deep", "inner"] == 5


def test_missing_file(tmp_path: Path, problems: Problems) -> None:
    """A missing file is named."""
    path = tmp_path / "none.yaml"
    assert problems(read_yaml, path) == [f"{path}: no such file."]


def test_not_utf8(tmp_path: Path, problems: Problems) -> None:
    """A file in Latin-1 is refused as not UTF-8."""
    path = tmp_path / "latin.yaml"
    path.write_bytes("title: Universität".encode("latin-1"))
    (problem,) = problems(read_yaml, path)
    assert str(path) in problem
    assert "UTF-8" in problem


def test_folder_in_place_of_a_file(tmp_path: Path, problems: Problems) -> None:
    """A folder is refused, not a traceback."""
    (problem,) = problems(read_yaml, tmp_path)
    assert "cannot be read" in problem


def test_byte_order_mark_is_no_mistake(tmp_path: Path) -> None:
    """What Windows editors put first in a file does not belong to a key."""
    path = tmp_path / "bom.yaml"
    path.write_bytes(b"\xef\xbb\xbfmodel: a\n")
    assert read_yaml(path)[0] == {"model": "a"}


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("a: [1, 2\nb: 3\n", 2, 2),
        ("a: 'open\n", 2, 1),
        ("a: b: c\n", 1, 5),
        ("a: @b\n", 1, 4),
    ],
)
def test_malformed(
    text: str, line: int, column: int, tmp_path: Path, problems: Problems
) -> None:
    """Malformed YAML is refused with line and column."""
    path = tmp_path / "bad.yaml"
    path.write_text(text)
    (problem,) = problems(read_yaml, path)
    assert problem.startswith(f"{path}: line {line}, column {column}: not valid YAML")


def test_every_repeated_key_is_found(write: Write, problems: Problems) -> None:
    """Keys given twice are found at every depth, each with its line."""
    path = write(
        "twice.yaml",
        """
        model: a
        variables:
          gpp: {files: a.nc}
          gpp: {files: b.nc}
        model: b
        """,
    )
    assert problems(read_yaml, path) == [
        f"{path}: line 4: 'gpp' is given twice; keep one.",
        f"{path}: line 5: 'model' is given twice; keep one.",
    ]


@pytest.mark.parametrize(
    "tag", ["python/object/apply:os.getcwd []", "python/name:os.getcwd", "python/tuple"]
)
def test_tags_run_nothing(tag: str, tmp_path: Path, problems: Problems) -> None:
    """A tag that would build a Python object is refused with its place."""
    path = tmp_path / "tag.yaml"
    path.write_text(f"model: a\nversion: !!{tag}\n")
    (problem,) = problems(read_yaml, path)
    assert "line 2, column 10" in problem
    assert "python" in problem


def test_alias_of_itself(tmp_path: Path, problems: Problems) -> None:
    """A mapping that contains itself is refused, not followed for ever."""
    path = tmp_path / "loop.yaml"
    path.write_text("a: &x\n  b: *x\n")
    (problem,) = problems(read_yaml, path)
    assert "contains itself" in problem


def test_date_that_is_none(tmp_path: Path, problems: Problems) -> None:
    """A month of 13 is a mistake of the file, and quotes mend it."""
    path = tmp_path / "date.yaml"
    path.write_text("version: 2023-13-45\n")
    (problem,) = problems(read_yaml, path)
    assert str(path) in problem
    assert "quote it" in problem


@pytest.mark.parametrize(
    ("text", "number"),
    [("1e20", 1e20), ("-1e+30", -1e30), ("1.5E-8", 1.5e-8), ("2e3", 2000.0)],
)
def test_powers_of_ten_are_numbers(text: str, number: float, tmp_path: Path) -> None:
    """1e20 is a number, as in YAML 1.2; YAML 1.1 takes it for a text."""
    path = tmp_path / "number.yaml"
    path.write_text(f"fill_value: {text}\n")
    assert read_yaml(path)[0] == {"fill_value": number}


@pytest.mark.parametrize(
    ("text", "line"), [("a: 1\nb:\n\tc: 2\n", 3), ("a:\n  b: 1\n \tc: 2\n", 3)]
)
def test_tabs(text: str, line: int, tmp_path: Path, problems: Problems) -> None:
    """A line indented by a tab is named, with what to use."""
    path = tmp_path / "tab.yaml"
    path.write_text(text)
    assert problems(read_yaml, path) == [
        f"{path}: line {line} starts with a tab; indent with spaces."
    ]


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n"])
def test_empty_file(text: str, tmp_path: Path, problems: Problems) -> None:
    """A file with nothing in it is called empty."""
    path = tmp_path / "empty.yaml"
    path.write_text(text)
    assert problems(read_yaml, path) == [f"{path}: the file is empty."]


@pytest.mark.parametrize("start", [b"CDF\x01", b"\x89HDF\r\n\x1a\n"])
def test_netcdf(start: bytes, tmp_path: Path, problems: Problems) -> None:
    """A NetCDF file in the place of YAML is told apart, with what to write."""
    path = tmp_path / "gpp.nc"
    path.write_bytes(start + b"\0" * 40)
    assert problems(read_yaml, path) == [
        f"{path}: is NetCDF; write a model YAML with 'files:' and name that here."
    ]


def test_no_permission(
    tmp_path: Path, problems: Problems, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that must not be read is told so in words."""

    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "read_bytes", refuse)
    path = tmp_path / "s.yaml"
    assert problems(read_yaml, path) == [f"{path}: cannot be read (permission denied)."]

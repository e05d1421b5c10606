"""Files appear whole or not at all."""

import os
from pathlib import Path

import pytest

from benchmark.atomic import write_bytes, write_text


def test_folders_are_made(tmp_path: Path) -> None:
    """Missing folders are made, and the path is returned."""
    path = tmp_path / "a" / "b" / "c.bin"
    assert write_bytes(path, b"\x00\xff") == path
    assert path.read_bytes() == b"\x00\xff"


def test_text_is_utf8(tmp_path: Path) -> None:
    """Text is UTF-8, with line ends as they are."""
    path = write_text(tmp_path / "a.txt", "Zürich\r\nm²\n")
    assert path.read_bytes() == "Zürich\r\nm²\n".encode()


def test_text_that_is_no_unicode(tmp_path: Path) -> None:
    """A lone surrogate, as in names of files, is replaced."""
    assert write_text(tmp_path / "a.txt", "a\udce9").read_bytes() == b"a?"


def test_file_is_replaced(tmp_path: Path) -> None:
    """An older file is replaced whole."""
    path = tmp_path / "a.txt"
    path.write_text("a long text")
    write_text(path, "short")
    assert path.read_text() == "short"


def test_nothing_else_remains(tmp_path: Path) -> None:
    """No temporary file is left."""
    write_text(tmp_path / "a.txt", "x")
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_others_may_read(tmp_path: Path) -> None:
    """A report is readable by others."""
    assert write_text(tmp_path / "a.txt", "x").stat().st_mode & 0o777 == 0o644


def test_old_file_survives_a_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If the new file cannot be put in place, the old one stays as it was."""
    path = tmp_path / "a.txt"
    path.write_text("old")

    def fail(*names: object) -> None:
        raise OSError

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OSError):  # noqa: PT011
        write_text(path, "new")
    assert path.read_text() == "old"

"""The folder of the user's references, and the names in it."""

from pathlib import Path

import pytest

from benchmark.config.catalogue import (
    product_names,
    reference_names,
    shipped_references,
)
from benchmark.config.own import data_folder, own_folder, own_names
from benchmark.errors import ConfigError


def test_folder_of_the_system(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Without a choice of the user it is where the system keeps data of programs."""
    monkeypatch.delenv("PERMABENCH_DATA")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    folder = data_folder()
    assert folder is not None
    assert folder.name == "permabench"


def test_chosen_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The user's choice is taken, a home folder and relative paths resolved."""
    monkeypatch.setenv("PERMABENCH_DATA", "mine")
    monkeypatch.chdir(tmp_path)
    assert data_folder() == tmp_path / "mine"
    monkeypatch.setenv("PERMABENCH_DATA", "~/mine")
    assert data_folder() == Path.home() / "mine"


def test_no_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty choice is none: no names, and adding says what to write."""
    monkeypatch.setenv("PERMABENCH_DATA", "")
    assert own_names() == {}
    with pytest.raises(ConfigError, match="export PERMABENCH_DATA=FOLDER"):
        own_folder()


def test_own_names_join_those_that_ship(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A descriptor in a folder of the user is known by its file's name."""
    monkeypatch.setenv("PERMABENCH_DATA", str(tmp_path))
    path = tmp_path / "references" / "a" / "mine.yaml"
    path.parent.mkdir(parents=True)
    path.touch()
    assert reference_names()["mine"] == path
    assert set(reference_names()) == {*shipped_references(), "mine"}


def test_one_name_twice(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Two descriptors of the user with one name are refused, with both paths."""
    monkeypatch.setenv("PERMABENCH_DATA", str(tmp_path))
    for folder in ("a", "b"):
        path = tmp_path / "references" / folder / "mine.yaml"
        path.parent.mkdir(parents=True)
        path.touch()
    with pytest.raises(ConfigError, match="'mine' is there twice") as caught:
        reference_names()
    assert str(tmp_path / "references" / "a" / "mine.yaml") in str(caught.value)


def test_products_are_no_references() -> None:
    """A product of the catalogue is not named in a suite before it is fetched."""
    assert product_names().keys().isdisjoint(shipped_references())

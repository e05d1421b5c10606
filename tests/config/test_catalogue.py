"""Names that ship, paths and globs to files."""

from collections.abc import Callable
from pathlib import Path

import pytest

from benchmark.config import load_models, load_reference, load_suite
from benchmark.config.catalogue import (
    find_paths,
    model_names,
    reference_names,
    suite_names,
)

Problems = Callable[..., list[str]]
KNOWN = {"classic": Path("classic.yaml"), "corpse": Path("corpse.yaml")}


@pytest.mark.parametrize("name", sorted(reference_names()))
def test_reference_that_ships(name: str) -> None:
    """A reference that ships loads, and its file is called like it."""
    reference = load_reference(name)
    assert reference.name == name
    assert all(Path(file).is_file() for file in reference.data.files)


@pytest.mark.parametrize("name", sorted(model_names()))
def test_model_that_ships(name: str) -> None:
    """A model configuration that ships loads, and its files are there."""
    for model in load_models(name):
        assert model.source.stem == name
        assert model.licence
        for source in model.variables.values():
            assert all(Path(file).is_file() for file in source.files)


@pytest.mark.parametrize("name", sorted(suite_names()))
def test_suite_that_ships(name: str) -> None:
    """A suite that ships loads, and its file is called like it."""
    # The scorecard has no models of its own.
    added = ["classic"] if name == "permafrost-carbon" else []
    assert load_suite(name, models=added).name == name


def test_a_name_comes_before_a_file(tmp_path: Path) -> None:
    """A name that ships is found without a look at the folder."""
    assert find_paths("classic", KNOWN, tmp_path, "model") == [KNOWN["classic"]]


def test_paths_start_from_the_folder(tmp_path: Path) -> None:
    """A relative path starts from the given folder, an absolute one does not."""
    path = tmp_path / "a.yaml"
    path.touch()
    assert find_paths("a.yaml", {}, tmp_path, "model") == [path]
    assert find_paths(str(path), {}, tmp_path / "other", "model") == [path]


@pytest.mark.parametrize("pattern", ["*.yaml", "sub*/*.yaml", "**/b.yaml"])
def test_globs(pattern: str, tmp_path: Path) -> None:
    """Globs may be in the name, in a folder of the path, or recursive; sorted."""
    folder = tmp_path / "sub [v2]" if pattern.startswith("sub") else tmp_path
    folder.mkdir(exist_ok=True)
    for name in ("b.yaml", "a.yaml"):
        (folder / name).touch()
    found = find_paths(pattern, {}, tmp_path, "model")
    names = ["b.yaml"] if "b" in pattern.split("/")[-1] else ["a.yaml", "b.yaml"]
    assert [path.name for path in found] == names


def test_folder_of_the_file_with_brackets(tmp_path: Path) -> None:
    """Brackets in the folder that a glob starts from are no part of it."""
    folder = tmp_path / "run [v2]"
    folder.mkdir()
    (folder / "a.yaml").touch()
    assert find_paths("*.yaml", {}, folder, "model") == [folder / "a.yaml"]
    (folder / "m[1].yaml").touch()
    assert find_paths("m[1].yaml", {}, folder, "model") == [folder / "m[1].yaml"]


def test_glob_without_a_match(tmp_path: Path, problems: Problems) -> None:
    """A glob that matches nothing is quoted with its folder."""
    (problem,) = problems(find_paths, "x*.yaml", KNOWN, tmp_path, "model")
    assert problem == f"model 'x*.yaml': the glob matches no file under {tmp_path}."


@pytest.mark.parametrize(
    ("kind", "name", "near"),
    [("model", "clasic", "classic"), ("model", "corpes", "corpse")],
)
def test_unknown_name(
    kind: str, name: str, near: str, tmp_path: Path, problems: Problems
) -> None:
    """An unknown name has the nearest, and all that are known."""
    (problem,) = problems(find_paths, name, KNOWN, tmp_path, kind)
    assert problem == (
        f"{kind} '{name}' is neither a name that ships nor a file ({tmp_path / name}). "
        f"Did you mean '{near}'? Known names: classic, corpse."
    )


@pytest.mark.parametrize(
    ("load", "name", "near"),
    [
        (load_models, "mimic", "mimics"),
        (load_reference, "treat2024_ne", "treat2024_nee"),
        (load_suite, "demos", "demo"),
    ],
)
def test_what_ships_is_suggested(
    load: Callable[[str], object], name: str, near: str, problems: Problems
) -> None:
    """Each kind suggests from its own names."""
    (problem,) = problems(load, name)
    assert f"Did you mean '{near}'?" in problem


@pytest.mark.parametrize("text", ["x" * 5000, "~nobody-is-called-so/x.yaml", "a\0b"])
def test_odd_names(text: str, tmp_path: Path, problems: Problems) -> None:
    """What no file can be called is refused like any other name."""
    (problem,) = problems(find_paths, text, KNOWN, tmp_path, "model")
    assert "neither a name that ships nor a file" in problem

"""Kerchunk references: read as plain text, and never beyond what is allowed."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from benchmark.errors import InputError
from benchmark.readers import open_grid

zarr = pytest.importorskip("zarr", reason="zarr is an optional extra")
Make = Callable[..., Any]


@pytest.fixture
def references(tmp_path: Path, gridded: Make, gpp_values: Make) -> dict[str, Any]:
    """Write one year into raw bytes of a file, and give the references to it."""
    data = gridded(gpp_values(12)).drop_encoding()
    data.to_zarr(
        tmp_path / "s.zarr",
        zarr_format=2,
        consolidated=False,
        encoding={"gpp": {"compressors": None}},
    )
    (tmp_path / "raw.bin").write_bytes(b"head" + gpp_values(12).tobytes())
    refs: dict[str, Any] = {}
    for path in sorted((tmp_path / "s.zarr").rglob("*")):
        key = path.relative_to(tmp_path / "s.zarr").as_posix()
        if path.is_file() and path.name.startswith("."):
            refs[key] = path.read_text()
        elif path.is_file():
            refs[key] = [f"s.zarr/{key}"]
    refs["gpp/0.0.0"] = ["raw.bin", 4, gpp_values(12).nbytes]
    return refs


def written(tmp_path: Path, content: object) -> str:
    """Write references and return their path."""
    path = tmp_path / "refs.json"
    path.write_text(json.dumps(content))
    return str(path)


@pytest.mark.parametrize("version", [0, 1])
def test_references(
    version: int, tmp_path: Path, references: dict[str, Any], gpp_values: Make
) -> None:
    """Both versions are the data set that they point to, templates filled in."""
    content: dict[str, Any] = references
    if version == 1:
        references["gpp/0.0.0"][0] = "{{u}}/raw.bin"
        content = {"version": 1, "templates": {"u": str(tmp_path)}, "refs": references}
    data = open_grid([written(tmp_path, content)])
    np.testing.assert_array_equal(data["gpp"].to_numpy(), gpp_values(12))
    assert len(data["time"]) == 12


def test_references_in_parquet(
    tmp_path: Path, references: dict[str, Any], gpp_values: Make
) -> None:
    """References in columns are the same data set."""
    pytest.importorskip("pyarrow", reason="pyarrow is optional, for references only")
    import pandas as pd

    folder = tmp_path / "refs.parq"
    folder.mkdir()
    metadata = {k: json.loads(v) for k, v in references.items() if isinstance(v, str)}
    about = {"metadata": metadata, "record_size": 10}
    (folder / ".zmetadata").write_text(json.dumps(about))
    for key, value in references.items():
        if isinstance(value, list):
            name = key.rpartition("/")[0]
            (folder / name).mkdir(exist_ok=True)
            whole = [value[0], *(value[1:] or [0, 0])]
            table = pd.DataFrame([whole], columns=["path", "offset", "size"])
            table.assign(raw=None).to_parquet(folder / name / "refs.0.parq")
    # Their paths start beside the folder, as those of JSON do.
    data = open_grid([str(folder)])
    np.testing.assert_array_equal(data["gpp"].to_numpy(), gpp_values(12))


@pytest.mark.parametrize(
    "target",
    [
        "file:///etc/passwd",
        "/etc/passwd",
        "../../secret.bin",
        "https://example.org/raw.bin",
        "simplecache::file:///etc/passwd",
    ],
)
def test_target_elsewhere(
    target: str, tmp_path: Path, references: dict[str, Any]
) -> None:
    """A reference that leaves its folder is refused, with what it points to."""
    references["gpp/0.0.0"] = [target, 0, 8]
    with pytest.raises(InputError, match=r"points to .* outside .* under 'targets:'"):
        open_grid([written(tmp_path, references)])


def test_link_out_of_the_folder(tmp_path: Path, references: dict[str, Any]) -> None:
    """A link inside the folder does not lead out of it."""
    (tmp_path / "link").symlink_to("/etc")
    references["gpp/0.0.0"] = ["link/passwd", 0, 8]
    with pytest.raises(InputError, match="outside"):
        open_grid([written(tmp_path, references)])


def test_target_that_is_declared(
    tmp_path: Path, references: dict[str, Any], gpp_values: Make
) -> None:
    """A folder under 'targets:' may be pointed to."""
    (tmp_path / "index").mkdir()
    for value in references.values():
        if isinstance(value, list):
            value[0] = str(tmp_path / value[0])
    path = written(tmp_path / "index", references)
    with pytest.raises(InputError, match="outside"):
        open_grid([path])
    data = open_grid([path], targets=[str(tmp_path)])
    np.testing.assert_array_equal(data["gpp"].to_numpy(), gpp_values(12))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"gen": [{"key": "a", "url": "b"}]}, "generated references"),
        ({"templates": {"u": "{{ cycler.__init__ }}"}}, "an expression"),
        ({"refs": {"a": "b"}}, "without .zgroup"),
    ],
)
def test_expressions(
    change: dict[str, Any],
    message: str,
    tmp_path: Path,
    references: dict[str, Any],
) -> None:
    """What other readers would run as code is refused."""
    references["gpp/0.0.0"] = ["{{u}}", 0, 8]
    content = {"version": 1, "refs": references, **change}
    with pytest.raises(InputError, match=message):
        open_grid([written(tmp_path, content)])

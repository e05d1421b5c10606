"""The files of a run are named with what tells them from others."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from benchmark.config import Suite, load_models, load_suite
from benchmark.score import score_suite
from benchmark.score.inputs import fingerprint, inputs

Write = Callable[..., Path]
Make = Callable[..., Any]


def test_checksum(tmp_path: Path) -> None:
    """A file has its sha256; one above the limit its size, and is not read."""
    path = tmp_path / "a.nc"
    path.write_bytes(b"carbon")
    assert fingerprint(path) == hashlib.sha256(b"carbon").hexdigest()
    assert fingerprint(path, limit=5).startswith("6 bytes, changed 20")


def test_absent_file(tmp_path: Path) -> None:
    """A file that is gone does not stop a run."""
    assert fingerprint(tmp_path / "a.nc").startswith("cannot be read (no such file")


def test_zarr(tmp_path: Path) -> None:
    """A store is told by its metadata, which change with its shape."""
    for name, text in (("a", "[1]"), ("b", "[1]"), ("c", "[2]")):
        store = tmp_path / f"{name}.zarr"
        store.mkdir()
        (store / "zarr.json").write_text(json.dumps({"shape": text}))
    prints = [fingerprint(tmp_path / f"{name}.zarr") for name in "abc"]
    assert prints[0] == prints[1] != prints[2]
    assert prints[0].startswith("metadata of Zarr ")


def test_files_of_a_folder(
    tmp_path: Path, write_suite: Write, gridded: Make, gpp_values: Make
) -> None:
    """Of a folder the manifest names the file that was opened, not the others."""
    tree = tmp_path / "tree"
    tree.mkdir()
    gridded(gpp_values(36)).to_netcdf(tree / "JULES_S3_gpp.nc")
    gridded(gpp_values(36), name="npp").to_netcdf(tree / "JULES_S3_npp.nc")
    suite = load_suite(write_suite(tree))
    listed = score_suite(suite).manifest["inputs"]
    assert set(listed) == {"good.nc", "tree/JULES_S3_gpp.nc"}
    assert len(listed["tree/JULES_S3_gpp.nc"]) == 64


@pytest.mark.parametrize("opened", [(), ("{folder}/gpp_1.nc",)])
def test_files_of_a_glob(tmp_path: Path, opened: tuple[str, ...]) -> None:
    """A glob is all of its files only where it is not known which were opened."""
    for name in ("gpp_1.nc", "gpp_2.nc"):
        (tmp_path / name).write_bytes(b"")
    config = tmp_path / "m.yaml"
    config.write_text(
        "model: M\nvariables:\n  gpp: {files: 'gpp_*.nc'}\n"
        "land_fraction: {files: 's3://bucket/sftlf.nc', name: sftlf}\n"
    )
    suite = Suite("s", "S", load_models(config), (), None)
    found = inputs(suite, [text.format(folder=tmp_path) for text in opened])
    names = {"gpp_1.nc", "gpp_2.nc"} if not opened else {"gpp_1.nc"}
    assert {p.name for p in found if isinstance(p, Path)} == names
    assert "s3://bucket/sftlf.nc" in found

"""Files elsewhere: fetched once, through fsspec."""

import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from benchmark.errors import InputError
from benchmark.readers import open_grid
from benchmark.readers.remote import local_copy

fsspec = pytest.importorskip("fsspec", reason="fsspec is an optional extra")
Make = Callable[..., Any]


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the folder of copies, which is a temporary one."""
    monkeypatch.setenv("PERMABENCH_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache" / "files"


@pytest.fixture
def content(tmp_path: Path, gridded: Make, gpp_values: Make) -> bytes:
    """Give a NetCDF file of one year."""
    path = tmp_path / "gpp.nc"
    gridded(gpp_values(12)).to_netcdf(path)
    return path.read_bytes()


def test_file_is_fetched_once(content: bytes, cache: Path, gpp_values: Make) -> None:
    """A second look takes the copy; another content is fetched anew."""
    memory = fsspec.filesystem("memory")
    memory.pipe("/once/gpp.nc", content)
    data = open_grid(["memory://once/gpp.nc"])
    np.testing.assert_array_equal(data["gpp"].to_numpy(), gpp_values(12))
    assert data.attrs["files"] == ["memory://once/gpp.nc"]
    first = local_copy("memory://once/gpp.nc")
    assert [*cache.iterdir()] == [first]
    memory.pipe("/once/gpp.nc", content + b"\0")
    assert local_copy("memory://once/gpp.nc") != first
    assert not [*cache.glob("*.part")]


def test_file_in_a_zip(tmp_path: Path, content: bytes, gpp_values: Make) -> None:
    """A file inside a zip file is read by its chained URL."""
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as file:
        file.writestr("run/gpp.nc", content)
    data = open_grid([f"zip://run/gpp.nc::file://{tmp_path}/all.zip"])
    np.testing.assert_array_equal(data["gpp"].to_numpy(), gpp_values(12))


def test_absent_file() -> None:
    """The message has the URL."""
    with pytest.raises(InputError, match=r"^memory://none/a\.nc: cannot be read"):
        open_grid(["memory://none/a.nc"])


def test_truncated_file(content: bytes) -> None:
    """A broken file elsewhere is told by its URL."""
    fsspec.filesystem("memory").pipe("/half/gpp.nc", content[:3000])
    with pytest.raises(InputError, match=r"^memory://half/gpp\.nc: .* copy it again"):
        open_grid(["memory://half/gpp.nc"])


@pytest.mark.parametrize(
    ("module", "message"),
    [("fsspec.core", "need fsspec"), ("s3fs", r"pip install s3fs")],
)
def test_missing_library(
    module: str, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What to install is said for each protocol."""
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(InputError, match=message):
        open_grid(["s3://bucket/gpp.nc"])

"""Zarr stores: folders, zip files and URLs."""

import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import dask.array
import numpy as np
import pytest

from benchmark.config import Model, VariableSource
from benchmark.errors import InputError
from benchmark.readers import netcdf, open_grid, open_source

zarr = pytest.importorskip("zarr", reason="zarr is an optional extra")
Make = Callable[..., Any]


class _Silent(SimpleHTTPRequestHandler):
    """A server of files that writes no log."""

    def log_message(self, *arguments: object) -> None:
        """Write nothing."""


@pytest.fixture
def served(tmp_path: Path) -> Iterator[str]:
    """Give the address at which tmp_path is served."""
    pytest.importorskip("aiohttp", reason="aiohttp is an optional extra")
    server = ThreadingHTTPServer(
        ("127.0.0.1", 0), partial(_Silent, directory=str(tmp_path))
    )
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(params=[2, 3])
def store(
    request: pytest.FixtureRequest, tmp_path: Path, gridded: Make, gpp_values: Make
) -> Path:
    """Three years of GPP in a store of either version, six months a chunk."""
    path = tmp_path / "gpp.zarr"
    data = gridded(gpp_values(36)).chunk({"time": 6})
    data.to_zarr(path, zarr_format=request.param, consolidated=request.param == 2)
    return path


def test_folder(store: Path, gpp_values: Make) -> None:
    """A store is opened as a file is, found by what is in the folder."""
    source = VariableSource((str(store),), variable="gpp")
    data = open_source(source, Model("A", {}, Path("m.yaml")))
    np.testing.assert_array_equal(data["gpp"].to_numpy(), gpp_values(36))
    assert data["time"].to_numpy()[0].calendar == "noleap"
    assert data.attrs["files"] == [str(store)]


def test_zip(store: Path, gpp_values: Make) -> None:
    """A store in a zip file, its folder inside or not, is read in place."""
    inside = shutil.make_archive(str(store), "zip", store)
    outside = shutil.make_archive(
        str(store.with_name("o")), "zip", store.parent, store.name
    )
    for path in (inside, outside):
        data = open_grid([path])
        np.testing.assert_array_equal(data["gpp"].to_numpy(), gpp_values(36))


def test_chunks_of_the_store_stay_whole(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A chunk to work on is one or several chunks of the store."""
    monkeypatch.setattr(netcdf, "CHUNK_BYTES", 15 * 2880)
    data = open_grid([str(store)])["gpp"]
    assert isinstance(data.data, dask.array.Array)
    assert data.chunks is not None
    assert data.chunks[0] == (12, 12, 12)


def test_web(store: Path, served: str, gpp_values: Make) -> None:
    """A store on a web server is read from there."""
    data = open_grid([f"{served}/{store.name}"])
    np.testing.assert_array_equal(data["gpp"].to_numpy(), gpp_values(36))


def test_missing_library(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the library the message says what to install."""
    monkeypatch.setitem(sys.modules, "zarr", None)
    with pytest.raises(InputError, match=r"pip install 'permabench\[zarr\]'"):
        open_grid([str(store)])


def test_pickled_objects(tmp_path: Path) -> None:
    """An array of pickled objects is refused before it is read."""
    group = zarr.open_group(tmp_path / "bad.zarr", mode="w", zarr_format=2)
    group.create_array("x", shape=(1,), chunks=(1,), dtype="f8")
    about = tmp_path / "bad.zarr" / "x" / ".zarray"
    text = about.read_text()
    assert '"filters": null' in text
    about.write_text(
        text.replace('"filters": null', '"filters": [{"id": "pickle", "protocol": 4}]')
    )
    with pytest.raises(InputError, match=r"holds pickled Python objects"):
        open_grid([str(tmp_path / "bad.zarr")])


def test_zip_without_store(tmp_path: Path) -> None:
    """Another zip file is refused."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("a")
    path = shutil.make_archive(str(tmp_path / "a"), "zip", tmp_path / "in")
    with pytest.raises(InputError, match="zip file without a Zarr store"):
        open_grid([path])

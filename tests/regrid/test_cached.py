"""Overlaps on disk: found again, built again when broken, bounded."""

import os
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from benchmark.regrid import build_conservative, cached
from benchmark.regrid.cached import cache_folder, cached_overlap


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("PERMABENCH_CACHE", str(tmp_path))
    return tmp_path / "overlaps"


@pytest.fixture
def grids(regular):
    return regular(5.0), regular(20.0, west=0.0)


@pytest.fixture
def builder(grids):
    """Return a function that counts how often it builds."""

    def build():
        build.count += 1
        return build_conservative(*grids)

    build.count = 0
    return build


def same(one, other):
    np.testing.assert_allclose(
        one.matrix.toarray(), other.matrix.toarray(), rtol=1e-14, atol=0
    )
    np.testing.assert_array_equal(one.source_area, other.source_area)
    np.testing.assert_array_equal(one.target_area, other.target_area)
    assert one.target.identical(other.target)
    assert one.remarks == other.remarks


def test_built_once(folder, grids, builder):
    """The second time it comes from the disk, the same to rounding."""
    first = cached_overlap("test 1", *grids, builder)
    second = cached_overlap("test 1", *grids, builder)
    assert builder.count == 1
    assert [path.suffix for path in folder.iterdir()] == [".nc"]
    same(first, second)


def test_another_engine_or_grid(folder, grids, builder, regular):
    """Another engine, method, version or grid is another file."""
    cached_overlap("test 1", *grids, builder)
    cached_overlap("test 2", *grids, builder)
    cached_overlap("test 1", grids[0], regular(20.0, west=10.0), builder)
    assert builder.count == 3
    assert len(list(folder.iterdir())) == 3


def cut(content):
    return content[: len(content) // 2]


def changed(content):
    at = content.index(np.array(1.0, ">f8").tobytes())
    return content[:at] + np.array(0.5, ">f8").tobytes() + content[at + 8 :]


@pytest.mark.parametrize("spoil", [cut, changed, lambda content: b"no NetCDF"])
def test_broken_file(folder, grids, builder, spoil):
    """A file that was cut or changed is built again, and replaced."""
    whole = cached_overlap("test 1", *grids, builder)
    (path,) = folder.iterdir()
    path.write_bytes(spoil(path.read_bytes()))
    same(cached_overlap("test 1", *grids, builder), whole)
    assert builder.count == 2
    cached_overlap("test 1", *grids, builder)
    assert builder.count == 2


def test_file_of_other_grids(folder, grids, builder):
    """A whole file under another's name is not taken for it."""
    cached_overlap("test 1", *grids, builder)
    (first,) = folder.iterdir()
    cached_overlap("test 2", *grids, builder)
    (second,) = set(folder.iterdir()) - {first}
    second.write_bytes(first.read_bytes())
    cached_overlap("test 2", *grids, builder)
    assert builder.count == 3


def test_oldest_are_removed(folder, grids, builder, monkeypatch):
    """Above the bound the file used longest ago goes, the new one stays."""
    for number in range(3):
        cached_overlap(f"test {number}", *grids, builder)
        for path in folder.iterdir():
            state = path.stat()
            os.utime(path, (state.st_atime - 60, state.st_mtime - 60))
    size = max(path.stat().st_size for path in folder.iterdir())
    oldest = min(folder.iterdir(), key=lambda path: path.stat().st_mtime)
    monkeypatch.setattr(cached, "LARGEST", int(3.5 * size))
    cached_overlap("test 3", *grids, builder)
    assert len(list(folder.iterdir())) == 3
    assert not oldest.exists()


def test_many_at_once(folder, grids, builder):
    """Threads that want the same overlap all get it."""
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: cached_overlap("t", *grids, builder), range(8)))
    for other in made[1:]:
        same(made[0], other)
    assert [path.suffix for path in folder.iterdir()] == [".nc"]


def test_cannot_be_written(tmp_path, grids, builder, monkeypatch):
    """A folder that cannot be made costs nothing but time."""
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("PERMABENCH_CACHE", str(tmp_path / "file"))
    same(cached_overlap("test", *grids, builder), build_conservative(*grids))


def test_small_sources_are_not_kept(folder, regular, builder):
    """What is built faster than found is not kept."""
    cached_overlap("test", regular(20.0), regular(30.0), builder)
    assert not folder.exists()


@pytest.mark.parametrize(
    ("chosen", "base", "expected"),
    [
        ("", "/base", None),
        ("/mine", "/base", "/mine/overlaps"),
        (None, "/base", "/base/permabench/overlaps"),
        (None, "relative", "/home/of/user/.cache/permabench/overlaps"),
    ],
)
def test_folder(monkeypatch, chosen, base, expected):
    """PERMABENCH_CACHE moves or empties it; a relative XDG folder is ignored."""
    monkeypatch.setenv("HOME", "/home/of/user")
    monkeypatch.setenv("XDG_CACHE_HOME", base)
    if chosen is None:
        monkeypatch.delenv("PERMABENCH_CACHE", raising=False)
    else:
        monkeypatch.setenv("PERMABENCH_CACHE", chosen)
    found = cache_folder()
    assert (found and str(found)) == expected

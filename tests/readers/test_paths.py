"""Globs to files, and what the first bytes of a file say."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmark.errors import InputError
from benchmark.readers import paths
from benchmark.readers.paths import check_is_netcdf, expand


def refusal(path: Path, content: bytes) -> str:
    path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        check_is_netcdf(path)
    message = str(caught.value)
    assert message.startswith(f"{path}: ")
    assert "\n" not in message
    return message


def test_globs_are_sorted_and_files_come_once(tmp_path: Path) -> None:
    """Files come in the order of their patterns, each once."""
    for name in ("b.nc", "a.nc", "c.txt"):
        (tmp_path / name).touch()
    found = expand([str(tmp_path / "b.nc"), str(tmp_path / "*.nc")])
    assert [path.name for path in found] == ["b.nc", "a.nc"]


def test_recursive_glob(tmp_path: Path) -> None:
    """Two stars go through folders."""
    (tmp_path / "x" / "y").mkdir(parents=True)
    (tmp_path / "x" / "y" / "a.nc").touch()
    assert len(expand([str(tmp_path / "**" / "*.nc")])) == 1


def test_brackets_in_a_folder(tmp_path: Path) -> None:
    """A path that exists as written is no glob."""
    folder = tmp_path / "run [v2]"
    folder.mkdir()
    (folder / "a.nc").touch()
    assert expand([str(folder / "a.nc")]) == [folder / "a.nc"]


def test_folder_in_place_of_a_file(tmp_path: Path) -> None:
    """A folder is refused with what to write."""
    with pytest.raises(InputError, match=r"found a folder; expected .* \*\.nc"):
        expand([str(tmp_path)])


def test_no_such_file(tmp_path: Path) -> None:
    """A missing file is named with its nearest neighbour."""
    (tmp_path / "gpp_2000.nc").touch()
    (tmp_path / "gpp_2001.ncx").touch()
    with pytest.raises(InputError) as caught:
        expand([str(tmp_path / "gpp_2001.nc")])
    assert str(caught.value) == (
        f"{tmp_path / 'gpp_2001.nc'}: no such file. Did you mean 'gpp_2000.nc'? "
        "Correct 'files:'."
    )


def test_no_such_folder(tmp_path: Path) -> None:
    """A missing folder is told apart from a missing file."""
    with pytest.raises(InputError, match="nor its folder"):
        expand([str(tmp_path / "none" / "*.nc")])


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "the file is empty"),
        (b"<!DOCTYPE html><html>", "web page"),
        (b"\n\n  <HTML><body>", "web page"),
        (b"<?xml version='1.0'?><Error/>", "web page"),
        (b"version https://git-lfs.github.com/spec/v1\noid", "git lfs pull"),
        (b"GRIB\x00\x00", "b'GRIB\\x00\\x00'"),
        (b"year,A\n2000,1\n", "b'year,A\\n2'"),
        (b"\x89PNG\r\n\x1a\n", "not NetCDF"),
        (b"\x1f\x8b\x08\x00", "not NetCDF"),
    ],
)
def test_what_is_no_netcdf(content: bytes, words: str, tmp_path: Path) -> None:
    """The first bytes tell a web page, an empty file, a pointer, other formats."""
    assert words in refusal(tmp_path / "a.nc", content)


@pytest.mark.parametrize(
    "start", [b"CDF\x01", b"CDF\x02", b"CDF\x05", b"\x89HDF\r\n\x1a\n"]
)
def test_what_is_netcdf(start: bytes, tmp_path: Path) -> None:
    """Classic, 64-bit, CDF-5 and HDF5 signatures pass."""
    path = tmp_path / "a.nc"
    path.write_bytes(start + b"\x00" * 20)
    check_is_netcdf(path)


@given(st.binary(min_size=1, max_size=600))
def test_random_bytes(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    """Bytes without a signature are refused in one line."""
    if not content.startswith((b"CDF", b"\x89HDF")):
        refusal(tmp_path_factory.getbasetemp() / "random.nc", content)


def test_folder_that_must_not_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder without permission is said to be that."""

    def refuse(path: object) -> list[str]:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(paths, "listdir", refuse)
    with pytest.raises(InputError, match=r"its folder cannot be read \(permission den"):
        expand([str(tmp_path / "a.nc")])

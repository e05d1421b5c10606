"""Archives that stay inside their folder."""

import io
import tarfile
import zipfile
from pathlib import Path

import pytest

from benchmark.errors import InputError
from benchmark.products.unpacking import unpack

LIMIT = 10_000


def make_zip(path: Path, names: list[str], content: bytes = b"data") -> Path:
    """Write a .zip with a file of each name."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, content)
    return path


def make_tar(path: Path, names: list[str], **changed: object) -> Path:
    """Write a .tar.gz with a file of each name."""
    with tarfile.open(path, "w:gz") as archive:
        for name in names:
            info = tarfile.TarInfo(name)
            info.size = 4
            for key, value in changed.items():
                setattr(info, key, value)
            archive.addfile(info, io.BytesIO(b"data"))
    return path


def files_in(folder: Path) -> list[str]:
    """Return the paths of all files below a folder."""
    found = (p.relative_to(folder) for p in folder.rglob("*") if p.is_file())
    return sorted(path.as_posix() for path in found)


@pytest.mark.parametrize("make", [make_zip, make_tar])
def test_files_and_folders(make: object, tmp_path: Path) -> None:
    """Files are unpacked with their folders, and are returned."""
    end = "zip" if make is make_zip else "tar.gz"
    archive = make(tmp_path / f"a.{end}", ["a.nc", "sub/b.nc"])  # type: ignore[operator]
    folder = tmp_path / "out"
    folder.mkdir()
    found = unpack(archive, folder, LIMIT)
    assert found == [folder / "a.nc", folder / "sub" / "b.nc"]
    assert found[0].read_bytes() == b"data"
    assert files_in(folder) == ["a.nc", "sub/b.nc"]


@pytest.mark.parametrize(
    "name",
    ["../evil.nc", "/evil.nc", "a/../../evil.nc", "C:/evil.nc", "..\\evil.nc"],
)
@pytest.mark.parametrize("make", [make_zip, make_tar])
def test_paths_out_of_the_folder(make: object, name: str, tmp_path: Path) -> None:
    """One path that leaves the folder, and nothing of the archive is unpacked."""
    end = "zip" if make is make_zip else "tar.gz"
    folder = tmp_path / "out"
    folder.mkdir()
    archive = make(folder / f"a.{end}", ["good.nc", name])  # type: ignore[operator]
    with pytest.raises(InputError, match="lies outside its folder"):
        unpack(archive, folder, LIMIT)
    assert files_in(tmp_path) == [f"out/a.{end}"]


def test_links_are_refused(tmp_path: Path) -> None:
    """A link in an archive could lead anywhere."""
    folder = tmp_path / "out"
    folder.mkdir()
    tar = make_tar(
        tmp_path / "a.tar.gz", ["l"], type=tarfile.SYMTYPE, linkname="/etc", size=0
    )
    with pytest.raises(InputError, match="is a link or device"):
        unpack(tar, folder, LIMIT)
    info = zipfile.ZipInfo("l")
    info.external_attr = 0o120777 << 16
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(info, "/etc")
    with pytest.raises(InputError, match="is a link"):
        unpack(tmp_path / "a.zip", folder, LIMIT)
    assert files_in(folder) == []


def test_small_archive_of_much(tmp_path: Path) -> None:
    """An archive that unpacks to more than is allowed is refused on the way."""
    archive = make_zip(tmp_path / "a.zip", ["a", "b"], b"\0" * 6_000)
    assert archive.stat().st_size < 1_000
    folder = tmp_path / "out"
    folder.mkdir()
    with pytest.raises(InputError, match="unpacks to more than 10000 bytes"):
        unpack(archive, folder, LIMIT)
    assert files_in(folder) == []


@pytest.mark.parametrize("name", ["a.zip", "a.tar.gz", "a.tar"])
def test_broken_archive(name: str, tmp_path: Path) -> None:
    """What is no archive is said so, not raised."""
    (tmp_path / name).write_bytes(b"no archive at all")
    with pytest.raises(InputError, match="cannot be unpacked"):
        unpack(tmp_path / name, tmp_path, LIMIT)

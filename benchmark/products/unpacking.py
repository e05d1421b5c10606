"""Archives that are unpacked inside their folder, or not at all."""

import stat
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import IO

from benchmark.errors import InputError

_PIECE = 2**20
_MOST_FILES = 10_000


def is_archive(path: Path) -> bool:
    """Return whether a file is unpacked: .zip, .tar, .tar.gz, .tgz, by its name."""
    return path.name.lower().endswith((".zip", ".tar", ".tar.gz", ".tgz"))


def unpack(archive: Path, folder: Path, limit: int) -> list[Path]:
    """Unpack an archive into a folder.

    Parameters
    ----------
    archive : Path
        A .zip or a .tar, packed or not.
    folder : Path
        Where to; files of the same name are replaced.
    limit : int
        Most bytes that all its files may have together.

    Returns
    -------
    list of Path
        What was unpacked, sorted.

    Raises
    ------
    InputError
        If it is no archive, is too large, or a file of it would lie outside the
        folder or is a link. Then nothing is unpacked.
    """
    with TemporaryDirectory(dir=folder, prefix=".unpacking-") as scratch:
        try:
            names = _into(archive, Path(scratch), limit)
        except (zipfile.BadZipFile, tarfile.TarError, EOFError, OSError) as error:
            msg = f"{archive}: cannot be unpacked ({error}); fetch it again."
            raise InputError(msg) from error
        except (RuntimeError, NotImplementedError) as error:
            # An archive with a password, or packed in a way Python does not know.
            msg = f"{archive}: cannot be unpacked ({error}); unpack it by hand."
            raise InputError(msg) from error
        for name in names:
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            (Path(scratch) / name).replace(target)
    return sorted(folder / name for name in names)


def _into(archive: Path, scratch: Path, limit: int) -> list[str]:
    left = limit
    names: list[str] = []
    for name, content in _members(archive):
        inside = _inside(name, archive)
        if len(names) >= _MOST_FILES:
            msg = f"{archive}: holds more than {_MOST_FILES} files; unpack it by hand."
            raise InputError(msg)
        target = scratch / inside
        target.parent.mkdir(parents=True, exist_ok=True)
        with content, target.open("wb") as file:
            while piece := content.read(_PIECE):
                left -= len(piece)
                # Counted as it comes: what the archive says of it may be wrong.
                if left < 0:
                    msg = (
                        f"{archive}: unpacks to more than {limit} bytes; not unpacked."
                    )
                    raise InputError(msg)
                file.write(piece)
        names.append(inside)
    return names


def _members(archive: Path) -> Iterator[tuple[str, IO[bytes]]]:
    if archive.name.lower().endswith(".zip"):
        with zipfile.ZipFile(archive) as packed:
            for info in packed.infolist():
                if stat.S_ISLNK(info.external_attr >> 16):
                    raise InputError(_outside(info.filename, archive, "is a link"))
                if not info.is_dir():
                    yield info.filename, packed.open(info)
        return
    with tarfile.open(archive) as bundle:
        for member in bundle:
            if member.isdir():
                continue
            content = bundle.extractfile(member) if member.isreg() else None
            if content is None:
                raise InputError(_outside(member.name, archive, "is a link or device"))
            yield member.name, content


def _inside(name: str, archive: Path) -> str:
    path = PurePosixPath(name.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in name or not path.parts:
        raise InputError(_outside(name, archive, "lies outside its folder"))
    return str(path)


def _outside(name: str, archive: Path, what: str) -> str:
    return f"{archive}: '{name}' {what}; nothing of the archive was unpacked."

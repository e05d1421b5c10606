"""Files elsewhere, by their URL: one library for all protocols, imported late."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any
from urllib.parse import urlsplit

from benchmark.errors import InputError
from benchmark.readers.joining import one_line

_BLOCK = 2**22
_STAMPS = ("size", "ETag", "etag", "mtime", "LastModified", "last_modified", "md5Hash")


def local_copy(url: str) -> Path:
    """Return a copy on this machine of a file elsewhere, fetched once.

    Parameters
    ----------
    url : str
        As fsspec writes it: ``https://``, ``s3://``, ``gs://``,
        ``zip://name::https://...``.

    Returns
    -------
    Path
        In the folder that ``PERMABENCH_CACHE`` names, else in
        ``~/.cache/permabench``. A file that has another size or date since is
        fetched again.

    Raises
    ------
    InputError
        If the library for its protocol is absent, or it cannot be fetched.

    Notes
    -----
    A NetCDF file needs random access, which a copy serves faster and through
    the same library as any other file; stores made for the network (Zarr,
    kerchunk) are read in place.

    Examples
    --------
    A model configuration::

        model: MyModel
        files: https://data.example.org/mymodel/gpp_2000-2014.nc
        variables: [gpp]
    """
    system, path = filesystem(url)
    with told(url):
        info = system.info(path)
    stamp = [str(info.get(key, "")) for key in _STAMPS]
    key = hashlib.sha256("\n".join([url, *stamp]).encode()).hexdigest()[:32]
    copy = _folder() / f"{key}-{Path(urlsplit(path).path).name}"
    if not copy.is_file():
        copy.parent.mkdir(parents=True, exist_ok=True)
        _copied(system, path, url, copy)
    return copy


def filesystem(url: str) -> tuple[Any, str]:
    """Return the file system of a URL, and the path in it.

    Parameters
    ----------
    url : str
        As fsspec writes it.

    Returns
    -------
    system : fsspec.AbstractFileSystem
    path : str

    Raises
    ------
    InputError
        If fsspec, or what it needs for the protocol, is not installed.
    """
    try:
        from fsspec.core import url_to_fs
    except ImportError as error:
        msg = f"{url}: files elsewhere need fsspec; pip install 'permabench[zarr]'."
        raise InputError(msg) from error
    with told(url):
        system, path = url_to_fs(url)
    return system, str(path)


@contextmanager
def told(url: str) -> Iterator[None]:
    """Say of which URL an error was, and what to install.

    Parameters
    ----------
    url : str
        For the message.

    Raises
    ------
    InputError
        In place of what the libraries of the protocols raise.
    """
    try:
        yield
    except InputError:
        raise
    except ImportError as error:
        protocol = url.split("::")[-1].split("://")[0]
        package = {"s3": "s3fs", "gs": "gcsfs", "gcs": "gcsfs", "abfs": "adlfs"}
        name = package.get(protocol, "aiohttp" if "http" in protocol else protocol)
        msg = f"{url}: {one_line(error)}; pip install {name}."
        raise InputError(msg) from error
    except Exception as error:
        # Each protocol has errors of its own, most of no common class.
        reason = one_line(error) or type(error).__name__
        msg = f"{url}: cannot be read ({type(error).__name__}: {reason})."
        raise InputError(msg) from error


def _folder() -> Path:
    stated = os.environ.get("PERMABENCH_CACHE")
    if stated:
        return Path(stated).expanduser() / "files"
    base = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    return Path(base).expanduser() / "permabench" / "files"


def _copied(system: Any, path: str, url: str, copy: Path) -> None:
    """Write a file in blocks under a temporary name, then rename it."""
    with NamedTemporaryFile(dir=copy.parent, delete=False, suffix=".part") as part:
        written = Path(part.name)
        try:
            with told(url), system.open(path, "rb") as file:
                while block := file.read(_BLOCK):
                    part.write(block)
        except BaseException:
            written.unlink(missing_ok=True)
            raise
    written.replace(copy)

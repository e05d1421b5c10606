"""Downloads that go on where they broke off, tested before anything uses them."""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmark.errors import InputError
from benchmark.products.checksums import digest_of
from benchmark.products.partial import Part
from benchmark.products.product import RemoteFile
from benchmark.products.redirects import open_response

if TYPE_CHECKING:
    import requests

#: Largest file that is taken unless the user allows more, bytes.
LIMIT = 20 * 2**30
_PIECE = 2**20
_TRIES = 5
_AGAIN = (408, 425, 429, 500, 502, 503, 504)


def download(
    remote: RemoteFile,
    folder: Path,
    known: str | None,
    *,
    limit: int = LIMIT,
    pause: float = 1.0,
    tell: Callable[[int, int | None], None] = lambda done, total: None,
) -> Path:
    """Download a file, unless it is there already and is the right one.

    pooch writes it under a temporary name, tests its checksum and renames it. What
    arrived before the connection broke stays beside it as ``NAME.part``.

    Parameters
    ----------
    remote : RemoteFile
        What to download.
    folder : Path
        Where to; made if it does not exist.
    known : str or None
        Its checksum, ``sha256:...``, ``sha1:...`` or ``md5:...``.
    limit : int
        Largest size, bytes.
    pause : float
        Seconds to wait before a second try; longer before each further one.
    tell : callable
        Called with the bytes that arrived and those there are, if that is known.

    Returns
    -------
    Path

    Raises
    ------
    InputError
        If it is not there, breaks off, is too large, is sent elsewhere, or has
        another checksum; then nothing of it is left.
    """
    import pooch
    import requests

    # It would log each checksum; what the user has to know is told by the caller.
    pooch.get_logger().setLevel("WARNING")
    part = Part(folder / f"{remote.name}.part")
    folder.mkdir(parents=True, exist_ok=True)

    def downloader(url: str, output_file: str, pooch: Any, check_only: Any = 0) -> None:
        with requests.Session() as session:
            transfer = _Transfer(session, remote, part, limit, known is not None, tell)
            transfer.complete(pause)
        # pooch tests it again; what it says names a file that nobody will find.
        _refuse_altered(remote, part, known)
        part.path.replace(output_file)
        part.about.unlink(missing_ok=True)

    path = pooch.retrieve(
        remote.url, known, remote.name, path=folder, downloader=downloader
    )
    return Path(path)


def _refuse_altered(remote: RemoteFile, part: Part, known: str | None) -> None:
    if known is None:
        return
    algorithm, _, digits = known.partition(":")
    found = digest_of(part.path, algorithm)
    if found == digits:
        return
    part.remove()
    msg = (
        f"{remote.url}: the file that came has the checksum {algorithm}:{found}, "
        f"expected {known}. It was altered on its way or at its source, and is not "
        "used; nothing was kept."
    )
    raise InputError(msg)


@dataclass
class _Transfer:
    session: "requests.Session"
    remote: RemoteFile
    part: Part
    limit: int
    tested: bool
    tell: Callable[[int, int | None], None]

    def complete(self, pause: float) -> None:
        """Try until all has arrived, as long as trying helps."""
        import requests

        failed, before, reason = 0, -1, ""
        while failed < _TRIES:
            if failed:
                time.sleep(pause * failed)
            try:
                if self._once():
                    return
                reason = "it ended too early"
            except requests.exceptions.RequestException as error:
                reason = _in_words(error)
            # A try that brought something is none that failed.
            failed = 1 if self.part.size() > before >= 0 else failed + 1
            before = self.part.size()
        if not self.part.size():
            msg = (
                f"{self.remote.url}: cannot be reached ({reason}). Try again later, or "
                "download it by hand and add the file."
            )
            raise InputError(msg)
        msg = (
            f"{self.remote.url}: broke off after {self.part.size()} bytes ({reason}). "
            "What came is kept; the same command goes on from there."
        )
        raise InputError(msg)

    def _once(self) -> bool:
        """Ask for what is missing; return whether all has arrived."""
        have = self.part.size()
        validator = self.part.validator(self.remote.url)
        headers = {"Accept-Encoding": "identity"}
        # Half of an old file and half of a new one would make one of the right size.
        if have and validator is not None and (validator or self.tested):
            headers["Range"] = f"bytes={have}-"
            if validator:
                headers["If-Range"] = validator
        with open_response(self.session, self.remote.url, headers) as response:
            if response.status_code == 416:
                self.part.remove()
                return False
            self._refuse(response)
            start, total = _extent(response)
            if start != have and start != 0:
                self.part.remove()
                return False
            self._check_size(total)
            if start == 0:
                self.part.start(self.remote.url, _validator(response))
            self._write(response, start, total)
        return total is None or self.part.size() == total

    def _refuse(self, response: "requests.Response") -> None:
        status, url = response.status_code, self.remote.url
        if status in _AGAIN:
            response.raise_for_status()
        if status not in (200, 206):
            word = "is not there" if status in (404, 410) else "is not given"
            msg = f"{url}: {word} (status {status}); see where it went on its page."
            raise InputError(msg)
        kind = response.headers.get("Content-Type", "").partition(";")[0].strip()
        if kind == "text/html" and not self.remote.name.endswith((".html", ".htm")):
            msg = (
                f"{url}: a web page came in place of {self.remote.name}, perhaps one "
                "to log in; download it by hand, and add the file."
            )
            raise InputError(msg)

    def _check_size(self, total: int | None) -> None:
        wanted = self.remote.bytes
        if wanted is not None and total is not None and total != wanted:
            self.part.remove()
            msg = (
                f"{self.remote.url}: has {total} bytes, expected {wanted}; it is "
                "another file by now, and was not downloaded."
            )
            raise InputError(msg)
        if total is not None and total > self.limit:
            self._too_large(total)

    def _too_large(self, size: int) -> None:
        self.part.remove()
        msg = (
            f"{self.remote.url}: has {size} bytes or more, and at most {self.limit} "
            f"are allowed; write '--max-size {size / 2**30 + 1:.0f}' (GiB) to have it."
        )
        raise InputError(msg)

    def _write(
        self, response: "requests.Response", start: int, total: int | None
    ) -> None:
        done = start
        with self.part.path.open("ab" if start else "wb") as file:
            for piece in response.iter_content(_PIECE):
                done += len(piece)
                if done > self.limit:
                    file.close()
                    self._too_large(done)
                file.write(piece)
                file.flush()
                self.tell(done, total)


def _in_words(error: Exception) -> str:
    """Return the reason at the bottom of an error, without its addresses."""
    inner = error.args[0] if error.args else error
    inner = getattr(inner, "reason", inner)
    text = " ".join(str(inner).split()).rpartition(">: ")[2]
    return f"{type(inner).__name__}: {text}"[:200]


def _extent(response: "requests.Response") -> tuple[int, int | None]:
    """Return where the body starts in the file, and the size of the whole file."""
    if response.status_code == 206:
        found = re.fullmatch(
            r"bytes (\d+)-\d+/(\d+|\*)", response.headers.get("Content-Range", "")
        )
        if found is None:
            return -1, None
        return int(found[1]), None if found[2] == "*" else int(found[2])
    length = response.headers.get("Content-Length", "")
    encoded = response.headers.get("Content-Encoding", "identity") != "identity"
    return 0, int(length) if length.isdigit() and not encoded else None


def _validator(response: "requests.Response") -> str:
    tag = response.headers.get("ETag", "")
    return tag if tag.startswith('"') else response.headers.get("Last-Modified", "")

"""Downloads from a server on this machine that breaks, changes and lies."""

import hashlib
import socket
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmark.errors import InputError
from benchmark.products.download import download
from benchmark.products.product import RemoteFile
from benchmark.products.redirects import may_follow

CONTENT = bytes(range(256)) * 40_000  # ten pieces of a MiB, nearly
SHA = hashlib.sha256(CONTENT).hexdigest()
KNOWN = f"sha256:{SHA}"


def get(site: Any, folder: Path, known: str | None = KNOWN, **options: Any) -> Path:
    """Download /a.nc of the site without waiting between tries."""
    size = options.pop("bytes", None)
    remote = RemoteFile(f"{site.url}/a.nc", "a.nc", known, bytes=size)
    return download(remote, folder, known, pause=0.0, **options)


def left(folder: Path) -> list[str]:
    """Return the names of what is in a folder."""
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


@pytest.mark.parametrize("known", [KNOWN, None])
def test_good_download(site: Any, tmp_path: Path, known: str | None) -> None:
    """A file arrives byte for byte under its name, and nothing else is left."""
    site.files["/a.nc"] = CONTENT
    assert get(site, tmp_path, known).read_bytes() == CONTENT
    assert left(tmp_path) == ["a.nc"]


@pytest.mark.parametrize("digits", ["sha1", "md5"])
def test_other_checksums(site: Any, tmp_path: Path, digits: str) -> None:
    """Checksums of other kinds, as some publishers give them, are tested too."""
    site.files["/a.nc"] = CONTENT
    good = hashlib.new(digits, CONTENT).hexdigest()
    assert get(site, tmp_path, f"{digits}:{good}").is_file()
    with pytest.raises(InputError, match="was altered"):
        get(site, tmp_path / "other", f"{digits}:{'0' * len(good)}")


def test_broken_connection_is_resumed(site: Any, tmp_path: Path) -> None:
    """After a cut at 3 000 000 bytes only the rest is asked for."""
    site.files["/a.nc"] = CONTENT
    site.break_after = [3_000_000]
    assert get(site, tmp_path).read_bytes() == CONTENT
    (_, first), (_, second) = site.asked
    assert first is None
    start = int(second.removeprefix("bytes=").rstrip("-"))
    # What arrives of the last piece before the cut is lost with the connection.
    assert 0 < start <= 3_000_000


def test_second_command_goes_on(site: Any, tmp_path: Path) -> None:
    """A download that was given up is gone on with by the next command."""
    site.files["/a.nc"] = CONTENT
    site.break_after = [3_000_000, 0, 0, 0, 0, 0]
    with pytest.raises(InputError, match=r"broke off after .* goes on from there"):
        get(site, tmp_path)
    assert left(tmp_path) == ["a.nc.part", "a.nc.part.json"]
    kept = (tmp_path / "a.nc.part").stat().st_size
    assert CONTENT.startswith((tmp_path / "a.nc.part").read_bytes())
    site.break_after, site.asked = [], []
    assert get(site, tmp_path).read_bytes() == CONTENT
    assert site.asked == [("/a.nc", f"bytes={kept}-")]
    assert left(tmp_path) == ["a.nc"]


@pytest.mark.parametrize("etag", ['"two"', None])
def test_changed_file_is_not_spliced(
    site: Any, tmp_path: Path, etag: str | None
) -> None:
    """If the file changed since the cut, nothing of the old one is in the new."""
    site.files["/a.nc"] = CONTENT
    site.break_after = [3_000_000, 0, 0, 0, 0, 0]
    with pytest.raises(InputError):
        get(site, tmp_path, None)
    new = CONTENT[::-1]
    site.files["/a.nc"], site.break_after, site.etag = new, [], etag
    assert get(site, tmp_path, None).read_bytes() == new


def test_no_state_of_the_file_means_no_resuming(site: Any, tmp_path: Path) -> None:
    """Without ETag and checksum nothing could tell halves apart: it starts anew."""
    site.files["/a.nc"], site.etag = CONTENT, None
    site.break_after = [3_000_000]
    assert get(site, tmp_path, None).read_bytes() == CONTENT
    assert site.asked == [("/a.nc", None), ("/a.nc", None)]


def test_server_without_ranges(site: Any, tmp_path: Path) -> None:
    """A server that sends the whole file again is taken at its word."""
    site.files["/a.nc"], site.ranges = CONTENT, False
    site.break_after = [3_000_000]
    assert get(site, tmp_path).read_bytes() == CONTENT


def test_truncated_file_of_unknown_size(site: Any, tmp_path: Path) -> None:
    """What ends early without anybody noticing is found by its checksum."""
    site.files["/a.nc"], site.sized = CONTENT, False
    site.break_after = [3_000_000]
    with pytest.raises(InputError, match=f"expected {KNOWN}"):
        get(site, tmp_path)
    assert left(tmp_path) == []


def test_altered_file_is_refused(site: Any, tmp_path: Path) -> None:
    """Another checksum is an error with both, and nothing is left behind."""
    altered = CONTENT[:-1] + b"x"
    site.files["/a.nc"] = altered
    with pytest.raises(InputError, match="was altered") as caught:
        get(site, tmp_path)
    assert hashlib.sha256(altered).hexdigest() in str(caught.value)
    assert KNOWN in str(caught.value)
    assert left(tmp_path) == []


def test_altered_download_leaves_the_old_file(site: Any, tmp_path: Path) -> None:
    """A file that is there is not replaced by one with another checksum."""
    (tmp_path / "a.nc").write_bytes(b"old")
    site.files["/a.nc"] = b"new"
    with pytest.raises(InputError, match="nothing was kept"):
        get(site, tmp_path)
    assert (tmp_path / "a.nc").read_bytes() == b"old"
    assert left(tmp_path) == ["a.nc"]


def test_file_that_is_there_is_not_fetched(site: Any, tmp_path: Path) -> None:
    """The right file asks the server for nothing."""
    (tmp_path / "a.nc").write_bytes(CONTENT)
    assert get(site, tmp_path) == tmp_path / "a.nc"
    assert site.asked == []


@pytest.mark.parametrize("sized", [True, False])
def test_too_large(site: Any, tmp_path: Path, sized: bool) -> None:
    """A file above the limit is refused, whether or not the server says its size."""
    site.files["/a.nc"], site.sized = CONTENT, sized
    with pytest.raises(InputError, match="at most 2000000 are"):
        get(site, tmp_path, limit=2_000_000)
    assert left(tmp_path) == []


def test_other_size_than_described(site: Any, tmp_path: Path) -> None:
    """A size that is not the described one is refused before the download."""
    site.files["/a.nc"] = CONTENT
    with pytest.raises(InputError, match=f"has {len(CONTENT)} bytes, expected 5"):
        get(site, tmp_path, bytes=5)
    assert left(tmp_path) == []


@pytest.mark.parametrize("status", [404, 410, 403, 401])
def test_not_there(site: Any, tmp_path: Path, status: int) -> None:
    """A file that is not given is said so at once, with the status."""
    site.status["/a.nc"] = [status]
    with pytest.raises(InputError, match=rf"status {status}"):
        get(site, tmp_path)
    assert len(site.asked) == 1


def test_busy_server_is_asked_again(site: Any, tmp_path: Path) -> None:
    """A server that is busy twice is asked a third time."""
    site.files["/a.nc"], site.status["/a.nc"] = CONTENT, [503, 429]
    assert get(site, tmp_path).read_bytes() == CONTENT
    assert len(site.asked) == 3


def test_server_that_is_not_there(tmp_path: Path) -> None:
    """Where nobody answers that is said, and nothing is left."""
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    remote = RemoteFile(f"http://127.0.0.1:{port}/a.nc", "a.nc")
    with pytest.raises(InputError, match="cannot be reached") as caught:
        download(remote, tmp_path, None, pause=0.0)
    assert "refused" in str(caught.value).lower()
    assert left(tmp_path) == []


def test_page_in_place_of_the_file(site: Any, tmp_path: Path) -> None:
    """A page to log in is not taken for the data."""
    site.files["/a.nc"] = b"<html>log in</html>"
    site.types["/a.nc"] = "text/html; charset=utf-8"
    with pytest.raises(InputError, match=r"a web page came in place of a\.nc"):
        get(site, tmp_path, None)
    assert left(tmp_path) == []


@pytest.mark.parametrize("target", ["/b.nc", "{}/b.nc"])
def test_redirect_on_the_same_machine(site: Any, tmp_path: Path, target: str) -> None:
    """A redirect to the same host is followed."""
    site.files["/b.nc"] = CONTENT
    site.redirects["/a.nc"] = target.format(site.url)
    assert get(site, tmp_path).read_bytes() == CONTENT
    assert [path for path, _ in site.asked] == ["/a.nc", "/b.nc"]


@pytest.mark.parametrize(
    "target",
    ["http://example.org/a.nc", "file:///etc/hostname", "ftp://example.org/a.nc", ""],
)
def test_redirect_that_is_refused(site: Any, tmp_path: Path, target: str) -> None:
    """A redirect to plain http elsewhere, to a file or to itself is not followed."""
    site.files["/b.nc"] = CONTENT
    site.redirects["/a.nc"] = target
    with pytest.raises(InputError, match=r"is not followed|sends on more than 5 times"):
        get(site, tmp_path)
    assert left(tmp_path) == []


def test_plain_address_is_refused(tmp_path: Path) -> None:
    """Without https nothing is downloaded from elsewhere."""
    remote = RemoteFile("http://example.org/a.nc", "a.nc")
    with pytest.raises(InputError, match="expected https://"):
        download(remote, tmp_path, None)


@pytest.mark.parametrize(
    ("start", "target", "allowed"),
    [
        ("https://a.org/1", "https://a.org/2", True),
        ("https://a.org/1", "https://cdn.b.org/2", True),
        ("https://a.org/1", "http://a.org/2", False),
        ("https://a.org/1", "http://127.0.0.1/2", False),
        ("http://localhost:1/1", "http://127.0.0.1:2/2", True),
        ("http://localhost:1/1", "http://a.org/2", False),
        ("http://localhost:1/1", "https://a.org/2", True),
        ("https://a.org/1", "file:///etc/passwd", False),
        ("https://a.org/1", "https:///2", False),
    ],
)
def test_where_redirects_may_go(start: str, target: str, allowed: bool) -> None:
    """To https anywhere; without it from this machine to itself only."""
    assert may_follow(start, target) is allowed


@settings(
    max_examples=15,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(cuts=st.lists(st.integers(0, 60), max_size=4), data=st.binary(max_size=60))
def test_any_cuts_give_the_same_file(
    site: Any, tmp_path_factory: Any, cuts: list[int], data: bytes
) -> None:
    """However often a connection is cut, the file is whole or an error."""
    site.files["/a.nc"], site.break_after = data, list(cuts)
    folder = tmp_path_factory.mktemp("cut")
    known = f"sha256:{hashlib.sha256(data).hexdigest()}"
    # A command gives up after five tries that brought nothing.
    for _ in cuts:
        with suppress(InputError):
            assert get(site, folder, known).read_bytes() == data
    site.break_after = []
    assert get(site, folder, known).read_bytes() == data

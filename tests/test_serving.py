"""A report shown at an address of this machine."""

import socket
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from threading import Thread

import pytest

from benchmark.errors import ConfigError
from benchmark.serving import HOST, address, open_server


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    top = tmp_path_factory.mktemp("served")
    folder = top / "report"
    (folder / "models").mkdir(parents=True)
    (folder / "index.html").write_text("<p>index</p>")
    (folder / "manifest.json").write_text('{"permabench": "0.1.0"}')
    (top / "secret.txt").write_text("secret")
    (folder / "link.txt").symlink_to(top / "secret.txt")
    return folder


@pytest.fixture(scope="module")
def port(folder: Path) -> Iterator[int]:
    with open_server(folder) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server.server_address[1]
        server.shutdown()
        thread.join()


def get(port: int, path: str, **headers: str) -> tuple[int, str]:
    connection = HTTPConnection(HOST, port, timeout=10)
    connection.putrequest("GET", path, skip_host="Host" in headers)
    for name, value in headers.items():
        connection.putheader(name, value)
    connection.endheaders()
    answer = connection.getresponse()
    found = answer.status, answer.read().decode()
    connection.close()
    return found


def test_pages(port: int) -> None:
    """The first page is at the top, and files are at their addresses."""
    assert get(port, "/") == (200, "<p>index</p>")
    assert get(port, "/manifest.json")[0] == 200
    assert get(port, "/none.html")[0] == 404


@pytest.mark.parametrize(
    "path", ["/../secret.txt", "/%2e%2e/secret.txt", "/link.txt", "/models/", "//etc/"]
)
def test_nothing_else(port: int, path: str) -> None:
    """Nothing outside of the folder is given, no link followed, no folder listed."""
    status, text = get(port, path)
    assert status == 404
    assert "secret" not in text.replace("secret.txt", "")


def test_other_names(port: int) -> None:
    """A site that gives its own name to this address gets nothing."""
    assert get(port, "/", Host="evil.example:80")[0] == 403
    assert get(port, "/", Host=f"localhost:{port}")[0] == 200


def test_only_this_machine(folder: Path) -> None:
    """It listens to this machine only, at the address that is printed."""
    with open_server(folder) as server:
        assert server.server_address[0] == "127.0.0.1"
        assert address(server) == f"http://127.0.0.1:{server.server_address[1]}/"


def test_refusals(folder: Path, tmp_path: Path) -> None:
    """A folder that is no report, and a port that is taken, are said."""
    with pytest.raises(ConfigError, match="is no report of permabench"):
        open_server(tmp_path)
    (tmp_path / "index.html").write_text("mine")
    with pytest.raises(ConfigError, match="is no report of permabench"):
        open_server(tmp_path)
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        taken.listen()
        with pytest.raises(ConfigError, match="cannot be used"):
            open_server(folder, taken.getsockname()[1])

"""Shows a report on this machine: a folder of files, to this machine only."""

from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from benchmark.errors import ConfigError
from benchmark.report.folder import is_report

HOST = "127.0.0.1"


class _Handler(SimpleHTTPRequestHandler):
    """Gives files of one folder; lists no folder and follows no link out of it."""

    def __init__(self, *arguments: Any, directory: Path, **options: Any) -> None:
        self._top = directory.resolve()
        super().__init__(*arguments, directory=str(directory), **options)

    def send_head(self) -> Any:
        """Refuse what is not of the report before anything is opened."""
        host = (self.headers.get("Host") or "").rpartition(":")[0] or HOST
        path = Path(self.translate_path(self.path))
        # A page elsewhere may give its own name to this address.
        if host not in {HOST, "localhost"}:
            self.send_error(HTTPStatus.FORBIDDEN)
            return None
        if not path.resolve().is_relative_to(self._top):
            self.send_error(HTTPStatus.NOT_FOUND)
            return None
        return super().send_head()

    def list_directory(self, path: Any) -> None:
        """List nothing."""
        self.send_error(HTTPStatus.NOT_FOUND)

    def end_headers(self) -> None:
        """Ask for no memory of pages that are about to be written anew."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, format: str, *arguments: Any) -> None:
        """Log nothing."""


def open_server(folder: Path, port: int = 0) -> ThreadingHTTPServer:
    """Return a server of a report, bound to this machine.

    Parameters
    ----------
    folder : Path
        Top of a report.
    port : int, default 0
        0 takes a free one.

    Returns
    -------
    ThreadingHTTPServer
        Not yet serving; `address` tells where.

    Raises
    ------
    ConfigError
        If the folder is no report, or the port cannot be used.
    """
    if not is_report(folder):
        msg = (
            f"{folder}: is no report of permabench; expected a folder with index.html "
            "and manifest.json, as 'permabench run' writes it."
        )
        raise ConfigError([msg])
    try:
        return ThreadingHTTPServer((HOST, port), partial(_Handler, directory=folder))
    except (OSError, OverflowError) as error:
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        msg = (
            f"port {port}: cannot be used ({reason}). Leave --port out for a free one."
        )
        raise ConfigError([msg]) from error


def address(server: ThreadingHTTPServer) -> str:
    """Return where a server is, such as ``http://127.0.0.1:8000/``."""
    return f"http://{HOST}:{server.server_address[1]}/"


def serve(folder: Path, port: int, tell: Callable[[str], None]) -> None:
    """Serve a report until the user interrupts.

    Parameters
    ----------
    folder : Path
        Top of a report.
    port : int
        0 takes a free one.
    tell : callable
        Called with the address once it can be opened.
    """
    with open_server(folder, port) as server:
        tell(address(server))
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            return

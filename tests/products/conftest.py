"""A server on this machine that serves files well and badly, and tiny data."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import xarray as xr
import yaml
from click.testing import CliRunner, Result

from benchmark.cli import main


@dataclass
class Site:
    """What the server has, how it behaves, and what it was asked for.

    `break_after` is a number of bytes after which a connection is cut, once for
    each number that is left; `etag` is the state of the files.
    """

    files: dict[str, bytes] = field(default_factory=dict)
    redirects: dict[str, str] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    status: dict[str, list[int]] = field(default_factory=dict)
    break_after: list[int] = field(default_factory=list)
    etag: str | None = '"one"'
    ranges: bool = True
    sized: bool = True
    asked: list[tuple[str, str | None]] = field(default_factory=list)
    url: str = ""


class Handler(BaseHTTPRequestHandler):
    """Answers as its site says."""

    site: Site

    def log_message(self, *_: object) -> None:
        """Stay quiet."""

    def do_GET(self) -> None:
        """Serve a file, whole or from where the last connection was cut."""
        site, wanted = self.site, self.headers.get("Range")
        site.asked.append((self.path, wanted))
        if self.path in site.redirects:
            self.send_response(302)
            self.send_header("Location", site.redirects[self.path])
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        status = site.status.get(self.path)
        if status:
            self.send_error(status.pop(0))
            return
        if self.path not in site.files:
            self.send_error(404)
            return
        self._send(site.files[self.path], wanted)

    def _send(self, content: bytes, wanted: str | None) -> None:
        site, start = self.site, 0
        same = self.headers.get("If-Range") in (None, site.etag)
        if wanted and site.ranges and same:
            start = int(wanted.removeprefix("bytes=").rstrip("-"))
            self.send_response(206)
            last = len(content) - 1
            self.send_header("Content-Range", f"bytes {start}-{last}/{len(content)}")
        else:
            self.send_response(200)
        rest = content[start:]
        if site.sized:
            self.send_header("Content-Length", str(len(rest)))
        kind = site.types.get(self.path, "application/octet-stream")
        self.send_header("Content-Type", kind)
        if site.etag:
            self.send_header("ETag", site.etag)
        self.end_headers()
        cut = site.break_after.pop(0) if site.break_after else None
        self.wfile.write(rest[:cut])
        self.close_connection = True


class Quiet(ThreadingHTTPServer):
    """A server that says nothing of clients that leave in the middle."""

    def handle_error(self, *_: object) -> None:
        """Stay quiet."""


@pytest.fixture
def site() -> Iterator[Site]:
    """Serve a site on this machine for one test."""
    served = Site()
    handler = type("Served", (Handler,), {"site": served})
    server = Quiet(("127.0.0.1", 0), handler)
    served.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield served
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of the user's references, empty."""
    monkeypatch.setenv("PERMABENCH_DATA", str(tmp_path / "data"))
    return tmp_path / "data" / "references"


@pytest.fixture
def call(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Result]:
    """Give the command, which never ends in a traceback."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: object) -> Result:
        words = ["references", *map(str, arguments)]
        result = CliRunner().invoke(main, words)
        assert result.exception is None or isinstance(result.exception, SystemExit)
        return result

    return run


@pytest.fixture
def write_product(tmp_path: Path) -> Callable[..., Path]:
    """Write a product file: a flux of CH4, with what a test changes."""

    def write(name: str = "mine", **changed: Any) -> Path:
        entry: dict[str, Any] = {
            "product": name,
            "title": "My product",
            "subject": "soil_carbon",
            "kind": "field",
            "variables": [
                {
                    "variable": "cSoil",
                    "name": "soilc",
                    "units": "kg m-2",
                    "mass_basis": "C",
                    "area_basis": "land",
                    "depth": "0-1 m",
                }
            ],
            **dict.fromkeys(
                ("measures", "leaves_out", "uncertainty", "extent", "grid", "period"),
                "unknown",
            ),
            **dict.fromkeys(
                ("format", "licence", "citation", "doi_data", "doi_paper"), "unknown"
            ),
            "grade": "B",
            "get": {
                "page": "https://example.org",
                "steps": "download it",
                "then": "permabench references add FILE",
            },
            "unconfirmed": [],
        }
        path = tmp_path / "products" / f"{name}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(yaml.safe_dump({**entry, **changed}, sort_keys=False))
        return path

    return write


@pytest.fixture
def write_soil(tmp_path: Path) -> Callable[..., Path]:
    """Write a tiny file of the form of the real grid of NCSCDv2.2.

    10 kg m-2 north of 50 N, two fill values, and 0 elsewhere.
    """

    def write(name: str = "soil.nc", units: str | None = "Kg/m2") -> Path:
        lat, lon = np.arange(-87.5, 90, 5), np.arange(-177.5, 180, 5)
        values = np.zeros((lat.size, lon.size), "float32")
        values[lat > 50] = 10.0
        values[lat < -60] = -999
        values[(lat > 0) & (lat < 5)] = -1
        attrs: dict[str, object] = {"long_name": "Soil Carbon in top 1 m"}
        attrs |= {"units": units} if units else {}
        soil = xr.Dataset(
            {"soilc": (("lat", "lon"), values, attrs)},
            {
                "lat": ("lat", lat, {"units": "degrees_north"}),
                "lon": ("lon", lon, {"units": "degrees_east"}),
            },
        )
        path = tmp_path / name
        soil.to_netcdf(path, encoding={"soilc": {"_FillValue": -999.0}})
        return path

    return write


def soil_descriptor(name: str, file: str) -> dict[str, Any]:
    """Return a descriptor for the tiny file."""
    return {
        "reference": name,
        "title": "My soil carbon",
        "variable": "cSoil",
        "kind": "field",
        "data": {
            "files": file,
            "name": "soilc",
            "units": "kg m-2",
            "mass_basis": "C",
            "area_basis": "land",
            "static": True,
            "depth": [0, 1.0],
            "fill_value": [-999, -1],
            "valid_min": 0.001,
        },
        "scoring": {"metrics": ["bias"], "source": "the metric's own scale"},
    }


@pytest.fixture
def described() -> Callable[[str, str], dict[str, Any]]:
    """Give `soil_descriptor`."""
    return soil_descriptor

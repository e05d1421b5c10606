"""Two runs as folders of pages, and a browser that may not leave them."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import cftime
import numpy as np
import pytest
import xarray as xr
import yaml

from benchmark import load_suite, score_suite, write_report

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    "--disable-sync",
)
NAMES = ("chromium", "chromium-browser", "google-chrome")
MARKUP = "<img src=x onerror=alert(1)>"
HOSTILE = {
    "<script>alert(1)</script>": 1.0,
    "../../x\"'$x^2$ & </script><!--": 0.8,
    "long" * 75: 0.5,
    "модель 模型 نموذج": 1.6,
}


@dataclass
class Tab:
    """A page of a browser and what it did that it should not."""

    page: Any
    folder: Path
    faults: list[str] = field(default_factory=list)

    def open(self, address: str = "index.html") -> Any:
        """Go to an address below the folder, afresh."""
        self.page.goto("about:blank")
        self.page.goto(f"{self.folder.as_uri()}/{address}")
        return self.page


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Start Chromium, or skip with the reason."""
    playwright = pytest.importorskip(
        "playwright.sync_api", reason="no playwright: pip install '.[test]'"
    )
    path = os.environ.get("PERMABENCH_CHROMIUM") or next(
        filter(None, map(shutil.which, NAMES)), None
    )
    if path is None:
        pytest.skip("no browser: install chromium, or set PERMABENCH_CHROMIUM")
    with playwright.sync_playwright() as session:
        found = session.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield found
        found.close()


@pytest.fixture(scope="session")
def tabs(browser: Any) -> Callable[..., Tab]:
    """Open tabs that the caller closes and asks for faults."""
    return partial(new_tab, browser)


@pytest.fixture
def tab(tabs: Callable[..., Tab]) -> Iterator[Callable[..., Tab]]:
    """Open tabs; at the end nothing may have gone wrong in any of them."""
    made: list[Tab] = []

    def make(folder: Path, **options: Any) -> Tab:
        made.append(tabs(folder, **options))
        return made[-1]

    yield make
    for one in made:
        one.page.context.close()
        assert one.faults == []


def new_tab(browser: Any, folder: Path, **options: Any) -> Tab:
    """Open a tab whose requests end at the folder, and listen to it."""
    # What moves is not there yet when it is looked at.
    context = browser.new_context(**({"reduced_motion": "reduce"} | options))
    made = Tab(context.new_page(), folder)

    def guard(route: Any) -> None:
        if route.request.url.startswith(f"{folder.as_uri()}/"):
            route.continue_()
        else:
            made.faults.append(f"asked for {route.request.url}")
            route.abort()

    def refuse(dialog: Any) -> None:
        made.faults.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    context.route(lambda url: url != "about:blank", guard)
    made.page.on("console", lambda said: made.faults.append(f"console: {said.text}"))
    made.page.on("pageerror", lambda error: made.faults.append(f"error: {error}"))
    made.page.on("dialog", refuse)
    return made


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the report of two models that ship, against three references."""
    counted = ("treat2024_nee", "ncscdv22_soil_carbon", "treat2024_permafrost_area")
    suite = {
        "suite": "small",
        "title": "Two models",
        "models": ["casa-cnp", "corpse"],
        "references": list(counted),
        "draws": 0,
        "scorecard": {
            "nee": {
                "title": "Net carbon exchange",
                "benchmarks": [{"reference": counted[0]}],
            },
            "soil_carbon": {
                "title": "Soil carbon",
                "weight": 2,
                "benchmarks": [{"reference": counted[1]}],
            },
        },
    }
    folder = tmp_path_factory.mktemp("real")
    result = score_suite(load_suite(suite))
    return write_report(result, folder, single_file=True).parent


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the report of models whose names and files try to break a page."""
    folder = tmp_path_factory.mktemp("hostile")
    fields(1.0, "kg m-2 s-1").to_netcdf(folder / "reference.nc")
    models = []
    for i, (name, factor) in enumerate(HOSTILE.items()):
        fields(factor, "kg m-2 s-1").to_netcdf(folder / f"{i}.nc")
        models.append({"model": name, "variables": {"gpp": {"files": f"{i}.nc"}}})
    fields(1.0, f"kg {MARKUP}").to_netcdf(folder / "bad.nc")
    models.append({"model": MARKUP, "variables": {"gpp": {"files": "bad.nc"}}})
    reference = {
        "reference": "itself",
        "title": f"Title {MARKUP} </script>",
        "citation": MARKUP,
        "variable": "gpp",
        "subject": "productivity",
        "kind": "field",
        "grade": "A",
        "data": {"files": "reference.nc", "name": "gpp"},
        "scoring": {
            "metrics": ["regional_mean", "ilamb_bias"],
            "scale": 100.0,
            "tolerance": 10.0,
        },
    }
    (folder / "reference.yaml").write_text(yaml.safe_dump(reference))
    suite = {
        "suite": "hostile",
        "title": f"Run {MARKUP}",
        "models": models,
        "references": ["reference.yaml"],
        "regions": [
            {"id": "north", "lat": [60, 80], "lon": [-100, 100]},
            {"id": "south", "name": MARKUP, "lat": [50, 60], "lon": [-100, 100]},
        ],
    }
    (folder / "suite.yaml").write_text(yaml.safe_dump(suite))
    result = score_suite(load_suite(folder / "suite.yaml"))
    return write_report(result, folder / "report").parent


def fields(factor: float, units: str) -> xr.Dataset:
    """Return three years of a field, with markup in its attributes."""
    lat, lon = np.arange(42.5, 90.0, 5.0), np.arange(-177.5, 180.0, 5.0)
    season = np.clip(np.cos((np.arange(36) % 12 - 6) / 12 * 2 * np.pi), 0, None)
    shape = np.ones((36, lat.size, lon.size)) * (90 - lat)[:, None] / 45
    values = factor * 6e-8 * season[:, None, None] * shape
    about = {"units": units, "long_name": MARKUP, "comment": "</script>"}
    times = [cftime.DatetimeNoLeap(2000 + i // 12, i % 12 + 1, 15) for i in range(36)]
    return xr.Dataset(
        {"gpp": (("time", "lat", "lon"), values.astype("float32"), about)},
        {
            "time": times,
            "lat": ("lat", lat, {"units": "degrees_north"}),
            "lon": ("lon", lon, {"units": "degrees_east"}),
        },
        {"title": MARKUP, "institution": "<b>"},
    )

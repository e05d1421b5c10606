"""Small model files with known content, good and bad."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cftime
import numpy as np
import pytest
import xarray as xr
import yaml
from hypothesis import HealthCheck, settings

# The same examples on every machine, however busy it is.
settings.register_profile(
    "suite",
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("suite")

# Tests leave nothing in the user's cache.
os.environ["PERMABENCH_CACHE"] = ""
# Nor do they see what the user fetched or added.
os.environ["PERMABENCH_DATA"] = ""

WriteModel = Callable[..., Path]

# Folders whose tests share a browser, or the pages of a run.
TOGETHER = ("tests/browser/", "tests/report/ensemble/")

LAT = np.arange(42.5, 90.0, 5.0)
LON = np.arange(-177.5, 180.0, 5.0)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """Run a single file in this process: it would have one worker anyway."""
    return 0 if one_file(config.args) else None


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Keep a file in one process, so that what its tests share is made once."""
    from xdist.scheduler import LoadFileScheduling

    class Files(LoadFileScheduling):
        """Whole files, and some whole folders, in the order of collection."""

        def _split_scope(self, nodeid: str) -> str:
            file = super()._split_scope(nodeid)
            folders = (folder for folder in TOGETHER if file.startswith(folder))
            return next(folders, file)

    return Files(config, log)


def one_file(arguments: list[str]) -> bool:
    """Return if all arguments are tests of one file."""
    files = {Path(argument.partition("::")[0]) for argument in arguments}
    return len(files) == 1 and files.pop().suffix == ".py"


def monthly_times(
    start: int, years: int, calendar: str = "noleap"
) -> list[cftime.datetime]:
    """Return mid-month dates of whole years."""
    return [
        cftime.datetime(year, month, 15, calendar=calendar)
        for year in range(start, start + years)
        for month in range(1, 13)
    ]


def make_gpp(times: int) -> np.ndarray:
    """Return kg m-2 s-1 with a summer peak that falls towards the pole."""
    month = np.arange(times) % 12
    season = np.clip(np.cos((month - 6) / 12 * 2 * np.pi), 0, None)
    north = np.clip((90 - LAT) / 45, 0.05, None)
    cells = north[:, None] * (1 + 0.3 * np.sin(np.radians(LON)))[None, :]
    return (6e-8 * season[:, None, None] * cells).astype("float32")


def make_gridded(
    values: np.ndarray,
    name: str = "gpp",
    units: str | None = "kg m-2 s-1",
    start: int = 2000,
    calendar: str = "noleap",
) -> xr.Dataset:
    """Return a CF dataset of monthly values with bounds."""
    times = monthly_times(start, values.shape[0] // 12, calendar)
    attrs = {} if units is None else {"units": units}
    data = xr.Dataset(
        {name: (("time", "lat", "lon"), values, attrs)},
        coords={
            "time": times,
            "lat": ("lat", LAT, {"units": "degrees_north", "bounds": "lat_bnds"}),
            "lon": ("lon", LON, {"units": "degrees_east", "bounds": "lon_bnds"}),
        },
    )
    data["lat_bnds"] = (("lat", "bnds"), np.stack([LAT - 2.5, LAT + 2.5], 1))
    data["lon_bnds"] = (("lon", "bnds"), np.stack([LON - 2.5, LON + 2.5], 1))
    return data


@pytest.fixture
def gpp_values() -> Callable[[int], np.ndarray]:
    """Give `make_gpp`."""
    return make_gpp


@pytest.fixture
def gridded() -> Callable[..., xr.Dataset]:
    """Give `make_gridded`."""
    return make_gridded


@pytest.fixture
def write_suite(tmp_path: Path) -> Callable[..., Path]:
    """Write a good model, a bad one, a reference and their suite.

    The reference is the good model itself, so the good model scores 1.
    """

    def write(bad_file: Path | None, **variable: object) -> Path:
        good = tmp_path / "good.nc"
        if not good.exists():
            make_gridded(make_gpp(36)).to_netcdf(good)
        (tmp_path / "reference.yaml").write_text(
            yaml.safe_dump(
                {
                    "reference": "itself",
                    "title": "The good model",
                    "variable": "gpp",
                    "kind": "field",
                    "data": {"files": "good.nc", "name": "gpp"},
                    "scoring": {"metrics": ["ilamb_bias", "seasonal_phase"]},
                }
            )
        )
        models = [{"model": "good", "variables": {"gpp": {"files": "good.nc"}}}]
        if bad_file is not None:
            entry = {"files": str(bad_file), **variable}
            models.append({"model": "bad", "variables": {"gpp": entry}})
        suite = tmp_path / "suite.yaml"
        suite.write_text(
            yaml.safe_dump(
                {
                    "suite": "test",
                    "models": models,
                    "references": ["reference.yaml"],
                    "regions": [
                        {"id": "north", "lat": [60, 80], "lon": [-100, 100]},
                        {"id": "dateline", "lat": [60, 70], "lon": [160, -170]},
                    ],
                }
            )
        )
        return suite

    return write

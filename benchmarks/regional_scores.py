"""Times the five ILAMB scores of one model, as a whole process.

The case: monthly net biome exchange, model 192 x 288 (pole-centred, noleap),
reference 360 x 720 (standard calendar), 156 months, the globe and three boxes.
Measured there on two cores: ILAMB 2.7.3 64 CPU-s and 5.2 GiB, ilamb3 24 CPU-s
and 3.3 GiB, a hand-written numpy script 1.6 CPU-s and 0.8 GiB (plots left out).

    python benchmarks/regional_scores.py [FOLDER] [--report]

Data are made in FOLDER (default: a temporary one) if they are not there.
"""

import os
import sys
import tempfile
import time
from multiprocessing import get_context
from pathlib import Path

import cftime
import numpy as np
import xarray as xr
import yaml

YEARS, START = 13, 2000
FLUX = 2e-8


def make_field(
    lat: np.ndarray, lon: np.ndarray, calendar: str, seed: int
) -> xr.Dataset:
    """Return 156 months of a seasonal flux with noise and an ocean."""
    rng = np.random.default_rng(seed)
    dates = [
        cftime.datetime(START + year, month, 15, calendar=calendar)
        for year in range(YEARS)
        for month in range(1, 13)
    ]
    season = np.cos((np.arange(12 * YEARS) % 12 - 6) / 6 * np.pi)
    north = np.sin(np.radians(lat))
    cells = north[:, None] * (1 + 0.3 * np.cos(np.radians(3 * lon)))[None, :]
    noise = rng.normal(0, 0.3, (12 * YEARS, lat.size, lon.size)).astype("float32")
    values = -FLUX * (season[:, None, None] * cells + 0.1 + noise)
    land = np.sin(np.radians(2 * lon))[None, :] + np.cos(np.radians(3 * lat))[:, None]
    values = np.where(land > -0.4, values, np.nan).astype("float32")
    return xr.Dataset(
        {"nbe": (("time", "lat", "lon"), values, {"units": "kg m-2 s-1"})},
        coords={
            "time": dates,
            "lat": ("lat", lat, {"units": "degrees_north"}),
            "lon": ("lon", lon, {"units": "degrees_east"}),
        },
    )


def make_case(folder: Path) -> Path:
    """Write the model, the reference and the suite; return the suite."""
    folder.mkdir(parents=True, exist_ok=True)
    model = make_field(np.linspace(-90, 90, 192), np.arange(288) * 1.25, "noleap", 1)
    model.to_netcdf(folder / "model.nc")
    lat, lon = np.arange(-89.75, 90, 0.5), np.arange(-179.75, 180, 0.5)
    make_field(lat, lon, "standard", 2).to_netcdf(folder / "reference.nc")
    reference = {
        "reference": "half_degree",
        "title": "Made for timing",
        "variable": "nbe",
        "kind": "field",
        "data": {"files": "reference.nc"},
        "scoring": {
            "metrics": [
                "ilamb_bias",
                "ilamb_rmse",
                "ilamb_phase",
                "ilamb_iav",
                "ilamb_space",
                "ilamb_overall",
            ]
        },
    }
    suite = {
        "suite": "timing",
        "models": [{"model": "made", "variables": {"nbe": {"files": "model.nc"}}}],
        "references": [reference],
        "regions": [
            "global",
            {"id": "nabor", "lat": [50, 75], "lon": [-170, -55]},
            {"id": "sib", "lat": [50, 75], "lon": [60, 190]},
            {"id": "shmid", "lat": [-50, -20], "lon": [-180, 180]},
        ],
    }
    path = folder / "suite.yaml"
    path.write_text(yaml.safe_dump(suite))
    return path


def measure(command: list[str]) -> tuple[float, float, float, int]:
    """Run a command; return wall s, CPU s, peak GiB and its exit code."""
    start = time.perf_counter()
    child = os.posix_spawnp(command[0], command, os.environ)
    _, status, usage = os.wait4(child, 0)
    wall = time.perf_counter() - start
    cpu = usage.ru_utime + usage.ru_stime
    return wall, cpu, usage.ru_maxrss / 2**20, os.waitstatus_to_exitcode(status)


def main() -> None:
    """Make the case if needed, time it three times, print the median."""
    arguments = [a for a in sys.argv[1:] if not a.startswith("--")]
    folder = Path(arguments[0] if arguments else tempfile.mkdtemp())
    suite = folder / "suite.yaml"
    if not suite.exists():
        # A process of its own: what is forked from a large one counts as large.
        made = get_context("spawn").Process(target=make_case, args=(folder,))
        made.start()
        made.join()
    command = [sys.executable, "-m", "benchmark", "run", str(suite), "--quiet"]
    command += ["-o", str(folder / "report")]
    command += [] if "--report" in sys.argv else ["--no-report"]
    runs = sorted((measure(command) for _ in range(3)), key=lambda run: run[1])
    wall, cpu, peak, code = runs[1]
    print(f"wall {wall:.1f} s, CPU {cpu:.1f} s, peak {peak:.2f} GiB, exit code {code}")


if __name__ == "__main__":
    main()

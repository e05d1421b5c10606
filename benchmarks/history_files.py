"""Time to open one variable of 360 monthly history files of 50 variables each.

    python benchmarks/history_files.py

The limit is the library: netCDF-C looks at every variable of a NetCDF-4 file when
it opens it. The second number is that alone.
"""

import tempfile
import time
from pathlib import Path

import netCDF4
import numpy as np

from benchmark.readers import open_grid
from benchmark.readers.select import Wanted

FILES, VARIABLES, SHAPE = 360, 50, (24, 36)
AXES = (("lat", 90.0, "degrees_north"), ("lon", 180.0, "degrees_east"))


def write(path: Path, month: int) -> None:
    with netCDF4.Dataset(path, "w") as file:
        file.createDimension("time", None)
        stamp = file.createVariable("time", "f8", ("time",))
        stamp.units, stamp.calendar = "days since 1980-01-01", "360_day"
        stamp[:] = [15.0 + 30.0 * month]
        for (name, limit, units), size in zip(AXES, SHAPE, strict=True):
            file.createDimension(name, size)
            axis = file.createVariable(name, "f8", (name,))
            axis.units = units
            axis[:] = np.linspace(-limit, limit, size, endpoint=False)
        for number in range(VARIABLES):
            name = f"V{number}" if number else "GPP"
            values = file.createVariable(name, "f4", ("time", "lat", "lon"), zlib=True)
            values.units = "gC/m^2/s"
            values[:] = month + number


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, f"h0.{month:03d}.nc") for month in range(FILES)]
        for month, path in enumerate(paths):
            write(path, month)
        start = time.perf_counter()
        data = open_grid([f"{folder}/*.nc"], wanted=Wanted(("GPP",), whole="GPP"))
        opened = time.perf_counter()
        for path in paths:
            netCDF4.Dataset(path).close()
        alone = time.perf_counter()
        print(f"{data.sizes['time']} months of GPP: {opened - start:.1f} s")
        print(f"netCDF4.Dataset alone: {alone - opened:.1f} s")


if __name__ == "__main__":
    main()

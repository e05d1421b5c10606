"""Make the regional soil carbon tables from the NCSCDv2.2 grid.

The grid itself does not ship (its repository states no licence). With the
file ``NCSCDV22_soilc_0.5x0.5.nc`` at hand, run from the project folder::

    python references/ncscdv22/derive.py path/to/NCSCDV22_soilc_0.5x0.5.nc

and copy the sha256 it prints for each table into the descriptor of that table.
"""

import hashlib
import sys
from pathlib import Path

import numpy as np
import xarray as xr

from benchmark.regions import open_regions, region_weights

EARTH_RADIUS = 6371000.0  # m
# -999 and -1 are the declared fills; 0 stands everywhere outside the mapped
# footprint (the southern hemisphere included), so it is no measured stock.
UNMAPPED = (-999.0, -1.0, 0.0)
REGION_SETS = ("treat2024_permafrost", "treat2024_boreal_tundra")
GEOMETRIES = Path(__file__).parents[1] / "regions"
COLUMNS = "region,approach,family,value,flag,area_Mkm2"


def main(path: str, folder: Path = Path(__file__).parent) -> None:
    """Write one table a region set and print the total of the whole grid.

    Parameters
    ----------
    path : str
        The NCSCDv2.2 grid, ``soilc`` (lat, lon) in kg m-2 over 0-1 m.
    folder : Path
        Where ``soil_carbon_0_1m_<region set>.csv`` are written.
    """
    stock = read_stock(path)
    area = cell_area(stock)
    print(f"whole grid: {total(stock, area, 1.0):.1f} Pg C")
    print(f"footprint : {float(area.where(np.isfinite(stock)).sum()) / 1e12:.2f} Mkm2")
    for name in REGION_SETS:
        weights = region_weights(open_regions(name), with_bounds(stock))
        rows = [
            row(str(region), stock, area, weights.sel(region=region))
            for region in weights["region"].values
        ]
        target = folder / f"soil_carbon_0_1m_{name}.csv"
        target.write_text("\n".join([*header(name, stock, area), *rows, ""]))
        print(target.name, f"sha256: {digest(target)}", *rows, sep="\n  ")


def read_stock(path: str) -> xr.DataArray:
    """Return soil carbon in kg m-2, NaN where nothing is mapped."""
    with xr.open_dataset(path, mask_and_scale=False, decode_times=False) as file:
        stock = file["soilc"].load().astype(float)
    stock = stock.where(~stock.isin(UNMAPPED))
    if float(stock.min()) < 0:
        msg = f"'{path}': soilc has negative values besides {UNMAPPED[:2]}."
        raise ValueError(msg)
    return stock


def cell_area(field: xr.DataArray) -> xr.DataArray:
    """Return the exact area of each half-degree cell in m2."""
    south, north = (np.radians(field["lat"] + side) for side in (-0.25, 0.25))
    strip = EARTH_RADIUS**2 * np.radians(0.5) * (np.sin(north) - np.sin(south))
    area: xr.DataArray = xr.ones_like(field) * strip
    return area


def with_bounds(field: xr.DataArray) -> xr.Dataset:
    """Return the grid of `field` with the limits of its half-degree cells."""
    grid = field.coords.to_dataset()
    for axis in ("lat", "lon"):
        middle = grid[axis].values.astype(float)
        limits = np.column_stack([middle - 0.25, middle + 0.25])
        grid = grid.assign_coords({f"{axis}_bnds": ((axis, "bnds"), limits)})
    return grid


def total(
    stock: xr.DataArray, area: xr.DataArray, weight: xr.DataArray | float
) -> float:
    """Return the carbon in Pg."""
    return float((stock * area * weight).sum()) / 1e12


def row(
    region: str, stock: xr.DataArray, area: xr.DataArray, weight: xr.DataArray
) -> str:
    """Return one line of the table: the total and the area it stands on."""
    mapped = float((area * weight).where(np.isfinite(stock)).sum()) / 1e12
    carbon = total(stock, area, weight)
    return f"{region},ncscdv22,mapping,{carbon:.2f},derived,{mapped:.3f}"


def header(name: str, stock: xr.DataArray, area: xr.DataArray) -> list[str]:
    """Return the comment lines and the column names."""
    everything = total(stock, area, 1.0)
    mapped = float(area.where(np.isfinite(stock)).sum()) / 1e12
    return [
        f"# NCSCDv2.2 soil organic carbon, 0-1 m, by region of {name}: Pg C",
        "# value: sum of stock x exact cell area x share of the cell in the region",
        "# area_Mkm2: the part of the region that NCSCDv2.2 maps (mean = value / area)",
        f"# whole NCSCDv2.2 footprint: {everything:.1f} Pg C on {mapped:.2f} Mkm2",
        "# made by derive.py from NCSCDV22_soilc_0.5x0.5.nc",
        f"# with {name}.geojson, sha256 {digest(GEOMETRIES / f'{name}.geojson')}",
        COLUMNS,
    ]


def digest(path: Path) -> str:
    """Return the sha256 of a file; that of a table goes into its descriptor."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    main(sys.argv[1])

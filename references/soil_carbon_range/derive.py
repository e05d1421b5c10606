"""Make the tables of how far maps of soil carbon disagree, by region.

Run from the project folder, with the folder that holds
``NCSCDV22_soilc_0.5x0.5.nc`` and ``HWSD_soilc_0.5x0.5.nc`` (neither ships)::

    python references/soil_carbon_range/derive.py path/to/folder

and copy the sha256 it prints for each table into the descriptors of that table.
"""

import runpy
import sys
from pathlib import Path

import xarray as xr

from benchmark.regions import Regions, open_regions, region_weights

HERE = Path(__file__).parent
# The exact areas of half-degree cells, and how NCSCDv2.2 writes what it lacks.
NCSCD = runpy.run_path(str(HERE.parent / "ncscdv22/derive.py"))
SANDERMAN = HERE.parent / "sanderman2017/sanderman2017_soc_0.5deg.nc"
COLUMNS = "region,approach,family,value,flag,area_Mkm2"
BANDS = "band_50_90n"
PERMAFROST = "treat2024_permafrost"


def main(folder: str, target: Path = HERE) -> None:
    """Write one table for each descriptor of this folder.

    Parameters
    ----------
    folder : str
        With the grids of NCSCDv2.2 and HWSD.
    target : Path
        Where the tables go.
    """
    maps = {
        "ncscdv22": NCSCD["read_stock"](f"{folder}/NCSCDV22_soilc_0.5x0.5.nc"),
        "hwsd": read_hwsd(f"{folder}/HWSD_soilc_0.5x0.5.nc"),
    }
    mapped = {name: stock.notnull().astype(float) for name, stock in maps.items()}
    with xr.open_dataset(SANDERMAN) as file:
        for depth in ("0_30cm", "0_100cm", "0_200cm"):
            maps[f"sanderman2017_{depth}"] = file[f"soc_{depth}"].load()
            mapped[f"sanderman2017_{depth}"] = file["mapped_fraction"].load()
    metre = {
        "ncscdv22": "ncscdv22",
        "hwsd": "hwsd",
        "sanderman2017": "sanderman2017_0_100cm",
    }
    tables = {
        "north_of_50n_0_1m": (BANDS, metre),
        "permafrost_0_1m": (PERMAFROST, metre),
        "hwsd": (PERMAFROST, {"hwsd": "hwsd"}),
        **{
            name: (PERMAFROST, {"sanderman2017": name})
            for name in maps
            if name.startswith("sanderman")
        },
    }
    for name, (where, chosen) in tables.items():
        fields = {label: (maps[key], mapped[key]) for label, key in chosen.items()}
        write(target / f"{name}.csv", open_regions(where), fields)


def read_hwsd(path: str) -> xr.DataArray:
    """Return soil carbon in kg m-2, NaN where nothing is mapped.

    Both fill values (-999 and -3.4e38) are negative, as no stock is.
    """
    with xr.open_dataset(path, mask_and_scale=False, decode_times=False) as file:
        stock = file["soilc"].load().astype(float)
    return stock.where(stock >= 0)


def write(
    target: Path,
    regions: Regions,
    fields: dict[str, tuple[xr.DataArray, xr.DataArray]],
) -> None:
    """Write the totals of each map in each region, and print them.

    Parameters
    ----------
    target : Path
        The table.
    regions : Regions
        Its regions.
    fields : dict
        By approach: stock (kg m-2, half a degree) and the mapped part of each
        cell.
    """
    rows, whole = [], []
    for approach, (stock, part) in fields.items():
        area = NCSCD["cell_area"](stock) * part
        weights = region_weights(regions, NCSCD["with_bounds"](stock))
        for region in regions.ids:
            share = area * weights.sel(region=region)
            carbon = float((stock * share).sum()) / 1e12
            mapped = float(share.where(stock.notnull()).sum()) / 1e12
            rows.append(
                f"{region},{approach},mapping,{carbon:.2f},derived,{mapped:.3f}"
            )
        every = float((stock * area).sum()) / 1e12
        covered = float(area.where(stock.notnull()).sum()) / 1e12
        whole.append(f"# all of {approach}: {every:.1f} Pg C on {covered:.2f} Mkm2")
    lines = [
        "# Soil organic carbon by region, Pg C; area_Mkm2: what the map has values for",
        "# sum of stock x exact cell area x mapped part x share of the cell in the "
        "region",
        *whole,
        "# made by derive.py",
        COLUMNS,
        *rows,
        "",
    ]
    target.write_text("\n".join(lines), encoding="utf-8")
    print(target.name, f"sha256: {NCSCD['digest'](target)}", *lines[2:-1], sep="\n  ")


if __name__ == "__main__":
    main(sys.argv[1])

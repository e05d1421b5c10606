"""Make the table of wetland methane by latitude and month from WetCHARTs.

With ``wetland_emissions_zonal_model_mean.nc`` in a folder (sums of half-degree
bands, see PROVENANCE.md), run from the project folder::

    python references/wetcharts/derive.py RAW_FOLDER

and copy the sha256 it prints for the table into its descriptor.
"""

import sys
from calendar import monthrange
from pathlib import Path

import numpy as np
import pandas as pd
import xarray as xr
from benchmark.references.site_tables import write

from benchmark.regions import Region, open_regions

RAW = "wetland_emissions_zonal_model_mean.nc"
FIRST_YEAR = 2001
DAYS_PER_YEAR = 365.2425


def main(raw: str, folder: Path = Path(__file__).parent) -> None:
    """Write the table and print the annual totals.

    Parameters
    ----------
    raw : str
        Folder with the file.
    folder : Path
        Where the table is written.
    """
    grams = read_grams(Path(raw) / RAW)
    print(f"global: {grams.sum('lat').mean('time').item() * 12 / 1e12:.1f} Tg CH4 yr-1")
    bands = open_regions("latitude_bands")
    table = pd.concat([rows_of(band, grams) for band in bands])
    lines = [
        "wetland methane emission by band of latitude and month, a rate, Tg CH4 yr-1",
        "made by derive.py from the mean of 18 members of WetCHARTs v1.0",
        "area_Mkm2: land of the band as this package has it",
    ]
    write(table, folder / "monthly.csv", lines)
    print(table.groupby("region", sort=False)["value"].mean().round(1).to_string())


def read_grams(path: Path) -> xr.DataArray:
    """Return the emission in g month-1 of each half-degree band (time, lat)."""
    with xr.open_dataset(path, decode_times=False) as file:
        found: xr.DataArray = file["wetland_emissions"].load()
    if found.sizes["time"] % 12:
        msg = f"'{path}': has {found.sizes['time']} months, no whole years."
        raise ValueError(msg)
    return found


def rows_of(band: Region, grams: xr.DataArray) -> pd.DataFrame:
    """Return the months of one band.

    Parameters
    ----------
    band : Region
        Its southern and northern edge lie on those of the half-degree bands.
    grams : DataArray
        (time, lat), g month-1.

    Returns
    -------
    DataFrame
        region, approach, family, year, month, value (Tg yr-1), area_Mkm2.
    """
    _, south, _, north = band.geometry.bounds
    inside = grams.sel(lat=slice(south, north)).sum("lat").to_numpy()
    step = np.arange(inside.size)
    year, month = FIRST_YEAR + step // 12, step % 12 + 1
    days = [monthrange(y, m)[1] for y, m in zip(year, month, strict=True)]
    return pd.DataFrame(
        {
            "region": band.id,
            "approach": "wetcharts_v1",
            "family": "process_based",
            "year": year,
            "month": month,
            "value": inside / np.array(days) * DAYS_PER_YEAR / 1e12,
            "area_Mkm2": band.land_area_Mkm2,
        }
    )


if __name__ == "__main__":
    main(sys.argv[1])

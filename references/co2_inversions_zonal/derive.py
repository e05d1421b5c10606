"""Make the tables of net biome exchange by latitude band from seven inversions.

The files are those of github.com/NCAR/so-co2-airborne-obs (see PROVENANCE.md),
one folder an inversion with ``fluxes_za_ts_monthly.nc`` in it::

    python references/co2_inversions_zonal/derive.py FOLDER

Copy the sha256 it prints for each table into the descriptor of that table.
"""

import hashlib
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import xarray as xr

from benchmark.regions import open_regions

INVERSIONS = (
    "CAMSv20r1",
    "CT2017",
    "CT2019B",
    "CTE2018",
    "CTE2020",
    "MIROC",
    "s99oc_v2020",
)
BANDS = ("band_30_90n", "band_50_90n", "band_60_90n", "band_30_60n")
# The years that all seven have whole: CT2017 ends with 2016.
YEARS = (2000, 2016)
TABLES = {
    "nbe_annual.csv": ("year", "annual totals of 2000-2016"),
    "nbe_monthly_climatology.csv": ("month", "mean of each calendar month, 2000-2016"),
}


def main(raw: str, folder: Path = Path(__file__).parent) -> None:
    """Write both tables.

    Parameters
    ----------
    raw : str
        Folder with one folder an inversion.
    folder : Path
        Where the tables are written.
    """
    bands = open_regions("latitude_bands")
    area = {id: bands[id].land_area_Mkm2 for id in BANDS}
    series = {name: read(Path(raw) / name) for name in INVERSIONS}
    for file, (axis, what) in TABLES.items():
        rows = [
            f"{id},{name},inversion,{step},{value:.2f},{area[id]:.2f}"
            for id in BANDS
            for name, flux in series.items()
            for step, value in averaged(in_band(flux, id), axis).items()
        ]
        target = folder / file
        target.write_text("\n".join([*header(what, axis), *rows, ""]), "utf-8")
        print(file, "sha256:", hashlib.sha256(target.read_bytes()).hexdigest())


def read(folder: Path) -> xr.DataArray:
    """Return the land flux of an inversion, Tg C yr-1 in each strip of latitude.

    The files have Pg C yr-1 per degree; the strips reach half-way to the next
    latitude and end at the poles.
    """
    path = folder / "fluxes_za_ts_monthly.nc"
    with xr.open_dataset(path) as file:
        flux = file["SFCO2_LND"].load()
    if flux.attrs["units"] != "Pg C yr$^{-1}$ degree$^{-1}$":
        msg = f"'{path}': SFCO2_LND is in {flux.attrs['units']}."
        raise ValueError(msg)
    lat = flux["lat"].to_numpy().astype(float)
    step = lat[1] - lat[0]
    edges = np.clip(np.append(lat - step / 2, lat[-1] + step / 2), -90, 90)
    flux = flux.assign_coords(south=("lat", edges[:-1]), north=("lat", edges[1:]))
    first, last = YEARS
    years = flux["time"].dt.year
    flux = flux.isel(time=np.flatnonzero((years >= first) & (years <= last)))
    if flux.sizes["time"] != 12 * (last - first + 1):
        msg = f"'{path}': has not every month of {first}-{last}."
        raise ValueError(msg)
    return flux * 1e3


def in_band(flux: xr.DataArray, band: str) -> xr.DataArray:
    """Return the sum over a band, Tg C yr-1 (time,); strips are split at its ends."""
    _, bottom, _, top = open_regions("latitude_bands")[band].geometry.bounds
    inside = np.minimum(flux["north"], top) - np.maximum(flux["south"], bottom)
    return (flux * inside.clip(min=0.0)).sum("lat")


def averaged(flux: xr.DataArray, axis: str) -> pd.Series:
    """Average over the days of each year, or over the years of each month."""
    days = flux["time"].dt.days_in_month
    groups = flux["time"].dt.year if axis == "year" else flux["time"].dt.month
    table = pd.DataFrame(
        {"weighted": (flux * days).to_numpy(), "days": days.to_numpy()},
        index=groups.to_numpy(),
    )
    sums = table.groupby(level=0).sum()
    return sums["weighted"] / sums["days"]


def header(what: str, axis: str) -> list[str]:
    """Return the comment lines and the column names."""
    return [
        f"# Net biome exchange by latitude band, seven inversions, {what}",
        "# value: Tg C yr-1 (a rate also where it is of a month), positive = source",
        "# to the atmosphere; land flux WITH fire, no fossil fuel; months weighted",
        "# by their days. area_Mkm2: land of the band without lakes and glaciers.",
        "# made by derive.py; CAMSv20r1 contains modified Copernicus Atmosphere",
        "# Monitoring Service Information 2021",
        f"region,approach,family,{axis},value,area_Mkm2",
    ]


if __name__ == "__main__":
    main(sys.argv[1])

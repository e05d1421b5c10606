"""Make the tables of methane fluxes at sites from the synthesis of Treat et al.

The table itself does not ship whole. With ``Annual_CH4_estimates.csv`` in a
folder (PANGAEA 886976 in the copy that PROVENANCE.md names), run from the
project folder::

    python references/treat2018_ch4/derive.py RAW_FOLDER

and copy the sha256 it prints for each table into the descriptor of that table.
"""

import sys
from pathlib import Path

import pandas as pd
from benchmark.references.site_tables import (
    REGION_SETS,
    WETLANDS,
    by_class,
    by_region,
    reduced,
    write,
)

RAW = "Annual_CH4_estimates.csv"
# Longitudes that lack their minus sign: the sites are in Alaska and Canada.
WEST = {"APEX": -147.87, "Canada Fen": -113.0}
SEASONS = ["growing_season", "non_growing_season"]
ABOUT = "annual methane flux per area of the measured surface, g CH4 m-2 yr-1"
SOURCE = "made by derive.py from Annual_CH4_estimates.csv, Treat et al. (2018)"


def main(raw: str, folder: Path = Path(__file__).parent) -> None:
    """Write the tables of sites, of regions and of classes.

    Parameters
    ----------
    raw : str
        Folder with the table.
    folder : Path
        Where the tables are written.
    """
    sites = reduced(read_plots(Path(raw) / RAW), SEASONS)
    for flag in ("measured", "estimated"):
        kept = sites[sites["flag"] == flag]
        lines = [f"{ABOUT}, {flag}; one row a site and class", *_columns(), SOURCE]
        write(kept, folder / f"sites_{flag}.csv", lines)
    every = one_flag(sites)
    for name, part in (("", every), ("_measured", sites[sites["flag"] == "measured"])):
        wetlands = part[part["site_class"].isin(WETLANDS)]
        for regions in REGION_SETS:
            table = by_region(wetlands, regions, f"treat2018{name}")
            lines = [f"{ABOUT}, median of the wetland sites of {regions}", SOURCE]
            write(table, folder / f"density{name}_{regions}.csv", lines)
    classes = [by_class(every, "annual, g CH4 m-2 yr-1")]
    measured = sites[sites["flag"] == "measured"]
    classes.append(by_class(measured, "measured annual, g CH4 m-2 yr-1"))
    shares = measured.assign(value=share(measured)).dropna(subset=["value"])
    classes.append(by_class(shares, "non-growing season over annual, 1"))
    write(pd.concat(classes), folder / "classes.csv", ["by class of site", SOURCE])


def read_plots(path: Path) -> pd.DataFrame:
    """Return the rows to use: of good quality, with place and flux.

    Parameters
    ----------
    path : Path
        The table.

    Returns
    -------
    DataFrame
        Columns site, lat, lon, site_class, flag, value and the seasons.
    """
    raw = pd.read_csv(path)
    raw = raw[~raw["Remove_QC"].astype(bool) & raw["Latitude"].notna()]
    name = raw["Site_Name"].fillna(raw["Reference"]).str.strip()
    # Fluxes that a model of the authors or a multiplier made are no measurements.
    measured = raw["Annual_Flux_Type"] == "Measured"
    return pd.DataFrame(
        {
            "site": name.map(ascii_name),
            "lat": raw["Latitude"].round(4),
            "lon": name.map(WEST).fillna(raw["Longitude"]).round(4),
            "site_class": [class_of(row) for _, row in raw.iterrows()],
            "flag": measured.map({True: "measured", False: "estimated"}),
            "value": raw["Annual_CH4_Flux_g_m2_y"],
            "growing_season": raw["Seasonal_CH4_g_m2"],
            "non_growing_season": raw["Non_Growing_Season_Flux_g_m2"],
        }
    )


def class_of(row: pd.Series) -> str:
    """Return which of the paper's seven classes a row is of, empty if of none.

    Lakes, ponds, swamps, salt marshes, temperate uplands and rows without a
    class are of none.
    """
    wetland, frozen = row["Wetland_Class"], row["Permafrost"] in (True, "True")
    if wetland in ("Marsh", "Fen"):
        return "permafrost_wetland" if frozen else str(wetland).lower()
    if wetland == "Bog":
        return "permafrost_bog" if frozen else "bog"
    if wetland == "Upland" and row["Biome"] == "Tundra":
        return "upland_tundra"
    forest = row["Standardized_Ecosystem_Type"] == "Forest"
    if wetland == "Upland" and row["Biome"] == "Boreal/Taiga" and forest:
        return "boreal_forest"
    return ""


def one_flag(sites: pd.DataFrame) -> pd.DataFrame:
    """Return one row a site and class: the measured one where there is one."""
    first = sites.sort_values("flag", ascending=False, kind="stable")
    keys = ["site", "lat", "lon", "site_class"]
    return first.drop_duplicates(keys).sort_values(keys, ignore_index=True)


def share(sites: pd.DataFrame) -> pd.Series:
    """Return the part of the annual flux outside the growing season.

    Only where both seasons and the year emit: a share of a sum of both signs
    is undefined.
    """
    both = (sites["non_growing_season"] >= 0) & (sites["growing_season"] >= 0)
    emits = sites["value"] > 0
    found: pd.Series = sites["non_growing_season"] / sites["value"].where(both & emits)
    return found


def ascii_name(name: str) -> str:
    """Return a name in plain letters, without commas."""
    plain = str(name).encode("ascii", "ignore").decode()
    return " ".join(plain.replace(",", " ").replace('"', " ").split())


def _columns() -> list[str]:
    return [
        "value: median over n plots and years; negative values are uptake",
        "growing_season, non_growing_season: medians of the same, as the authors "
        "define the seasons, g CH4 m-2",
    ]


if __name__ == "__main__":
    main(sys.argv[1])

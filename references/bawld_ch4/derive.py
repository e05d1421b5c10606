"""Make the tables of methane fluxes at sites from the BAWLD-CH4 data set.

The table itself does not ship. With ``BAWLD_Wetland_Cover_Monthly_Temps.csv``
in a folder (the copy that PROVENANCE.md names), run from the project folder::

    python references/bawld_ch4/derive.py RAW_FOLDER

and copy the sha256 it prints for each table into the descriptor of that table.
"""

import sys
from pathlib import Path

import pandas as pd
from benchmark.references.site_tables import (
    REGION_SETS,
    by_class,
    by_region,
    reduced,
    write,
)

RAW = "BAWLD_Wetland_Cover_Monthly_Temps.csv"
CLASSES = {
    "Fen": "fen",
    "Bog": "bog",
    "Marshes": "marsh",
    "PermBog": "permafrost_bog",
    "PermWet": "permafrost_wetland",
}
SOURCE = "made by derive.py from BAWLD-CH4, Kuhn et al. (2021)"


def main(raw: str, folder: Path = Path(__file__).parent) -> None:
    """Write the tables of sites, of regions and of classes.

    Parameters
    ----------
    raw : str
        Folder with the table.
    folder : Path
        Where the tables are written.
    """
    plots = read_plots(Path(raw) / RAW)
    annual = reduced(plots)
    about = "annual methane flux per wetland area, g CH4 m-2 yr-1"
    lines = [
        f"{about}; one row a site and class",
        "value: median over n plots and years; negative values are uptake",
        SOURCE,
    ]
    write(annual, folder / "sites.csv", lines)
    for regions in REGION_SETS:
        table = by_region(annual, regions, "bawld_ch4")
        lines = [f"{about}, median of the wetland sites of {regions}", SOURCE]
        write(table, folder / f"density_{regions}.csv", lines)
    summer = reduced(plots.assign(value=plots["growing_season"]))
    classes = [
        by_class(annual, "annual, g CH4 m-2 yr-1"),
        by_class(summer, "growing season, mg CH4 m-2 d-1"),
    ]
    write(pd.concat(classes), folder / "classes.csv", ["by class of site", SOURCE])


def read_plots(path: Path) -> pd.DataFrame:
    """Return the rows with annual and growing-season fluxes.

    Parameters
    ----------
    path : Path
        The table.

    Returns
    -------
    DataFrame
        Columns site, lat, lon, site_class, flag, value and growing_season
        (mg CH4 m-2 d-1).
    """
    raw = pd.read_csv(path)
    return pd.DataFrame(
        {
            "site": raw["SiteID"].str.strip(),
            "lat": raw["LatDec"].round(4),
            "lon": raw["LongDec"].round(4),
            "site_class": raw["Class"].map(CLASSES),
            "flag": "published",
            "value": raw["CH4An"],
            "growing_season": raw["CH4Av"],
        }
    )


if __name__ == "__main__":
    main(sys.argv[1])

"""Make the tables of wetland methane by region from the Global Methane Budget.

With ``gcp_ch4_wetlands_by_model_region.csv`` in a folder (the wetland rows of
Global_Methane_Budget_2000_2017_v2.0_full.xlsx, see PROVENANCE.md), run from the
project folder::

    python references/gcp_ch4/derive.py RAW_FOLDER

and copy the sha256 it prints for each table into the descriptor of that table.
"""

import sys
from pathlib import Path

import pandas as pd
from benchmark.references.site_tables import write

from benchmark.regions import open_regions

RAW = "gcp_ch4_wetlands_by_model_region.csv"
REGIONS = {
    "latitude_bands": {
        "60°N-90°N": "band_60_90n",
        "30°N-60°N": "band_30_60n",
        "<30°N": "band_90s_30n",
    },
    "countries": {
        "Canada": "canada",
        "Russia": "russia",
        "USA": "united_states_of_america",
    },
}
FAMILIES = {
    "bottom-up land model": "process_based",
    "top-down inversion posterior": "inversion",
}


def main(raw: str, folder: Path = Path(__file__).parent) -> None:
    """Write one table a set of regions and period.

    Parameters
    ----------
    raw : str
        Folder with the table.
    folder : Path
        Where the tables are written.
    """
    rows = pd.read_csv(Path(raw) / RAW)
    for name, ids in REGIONS.items():
        areas = {r.id: r.land_area_Mkm2 for r in open_regions(name)}
        for period, group in rows.groupby("period"):
            table = table_of(group, ids, areas)
            lines = [
                f"wetland methane emission, Tg CH4 yr-1, {period}, by model",
                "made by derive.py from the Global Methane Budget 2000-2017, v2.0",
                "area_Mkm2: land of the region as this package has it",
            ]
            write(table, folder / f"{name}_{str(period).replace('-', '_')}.csv", lines)
            print(table.groupby(["region", "family"])["value"].describe().round(2))


def table_of(
    rows: pd.DataFrame, ids: dict[str, str], areas: dict[str, float | None]
) -> pd.DataFrame:
    """Return the rows of some regions in the form of a regional reference.

    Parameters
    ----------
    rows : DataFrame
        One period: model, approach, region, TgCH4_per_yr.
    ids : dict
        The package's name of each region of the budget.
    areas : dict
        Land area in million km2, by the package's name.

    Returns
    -------
    DataFrame
        region, approach, family, value, area_Mkm2.
    """
    kept = rows[rows["region"].isin(list(ids)) & rows["TgCH4_per_yr"].notna()]
    region = kept["region"].map(ids)
    return pd.DataFrame(
        {
            "region": region,
            "approach": kept["model"],
            "family": kept["approach"].map(FAMILIES),
            "value": kept["TgCH4_per_yr"],
            "area_Mkm2": region.map(areas),
        }
    ).sort_values(["region", "family", "approach"])


if __name__ == "__main__":
    main(sys.argv[1])

"""Make the table of pedons from the database of Hugelius et al. (2013).

Run from the project folder, with the folder that holds the supplement
``Hugelius_etal_2013_ESSDD_OSM.zip``::

    python references/ncscd_pedons/derive.py path/to/folder

and copy the sha256 it prints into the descriptors.
"""

import hashlib
import io
import sys
import zipfile
from pathlib import Path

import pandas as pd

from benchmark.regions import open_regions, regions_of_points

ARCHIVE = "Hugelius_etal_2013_ESSDD_OSM.zip"
TEXT = "Hugelius_etal_ESSDD_OSM_pedon_database_20130326.txt"
TABLE = Path(__file__).parent / "pedons.csv"
DEPTHS = {
    "soc_0_30cm": "SOCC 0-30 cm (kg C m-2)",
    "soc_0_1m": "SOCC 0-100 cm (kg C m-2)",
    "soc_1_2m": "SOCC 100-200 cm (kg C m-2)",
    "soc_2_3m": "SOCC 200-300 cm (kg C m-2)",
}
# A metre of organic soil with 0.4 g cm-3, half of it carbon: nothing is denser.
DENSEST = 200.0  # kg C m-2 in any metre


def main(folder: str, target: Path = TABLE) -> None:
    """Write the table, and print what was left out and its checksum.

    Parameters
    ----------
    folder : str
        With the archive.
    target : Path
        The table to write.
    """
    table, left_out = cleaned(read_database(Path(folder) / ARCHIVE))
    counts = per_region(table)
    lines = [
        "# Soil organic carbon of pedons of the northern permafrost region, kg C m-2",
        "# Hugelius et al. (2013), doi 10.5194/essd-5-393-2013, CC BY 3.0; "
        "by derive.py",
        "# site_class: soil order; basal_cm: how deep the pedon was sampled, deeper",
        "# values are the authors' extrapolation",
        *(f"# left out: {reason}" for reason in left_out),
        *(f"# pedons in {region}: {n}" for region, n in counts.items()),
        table.to_csv(index=False, lineterminator="\n").rstrip("\n"),
        "",
    ]
    target.write_text("\n".join(lines), encoding="utf-8")
    print(*lines[4:-2], sep="\n")
    print(
        len(table), "pedons; sha256:", hashlib.sha256(target.read_bytes()).hexdigest()
    )


def read_database(archive: Path) -> pd.DataFrame:
    """Return the tab-delimited text of the archive, every cell as text."""
    with zipfile.ZipFile(archive) as files:
        name = next(name for name in files.namelist() if name.endswith(TEXT))
        text = files.read(name).decode("cp1252")
    raw = pd.read_csv(io.StringIO(text), sep="\t", dtype=str, keep_default_na=False)
    return raw.rename(columns=str.strip)


def cleaned(raw: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """Return the table that ships, and a line for each thing left out.

    Parameters
    ----------
    raw : DataFrame
        The database, text.

    Returns
    -------
    table : DataFrame
        site, lat, lon, site_class, basal_cm and a column for each depth. Pedons of
        one place, or of one cell of a model, stay rows of their own.
    left_out : list of str
    """
    table = pd.DataFrame(
        {
            "site": "pedon_" + raw["Pedon_Id_nr"].str.strip(),
            "lat": pd.to_numeric(raw["Lat"], errors="coerce").round(5),
            "lon": pd.to_numeric(raw["Long"], errors="coerce").round(5),
            "site_class": raw["Soil_Order"].str.strip(),
            "basal_cm": pd.to_numeric(raw["Basal_Depth"], errors="coerce"),
        }
    )
    for name, column in DEPTHS.items():
        table[name] = pd.to_numeric(raw[column], errors="coerce").round(2)
    left_out = []
    nowhere = table["lat"].isna() | table["lon"].isna()
    left_out.append(f"{nowhere.sum()} row(s) without a place, id or value")
    table = table[~nowhere]
    table, dense = without_the_impossible(table)
    again = table.duplicated(["lat", "lon", *DEPTHS])
    pairs = ", ".join(table.loc[again, "site"])
    left_out += [*dense, f"entered twice, the first is kept: {pairs}"]
    return table[~again].reset_index(drop=True), left_out


def without_the_impossible(table: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """Return the table without values no soil has, and a line for each."""
    table, left_out = table.copy(), []
    for name in DEPTHS:
        value = table[name]
        wrong = (value > DENSEST) | (value < 0)
        if name == "soc_0_1m":
            wrong |= value < table["soc_0_30cm"] - 0.05
        for site, found in zip(table.loc[wrong, "site"], value[wrong], strict=True):
            left_out.append(f"{name} of {site}, {found:g} kg C m-2: no soil has that")
        table[name] = value.where(~wrong)
    return table, left_out


def per_region(table: pd.DataFrame) -> dict[str, int]:
    """Return how many pedons lie in each region of the permafrost set."""
    regions = open_regions("treat2024_permafrost")
    inside = regions_of_points(regions, table["lat"], table["lon"])
    return dict(zip(regions.ids, inside.sum("site").to_numpy().tolist(), strict=True))


if __name__ == "__main__":
    main(sys.argv[1])

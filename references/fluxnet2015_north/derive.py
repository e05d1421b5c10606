"""Make the table of northern FLUXNET2015 towers from their monthly files.

The files are those of github.com/CARDAMOM-framework/CARDAMOM_v2.2 (see
PROVENANCE.md): ``validation_<SITE>.csv`` and ``location_fluxnet.csv``::

    python references/fluxnet2015_north/derive.py FOLDER

Copy the sha256 it prints into both descriptors.
"""

import hashlib
import sys
from pathlib import Path

import pandas as pd

COLUMNS = "site,lat,lon,year,month,nee,gpp,site_class"
# Places have the codes of a later release for Greenland and Svalbard.
RENAMED = {
    "DK-NuF": "GL-NuF",
    "DK-ZaF": "GL-ZaF",
    "DK-ZaH": "GL-ZaH",
    "NO-Adv": "SJ-Adv",
    "NO-Blv": "SJ-Blv",
}
# Land cover classes of the International Geosphere-Biosphere Programme.
CLASSES = {
    "ENF": "evergreen_needleleaf_forest",
    "GRA": "grassland",
    "OSH": "open_shrubland",
    "SNO": "snow_and_ice",
    "WET": "wetland",
}
# February cannot have the gross production of July: 4.8 and 10.2 g C m-2 day-1
# at 56 N beside a NEE of 0.2. Their NEE is kept.
NO_GPP = (("CA-Man", 200402), ("CA-Man", 200802))


def main(raw: str, folder: Path = Path(__file__).parent) -> None:
    """Write the table of all sites.

    Parameters
    ----------
    raw : str
        Folder of the files.
    folder : Path
        Where ``monthly.csv`` is written.
    """
    places = pd.read_csv(Path(raw) / "location_fluxnet.csv").set_index("Flux_name")
    paths = sorted(Path(raw).glob("validation_*.csv"))
    rows = [row for path in paths for row in site_rows(path, places)]
    target = folder / "monthly.csv"
    target.write_text("\n".join([*header(len(paths)), *rows, ""]), "utf-8")
    print(target.name, "sha256:", hashlib.sha256(target.read_bytes()).hexdigest())


def site_rows(path: Path, places: pd.DataFrame) -> list[str]:
    """Return a line for each month that a site has."""
    site = path.stem.removeprefix("validation_")
    place = places.loc[RENAMED.get(site, site)]
    where = f"{site},{place['Lat']:.4f},{place['lon']:.4f}"
    months = pd.read_csv(path)
    if months["Date"].duplicated().any():
        msg = f"'{path}': a month comes twice."
        raise ValueError(msg)
    return [
        f"{where},{month.Date // 100},{month.Date % 100},{month.NEE:.4f},"
        f"{'' if (site, month.Date) in NO_GPP else f'{month.GPP:.4f}'},"
        f"{CLASSES[place['LC']]}"
        for month in months.itertuples()
    ]


def header(count: int) -> list[str]:
    """Return the comment lines and the column names."""
    return [
        f"# Monthly NEE and GPP of {count} northern FLUXNET2015 towers, g C m-2 day-1",
        "# nee: positive = source to the atmosphere; gpp: positive into the land",
        "# Months the source leaves out are not here: most winters of tundra sites",
        "# GPP of CA-Man in February 2004 and 2008 is left out as impossible",
        "# made by derive.py; CC BY 4.0, Pastorello et al. (2020)",
        COLUMNS,
    ]


if __name__ == "__main__":
    main(sys.argv[1])

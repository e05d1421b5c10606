"""Make the table of active layer thickness from the CALM summary table.

Run from the project folder, with the folder that holds
``CALM_Summary_table.xls`` (reading it needs the package xlrd)::

    python references/calm/derive.py path/to/folder
    python references/calm/derive.py path/to/folder alt_annual.csv

and copy the sha256 it prints into the descriptor. The second form also writes
the single years, which do not ship.
"""

import hashlib
import re
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.stats import theilslopes

SUMMARY = "CALM_Summary_table.xls"
TABLE = Path(__file__).parent / "alt.csv"
YEARS = range(1990, 2022)
FIRST_YEAR_COLUMN = 5
SHALLOWEST = 10.0  # cm; less is a depth in m, or a slip of the pen
LEAST_YEARS = 5
LEAST_YEARS_OF_A_TREND = 15


def main(folder: str, annual: str = "", target: Path = TABLE) -> None:
    """Write the table of means, and print what was left out and its checksum.

    Parameters
    ----------
    folder : str
        With the summary table.
    annual : str
        Where to write the single years, if anywhere.
    target : Path
        The table of means.
    """
    depths, left_out = read_sites(read_sheet(Path(folder) / SUMMARY))
    means = long_term(depths)
    short = depths["site"].nunique() - len(means)
    lines = [
        "# Active layer thickness at CALM sites: mean end-of-season thaw depth, cm",
        f"# mean of {YEARS[0]}-{YEARS[-1]}, trend in cm yr-1 (Theil-Sen, from "
        f"{LEAST_YEARS_OF_A_TREND} years)",
        "# made by derive.py from the summary table of the CALM programme",
        *(f"# left out: {n} x {reason}" for reason, n in left_out.items()),
        f"# left out: {short} sites with fewer than {LEAST_YEARS} years",
        means.to_csv(index=False, lineterminator="\n").rstrip("\n"),
        "",
    ]
    target.write_text("\n".join(lines), encoding="utf-8")
    if annual:
        depths.to_csv(annual, index=False, lineterminator="\n")
    print(*lines[3:-2], sep="\n")
    print(len(means), "sites; sha256:", hashlib.sha256(target.read_bytes()).hexdigest())


def read_sheet(path: Path) -> list[list[object]]:
    """Return the rows of the first sheet."""
    import xlrd

    sheet = xlrd.open_workbook(path).sheet_by_index(0)
    return [sheet.row_values(row) for row in range(sheet.nrows)]


def read_sites(rows: list[list[object]]) -> tuple[pd.DataFrame, Counter[str]]:
    """Return the thaw depths of single years, and why cells were left out.

    Parameters
    ----------
    rows : list of list
        Of the sheet: code, name, lat, lon, method, then a cell for each year.
        Rows without a place are headings.

    Returns
    -------
    depths : DataFrame
        site, lat, lon, year, alt (cm).
    left_out : Counter
        Reasons.
    """
    found, left_out = [], Counter[str]()
    for row in rows:
        _require_years(row)
        code = re.sub(r"\s", "", str(row[0]))
        place = [number(cell)[0] for cell in row[2:4]]
        if not code or None in place:
            continue
        for year in YEARS:
            value, reason = number(row[FIRST_YEAR_COLUMN + year - YEARS[0]])
            if value is not None and value < SHALLOWEST:
                reason = f"less than {SHALLOWEST:g} cm"
            if reason:
                left_out[reason] += 1
            elif value is not None:
                found.append((code, *place, year, value))
    return pd.DataFrame(found, columns=["site", "lat", "lon", "year", "alt"]), left_out


def number(cell: object) -> tuple[float | None, str]:
    """Return the number of a cell, or why it is none.

    Parameters
    ----------
    cell : object
        A number or text of the sheet.

    Returns
    -------
    value : float or None
    reason : str
        Empty for numbers, and for cells that say that nothing was measured.
    """
    if isinstance(cell, int | float):
        return float(cell), ""
    text = str(cell).replace("\xa0", " ").strip()
    if text in ("", "-", "inactive"):
        return None, ""
    if re.fullmatch(r"-?\d+(\.\d+)?", text):
        return float(text), ""
    if re.fullmatch(r"[<>]\s*\d+(\.\d+)?", text):
        return None, "a limit (< or >), not a thaw depth"
    if re.fullmatch(r"(\d+(\.\d+)?)?\*+", text):
        return None, "marked with *, which the table does not explain"
    return None, "text"


def long_term(depths: pd.DataFrame) -> pd.DataFrame:
    """Return mean, years and trend of each site with enough years."""
    rows = []
    for site, years in depths.groupby("site", sort=False):
        if len(years) < LEAST_YEARS:
            continue
        trend = np.nan
        if len(years) >= LEAST_YEARS_OF_A_TREND:
            trend = theilslopes(years["alt"], years["year"]).slope
        lat, lon = years[["lat", "lon"]].iloc[0]
        mean, count = years["alt"].mean(), len(years)
        rows.append((site, round(lat, 4), round(lon, 4), round(mean, 1), count, trend))
    columns = ["site", "lat", "lon", "alt", "n_years", "trend"]
    return pd.DataFrame(rows, columns=columns).round({"trend": 3})


def _require_years(row: list[object]) -> None:
    """Refuse a sheet whose heading counts other years."""
    first = [cell for cell in row[:12] if cell in (float(YEARS[0]), str(YEARS[0]))]
    if first and row.index(first[0]) != FIRST_YEAR_COLUMN:
        msg = f"{SUMMARY}: {YEARS[0]} is in column {row.index(first[0])}, not 5."
        raise ValueError(msg)


if __name__ == "__main__":
    main(*sys.argv[1:])

"""Reduces tables of plots to sites, and sites to regions and classes."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from benchmark.regions import open_regions, regions_of_points

WETLANDS = ("marsh", "fen", "bog", "permafrost_wetland", "permafrost_bog")
"""The classes of the source paper that are wetland; the other two are
boreal_forest and upland_tundra."""

FEWEST = 5
"""A region with fewer sites is flagged: its median is that of single places."""

REGION_SETS = ("treat2024_permafrost", "treat2024_boreal_tundra")


def reduced(plots: pd.DataFrame, extra: Sequence[str] = ()) -> pd.DataFrame:
    """Return one row a site, class and flag: the median of its plots and years.

    Parameters
    ----------
    plots : DataFrame
        Columns site, lat, lon, site_class, flag and value; one row a plot and
        year.
    extra : sequence of str
        More columns of which the median is taken.

    Returns
    -------
    DataFrame
        With n, the number of rows that have a value, sorted by site.
    """
    keys = ["site", "lat", "lon", "site_class", "flag"]
    kept = plots[plots["value"].notna()]
    groups = kept.groupby(keys, dropna=False)
    sites = groups[["value", *extra]].median()
    sites.insert(1, "n", groups["value"].count())
    return sites.reset_index().sort_values(keys, ignore_index=True)


def by_region(sites: pd.DataFrame, region_set: str, approach: str) -> pd.DataFrame:
    """Return the distribution of the sites of each region, one row a region.

    Parameters
    ----------
    sites : DataFrame
        From `reduced`, wetlands only.
    region_set : str
        Which regions.
    approach : str
        What the rows are called.

    Returns
    -------
    DataFrame
        value is the median; q25, q75, minimum and maximum are of the sites,
        so they are spread in space and not the uncertainty of the median.
    """
    inside = regions_of_points(
        open_regions(region_set), sites["lat"].to_numpy(), sites["lon"].to_numpy()
    )
    rows = []
    for region in inside["region"].to_numpy():
        values = sites.loc[inside.sel(region=region).to_numpy(), "value"]
        if values.size:
            flag = "few_sites" if values.size < FEWEST else ""
            first = {"region": region, "approach": approach, "family": "in_situ"}
            rows.append({**first, **distribution(values), "flag": flag})
    table = pd.DataFrame(rows).rename(columns={"n": "n_sites", "median": "value"})
    return table.drop(columns="mean")


def by_class(sites: pd.DataFrame, statistic: str) -> pd.DataFrame:
    """Return the distribution of the sites of each class, one row a class.

    Parameters
    ----------
    sites : DataFrame
        With site_class and value.
    statistic : str
        What the values are, with units.

    Returns
    -------
    DataFrame
    """
    known = sites[sites["site_class"] != ""]
    rows = [
        {"site_class": name, "statistic": statistic, **distribution(group["value"])}
        for name, group in known.groupby("site_class")
    ]
    return pd.DataFrame(rows)


def distribution(values: pd.Series) -> dict[str, float]:
    """Return number, mean, median, quartiles and ends of values."""
    quartiles = np.quantile(values, [0.25, 0.5, 0.75])
    return {
        "n": int(values.size),
        "mean": float(values.mean()),
        "median": float(quartiles[1]),
        "q25": float(quartiles[0]),
        "q75": float(quartiles[2]),
        "minimum": float(values.min()),
        "maximum": float(values.max()),
    }


def write(table: pd.DataFrame, target: Path, comments: Sequence[str]) -> None:
    """Write a table with comments above it, and print its sha256.

    Parameters
    ----------
    table : DataFrame
        Numbers are written with six digits.
    target : Path
        The CSV.
    comments : sequence of str
        Lines about the table.
    """
    head = "".join(f"# {line}\n" for line in comments)
    text = table.to_csv(index=False, float_format="%.6g", lineterminator="\n")
    target.write_text(head + text, encoding="utf-8")
    digest = hashlib.sha256(target.read_bytes()).hexdigest()
    print(f"{target.name}: {len(table)} rows, sha256: {digest}")

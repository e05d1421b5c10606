"""How far the models' methane scatters, beside data sets of the paper."""

import numpy as np
import pandas as pd

from benchmark.report.drawing import Studio
from benchmark.report.ensemble.levels import Levels, all_levels
from benchmark.report.ensemble.ranks import FEWEST
from benchmark.report.ensemble.section import (
    Cell,
    Grid,
    Line,
    Section,
    listed,
    write_data,
)
from benchmark.report.numbers import number
from benchmark.report.site import Site

SPREAD = ("spread", "Scatter of the models' methane")
# Coefficient of variation between data sets of a region: Treat et al. (2024),
# lines 389-394, https://doi.org/10.1029/2023JG007638.
PAPER_CV = (0.29, 0.05, 0.53)


def spread_section(site: Site, studio: Studio) -> Section:
    """Return the section of the coefficient of variation of methane.

    Parameters
    ----------
    site : Site
        The run.
    studio : Studio
        Knows where data go.

    Returns
    -------
    Section
    """
    levels = [one for one in all_levels(site) if one.metric == "ch4_density"]
    one = max(levels, key=lambda held: len(held.model), default=None)
    table = variation(one)
    if one is None or table.empty:
        empty = (
            f"The scatter of methane per wetland area needs {FEWEST} models that have "
            "both methane and wetland area in one region."
        )
        return Section(*SPREAD, empty=empty)
    mean, low, high = PAPER_CV
    above = table[table["cv"] > high]
    names = listed((site.region_name(id) for id in above["region"]), 8)
    text = (
        f"The models' methane varies by {number(float(table['cv'].mean()), 2)} of its "
        f"mean, the paper's data sets by {mean}"
    )
    return Section(
        *SPREAD,
        f"{text}; beyond its range in {names}" if names else text,
        read=(
            "CV is the standard deviation over the models divided by their mean, "
            "region "
            f"by region. The paper's CV, {mean} on average and {low} to {high}, is "
            "between data sets of observations, not between models.",
        ),
        cannot=("A small CV is agreement, not truth; of few models it is rough.",),
        grids=(_grid(site, studio, table, one.unit),),
    )


def _grid(site: Site, studio: Studio, table: pd.DataFrame, unit: str) -> Grid:
    _, low, high = PAPER_CV
    lines = tuple(
        Line(
            site.region_name(row["region"]),
            (
                Cell(str(row["models"]), row["models"]),
                Cell(number(row["mean"]), row["mean"]),
                Cell(number(row["cv"], 2), row["cv"]),
                Cell(_beside(row["cv"])),
            ),
        )
        for row in table.to_dict("records")
    )
    columns = ("models", f"mean, {unit}", "CV", f"the paper's {low} to {high}")
    data = write_data(table, studio.folder, "ensemble-methane-spread")
    return Grid("Scatter of methane per wetland area", "Region", columns, lines, data)


def variation(levels: Levels | None) -> pd.DataFrame:
    """Return mean and coefficient of variation over the models, by region.

    Parameters
    ----------
    levels : Levels or None
        Of methane per wetland area.

    Returns
    -------
    DataFrame
        Columns region, models, mean and cv (ddof 1); regions of fewer than
        `FEWEST` models, or without a positive mean, are left out.
    """
    rows = []
    for region in levels.regions if levels else ():
        values = (
            np.array(list(levels.of_region(region).values()))
            if levels
            else np.array([])
        )
        if len(values) >= FEWEST and values.mean() > 0:
            cv = float(values.std(ddof=1) / values.mean())
            rows.append((region, len(values), float(values.mean()), cv))
    return pd.DataFrame(rows, columns=["region", "models", "mean", "cv"])


def _beside(cv: float) -> str:
    _, low, high = PAPER_CV
    return "below" if cv < low else "above" if cv > high else "within"

"""The marks of references and models in a figure of one region."""

from collections.abc import Iterable, Sequence
from typing import Any, cast

import numpy as np
import pandas as pd

from benchmark.report import labels
from benchmark.report.figures.canvas import MARKS
from benchmark.report.figures.regional_bars import Mark
from benchmark.report.rows import Row, group_by
from benchmark.report.site import Site

# Their members are drawn hollow, beside the full mark of the family.
ENSEMBLES = ("cmip6", "isimip")


def reference_marks(site: Site, rows: Iterable[Row], region: str) -> list[Mark]:
    """Return what the references of some rows say about a region.

    Parameters
    ----------
    site : Site
        The run.
    rows : iterable of Row
        Levels of one region and one unit.
    region : str
        Its id.

    Returns
    -------
    list of Mark
        A mark for each approach of a reference made of several, where these
        are in the unit of the rows; else one for the reference.
    """
    marks: list[Mark] = []
    for reference, group in group_by(rows, "reference").items():
        table = site.result.approaches.get(reference)
        here = None if table is None else table[table["region"] == region]
        units = site.result.approach_units.get(reference, "")
        # A series of years repeats its approach; the row has its mean.
        several = here is not None and here["approach"].is_unique and len(here) > 1
        if here is not None and several and units == group[0].units:
            marks += _approaches(here)
        else:
            marks.append(_reference_mark(site, best(group)))
    return marks


def best(rows: Iterable[Row]) -> Row:
    """Return the row that speaks for most of its region.

    Parameters
    ----------
    rows : iterable of Row
        Rows of one region; at least one.

    Returns
    -------
    Row
        A table's number is of all land there is, whatever a map shares.
    """
    return max(rows, key=lambda row: 1.0 if row.coverage is None else row.coverage)


def _reference_mark(site: Site, row: Row) -> Mark:
    known = site.result.references.get(row.reference)
    return Mark(
        label=site.reference_label(row.reference),
        family=known.family if known else "mixed",
        value=row.reference_value,
        low=row.reference_low,
        high=row.reference_high,
    )


def _approaches(here: pd.DataFrame) -> list[Mark]:
    marks = []
    for row in cast("list[dict[str, Any]]", here.to_dict("records")):
        approach = str(row["approach"])
        low, high = _whisker(row)
        known = not pd.isna(row["value"])
        if not known and low is None:
            continue
        marks.append(
            Mark(
                label=labels.FAMILIES.get(approach, approach.replace("_", " ")),
                family=_family(approach, str(row.get("family") or "")),
                value=float(row["value"]) if known else None,
                low=low,
                high=high,
            )
        )
    return marks


def _whisker(row: dict[str, Any]) -> tuple[float | None, float | None]:
    """Return the range of an approach, or else its spread in space."""
    low, high, spread = (row.get(name) for name in ("low", "high", "sd_spatial"))
    if not pd.isna(low) and not pd.isna(high):
        return float(low), float(high)
    if pd.isna(spread) or pd.isna(row["value"]):
        return None, None
    return float(row["value"] - spread), float(row["value"] + spread)


def spread(marks: Sequence[Mark]) -> tuple[float, float, float]:
    """Return lowest, highest and median value of references.

    Parameters
    ----------
    marks : sequence of Mark
        References; of a single one, its own range is returned.

    Returns
    -------
    low, high, median : float
        All 0 if there is no value.
    """
    values = [mark.value for mark in marks if mark.value is not None]
    if len(values) == 1 and len(marks) == 1:
        low, high = marks[0].low, marks[0].high
        return (low or values[0]), (high or values[0]), values[0]
    return (
        min(values, default=0.0),
        max(values, default=0.0),
        float(np.median(values or [0.0])),
    )


def _family(approach: str, family: str) -> str:
    # The rows of CMIP6 and ISIMIP are one family, but two marks.
    return approach if approach in MARKS else family


def model_marks(site: Site, rows: Iterable[Row]) -> list[Mark]:
    """Return a mark for each model that has a level in some rows.

    Parameters
    ----------
    site : Site
        The run.
    rows : iterable of Row
        Levels of one region and one unit.

    Returns
    -------
    list of Mark
        Models under test first, then members of ensembles, hollow; each from
        low to high.
    """
    groups = group_by(rows, "model")
    marks = []
    for model in site.matrix.models:
        if model in groups:
            known = site.result.models.get(model)
            family = known.family if known else "process_based"
            own = not in_ensemble(site, model)
            level = _own_level(site, groups[model])
            marks.append(Mark(model, family, level, bold=own, hollow=not own))
    return sorted(marks, key=lambda mark: (not mark.bold, mark.value or 0.0))


def in_ensemble(site: Site, model: str) -> bool:
    """Return whether a model is of a family that the references have too.

    Parameters
    ----------
    site : Site
        The run.
    model : str
        Its name.

    Returns
    -------
    bool
    """
    known = site.result.models.get(model)
    return known is not None and known.family in ENSEMBLES


def _own_level(site: Site, rows: list[Row]) -> float:
    """Return the value of a model: that of all its land, if a row has it."""
    known = site.result.references
    tables = [
        row
        for row in rows
        if row.reference in known and known[row.reference].kind == "regional"
    ]
    return best(tables or rows).level or 0.0

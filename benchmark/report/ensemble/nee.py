"""Annual NEE by approach and region, with letters: Fig. 4 of the source paper."""

import pandas as pd

from benchmark.ensemble import Ensemble
from benchmark.report.drawing import Studio
from benchmark.report.ensemble.names import approach_label
from benchmark.report.ensemble.nee_words import explained, finding, reading
from benchmark.report.ensemble.section import (
    Section,
)
from benchmark.report.ensemble.single_values import drop_one, p_matrix
from benchmark.report.figures.approaches import (
    Approach,
    Group,
    describe,
    draw_approaches,
)
from benchmark.report.figures.canvas import MARKS
from benchmark.report.numbers import unit
from benchmark.report.site import Site

ID, TOPIC = "nee", "Annual NEE by approach and region"
CANNOT = (
    "Approaches are no independent replicates: CMIP6 and ISIMIP share models, in-situ "
    "means and upscaling share sites. Letters and p describe the table; they test "
    "nothing.",
    "Whiskers are the standard deviation in space within a region. They are not the "
    "uncertainty of its mean, which the table does not give.",
)


def nee_section(
    site: Site, studio: Studio, found: tuple[str, Ensemble] | None
) -> Section:
    """Return the section of NEE by approach, and draw its figure.

    Parameters
    ----------
    site : Site
        The run.
    studio : Studio
        Knows where figures go.
    found : tuple of str and Ensemble, or None
        The reference with approaches, and what they say.

    Returns
    -------
    Section
    """
    if found is None:
        empty = (
            "No reference of NEE in this run has three approaches in three regions or "
            "more, so there is no ensemble of approaches to compare."
        )
        return Section(ID, TOPIC, empty=empty)
    reference, ensemble = found
    groups = region_groups(site, reference, ensemble)
    shown = unit(site.result.approach_units.get(reference, ""), "C")
    words = (finding(site, ensemble), describe(groups, shown))
    twin = draw_approaches(groups, shown, words, studio.folder, "ensemble-nee")
    return Section(
        ID,
        TOPIC,
        words[0],
        words=explained(site, reference, ensemble),
        read=reading(site, reference, groups),
        cannot=CANNOT,
        key="marks",
        names=marks_of(groups),
        twins=(twin,),
        grids=(
            p_matrix(site, studio, ensemble.regions),
            drop_one(site, studio, ensemble),
        ),
    )


def marks_of(groups: list[Group]) -> tuple[str, ...]:
    """Return the families whose marks are in the figure."""
    held = {one.family for group in groups for one in group.approaches}
    return tuple(family for family in MARKS if family in held)


def region_groups(site: Site, reference: str, ensemble: Ensemble) -> list[Group]:
    """Return what the figure shows: regions in order, then the domain.

    Parameters
    ----------
    site : Site
        The run.
    reference : str
        The reference with approaches.
    ensemble : Ensemble
        What they say.

    Returns
    -------
    list of Group
    """
    table = site.result.approaches[reference]
    table = table[table["value"].notna()]
    models = _models(site, reference)
    groups = []
    for region in site.region_ids:
        here = table[table["region"] == region]
        if here.empty:
            continue
        approaches = tuple(
            Approach(
                approach_label(str(row["approach"]), str(row.get("flag") or "")),
                _mark(str(row["approach"]), str(row["family"])),
                float(row["value"]),
                None if pd.isna(row["sd_spatial"]) else float(row["sd_spatial"]),
            )
            for row in here.to_dict("records")
        )
        letters = ensemble.regions.letters.get(region, "")
        name = site.region_label(region)
        groups.append(Group(name, approaches, tuple(models.get(region, ())), letters))
    return groups


def _mark(approach: str, family: str) -> str:
    return approach if approach in MARKS else family


def _models(site: Site, reference: str) -> dict[str, list[tuple[str, float]]]:
    found: dict[str, list[tuple[str, float]]] = {}
    for row in site.rows:
        mine = row.reference == reference and row.metric == "regional_mean"
        if mine and row.status == "scored" and row.value is not None:
            found.setdefault(row.region, []).append((row.model, row.value))
    return found

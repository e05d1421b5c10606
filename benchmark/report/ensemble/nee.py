"""Annual NEE by approach and region, with letters: Fig. 4 of the source paper."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from benchmark.ensemble import Ensemble
from benchmark.ensemble.variance import ALPHA, Comparison
from benchmark.report import labels
from benchmark.report.drawing import Studio
from benchmark.report.ensemble.section import (
    Cell,
    Grid,
    Line,
    Section,
    listed,
    write_data,
)
from benchmark.report.figures.approaches import (
    FEW,
    Approach,
    Group,
    describe,
    draw_approaches,
)
from benchmark.report.figures.canvas import MARKS
from benchmark.report.numbers import count, number, unit, years
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
        words=_words(site, reference, ensemble, groups),
        read=_read(site, reference, groups),
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


def approach_label(approach: str, flag: str = "") -> str:
    """Return what an approach is called, with its own period if it has one.

    Examples
    --------
    >>> approach_label("isimip", "period_2002-2005"), approach_label("in_situ")
    ('ISIMIP (2002\N{EN DASH}2005)', 'in situ')
    """
    name = labels.FAMILIES.get(approach, approach.replace("_", " "))
    for part in flag.split(";"):
        if part.startswith("period_"):
            return f"{name} ({years(part.removeprefix('period_'))})"
    return name


def _mark(approach: str, family: str) -> str:
    return approach if approach in MARKS else family


def _models(site: Site, reference: str) -> dict[str, list[tuple[str, float]]]:
    found: dict[str, list[tuple[str, float]]] = {}
    for row in site.rows:
        mine = row.reference == reference and row.metric == "regional_mean"
        if mine and row.status == "scored" and row.value is not None:
            found.setdefault(row.region, []).append((row.model, row.value))
    return found


def finding(site: Site, ensemble: Ensemble) -> str:
    """Say which regions differ, and whether one value carries it.

    Parameters
    ----------
    site : Site
        Names of regions.
    ensemble : Ensemble
        What the approaches say.

    Returns
    -------
    str
    """
    pairs = ensemble.regions.different()
    if not pairs:
        return (
            "No two regions differ in annual NEE by more than the approaches differ "
            f"among themselves (smallest p {number(_smallest(ensemble.regions))})"
        )
    gone = ensemble.without[ensemble.without["different"] == ""]
    text = " and ".join(_apart(site, pairs))
    if len(gone):
        return f"{text}, but no longer once {_one_value(site, gone)} is left out"
    return f"{text}, whichever single value is left out"


def _apart(site: Site, pairs: list[tuple[str, str]]) -> list[str]:
    """Name the regions that differ, each with those it differs from."""
    sides: dict[str, list[str]] = {}
    for one, other in pairs:
        sides.setdefault(one, []).append(other)
        sides.setdefault(other, []).append(one)
    told: list[str] = []
    left = {frozenset(pair) for pair in pairs}
    for region in sorted(sides, key=lambda id: -len(sides[id])):
        others = [id for id in sides[region] if frozenset((region, id)) in left]
        left -= {frozenset((region, id)) for id in others}
        if others:
            names = listed(map(site.region_name, others), 5)
            told.append(f"{site.region_name(region)} differs from {names}")
    return told


def _one_value(site: Site, gone: pd.DataFrame) -> str:
    names = [_value_name(site, row) for row in gone.to_dict("records")]
    return names[0] if len(names) == 1 else f"any one of {len(names)} values"


def _value_name(site: Site, row: Mapping[Any, Any]) -> str:
    approach = approach_label(str(row["approach"]))
    return f"the {approach} value of {site.region_name(str(row['region']))}"


def _smallest(found: Comparison) -> float:
    return float(found.pairs["p_value"].min()) if len(found.pairs) else float("nan")


def _words(
    site: Site, reference: str, ensemble: Ensemble, groups: list[Group]
) -> tuple[str, ...]:
    said = [
        f"Over the approaches alone, {_tested(ensemble.regions)}; with approaches as "
        f"blocks, {_tested(ensemble.blocked)}. Between approaches, with regions as "
        f"blocks, {_tested(ensemble.families)}."
    ]
    both = ensemble.with_models
    if both is not None:
        pairs = both.different()
        which = "; ".join(_apart(site, pairs)) if pairs else "no two regions differ"
        said.append(
            "With the mean of this run's models as one more family, "
            f"{_tested(both)}: {which}."
        )
    said += _copies(site, reference, ensemble)
    return tuple(said)


def _tested(found: Comparison) -> str:
    one, other = found.degrees
    return f"F({one}, {other}) = {number(found.statistic)}, p = {p_text(found.p_value)}"


def p_text(p: float) -> str:
    """Write a probability; what is tiny as a bound.

    Examples
    --------
    >>> p_text(0.0026), p_text(0.2), p_text(1e-9)
    ('0.0026', '0.20', '< 0.0001')
    """
    if p != p:
        return number(None)
    if p < 1e-4:
        return "< 0.0001"
    return f"{p:.4f}" if p < 0.01 else f"{p:.3f}" if p < 0.1 else f"{p:.2f}"


def _copies(site: Site, reference: str, ensemble: Ensemble) -> list[str]:
    """Say what is left without values that are flagged as equal to another's."""
    table = site.result.approaches[reference]
    flags = table.get("flag", pd.Series("", index=table.index)).fillna("").astype(str)
    left = ensemble.without.set_index(["region", "approach"])
    said = []
    for row in table[flags.str.contains("identical_to_")].to_dict("records"):
        key = (row["region"], row["approach"])
        if key in left.index:
            found = left.loc[key]
            pairs = len(_pairs(str(found["different"])))
            verb = "differs" if pairs == 1 else "differ"
            said.append(
                f"without {_value_name(site, row)} {count(pairs, 'pair')} {verb} "
                f"(smallest p {p_text(float(found['smallest_p']))})"
            )
    if not said:
        return []
    return [f"The source's table has the same number twice: {listed(said)}."]


def _read(site: Site, reference: str, groups: list[Group]) -> tuple[str, ...]:
    most = max((len(group.models) for group in groups), default=0)
    known = site.result.references[reference]
    period = years(known.period)
    other = [
        one.label for group in groups for one in group.approaches if "(" in one.label
    ]
    said = [
        "Left is a sink, right a source; the grey band from \N{MINUS SIGN}10 to +10 is "
        "neutral. The "
        "thin box runs from the lowest to the highest approach, its line is the "
        "median.",
        "Regions that share a letter do not differ (Tukey and Kramer, "
        f"p ≥ {ALPHA:g}); letters start at the largest mean.",
    ]
    if most > FEW:
        said.append(
            "Where there are many, each tick is a model of this run, the grey bar "
            "their middle half and the star their median."
        )
    if any(0 < len(group.models) <= FEW for group in groups):
        said.append("Stars with a name below the box are models of this run.")
    if period and other:
        said.append(
            f"Approaches are means of {period}, except {listed(dict.fromkeys(other))}."
        )
    return tuple(said)


def p_matrix(site: Site, studio: Studio, found: Comparison) -> Grid:
    """Return the p of every pair of regions as a table.

    Parameters
    ----------
    site : Site
        Names of regions.
    studio : Studio
        Knows where data go.
    found : Comparison
        Of regions.

    Returns
    -------
    Grid
        Each pair once; p below 0.05 is marked.
    """
    regions = [id for id in site.region_ids if id in found.means]
    p = {
        frozenset((row["one"], row["other"])): float(row["p_value"])
        for row in found.pairs.to_dict("records")
    }
    lines = [
        Line(
            site.region_name(one),
            tuple(_p_cell(p, one, other, a < b) for b, other in enumerate(regions)),
            site.region_href(one) or "",
        )
        for a, one in enumerate(regions)
    ]
    table = found.pairs.assign(
        letters_one=found.pairs["one"].map(dict(found.letters)),
        letters_other=found.pairs["other"].map(dict(found.letters)),
    )
    return Grid(
        "p of the difference between two regions (Tukey and Kramer); marked below 0.05",
        "Region",
        tuple(site.region_name(id) for id in regions),
        tuple(lines),
        write_data(table, studio.folder, "ensemble-nee-pairs"),
        fold="The p of every pair behind the letters",
    )


def _p_cell(
    p: Mapping[frozenset[str], float], one: str, other: str, show: bool
) -> Cell:
    value = p.get(frozenset((one, other)))
    if not show or value is None:
        return Cell("")
    return Cell(p_text(value), value, kind="mark" if value < ALPHA else "")


def drop_one(site: Site, studio: Studio, ensemble: Ensemble) -> Grid:
    """Return what changes when single values are left out.

    Parameters
    ----------
    site : Site
        Names of regions.
    studio : Studio
        Knows where data go.
    ensemble : Ensemble
        What the approaches say.

    Returns
    -------
    Grid
        The values without which other pairs differ than with all of them.
    """
    every = {frozenset(pair) for pair in ensemble.regions.different()}
    table = ensemble.without.sort_values("smallest_p", ascending=False)
    lines = []
    for row in table.to_dict("records"):
        left = _pairs(row["different"])
        if {frozenset(pair) for pair in left} == every:
            continue
        names = [
            f"{site.region_name(one)} \N{EN DASH} {site.region_name(other)}"
            for one, other in left
        ]
        head = f"{site.region_name(row['region'])}, {approach_label(row['approach'])}"
        cells = (
            Cell(number(row["value"]), row["value"]),
            Cell(number(row["F"]), row["F"]),
            Cell(p_text(row["p_value"]), row["p_value"]),
            Cell(p_text(row["smallest_p"]), row["smallest_p"]),
            Cell("; ".join(names) or "none"),
        )
        lines.append(Line(head, cells))
    n = len(table)
    return Grid(
        f"Values without which the pairs that differ change: {len(lines)} of {n}",
        "Left out",
        ("its value", "F", "p", "smallest p of a pair", "pairs that still differ"),
        tuple(lines),
        write_data(ensemble.without, studio.folder, "ensemble-nee-without-one"),
        fold=f"What hangs on single values: {count(len(lines), 'value')} of {n} "
        "change which regions differ",
    )


def _pairs(text: str) -> list[tuple[str, str]]:
    found = (part.split(" - ") for part in text.split("; ") if part)
    return [(one, other) for one, other in found]

"""What the approaches to NEE say in words."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from benchmark.ensemble import Ensemble
from benchmark.ensemble.variance import ALPHA, Comparison
from benchmark.report.ensemble.names import approach_label, p_text
from benchmark.report.ensemble.section import (
    listed,
)
from benchmark.report.ensemble.single_values import pairs_of
from benchmark.report.figures.approaches import (
    FEW,
    Group,
)
from benchmark.report.numbers import count, number, years
from benchmark.report.site import Site


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


def explained(site: Site, reference: str, ensemble: Ensemble) -> tuple[str, ...]:
    """Return what was tested, with and without the models, and what copies do.

    Parameters
    ----------
    site : Site
        Names of regions.
    reference : str
        The reference with approaches.
    ensemble : Ensemble
        What they say.

    Returns
    -------
    tuple of str
    """
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
            pairs = len(pairs_of(str(found["different"])))
            verb = "differs" if pairs == 1 else "differ"
            said.append(
                f"without {_value_name(site, row)} {count(pairs, 'pair')} {verb} "
                f"(smallest p {p_text(float(found['smallest_p']))})"
            )
    if not said:
        return []
    return [f"The source's table has the same number twice: {listed(said)}."]


def reading(site: Site, reference: str, groups: list[Group]) -> tuple[str, ...]:
    """Say how the figure is read.

    Parameters
    ----------
    site : Site
        The run.
    reference : str
        The reference with approaches.
    groups : list of Group
        What the figure shows.

    Returns
    -------
    tuple of str
    """
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

"""Tables behind the letters: p of every pair, and what hangs on single values."""

from collections.abc import Mapping

from benchmark.ensemble import Ensemble
from benchmark.ensemble.variance import ALPHA, Comparison
from benchmark.report.drawing import Studio
from benchmark.report.ensemble.names import approach_label, p_text
from benchmark.report.ensemble.section import (
    Cell,
    Grid,
    Line,
    write_data,
)
from benchmark.report.numbers import count, number
from benchmark.report.site import Site


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
        left = pairs_of(row["different"])
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


def pairs_of(text: str) -> list[tuple[str, str]]:
    """Return the pairs that a row of `without_one` names.

    Examples
    --------
    >>> pairs_of("alaska - western_canada"), pairs_of("")
    ([('alaska', 'western_canada')], [])
    """
    found = (part.split(" - ") for part in text.split("; ") if part)
    return [(one, other) for one, other in found]

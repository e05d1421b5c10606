"""Between and within families, and what each family changes."""

import pandas as pd

from benchmark.ensemble import Ensemble
from benchmark.ensemble.families import family_variance
from benchmark.ensemble.leaving_out import without_family
from benchmark.report.drawing import Studio
from benchmark.report.ensemble.names import family_name, p_text
from benchmark.report.ensemble.section import (
    Cell,
    Grid,
    Line,
    Section,
    listed,
    write_data,
)
from benchmark.report.labels import sentence
from benchmark.report.numbers import number
from benchmark.report.site import Site

ID, TOPIC = "families", "Between and within families"


def families_section(site: Site, studio: Studio, ensemble: Ensemble | None) -> Section:
    """Return the section of families: variances, and one left out at a time.

    Parameters
    ----------
    site : Site
        The run.
    studio : Studio
        Knows where data go.
    ensemble : Ensemble or None
        What the approaches to NEE say, and the models.

    Returns
    -------
    Section
    """
    if ensemble is None:
        empty = "No reference of NEE in this run is made of three approaches or more."
        return Section(ID, TOPIC, empty=empty)
    variances = family_variance(ensemble.rows)
    models = (ensemble.rows["of"] == "model").any()
    who = "approaches and models of this run" if models else "approaches"
    return Section(
        ID,
        TOPIC,
        finding(site, variances),
        words=(f"NEE of the {who}, g C m⁻² yr⁻¹.",),
        read=(
            "Between: standard deviation of the families' means. Within: root of the "
            "mean "
            "variance inside families of two members or more. Families count alike.",
            "Leaving a family out shows what hangs on it: medians by region, and "
            "whether regions still differ. The models of this run count as one "
            "family there, by their mean.",
        ),
        cannot=(
            "Members of a family share code and forcing, so the spread within it is no "
            "measure of the uncertainty of that kind of estimate.",
        ),
        grids=(
            _variance_grid(site, studio, variances),
            _left_out(site, studio, ensemble.rows),
        ),
    )


def finding(site: Site, variances: pd.DataFrame) -> str:
    """Say in how many regions families differ more than their members.

    Parameters
    ----------
    site : Site
        Names.
    variances : DataFrame
        From `family_variance`.

    Returns
    -------
    str
    """
    known = variances[variances["ratio"].notna()]
    if known.empty:
        return "No family has two members in one region, so there is nothing within it"
    more = known[known["ratio"] > 1]
    text = (
        f"Families differ more than their members do in {len(more)} of {len(known)} "
        "regions"
    )
    if 0 < len(more) < len(known):
        names = listed((site.region_name(id) for id in more["region"]), 8)
        text += f": {names}"
    return text


def _variance_grid(site: Site, studio: Studio, variances: pd.DataFrame) -> Grid:
    lines = tuple(
        Line(
            site.region_name(row["region"]),
            tuple(
                Cell(
                    number(row[name]) if name not in WHOLE else str(row[name]),
                    row[name],
                )
                for name in ("families", "members", "between", "within", "ratio")
            ),
            site.region_href(row["region"]) or "",
        )
        for row in variances.to_dict("records")
    )
    return Grid(
        "Standard deviation between and within families, g C m⁻² yr⁻¹",
        "Region",
        ("families", "members", "between", "within", "ratio of variances"),
        lines,
        write_data(variances, studio.folder, "ensemble-family-variance"),
    )


WHOLE = ("families", "members")
MODELS = "models of this run"


def _left_out(site: Site, studio: Studio, rows: pd.DataFrame) -> Grid:
    table = without_family(_pooled(rows))
    regions = [id for id in site.region_ids if id in table.columns]
    lines = []
    for row in table.to_dict("records"):
        family = str(row["family"])
        pairs = [p for p in str(row["different"]).split("; ") if p]
        head = f"without {family_name(family)} ({row['members']})"
        cells = [
            Cell(number(row["F"]), row["F"]),
            Cell(p_text(row["p_value"]), row["p_value"]),
            Cell(str(len(pairs)), len(pairs), title=_named(site, pairs)),
        ]
        cells += [Cell(number(row[id]), row[id]) for id in regions]
        lines.append(Line(sentence(head) if family else "All families", tuple(cells)))
    names = tuple(site.region_name(id) for id in regions)
    return Grid(
        "Median NEE by region when a family is left out, g C m⁻² yr⁻¹",
        "Left out",
        ("F", "p", "pairs that differ", *names),
        tuple(lines),
        write_data(table, studio.folder, "ensemble-without-family"),
    )


def _pooled(rows: pd.DataFrame) -> pd.DataFrame:
    """Put the mean of the run's models in their place, as one more family."""
    models = rows[rows["of"] == "model"]
    mean = models.groupby("region", sort=False)["value"].mean().reset_index()
    ours = mean.assign(approach=MODELS, family=MODELS)
    return pd.concat([rows[rows["of"] != "model"], ours], ignore_index=True)


def _named(site: Site, pairs: list[str]) -> str:
    return "; ".join(
        " \N{EN DASH} ".join(site.region_name(id) for id in pair.split(" - "))
        for pair in pairs
    )

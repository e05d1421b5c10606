"""Sink, neutral or source: how many families say which; Fig. 6 of the paper."""

from collections.abc import Sequence

import pandas as pd

from benchmark.ensemble import Ensemble
from benchmark.report.drawing import Studio
from benchmark.report.ensemble.names import family_name
from benchmark.report.ensemble.section import Section, listed
from benchmark.report.figures.shares import COLOURS, Bar, Split, describe, draw_shares
from benchmark.report.numbers import count, percent
from benchmark.report.site import Site

ID, TOPIC = "agreement", "Sink, neutral or source"
OF = {"reference": "approaches", "with_models": "with the models"}
WEIGHT = (
    "Every family counts the same, however many members it has: a family's share of "
    "sinks is taken first, then the mean over families. A sink is below "
    "\N{MINUS SIGN}10, a source "
    "above +10 g C m⁻² yr⁻¹."
)


def agreement_section(site: Site, studio: Studio, ensemble: Ensemble | None) -> Section:
    """Return the section of regional shares, and draw its figure.

    Parameters
    ----------
    site : Site
        The run.
    studio : Studio
        Knows where figures go.
    ensemble : Ensemble or None
        What the approaches to NEE say.

    Returns
    -------
    Section
    """
    if ensemble is None or ensemble.classes is None:
        empty = "No reference of NEE in this run is made of three approaches or more."
        return Section(ID, TOPIC, empty=empty)
    bars = class_bars(site, ensemble.classes)
    words = (finding(site, ensemble.classes), describe(bars))
    twin = draw_shares(bars, words, studio.folder, "ensemble-classes")
    return Section(
        ID,
        TOPIC,
        words[0],
        words=(_families(ensemble),),
        read=(
            WEIGHT,
            "The upper bar of a region is of the approaches alone, the lower one has "
            "the "
            "models of this run counted with their families."
            if any(len(bar.splits) > 1 for bar in bars)
            else "One bar a region: the approaches of the reference.",
        ),
        cannot=(
            "The source paper's Fig. 6 counts three families, without in-situ means; "
            "here "
            "every family of the table counts, in-situ means where there are any.",
            "A family of one member can only say 0 or 100 %. How sure a member is does "
            "not enter: \N{MINUS SIGN}11 and \N{MINUS SIGN}60 are both sinks. The "
            "intervals in the data draw "
            "members anew within their families; they are a lower bound.",
        ),
        twins=(twin,),
    )


def class_bars(site: Site, classes: pd.DataFrame) -> list[Bar]:
    """Return a bar for each region, with a split for each choice of members."""
    bars = []
    for region in dict.fromkeys(classes["region"]):
        here = classes[classes["region"] == region]
        splits = []
        for of, name in OF.items():
            mine = here[here["of"] == of].set_index("class")
            if len(mine):
                kinds = list(COLOURS)
                splits.append(
                    Split(
                        name,
                        {kind: float(mine.loc[kind, "probability"]) for kind in kinds},
                        {
                            kind: (
                                float(mine.loc[kind, "low"]),
                                float(mine.loc[kind, "high"]),
                            )
                            for kind in kinds
                        },
                    )
                )
        bars.append(Bar(site.region_name(region), tuple(splits)))
    return bars


def finding(site: Site, classes: pd.DataFrame) -> str:
    """Say in how many regions the families agree, and where the models change it.

    Parameters
    ----------
    site : Site
        Names of regions.
    classes : DataFrame
        Of an `Ensemble`.

    Returns
    -------
    str
    """
    alone = majorities(classes, "reference")
    sinks = [id for id, kind in alone.items() if kind == "sink"]
    split = [id for id, kind in alone.items() if not kind]
    text = f"Most families see a sink in {len(sinks)} of {count(len(alone), 'region')}"
    if split:
        text += f"; no class has a majority in {_names(site, split)}"
    both = majorities(classes, "with_models")
    turned = [id for id in both if both[id] != alone.get(id)]
    if turned:
        text += f"; the models change the majority in {_names(site, turned)}"
    return text


def majorities(classes: pd.DataFrame, of: str) -> dict[str, str]:
    """Return the class with more than half of the families; empty where none."""
    mine = classes[classes["of"] == of]
    found = {}
    for region, here in mine.groupby("region", sort=False):
        more = here.loc[here["probability"] > 0.5, "class"]
        found[str(region)] = str(more.iloc[0]) if len(more) else ""
    return found


def _names(site: Site, ids: Sequence[str]) -> str:
    return listed((site.region_name(id) for id in ids), 8)


def _families(ensemble: Ensemble) -> str:
    rows = ensemble.rows
    parts = []
    for of, name in (("reference", "approaches"), ("model", "models of this run")):
        mine = rows[rows["of"] == of].drop_duplicates("approach")
        counts = mine["family"].value_counts()
        if len(counts):
            said = listed(
                (f"{family_name(str(k))} ({n})" for k, n in counts.items()), 9
            )
            parts.append(f"{name}: {said}")
    return f"Families and their members: {'; '.join(parts)}."


def agreed(classes: pd.DataFrame, of: str) -> str:
    """Return the mean probability of the likeliest class, as a percentage."""
    mine = classes[classes["of"] == of]
    return percent(float(mine.groupby("region")["probability"].max().mean()))

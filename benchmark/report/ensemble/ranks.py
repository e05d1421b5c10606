"""Where the references stand among the models, and how far models scatter."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from benchmark.report import labels
from benchmark.report.drawing import Studio
from benchmark.report.ensemble.levels import Levels, all_levels
from benchmark.report.ensemble.section import (
    Cell,
    Grid,
    Line,
    Section,
    listed,
    write_data,
)
from benchmark.report.figures.ranks import BINS, draw_ranks
from benchmark.report.numbers import count
from benchmark.report.site import Site

ID, TOPIC = "ranks", "Rank of the references among the models"
PLURAL = "references and regions"
FEWEST = 3  # models, of which one rank is taken


def ranks_section(site: Site, studio: Studio) -> Section:
    """Return the section of rank histograms, and draw them.

    Parameters
    ----------
    site : Site
        The run.
    studio : Studio
        Knows where figures go.

    Returns
    -------
    Section
    """
    table = rank_table(all_levels(site))
    if table.empty:
        empty = (
            f"A rank needs {FEWEST} models or more in one region against one reference."
        )
        return Section(ID, TOPIC, empty=empty)
    pictures, said = [], []
    for variable, rows in table.groupby("variable", sort=False):
        shares = histogram(rows)
        name = labels.sentence(labels.short(str(variable)))
        title = f"{name}: {count(len(rows), 'reference and region', PLURAL)}"
        said.append(reading(name, shares))
        alt = f"{title}. {said[-1]} Ranks from below to above: {_listed(shares)}."
        pictures.append(
            draw_ranks(
                shares,
                title,
                alt,
                rows,
                studio.folder,
                f"ensemble-ranks-{str(variable).lower()}",
            )
        )
    return Section(
        ID,
        TOPIC,
        finding(table),
        words=(PLAIN, " ".join(said)),
        read=READ,
        cannot=CANNOT,
        pictures=tuple(pictures),
        grids=(_grid(site, studio, table),),
    )


READ = (
    "Each region of each reference is ranked among the models and falls in one "
    "of five bins. The line is what equal bins would be.",
)
CANNOT = (
    "References of one variable, and neighbouring regions, are not "
    "independent, "
    "so bins can differ by chance more than their number suggests. The "
    "uncertainty of references widens the outer bins too.",
)
CALM = "the references stand among the models as one more would"
MIDDLE = 0.62  # of the way up from below all models to above all

PLAIN = (
    "Flat bins mean that the references could be one more model: the spread of the "
    "ensemble is credible. High outer bins mean that the models agree with each other "
    "more "
    "than with the references, or are biased together; a hump in the middle means that "
    "they scatter more than they miss."
)


def _listed(shares: Sequence[float]) -> str:
    return ", ".join(f"{share:.1f}" for share in shares)


def rank_table(levels: Sequence[Levels]) -> pd.DataFrame:
    """Return the rank of each reference and region among the models.

    Parameters
    ----------
    levels : sequence of Levels
        Of all references.

    Returns
    -------
    DataFrame
        Columns variable, reference, region, models, below (models below the
        reference; a tie counts one half) and rank, from 0 below all to 1
        above all. A model is compared with the reference without its family.
    """
    rows = []
    for one in levels:
        for region in one.regions:
            values = one.of_region(region)
            if len(values) < FEWEST:
                continue
            gaps = np.array(
                [one.against[name, region] - v for name, v in values.items()]
            )
            below = float((gaps > 0).sum() + 0.5 * (gaps == 0).sum())
            rank = below / len(values)
            rows.append((one.variable, one.reference, region, len(values), below, rank))
    columns = ["variable", "reference", "region", "models", "below", "rank"]
    return pd.DataFrame(rows, columns=columns)


def histogram(table: pd.DataFrame) -> list[float]:
    """Return how many ranks fall in each fifth, a rank spread over its place.

    A reference between the k-th and the next of n models lies anywhere in
    k/(n+1) to (k+1)/(n+1), so few models do not favour single bins.

    Examples
    --------
    >>> histogram(pd.DataFrame({"below": [0.0, 4.0], "models": [4, 4]}))
    [1.0, 0.0, 0.0, 0.0, 1.0]
    """
    edges = np.linspace(0, 1, BINS + 1)
    total = np.zeros(BINS)
    for below, n in zip(table["below"], table["models"], strict=True):
        low, high = below / (n + 1), (below + 1) / (n + 1)
        inside = np.minimum(edges[1:], high) - np.maximum(edges[:-1], low)
        total += np.clip(inside, 0, None) / (high - low)
    return [float(round(x, 6)) for x in total]


def reading(name: str, shares: Sequence[float]) -> str:
    """Say in plain words what a histogram shows.

    Examples
    --------
    >>> reading("GPP", [0, 0, 1, 1, 8])
    'GPP: the models are mostly below the references, which lie 84 % of the way up.'
    >>> reading("NEE", [2, 2, 2, 2, 2])
    'NEE: the references stand among the models as one more would.'
    """
    total = sum(shares)
    outer = (shares[0] + shares[-1]) / total
    middle = sum((i + 0.5) / BINS * share for i, share in enumerate(shares)) / total
    side = "below" if middle > MIDDLE else "above" if middle < 1 - MIDDLE else ""
    if side:
        what = (
            f"the models are mostly {side} the references, which lie "
            f"{100 * middle:.0f} % of the way up"
        )
    elif outer >= 0.6:
        what = (
            f"{100 * outer:.0f} % of the references lie in the outer fifths: the "
            "models "
            "agree too well with each other"
        )
    elif outer <= 0.2:
        what = (
            f"only {100 * outer:.0f} % of the references lie in the outer fifths: the "
            "models scatter more than they miss"
        )
    else:
        what = CALM
    return f"{name}: {what}."


def finding(table: pd.DataFrame) -> str:
    """Say for which variables the references are unlike one more model.

    Parameters
    ----------
    table : DataFrame
        From `rank_table`.

    Returns
    -------
    str
    """
    said = {
        labels.short(str(id)): reading("", histogram(rows)).strip(": .")
        for id, rows in table.groupby("variable", sort=False)
    }
    odd = [name for name, text in said.items() if text != CALM]
    calm = [name for name, text in said.items() if text == CALM]
    if not odd:
        return f"In {listed(calm, 9)} {CALM}"
    groups = {
        word: [name for name in odd if f"mostly {word}" in said[name]]
        for word in ("below", "above")
    }
    parts = [
        f"{word} the references in {listed(names, 9)}"
        for word, names in groups.items()
        if names
    ]
    left = [name for name in odd if not any(name in held for held in groups.values())]
    text = f"The models are mostly {' and '.join(parts)}" if parts else ""
    if left:
        more = f"their spread is off in {listed(left, 9)}"
        text = f"{text}; {more}" if text else labels.sentence(more)
    if calm:
        text += f"; the spread of {listed(calm, 9)} is credible"
    return text


def _grid(site: Site, studio: Studio, table: pd.DataFrame) -> Grid:
    lines = []
    for row in table.to_dict("records"):
        cells = (
            Cell(site.reference_label(row["reference"])),
            Cell(site.region_name(row["region"])),
            Cell(str(row["models"]), row["models"]),
            Cell(f"{row['below']:g}", row["below"]),
        )
        lines.append(Line(labels.sentence(labels.short(row["variable"])), cells))
    return Grid(
        "Models below each reference in each region",
        "Variable",
        ("reference", "region", "models", "models below it"),
        tuple(lines),
        write_data(table, studio.folder, "ensemble-ranks"),
        fold=f"Every rank: {count(len(lines), 'reference and region', PLURAL)}",
    )

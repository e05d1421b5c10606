"""Portrait diagrams: how far each model is off in each region."""

import math
from collections.abc import Sequence

import numpy as np
import pandas as pd

from benchmark.report import labels
from benchmark.report.colour import ramp
from benchmark.report.drawing import Studio
from benchmark.report.ensemble.levels import Levels, all_levels, broadest
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

ID, TOPIC = "portrait", "Errors by model and region"
ERROR_MAP, STEPS = "PuOr_r", 21
FURTHEST_RATIO = 4.0  # colours end at a quarter and at four times
FURTHEST_NEE = 50.0  # g C m-2 yr-1
ENDS = {
    "nee": ("\N{MINUS SIGN}50: stronger sink", "right", "+50: weaker sink or source"),
    "": ("a quarter", "right", "four times"),
}
MOST = 0.75  # of the models on one side: they err together
FEWEST = 3  # models of which that can be said


def portrait_section(site: Site, studio: Studio) -> Section:
    """Return the section of portraits: one table of errors for each variable.

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
    found = broadest(site, all_levels(site, domains=True))
    kept = [one for one in found.values() if len(one.regions) > 1]
    if not kept:
        empty = "No reference of this run has values of models in two regions or more."
        return Section(ID, TOPIC, empty=empty)
    kept.sort(key=lambda one: -len(one.model))
    grids = tuple(
        _grid(site, studio, one, fold=place > 0) for place, one in enumerate(kept)
    )
    return Section(
        ID,
        TOPIC,
        finding(site, kept[0]),
        words=tuple(together(site, one) for one in kept[1:]),
        read=(
            "Orange is above the reference, purple below; white is right. Colours are "
            "absolute: ratios end at ¼ and 4, NEE and other net fluxes at ±50 "
            "g C m⁻² yr⁻¹, whoever else is in the run.",
            "A model's reference leaves out the model's own family.",
        ),
        cannot=(
            "An error here is from the middle of the reference, whose own range is on "
            "the "
            "model and region pages: a colour may lie within it.",
        ),
        grids=grids,
    )


def error(variable: str, value: float, reference: float) -> tuple[float, float, str]:
    """Return an error, its place on the colours (-1 to 1) and how it is written.

    Parameters
    ----------
    variable : str
        Its id: net fluxes have differences, the rest ratios.
    value, reference : float
        In one unit.

    Returns
    -------
    error, place : float
    text : str

    Examples
    --------
    >>> error("gpp", 200.0, 400.0), error("nee", -10.0, -30.0)
    ((0.5, -0.5, '\N{MULTIPLICATION SIGN}0.50'), (20.0, 0.4, '+20.0'))
    """
    if variable in {"nee", "nbe"}:
        gap = value - reference
        sign = "+" if gap > 0 else ""
        place = float(np.clip(gap / FURTHEST_NEE, -1, 1))
        return gap, place, f"{sign}{number(gap)}"
    if value <= 0 or reference <= 0:
        return math.nan, 0.0, "\N{EN DASH}"
    ratio = value / reference
    place = float(np.clip(math.log(ratio) / math.log(FURTHEST_RATIO), -1, 1))
    return ratio, place, f"\N{MULTIPLICATION SIGN}{number(ratio, 2)}"


def _colour(place: float) -> str:
    return ramp(ERROR_MAP, STEPS)[round((place + 1) / 2 * (STEPS - 1))]


def _grid(site: Site, studio: Studio, one: Levels, *, fold: bool) -> Grid:
    lines, rows = [], []
    for model in [name for name in site.matrix.models if name in one.models]:
        cells = []
        for region in one.regions:
            pair = (model, region)
            if pair not in one.model:
                cells.append(Cell("\N{EN DASH}", title="no value of the whole region"))
                continue
            value, reference = one.model[pair], one.against[pair]
            gap, place, text = error(one.variable, value, reference)
            title = (
                f"{model}, {site.region_name(region)}: {number(value)}, reference "
                f"{number(reference)} {one.unit}"
            )
            cells.append(
                Cell(text, gap, "" if math.isnan(gap) else _colour(place), title)
            )
            rows.append((model, region, value, reference, gap, one.unit))
        lines.append(Line(model, tuple(cells), site.model_href(model)))
    columns = ["model", "region", "value", "reference", "error", "units"]
    slug = site.reference_slug[one.reference]
    what = labels.sentence(labels.short(one.variable))
    how = f"difference, {one.unit}" if one.variable in {"nee", "nbe"} else "ratio"
    caption = f"{what} against {site.reference_label(one.reference)}: {how}"
    return Grid(
        caption,
        "Model",
        tuple(site.region_name(id) for id in one.regions),
        tuple(lines),
        write_data(
            pd.DataFrame(rows, columns=columns),
            studio.folder,
            f"ensemble-errors-{slug}",
        ),
        fold=caption if fold else "",
        kind="matrix",
        scale=ENDS["nee" if one.variable in {"nee", "nbe"} else ""],
    )


def sides(one: Levels) -> dict[str, tuple[int, int]]:
    """Return how many models are above the reference, and how many there are."""
    found: dict[str, tuple[int, int]] = {}
    for (model, region), value in one.model.items():
        above, n = found.get(region, (0, 0))
        found[region] = (above + (value > one.against[model, region]), n + 1)
    return found


def finding(site: Site, one: Levels) -> str:
    """Say in how many regions the models err to the same side.

    Parameters
    ----------
    site : Site
        Names.
    one : Levels
        Of one variable.

    Returns
    -------
    str
    """
    text = together(site, one)
    return text.rstrip(".")


def together(site: Site, one: Levels) -> str:
    """Say where three quarters of the models or more are on one side."""
    what = labels.sentence(labels.short(one.variable))
    reference = site.reference_label(one.reference)
    every = sides(one)
    found = {r: s for r, s in every.items() if s[1] >= FEWEST}
    words = ("too high", "too low")
    if one.variable in {"nee", "nbe"}:
        words = ("too weak a sink", "too strong a sink")
    if not found:
        above = sum(k for k, _ in every.values())
        who = one.models[0] if len(one.models) == 1 else "the models together"
        return (
            f"{what} against {reference}: {who}, {words[0]} in {above} of "
            f"{len(one.model)} values."
        )
    high = [r for r, (above, n) in found.items() if above >= MOST * n]
    low = [r for r, (above, n) in found.items() if above <= (1 - MOST) * n]
    parts = [
        f"{word} in {_names(site, ids)}"
        for word, ids in zip(words, (high, low), strict=True)
        if ids
    ]
    if not parts:
        return f"{what} against {reference}: the models err to both sides everywhere."
    return f"{what} against {reference}: most models are {' and '.join(parts)}."


def _names(site: Site, ids: Sequence[str]) -> str:
    return listed((site.place(id) for id in ids), 4)

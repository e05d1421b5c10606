"""What a benchmark's page draws of all models together."""

from dataclasses import dataclass

import numpy as np

from benchmark.report import labels
from benchmark.report.benchmark_pages.scoring import compares_levels
from benchmark.report.drawing import Studio, figure_name, unit_of
from benchmark.report.figures.canvas import Picture
from benchmark.report.figures.maps import draw_difference, drawn_part
from benchmark.report.figures.models_by_region import (
    ModelsByRegion,
    Place,
    draw_models,
)
from benchmark.report.figures.scale import Scale, difference_scale
from benchmark.report.numbers import unit
from benchmark.report.rows import Row, group_by
from benchmark.report.site import Site


@dataclass(frozen=True)
class Differences:
    """Small maps of every model's difference, on one scale."""

    maps: tuple[tuple[str, Picture], ...]
    scale: Scale
    unit: str
    lines: str


def draw_all_models(studio: Studio, reference: str) -> list[Picture]:
    """Draw what all models have by region, upon what the reference has.

    Parameters
    ----------
    studio : Studio
        Draws for the report.
    reference : str
        Id of the reference.

    Returns
    -------
    list of Picture
        A figure for each quantity; none where the metrics compare no quantity.
    """
    site = studio.site
    rows = [row for row in site.by_reference.get(reference, []) if _has_value(row)]
    figures: list[ModelsByRegion] = []
    for (metric, units), group in group_by(rows, "metric", "units").items():
        shown = unit(units, group[0].mass_basis or "C")
        if any(figure.unit == shown for figure in figures):
            continue  # the same quantity by another metric
        name = labels.short(group[0].variable)
        what = name if group[0].is_level else labels.metric(metric)
        figure = ModelsByRegion(
            title=f"{labels.sentence(what)} of {_models(group)}{_limit(group)}",
            variable=group[0].variable if group[0].is_level else "",
            unit=shown,
            places=_places(site, group),
        )
        figures.append(figure)
    slug = site.reference_slug[reference]
    return [
        draw_models(one, studio.folder, f"models-{slug}--{figure_name(one.title)}")
        for one in figures
    ]


def draw_differences(studio: Studio, reference: str) -> Differences | None:
    """Draw a small map of each model's difference to a gridded reference.

    Parameters
    ----------
    studio : Studio
        Draws for the report.
    reference : str
        Id of the reference.

    Returns
    -------
    Differences or None
        None without maps.
    """
    site, projection = studio.site, studio.projection(reference)
    found = {}
    for model in site.matrix.models:
        evidence = site.result.evidence.get((model, reference))
        if evidence is not None and evidence.maps is not None:
            part = drawn_part(evidence.maps, projection)
            if np.isfinite(part["difference"].values).any():
                found[model] = part
    if not found:
        return None
    fields = [np.asarray(maps["difference"].values, float) for maps in found.values()]
    scale = difference_scale(fields)
    shown = unit_of(next(iter(found.values())), studio.variable(reference))
    drawn = tuple(
        (
            model,
            draw_difference(
                maps,
                scale,
                shown,
                model,
                studio.coast,
                studio.folder,
                f"map-{site.pair_slug(model, reference)}",
                projection,
            ),
        )
        for model, maps in found.items()
    )
    return Differences(drawn, scale, shown, studio.lines(reference))


def _has_value(row: Row) -> bool:
    if row.status != "scored" or "bias" in row.metric or not row.region:
        return False
    known = row.reference_middle is not None and row.value is not None
    return row.is_level or (known and compares_levels(row.metric))


def _value(row: Row) -> float:
    return (row.level if row.is_level else row.value) or 0.0


def _models(rows: list[Row]) -> str:
    n = len({row.model for row in rows})
    return f"{n} models" if n > 1 else rows[0].model


def _places(site: Site, rows: list[Row]) -> list[Place]:
    groups = group_by(rows, "region")
    order = [id for id in site.region_ids if id in groups]
    regional = [id for id in order if "domain" not in id]
    # A total of all regions would dwarf each of them.
    if len(regional) > 1 and "m-2" not in rows[0].units:
        order = regional
    # The suffix of the set is said once, in the title, where all have it.
    name = site.region_name if _unlimited(rows) else site.region_label
    return [_place(site, name(id), groups[id]) for id in order]


def _unlimited(rows: list[Row]) -> bool:
    return all(labels.unlimited(row.region) for row in rows)


def _limit(rows: list[Row]) -> str:
    return f" {labels.NO_LIMIT}" if _unlimited(rows) else ""


def _place(site: Site, name: str, rows: list[Row]) -> Place:
    families = {name: about.family for name, about in site.result.models.items()}
    known = [row for row in rows if row.reference_low is not None]
    # Rows of a model's own family have a range without it: take the common one.
    about = max(known or rows, key=lambda row: _width(row))
    low, high = about.reference_low, about.reference_high
    return Place(
        region=name,
        models=tuple(
            (row.model, families.get(row.model, ""), _value(row)) for row in rows
        ),
        middle=about.reference_value,
        band=None if low is None or high is None else (low, high),
    )


def _width(row: Row) -> float:
    if row.reference_low is None or row.reference_high is None:
        return 0.0
    return row.reference_high - row.reference_low

"""What stands in the figures of regional values: which rows share an axis."""

from collections.abc import Iterable

import numpy as np

from benchmark.regions.site_classes import is_class
from benchmark.report import labels
from benchmark.report.figures.regional_bars import Bars, Line, Mark
from benchmark.report.marks import best, model_marks, reference_marks, spread
from benchmark.report.numbers import percent, unit
from benchmark.report.rows import Row, group_by
from benchmark.report.site import Site

BASIS = "C"
PART = "part of the region"
# Amounts of a season do not stand beside those of the year.
PART_OF_YEAR = frozenset({"cold_season_amount"})


def model_bars(site: Site, model: str, variable: str) -> dict[str, Bars]:
    """Lay out a model's regional values upon every reference of a variable.

    Parameters
    ----------
    site : Site
        The run.
    model, variable : str
        What to show.

    Returns
    -------
    dict of str to Bars
        Names of figures to figures. Regions with and without the permafrost
        limit are different places, and totals and means different
        quantities: a figure for each. A region of which a map and the model
        share only a part is told so, and then has the numbers of one pair.
    """
    figures = {}
    every = [row for row in site.by_model[model] if row.variable == variable]
    for (place, units), rows in _by_axis(site, every).items():
        groups = group_by(rows, "region")
        regions = [id for id in site.region_ids if id in groups]
        if "m-2" not in units:  # a total of all regions would dwarf each of them
            regions = [id for id in regions if "domain" not in id]
        if len(regions) < 2:
            continue
        name = f"regions {site.model_slug[model]} {variable} {place} {units}"
        figures[name] = Bars(
            title=f"{labels.sentence(labels.short(variable))}, {place}",
            variable=variable,
            unit=unit(units, rows[0].mass_basis or BASIS),
            lines=[model_line(site, model, groups[region]) for region in regions],
            hrefs={
                site.region_name(id): href
                for id in regions
                if (href := site.region_href(id))
            },
        )
    return figures


def region_bars(site: Site, region: str, variable: str) -> dict[str, Bars]:
    """Lay out a variable of one region: approaches, references, models.

    Parameters
    ----------
    site : Site
        The run.
    region, variable : str
        What to show.

    Returns
    -------
    dict of str to Bars
        Names of figures to figures. Numbers of the whole region share a
        figure; those of the part that a map and a model share stand in
        another, each pair on a line of its own, for no two parts are alike.
    """
    figures = {}
    here = site.by_region.get(region, [])
    every = [row for row in here if row.variable == variable]
    for (_, units), rows in _by_axis(site, every).items():
        title = f"{_heading(variable)} in {site.place(region)}"
        shown = unit(units, rows[0].mass_basis or BASIS)
        name = f"region {region} {variable} {units}"
        full = [row for row in rows if row.whole]
        if full:
            marks = reference_marks(site, full, region)
            low, high, median = spread(marks)
            shows = high > low and _one_depth(site, full)
            marks += model_marks(site, full)
            figures[name] = Bars(
                title=title,
                variable=variable,
                unit=shown,
                lines=[Line(mark.label, (mark,)) for mark in marks],
                band=(low, high) if shows else None,
                median=median if shows else None,
                neutral=(-10.0, 10.0) if variable == "nee" and "m-2" in units else None,
                hrefs={name: site.model_href(name) for name in site.matrix.models},
            )
        pairs = group_by(
            (row for row in rows if not row.whole), "reference", "model"
        ).values()
        if pairs:
            lines = [_pair_line(site, best(pair)) for pair in pairs]
            figures[f"{name} part"] = Bars(f"{title}, {PART}", variable, shown, lines)
    return figures


def _one_depth(site: Site, rows: Iterable[Row]) -> bool:
    """Whether references are of one soil depth, so that a range means much."""
    known = site.result.references
    ids = {row.reference for row in rows}
    return len({known[id].data.depth for id in ids if id in known}) <= 1


def _pair_line(site: Site, row: Row) -> Line:
    reference = site.reference_label(row.reference)
    (model,) = model_marks(site, [row])
    return Line(
        label=f"{row.model}, {percent(row.coverage or 0.0)} of\n{reference}",
        marks=(*reference_marks(site, [row], row.region), model),
    )


def model_line(site: Site, model: str, rows: list[Row]) -> Line:
    """Lay out one region of a model: the references that were scored, and it.

    Parameters
    ----------
    site : Site
        The run.
    model : str
        Its name.
    rows : list of Row
        Its levels in one region and one unit.

    Returns
    -------
    Line
    """
    full = [row for row in rows if row.whole]
    own = best(full or rows)
    rows = full or [own]
    marks = [
        Mark(mark.label, mark.family, mark.value)
        for mark in reference_marks(site, rows, own.region)
    ]
    # The rows say what the scores used: a model's own family is not in it.
    values = [x for r in rows if (x := r.reference_middle) is not None]
    ranges = [
        x for r in rows for x in (r.reference_low, r.reference_high) if x is not None
    ]
    both = ranges or values
    marks.append(Mark(model, "process_based", own.level or 0.0, bold=True))
    name = site.region_name(own.region)
    return Line(
        label=name if full else f"{name} ({percent(own.coverage or 0.0)} of it)",
        marks=tuple(marks),
        band=(min(both), max(both)) if len(set(both)) > 1 else None,
        median=float(np.median(values)) if len(values) > 1 else None,
    )


def _by_axis(site: Site, rows: Iterable[Row]) -> dict[tuple[str, str], list[Row]]:
    """Group levels by kind of region and unit, so that a group shares an axis."""
    found: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        if row.is_level and row.metric not in PART_OF_YEAR:
            limit = limit_of(site, row.region)
            place = f"regions {limit}" if limit else "by region"
            if is_class(row.region):
                place = "by class of site"
            found.setdefault((place, row.units), []).append(row)
    return found


def limit_of(site: Site, id: str) -> str:
    """Say whether a region ends at the permafrost; empty for a user's own.

    The regions of the paper are different places with and without the limit.
    """
    if labels.unlimited(id):
        return "without a permafrost limit"
    known = site.result.regions.get(id)
    domain = "permafrost_domain"
    inside = id == domain or (known is not None and known.part_of == domain)
    return "within the permafrost limit" if inside else ""


def _heading(variable: str) -> str:
    name = labels.sentence(labels.short(variable))
    return f"Annual {labels.short(variable)}" if variable in labels.FLUXES else name

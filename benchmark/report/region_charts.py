"""Figures of one region: soil carbon by depth, methane by class of wetland."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pandas as pd

from benchmark.report import labels
from benchmark.report.figures.regional_bars import Bars, Line, Mark
from benchmark.report.marks import best, model_marks
from benchmark.report.numbers import unit
from benchmark.report.rows import Row, group_by
from benchmark.report.site import Site

CLASSES = (
    *("marsh", "fen", "bog", "permafrost_wetland", "permafrost_bog"),
    *("boreal_forest", "upland_tundra"),
)
FEW = 3
Layer = tuple[float, float]  # m


def soil_depths(site: Site, region: str, rows: Iterable[Row]) -> Bars | None:
    """Lay soil carbon out by depth: references and models, a row per layer.

    Parameters
    ----------
    site : Site
        Tells the depths of the references.
    region : str
        Id of the region.
    rows : iterable of Row
        Its rows.

    Returns
    -------
    Bars or None
        Layers that no reference gives are made of two references of one
        source: 1 to 2 m is 0 to 2 m less 0 to 1 m, of reference and model
        alike. A model without layers has one stock at every depth, and nothing
        in a difference. None without soil carbon.
    """
    found = [row for row in rows if _is_stock(site, row)]
    if not found:
        return None
    shares = group_by(found, "units")
    units = max(
        shares, key=lambda name: (len({r.reference for r in shares[name]}), name)
    )
    layers: dict[Layer, list[Row]] = {}
    for row in shares[units]:
        layers.setdefault(_layer(site, row.reference), []).append(row)
    lines = {layer: _line(site, layer, group) for layer, group in layers.items()}
    for layer, line in _differences(site, layers).items():
        lines.setdefault(layer, line)
    return Bars(
        title=f"Soil carbon in {site.place(region)}, by depth",
        variable="cSoil",
        unit=unit(units, "C"),
        lines=[lines[layer] for layer in sorted(lines)],
    )


def _is_stock(site: Site, row: Row) -> bool:
    known = site.result.references.get(row.reference)
    stock = row.variable == "cSoil" and row.is_level and row.whole
    layered = known is not None and isinstance(known.data.depth, tuple)
    return stock and layered and row.status == "scored"


def _layer(site: Site, reference: str) -> Layer:
    depth = site.result.references[reference].data.depth
    return depth if isinstance(depth, tuple) else (0.0, 0.0)


def _name(layer: Layer) -> str:
    return f"{layer[0]:g} to {layer[1]:g} m"


def _line(site: Site, layer: Layer, rows: list[Row]) -> Line:
    marks = []
    for reference, group in group_by(rows, "reference").items():
        row = best(group)
        marks.append(
            Mark(
                site.reference_label(reference),
                "mapping",
                row.reference_value,
                row.reference_low,
                row.reference_high,
            )
        )
    return Line(_name(layer), (*marks, *_models(site, rows)))


def _models(site: Site, rows: list[Row]) -> list[Mark]:
    """Return the marks of models; so many in one row are no stars."""
    marks = model_marks(site, rows)
    return marks if len(marks) <= FEW else [replace(mark, bold=False) for mark in marks]


def _differences(site: Site, layers: dict[Layer, list[Row]]) -> dict[Layer, Line]:
    """Return the layers between two depths of one source."""
    made: dict[Layer, Line] = {}
    tops = sorted(layer for layer in layers if layer[0] == 0)
    for upper, lower in pairwise(tops):
        for source in dict.fromkeys(_source(site, row) for row in layers[lower]):
            line = _difference(site, source, (upper, lower), layers)
            if line is not None:
                made.setdefault((upper[1], lower[1]), line)
    return made


def _source(site: Site, row: Row) -> str:
    return site.result.references[row.reference].doi or row.reference


def _difference(
    site: Site, source: str, pair: tuple[Layer, Layer], layers: dict[Layer, list[Row]]
) -> Line | None:
    above, both = (
        {row.model: row for row in layers[layer] if _source(site, row) == source}
        for layer in pair
    )
    shared = [model for model in site.matrix.models if model in above and model in both]
    middles = [
        (whole, part)
        for model in shared
        if (whole := both[model].reference_value) is not None
        and (part := above[model].reference_value) is not None
    ]
    if not middles:
        return None
    label = site.reference_label(both[shared[0]].reference)
    marks = [
        Mark(f"{label} less its upper part", "mapping", middles[0][0] - middles[0][1])
    ]
    own = {mark.label: mark for mark in _models(site, list(both.values()))}
    for model in shared:
        less = (both[model].level or 0.0) - (above[model].level or 0.0)
        if less:
            marks.append(replace(own[model], value=less))
    return Line(_name((pair[0][1], pair[1][1])), tuple(marks))


def wetland_classes(
    site: Site, region: str, rows: Iterable[Row], tables: Sequence[pd.DataFrame]
) -> Bars | None:
    """Lay methane of sites out by class of wetland, with the models' density.

    Parameters
    ----------
    site : Site
        The run.
    region : str
        Id of the region.
    rows : iterable of Row
        Its rows: those of `ch4_density` are the models'.
    tables : sequence of DataFrame
        Sites of the region, columns ``site_class`` and ``value``.

    Returns
    -------
    Bars or None
        A row for each class in the order of the source paper, wet to dry, with
        the middle half of the sites as its band; logarithmic, so that sites
        that take methane up are counted in the label and not drawn. None
        without sites.
    """
    sites = pd.concat(tables) if tables else pd.DataFrame()
    if not len(sites):
        return None
    kinds = [*CLASSES, *sorted(set(sites["site_class"].fillna("")) - set(CLASSES))]
    lines = []
    for kind in kinds:
        values = sites.loc[sites["site_class"].fillna("") == kind, "value"].dropna()
        if len(values):
            lines.append(_class_line(kind, values.to_numpy(float)))
    models = _models(
        site, [r for r in rows if r.metric == "ch4_density" and r.is_level]
    )
    if models:
        lines.append(Line("models, all wetlands", tuple(models)))
    return Bars(
        title=f"CH₄ of sites in {site.place(region)}, by class of wetland",
        variable="ch4",
        unit=unit("g m-2 yr-1", "CH4") + ", per wetland area",
        lines=lines,
        log=True,
    )


def _class_line(kind: str, values: np.ndarray) -> Line:
    above = values[values > 0]
    name = labels.sentence(kind.replace("_", " ") or "class not given")
    taken = len(values) - len(above)
    label = f"{name} (n={len(values)}{f', {taken} not above 0' if taken else ''})"
    marks = tuple(Mark("site", "in_situ", float(x)) for x in above)
    if len(above) < 2:
        return Line(label, marks)
    low, middle, high = np.quantile(above, [0.25, 0.5, 0.75])
    return Line(label, marks, (float(low), float(high)), float(middle))

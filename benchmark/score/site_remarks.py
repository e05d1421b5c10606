"""Which sites a row is of, and what it says of those that are left out."""

from collections.abc import Mapping

import numpy as np

from benchmark.metrics import Metric
from benchmark.regions.site_classes import class_id
from benchmark.score.few_sites import ENOUGH_SITES
from benchmark.score.rows import RowMaker
from benchmark.score.site_pair import NO_THAW, SitePair
from benchmark.score.task import Row

Lost = Mapping[str, np.ndarray]
"""Why sites are left out: reason to which of them (site,)."""

DRY_CELL = "in a cell with less than 5 % of wetland"
NO_WETLAND_CLASS = "of no class of wetland"
# As many are named where sites are left out.
_NAMED = 3


def groups_of(pair: SitePair, *, by_class: bool) -> list[str]:
    """Return the ids of the regions, or of the classes, that have sites.

    Parameters
    ----------
    pair : SitePair
        Both sides.
    by_class : bool
        Which of the two.

    Returns
    -------
    list of str
    """
    names = sorted({str(name) for name in pair.cells.classes if name})
    ids = [class_id(name) for name in names] if by_class else [*pair.cells.regions]
    return [id for id in ids if sites_of(id, pair).any()]


def sites_of(id: str, pair: SitePair) -> np.ndarray:
    """Return the sites with a value of a region, or of a class within the regions.

    Parameters
    ----------
    id : str
        Of a region, or from `benchmark.regions.site_classes.class_id`.
    pair : SitePair
        Both sides.

    Returns
    -------
    ndarray of bool
        (site,).
    """
    cells = pair.cells
    if id in cells.regions:
        return np.asarray(cells.inside[cells.regions.index(id)] & pair.observed)
    mine = np.array([class_id(name) == id for name in cells.classes])
    return np.asarray(mine & cells.inside.any(axis=0) & pair.observed)


def few_cells(cells: int, sites: int) -> str:
    """Say where several sites share cells, and where the cells are few.

    Examples
    --------
    >>> few_cells(4, 9)
    'few sites: 9 in 4 cells'
    >>> few_cells(12, 18)
    '18 sites in 12 cells, those of one cell averaged first'
    """
    if cells < ENOUGH_SITES:
        return f"few sites: {sites} in {cells} cell{'s' * (cells > 1)}"
    if sites == cells:
        return ""
    return f"{sites} sites in {cells} cells, those of one cell averaged first"


def left_out(lost: Lost, pair: SitePair, sites: np.ndarray) -> str:
    """Name the sites of a region that are not compared, with the reasons.

    Parameters
    ----------
    lost : mapping
        Why sites are left out.
    pair : SitePair
        Both sides.
    sites : ndarray of bool
        Those of the region (site,).

    Returns
    -------
    str
        Empty if none is.
    """
    parts = []
    for reason, gone in lost.items():
        some = np.flatnonzero(gone & sites)
        if some.size:
            names = list(dict.fromkeys(pair.cells.names[some].tolist()))
            more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
            parts.append(f"{', '.join(names[:_NAMED])}{more} {reason}")
    return f"left out: {'; '.join(parts)}" if parts else ""


def no_whole_year(metric: Metric[...], maker: RowMaker) -> Row:
    """Return the row of a cycle for which the sites have too few months."""
    msg = (
        f"no site here has the months on both sides that {metric.name} needs: twelve, "
        "and a cycle above its noise"
    )
    return maker.unscored("not_assessed", msg)


def none_compared(
    metric: Metric[...], lost: Lost, pair: SitePair, sites: np.ndarray, maker: RowMaker
) -> Row:
    """Return the row of a region where a metric compares no site.

    Parameters
    ----------
    metric : Metric
        Which.
    lost : mapping
        Why sites are left out.
    pair : SitePair
        Both sides.
    sites : ndarray of bool
        Those of the region (site,).
    maker : RowMaker
        The columns that are known already.

    Returns
    -------
    dict
        Of status ``no_overlap`` where the model has nothing at the sites,
        ``not_assessed`` where what there is cannot be compared.
    """
    gone = np.zeros_like(sites)
    for some in lost.values():
        gone = gone | some
    if "reference_climatology" in metric.needs and (sites & ~gone).any():
        return no_whole_year(metric, maker)
    said = left_out(lost, pair, sites) or "no site here has values on both sides"
    text = f"no site here is compared, of {int(sites.sum())} in the table; {said}"
    # What the model has not there is no lack of overlap.
    found = (DRY_CELL, NO_WETLAND_CLASS, NO_THAW)
    unfit = any((lost[name] & sites).any() for name in found if name in lost)
    return maker.unscored("not_assessed" if unfit else "no_overlap", text)

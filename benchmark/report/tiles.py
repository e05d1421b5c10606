"""One model's scores by benchmark and region: where it does well."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from benchmark.regions.site_classes import is_class
from benchmark.report import labels
from benchmark.report.cells import Cell, cell
from benchmark.report.matrix import other_grades
from benchmark.report.rows import Row, group_by
from benchmark.report.site import Site

WHOLE = "Whole domain"


@dataclass(frozen=True)
class Tile:
    """One row: a reference, in one set of regions, by region."""

    variable: str
    reference: str
    where: str
    grade: str
    grades: tuple[str, ...]
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Tiles:
    """Rows by region; `heads` are addresses, short names and full names."""

    heads: tuple[tuple[str | None, str, str], ...]
    rows: tuple[Tile, ...]


def lay_tiles(
    site: Site, rows: Sequence[Row], only: Collection[str] | None = None
) -> Tiles:
    """Lay out the scores of one model by benchmark and region.

    Parameters
    ----------
    site : Site
        Names, order and addresses.
    rows : sequence of Row
        Rows of one model.
    only : collection of str, optional
        The pages of regions that have a column; all if not given.

    Returns
    -------
    Tiles
        A cell is the mean over the metrics of one region. A region and its
        twin without a permafrost limit share a column, never a row.
    """
    if only is not None:
        rows = [row for row in rows if site.page_of(row.region) in only]
    # Classes of sites have no column; they stand in the table of their reference.
    rows = [row for row in rows if not is_class(row.region)]
    useful = [row for row in rows if row.score is not None or row.status == "failed"]
    kept = {(row.variable, row.reference, _unlimited(row)) for row in useful}
    shown = {
        row.region for row in rows if row.status in {"scored", "failed"} and row.metric
    }
    pages = [page for page, ids in site.pages.items() if shown & set(ids)]
    place = {name: i for i, name in enumerate(site.reference_slug)}
    order = sorted(kept, key=lambda key: (place[key[1]], key[0], key[2]))
    return Tiles(
        tuple(_head(site, page) for page in pages),
        tuple(_tile(site, rows, pages, *key) for key in order),
    )


def _tile(
    site: Site,
    rows: Sequence[Row],
    pages: Sequence[str],
    variable: str,
    reference: str,
    unlimited: bool,
) -> Tile:
    pair = [r for r in rows if (r.variable, r.reference) == (variable, reference)]
    groups = group_by(pair, "region")
    own = [
        [id for id in site.pages[page] if labels.unlimited(id) is unlimited]
        for page in pages
    ]
    cells = tuple(
        cell((row for id in ids for row in groups.get(id, [])), elsewhere=True)
        for ids in own
    )
    known = site.result.references.get(reference)
    grade = known.grade if known else pair[0].grade or "C"
    where = labels.NO_LIMIT if unlimited else ""
    return Tile(variable, reference, where, grade, other_grades(pair, grade), cells)


def _head(site: Site, page: str) -> tuple[str | None, str, str]:
    name = site.region_name(page)
    domain = page in {"permafrost_domain", "boreal_tundra_domain"}
    return site.region_href(page), WHOLE if domain else name, name


def _unlimited(row: Row) -> bool:
    return labels.unlimited(row.region)

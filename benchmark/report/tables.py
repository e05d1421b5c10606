"""Tables: regions by metrics, with a small picture of every level."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from benchmark.report import labels
from benchmark.report.numbers import unit
from benchmark.report.rows import Row, group_by
from benchmark.report.site import Site
from benchmark.report.strips import Peers, Strip, draw_strips


@dataclass(frozen=True)
class Column:
    """One metric of a table; a level has a reference value and a picture."""

    metric: str
    name: str
    unit: str
    level: bool


@dataclass(frozen=True)
class Line:
    """One line of a table: whose it is, and a row (or None) per column."""

    id: str
    name: str
    href: str | None
    rows: tuple[Row | None, ...]
    strips: tuple[Strip | None, ...]

    @property
    def empty(self) -> bool:
        """Whether no cell of the line has a number."""
        return not any(row and row.status == "scored" for row in self.rows)

    @property
    def status(self) -> str:
        """The status of the first row."""
        return next((row.status for row in self.rows if row), "no_model_data")

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why there is no number, each reason once."""
        return tuple(dict.fromkeys(row.message for row in self.rows if row))


@dataclass(frozen=True)
class Hidden:
    """Metrics without a number in any line, and why."""

    metrics: tuple[str, ...]
    status: str
    reason: str


@dataclass(frozen=True)
class Table:
    """Lines by metrics; `hidden` are the metrics that have no column."""

    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    corner: str
    hidden: tuple[Hidden, ...]

    @property
    def full(self) -> list[Line]:
        """Lines that have a number."""
        return [line for line in self.lines if not line.empty]

    @property
    def silent(self) -> dict[str, list[Line]]:
        """Lines without any number, by their reason."""
        found: dict[str, list[Line]] = {}
        for line in self.lines:
            if line.empty:
                found.setdefault("; ".join(filter(None, line.reasons)), []).append(line)
        return found


def by_region(rows: Iterable[Row], site: Site, peers: Peers) -> Table:
    """Lay out the rows of one model and one reference: regions by metrics.

    Parameters
    ----------
    rows : iterable of Row
        Rows of one model and one reference.
    site : Site
        Names, order and addresses of regions.
    peers : Peers
        What the other models have.

    Returns
    -------
    Table
        Regions in report order.
    """
    groups = group_by(rows, "region")
    ids = [id for id in site.region_ids if id in groups]
    heads = [(id, site.region_name(id), site.region_href(id)) for id in ids]
    return _table([groups[id] for id in ids], heads, "Region", peers)


def by_model(rows: Iterable[Row], site: Site, peers: Peers) -> Table:
    """Lay out the rows of one region and one reference: models by metrics.

    Parameters
    ----------
    rows : iterable of Row
        Rows of one region and one reference.
    site : Site
        Order and addresses of models.
    peers : Peers
        What the other models have.

    Returns
    -------
    Table
        Models in report order.
    """
    groups = group_by(rows, "model")
    names = [name for name in site.matrix.models if name in groups]
    heads = [(name, name, site.model_href(name)) for name in names]
    return _table([groups[name] for name in names], heads, "Model", peers)


def _table(
    groups: Sequence[list[Row]],
    heads: Sequence[tuple[str, str, str | None]],
    corner: str,
    peers: Peers,
) -> Table:
    every = [row for rows in groups for row in rows]
    every.sort(key=lambda row: not row.is_level or "bias" in row.metric)
    keys = dict.fromkeys((row.metric, row.season) for row in every)
    named = [key for key in keys if key[0]] or [*keys]
    found = [[_of(rows, key) for rows in groups] for key in named]
    cells = [column for column in found if _has_number(column)] or found
    empty = [column for column in found if column not in cells]
    strips = [draw_strips(column, peers) for column in cells]
    lines = tuple(
        Line(
            *head,
            rows=tuple(column[i] for column in cells),
            strips=tuple(column[i] for column in strips),
        )
        for i, head in enumerate(heads)
    )
    columns = tuple(_column([row for row in column if row]) for column in cells)
    return Table(columns, lines, corner, _hidden(empty))


def _of(rows: list[Row], key: tuple[str, str]) -> Row | None:
    """Return the row of a metric; one that names none is of all of them."""
    exact = next((row for row in rows if (row.metric, row.season) == key), None)
    return exact or next((row for row in rows if not row.metric), None)


def _has_number(column: list[Row | None]) -> bool:
    return any(row is not None and row.status == "scored" for row in column)


def _hidden(columns: list[list[Row | None]]) -> tuple[Hidden, ...]:
    """Gather columns without a number by their reason, failures first."""
    found: dict[tuple[str, str], list[str]] = {}
    for column in columns:
        rows = [row for row in column if row]
        status = min((row.status for row in rows), key=labels.severity)
        reasons = dict.fromkeys(row.message for row in rows if row.status == status)
        key = (status, "; ".join(filter(None, reasons)))
        found.setdefault(key, []).append(_column(rows).name)
    hidden = [Hidden(tuple(names), *key) for key, names in found.items()]
    return tuple(sorted(hidden, key=lambda one: labels.severity(one.status)))


def _column(rows: list[Row]) -> Column:
    units = next((unit(row.units, row.mass_basis) for row in rows if row.units), "")
    level = any(row.is_level and "bias" not in row.metric for row in rows)
    name = labels.metric(rows[0].metric)
    if rows[0].season not in {"", "annual", "all"}:
        name += f", {rows[0].season}"
    return Column(rows[0].metric, name, units, level)

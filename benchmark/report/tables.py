"""Tables: regions by metrics, with a small picture of every level."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from benchmark.report import labels
from benchmark.report.numbers import unit
from benchmark.report.rows import Row, group_by
from benchmark.report.site import Site

Level = tuple[str, str, str]  # reference, region, metric


@dataclass(frozen=True)
class Strip:
    """Where things lie on an axis of 0 to 100: all None if unknown."""

    value: float | None
    reference: float | None
    low: float | None
    high: float | None
    zero: float | None
    others: tuple[float, ...]


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
class Table:
    """Lines by metrics."""

    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    corner: str

    @property
    def width(self) -> int:
        """Number of cells in a line, without its header."""
        return sum(4 if column.level else 2 for column in self.columns)

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


def by_region(rows: Iterable[Row], site: Site, peers: "Peers") -> Table:
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


def by_model(rows: Iterable[Row], site: Site, peers: "Peers") -> Table:
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


class Peers:
    """Values of all models for the same reference, region and metric."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._rows: dict[Level, list[Row]] = group_by(
            (row for row in rows if row.is_level), "reference", "region", "metric"
        )

    def of(self, row: Row) -> list[float]:
        """Return the levels of the other models."""
        peers = self._rows.get((row.reference, row.region, row.metric), [])
        return [
            peer.level
            for peer in peers
            if peer.level is not None and peer.model != row.model
        ]


def _table(
    groups: Sequence[list[Row]],
    heads: Sequence[tuple[str, str, str | None]],
    corner: str,
    peers: Peers,
) -> Table:
    every = [row for rows in groups for row in rows]
    columns, cells, strips = [], [], []
    every.sort(key=lambda row: not row.is_level or "bias" in row.metric)
    for key in dict.fromkeys((row.metric, row.season) for row in every):
        found = [
            next((row for row in rows if (row.metric, row.season) == key), None)
            for rows in groups
        ]
        columns.append(_column([row for row in found if row]))
        cells.append(found)
        strips.append(draw_strips(found, peers))
    lines = tuple(
        Line(
            *head,
            rows=tuple(column[i] for column in cells),
            strips=tuple(column[i] for column in strips),
        )
        for i, head in enumerate(heads)
    )
    return Table(tuple(columns), lines, corner)


def _column(rows: list[Row]) -> Column:
    units = next((unit(row.units, row.mass_basis) for row in rows if row.units), "")
    level = any(row.is_level and "bias" not in row.metric for row in rows)
    name = labels.metric(rows[0].metric)
    if rows[0].season not in {"", "annual", "all"}:
        name += f", {rows[0].season}"
    return Column(rows[0].metric, name, units, level)


def draw_strips(rows: Sequence[Row | None], peers: Peers) -> list[Strip | None]:
    """Place levels, ranges and other models on one common axis.

    Parameters
    ----------
    rows : sequence of Row or None
        Rows of one metric and unit.
    peers : Peers
        What the other models have.

    Returns
    -------
    list of Strip or None
        None where the row has no level.
    """
    levels = [row for row in rows if row is not None and row.is_level]
    others = {id(row): peers.of(row) for row in levels}
    known = [
        x
        for row in levels
        for x in (row.level, row.reference_value, row.reference_low, row.reference_high)
        if x is not None
    ]
    if not known:
        return [None] * len(rows)
    # Other models may be far off; they must not squeeze what the line is about.
    width = max(known) - min(known) or abs(known[0]) or 1.0
    low, high = min([*known, 0.0]), max([*known, 0.0])
    low, high = low - 0.06 * width, high + 0.06 * width

    def place(x: float | None) -> float | None:
        return None if x is None else round(100 * (x - low) / (high - low), 1)

    return [
        Strip(
            place(row.level),
            place(row.reference_value),
            place(row.reference_low),
            place(row.reference_high),
            place(0.0) if low < 0 < high else None,
            tuple(p for x in others[id(row)] if (p := place(x)) and 0 <= p <= 100),
        )
        if row is not None and id(row) in others
        else None
        for row in rows
    ]

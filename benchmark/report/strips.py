"""Small pictures of levels: a model, its reference and the others on one axis."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from benchmark.report.rows import Row, group_by

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

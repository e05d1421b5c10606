"""Rows of a score table, and a scorecard of two subjects and an extra."""

from collections.abc import Callable
from typing import Any

import pytest

from benchmark.config.descriptors import Counted, Subject

Row = dict[str, Any]


def make_row(
    reference: str, region: str, metric: str, score: float | None, **cells: Any
) -> Row:
    row = {
        "model": "m",
        "reference": reference,
        "variable": "nee",
        "region": region,
        "metric": metric,
        "score": float("nan") if score is None else score,
        "status": "not_assessed" if score is None else "scored",
        "grade": "B",
    }
    return row | cells


@pytest.fixture
def row() -> Callable[..., Row]:
    """Give `make_row`."""
    return make_row


@pytest.fixture
def rows() -> list[Row]:
    """Return rows of one model.

    table: west 0.5 (mean of 0.4 and 0.6), east 1.0; soil: the domain alone.
    """
    return [
        make_row("table", "west", "mean", 0.4),
        make_row("table", "west", "interval", 0.6),
        make_row("table", "east", "mean", 1.0, grade="C"),
        make_row("table", "east", "interval", None),
        make_row("table", "permafrost_domain", "mean", 0.0),
        make_row("soil", "permafrost_domain", "stock_total", 0.25),
    ]


@pytest.fixture
def scorecard() -> tuple[Subject, ...]:
    """Return subjects of weights 3 and 1, the first with a benchmark nobody has."""
    return (
        Subject("nee", "Exchange", 3.0, (Counted("table"), Counted("absent", (), 3.0))),
        Subject("soil_carbon", "Soil", 1.0, (Counted("soil"),)),
        Subject("ch4", "Methane", 4.0, (Counted("absent"),)),
        Subject("trend", "Trend", 0.0, (Counted("table", ("mean",)),)),
    )

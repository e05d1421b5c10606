"""The score table as typed rows."""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from typing import Any

import pandas as pd

from benchmark.score.region_state import MINIMUM_COVERAGE

# Parts of the names of metrics whose value is a quantity of the model.
DAYS = ("d", "day", "days")
LEVEL = (
    *("mean", "total", "stock", "sigma", "interval", "level", "logratio"),
    *("density", "permafrost_area", "season_amount"),
)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the score table; what is empty there is None or "" here."""

    model: str
    model_version: str
    reference: str
    reference_version: str
    variable: str
    region: str
    season: str
    metric: str
    units: str
    grade: str
    derivation: str
    mass_basis: str
    area_basis: str
    ci_from: str
    ceiling_from: str
    period: str
    status: str
    message: str
    value: float | None
    reference_value: float | None
    reference_low: float | None
    reference_high: float | None
    u_meas: float | None
    u_repr: float | None
    u_space: float | None
    u_used: float | None
    scale: float | None
    score: float | None
    score_u0: float | None
    score_low: float | None
    score_high: float | None
    score_ci_low: float | None
    score_ci_high: float | None
    score_null: float | None
    score_ceiling: float | None
    coverage: float | None
    n: float | None
    n_sites: float | None
    represented: float | None

    @property
    def whole(self) -> bool:
        """Whether the numbers are of the whole region, not of a part of it.

        Against a map, a model's number is its mean over the cells that both
        have; that of less than 80 % of the map is another place's number.
        """
        return self.coverage is None or self.coverage >= MINIMUM_COVERAGE

    @property
    def is_level(self) -> bool:
        """Whether the row says how much there is, in the model and elsewhere."""
        return self.level is not None and self.reference_middle is not None

    @property
    def reference_middle(self) -> float | None:
        """What the reference has; the middle of its range if it is only a range."""
        if self.reference_value is not None:
            return self.reference_value
        if self.reference_low is None or self.reference_high is None:
            return None
        return (self.reference_low + self.reference_high) / 2

    @property
    def level(self) -> float | None:
        """What the model has, in `units`; None if the row is about another thing.

        A bias is model minus reference, so the model has their sum.
        """
        if self.value is None or self.units in {"", "1", *DAYS}:
            return None
        if "bias" in self.metric and self.reference_value is not None:
            return self.reference_value + self.value
        return self.value if any(word in self.metric for word in LEVEL) else None

    @property
    def shift_days(self) -> float | None:
        """How much later than the reference the model peaks, in days."""
        timing = "phase" in self.metric and self.units in DAYS
        return self.value if timing else None


def read_rows(scores: pd.DataFrame) -> list[Row]:
    """Turn a score table into rows.

    Parameters
    ----------
    scores : DataFrame
        With the columns of `benchmark.score.result.COLUMNS`.

    Returns
    -------
    list of Row
        In the order of the table.
    """
    readers: dict[str, Callable[[Any], Any]] = {
        field.name: _text if field.type is str or field.type == "str" else _number
        for field in fields(Row)
    }
    columns = [
        [read(value) for value in scores[name].tolist()]
        for name, read in readers.items()
    ]
    return [Row(*values) for values in zip(*columns, strict=True)]


def group_by(rows: Iterable[Row], *names: str) -> dict[Any, list[Row]]:
    """Group rows by one column (its values) or several (tuples of values).

    Parameters
    ----------
    rows : iterable of Row
        Rows to group.
    *names : str
        Columns.

    Returns
    -------
    dict
        Value or tuple of values to rows, in order of appearance.
    """
    groups: dict[Any, list[Row]] = defaultdict(list)
    for row in rows:
        key = tuple(getattr(row, name) for name in names)
        groups[key if len(key) > 1 else key[0]].append(row)
    return dict(groups)


def _text(value: Any) -> str:
    if value is None or value is pd.NA or (isinstance(value, float) and value != value):
        return ""
    return str(value)


def _number(value: Any) -> float | None:
    if value is None or value is pd.NA or value == "":
        return None
    value = float(value)
    return None if math.isnan(value) else value

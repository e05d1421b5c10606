"""Rows of the score table, and the one place their columns are filled."""

import math
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from benchmark.config.descriptors import Model, Reference
from benchmark.score.result import COLUMNS

_TEXT = {
    "model", "model_version", "reference", "reference_version", "variable", "region",
    "season", "metric", "units", "grade", "derivation", "mass_basis", "area_basis",
    "ci_from", "ceiling_from", "period", "status", "message",
}  # fmt: skip


@dataclass(frozen=True)
class RowMaker:
    """What all rows of one model against one reference have in common.

    Parameters
    ----------
    model : Model
        The scored model.
    reference : Reference
        What it is scored against.
    common : dict
        Columns that are the same in every row.
    remark : str
        Put after every message.
    where : str
        File and variable, which the message of a fault has to name.
    """

    model: Model
    reference: Reference
    common: dict[str, Any] = field(default_factory=dict)
    remark: str = ""
    where: str = ""

    def knowing(self, *, remark: str = "", **common: Any) -> "RowMaker":
        """Return a maker that also fills these columns."""
        joined = "; ".join(part for part in (self.remark, remark) if part)
        return replace(self, common={**self.common, **common}, remark=joined)

    def row(self, **columns: Any) -> dict[str, Any]:
        """Return one row; what is not given is NaN or empty.

        Parameters
        ----------
        **columns
            Values by column name.

        Returns
        -------
        dict
        """
        filled: dict[str, Any] = {
            name: "" if name in _TEXT else math.nan for name in COLUMNS
        }
        filled |= {
            "model": self.model.name,
            "model_version": self.model.version,
            "reference": self.reference.name,
            "reference_version": self.reference.version,
            "variable": self.reference.variable,
            "season": "annual",
            "grade": self.reference.grade,
            **self.common,
            **columns,
        }
        parts = [part for part in (columns.get("message", ""), self.remark) if part]
        filled["message"] = "; ".join(dict.fromkeys(parts))
        return filled

    def unscored(self, status: str, message: str, **columns: Any) -> dict[str, Any]:
        """Return the row of something that could not be scored, with its reason."""
        text = " ".join(message.split())
        fault = status in ("failed", "no_overlap")
        if (
            fault
            and self.where
            and self.where not in text
            and "reference: " not in text
        ):
            text = f"{self.where}: {text}"
        return self.row(status=status, message=text, **columns)


def table(rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Return the score table.

    Parameters
    ----------
    rows : list of dict
        From `RowMaker`.

    Returns
    -------
    DataFrame
        With the columns of `COLUMNS`, in the order of the rows.
    """
    return pd.DataFrame(rows, columns=list(COLUMNS))

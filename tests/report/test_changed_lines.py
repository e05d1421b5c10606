"""What the terminal says of changes since a former run."""

from itertools import product

import pandas as pd
import pytest

from benchmark.report.baseline import Baseline
from benchmark.report.changed_lines import changed_lines


def table(scores: dict[str, float | None], model: str = "M") -> pd.DataFrame:
    """Give a score table of one metric and two regions by reference."""
    rows = [
        {
            "model": model,
            "model_version": "1",
            "reference": reference,
            "variable": "gpp",
            "region": region,
            "metric": "bias",
            "score": score,
            "status": "not_assessed" if score is None else "scored",
            "message": "",
        }
        for (reference, score), region in product(scores.items(), ("alaska", "canada"))
    ]
    return pd.DataFrame(rows)


def said(before: pd.DataFrame, after: pd.DataFrame) -> list[str]:
    return changed_lines(Baseline(before, "v1", "2026-01-02"), after)


def test_the_gravest_comes_first():
    """Lost scores go before steps, and those that did not move are only counted."""
    before = table({"a": 0.5, "b": 0.9, "c": 0.3})
    verdict, first, second = said(before, table({"a": 0.7, "b": None, "c": 0.31}))
    assert verdict.startswith("Since v1 of 2026-01-02: mixed (2 lost, 0 failing")
    assert "2 better, 2 unchanged" in verdict
    assert first == "  M, b, gpp: 2 lost"
    assert second == "  M, a, gpp: 0.50 -> 0.70"


def test_long_lists_are_cut():
    """Five benchmarks are named, and how many more there are is said."""
    names = [f"r{number}" for number in range(8)]
    before = table(dict.fromkeys(names, 0.5))
    lines = said(before, table(dict.fromkeys(names, 0.2)))
    assert len(lines) == 7
    assert lines[-1] == "  and 3 more benchmarks in changes.csv"


@pytest.mark.parametrize("name", ["N", "M 2"])
def test_a_renamed_model_is_not_called_unchanged(name):
    """Where no model is in both runs there is no verdict, and the names are said."""
    before = table({"a": 0.5})
    lines = said(before, table({"a": 0.1}, model=name))
    assert lines[0].startswith("Since v1 of 2026-01-02: nothing to compare")
    assert any("Only in the baseline: 1 model (M)" in line for line in lines)
    assert any(f"Only in this run: 1 model ({name})" in line for line in lines)

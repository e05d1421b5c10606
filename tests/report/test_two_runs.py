"""What changed between two tables of scores."""

from typing import Any

import pandas as pd
import pytest

from benchmark.report.changes import KEY, Changes
from benchmark.report.two_runs import NO_ROW, compare_runs


def row(key: str, score: float | None, status: str = "scored", **more: Any) -> dict:
    """Return a row of model/reference/metric, such as ``M/r/bias``."""
    model, reference, metric = key.split("/")
    named = dict(zip(KEY, (model, reference, "gpp", "alaska", metric), strict=True))
    return {**named, "score": score, "status": status, "message": ""} | more


@pytest.fixture(scope="module")
def found() -> Changes:
    before = [
        row("M/r/up", 0.5),
        row("M/r/down", 0.5),
        row("M/r/still", 0.85),
        row("M/s/lost", 0.9),
        row("M/s/gone", 0.9),
        row("M/s/new", None, "not_assessed"),
        row("M/t/breaks", None, "no_model_data"),
        row("M/t/broken", None, "failed"),
        row("M/t/silent", None, "not_assessed"),
        row("Old/r/up", 0.1),
        row("M/left/up", 0.1),
    ]
    after = [
        row("M/r/up", 0.551),
        row("M/r/down", 0.2),
        row("M/r/still", 0.80),
        row("M/s/lost", None, "no_overlap", message="no shared year"),
        row("M/s/new", 0.0),
        row("M/t/breaks", None, "failed", message="no file"),
        row("M/t/broken", None, "failed"),
        row("M/t/silent", None, "not_assessed"),
        row("New/r/up", 0.1),
    ]
    old, new = pd.DataFrame(before), pd.DataFrame(after)
    return compare_runs(old.assign(model_version=1), new.assign(model_version=2))


def test_kinds(found: Changes) -> None:
    """Each number has one kind; exactly the threshold is no change."""
    kinds = {change.metric: change.kind for change in found.changes}
    assert kinds == {
        "up": "better",
        "down": "worse",
        "still": "unchanged",
        "lost": "lost",
        "gone": "lost",
        "new": "new",
        "breaks": "failing",
    }
    assert sum(found.counts.values()) == len(kinds)
    assert found.verdict == "mixed"


def test_reasons(found: Changes) -> None:
    """What was lost says why, also where its row is missing altogether."""
    messages = {change.metric: change.message for change in found.changes}
    assert messages["lost"] == "no shared year"
    assert messages["gone"] == NO_ROW


def test_order(found: Changes) -> None:
    """What was lost or fails comes first, however far a score has moved."""
    assert [shift.reference for shift in found.shifts] == ["s", "t", "r"]
    lost, _, moved = found.shifts
    assert lost.gone == 2
    assert lost.before is None
    assert moved.step == pytest.approx((0.551 + 0.2 + 0.8 - 0.5 - 0.5 - 0.85) / 3)


def test_names_of_one_run(found: Changes) -> None:
    """A model or reference of one run only is named, and its numbers do not count."""
    assert found.models_gone == ("Old",)
    assert found.models_added == ("New",)
    assert found.references_gone == ("left",)
    assert not {"Old", "New"} & {change.model for change in found.changes}
    assert found.versions == (("M", "1", "2"),)


def test_table(found: Changes) -> None:
    """The table has every change and nothing that stayed."""
    table = found.table()
    assert len(table) == 6
    assert "unchanged" not in set(table["kind"])
    step = table.set_index("metric")["step"]
    assert step["down"] == pytest.approx(-0.3)


@pytest.mark.parametrize(
    ("before", "after", "verdict"),
    [
        (0.5, 0.5, "unchanged"),
        (0.5, 0.45, "unchanged"),
        (0.5, 0.449, "worse"),
        (0.5, 0.56, "better"),
        (None, 0.1, "better"),
        (0.1, None, "worse"),
    ],
)
def test_verdict(before: float | None, after: float | None, verdict: str) -> None:
    """One word says which way a run went."""
    old, new = (
        pd.DataFrame([row("M/r/x", value, "scored" if value else "not_assessed")])
        for value in (before, after)
    )
    assert compare_runs(old, new).verdict == verdict
    assert compare_runs(old, new, threshold=1.0).counts["worse"] == 0

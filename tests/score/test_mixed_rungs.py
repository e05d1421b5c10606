"""A suite says where its models do not come to their NEE alike."""

from benchmark.score.mixed_rungs import mixed_rungs
from benchmark.score.task import Row


def row(model: str, rung: str, status: str = "scored", variable: str = "nee") -> Row:
    """Return what counts of a row."""
    return {"model": model, "derivation": rung, "status": status, "variable": variable}


def test_models_on_two_rungs() -> None:
    """Rungs and their models are named."""
    rows = [row("A", "1: given"), row("B", "2b: rh - npp"), row("B", "2b: rh - npp")]
    (note,) = mixed_rungs(rows)
    assert (note.kind, note.variable, note.model) == ("warning", "nee", "")
    assert "given (rung 1) of A; rh - npp (rung 2b) of B." in note.text


def test_one_rung() -> None:
    """What was not scored, and other variables, do not mix anything."""
    rows = [
        row("A", "1: given"),
        row("B", "2b: rh - npp", status="failed"),
        row("B", "", variable="gpp"),
    ]
    assert mixed_rungs(rows) == []

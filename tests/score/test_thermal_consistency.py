"""Carbon that is right over soil that is not is said, and nothing else."""

import math

import pytest

from benchmark.score.thermal_consistency import thermal_consistency


def row(variable: str, score: float, region: str = "alaska", **more: str) -> dict:
    """Return a row of a score."""
    common = {"model": "M", "status": "scored", "region": region}
    return {**common, "variable": variable, "score": score, **more}


@pytest.mark.parametrize(
    ("carbon", "thaw", "told"),
    [(0.8, 0.1, True), (0.5, 0.36, True), (0.49, 0.1, False), (0.8, 0.37, False)],
)
def test_both_limits(carbon: float, thaw: float, told: bool) -> None:
    """Good is 0.5 and more, poor is below 0.37."""
    found = thermal_consistency([row("nee", carbon), row("pfr", thaw)])
    assert bool(found) == told


def test_means_of_several_scores() -> None:
    """0.9 and 0.3 are 0.6: good; the text has both numbers."""
    rows = [row("ch4", 0.9), row("ch4", 0.3), row("alt", 0.2), row("gpp", 1.0)]
    (note,) = thermal_consistency(rows)
    assert note.text.endswith("in alaska (0.60, alt 0.20)")
    assert (note.model, note.variable) == ("M", "ch4")


def test_other_regions_and_models_do_not_count() -> None:
    """Poor thaw of elsewhere, of another model, unscored or NaN says nothing."""
    rows = [
        row("nee", 0.8),
        row("alt", 0.1, "siberia"),
        row("alt", 0.1, model="N"),
        row("pfr", math.nan),
        row("zero_curtain", 0.1, status="not_assessed"),
    ]
    assert thermal_consistency(rows) == []

"""Benchmarks, subjects and overall scores, worked by hand."""

import numpy as np
import pytest

from benchmark.config.descriptors import Counted, Subject
from benchmark.scorecard import SUBJECT_COLUMNS, subject_table

AREAS = {"west": 3.0, "east": 1.0}


def lines(rows, scorecard, models=("m",)):
    table = subject_table(rows, scorecard, models, AREAS)
    assert list(table.columns) == list(SUBJECT_COLUMNS)
    return table.set_index(["level", "subject", "reference"])


def test_benchmark_is_a_mean_over_regions_of_means_over_metrics(
    rows, scorecard
) -> None:
    """(0.5 + 1.0) / 2, by area (3 x 0.5 + 1.0) / 4; the domain stays out."""
    table = lines(rows, scorecard).loc["benchmark", "nee", "table"]
    assert table["score"] == pytest.approx(0.75)
    assert table["score_by_area"] == pytest.approx(0.625)
    assert table["grade"] == "C"
    assert (table["scored"], table["expected"]) == (3, 4)


def test_domain_counts_where_there_are_no_regions(rows, scorecard) -> None:
    """A reference of the whole domain is scored by it."""
    found = lines(rows, scorecard).loc["benchmark", "soil_carbon", "soil"]
    assert found["score"] == 0.25


def test_a_model_without_the_regions_is_not_scored_by_the_domain(
    rows, scorecard, row
) -> None:
    """Of two models, one has the regions: the other's domain is another thing."""
    only = [row("table", "permafrost_domain", "mean", 1.0, model="n")]
    table = subject_table([*rows, *only], scorecard, ("m", "n"), AREAS)
    other = table[(table["model"] == "n") & (table["reference"] == "table")]
    assert other["score"].isna().all()
    own = table[(table["model"] == "m") & (table["reference"] == "table")]
    # Scores are absolute: another model changes nothing.
    assert own["score"].iloc[0] == pytest.approx(0.75)


def test_subject_has_its_completeness(rows, scorecard) -> None:
    """Of weights 1 and 3 only the first was scored: a quarter."""
    found = lines(rows, scorecard).loc["subject", "nee", ""]
    assert found["score"] == pytest.approx(0.75)
    assert found["completeness"] == pytest.approx(0.25)
    assert found["message"] == "1 of 2 benchmarks"


def test_overall_is_the_weighted_mean_of_the_subjects(rows, scorecard) -> None:
    """(3 x 0.75 + 0.25) / 4, of (3 x 0.25 + 1) / 8 of the weight; extras stay out."""
    found = lines(rows, scorecard).loc["overall", "", ""]
    assert found["score"] == pytest.approx(0.625)
    assert found["completeness"] == pytest.approx(1.75 / 8.0)
    assert "2 of 3 subjects and 22% of the weight" in found["message"]
    extra = lines(rows, scorecard).loc["subject", "trend", ""]
    assert extra["score"] == pytest.approx(0.7)


def test_complete_overall_needs_no_words(rows) -> None:
    """An overall score of everything says nothing."""
    complete = (Subject("nee", "Exchange", 1.0, (Counted("table"),)),)
    found = lines(rows, complete).loc["overall", "", ""]
    assert (found["message"], found["completeness"]) == ("", 1.0)


def test_range_over_references(rows, row) -> None:
    """A subject has the lowest and the highest score of its references."""
    rows = [*rows, row("other", "west", "mean", 0.1)]
    both = (Subject("nee", "Exchange", 1.0, (Counted("table"), Counted("other"))),)
    found = lines(rows, both)
    for level, subject in (("subject", "nee"), ("overall", "")):
        line = found.loc[level, subject, ""]
        assert (line["score_low"], line["score_high"]) == pytest.approx((0.1, 0.75))


def test_intervals_are_carried_by_the_draws(row) -> None:
    """Draws that rise in one region and fall in the other leave the mean alone."""
    rise = np.linspace(0.3, 0.7, 201)
    rows = [
        row("table", "west", "mean", 0.5, drawn=rise),
        row("table", "east", "mean", 0.5, drawn=rise[::-1]),
    ]
    card = (Subject("nee", "Exchange", 1.0, (Counted("table"),)),)
    found = lines(rows, card).loc["overall", "", ""]
    assert (found["score_ci_low"], found["score_ci_high"]) == pytest.approx((0.5, 0.5))
    rows[1]["drawn"] = rise
    found = lines(rows, card).loc["overall", "", ""]
    assert (found["score_ci_low"], found["score_ci_high"]) == pytest.approx(
        (0.31, 0.69)
    )


def test_a_pattern_counts_as_a_metric_in_each_region(row) -> None:
    """West (1.0 + 0.4) / 2 and east (0.0 + 0.4) / 2."""
    rows = [
        row("table", "west", "mean", 1.0),
        row("table", "east", "mean", 0.0),
        row("table", "all_regions", "pattern", 0.4),
    ]
    card = (Subject("nee", "Exchange", 1.0, (Counted("table"),)),)
    found = lines(rows, card).loc["benchmark", "nee", "table"]
    assert found["score"] == pytest.approx(0.45)
    assert found["scored"] == 3


def test_without_a_scorecard_there_is_no_table(rows) -> None:
    """A suite that states no subjects has none."""
    assert subject_table(rows, (), ("m",), AREAS).empty

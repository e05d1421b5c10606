"""Scores gathered into cells."""

from dataclasses import replace

import pytest

from benchmark.report.matrix import build_matrix, cell
from benchmark.report.rows import read_rows
from benchmark.report.site import open_site


@pytest.fixture
def rows(result):
    return read_rows(result(("CLASSIC",)).scores)


def test_regions_count_once(rows):
    """A cell is the mean over regions of the mean over their metrics."""
    one = rows[0]
    found = cell(
        [
            replace(one, region="a", metric="m1", score=0.0),
            replace(one, region="a", metric="m2", score=0.5),
            replace(one, region="b", metric="m1", score=0.75),
        ]
    )
    assert found.score == 0.5
    assert (found.low, found.high) == (0.25, 0.75)
    assert (found.assessed, found.expected) == (3, 3)


def test_range_over_approaches(rows):
    """A score that holds for every approach keeps its place at both ends."""
    one = replace(rows[0], score=0.5, score_low=0.25, score_high=1.0)
    other = replace(rows[0], metric="m2", score=0.75)
    assert cell([one, other]).against == (0.5, 0.875)
    assert cell([other]).against is None


def test_values_are_not_expected(rows):
    """A value that was never meant to be scored is not missing."""
    value = replace(rows[0], score=None)
    assert cell([rows[0], value]).expected == 1


def test_worst_status_shows(rows):
    """A cell without scores shows a failure before an absence."""
    states = ("no_model_data", "failed", "not_assessed")
    lost = [replace(rows[0], score=None, status=status) for status in states]
    assert cell(lost).status == "failed"


def test_every_pair_has_a_cell(result):
    """A model without a row for a benchmark has a cell that says so."""
    site = open_site(result())
    matrix = site.matrix
    assert len(matrix.cells) == len(matrix.benchmarks) * len(matrix.models)
    empty = build_matrix(site.rows, {}, ["nobody"])
    assert {found.status for found in empty.cells.values()} == {"no_model_data"}
    assert all(found.reasons for found in empty.cells.values())


def test_domain_is_apart(result):
    """A model with the domain only is not compared with one with every region."""
    groups = {(b.reference, b.group) for b in open_site(result()).matrix.benchmarks}
    assert {("table3", "regions"), ("table3", "domain")} <= groups


def test_level_of_a_bias(rows):
    """The model has the reference plus the bias."""
    bias = replace(rows[0], metric="bias", value=-2.0, reference_value=10.0)
    assert bias.level == 8.0
    assert replace(bias, units="day").level is None

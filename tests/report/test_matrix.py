"""Scores gathered into cells."""

from dataclasses import replace

import pandas as pd
import pytest

from benchmark.report.cells import ELSEWHERE, NO_ROW, cell
from benchmark.report.matrix import build_matrix
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


def test_row_without_region(result):
    """A reason for a whole pair shows with every group of its reference."""
    run = result(("CLASSIC",))
    scores = run.scores
    known = (scores["model"] == "CESM2-WACCM") & (scores["reference"] == "table3")
    row = (
        scores[known]
        .iloc[:1]
        .assign(region="", status="not_assessed", score=float("nan"), message="a table")
    )
    changed = replace(run, scores=pd.concat([scores[~known], row]))
    domain = scores[known & (scores["region"] == "permafrost_domain")]
    mine = domain.assign(model="CLASSIC")
    changed = replace(changed, scores=pd.concat([changed.scores, mine]))
    matrix = open_site(changed).matrix
    groups = matrix.of("table3")
    assert [benchmark.group for benchmark in groups] == ["regions", "domain"]
    for benchmark in groups:
        cell_ = matrix.cells[benchmark, "CESM2-WACCM"]
        assert (cell_.status, cell_.reasons) == ("not_assessed", ("a table",))


def test_no_impossible_pairs(rows):
    """A reference of the domain only has no row for regions it does not have."""
    lost = replace(rows[0], region="", score=None, status="no_model_data")
    places = {lost.reference: ["permafrost_domain"]}
    matrix = build_matrix([lost], {}, ["CLASSIC"], places)
    assert [benchmark.group for benchmark in matrix.benchmarks] == ["domain"]


def test_lower_grade_shows(result):
    """A grade of rows that is not that of their reference is kept beside it."""
    run = result(("CLASSIC",))
    run.scores.loc[run.scores["reference"] == "soil <maps>", "grade"] = "C"
    matrix = open_site(run).matrix
    (soil,) = matrix.of("soil <maps>")
    assert (soil.grade, matrix.grades[soil]) == ("B", ("C",))
    assert matrix.grades[matrix.of("table3")[0]] == ()


def test_other_regions_only(result):
    """A pair that is compared in the domain only lacks no data in the regions."""
    matrix = open_site(result(("CLASSIC",))).matrix
    regions, _ = matrix.of("table3")
    alone = matrix.cells[regions, "CESM2-WACCM"]
    assert alone.status == "no_model_data"  # its row says so
    (stock,) = matrix.of("soil <maps>")
    assert matrix.cells[stock, "CESM2-WACCM"].reasons == (NO_ROW,)
    _, domain = matrix.of("table3")
    assert matrix.cells[domain, "CLASSIC"].status == "not_assessed"
    assert matrix.cells[domain, "CLASSIC"].reasons == (ELSEWHERE,)


def test_weaker_evidence_shows_in_the_cell(rows, result):
    """Where models are scored on evidence of different grades, the cells say which."""
    table = [row for row in rows if row.reference == "table3" and row.score is not None]
    weaker = [replace(row, model="NBE only", grade="C") for row in table]
    known = result().references
    both = build_matrix([*table, *weaker], known, ["CLASSIC", "NBE only"])
    benchmark = both.benchmarks[0]
    assert both.cells[benchmark, "NBE only"].grades == ("C",)
    assert both.has_mixed_grades(benchmark)
    alone = build_matrix(table, known, ["CLASSIC"])
    assert not alone.has_mixed_grades(alone.benchmarks[0])

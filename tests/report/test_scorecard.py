"""What the pages show of subjects, intervals, ceilings and null models."""

import re
from dataclasses import replace

import numpy as np
import pandas as pd

from benchmark.report import write_report
from benchmark.report.scorecard import scorecard
from benchmark.scorecard import SUBJECT_COLUMNS


def line(level: str, **cells: object) -> dict[str, object]:
    given = {
        "model": "CLASSIC",
        "level": level,
        "title": "Overall",
        "subject": "",
        "weight": np.nan,
        "grade": "C",
        "completeness": 0.25,
        "message": "",
        **dict.fromkeys(("score_low", "score_high", "score_by_area"), np.nan),
    }
    return given | cells


def with_subjects(run):
    """Return a run of which one subject of two was scored."""
    interval = {"score": 0.5, "score_ci_low": 0.41, "score_ci_high": 0.63}
    nothing = dict.fromkeys(("score", "score_ci_low", "score_ci_high"), np.nan)
    rows = [
        line("overall", message="made of little: 1 of 2", **interval),
        line("subject", subject="nee", title="Exchange", weight=1.0, **interval),
        line("subject", subject="ch4", title="Methane", weight=3.0, **nothing),
    ]
    return replace(run, subjects=pd.DataFrame(rows, columns=list(SUBJECT_COLUMNS)))


def test_scorecard_is_on_the_first_page(tmp_path, result):
    """Scores with interval, grade and completeness; what it is made of in words."""
    page = write_report(with_subjects(result()), tmp_path).read_text()
    assert page.index('data-key="overall"') < page.index('data-key="table3')
    overall, exchange, methane = re.findall(
        r'<tr data-key="(?:overall|nee|ch4)".*?</tr>', page, re.DOTALL
    )
    for row in (overall, exchange):
        assert "95 % interval 0.41 to 0.63" in row
        assert "lowest grade C; 25 % of the weight scored" in row
        assert re.search(r"0\.50.*\.41\W\.63.*25 %", row)
    # The subject's own score is complete in itself, the overall one is not.
    assert "cell total little" in overall
    assert "cell total c50" in exchange
    assert "nothing scored" in methane
    assert "weight 3" in methane
    assert "CLASSIC: made of little: 1 of 2" in page


def test_groups_follow_the_scorecard(tmp_path, result):
    """A benchmark stands under the subject that counts it."""
    run = with_subjects(result())
    counted = line("benchmark", subject="ch4", reference="upscaled", title="Methane")
    columns = list(SUBJECT_COLUMNS)
    more = pd.DataFrame([counted], columns=columns)
    run = replace(run, subjects=pd.concat([run.subjects, more]))
    page = write_report(run, tmp_path).read_text()
    groups = re.findall(r'<tbody data-group="(\w+)".*?</tbody>', page, re.DOTALL)
    methane = page[page.index('data-group="ch4"') :].split("</tbody>")[0]
    assert groups[:3] == ["totals", "nee", "ch4"]
    assert 'data-key="upscaled.nee' in methane


def test_run_without_subjects_has_no_scorecard(tmp_path, result):
    """A suite without subjects has the matrix alone."""
    assert scorecard(result()) == []
    assert 'data-key="overall"' not in write_report(result(), tmp_path).read_text()


def test_interval_and_ceiling_stand_beside_the_score(tmp_path, result):
    """The page of a pair shows both, and says in a sentence what they are."""
    run = result(("CLASSIC",))
    filled = run.scores.assign(
        score_ci_low=0.11, score_ci_high=0.91, ci_from="years",
        score_ceiling=0.97, ceiling_from="another",
    )  # fmt: skip
    write_report(replace(run, scores=filled), tmp_path)
    page = (tmp_path / "benchmarks" / "table3" / "classic.html").read_text()
    assert "0.11 to 0.91" in page
    assert "of 0.97" in page
    assert "more than that cannot be asked of a model" in page


def test_no_skill_is_said(tmp_path, result):
    """A model that a constant beats has shown no skill, by name of the reference."""
    run = result(("CLASSIC",))
    # CLASSIC scores 1.00 and 0.25 in the two regions of the table, 0.63 on average.
    for null, expected in ((0.7, True), (0.6, False)):
        is_table = run.scores["reference"] == "table3"
        nulls = run.scores.assign(score_null=np.where(is_table, null, np.nan))
        write_report(replace(run, scores=nulls), tmp_path)
        page = (tmp_path / "models" / "classic.html").read_text()
        assert ("No better than one number for all regions in NEE" in page) == expected
        assert ("the model 0.62, one number 0.70" in page) == expected

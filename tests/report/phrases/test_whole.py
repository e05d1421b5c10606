"""Classes, trends, patterns, skill and thermal reasons, in words."""

from dataclasses import replace

import pytest

from benchmark.report import words
from benchmark.report.phrases.classes import classes, trends, wetlands
from benchmark.report.phrases.finding import Finding
from benchmark.report.phrases.merge import join
from benchmark.report.phrases.whole import no_skill, pattern, thermal
from benchmark.report.site import open_site
from benchmark.score.result import Note


@pytest.mark.parametrize(
    ("own", "message", "text"),
    [
        (
            -1.0,
            "the reference is neutral",
            "Is a sink where the reference is neutral, in Alaska",
        ),
        (
            1.0,
            "the reference is a sink; own family left out",
            "Is a source where the reference is a sink, in Alaska",
        ),
        (0.0, "the reference is neutral", "Is neutral as the reference is, in Alaska"),
        (0.0, "no single class of the reference; probability of sink 0.3", None),
    ],
)
def test_classes(row, site, own, message, text):
    """A class is told against that of the reference, where it has one."""
    cells = {"metric": "sink_source_class", "units": "1", "score": 0.5}
    found = classes([row(value=own, message=message, **cells)], site)
    assert [one.text for one in found] == ([text] if text else [])


def test_wetland_classes(row, site):
    """A ratio of wet to dry sites is held against that of the source paper."""
    cells = {"variable": "ch4", "units": "1", "grade": "C"}
    metrics = ("wetland_class_ratio", "wetland_class_ratio_upland")
    rows = [
        row(metric=metrics[0], value=1.2, score=0.1, **cells),
        row(metric=metrics[1], value=20.0, score=1.0, **cells),
    ]
    bog, upland = wetlands(rows, site)
    assert bog.text == (
        "Marsh and fen emit 1.2 times what permafrost bog does, not 5.5 to 7.5 times, "
        "in Alaska"
    )
    assert (bog.side, upland.side) == (-1, 0)
    assert upland.text.startswith("Marsh and fen emit as much more than upland tundra")


def test_trends(row, site):
    """A trend that is missed is told with both directions."""
    cells = {"metric": "mann_kendall", "units": "1", "score": 0.5, "variable": "gpp"}
    (found,) = trends([row(value=0.0, reference_value=1.0, **cells)], site)
    assert found.text == "GPP has no trend where the reference rises, in Alaska"
    assert found.side == -1


def test_pattern(row, site):
    """A weak rank correlation of the regions is told, a good one is not."""
    cells = {"metric": "regional_pattern", "region": "all_regions", "score": 0.1}
    found = pattern([row(value=-0.1, **cells), row(value=0.8, **cells)], site)
    assert [one.text for one in found] == [
        "Orders the regions by NEE unlike the reference"
    ]
    assert found[0].weight == pytest.approx(0.9 * 0.8 / 2)


def test_no_skill_is_one_sentence(row, site):
    """Metrics that a null model does as well in are one finding."""
    regions = ("alaska", "western_canada")
    rows = [
        row(region=region, metric=metric, score=0.4, score_null=null)
        for region in regions
        for metric, null in (("regional_mean", 0.5), ("bias", 0.6))
    ]
    (found,) = no_skill(rows, site)
    assert found.text == "No better than one number for all regions in NEE"
    assert found.detail == (
        "Bias, Table3: the model 0.40, one number 0.60; "
        "Regional mean, Table3: the model 0.40, one number 0.50"
    )
    assert no_skill(rows[:1], site) == []


def test_a_test_that_one_number_passes(row, site):
    """Where one number is perfect in all regions, the tolerance is what is wide."""
    rows = [row(region=r, score=0.4, score_null=1.0) for r in ("alaska", "band")]
    (found,) = no_skill(rows, site)
    assert found.detail.endswith("one number 1.00 (so wide is its tolerance)")


def test_thermal_reason(row, run):
    """A note of wrong thermal reasons is a finding with names, linked to the thaw."""
    text = "carbon right for a wrong thermal reason in alaska (0.80, alt 0.10)"
    note = Note("CLASSIC", "nee", "", "warning", text)
    site = open_site(replace(run, notes=(note,)))
    thaw = row(variable="alt", score=0.1)
    (found,) = thermal("CLASSIC", [thaw], site)
    assert found.text == "NEE is right for a wrong thermal reason"
    assert "Alaska (0.80, alt 0.10)" in found.detail
    assert found.anchor == site.anchor(thaw.reference)
    assert thermal("other", [thaw], site) == []


def test_two_sentences_of_a_variable():
    """The gravest come first, and one variable does not fill the paragraph."""
    found = [
        Finding(f"{name} {w}", "", "a", "B", w, 1, variable=name)
        for name, w in (
            *(("nee", 0.9), ("nee", 0.8), ("nee", 0.7)),
            *(("gpp", 0.6), ("ch4", 0.01)),
        )
    ]
    told = [one.text for one in words.gravest(found)]
    assert told == ["nee 0.9", "nee 0.8", "gpp 0.6"]
    assert len(words.gravest(found, most=1)) == 1


def test_strengths_are_the_surest():
    """Of each variable the best is told, the surest variable first."""
    found = [
        Finding(f"{name} {good}", "", "a", "B", 0.0, 0, good, name)
        for name, good in (("nee", 0.3), ("nee", 0.5), ("gpp", 0.8), ("ch4", 0.0))
    ]
    assert [one.text for one in words.strengths(found)] == ["gpp 0.8", "nee 0.5"]


def test_places(site):
    """Up to four places are named; of more, three, and the others counted."""
    two = ["alaska", "western_canada"]
    assert join(two, site) == "Alaska and Western Canada"
    many = ["alaska", "western_canada", "a", "b", "c"]
    assert join(many, site) == "Alaska, Western Canada, A and 2 other regions"


def test_a_level_is_not_right_and_wrong():
    """Who is off in a quantity against one reference is not praised for it."""
    seen = {"detail": "", "anchor": "a", "grade": "B"}
    off = Finding(
        "neutral, not a sink", weight=0.4, variable="nee", kind="levels", **seen
    )
    fits = Finding(
        "in the range", weight=0, good=0.9, variable="nee", kind="levels", **seen
    )
    early = Finding(
        "peaks in June", weight=0, good=0.5, variable="nee", kind="seasons", **seen
    )
    assert words.strengths([off, fits, early]) == [early]
    assert words.strengths([fits]) == [fits]

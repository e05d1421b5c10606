"""Sentences made from known numbers."""

from dataclasses import replace

from benchmark.report import words
from benchmark.report.comparison import compare
from benchmark.report.site import open_site


def test_findings(result):
    """Misses are told with their numbers, the gravest first, what is right last."""
    site = open_site(result(("CLASSIC",)))
    found = words.every_finding(site.by_model["CLASSIC"], site)
    told = words.gravest(found)
    assert [one.text for one in told] == [
        "GPP peaks 12 days early in Western Canada",
        "Too weak a sink in Western Canada, against both references",
        "Holds 60 % of the reference's soil carbon in Western Canada",
        "GPP is 80 % of the reference in Western Canada",
    ]
    weights = [finding.weight for finding in told]
    assert weights == sorted(weights, reverse=True)
    assert [one.kind for one in told] == ["seasons", "levels", "levels", "levels"]


def test_detail(result):
    """A finding carries value, reference, range, unit, place and score."""
    site = open_site(result())
    every = words.every_finding(site.by_model["CLASSIC"], site)
    (sink,) = (one for one in every if "sink" in one.text)
    assert sink.detail.replace("\N{MINUS SIGN}", "-") == (
        "-10.0 against -52.0 (-74.0 to -12.0) g C m⁻² yr⁻¹, Table3; score 0.25"
    )
    assert sink.anchor == site.anchor("table3")


def test_context_says_nothing(result):
    """What is context is drawn, never told as right or wrong."""
    run = result(("CLASSIC",))
    for name, known in run.references.items():
        run.references[name] = replace(known, role="context")
    site = open_site(run)
    assert words.every_finding(site.by_model["CLASSIC"], site) == []


def test_compare_signs(result):
    """Sink and source are told apart; inside the range is agreement."""
    site = open_site(result())
    row = site.by_model["CLASSIC"][1]

    def said(value: float) -> str:
        return compare(replace(row, value=value))

    assert said(-50.0) == "in agreement"
    assert said(-90.0) == "too strong a sink"
    assert said(-2.0) == "too weak a sink"
    assert said(3.0) == "a source, not a sink"


def test_not_assessed(result):
    """A variable without any score is named with why."""
    site = open_site(result())
    assert words.not_assessed(site.by_model["CESM2-WACCM"]) == ["GPP (failed)"]


def test_summary(result):
    """What could not be scored is counted by reason."""
    text = words.summary(open_site(result(("CLASSIC",))).rows)
    assert text.startswith("9 of 13 numbers could be scored. Not scored: ")
    assert "1 whose files could not be used" in text

"""Sentences made from known numbers."""

from benchmark.report import words
from benchmark.report.site import open_site


def test_findings(result):
    """Misses are told with their numbers, the costliest first."""
    site = open_site(result())
    found = words.findings(site.by_model["CLASSIC"], site)
    texts = [finding.text for finding in found]
    assert texts[0] == "Too weak a sink in Western Canada"
    assert "Holds 60 % of the soil carbon in Western Canada" in texts
    assert "GPP peaks 12 days early in Western Canada" in texts
    assert "GPP is 80 % of the reference in Western Canada" in texts
    weights = [finding.weight for finding in found]
    assert weights == sorted(weights, reverse=True)


def test_detail(result):
    """A finding carries value, reference, range and unit."""
    site = open_site(result())
    (sink,) = (
        finding
        for finding in words.findings(site.by_model["CLASSIC"], site)
        if "sink" in finding.text
    )
    assert sink.detail.replace("\N{MINUS SIGN}", "-") == (
        "-10.0 against -52.0 (-74.0 to -12.0) g C m⁻² yr⁻¹, Title of table3 ± 1; "
        "likewise against 1 of 1 other reference"
    )
    assert sink.anchor == site.anchor("table3")


def test_compare_signs(result):
    """Sink and source are told apart; inside the range is agreement."""
    site = open_site(result())
    row = site.by_model["CLASSIC"][1]

    def said(value: float) -> str:
        from dataclasses import replace

        return words.compare(replace(row, value=value))

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


def test_middle_reference():
    """Of three references that disagree, the one in the middle is told."""
    made = [
        words.Finding(text, "detail", "a", "B", weight, side)
        for text, weight, side in (
            ("harsh", 0.9, 1),
            ("kind", 0.1, -1),
            ("fair", 0.5, 1),
        )
    ]
    told = words._agreed(made)
    assert told.text == "fair"
    assert told.detail == "detail; likewise against 1 of 2 other references"

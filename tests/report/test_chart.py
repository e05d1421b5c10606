"""Where the marks of a figure of rows stand, against places worked by hand."""

import pytest

from benchmark.report.chart import lay_chart
from benchmark.report.figures.regional_bars import Bars, Line, Mark
from benchmark.report.render import _environment


def chart(*lines: Line, **about):
    given = {"title": "T", "variable": "gpp", "unit": "g"} | about
    return lay_chart(Bars(lines=list(lines), **given), "figures/t.csv")


def test_places_are_linear():
    """From 0 to 100 with 5 % of room above, 50 stands at 47.6."""
    found = chart(
        Line("A", (Mark("m", "in_situ", 50.0), Mark("n", "in_situ", 100.0, 0.0, 100.0)))
    )
    (lane,) = found.lanes
    assert [point.x for point in lane.points] == [47.62, 95.24]
    assert lane.whiskers[0].span == (0.0, 95.24)
    assert found.zero == 0.0
    assert not found.signed


def test_net_fluxes_have_both_sides():
    """A figure of sinks alone still has room for the word source, and zero."""
    found = chart(Line("A", (Mark("m", "in_situ", -50.0),)), variable="nee")
    assert found.signed
    assert found.zero == pytest.approx(100 * 52.5 / (52.5 * 1.22), abs=0.1)


def test_logarithmic():
    """Ten is half way between one and a hundred, and there is no zero."""
    marks = tuple(Mark("s", "in_situ", x) for x in (1.0, 10.0, 100.0))
    found = chart(Line("A", marks), log=True)
    first, middle, last = (point.x for point in found.lanes[0].points)
    assert middle == 50.0
    assert first + last == pytest.approx(100.0)
    assert found.zero is None
    assert [text for _, text in found.ticks] == ["1", "10", "100"]


def test_the_model_is_on_top():
    """A model under test is drawn after the references."""
    marks = (Mark("mine", "process_based", 1.0, bold=True), Mark("r", "in_situ", 1.0))
    points = chart(Line("A", marks)).lanes[0].points
    assert [point.kind for point in points] == ["", "bold"]
    assert points[1].says == "mine 1.00"


def test_unknown_values_are_not_drawn():
    """A mark without a value has no point; NaN draws nothing."""
    marks = (Mark("a", "in_situ", None, 1.0, 2.0), Mark("b", "in_situ", float("nan")))
    lane = chart(Line("A", marks)).lanes[0]
    assert lane.points == ()
    assert lane.whiskers[0].thick


def test_hostile_labels_are_text():
    """Names in a figure cannot leave it."""
    bad = "<script>alert(1)</script>\"'"
    marks = (Mark(bad, "in_situ", 1.0),)
    found = chart(Line(bad, marks), hrefs={bad: "models/x.html"}, title=bad)
    page = '{% import "charts.html" as g with context %}{{ g.chart(c, "../") }}'
    text = _environment(None).from_string(page).render(c=found)
    assert "<script>" not in text
    assert "&lt;script&gt;" in text
    assert 'href="../models/x.html"' in text

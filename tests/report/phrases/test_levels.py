"""How much a model has, in words, from numbers worked by hand."""

import pytest

from benchmark.report.phrases.finding import Observed
from benchmark.report.phrases.levels import levels


def nee(row, region, value, middle, score, reference="table3", **about):
    cells = {"reference_value": middle, "score": score, "reference": reference}
    return row(region=region, value=value, variable="nee", **cells, **about)


def test_both_references(row, site, flat):
    """A sink that is too weak in one region against both references is one finding."""
    rows = [
        nee(row, "western_canada", -10.0, -52.0, 0.25),
        nee(row, "western_canada_boreal_tundra", -12.0, -40.0, 0.5, "upscaled"),
    ]
    (found,) = levels(rows, site)
    assert found.text == "Too weak a sink in Western Canada, against both references"
    assert flat(found.detail) == (
        "-10.0 against -52.0 g C m⁻² yr⁻¹, Table3; score 0.25"
    )
    assert (found.side, found.grade, found.variable) == (1, "B", "nee")
    # Misses of 0.75 and 0.5, of grade B: the mean of the worst and of the mean.
    assert found.weight == pytest.approx(0.8 * (0.75 + (0.75 + 0.5) / 2) / 2)


def test_references_that_disagree(row, site):
    """Where one of two references says otherwise, neither side has a majority."""
    rows = [
        nee(row, "alaska", 20.0, -52.0, 0.1),
        nee(row, "alaska_boreal_tundra", 20.0, 60.0, 0.1, "upscaled"),
    ]
    assert levels(rows, site) == []


def test_other_words_elsewhere(row, site):
    """A place with the same side but other words is told after the worst."""
    rows = [
        nee(row, "alaska", 5.0, -40.0, 0.1),
        nee(row, "western_canada", -10.0, -52.0, 0.3),
    ]
    (found,) = levels(rows, site)
    assert found.text == (
        "A source, not a sink, in Alaska, too positive also in Western Canada"
    )
    assert "in Alaska" in found.detail


def test_below_one_metre(row, site):
    """Soil carbon of 1 to 3 m is told as such, a third as a word."""
    about = {"variable": "cSoil", "reference": "soil <maps>", "units": "kg m-2"}
    rows = [row(**about, value=10.0, reference_value=30.0, score=0.2)]
    (found,) = levels(rows, site)
    assert found.text == (
        "Holds a third of the reference's soil carbon below 1 m in Alaska"
    )
    assert found.side == -1


def test_methane_density(row, site):
    """Methane per wetland area is another quantity than its total."""
    about = {"variable": "ch4", "mass_basis": "CH4", "score": 0.4}
    rows = [
        row(**about, metric="ch4_density", value=30.0, reference_value=12.0),
        row(
            **about, metric="ch4_total", units="Tg yr-1", value=5.0, reference_value=5.0
        ),
    ]
    texts = [found.text for found in levels(rows, site)]
    assert texts == [
        "CH₄ per wetland area is 2.5 times the reference in Alaska",
        "CH₄ is within 10 % of the reference in Alaska",
    ]


def test_agreement_is_no_miss(row, site):
    """A model in the range weighs nothing as a miss, and is good by its grade."""
    rows = [
        nee(
            row,
            "alaska",
            -5.0,
            -6.0,
            1.0,
            reference_low=-39.0,
            reference_high=6.0,
            grade="C",
        )
    ]
    (found,) = levels(rows, site)
    assert found.text == "NEE is in the range of the reference in Alaska"
    assert (found.weight, found.side, found.good) == (0.0, 0, 0.5)


def test_easy_test_is_left_out(row, site):
    """A mean within its interval says nothing where the mean itself is scored."""
    easy = {"metric": "regional_mean_interval", "score": 0.05}
    rows = [
        nee(row, "alaska", -10.0, -52.0, 0.6),
        nee(row, "alaska", -10.0, -52.0, **easy),
    ]
    (found,) = levels(rows, site)
    assert found.detail.endswith("score 0.60")


@pytest.mark.parametrize(
    ("sigma", "cost"), [(None, 0.4), (0.0, 0.2), (1.0, 0.3), (2.0, 0.4), (9.0, 0.4)]
)
def test_size_in_half_widths(row, sigma, cost):
    """Two half-widths off cost in full, the edge of the range three quarters."""
    one = Observed(row(grade="B"), 1, "v", "more", "n", miss=0.5, sigma=sigma)
    assert one.cost == pytest.approx(cost)

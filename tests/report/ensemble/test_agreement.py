"""Sink, neutral or source: Fig. 6 of the source paper."""

import numpy as np
import pytest

from benchmark.report.ensemble.agreement import finding, majorities
from benchmark.report.figures.probability_maps import majority_class


@pytest.fixture(scope="module")
def classes(ensemble):
    return ensemble.classes


def test_bars_are_the_probabilities_of_the_ensemble(page, classes):
    """The CSV has the probabilities, and their intervals, as computed."""
    shown = page.csv("ensemble-classes")
    assert len(shown) == len(classes)
    for name, of in (("approaches", "reference"), ("with the models", "with_models")):
        mine = classes[classes["of"] == of].set_index(["region", "class"])
        for row in shown[shown["of"] == name].to_dict("records"):
            id = next(
                i
                for i in mine.index.levels[0]
                if page.site.region_name(i) == row["region"]
            )
            truth = mine.loc[(id, row["class"])]
            for column in ("probability", "low", "high"):
                assert row[column] == pytest.approx(truth[column], abs=1e-5)


def test_shares_of_a_region_sum_to_one(page):
    """Sink, neutral and source are all there is."""
    shown = page.csv("ensemble-classes")
    total = shown.groupby(["region", "of"])["probability"].sum()
    np.testing.assert_allclose(total, 1.0, atol=1e-5)


def test_finding_counts_majorities(page, classes):
    """It says in how many regions most families see a sink."""
    n = sum(kind == "sink" for kind in majorities(classes, "reference").values())
    assert finding(page.site, classes).startswith(
        f"Most families see a sink in {n} of 8 regions"
    )


def test_half_is_no_majority(classes):
    """Canadian tundra: one half neutral, a quarter sink and a quarter source."""
    assert majorities(classes, "reference")["canadian_tundra"] == ""


def test_equal_weight_is_said(page):
    """Bars and maps say that families count alike."""
    for id in ("agreement", "agreement-maps"):
        assert any("Every family counts the same" in t for t in page.section(id).read)


def test_maps_have_a_row_for_each_family_and_one_for_all(page):
    """Process models split, the inversion a sink: three quarters sink."""
    panels = page.section("agreement-maps").panels
    assert [label for label, _ in panels.rows] == [
        "Process models",
        "Inversion",
        "All families, each counted once",
    ]
    data = page.csv("ensemble-agreement")
    np.testing.assert_allclose(data["process_based_sink"], 0.5)
    np.testing.assert_allclose(data["inversion_sink"], 1.0)
    np.testing.assert_allclose(data["all_sink"], 0.75)
    assert panels.parts["sink"] == "100 %"
    assert "On 100 % of the land shown" in page.section("agreement-maps").finding


def test_seas_are_left_out(page):
    """Only cells that touch a region of the run are on the maps."""
    data = page.csv("ensemble-agreement")
    assert 0 < len(data) < 9 * 36
    atlantic = data[(data["lat"] == 52.5) & (data["lon"] == 325.0)]
    assert atlantic.empty


def test_a_tie_is_no_majority():
    """One half each has no majority; a cell without values has no class."""
    likely = np.array(
        [[[0.5, 0.6, np.nan]], [[0.5, 0.4, np.nan]], [[0.0, 0.0, np.nan]]]
    )
    np.testing.assert_array_equal(majority_class(likely), [[3.0, 0.0, np.nan]])

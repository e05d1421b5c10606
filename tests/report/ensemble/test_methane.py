"""Methane by region and class: Fig. 5 and 3 of the source paper."""

import numpy as np
import pytest

from benchmark.report.ensemble.sites import (
    published_ranges,
    region_places,
    site_values,
)
from benchmark.report.figures.boxes import describe
from benchmark.report.figures.samples import Place, Sample


def test_every_site_of_a_region_is_in_the_data(page):
    """The CSV has the sites' values, unchanged; sites outside all regions are not."""
    table = page.site.result.sites["bawld_sites"]
    inside = table[table["region"] != ""]
    shown = page.csv("ensemble-methane-regions")
    sites = shown[shown["kind"] == "sites"]
    assert len(sites) == len(inside) < len(table)
    np.testing.assert_allclose(
        np.sort(sites["value"]), np.sort(inside["value"]), rtol=1e-5, atol=1e-8
    )


def test_twins_of_a_region_are_one_row(page):
    """Sites of a region without permafrost limit stand in its row."""
    from dataclasses import replace

    (data,) = site_values(page.site)
    twins = data.table.assign(region=data.table["region"] + "_boreal_tundra")
    named = region_places(page.site, [data])
    assert region_places(page.site, [replace(data, table=twins)]) == named


def test_models_and_the_scored_median_stand_beside_the_sites(page):
    """Values of models are those of the score table; the line is its reference."""
    places = {p.name: p for p in region_places(page.site, site_values(page.site))}
    alaska = places["Alaska"]
    assert dict(alaska.models)["Beta"] == pytest.approx(2 * 7.40323)
    assert alaska.scored == pytest.approx(7.40323)


def test_ranges_are_those_of_the_references(page):
    """The bands are read from the references, the widest first."""
    spans = published_ranges(page.site)
    assert [(s.label, s.low, s.high) for s in spans] == [
        ("chambers", 1.6, 18.0),
        ("towers", 5.7, 13.0),
    ]


def test_few_sites_are_said(page):
    """The finding counts the regions with fewer than five sites."""
    counts = page.site.result.sites["bawld_sites"]["region"].value_counts()
    regions = [id for id in page.site.result.regions if id != "permafrost_domain"]
    few = sum(counts.get(id, 0) < 5 for id in regions)
    assert (
        f"{few} of 8 regions have fewer than 5 sites" in page.section("methane").finding
    )


def test_classes_come_in_the_order_of_the_paper(page):
    """From marsh to permafrost bog; classes without a site are named as such."""
    shown = page.csv("ensemble-methane-classes")["place"].drop_duplicates().tolist()
    assert shown == ["Marsh", "Fen", "Bog", "Permafrost wetland", "Permafrost bog"]
    said = " ".join(page.section("methane-classes").words)
    assert "Boreal forest and Upland tundra" in said


def test_ratio_of_classes_is_that_of_the_medians(page):
    """Marsh and fen over permafrost bog, beside what the paper states."""
    table = page.site.result.sites["bawld_sites"]
    wet = table[table["site_class"].isin(["marsh", "fen"])]["value"].median()
    dry = table[table["site_class"] == "permafrost_bog"]["value"].median()
    text = page.section("methane-classes").finding
    assert f"is {wet / dry:.0f} times that of permafrost bog" in text
    assert text.endswith("the paper states 5.5 to 7.5)")


def test_uptake_is_told_and_not_lost():
    """A negative flux has no place on an axis of ratios, but in words and data."""
    row = Place("bog", (Sample("sites", (-0.5, -0.5, -0.5)),))
    assert "median \N{MINUS SIGN}0.500" in describe([row], "Methane", "g")

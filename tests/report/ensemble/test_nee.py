"""Annual NEE by approach and region: Fig. 4 of the source paper."""

import numpy as np
import pandas as pd
import pytest

from benchmark.report.ensemble.nee_words import finding


def test_data_are_the_approaches_and_the_models(page):
    """The CSV has every value of the table and of the models, unchanged."""
    shown = page.csv("ensemble-nee")
    table = page.site.result.approaches["treat2024_nee"].dropna(subset=["value"])
    names = [page.site.region_name(id) for id in table["region"]]
    table = table.assign(name=names).sort_values(["name", "value"])
    mine = shown[shown["kind"] == "approach"].sort_values(["region", "value"])
    np.testing.assert_allclose(mine["value"], table["value"], rtol=1e-5)
    np.testing.assert_allclose(mine["sd_spatial"], table["sd_spatial"], rtol=1e-5)
    scores = page.site.result.scores
    models = scores[scores["reference"] == "treat2024_nee"]
    assert (shown["kind"] == "model").sum() == len(models)
    assert shown[shown["kind"] == "model"]["value"].sum() == pytest.approx(
        models["value"].sum(), rel=1e-5
    )


def test_letters_and_p_are_those_of_the_ensemble(page, ensemble):
    """Figure, matrix and data show the letters and p that were computed."""
    letters = page.csv("ensemble-nee").drop_duplicates("region")
    names = {id: page.site.region_name(id) for id in ensemble.regions.letters}
    shown = letters.set_index("region")["letters"].to_dict()
    for id, letter in ensemble.regions.letters.items():
        assert shown[names[id]] == letter
    matrix, _ = page.section("nee").grids
    cells = {
        (line.head, column): cell.value
        for line in matrix.lines
        for column, cell in zip(matrix.columns, line.cells, strict=True)
        if cell.value is not None
    }
    pairs = ensemble.regions.pairs
    assert len(cells) == len(pairs) == 28
    for pair in pairs.to_dict("records"):
        ends = names[pair["one"]], names[pair["other"]]
        p = cells.get(ends, cells.get(ends[::-1]))
        assert p == pair["p_value"]
    marked = [c for line in matrix.lines for c in line.cells if c.kind == "mark"]
    assert len(marked) == len(ensemble.regions.different()) == 2


def test_the_finding_names_what_differs_and_what_carries_it(page):
    """Western Canada stands apart until one of seven values is left out."""
    text = page.section("nee").finding
    assert text.startswith("Western Canada differs from Canadian tundra and Siberian")
    assert "no longer once any one of 7 values is left out" in text


def test_both_copies_are_told(page):
    """Without one of the equal numbers nothing differs, without the other both."""
    said = " ".join(page.section("nee").words)
    assert (
        "inversion value of Western Canada no pairs differ (smallest p 0.082)" in said
    )
    assert (
        "inversion value of Western Siberia 2 pairs differ (smallest p 0.025)" in said
    )


def test_dropped_values_are_those_that_change_the_verdict(page, ensemble):
    """The table lists the values without which other pairs differ, and no others."""
    _, grid = page.section("nee").grids
    pairs = {frozenset(pair) for pair in ensemble.regions.different()}
    left = [
        {frozenset(pair.split(" - ")) for pair in text.split("; ") if pair}
        for text in ensemble.without["different"]
    ]
    assert len(grid.lines) == sum(found != pairs for found in left)
    assert len(page.csv("ensemble-nee-without-one")) == 39


def test_isimip_says_its_own_years(page):
    """The rows of another period carry it in their name and in how to read it."""
    assert "ISIMIP (2002\N{EN DASH}2005)" in page.section("nee").twins[0].wide.alt
    assert any("except ISIMIP" in text for text in page.section("nee").read)


def test_equal_regions_have_no_difference_to_tell(page, ensemble):
    """Where no pair differs, the finding says so with the smallest p."""
    from dataclasses import replace

    none = replace(
        ensemble.regions,
        pairs=ensemble.regions.pairs.assign(p_value=0.4),
    )
    text = finding(page.site, replace(ensemble, regions=none))
    assert text.startswith("No two regions differ")
    assert "0.400" in text


def test_no_whisker_without_a_spread(page):
    """Canadian tundra in situ has no SD in the table, and none in the figure."""
    shown = page.csv("ensemble-nee")
    row = shown[(shown["region"] == "Canadian tundra") & (shown["source"] == "in situ")]
    assert pd.isna(row["sd_spatial"].item())

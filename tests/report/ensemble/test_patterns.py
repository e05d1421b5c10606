"""Taylor and portrait diagrams, ranks, scatter, completeness, families."""

import numpy as np
import pandas as pd
import pytest

from benchmark.report.ensemble.levels import all_levels, broadest
from benchmark.report.ensemble.overview import beyond, overview
from benchmark.report.ensemble.patterns import statistics
from benchmark.report.ensemble.portrait import error, sides
from benchmark.report.ensemble.ranks import histogram, rank_table, reading
from benchmark.report.ensemble.scatter import variation


def test_taylor_statistics_obey_their_law():
    """Spread ratio, correlation and centred error close the triangle."""
    rng = np.random.default_rng(0)
    mine, theirs = rng.normal(size=50), rng.normal(size=50)
    point = statistics(1, "M", mine, theirs)
    gap = (mine - mine.mean()) - (theirs - theirs.mean())
    assert point.error == pytest.approx(gap.std() / theirs.std())
    assert point.r == pytest.approx(np.corrcoef(mine, theirs)[0, 1])


def test_taylor_weighs_cells_by_area():
    """A cell of no area does not count."""
    mine = np.array([1.0, 2.0, 3.0, 4.0, 5.0, 100.0])
    theirs = np.array([2.0, 4.0, 6.0, 8.0, 10.0, -100.0])
    weights = np.array([1.0, 1, 1, 1, 1, 0])
    point = statistics(1, "M", mine, theirs, weights)
    assert (point.r, point.ratio) == (pytest.approx(1.0), pytest.approx(0.5))


def test_taylor_needs_a_pattern():
    """Four values, or a constant, have none."""
    assert statistics(1, "M", np.arange(4.0), np.arange(4.0)) is None
    assert statistics(1, "M", np.ones(8), np.arange(8.0)) is None


def test_taylor_says_map_or_regions(page):
    """Each diagram's title tells whether cells or regions were compared."""
    titles = [picture.title for picture in page.section("taylor").pictures]
    assert titles[0] == "GPP of gpp_map, cells, 5 models"
    assert any("8 regions" in title for title in titles[1:])
    data = page.csv("ensemble-taylor-map-gpp")
    np.testing.assert_allclose(data["sd_ratio"], [0.5, 1.0, 1.5, 2.0, 2.5], rtol=1e-4)
    np.testing.assert_allclose(data["correlation"], 1.0, rtol=1e-5)


def test_approaches_stand_against_the_median_of_the_others(page):
    """An approach is no part of its own yardstick."""
    table = page.site.result.approaches["treat2024_nee"]
    wide = table.pivot_table("value", "region", "approach")
    wide = wide.drop(index="permafrost_domain")
    others = wide.drop(columns="upscaling").median(axis=1)
    r = np.corrcoef(wide["upscaling"], others)[0, 1]
    data = page.csv("ensemble-taylor-regions-nee").set_index("source")
    assert data.loc["upscaling", "correlation"] == pytest.approx(r, rel=1e-4)


def test_portrait_has_the_errors_of_the_scores(page):
    """Differences of NEE are model minus reference; colours stop at 50."""
    data = page.csv("ensemble-errors-treat2024-nee")
    np.testing.assert_allclose(
        data["error"], data["value"] - data["reference"], atol=1e-3
    )
    assert data.groupby("model")["error"].mean()["Alpha"] == pytest.approx(10.0)
    assert error("nee", 90.0, 0.0)[1] == 1.0
    assert error("gpp", 400.0, 100.0)[1] == pytest.approx(1.0)


def test_portrait_colours_do_not_depend_on_the_others(page, run, tmp_path):
    """A cell has the same colour in a run of one model."""
    from benchmark.report.drawing import Studio
    from benchmark.report.ensemble.portrait import portrait_section
    from benchmark.report.site import open_site

    site = open_site(run(("Alpha",)))
    alone = portrait_section(site, Studio(site, tmp_path))
    for grid in alone.grids:
        same = next(
            g for g in page.section("portrait").grids if g.caption == grid.caption
        )
        mine = next(line for line in same.lines if line.head == "Alpha")
        assert mine.cells == grid.lines[0].cells


def test_sides_count_models_above(page):
    """All five models are above the reference of NEE in every region."""
    levels = broadest(page.site, all_levels(page.site))["nee"]
    assert set(sides(levels).values()) == {(5, 5)}
    assert "too weak a sink" in " ".join(
        (page.section("portrait").finding, *page.section("portrait").words)
    )


def test_a_reference_below_all_models_is_in_the_first_bin(page):
    """Rank 0 of five models fills the lowest fifth, most of it."""
    table = rank_table(all_levels(page.site))
    nee = table[table["variable"] == "nee"]
    assert (nee["below"] == 0).all()
    assert histogram(nee)[0] == pytest.approx(len(nee))
    assert "mostly above the references" in reading("NEE", histogram(nee))


def test_ranks_of_one_more_model_are_flat():
    """A reference drawn like the models falls in every fifth alike."""
    rng = np.random.default_rng(1)
    below = [(rng.normal(size=9) < rng.normal()).sum() for _ in range(3000)]
    shares = histogram(pd.DataFrame({"below": below, "models": 9}))
    np.testing.assert_allclose(np.array(shares) / 3000, 0.2, atol=0.03)
    assert sum(shares) == pytest.approx(3000)


def test_scatter_is_the_coefficient_of_variation(page):
    """Models of 1 to 5 times one value: sd sqrt(2.5) over a mean of 3."""
    (levels,) = (one for one in all_levels(page.site) if one.metric == "ch4_density")
    table = variation(levels)
    np.testing.assert_allclose(table["cv"], np.sqrt(2.5) / 3)
    assert len(page.csv("ensemble-methane-spread")) == len(table)


def test_a_failure_is_a_cell_with_its_reason(page):
    """A variable that failed is a state and a line with the reason, for its model."""
    matrix, missing = page.section("completeness").grids
    gpp = matrix.columns.index("GPP")
    alpha = next(line for line in matrix.lines if line.head == "Alpha")
    assert alpha.cells[gpp].kind == "failed"
    assert "gpp.nc is HTML & no NetCDF" in alpha.cells[gpp].title
    assert any(
        "gpp.nc is HTML & no NetCDF" in cell.text
        for line in missing.lines
        for cell in line.cells
    )


def test_completeness_has_a_row_for_each_model_and_variable(page):
    """Nothing vanishes: five models by three variables."""
    data = page.csv("ensemble-completeness")
    assert len(data) == 15
    assert set(data["status"]) == {"scored", "failed", "no_model_data"}


def test_overview_names_models_outside_all_approaches(page, ensemble):
    """The share of models beyond the range is counted region by region."""
    found = beyond(ensemble.rows)
    top = found[found["side"] != ""]["model"].value_counts()
    text = " ".join(overview(page.site, ("treat2024_nee", ensemble)))
    assert text.startswith("5 models of 1 family: 5 process models.")
    assert f"is outside in {top.iloc[0]} of 8 regions" in text
    assert top.index[0] == "Epsilon"

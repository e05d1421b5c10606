"""Which numbers share a figure of a region."""

from dataclasses import replace

import pytest

from benchmark.report.bars import limit_of, model_bars, region_bars
from benchmark.report.site import open_site


@pytest.fixture
def site(result):
    """CLASSIC shares 58 % of the soil map of Western Canada, the other model all."""
    run = result(("CLASSIC", "B"))
    scores = run.scores
    soil = (scores["reference"] == "soil <maps>") & (
        scores["region"] == "western_canada"
    )
    scores.loc[soil, "coverage"] = scores.loc[soil, "model"].map(
        {"CLASSIC": 0.58, "B": 0.9}
    )
    scores.loc[soil & (scores["model"] == "CLASSIC"), "reference_value"] = 99.0
    return open_site(run)


def test_parts_stand_apart(site):
    """A model's mean over part of a region is not beside means of all of it."""
    whole, part = region_bars(site, "western_canada", "cSoil").values()
    sources = [mark.label for line in whole.lines for mark in line.marks]
    assert sources == ["Soil <maps>", "B"]
    assert [mark.value for line in whole.lines for mark in line.marks] == [20.0, 12.0]
    assert "part of the region" in part.title
    assert "part of the region" not in whole.title
    (line,) = part.lines
    assert line.label.startswith("CLASSIC, 58 % of")
    assert [mark.value for mark in line.marks] == [99.0, 12.0]


def test_part_in_a_model_figure(site):
    """A region of which only a part is shared is labelled in a model's figure."""
    (bars,) = model_bars(site, "CLASSIC", "cSoil").values()
    assert [line.label for line in bars.lines] == [
        "Alaska",
        "Western Canada (58 % of it)",
    ]


def test_eighty_per_cent_is_whole(site):
    """From 80 % on a row speaks for its region; without a coverage it does too."""
    row = site.rows[0]
    assert replace(row, coverage=0.8).whole
    assert not replace(row, coverage=0.79).whole
    assert replace(row, coverage=None).whole


def test_table_before_map(site):
    """Where rows differ, a model's mark is its mean over all its land."""
    field = next(row for row in site.by_model["CLASSIC"] if row.units == "g m-2 yr-1")
    rows = [
        replace(field, region="alaska", reference=name, value=value, coverage=0.9)
        for name, value in (("gridded_gpp", 3.0), ("table3", 7.0))
    ]
    site.by_region["alaska"] = rows
    (bars,) = region_bars(site, "alaska", "nee").values()
    assert bars.lines[-1].marks[0].value == 7.0


def test_models_of_the_run_are_open(site):
    """A CMIP6 model of the run has not the mark of the CMIP6 reference."""
    domain = region_bars(site, "permafrost_domain", "nee")
    (cesm,) = (
        mark
        for bars in domain.values()
        for line in bars.lines
        for mark in line.marks
        if mark.label == "CESM2-WACCM"
    )
    assert cesm.hollow
    assert not cesm.bold


def test_cycle_of_a_part(site, tmp_path):
    """A cycle of a region that is not scored is not drawn as that region's."""
    from benchmark.report.drawing import Studio

    studio = Studio(site, tmp_path)
    (picture,) = studio.model_cycles("CLASSIC", "gridded_gpp")
    assert picture.title == "Western Canada"
    run = site.result
    run.scores.loc[run.scores["reference"] == "gridded_gpp", "coverage"] = 0.6
    studio = Studio(open_site(run), tmp_path)
    (picture,) = studio.model_cycles("CLASSIC", "gridded_gpp")
    assert picture.title == "Western Canada, part of it"
    assert studio.region_cycle("gridded_gpp", "western_canada") is None
    run.scores.loc[run.scores["reference"] == "gridded_gpp", "status"] = "not_assessed"
    studio = Studio(open_site(run), tmp_path)
    assert studio.model_cycles("CLASSIC", "gridded_gpp") == []


def test_titles_name_the_set_of_regions(site):
    """Regions of the paper say whether they end at the permafrost; a box does not."""
    limited, open_ended = "western_canada", "western_canada_boreal_tundra"
    assert limit_of(site, open_ended) == "without a permafrost limit"
    assert limit_of(site, limited) == "within the permafrost limit"
    assert limit_of(site, "my_box") == ""
    (bars,) = model_bars(site, "CLASSIC", "cSoil").values()
    assert bars.title == "Soil carbon, regions within the permafrost limit"

"""What a region's page says and draws, against numbers worked by hand."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from benchmark.config.descriptors import VariableSource
from benchmark.report.bars import region_bars
from benchmark.report.figures.many_cycles import apart, draw_cycles, furthest
from benchmark.report.figures.region_view import region_view
from benchmark.report.figures.regional_bars import Mark
from benchmark.report.figures.seasonal_cycle import Cycle
from benchmark.report.region_charts import soil_depths, wetland_classes
from benchmark.report.region_table import overview
from benchmark.report.region_words import (
    beyond,
    classes,
    headline,
    one_quantity,
    span_of,
)
from benchmark.report.site import open_site


def marks(*values, family="in_situ"):
    return [Mark(str(i), family, x) for i, x in enumerate(values)]


def plain(text: str) -> str:
    return text.replace("\N{MINUS SIGN}", "-")


def test_weaker_sinks():
    """Of five models three are above every approach, one below, one among them."""
    models = marks(-5.0, 3.0, -11.0, -80.0, -40.0)
    said = beyond("NEE", marks(-74.0, -12.0, -53.0), models, "g")
    assert plain(said) == (
        "NEE (-74.0 to -12.0 g): of 5 models 3 are a weaker sink, or a source, than "
        "every approach, 1 is a stronger sink than every approach and 1 lies among "
        "them."
    )


def test_both_sides_of_zero():
    """Approaches of both signs make no model a weaker sink."""
    said = beyond("NEE", marks(-6.0, 6.0), marks(20.0, 30.0), "g")
    assert plain(said) == (
        "NEE (-6.00 to 6.00 g): of 2 models 2 are nearer a source than every approach."
    )


def test_one_model_one_reference():
    """A single model against a single reference is told as such, with its range."""
    one = [Mark("r", "mapping", 20.0, 15.0, 25.0)]
    assert beyond("soil carbon", one, marks(30.0), "kg") == (
        "Soil carbon (15.0 to 25.0 kg): the one model has more than the reference."
    )
    assert beyond("soil carbon", one, marks(16.0), "kg") == (
        "Soil carbon (15.0 to 25.0 kg): the one model lies in its range."
    )
    assert beyond("soil carbon", [], marks(16.0), "kg") == ""


def test_ranges_without_a_value():
    """A range counts where there is no value; a spread around a value does not."""
    several = [Mark("a", "mixed", None, 5.0, 38.0), Mark("b", "mixed", 20.0, 1.0, 90.0)]
    assert span_of(several) == (5.0, 38.0)
    assert span_of([Mark("a", "mixed", 20.0, 1.0, 90.0)]) == (1.0, 90.0)
    assert span_of([]) is None


def test_winter_is_no_year(result):
    """The amount of a cold season stands beside no annual total."""
    site = open_site(result(("CLASSIC",)))
    base = site.by_region["alaska"][0]
    total = replace(base, metric="regional_total", units="Tg yr-1", value=1.0)
    winter = replace(total, metric="cold_season_amount", value=1662.0)
    assert one_quantity(site, [total, winter]) == [total]
    rows = {"alaska": [total, winter]}
    bars = region_bars(replace_rows(site, rows), "alaska", "nee")
    (figure,) = bars.values()
    assert 1662.0 not in [mark.value for line in figure.lines for mark in line.marks]


def replace_rows(site, rows):
    """Give a site other rows of its regions."""
    made = replace(site)
    made.__dict__["by_region"] = rows
    return made


def test_classes_of_approaches():
    """Ten on either side is neutral, the edges themselves included."""
    assert classes(marks(-10.0, 10.0, 0.0)) == "All 3 approaches make it neutral."
    assert classes(marks(-10.1, -50.0)) == "All 2 approaches make it a sink."
    assert classes(marks(-20.0, 0.0, 11.0)) == (
        "Of 3 approaches 1 makes it a sink, 1 neutral and 1 a source: the class is not "
        "certain."
    )
    assert classes(marks(-20.0)) == ""


def test_headline(result):
    """A region's sentences begin with NEE and its classes."""
    site = open_site(result(("CLASSIC",)))
    said = [plain(text) for text in headline(site, site.by_region["western_canada"])]
    assert said == [
        "NEE (-53.0 to -25.0 g C m⁻² yr⁻¹): the one model is a weaker sink, or a "
        "source, than every approach.",
        "All 2 approaches make it a sink.",
        "GPP (500 g C m⁻² yr⁻¹): the one model has less than the reference.",
        "Soil carbon (20.0 kg C m⁻²): the one model has less than the reference.",
    ]
    assert headline(site, []) == []


@pytest.fixture
def layered(result):
    """Three references of one source: 0 to 1 m, 0 to 2 m, and 1 to 3 m of another."""
    run = result(("CLASSIC", "B"))
    soil = run.references["soil <maps>"]
    for name, depth, doi in (
        ("one", (0.0, 1.0), "10.1/a"),
        ("two", (0.0, 2.0), "10.1/a"),
        ("three", (1.0, 3.0), "10.1/b"),
    ):
        data = VariableSource(files=("x.csv",), depth=depth)
        run.references[name] = replace(soil, name=name, data=data, doi=doi, label=name)
    site = open_site(run)
    base = next(row for row in site.by_model["CLASSIC"] if row.variable == "cSoil")
    levels = {
        "one": {"CLASSIC": (10.0, 20.0), "B": (15.0, 20.0)},
        "two": {"CLASSIC": (18.0, 32.0), "B": (15.0, 32.0)},
        "three": {"CLASSIC": (9.0, 30.0)},
    }
    rows = [
        replace(
            base, model=model, reference=name, value=own, reference_value=theirs,
            region="alaska",
        )
        for name, models in levels.items()
        for model, (own, theirs) in models.items()
    ]  # fmt: skip
    return site, rows


def test_layers_by_difference(layered):
    """1 to 2 m is 32 - 20 in the reference, 18 - 10 in the model with layers."""
    site, rows = layered
    bars = soil_depths(site, "alaska", rows)
    assert [line.label for line in bars.lines] == [
        "0 to 1 m",
        "0 to 2 m",
        "1 to 2 m",
        "1 to 3 m",
    ]
    difference = {mark.label: mark.value for mark in bars.lines[2].marks}
    # B has one stock at every depth: no layers, no mark.
    assert difference == {"two less its upper part": 12.0, "CLASSIC": 8.0}
    assert "Alaska" in bars.title


def test_no_soil(layered):
    """Without soil carbon of a known depth there is no figure."""
    site, rows = layered
    assert soil_depths(site, "alaska", []) is None
    unlayered = [replace(row, reference="soil <maps>") for row in rows]
    assert soil_depths(site, "alaska", unlayered) is None


def sites(*lines):
    names = ["site", "lat", "lon", "site_class", "region", "value", "n"]
    return pd.DataFrame(lines, columns=names)


def test_wetland_classes(layered):
    """Sites by class, wet first, with quartiles; what takes methane up is counted."""
    site, rows = layered
    table = sites(
        ("a", 65, -150, "upland_tundra", "alaska", 0.5, 1),
        ("b", 65, -150, "upland_tundra", "alaska", -0.1, 1),
        ("c", 65, -150, "fen", "alaska", 10.0, 1),
        ("d", 65, -150, "fen", "alaska", 20.0, 1),
        ("e", 65, -150, "fen", "alaska", 40.0, 1),
        ("<f>", 65, -150, "", "alaska", 4.0, 1),
    )
    density = replace(
        rows[0], variable="ch4", metric="ch4_density", value=3.0, reference_value=12.0,
        units="g m-2 yr-1", mass_basis="CH4",
    )  # fmt: skip
    bars = wetland_classes(site, "alaska", [density], [table])
    assert [line.label for line in bars.lines] == [
        "Fen (n=3)",
        "Upland tundra (n=2, 1 not above 0)",
        "Class not given (n=1)",
        "models, all wetlands",
    ]
    fen = bars.lines[0]
    assert (fen.band, fen.median) == ((15.0, 30.0), 20.0)
    assert [mark.value for mark in bars.lines[3].marks] == [3.0]
    assert bars.log
    assert wetland_classes(site, "alaska", [density], []) is None


def test_overview(result):
    """All models in a table: each quantity with the span of its references."""
    site = open_site(result(("CLASSIC", "B")))
    found = overview(site, site.by_region["western_canada"])
    nee, gpp, soil = found.columns
    assert (nee.name, nee.low, nee.high) == ("NEE", -53.0, -25.0)
    assert nee.levels == {"CLASSIC": -10.0, "B": -10.0}
    assert np.isclose(gpp.scores["B"], 0.7)
    assert (soil.low, soil.high) == (20.0, 20.0)
    assert [name for name, _ in found.models] == ["CLASSIC", "B"]


def test_view_is_close_up(result):
    """The map shows the region with room around it, and its sites by their place."""
    run = result(("CLASSIC",))
    table = sites(("<s>", 90.0, 0.0, "fen", "alaska", 1.0, 1))
    view = region_view([run.regions["alaska"]], [table])
    left, top, side, height = (float(x) for x in view.box.split())
    assert side == height < 100
    # North is up: the middle of Alaska, 150 W, is turned below the pole.
    assert left + side / 2 == pytest.approx(0.0, abs=3.0)
    assert top + side / 2 > 0
    assert (view.spots[0].x, view.spots[0].y) == (0.0, 0.0)
    assert view.spots[0].says == "<s> (fen)"
    assert left > -103
    assert top > -103


def cycle(**models):
    wave = np.cos(2 * np.pi * np.arange(12) / 12)
    return Cycle("A", "gpp", "g", wave, {k: v * wave for k, v in models.items()})


def test_outliers_are_named(tmp_path):
    """Of six models the four furthest from the reference are named, all are drawn."""
    made = cycle(a=1.0, b=1.1, c=5.0, d=-2.0, e=1.5, f=3.0)
    assert furthest(made) == ["c", "d", "f", "e"]
    picture = draw_cycles(made, tmp_path, "many")
    assert [name for name, _ in picture.curves] == ["c", "d", "f", "e"]
    columns = pd.read_csv(tmp_path / picture.data).columns
    assert list(columns) == ["month", "reference", "a", "b", "c", "d", "e", "f"]
    assert "(f)" in picture.alt


def test_names_do_not_meet():
    """Names keep their order and end a gap apart."""
    found = apart({"a": 0.0, "b": 1.0, "c": 2.0, "d": 100.0}, gap=10.0)
    assert found == {"a": -9.0, "b": 1.0, "c": 11.0, "d": 100.0}

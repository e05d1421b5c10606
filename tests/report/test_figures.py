"""Figures: colours, projection and what they say."""

import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest

from benchmark.report import colour
from benchmark.report.drawing import Studio
from benchmark.report.figures.canvas import ACCENT
from benchmark.report.figures.maps import draw_maps
from benchmark.report.figures.projection import corners, project
from benchmark.report.figures.scale import shared_scales
from benchmark.report.site import open_site


def test_projection_is_equal_area():
    """Bands of equal area on the sphere are rings of equal area on the map."""
    lat = np.degrees(np.arcsin(np.linspace(np.sin(np.radians(45)), 1, 6)))
    x, y = project(np.zeros(6), lat)
    np.testing.assert_allclose(np.diff(x**2 + y**2), -0.2, atol=1e-12)


def test_corners_keep_gaps():
    """A gap between cells is not filled with a neighbour."""
    edges, index = corners(np.array([[0.0, 10.0], [20.0, 30.0]]), step=5.0)
    np.testing.assert_array_equal(edges, np.arange(0.0, 31.0, 5.0))
    np.testing.assert_array_equal(index, [0, 0, -1, -1, 1, 1])


def test_signed_scale_is_centred():
    """A net flux has zero in the middle, and both sides named."""
    field = np.array([-10.0, 2.0, 4.0])
    fields = {"model": field, "reference": field, "difference": field * 0}
    flux, difference = shared_scales(fields, "nee")
    assert flux.low == -flux.high
    assert flux.ends == ("sink", "source")
    assert difference.low == -difference.high
    stock, _ = shared_scales({**fields, "model": np.abs(field)}, "cSoil")
    assert stock.low == 0.0


@pytest.mark.parametrize("score", np.linspace(0, 1, 21))
def test_text_on_a_score_can_be_read(score):
    """The number in a cell has a contrast of at least 4.5 to its colour."""
    background = colour.score_colour(score)
    lights = sorted(
        colour._luminance(c) for c in (background, colour.text_colour(background))
    )
    assert (lights[1] + 0.05) / (lights[0] + 0.05) >= 4.5


def test_scores_get_lighter():
    """Better is lighter: the order survives in grey."""
    lights = [colour._luminance(colour.score_colour(s)) for s in np.linspace(0, 1, 11)]
    assert lights == sorted(lights)


def test_south_has_no_map(report, tmp_path, result):
    """A field without a cell north of 45 N is not drawn."""
    maps = result().evidence["CLASSIC", "gridded_gpp"].maps
    south = maps.assign_coords(lat=maps["lat"] - 80)
    south["lat_bnds"] = south["lat_bnds"] - 80
    assert draw_maps(south, "gpp", "g", ("a", "b"), [], tmp_path, "m", "m.nc") is None


def test_svg_follows_the_reader(report):
    """Figures take their ink from a style for light and for dark paper."""
    for path in (report / "figures").glob("*.svg"):
        text = path.read_text()
        assert "prefers-color-scheme:dark" in text
        assert ACCENT not in text


def test_bars_say_every_value(tmp_path, result):
    """The text of a regional figure has each approach and the model."""
    studio = Studio(open_site(result()), tmp_path)
    (picture,) = (p for p in studio.region_bars("alaska", "nee"))
    said = picture.alt.replace("\N{MINUS SIGN}", "-")
    assert said.startswith("Annual NEE in Alaska, g C m⁻² yr⁻¹.")
    for words in ("in situ: 6.00", "inversion: -3.00", "CLASSIC: -5.00"):
        assert words in said


def test_band_is_what_was_scored(tmp_path, result):
    """A model's figure shows the range its score used, not that of all approaches."""
    studio = Studio(open_site(result()), tmp_path)
    limited, unlimited = studio.model_bars("CLASSIC", "nee")
    assert "range \N{MINUS SIGN}39.0 to 6.00" in limited.alt
    assert "without a permafrost limit" in unlimited.title


def test_report_does_not_import_matplotlib():
    """Importing the report costs no matplotlib; drawing does."""
    code = "import sys, benchmark.report; print('matplotlib' in sys.modules)"
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == "False"


def test_years_are_not_approaches(tmp_path, result):
    """A reference that is a series of years is one mark, at its mean."""
    run = result(("CLASSIC",))
    table = run.approaches["table3"].query("region == 'alaska'")
    years = table.assign(approach="upscaling", value=[1.0, 3.0])
    studio = Studio(open_site(replace(run, approaches={"table3": years})), tmp_path)
    (picture,) = studio.region_bars("alaska", "nee")
    said = picture.alt.replace("\N{MINUS SIGN}", "-")
    assert "upscaling" not in said
    assert said.count("Table3:") == 1
    assert "Table3: -6.00" in said

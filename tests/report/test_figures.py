"""Figures: colours, projection and what they say."""

import numpy as np
import pytest

from benchmark.report import colour
from benchmark.report.figures.canvas import ACCENT
from benchmark.report.figures.polar_map import draw_maps
from benchmark.report.figures.projection import corners, project
from benchmark.report.figures.scale import shared_scales


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
    assert draw_maps(south, "gpp", "g", ("a", "b"), [], tmp_path, "m") is None


def test_svg_follows_the_reader(report):
    """Figures take their ink from a style for light and for dark paper."""
    for path in (report / "figures").glob("*.svg"):
        text = path.read_text()
        assert "prefers-color-scheme:dark" in text
        assert ACCENT not in text

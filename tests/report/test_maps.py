"""Maps pixel by pixel, and equations."""

import numpy as np
import pytest
import xarray as xr

from benchmark.report.equations import equation
from benchmark.report.figures.labelling import apart
from benchmark.report.figures.maps import describe
from benchmark.report.figures.projection import project, unproject
from benchmark.report.figures.raster import paint
from benchmark.report.figures.scale import Scale, difference_scale
from benchmark.report.figures.view import cells_of_pixels, fit_view

GLOBE = fit_view([0.0], [0.0], "plain")
POLE = fit_view([-180.0, -60.0, 60.0], [45.0, 90.0])


def bounds(*edges: float) -> np.ndarray:
    return np.column_stack([edges[:-1], edges[1:]])


def cell_at(view, lon: float, lat: float, lats: np.ndarray, lons: np.ndarray):
    """Return the row and the column that the pixel at a place shows."""
    asked = [tuple(map(tuple, one.tolist())) for one in (lats, lons)]
    row, column = cells_of_pixels(view, 360, *asked)
    x, y = view.forward(np.array([lon]), np.array([lat]))
    height, width = row.shape
    i = int((view.y[1] - y[0]) / (view.y[1] - view.y[0]) * height)
    j = int((x[0] - view.x[0]) / (view.x[1] - view.x[0]) * width)
    return int(row[i, j]), int(column[i, j])


def test_there_and_back():
    """A place is found again from its point on the plane."""
    lon, lat = np.array([-170.0, 3.0, 120.0]), np.array([50.0, 89.0, 70.0])
    back = unproject(*project(lon, lat, 77.0), 77.0)
    np.testing.assert_allclose(back, [lon, lat], atol=1e-9)
    assert np.isnan(unproject(np.array([2.0]), np.array([0.0]))[1]).all()


@pytest.mark.parametrize("view", [GLOBE, POLE])
def test_pixels_show_their_cell(view):
    """Whatever the projection and where the longitudes begin, the cell is right."""
    lats = bounds(45.0, 60.0, 90.0)
    east = bounds(0.0, 90.0, 180.0, 270.0, 360.0)
    west = bounds(-180.0, -90.0, 0.0, 90.0, 180.0)
    assert cell_at(view, 100.0, 50.0, lats, east) == (0, 1)
    assert cell_at(view, 100.0, 70.0, lats, west) == (1, 3)
    assert cell_at(view, -100.0, 70.0, lats, east) == (1, 2)
    assert cell_at(view, -100.0, 70.0, lats, west) == (1, 0)


def test_pixels_of_gaps_and_seams():
    """Between cells there is none; a cell across the date line is whole."""
    lats = np.array([[70.0, 90.0], [45.0, 60.0]])
    lons = np.array([[170.0, -170.0], [-170.0, -90.0]])
    assert cell_at(POLE, 179.0, 75.0, lats, lons) == (0, 0)
    assert cell_at(POLE, -179.0, 50.0, lats, lons) == (1, 0)
    assert cell_at(POLE, -100.0, 50.0, lats, lons) == (1, 1)
    assert cell_at(POLE, 0.0, 50.0, lats, lons) == (-1, -1)
    assert cell_at(POLE, 179.0, 65.0, lats, lons) == (-1, -1)


def test_colours_of_pixels():
    """The ends of the scale hold what lies beyond; what has no value is faint."""
    scale = Scale(0.0, 1.0, ("#ff0000", "#00ff00", "#0000ff"))
    field = np.array([[-5.0, 0.5, 99.0, np.nan]])
    grid = bounds(-90.0, 90.0), bounds(-180.0, -90.0, 0.0, 90.0, 180.0)
    pixels, palette = paint(field, grid, scale, GLOBE, [], 72)
    at = [tuple(palette[pixels[7, x]].tolist()) for x in (8, 26, 44, 62)]
    assert at[:3] == [(255, 0, 0, 255), (0, 255, 0, 255), (0, 0, 255, 255)]
    assert 0 < at[3][3] < 80


def test_coast_is_drawn():
    """A coast darkens the pixels under it, and no others."""
    scale = Scale(0.0, 1.0, ("#ffffff",))
    grid = bounds(-90.0, 90.0), bounds(-180.0, 180.0)
    line = np.array([[-120.0, 45.0], [-40.0, 45.0]])
    bare, _ = paint(np.array([[0.5]]), grid, scale, GLOBE, [], 180)
    drawn, palette = paint(np.array([[0.5]]), grid, scale, GLOBE, [line], 180)
    changed = np.argwhere(bare != drawn)
    assert set(changed[:, 0]) <= {21, 22, 23}
    dark = palette[drawn[tuple(changed.T)]][:, :3].mean()
    assert dark < palette[bare[tuple(changed.T)]][:, :3].mean()


def test_one_scale_for_differences():
    """The scale of several models is about zero and holds nearly all cells."""
    scale = difference_scale([np.linspace(-3, 3, 99), np.array([np.nan, 5.0])])
    assert scale.low == -scale.high
    assert scale.high == 3.0


def test_map_without_values_is_told():
    """A panel that has nothing says so instead of a number."""
    grid = xr.Dataset(coords={"lat": [60.0], "lon": [10.0]})
    text = describe("Score", np.array([[np.nan]]), grid, "")
    assert text == "Map, Score: no cell has a value."


def test_labels_keep_apart():
    """Labels that would meet are spread, in their order."""
    places = apart([1.0, 1.1, 1.2, 9.0], 1.0)
    assert places == pytest.approx([0.1, 1.1, 2.1, 9.0])


@pytest.mark.parametrize(
    "latex",
    [
        r"\text{<script>alert(1)</script>}",
        r"\href{javascript:alert(1)}{x}",
        "<img src=x onerror=alert(1)> & x",
        r"\begin{matrix}<b>\end{matrix}",
        r"\mathrm{<i onclick=x>}",
    ],
)
def test_hostile_equations(latex):
    """No text of a metric becomes an element, an address or a handler."""
    page = str(equation(latex))
    assert "<script" not in page
    assert "href=" not in page
    assert "<img" not in page
    assert "<b>" not in page
    assert "<i onclick" not in page


def test_equations_of_all_metrics():
    """Every metric that ships has an equation that a browser can set."""
    from benchmark.metrics import metrics

    for name in metrics.names():
        assert "<math" in equation(metrics.get(name).equation), name

"""Tables of regions by metrics."""

import pytest

from benchmark.report.site import open_site
from benchmark.report.strips import Peers, draw_strips
from benchmark.report.tables import by_model, by_region


@pytest.fixture
def site(result):
    return open_site(result(("CLASSIC", "B")))


def rows(site, model, reference):
    return [row for row in site.by_model[model] if row.reference == reference]


def test_report_order(site):
    """Regions stand in the order of the source paper, not of the table."""
    found = rows(site, "CLASSIC", "soil <maps>")
    table = by_region(found, site, Peers(site.rows))
    assert [line.name for line in table.lines] == ["Alaska", "Western Canada"]
    assert [row.region for row in found] == ["western_canada", "alaska"]


def test_units_in_the_header(site):
    """A column has the unit of its numbers, and levels come first."""
    table = by_region(rows(site, "CLASSIC", "gridded_gpp"), site, Peers(site.rows))
    assert table.columns[0].metric == "regional_mean"
    assert [column.unit for column in table.columns] == ["g C m⁻² yr⁻¹", "day"]
    assert [column.level for column in table.columns] == [True, False]


def test_metric_without_numbers(site):
    """A metric that has a number nowhere has no column, but a line with its reason."""
    table = by_region(rows(site, "CLASSIC", "gridded_gpp"), site, Peers(site.rows))
    assert [one.metrics for one in table.hidden] == [
        ("Interannual variability (ratio)",)
    ]
    assert table.hidden[0].status == "not_assessed"
    assert table.hidden[0].reason == "3 years & fewer than 5"


def test_line_without_numbers(site):
    """A region without any number is told apart, with its reason."""
    table = by_region(rows(site, "CLASSIC", "gridded_gpp"), site, Peers(site.rows))
    assert [line.id for line in table.full] == ["western_canada"]
    assert list(table.silent) == ["no cell of <the model> in Alaska"]


def test_models_of_a_region(site):
    """A region's table has every model that has a row there."""
    here = [row for row in site.by_region["alaska"] if row.reference == "table3"]
    table = by_model(here, site, Peers(site.rows))
    assert [line.id for line in table.lines] == ["CLASSIC", "B", "CESM2-WACCM"]


def test_strips_share_an_axis(site):
    """Positions are in proportion to values, the same axis for all lines."""
    found = rows(site, "CLASSIC", "table3")
    alaska, canada = draw_strips(found, Peers(site.rows))
    per_unit = (alaska.value - canada.value) / (-5.0 - -10.0)
    assert canada.value - canada.reference == pytest.approx(42 * per_unit, abs=0.5)
    assert alaska.high - alaska.low == pytest.approx(45 * per_unit, abs=0.5)
    assert alaska.others == (alaska.value,)
    assert 0 <= canada.low < canada.high <= 100

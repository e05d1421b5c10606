"""A model's scores by benchmark and region."""

from dataclasses import replace

from benchmark.report.site import open_site
from benchmark.report.tiles import lay_tiles


def test_twins_share_columns_not_rows(result):
    """Regions without a permafrost limit are in rows that say so."""
    site = open_site(result(("CLASSIC",)))
    tiles = lay_tiles(site, site.by_model["CLASSIC"])
    assert [head[1] for head in tiles.heads] == ["Alaska", "Western Canada"]
    where = {tile.reference: tile.where for tile in tiles.rows}
    assert where["upscaled"] == "(no permafrost limit)"
    assert where["table3"] == ""


def test_one_reference_in_both_sets(result):
    """A reference of both sets of regions has a row for each."""
    site = open_site(result(("CLASSIC",)))
    rows = [
        replace(row, reference="table3") if row.reference == "upscaled" else row
        for row in site.by_model["CLASSIC"]
    ]
    found = [tile for tile in lay_tiles(site, rows).rows if tile.reference == "table3"]
    assert [tile.where for tile in found] == ["", "(no permafrost limit)"]
    alaska = [tile.cells[0].score for tile in found]
    assert alaska == [1.0, 0.9]


def test_domain_column(result):
    """The column of the domains is of both sets, so it is headed by neither."""
    site = open_site(result(("CLASSIC",)))
    tiles = lay_tiles(site, site.by_model["CESM2-WACCM"])
    assert ("Whole domain", "Permafrost domain") in [head[1:] for head in tiles.heads]

"""The menus of the top bar."""

from dataclasses import replace

from benchmark.report import navigation
from benchmark.report.navigation import Section, sections
from benchmark.report.site import open_site


def test_menus_lead_to_every_page(result):
    """Each model and region page stands once in its menu, in groups."""
    site = open_site(result(("CLASSIC",)))
    ensemble, models, benchmarks, regions = sections(site)
    assert ensemble.href == "ensemble.html"
    assert models.groups == (
        ("Process models", (("models/classic.html", "CLASSIC"),)),
        ("CMIP6", (("models/cesm2-waccm.html", "CESM2-WACCM"),)),
    )
    assert benchmarks.size == len(site.reference_slug)
    assert regions.size == len(site.pages)


def test_only_what_exists(result, monkeypatch):
    """A kind of page that a run has not, and an empty menu, are no entries."""
    site = open_site(result(("CLASSIC",)))
    kinds = (lambda site: None, lambda site: Section("Ensemble", "ensemble.html"))
    monkeypatch.setattr(navigation, "SECTIONS", (navigation.regions, *kinds))
    empty = open_site(replace(site.result, regions={}))
    assert [section.title for section in sections(empty)] == ["Ensemble"]

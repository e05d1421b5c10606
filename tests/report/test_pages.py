"""What the pages say, claim by claim."""

import re
from dataclasses import replace
from html import unescape
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from benchmark.report import write_report
from benchmark.report.index_page import index_context
from benchmark.report.model_subjects import Section
from benchmark.report.site import open_site
from benchmark.report.sources import shared_sources
from benchmark.score.result import Note


def said(page: Path) -> str:
    """Return the text of a page, without its titles and tags."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", page.read_text())).split())


@pytest.fixture(scope="module")
def pages(report: Path) -> list[Path]:
    return sorted(report.rglob("*.html"))


def test_badge_is_the_index_cell(tmp_path, result):
    """The number in a benchmark's heading is the one of the index; domains apart."""
    run = result(("CLASSIC",))
    scores = run.scores
    domain = scores[scores["region"] == "permafrost_domain"]
    mine = domain.assign(model="CLASSIC", score=0.11)
    run = replace(run, scores=pd.concat([scores, mine]))
    index = write_report(run, tmp_path)
    rows = re.findall(r'<tr data-key="table3.*?</tr>', index.read_text(), re.DOTALL)
    first = [re.findall(r"<td.*?>(\d\.\d\d)", row, re.DOTALL)[0] for row in rows]
    assert first == ["0.62", "0.11"]
    page = said(tmp_path / "models" / "classic.html")
    assert "Title of table3 ± 1 0.62 regions 0.11 permafrost domain" in page


def test_rule_for_averages(pages):
    """How a cell is made is said once wherever there is a table of them."""
    rule = "mean over regions of the mean over the metrics"
    for page in pages:
        pair = page.parent.parent.name == "benchmarks"
        elsewhere = page.name in {"ensemble.html", "contents.html"}
        without = pair or page.parent.name == "regions" or elsewhere
        assert said(page).count(rule) == (not without), page


def test_label_of_a_reference(tmp_path, result):
    """A row has the label of its reference, with the title in reach."""
    run = result(("CLASSIC",))
    known = run.references["table3"]
    run.references["table3"] = replace(known, label="Table of five approaches")
    index = write_report(run, tmp_path)
    link = r'title="Title of table3 ± 1">Table of five approaches</a>'
    assert re.search(link, index.read_text())


def test_lower_grade_on_pages(tmp_path, result):
    """A grade that is lower here than in the reference is said on each page."""
    run = result(("CLASSIC",))
    run.scores.loc[run.scores["reference"] == "soil <maps>", "grade"] = "C"
    write_report(run, tmp_path)
    for name in ("index.html", "models/classic.html", "regions/alaska.html"):
        assert "B , here C" in said(tmp_path / name), name


def test_legend_tells_models_from_references(report):
    """A region's legend has the star and the open mark of the run's models."""
    text = said(report / "regions" / "alaska.html")
    assert "process model of this run" in text
    assert "CMIP6 model of this run" in text
    assert "ISIMIP model of this run" not in text


def test_shape_is_told_once(pages):
    """Twins from one source have one line on their shape."""
    for page in pages:
        assert said(page).count("Shape:") == (page.parent.name == "regions"), page


def test_no_double_stops(pages):
    """No sentence ends twice, and no ASCII sign is left."""
    for page in pages:
        text = said(page).replace("/../", "")
        assert not re.search(r"(?<!\.)\.\.(?![./])", text)
        assert "+-" not in text


def test_warnings_are_told_first(report):
    """A model's first paragraph says that its files have a warning, with a link."""
    page = report / "models" / "classic.html"
    link = '<a class="finding" href="#warnings">1 warning about its files</a>'
    assert link in page.read_text()
    assert 'id="warnings"' in page.read_text()
    assert "about its files" not in said(report / "models" / "cesm2-waccm.html")


def test_notes_of_references(tmp_path, result):
    """Notes without a model, or of one that is not in the run, break nothing."""
    run = result(("CLASSIC",))
    notes = (
        Note("", "gpp", "x.csv", "conversion", "per day to per second"),
        Note("", "gpp", "x.csv", "warning", "the sign looks turned"),
        Note("Gone", "gpp", "y.nc", "warning", "a model of yesterday"),
        Note("", "ch4", "z.nc", "conversion", "of no reference"),
    )
    index = said(write_report(replace(run, notes=notes), tmp_path))
    assert "the sign looks turned." in index
    assert "a model of yesterday. Gone" in index
    own = said(tmp_path / "benchmarks" / "gridded-gpp.html")
    assert "GPP : per day to per second." in own
    assert "of no reference." in index


def test_no_silent_columns(report):
    """A table of every number leaves out what no row has."""
    text = said(report / "benchmarks" / "table3" / "classic.html")
    assert "Low to high" in text
    assert "Null" not in text


def test_names_break_at_marks_only(report):
    """A header may break after a hyphen, never within a word."""
    text = (report / "index.html").read_text()
    assert "CESM2-<wbr>WACCM" in text
    assert "CLASSIC</a>" in text
    css = (report / "style.css").read_text()
    assert "overflow-wrap: normal" in css
    assert "scroll it sideways" in css


def test_model_page_begins_with_findings(report):
    """The first thing on a model's page is what is wrong, linked to its evidence."""
    page = (report / "models" / "classic.html").read_text()
    first = re.search(
        r'<li class="first"><a class="finding" href="#([^"]+)">(.*?)</a>', page
    )
    assert first
    assert first[2] == "GPP peaks 12 days early in Western Canada"
    assert f'id="{first[1]}"' in page


def test_every_reference_has_its_anchor(report, result):
    """Each reference that a model has rows for keeps its anchor, once."""
    page = (report / "models" / "classic.html").read_text()
    for name in ("table3", "gridded_gpp", "upscaled", "soil <maps>"):
        anchor = open_site(result()).anchor(name)
        assert page.count(f'id="{anchor}"') == 1, name


def test_splits_and_processes_are_said(report):
    """What cannot be split says why; processes that nobody stated are unknown."""
    text = said(report / "models" / "classic.html")
    assert "Cannot be split: the model offers no methane emission (CH₄)" in text
    assert "The model's configuration states no process" in text
    assert "abrupt thaw unknown" in text


def test_empty_model(tmp_path, result):
    """A model without a score has a page that says so."""
    run = result(("CLASSIC",))
    rows = run.scores.assign(
        status="no_model_data", score=np.nan, value=np.nan, message="no output"
    )
    write_report(replace(run, scores=rows, evidence={}), tmp_path)
    text = said(tmp_path / "models" / "classic.html")
    assert "No number of this model could be compared with a reference." in text
    assert "Where it does well" not in text
    place = said(tmp_path / "regions" / "alaska.html")
    assert "No number of a model could be compared" in place


def test_region_page_says_who_is_where(report):
    """A region's page begins with how its models lie to its references."""
    text = said(report / "regions" / "western-canada.html")
    assert "All 2 approaches make it a sink." in text
    assert "a weaker sink, or a source, than every approach" in text
    assert text.index("All models") < text.index("every metric")


def test_the_map_has_the_regions_a_run_is_about(result):
    """What lies over them is listed by what it is a part of, not drawn."""
    run = result(("CLASSIC",))
    other = replace(
        run.regions["alaska"], id="alaska_dry", name="Alaska, dry", part_of="dry"
    )
    run = replace(run, regions=run.regions | {other.id: other})
    context = index_context(open_site(run), "")
    numbers = {place["id"]: place["number"] for place in context["places"]}
    assert numbers == {"alaska": 1, "western_canada": 2, "permafrost_domain": 0}
    assert context["other_places"] == [("Dry", ["alaska_dry"])]


def test_a_work_is_cited_once(result):
    """References of one work and licence stand together; another licence parts them."""
    known = result(("CLASSIC",)).references
    same = {
        name: replace(one, citation="A", licence="L") for name, one in known.items()
    }
    (source,) = shared_sources(same)
    assert [name for name, _ in source.used] == list(known)
    last = next(reversed(same))
    same[last] = replace(same[last], licence="M")
    assert [len(source.used) for source in shared_sources(same)] == [3, 1]


def test_reasons_in_common_are_said_once(report):
    """References that lack a score for one reason stand together."""
    cell = SimpleNamespace(status="no_model_data")
    said_of = (
        "the model has no CH₄; it has GPP",
        "the model has no CH₄; it has NEE",
        "",
    )
    blocks = [
        SimpleNamespace(told=False, cell=cell, gaps=[SimpleNamespace(message=text)])
        for text in said_of
    ]
    told = Section("ch4", "", None, (), tuple(blocks)).reasons
    assert told == [
        ("no_model_data", "the model has no CH₄", blocks[:2]),
        ("no_model_data", "", blocks[2:]),
    ]
    page = said(report / "models" / "cesm2-waccm.html")
    assert page.index("Net carbon exchange") < page.index("Subjects without any score")

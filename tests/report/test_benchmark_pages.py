"""Pages of benchmarks and of pairs: what they say, and where they lead."""

import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import xarray as xr

from benchmark.config.descriptors import Scoring
from benchmark.report import write_report
from benchmark.report.benchmark_pages.benchmark_page import standing
from benchmark.report.benchmark_pages.limits import limits, limits_here, remarks
from benchmark.report.benchmark_pages.pair_data import driver_axis, relationship_of
from benchmark.report.benchmark_pages.pair_page import neighbours
from benchmark.report.benchmark_pages.score_table import by_metrics, by_regions
from benchmark.report.benchmark_pages.scoring import rules
from benchmark.report.benchmark_pages.verdict import scores_in_words, verdict
from benchmark.report.numbers import years
from benchmark.report.site import open_site
from benchmark.score.result import COLUMNS, Note

MINUS = "\N{MINUS SIGN}"


def said(page: Path) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", page.read_text())).split())


@pytest.fixture(scope="module")
def run_of_one():
    from .conftest import make_result

    return make_result(("CLASSIC",))


@pytest.fixture(scope="module")
def written(tmp_path_factory, run_of_one) -> Path:
    """A report of one model with sites, years and a score of each cell."""
    run = run_of_one
    key = ("CLASSIC", "gridded_gpp")
    evidence = run.evidence[key]
    cells = xr.full_like(evidence.maps["model"], 0.25)
    cells = cells.where(np.isfinite(evidence.maps["model"]))
    maps = evidence.maps.assign(
        score=cells.assign_attrs(metric="ilamb_bias", of_cells="yes")
    )
    years = xr.Dataset(
        {"model": (("region", "year"), [[390.0, 400.0, 410.0]])},
        {"region": ["western_canada"], "year": [2002, 2003, 2004]},
        attrs={"units": "g m-2 yr-1"},
    )
    sites = xr.Dataset(
        {"model": ("site", [300.0, 500.0]), "reference": ("site", [200.0, 600.0])},
        {
            "site": ["<b>CA-Man</b>", "US-Prr"],
            "site_class": ("site", ["bog", "fen"]),
            "region": ("site", ["western_canada", "alaska"]),
            "lat": ("site", [55.9, 65.1]),
            "lon": ("site", [-98.5, -147.5]),
        },
        attrs={"units": "g m-2 yr-1"},
    )
    known = replace(evidence, maps=maps, annual=years, sites=sites)
    run = replace(run, evidence={key: known})
    return write_report(run, tmp_path_factory.mktemp("pairs")).parent


def test_pages_of_pairs(report):
    """A pair with a number has a page; the others' reason is on the benchmark's."""
    folder = report / "benchmarks"
    names = {path.stem for path in (folder / "gridded-gpp").glob("*.html")}
    assert "classic" in names
    assert len(names) == 2  # CLASSIC and the hostile one; the third failed
    assert not (folder / "gridded-gpp" / "cesm2-waccm.html").exists()
    text = said(folder / "gridded-gpp.html")
    assert "CESM2-WACCM : gpp.nc is HTML, not NetCDF" in text


def test_matrix_leads_to_pairs(report):
    """A cell of the index leads to the page of the pair, or to the reason."""
    index = (report / "index.html").read_text()
    assert 'href="benchmarks/gridded-gpp/classic.html"' in index
    assert 'href="benchmarks/gridded-gpp.html#model-cesm2-waccm"' in index
    benchmark = (report / "benchmarks" / "gridded-gpp.html").read_text()
    assert 'id="model-cesm2-waccm"' in benchmark


def test_every_model_on_every_benchmark(report):
    """Each model of the run stands once on each benchmark's page, scored or not."""
    for page in (report / "benchmarks").glob("*.html"):
        assert len(re.findall(r'id="model-', page.read_text())) == 3, page


def test_menu(report):
    """The first page has a menu of the benchmarks, the others a link to one."""
    for page in report.rglob("*.html"):
        first = page == report / "index.html"
        menu = "<summary>Benchmarks</summary>" if first else 'data-menu="benchmarks"'
        assert menu in page.read_text(), page


def test_first_sentence(written):
    """A pair's page begins with what its numbers say."""
    page = said(written / "benchmarks" / "table3" / "classic.html")
    assert f"Too weak a sink in Western Canada ({MINUS}10.0 against {MINUS}52.0" in page
    assert "Scores 0.62 over 2 regions by 1 metric" in page
    assert "lowest in Western Canada (0.25), highest in Alaska (1.00)" in page


def test_pictures_say_numbers(written):
    """Every picture of every page has a text with numbers in it."""
    for page in (written / "benchmarks").rglob("*.html"):
        for alt in re.findall(r'<img [^>]*alt="([^"]*)"', page.read_text()):
            assert re.search(r"\d", alt), page
            assert len(alt) > 30, alt


def test_four_maps(written):
    """Model, reference, difference and score are drawn, and their data are NetCDF."""
    page = (written / "benchmarks" / "gridded-gpp" / "classic.html").read_text()
    for panel in ("model", "reference", "difference", "score"):
        assert f"map-classic--gridded-gpp-{panel}.webp" in page
    assert "Score of each cell: mean 0.250, lowest 0.250 at" in page
    assert "The score of a cell is that of Bias (ILAMB)" in page
    (data,) = set(re.findall(r'href="../../(data/[^"]*.nc)"', page))
    with xr.open_dataset(written / data, group="maps") as found:
        assert {"model", "reference", "score"} <= set(found.data_vars)
        assert found["score"].attrs["metric"] == "ilamb_bias"


def test_other_figures(written):
    """Years, cells and sites are drawn where the evidence has them."""
    raw = (written / "benchmarks" / "gridded-gpp" / "classic.html").read_text()
    page = unescape(raw)
    assert "Western Canada: CLASSIC mean 400 (390 to 410), reference 500." in page
    assert "GPP, cell by cell" in page
    assert "59 cells by area" in page
    assert "CLASSIC above Gridded GPP in 1 of 2" in page
    assert "<b>CA-Man</b>: 300 against 200; US-Prr: 500 against 600." in page
    assert "<b>CA-Man" not in raw


def test_no_empty_figures(written):
    """A reference without months or maps has neither cycles nor maps."""
    page = (written / "benchmarks" / "soil-maps" / "classic.html").read_text()
    assert "Mean seasonal cycle" not in page
    assert "four-maps" not in page


def test_benchmark_tells_how(report):
    """Equation, tolerance, scale, source, licence and citation are on the page."""
    text = said(report / "benchmarks" / "table3.html")
    for words in ("Author of table3 (2024)", "Licence of table3", "Perfect", "exp"):
        assert words in text
    assert "<math" in (report / "benchmarks" / "table3.html").read_text()


def test_all_models_figure(report):
    """The figure of all models says the reference's range and who is inside."""
    page = unescape((report / "benchmarks" / "table3.html").read_text())
    assert f"Western Canada: reference {MINUS}52.0 ({MINUS}74.0 to {MINUS}12.0)" in page
    assert "0 of 2 in the range" in page


def test_rules(run_of_one):
    """A rule has the tolerance and the scale that the rows were scored with."""
    site = open_site(run_of_one)
    rows = [
        replace(row, u_used=10.0, scale=20.0) for row in site.by_reference["table3"]
    ]
    (rule,) = rules(rows, Scoring(metrics=("regional_mean",)))
    assert rule.tolerance == "10.0 g C m⁻² yr⁻¹"
    assert rule.scale == "20.0 g C m⁻² yr⁻¹"
    assert rule.expected == len(
        [row for row in rows if row.score is not None or row.status != "scored"]
    )
    (unknown,) = rules([], Scoring(metrics=("a_plug_in_that_is_gone",)))
    assert unknown.equation == ""


def test_limits(run_of_one):
    """What a descriptor leaves out, doubts and does not know is said."""
    known = replace(
        run_of_one.references["table3"],
        leaves_out="Fires.",
        unconfirmed=("data",),
        remarks=("One value may be a copying error",),
        grade="C",
    )
    text = " ".join(limits(known))
    for words in ("leaves out: fires.", "Nobody has confirmed", "data", "grade C"):
        assert words in text
    assert "One value may be a copying error." in text
    assert "no uncertainty" in text
    assert limits(None) == ["This run has no description of the reference."]


def test_limits_here(run_of_one):
    """Another period, a part of an area and few sites are told with numbers."""
    site = open_site(run_of_one)
    known = run_of_one.references["table3"]
    rows = site.by_pair["CLASSIC", "table3"]
    assert limits_here(rows, known, site) == []
    off = [replace(r, period="2000-2001", coverage=0.4, n_sites=3.0) for r in rows[:1]]
    period, area, sites = limits_here(off, known, site)
    assert period == f"The reference is of {years('2002-2014')}; what is " + (
        f"compared is {years('2000-2001')}."
    )
    assert "Alaska 40 %" in area
    assert "Alaska 3" in sites


def test_remarks_are_gathered(run_of_one):
    """What was said of several regions is said once, with their names."""
    site = open_site(run_of_one)
    rows = [
        replace(row, message="own family left out; a sink")
        for row in site.by_pair["CLASSIC", "table3"]
    ]
    found = remarks(rows, site)
    assert [one.text for one in found] == ["Own family left out", "A sink"]
    assert found[0].where == ("Alaska", "Western Canada")


def test_verdict_without_levels(run_of_one):
    """A share is told by its value and the reference's; else the score is told."""
    site = open_site(run_of_one)
    row = replace(
        site.by_pair["CLASSIC", "table3"][0],
        metric="turnover_time",
        units="1",
        value=0.31,
        reference_value=0.45,
        reference_low=0.4,
        reference_high=0.5,
        score=0.7,
        region="alaska",
    )
    told = verdict([row], site)
    expected = "Turnover time in Alaska: 0.310 against 0.450 (0.400 to 0.500)."
    assert told == expected
    other = replace(row, metric="mann_kendall", reference_value=None,
                    reference_low=None, reference_high=None)  # fmt: skip
    assert verdict([other], site) == "Scores 0.70 by 1 metric in Alaska."
    assert scores_in_words([replace(row, score=None)], site).startswith("Values only")


def test_classes_of_sites_are_no_regions(run_of_one):
    """Sites of a class are sites of the regions once more, and do not count twice."""
    site = open_site(run_of_one)
    base = next(row for row in site.rows if row.score is not None)
    rows = [
        replace(base, region=region, score=score)
        for region, score in (
            ("alaska", 0.2), ("western_canada", 0.4), ("site_class_fen", 0.9),
        )
    ]  # fmt: skip
    assert scores_in_words(rows, site).startswith("Scores 0.30 over 2 regions")
    classes = [rows[2], replace(rows[2], region="site_class_bog", score=0.7)]
    assert scores_in_words(classes, site).startswith("Scores 0.80 over 2 classes of")


def test_yardsticks(run_of_one):
    """Null model and other references are averaged as the models are."""
    scores = run_of_one.scores.copy()
    mine = scores["reference"] == "table3"
    scores.loc[mine, "score_null"] = scores.loc[mine, "region"].map(
        {"alaska": 0.2, "western_canada": 0.6}
    )
    ceilings = pd.DataFrame(
        {
            "reference": ["table3"],
            "metric": ["regional_mean"],
            "region": ["alaska"],
            "best": [0.9],
            "best_from": ["upscaled"],
        }
    )
    site = open_site(replace(run_of_one, scores=scores, ceilings=ceilings))
    table = by_regions(site, "table3")
    null, top = table.yardsticks
    names = [column.name for column in table.columns]
    assert names[:3] == ["Mean of regions", "Alaska", "Western Canada"]
    assert null.scores[:3] == pytest.approx([0.4, 0.2, 0.6])
    assert top.scores[1] == 0.9
    assert top.scores[2] is None
    assert top.titles[1] == "upscaled"
    assert [cell.score for cell in dict(table.lines)["CLASSIC"]][:3] == pytest.approx(
        [0.625, 1.0, 0.25]
    )
    assert by_metrics(site, "table3") is None
    assert by_metrics(site, "gridded_gpp") is not None


def test_neighbours(run_of_one):
    """Before and after are the scored pairs beside, and None at the ends."""
    site = open_site(run_of_one)
    found = neighbours(site, "CLASSIC", "table3")
    assert found["model_before"] is None
    assert found["model_after"] == ("benchmarks/table3/cesm2-waccm.html", "CESM2-WACCM")
    assert found["reference_before"] is None
    assert found["reference_after"] == ("benchmarks/upscaled/classic.html", "Upscaled")


def test_files_of_pairs_do_not_collide(result):
    """Hyphens in names never make the files of two pairs the same."""
    run = result(("a", "a-b"))
    rows = run.scores.copy()
    twin = rows[rows["reference"] == "table3"].copy()
    first = twin.assign(model="a", reference="b-c")
    second = twin.assign(model="a-b", reference="c")
    table = pd.concat([rows, first, second])[list(COLUMNS)]
    site = open_site(replace(run, scores=table))
    assert site.pair_slug("a", "b-c") != site.pair_slug("a-b", "c")
    assert site.evidence_href("a", "b-c") != site.evidence_href("a-b", "c")


def test_relationship_in_known_units():
    """Bins in kelvin are shown in degrees Celsius; a single bin is no curve."""
    bins = xr.Dataset(
        {
            "bin_driver": ("bin", [263.15, 273.15, 283.15]),
            "bin_model": ("bin", [1.0, 2.0, np.nan]),
            "bin_reference": ("bin", [1.0, np.nan, np.nan]),
            "bin_error": ("bin", [0.1, np.nan, np.nan]),
            "bin_model_count": ("bin", [9, 9, 0]),
            "bin_reference_count": ("bin", [9, 1, 0]),
        }
    )
    found = relationship_of("relationship_tas", bins, "CH4", "ch4", "g")
    assert found is not None
    np.testing.assert_allclose(found.bins, [-10.0, 0.0])
    assert found.driver == "Air temperature, °C"
    one = bins.isel(bin=[0, 2])
    assert relationship_of("relationship_tas", one, "CH4", "ch4", "g") is None
    name, factor, _ = driver_axis("relationship_npp")
    assert name.endswith("g C m⁻² yr⁻¹")
    assert factor == pytest.approx(3.15569520e10)


def test_conversions_of_a_pair(tmp_path, result):
    """What was done to the files of this variable is on the page, and no other."""
    run = result(("CLASSIC",))
    notes = (*run.notes, Note("CLASSIC", "cSoil", "soil.nc", "conversion", "a depth"))
    write_report(replace(run, notes=notes), tmp_path)
    text = said(tmp_path / "benchmarks" / "gridded-gpp" / "classic.html")
    assert "units <kg> read as kg" in text
    assert "areacella is 40 times too small" in text
    assert "a depth" not in text


def test_stale_pages_of_pairs_go(tmp_path, result):
    """Pages of a reference that is no longer in the run go, with their folder."""
    run = result(("CLASSIC",))
    write_report(run, tmp_path)
    (tmp_path / "benchmarks" / "mine.html").write_text("<p>mine</p>")
    fewer = run.scores[run.scores["reference"] != "upscaled"]
    references = {k: v for k, v in run.references.items() if k != "upscaled"}
    write_report(replace(run, scores=fewer, references=references), tmp_path)
    assert not (tmp_path / "benchmarks" / "upscaled.html").exists()
    assert not (tmp_path / "benchmarks" / "upscaled").exists()
    assert (tmp_path / "benchmarks" / "mine.html").is_file()


def test_models_that_score_the_same(run_of_one):
    """No lowest and highest are named where the scores are written the same."""
    from .conftest import make_result

    run = make_result(("CLASSIC", "Twin"))
    assert standing(open_site(run), "upscaled").startswith("2 models score 0.90")
    higher = run.scores["model"].eq("Twin") & run.scores["score"].eq(0.9)
    scores = run.scores.assign(score=run.scores["score"].mask(higher, 0.8))
    told = standing(open_site(replace(run, scores=scores)), "upscaled")
    assert "from 0.80 (Twin) to 0.90 (CLASSIC)" in told

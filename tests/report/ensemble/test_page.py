"""The ensemble page as a whole."""

import re
import shutil
from dataclasses import replace

from benchmark.report.drawing import Studio
from benchmark.report.ensemble.overview import overview
from benchmark.report.ensemble.portrait import portrait_section
from benchmark.report.ensemble.ranks import ranks_section
from benchmark.report.folder import FIGURE
from benchmark.report.one_file import write_one_file
from benchmark.report.site import open_site


def test_every_figure_has_its_words_and_its_data(page):
    """A picture has a text alternative with numbers, and a CSV that is there."""
    pictures = [
        picture
        for section in page.context["sections"]
        for twin in section.twins
        for picture in (twin.wide, twin.narrow)
    ]
    pictures += [p for s in page.context["sections"] for p in s.pictures]
    panels = page.section("agreement-maps").panels
    pictures += [p for _, row in panels.rows for p in row]
    assert len(pictures) > 12
    for picture in pictures:
        assert re.search(r"\d", picture.alt), picture.file
        assert (page.folder / picture.file).is_file()
        assert len((page.folder / picture.data).read_text().splitlines()) > 1


def test_every_section_with_data_says_how_to_read_it(page):
    """A section has a finding, how to read it, and what it cannot tell."""
    for section in page.context["sections"]:
        assert not section.empty, section.id
        assert section.finding
        assert section.read
        assert section.cannot
        assert section.finding in page.html or "'" in section.finding


def test_no_number_of_one_run_is_typed_into_another(page, ensemble, run, tmp_path):
    """Other fluxes give other findings and another first paragraph."""
    other = run()
    nee = other.scores["variable"] == "nee"
    values = other.scores["value"]
    shifted = other.scores.assign(value=values.where(~nee, values - 300))
    site = open_site(replace(other, scores=shifted))
    for make in (portrait_section, ranks_section):
        section = make(site, Studio(site, tmp_path))
        assert section.finding != page.section(section.id).finding
    models = ensemble.rows["of"] == "model"
    moved = ensemble.rows["value"].where(~models, ensemble.rows["value"] - 300)
    rows = ensemble.rows.assign(value=moved)
    text = overview(site, ("treat2024_nee", replace(ensemble, rows=rows)))
    assert text != page.context["overview"]
    assert "stronger sinks" in " ".join(text)


def test_without_data_a_section_says_why_and_draws_nothing(bare):
    """No empty figure: one sentence instead, and no file."""
    empty = {s.id for s in bare.context["sections"] if s.empty}
    assert {
        "nee",
        "methane",
        "methane-classes",
        "agreement",
        "agreement-maps",
        "taylor",
        "portrait",
        "ranks",
        "spread",
        "families",
    } == empty
    for section in bare.context["sections"]:
        if section.empty:
            assert section.empty.endswith(".")
            assert (section.twins, section.pictures, section.grids) == ((), (), ())
    assert "<img" not in bare.html
    drawn = {path.name for path in (bare.folder / "figures").glob("*")}
    assert drawn == {"ensemble-completeness.csv"}


def test_hostile_names_are_text(page):
    """A model's name cannot become markup, nor a formula in a figure."""
    assert "<script>alert" not in page.html
    assert "&lt;script&gt;alert" in page.html
    for path in (page.folder / "figures").glob("*.svg"):
        assert "<script" not in path.read_text()
    svg = (page.folder / "figures" / "ensemble-methane-regions.svg").read_text()
    assert "MathTextParser" not in svg


def test_figures_are_known_to_the_folder(page):
    """All files are of names that a later report removes when they are stale."""
    for path in (page.folder / "figures").iterdir():
        assert FIGURE.fullmatch(path.name), path.name


def test_both_sizes_show_the_same(page):
    """The narrow figure fits a phone and shares words and data with the wide one."""
    for section in page.context["sections"]:
        for twin in section.twins:
            assert twin.narrow.width <= 360 < twin.wide.width
            assert twin.narrow.alt == twin.wide.alt
            assert twin.narrow.data == twin.wide.data


def test_text_of_figures_stays_inside(page):
    """No word of a figure starts left of it or below it."""
    for path in (page.folder / "figures").glob("ensemble-*.svg"):
        svg = path.read_text()
        width, height = (
            float(x)
            for x in re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg).groups()
        )
        for x, y in re.findall(r'<text[^>]* x="(-?[\d.]+)" y="(-?[\d.]+)"', svg):
            assert 0 <= float(x) <= width, path.name
            assert 0 <= float(y) <= height, path.name


def test_both_sizes_travel_in_one_file(page, tmp_path):
    """In the single file neither size of a figure is left outside."""
    shutil.copytree(page.folder, tmp_path / "report")
    (tmp_path / "report" / "ensemble.html").write_text(page.html)
    one = write_one_file(tmp_path / "report", ["ensemble.html"], "Made-up").read_text()
    sizes = re.findall(r'srcset="([^"]*)"', one)
    assert len(sizes) == page.html.count("srcset=") > 2
    assert all(size.startswith("data:image/svg+xml;base64,") for size in sizes)

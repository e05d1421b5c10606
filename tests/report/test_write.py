"""The report as a folder of files."""

import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag
from xml.etree import ElementTree

import pandas as pd
import pytest
import xarray as xr

from benchmark.report import write_report
from benchmark.report.colour import score_classes
from benchmark.report.reasons import plain

VOID = {"br", "hr", "img", "input", "link", "meta", "wbr"}


class Page(HTMLParser):
    """Links, pictures, ids and text of a page, and whether its tags balance."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(path.read_text(encoding="utf-8"))
        self.faults += [f"<{tag}> stays open" for tag in self.open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes another element")

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    def attributes(self, name: str) -> list[str]:
        return [value for _, attrs in self.elements if (value := attrs.get(name))]

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.elements if name == tag]


@pytest.fixture(scope="module")
def pages(report: Path) -> dict[Path, Page]:
    return {path.resolve(): Page(path) for path in report.rglob("*.html")}


def test_pages(report, pages):
    """There is an index, a page for each model and one for each pair of regions."""
    assert (report / "index.html").is_file()
    assert len(list((report / "models").glob("*.html"))) == 3
    names = {path.stem for path in (report / "regions").glob("*.html")}
    assert names == {"alaska", "western-canada", "permafrost-domain"}


def test_balance(pages):
    """Every tag of every page is closed by its own end tag."""
    assert {path.name: page.faults for path, page in pages.items() if page.faults} == {}


def test_links(pages):
    """Every link, picture, script and anchor leads to something that exists."""
    lost = []
    for path, page in pages.items():
        for address in page.attributes("href") + page.attributes("src"):
            if address.startswith(("https://doi.org/", "data:,")):
                continue
            file, anchor = urldefrag(address)
            target = (path.parent / unquote(file)).resolve() if file else path
            if not target.is_file() or (
                anchor and anchor not in pages[target].attributes("id")
            ):
                lost.append((path.name, address))
    assert lost == []


def test_offline(report, pages):
    """Nothing but a link that a reader clicks leaves the folder."""
    for page in pages.values():
        for tag, attrs in page.elements:
            if tag != "a":
                for name in ("href", "src", "srcset", "xlink:href"):
                    assert "//" not in (attrs.get(name) or "")
        assert not any("url(" in style for style in page.attributes("style"))
    css = (report / "style.css").read_text()
    assert "url(" not in css
    assert "@import" not in css
    for name in ("report.js", "matrix.js"):
        script = (report / name).read_text()
        assert not re.search(r"fetch\(|XMLHttp|import\s|innerHTML|eval\(", script)


def test_ids(pages):
    """An id stands once on a page."""
    for page in pages.values():
        ids = page.attributes("id")
        assert len(ids) == len(set(ids))


def test_hostile_names(pages, hostile):
    """Names from files show as text and never become markup."""
    for page in pages.values():
        scripts = [script for script in page.all("script") if script.get("src")]
        data = [script for script in page.all("script") if script not in scripts]
        assert {script["src"].rpartition("/")[2] for script in scripts} <= {
            "menus.js",
            "report.js",
            "matrix.js",
        }
        assert [script["type"] for script in data] in ([], ["application/json"])
        handlers = {name for _, attrs in page.elements for name in attrs}
        assert not any(name.startswith("on") for name in handlers)
    name = "".join(hostile.split())
    shown = [path for path, page in pages.items() if name in "".join(page.text.split())]
    assert {path.parent.name for path in shown} >= {"models", "regions"}


def test_pictures(pages):
    """Every picture has a size and says what it shows, with numbers."""
    pictures = [attrs for page in pages.values() for attrs in page.all("img")]
    assert len(pictures) > 5
    for attrs in pictures:
        assert re.search(r"\d", attrs["alt"] or "")
        assert int(attrs["width"] or 0) > 0


def test_rows_of_figures(pages):
    """Every row of a figure that the page draws says its numbers."""
    drawn = [attrs for page in pages.values() for attrs in page.all("svg")]
    lanes = [attrs for attrs in drawn if attrs.get("class") == "lane"]
    assert len(lanes) > 20
    for attrs in lanes:
        assert attrs.get("role") == "img"
        assert re.search(r"\d", attrs["aria-label"] or "")


def test_data_beside_figures(report):
    """Every figure has its data as CSV or NetCDF, and every SVG is well-formed."""
    for path in (report / "figures").iterdir():
        if path.suffix == ".svg":
            ElementTree.parse(path)
            assert len(pd.read_csv(path.with_suffix(".csv"))) > 0
    maps = {
        address.removeprefix("../../")
        for page in report.glob("benchmarks/*/*.html")
        for address in Page(page).attributes("href")
        if address.endswith(".nc")
    }
    assert len(maps) == 2
    for address in maps:
        with xr.open_dataset(report / address, group="maps") as data:
            assert {"lat", "lon", "lat_bnds", "model", "reference"} <= set(
                data.variables
            )


def test_reasons(pages, report, result):
    """Every row that could not be scored is on the index with its reason."""
    text = pages[(report / "index.html").resolve()].text
    rows = result().scores.query("status != 'scored'")
    assert set(rows["status"]) >= {
        "not_assessed",
        "no_overlap",
        "no_model_data",
        "failed",
    }
    names = {id: region.name for id, region in result().regions.items()}
    for message in rows["message"]:
        assert " ".join(plain(message, names).split()) in text
    assert "permafrost_domain" not in text


def test_provenance(pages, report, result):
    """Citation and licence of every reference and model, and the manifest, show."""
    text = pages[(report / "index.html").resolve()].text
    run = result()
    for thing in [*run.references.values(), *run.models.values()]:
        assert thing.citation.split("<")[0].strip() in text
        assert thing.licence in text
    assert "permabench run" in text
    assert "sha256 12ab" in text


def test_notes(pages):
    """What was done to a model's files is on its page."""
    (page,) = (
        page
        for path, page in pages.items()
        if (path.parent.name, path.stem) == ("models", "classic")
    )
    assert "units <kg> read as kg" in page.text
    assert "areacella is 40 times too small" in page.text


def test_twins_share_a_page(pages):
    """A region without the permafrost limit is on the page of its twin, labelled."""
    (page,) = (page for path, page in pages.items() if path.stem == "alaska")
    assert "within the permafrost limit" in page.text
    assert "without a permafrost limit" in page.text


def test_scores_file(report, result):
    """The score table lies beside the pages, complete."""
    assert len(pd.read_csv(report / "scores.csv")) == len(result().scores)


def cell_colours(index: Path) -> dict[str, str]:
    """Return the colours of the first model by benchmark."""
    text = index.read_text()
    style = index.with_name("style.css").read_text()
    row = re.compile(r'<tr data-key="([^"]+)".*?<td class="cell (\w+)"', re.DOTALL)
    rules = dict(re.findall(r"\.(c\d+) ({[^}]*})", style))
    return {key: rules.get(name, name) for key, name in row.findall(text)}


def test_colour_is_absolute(tmp_path, result):
    """A score has the same colour whatever other models are in the run."""
    alone = cell_colours(write_report(result(("CLASSIC",)), tmp_path / "a"))
    many = cell_colours(write_report(result(("CLASSIC", "B", "C")), tmp_path / "b"))
    assert "background: #" in alone["table3.nee.regions"]
    assert alone == many


def test_colours_of_the_style_sheet(report):
    """The classes of scores are those that the numbers get elsewhere."""
    assert score_classes() in (report / "style.css").read_text()


def test_repeatable(tmp_path, report, result):
    """The same run gives the same bytes."""
    again = write_report(result(), tmp_path).parent
    files = [path.relative_to(again) for path in again.rglob("*") if path.is_file()]
    assert files
    for path in files:
        assert (again / path).read_bytes() == (report / path).read_bytes(), path


def test_nothing_scored(tmp_path, result):
    """A run in which nothing could be scored still has all its pages and reasons."""
    run = result(("CLASSIC",))
    run.scores.loc[:, "status"] = "failed"
    run.scores.loc[:, ["score", "value"]] = float("nan")
    run.scores.loc[:, "message"] = "disk full"
    index = Page(write_report(run, tmp_path))
    assert "0 of 13 numbers could be scored" in index.text
    assert "disk full" in index.text
    assert index.faults == []


def test_empty_run(tmp_path, result):
    """A table without rows gives a report that says so."""
    run = result(())
    empty = type(run)(
        name="empty",
        title="",
        scores=run.scores[:0],
        models={},
        references={},
        regions={},
    )
    index = Page(write_report(empty, tmp_path))
    assert "No numbers were scored" in index.text


def test_progress(tmp_path, result):
    """Each page is announced, the index last."""
    told: list[str] = []
    write_report(result(("CLASSIC",)), tmp_path, progress=told.append)
    assert told[0] == "CLASSIC"
    assert told[-1] == "index"


def test_no_partial_files(report):
    """No temporary file is left behind."""
    assert not list(report.rglob("*.part"))
